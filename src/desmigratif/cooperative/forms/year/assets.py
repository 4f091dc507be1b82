"""Forms of the list of fixed assets."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Rupiah
from desmigratif.documents.acting import Day, RecordForm


class AssetForm(RecordForm):
    """Something that serves for years, and for how many."""

    name = forms.CharField(
        label=_("Asetnya"), min_length=3, max_length=80, help_text=_("Misalnya: lemari arsip, sepeda motor.")
    )
    cost_rupiah = Rupiah(label=_("Harga beli"), help_text=_("Sama dengan yang tercatat di buku."))
    life_years = forms.IntegerField(
        label=_("Umur pakai"), min_value=1, max_value=100,
        help_text=_("Dalam tahun. Biasanya 4 untuk perabot dan komputer, 8 untuk kendaraan, 20 untuk bangunan."),
    )  # fmt: skip
    residual_rupiah = Rupiah(
        label=_("Nilai sisa"), required=False, help_text=_("Taksiran harga jual di akhir umurnya.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"acquired_on": today}, **kwargs)
        self.fields["acquired_on"] = Day(label=_("Tanggal beli"))
        self.order_fields(["name", "acquired_on", "cost_rupiah", "life_years", "residual_rupiah"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "asset_id": data["record_id"], "name": data["name"], "acquired_on": data["acquired_on"],
            "cost_rupiah": data["cost_rupiah"], "residual_rupiah": data["residual_rupiah"] or 0,
            "life_months": 12 * data["life_years"],
        }  # fmt: skip


class RetireForm(RecordForm):
    """It serves no more: since when, and why."""

    reason = forms.CharField(
        label=_("Sebabnya"), min_length=5, max_length=120, help_text=_("Misalnya: dijual, hilang, rusak.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Tanggal"))
        self.order_fields(["on", "reason"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"entry_id": data["record_id"], "on": data["on"], "reason": data["reason"]}
