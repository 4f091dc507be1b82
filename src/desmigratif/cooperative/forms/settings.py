"""Forms of what a cooperative decides once: its books, terms, limits, ways to save."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Percent, Rupiah
from desmigratif.cooperative.models import CooperativeKind, InterestBasis, SavingsKind
from desmigratif.documents.acting import Day, RecordForm, Taps


class SetUpForm(RecordForm):
    """Who keeps the books, and from which day."""

    name = forms.CharField(label=_("Nama koperasi"), min_length=3, max_length=120)
    kind = Taps(label=_("Bentuknya"), choices=CooperativeKind.choices)
    legal_number = forms.CharField(
        label=_("Nomor badan hukum"), required=False, max_length=60, help_text=_("Kosongkan bila belum ada.")
    )
    opened_on = Day(label=_("Buku dibuka mulai"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "cooperative_id": data["record_id"], "name": data["name"], "kind": data["kind"],
            "legal_number": data["legal_number"], "opened_on": data["opened_on"],
        }  # fmt: skip


class _Decided(RecordForm):
    """Something decided, that holds from a day on."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": today}, **kwargs)
        self.fields["since"] = Day(label=_("Berlaku mulai"))
        self.fields["decision"] = forms.CharField(
            label=_("Dasar keputusannya"), min_length=3, max_length=120,
            help_text=_("Misalnya: Rapat anggota 12 Januari 2026"),
        )  # fmt: skip


class TermsForm(_Decided):
    """Simpanan pokok and wajib."""

    principal_rupiah = Rupiah(label=_("Simpanan pokok"), help_text=_("Dibayar sekali saat masuk."))
    compulsory_rupiah = Rupiah(label=_("Simpanan wajib per bulan"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "terms_id": data["record_id"], "since": data["since"], "principal_rupiah": data["principal_rupiah"],
            "compulsory_rupiah": data["compulsory_rupiah"], "decision": data["decision"],
        }  # fmt: skip


class LimitForm(_Decided):
    """Above which sum a second person must agree."""

    second_person_above_rupiah = Rupiah(label=_("Perlu orang kedua di atas"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "limit_id": data["record_id"], "since": data["since"], "decision": data["decision"],
            "second_person_above_rupiah": data["second_person_above_rupiah"],
        }  # fmt: skip


class ProductForm(RecordForm):
    """A way to save, with its first rate."""

    name = forms.CharField(label=_("Nama simpanan"), min_length=3, max_length=60)
    kind = Taps(label=_("Jenisnya"), choices=[one for one in SavingsKind.choices if one[0] != SavingsKind.MUDHARABAH])
    annual_percent = Percent(label=_("Jasa per tahun (%)"))
    basis = Taps(label=_("Dasar jasa"), choices=InterestBasis.choices)
    minimum_balance_rupiah = Rupiah(label=_("Saldo paling sedikit"), required=False)
    term_months = forms.IntegerField(
        label=_("Lama (bulan)"), required=False, min_value=1, max_value=120, help_text=_("Hanya simpanan berjangka.")
    )
    kept_percent_of_rate = Percent(
        label=_("Bagian jasa bila dicairkan lebih awal (%)"), required=False, help_text=_("Hanya simpanan berjangka.")
    )
    penalty_percent = Percent(
        label=_("Potongan pokok bila dicairkan lebih awal (%)"), required=False,
        help_text=_("Hanya simpanan berjangka."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": today, "basis": InterestBasis.DAILY}, **kwargs)
        self.fields["since"] = Day(label=_("Ditawarkan mulai"))

    def payload(self) -> dict[str, Any]:
        data = {key: value for key, value in self.cleaned_data.items() if key not in ("act_id", "record_id")}
        data["minimum_balance_rupiah"] = data["minimum_balance_rupiah"] or 0
        return {**data, "product_id": self.cleaned_data["record_id"]}


class RateForm(RecordForm):
    """Another rate from a day on."""

    annual_percent = Percent(label=_("Jasa per tahun (%)"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": today}, **kwargs)
        self.fields["since"] = Day(label=_("Berlaku mulai"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"rate_id": data["record_id"], "since": data["since"], "annual_percent": data["annual_percent"]}
