"""Forms of the register of members."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Rupiah
from desmigratif.cooperative.models import ConnectionKind, RollOver, SavingsKind, SavingsProduct
from desmigratif.documents.acting import ActForm, Day, RecordForm, Taps
from desmigratif.people.models import Sex
from desmigratif.regulations.countries import country_names


class ApplyForm(RecordForm):
    """A candidate, as their card says."""

    name = forms.CharField(label=_("Nama sesuai KTP"), min_length=2, max_length=100)
    nik = forms.RegexField(
        regex=r"^\d{16}$", label=_("NIK"), strip=True, error_messages={"invalid": _("NIK terdiri dari 16 angka.")}
    )
    sex = Taps(label=_("Jenis kelamin"), choices=Sex.choices)
    birth_place = forms.CharField(label=_("Tempat lahir"), required=False, max_length=100)
    birth_date = Day(label=_("Tanggal lahir"))
    occupation = forms.CharField(label=_("Pekerjaan"), required=False, max_length=100)
    address = forms.CharField(label=_("Alamat"), max_length=200)
    phone = forms.CharField(label=_("Nomor HP"), required=False, max_length=40)
    is_citizen = forms.BooleanField(label=_("Warga negara Indonesia"), required=False)
    in_area = forms.BooleanField(label=_("Tinggal atau bekerja di wilayah koperasi"), required=False)

    def __init__(self, *args: Any, today: date, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "is_citizen": True, "in_area": True, "name": name}, **kwargs)
        self.fields["on"] = Day(label=_("Tanggal mendaftar"))

    def payload(self) -> dict[str, Any]:
        data = {key: value for key, value in self.cleaned_data.items() if key not in ("act_id", "record_id")}
        optional = {key: data[key] or None for key in ("birth_place", "occupation", "phone")}
        return {**data, **optional, "member_id": self.cleaned_data["record_id"]}


class OnDayForm(ActForm):
    """An act that only asks for its day."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Tanggal"))

    def payload(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"]}


class ConnectForm(RecordForm):
    """Heir, proxy or payer."""

    kind = Taps(label=_("Sebagai apa?"), choices=ConnectionKind.choices)
    name = forms.CharField(label=_("Namanya"), min_length=2, max_length=100)
    relation = forms.CharField(
        label=_("Hubungan dengan anggota"), min_length=2, max_length=40, help_text=_("Misalnya suami, anak, kakak.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        choices = [("", _("Di Indonesia atau tidak tahu")), *sorted(country_names().items(), key=lambda one: one[1])]
        self.fields["country"] = forms.ChoiceField(
            label=_("Bekerja di negara"), required=False, choices=choices, help_text=_("Untuk pembayar di luar negeri.")
        )
        self.fields["on"] = Day(label=_("Sejak"))

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "connection_id": data["record_id"], "kind": data["kind"], "name": data["name"],
            "relation": data["relation"], "country": data["country"] or None, "on": data["on"],
        }  # fmt: skip


class OpenSavingsForm(RecordForm):
    """Savings in one of the cooperative's products."""

    purpose = forms.CharField(
        label=_("Untuk apa?"), required=False, max_length=60, help_text=_("Simpanan khusus: sekolah, kurban, mudik.")
    )
    target_rupiah = Rupiah(label=_("Yang ingin dicapai"), required=False, help_text=_("Simpanan khusus."))
    target_on = Day(label=_("Diperlukan pada"), required=False)
    planned_monthly_rupiah = Rupiah(label=_("Rencana setoran per bulan"), required=False)
    remittance_percent = forms.IntegerField(
        label=_("Bagian dari setiap kiriman, persen"), required=False, min_value=1, max_value=100,
        help_text=_("Misalnya 20: dari kiriman Rp1.000.000 disimpan Rp200.000."),
    )  # fmt: skip
    roll_over = Taps(label=_("Simpanan berjangka, saat jatuh tempo"), choices=RollOver.choices, required=False)

    def __init__(
        self, *args: Any, today: date, products: list[SavingsProduct], purpose: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"roll_over": RollOver.NONE, "purpose": purpose}, **kwargs)
        self.today = today
        self.kinds = {str(product.id): product.kind for product in products}
        choices = [(str(product.id), product.name) for product in products]
        self.fields["product_id"] = Taps(label=_("Simpanan apa?"), choices=choices)
        if choices:
            goals = [id for id, kind in self.kinds.items() if purpose and kind == SavingsKind.PURPOSE]
            self.initial["product_id"] = (goals or [choices[0][0]])[0]
        self.order_fields(["product_id"])

    def payload(self) -> dict[str, Any]:
        data = self.cleaned_data
        kind, given = self.kinds[data["product_id"]], {"account_id": data["record_id"], "on": self.today}
        given["product_id"] = data["product_id"]
        if kind == SavingsKind.TERM:
            return {**given, "roll_over": data["roll_over"] or RollOver.NONE.value}
        if kind == SavingsKind.PURPOSE:
            wishes = ("purpose", "target_rupiah", "target_on", "planned_monthly_rupiah", "remittance_percent")
            return {**given, **{name: data[name] or None for name in wishes}}
        return given
