"""Forms about money: what was asked and paid, and what a debt costs a month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.widgets import Amount, Number, Pick
from desmigratif.cases.rules.journey import Journey
from desmigratif.cases.rules.labels import COMPONENTS
from desmigratif.documents.acting import ActForm, Day, RecordForm


class CostForm(RecordForm):
    """One cost, asked or paid."""

    component = forms.ChoiceField(label=_("Untuk apa?"), choices=[("", _("Pilih")), *COMPONENTS.items()])
    on = Day(label=_("Tanggal"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["asked_rupiah"] = Amount(label=_("Yang diminta"))
        self.fields["paid_rupiah"] = Amount(label=_("Yang sudah dibayar"))
        self.fields["evidence"] = forms.CharField(
            label=_("Buktinya"), required=False, max_length=1000,
            help_text=_("Misalnya kuitansi di map keluarga, atau pesan di HP. Disimpan terkunci."),
        )  # fmt: skip
        self.order_fields(["component", "asked_rupiah", "paid_rupiah", "evidence", "on"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "cost_id": data["record_id"],
            "on": data["on"],
            "component": data["component"],
            "asked_rupiah": data["asked_rupiah"],
            "paid_rupiah": data["paid_rupiah"],
            "evidence": data["evidence"] or None,
        }


class StrikeOutForm(ActForm):
    """Why a cost that was written down is wrong."""

    def __init__(self, *args: Any, journey: Journey, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["reason"] = Pick(
            label=_("Mengapa dicoret?"), choices=[(why.code, why.label) for why in journey.corrected],
            missing=_("Pilih mengapa dicoret."),
        )  # fmt: skip

    def payload(self) -> dict[str, Any]:
        return {"on": self.today, "reason": self.cleaned_data["reason"]}


class DebtForm(forms.Form):
    """A sum to try, kept nowhere."""

    utang = Amount(label=_("Utangnya berapa?"))
    bunga = forms.DecimalField(
        label=_("Bunga sebulan, persen"), required=False, min_value=Decimal(0), max_value=Decimal(100),
        decimal_places=2, localize=False, help_text=_("Tanyakan bunga sebulan, bukan setahun."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "w-day"}),
    )  # fmt: skip
    bulan = Number(label=_("Lunas dalam berapa bulan?"), most=120)
    gaji = Amount(label=_("Gaji sebulan, dalam rupiah"))
