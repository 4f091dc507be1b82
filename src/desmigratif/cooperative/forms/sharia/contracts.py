"""Forms of sharia contracts: each kind asks for what its contract must say, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.business.businesses import GAIN_OR_LOSS, MemberField, TodayForm, WayForm
from desmigratif.cooperative.forms.fields import Percent, Rupiah
from desmigratif.cooperative.forms.loans.lending import RELATED
from desmigratif.cooperative.models import Cooperative, MoneySource
from desmigratif.cooperative.queries.sharia.funds import fund_now
from desmigratif.documents.acting import Day, RecordForm, Taps
from desmigratif.shared.rupiah import format_rupiah

GOODS = {
    "murabahah": _("Barang yang akan dibeli"), "mudharabah": _("Usaha yang dibiayai"),
    "musyarakah": _("Usaha yang dibiayai"), "ijarah": _("Barang yang disewakan"), "qardh": _("Untuk keperluan apa"),
}  # fmt: skip
AMOUNT = {
    "murabahah": _("Harga pokok barang"), "mudharabah": _("Modal koperasi"), "musyarakah": _("Modal koperasi"),
    "ijarah": _("Harga barang, paling banyak"), "qardh": _("Jumlah yang dipinjam"),
}  # fmt: skip
ANSWERS = (("yes", _("Setujui")), ("no", _("Tidak disetujui")))


class DeclareForm(RecordForm):
    """From which day, and by which decision."""

    decision = forms.CharField(
        label=_("Dasar keputusan"), min_length=3, max_length=120, help_text=_("Misalnya: rapat anggota 12 Mei 2026.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.fields["on"] = Day(label=_("Berlaku sejak"))

    def payload(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "decision")}


class ContractForm(TodayForm):
    """One kind of contract."""

    id_name = "contract_id"

    def __init__(self, *args: Any, cooperative: Cooperative, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.cooperative = kind, cooperative
        self.fields["member_id"] = MemberField(label=_("Anggota"), cooperative=cooperative)
        self.fields["goods"] = forms.CharField(label=GOODS[kind], min_length=3, max_length=100)
        self.fields["amount_rupiah"] = Rupiah(label=AMOUNT[kind])
        makers = {"murabahah": self._sale, "ijarah": self._lease, "musyarakah": self._joint, "qardh": self._kindness}
        makers.get(kind, lambda: None)()
        if kind in ("mudharabah", "musyarakah"):
            self.fields["share_percent"] = Percent(
                label=_("Bagian hasil koperasi (nisbah), persen"),
                help_text=_("Dari untung yang sungguh terjadi. Tidak ada hasil yang dijanjikan."),
            )  # fmt: skip
        else:
            self.fields["instalments"] = forms.IntegerField(
                label=_("Berapa kali angsuran bulanan?"), min_value=1, max_value=120
            )
            self.fields["first_due_on"] = Day(label=_("Angsuran pertama"))
            self.fields["late_charge_rupiah"] = Rupiah(
                label=_("Denda terlambat, setiap kali"), required=False,
                help_text=_("Hanya untuk yang mampu tetapi menunda. Uangnya masuk dana kebajikan."),
            )  # fmt: skip
        self.fields["related_roles"] = forms.MultipleChoiceField(
            label=_("Anggota ini pihak terkait?"), required=False, choices=RELATED, widget=forms.CheckboxSelectMultiple
        )
        self.fields["fee_rupiah"] = Rupiah(label=_("Biaya administrasi"), required=False)
        self.fields["fee_for"] = forms.CharField(
            label=_("Untuk mengganti biaya apa?"), required=False, max_length=80,
            help_text=_("Biaya nyata, misalnya meterai; tidak dihitung dari jumlah atau lamanya."),
        )  # fmt: skip

    def _sale(self) -> None:
        self.fields["margin_rupiah"] = Rupiah(label=_("Margin yang disepakati"))
        self.fields["by_agent"] = forms.BooleanField(
            label=_("Anggota membeli sebagai wakil koperasi (wakalah)"), required=False
        )

    def _lease(self) -> None:
        self.fields["rent_rupiah"] = Rupiah(label=_("Seluruh sewa"))
        self.fields["residual_rupiah"] = Rupiah(label=_("Nilai sisa barang pada akhir sewa"), required=False)

    def _kindness(self) -> None:
        said = _("Dari dana kebajikan paling banyak yang ada di dalamnya, %s sekarang.")
        self.fields["source"] = Taps(
            label=_("Sumber uangnya"), choices=MoneySource.choices, initial=MoneySource.OWN,
            help_text=said % format_rupiah(max(0, fund_now(self.cooperative).available)),
        )  # fmt: skip

    def _joint(self) -> None:
        self.fields["members_capital_rupiah"] = Rupiah(label=_("Modal anggota"))

    def payload(self) -> dict[str, Any]:
        said = {name: value for name, value in super().payload().items() if value not in (None, "")}
        return {**said, "kind": self.kind}


class DecideForm(TodayForm):
    """Yes or no, and why."""

    answer = Taps(label=_("Keputusan"), choices=ANSWERS)
    decision = forms.CharField(label=_("Alasannya"), min_length=3, max_length=160)
    has_interest = forms.BooleanField(label=_("Akad ini untuk saya atau keluarga saya"), required=False)

    def payload(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("answer", "decision", "has_interest")}
        return {"on": self.today, **said}


class AgreeForm(TodayForm):
    """Nothing to fill in: the supervisors' yes."""

    def payload(self) -> dict[str, Any]:
        return {"on": self.today}


class RebateForm(TodayForm):
    """How much is forgiven for today."""

    amount_rupiah = Rupiah(label=_("Potongan"))
    reason = forms.CharField(label=_("Alasannya"), min_length=3, max_length=120)

    def payload(self) -> dict[str, Any]:
        return {"on": self.today, **{name: self.cleaned_data[name] for name in ("amount_rupiah", "reason")}}


class SellForm(TodayForm):
    """Nothing to fill in: the price follows from what the goods cost and the margin."""


class EndLeaseForm(WayForm):
    amount_rupiah = Rupiah(
        label=_("Dijual kepada anggota seharga"), required=False, help_text=_("Kosongkan bila barangnya kembali.")
    )

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        return {**found, "amount_rupiah": found["amount_rupiah"] or 0}


class ResultForm(TodayForm):
    """What a venture earned or lost in a stretch of time."""

    gain_or_loss = Taps(label=_("Hasilnya"), choices=GAIN_OR_LOSS)
    amount = Rupiah(label=_("Jumlah"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        last = date.fromordinal(today.replace(day=1).toordinal() - 1)
        usual = {"gain_or_loss": "gain", "first_on": last.replace(day=1), "last_on": last}
        super().__init__(*args, today=today, initial=usual, **kwargs)
        self.fields["first_on"] = Day(label=_("Dari tanggal"))
        self.fields["last_on"] = Day(label=_("Sampai tanggal"))
        self.fields["by_negligence"] = forms.BooleanField(
            label=_("Rugi karena kelalaian pengelola (tidak ditanggung koperasi)"), required=False
        )
        self.order_fields(["first_on", "last_on", "gain_or_loss", "amount", "by_negligence"])

    def field_of(self, path: str) -> str:
        return super().field_of("amount" if path == "result_rupiah" else path)

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        sign = 1 if found.pop("gain_or_loss") == "gain" else -1
        return {"result_rupiah": sign * found.pop("amount"), **found}
