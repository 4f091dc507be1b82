"""Forms of a way to borrow: what most ask for first, then what a cooperative may want to set otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Percent, Rupiah
from desmigratif.cooperative.inputs.loans import LoanOffer
from desmigratif.cooperative.rules.loans.presets import METHOD_OF, SEASONAL, USUAL_PRESET, seasons_on
from desmigratif.documents.acting import Day, RecordForm, Taps

METHODS = (
    ("flat", _("Flat: jasa dari pinjaman awal")), ("declining", _("Menurun: jasa dari sisa pinjaman")),
    ("annuity", _("Anuitas: angsuran sama besar")), ("bullet", _("Musiman: pokok sekaligus di akhir")),
)  # fmt: skip
ORDERS = (
    ("fees,late_fee,interest,principal", _("Biaya, denda, jasa, lalu pokok")),
    ("fees,interest,principal,late_fee", _("Biaya, jasa, pokok, lalu denda")),
    ("fees,principal,interest,late_fee", _("Biaya, pokok, jasa, lalu denda")),
)
SURPLUS = (
    ("advance", _("Membayar angsuran berikutnya")), ("shorter", _("Lebih cepat selesai")),
    ("lower", _("Angsuran lebih ringan")),
)  # fmt: skip
PAYOFFS = (
    ("days", _("Sampai hari pelunasan")), ("period", _("Sampai akhir masa angsuran ini")), ("all", _("Seluruhnya")),
)  # fmt: skip
BASES = (("cash", _("Saat dibayar")), ("accrual", _("Saat menjadi hak, walau belum dibayar")))
SHIFTS = (
    ("none", _("Tetap pada tanggalnya")), ("next", _("Hari kerja berikutnya")),
    ("previous", _("Hari kerja sebelumnya")),
)  # fmt: skip
WEEKDAYS = (("5", _("Sabtu")), ("6", _("Minggu")))
DAY_COUNTS = (
    ("30/360", _("Sebulan 30 hari, setahun 360")), ("act/365", _("Hari sebenarnya, setahun 365")),
    ("act/act", _("Hari dan tahun sebenarnya")), ("act/360", _("Hari sebenarnya, setahun 360")),
    ("act/364", _("Mingguan, setahun 364")),
)  # fmt: skip
WHOLE = (
    "grace_principal", "grace_interest", "interest_free", "fee_fixed_rupiah", "fee_each_rupiah", "insurance_rupiah",
    "late_fixed_rupiah", "late_grace_days", "multiple_rupiah",
)  # fmt: skip
MAY_BE_UNSET = ("late_cap_percent", "one_borrower_percent")
FOLDS = (
    (
        _("Kapan dibayar"),
        ("every_unit", "every_count", "grace_principal", "grace_interest", "interest_free", "shift", "weekdays_off"),
    ),
    (_("Biaya"), ("fee_percent", "fee_fixed_rupiah", "insurance_rupiah", "fee_each_rupiah")),
    (
        _("Bila terlambat"),
        ("late_percent_per_day", "late_fixed_rupiah", "late_grace_days", "late_cap_percent"),
    ),
    (_("Uang lebih dan pelunasan awal"), ("order", "surplus", "payoff_interest", "payoff_penalty_percent")),
    (_("Batas dan pembukuan"), ("one_borrower_percent", "multiple_rupiah", "day_count", "basis")),
)  # fmt: skip
PRESET_LABELS = {
    "menurun": _("Menurun"), "tetap": _("Tetap (flat)"), "anuitas": _("Anuitas"),
    SEASONAL: _("Musiman, dibayar setelah panen"),
}  # fmt: skip
USUAL = {
    "every_unit": "month", "every_count": 1, "most_instalments": 12, "order": ORDERS[0][0], "surplus": "advance",
    "basis": "cash", "payoff_interest": "days", "multiple_rupiah": "100", "day_count": "30/360", "shift": "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fold:
    """Fields that most leave as they are. It stands open when one of them is wrong, or was set otherwise."""

    title: Any
    fields: list[forms.BoundField]
    is_open: bool


def _count(label: Any, *, most: int = 60, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, help_text=help_text)


class LoanTermsForm(RecordForm):
    """The conditions of a way to borrow, from a day on."""

    id_name = "terms_id"
    method = Taps(label=_("Cara menghitung jasa"), choices=METHODS)
    annual_percent = Percent(label=_("Jasa setahun, persen"))
    most_rupiah = Rupiah(label=_("Paling banyak"))
    most_instalments = forms.IntegerField(label=_("Paling banyak berapa kali angsuran?"), min_value=1, max_value=240)
    every_unit = Taps(label=_("Angsuran setiap"), choices=(("month", _("Bulan")), ("week", _("Minggu"))))
    every_count = forms.IntegerField(label=_("Setiap berapa bulan atau minggu?"), min_value=1, max_value=60)
    grace_principal = _count(
        _("Angsuran awal tanpa pokok"), help_text=_("Misalnya 3, sampai upah pertama di luar negeri diterima.")
    )
    grace_interest = _count(_("Angsuran awal tanpa jasa (ditagih sesudahnya)"))
    interest_free = _count(
        _("Angsuran awal bebas jasa"), help_text=_("Jasanya tidak dihitung sama sekali, misalnya sampai panen pertama.")
    )
    fee_percent = Percent(label=_("Provisi saat cair, persen"), required=False)
    fee_fixed_rupiah = Rupiah(label=_("Administrasi saat cair"), required=False)
    insurance_rupiah = Rupiah(
        label=_("Asuransi saat cair"), required=False, help_text=_("Diteruskan seluruhnya kepada penanggung.")
    )
    fee_each_rupiah = Rupiah(label=_("Biaya setiap angsuran"), required=False)
    late_percent_per_day = Percent(label=_("Denda per hari, persen dari yang terlambat"), required=False)
    late_fixed_rupiah = Rupiah(label=_("Denda tetap setiap angsuran terlambat"), required=False)
    late_grace_days = _count(_("Hari tanpa denda sesudah jatuh tempo"), most=90)
    late_cap_percent = Percent(label=_("Denda paling banyak, persen dari angsuran"), required=False)
    order = forms.ChoiceField(label=_("Uang masuk dipakai untuk"), choices=ORDERS)
    surplus = forms.ChoiceField(label=_("Uang lebih dari yang diminta"), choices=SURPLUS)
    payoff_interest = forms.ChoiceField(label=_("Jasa bila dilunasi lebih awal"), choices=PAYOFFS)
    payoff_penalty_percent = Percent(label=_("Biaya pelunasan awal, persen dari pokok"), required=False)
    basis = forms.ChoiceField(
        label=_("Jasa dicatat sebagai pendapatan"), choices=BASES,
        help_text=_("Bila saat menjadi hak: dihitung setiap akhir bulan, dan berhenti bila pinjaman tidak lancar."),
    )  # fmt: skip
    multiple_rupiah = Rupiah(label=_("Angsuran dibulatkan ke kelipatan"), required=False)
    day_count = forms.ChoiceField(label=_("Hitungan hari"), choices=DAY_COUNTS)
    shift = forms.ChoiceField(label=_("Jatuh tempo di hari libur"), choices=SHIFTS)
    weekdays_off = forms.MultipleChoiceField(
        label=_("Hari tanpa setoran"), choices=WEEKDAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    one_borrower_percent = Percent(
        label=_("Batas satu peminjam, persen dari modal sendiri"), required=False,
        help_text=_("Menurut anggaran dasar; kosong berarti tidak ditetapkan."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, today: date, offer: LoanOffer | None = None, preset: str = USUAL_PRESET, **kwargs: Any
    ) -> None:
        self.usual = {**USUAL, "method": METHOD_OF[preset]}
        first = self.usual | (_as_written(offer) if offer else {})
        super().__init__(*args, initial={"since": today, **first}, **kwargs)
        self.fields["since"] = Day(label=_("Berlaku sejak"))
        self.seasons = {one.code: one for one in seasons_on(today)} if preset == SEASONAL and offer is None else {}
        if self.seasons:
            self._ask_for_the_season()

    def _ask_for_the_season(self) -> None:
        """A harvest instead of a count of months, and one payment unless it is written otherwise."""
        choices = [(one.code, _("%s: %d bulan") % (one.label, one.months)) for one in self.seasons.values()]
        self.fields["season"] = Taps(label=_("Dibayar setelah panen apa?"), choices=choices)
        self.initial["most_instalments"] = 1
        self.fields["most_instalments"].label = _("Paling banyak berapa kali panen?")
        self.fields["most_instalments"].help_text = _("Jasa dibayar setiap panen, pokok pada panen terakhir.")
        for name in ("every_unit", "every_count"):
            del self.fields[name]
        self.order_fields(["name", "season"])

    def first_fields(self) -> list[forms.BoundField]:
        """What everybody decides; the rest is folded."""
        folded = {name for _title, names in FOLDS for name in names}
        return [field for field in self.visible_fields() if field.name not in folded]

    def folds(self) -> Iterator[Fold]:
        for title, names in FOLDS:
            fields = [self[name] for name in names if name in self.fields]
            yield Fold(title, fields, any(field.errors or self._is_unusual(field) for field in fields))

    def _is_unusual(self, field: forms.BoundField) -> bool:
        said = self.initial.get(field.name)
        return said not in (None, "", 0, [], self.usual.get(field.name))

    def field_of(self, path: str) -> str:
        """The rules speak of a rate and of parts of the offer."""
        name = path.removeprefix("offer.")
        return super().field_of("annual_percent" if name == "annual_rate_percent" else name)

    def payload(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        given = {self.id_name: data.pop("record_id"), "since": data.pop("since")}
        data.pop("act_id")
        if self.seasons:
            data |= {"every_unit": "month", "every_count": self.seasons[data.pop("season")].months}
        for name in WHOLE:
            data[name] = data[name] or 0
        for name in MAY_BE_UNSET:
            data[name] = data[name] or None
        data["order"] = tuple(data["order"].split(","))
        data["weekdays_off"] = tuple(int(day) for day in data["weekdays_off"])
        return {**given, "offer": data}


class LoanProductForm(LoanTermsForm):
    """A way to borrow, with its first conditions."""

    id_name = "product_id"
    name = forms.CharField(label=_("Nama pinjaman"), min_length=3, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].widget = forms.HiddenInput()  # the kind that was chosen says it
        self.order_fields(["name", "season", *self.fields])

    def payload(self) -> dict[str, Any]:
        found = super().payload()
        return {"name": found["offer"].pop("name"), **found}


def _as_written(offer: LoanOffer) -> dict[str, Any]:
    """Conditions as people write them in fields."""
    found: dict[str, Any] = {}
    for name, value in offer.model_dump().items():
        if isinstance(value, Decimal):
            found[name] = f"{value.normalize():f}".replace(".", ",") if value else None
        elif name.endswith("_rupiah"):
            found[name] = f"{value:,}".replace(",", ".") if value else None
        else:
            found[name] = value
    found["order"] = ",".join(offer.order)
    found["weekdays_off"] = [str(day) for day in offer.weekdays_off]
    return found
