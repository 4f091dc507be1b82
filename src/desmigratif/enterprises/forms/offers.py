"""Forms about what a group decided, plans, is allowed to do, and offers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.documents.acting import ActForm, Day, RecordForm, Taps
from desmigratif.enterprises.forms.fields import Amount, PhotoField
from desmigratif.enterprises.models import Plan, Product
from desmigratif.shared.ids import new_id

PLAN_FIELDS = (
    "unit", "price_rupiah", "units", "unit_cost_rupiah", "fixed_cost_rupiah", "tools_rupiah", "own_rupiah",
)  # fmt: skip


class DeliberationForm(RecordForm):
    """When, how many were there, what was decided."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Tanggal"))
        self.fields["present"] = forms.IntegerField(label=_("Berapa orang hadir?"), min_value=2, max_value=500)
        self.fields["decisions"] = forms.CharField(
            label=_("Yang diputuskan"), min_length=5, max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
        )

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"deliberation_id": data["record_id"], **{name: data[name] for name in ("on", "present", "decisions")}}


class PlanForm(RecordForm):
    """Seven numbers in the order in which one thinks of them."""

    def __init__(self, *args: Any, before: Plan | None, **kwargs: Any) -> None:
        known = {name: _written(getattr(before, name)) for name in PLAN_FIELDS} if before else {}
        super().__init__(*args, initial=known, **kwargs)
        self.fields["unit"] = forms.CharField(
            label=_("Satuan barangnya"), max_length=20, help_text=_("Misalnya bungkus, lembar, kg.")
        )
        self.fields["price_rupiah"] = Amount(label=_("Harga jual satu satuan"))
        self.fields["units"] = forms.IntegerField(label=_("Berapa dibuat dan dijual sebulan?"), min_value=0)
        self.fields["unit_cost_rupiah"] = Amount(label=_("Biaya bahan satu satuan"))
        self.fields["fixed_cost_rupiah"] = Amount(
            label=_("Biaya tetap sebulan"), help_text=_("Sewa, listrik, upah. Tidak ada? Tulis 0.")
        )
        self.fields["tools_rupiah"] = Amount(label=_("Alat yang harus dibeli"), help_text=_("Tidak ada? Tulis 0."))
        self.fields["own_rupiah"] = Amount(label=_("Modal sendiri"), help_text=_("Tidak ada? Tulis 0."))

    def payload(self) -> dict[str, Any]:
        return {"plan_id": self.cleaned_data["record_id"], **{name: self.cleaned_data[name] for name in PLAN_FIELDS}}


def _written(value: Any) -> Any:
    return f"{value:,}".replace(",", ".") if isinstance(value, int) and value >= 1000 else value


class PermitForm(RecordForm):
    """Which permit, its number, its days."""

    def __init__(self, *args: Any, kinds: Mapping[str, Mapping[str, Any]], asked: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"kind": asked if asked in kinds else None}, **kwargs)
        self.fields["kind"] = Taps(label=_("Izin"), choices=[(code, said["label"]) for code, said in kinds.items()])
        self.fields["number"] = forms.CharField(label=_("Nomornya"), min_length=3, max_length=60)
        self.fields["issued_on"] = Day(label=_("Tanggal terbit"))
        self.fields["valid_until"] = Day(label=_("Berlaku sampai"), required=False)
        self.fields["valid_until"].help_text = _("Kosongkan bila tidak tertulis: dihitung menurut aturan.")

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = ("kind", "number", "issued_on", "valid_until")
        return {"permit_id": data["record_id"], **{name: data[name] for name in names}}


class ProductForm(ActForm):
    """What is sold, for how much, and how it looks."""

    product_id = forms.UUIDField(widget=forms.HiddenInput)
    photo_id = forms.UUIDField(widget=forms.HiddenInput)
    fresh_ids: ClassVar[tuple[str, ...]] = ("act_id", "photo_id")

    def __init__(self, *args: Any, before: Product | None, **kwargs: Any) -> None:
        known: dict[str, Any] = {"product_id": new_id(), "is_sold": True}
        if before is not None:
            known = {name: getattr(before, name) for name in ("name", "unit", "about", "is_sold")}
            known |= {"product_id": before.id, "price_rupiah": _written(before.price_rupiah)}
        super().__init__(*args, initial=known, **kwargs)
        self.fields["name"] = forms.CharField(label=_("Nama produk"), min_length=2, max_length=80)
        self.fields["unit"] = forms.CharField(
            label=_("Satuan"), max_length=20, help_text=_("Misalnya bungkus 250 gram, lembar.")
        )
        self.fields["price_rupiah"] = Amount(label=_("Harga satu satuan"))
        self.fields["about"] = forms.CharField(
            label=_("Keterangan singkat"), max_length=160, required=False, help_text=_("Rasa, ukuran, bahan.")
        )
        self.fields["picture"] = PhotoField(
            label=_("Ganti foto") if before and before.photo_id else _("Foto"),
            help_text=_("Foto barangnya, bukan orang. Tempat dan waktu foto dihapus."),
        )
        self.fields["is_sold"] = forms.BooleanField(label=_("Masih dijual"), required=False)

    def payload(self) -> dict[str, Any]:
        names = ("product_id", "photo_id", "name", "unit", "price_rupiah", "about", "is_sold", "picture")
        return {name: self.cleaned_data[name] for name in names}
