"""How likely a loan is to come back: current, substandard, doubtful, loss; and what must be set aside for it.

The class is not a mere count of days: how often instalments fall due, what the collateral is worth, whether people
who know the borrower still see a way, and how long the loan has been doubtful all play a part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from desmigratif.cooperative.rules.days import Every, add_months
from desmigratif.cooperative.rules.rounding import percent_of, whole
from desmigratif.shared.dated import dated_on, value_on

Class = Literal["current", "substandard", "doubtful", "loss"]
CLASSES: tuple[Class, ...] = ("current", "substandard", "doubtful", "loss")
CLASS_LABELS: dict[Class, str] = {
    "current": "Lancar",
    "substandard": "Kurang lancar",
    "doubtful": "Diragukan",
    "loss": "Macet",
}
COLLATERAL_LABELS = {
    "liquid": "Simpanan yang diblokir",
    "gold": "Emas",
    "mortgage": "Tanah dengan hak tanggungan",
    "certified_land": "Tanah bersertipikat",
    "girik_land": "Tanah girik",
    "bonded_vehicle": "Kendaraan dengan BPKB",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides the class of a loan.

    principal_since, interest_since  due dates of the oldest instalment whose principal, or interest, is open
    is_bullet            all principal at the end of the loan
    debt                 principal and interest owed, in rupiah
    collateral           what the collateral is worth, in rupiah
    rescuable            the judgement of people who know the borrower
    doubtful_since       the day the loan became doubtful, if it is
    handed_over          to a court, an agency or an insurer
    class_before         the class it had when it last got a new table; current where it never did
    paid_since           instalments of that table that fell due and were paid, one after the other
    """

    every: Every
    is_bullet: bool
    principal_since: date | None
    interest_since: date | None
    debt: int
    collateral: int = 0
    rescuable: bool = True
    doubtful_since: date | None = None
    handed_over: bool = False
    class_before: Class = "current"
    paid_since: int = 0


@dataclass(frozen=True, slots=True)
class Collectibility:
    code: Class
    reason: str
    citation: str

    @property
    def label(self) -> str:
        return CLASS_LABELS[self.code]


def classify(loan: Standing, on: date) -> Collectibility:
    """The class of a loan on a day, with why. Raises `NoValueOnDate` before the rules we hold.

    A new table alone makes no loan better: it keeps the class it had until instalments were paid by it.
    """
    found, kept = _class_by_arrears(loan, on), _class_kept(loan, on)
    return kept if kept is not None and CLASSES.index(kept.code) > CLASSES.index(found.code) else found


def _class_kept(loan: Standing, on: date) -> Collectibility | None:
    if loan.class_before == "current":
        return None
    rule = dated_on("cooperative_collectibility.rescheduled_instalments_until_better", on)
    if loan.paid_since >= rule.value:
        return None
    label = CLASS_LABELS[loan.class_before].lower()
    text = f"Saat dijadwal ulang {label}; tetap begitu sampai {rule.value} angsuran baru berturut-turut dibayar"
    return Collectibility(loan.class_before, f"{text}, sekarang {loan.paid_since}.", rule.citation)


def _class_by_arrears(loan: Standing, on: date) -> Collectibility:
    bands = dated_on("cooperative_collectibility.arrears_months", on)

    def answer(code: Class, reason: str) -> Collectibility:
        return Collectibility(code, reason, bands.citation)

    if loan.handed_over:
        return answer("loss", "Sudah diserahkan ke pengadilan, lembaga penagihan, atau penjamin.")
    grade = _grade_by_arrears(loan, bands.value, on)
    if grade == 0:
        return answer("current", "Tidak ada tunggakan yang melampaui batas.")
    if grade == 1:
        return answer("substandard", "Tunggakan melampaui batas lancar.")
    return answer(*_doubtful_or_loss(loan, on))


def _grade_by_arrears(loan: Standing, bands: Mapping[str, Any], on: date) -> int:
    band = bands[rhythm_of(loan)]
    return max(
        _grade(loan.principal_since, band["principal"], on),
        _grade(loan.interest_since, band["interest"], on),
    )


def rhythm_of(loan: Standing) -> str:
    """Which line of the bands a loan falls under."""
    if loan.is_bullet:
        return "bullet"
    if loan.every.unit != "month":
        days = loan.every.days
        return "under_monthly" if days < 28 else "to_quarterly" if days <= 92 else "longer"
    return "to_quarterly" if loan.every.count <= 3 else "longer"


def _grade(since: date | None, months: list[int], on: date) -> int:
    """How many of the limits the arrears have passed; on the very day of a limit it is not passed yet."""
    if since is None:
        return 0
    return sum(on > add_months(since, limit) for limit in months)


def _doubtful_or_loss(loan: Standing, on: date) -> tuple[Class, str]:
    patience = value_on("cooperative_collectibility.doubtful_months_until_loss", on)
    if loan.doubtful_since is not None and on > add_months(loan.doubtful_since, patience):
        return "loss", f"Sudah diragukan lebih dari {patience} bulan tanpa penyelesaian."
    needed = value_on("cooperative_collectibility.doubtful_collateral_percent", on)
    percent = needed["rescuable" if loan.rescuable else "not_rescuable"]
    if loan.collateral * 100 >= loan.debt * percent:
        return "doubtful", f"Tunggakan lama, agunan masih menutup {percent} % utang."
    return "loss", f"Tunggakan lama, agunan kurang dari {percent} % utang."


def is_suspended(code: Class, on: date) -> bool:
    """Whether a loan of this class earns nothing until somebody pays."""
    return code in value_on("cooperative_collectibility.classes_suspended", on)


@dataclass(frozen=True, slots=True)
class Collateral:
    kind: str
    value: int


def counted_collateral(items: Iterable[Collateral], on: date) -> int:
    """What collateral counts for when a provision is reckoned. Raises `KeyError` for a kind we do not know."""
    counted = value_on("cooperative_collectibility.collateral_counted_percent", on)
    return sum(item.value * counted[item.kind] // 100 for item in items)


def required_provision(code: Class, outstanding: int, collateral: Iterable[Collateral], on: date) -> int:
    """PPAP that must stand against one loan, in rupiah (half up)."""
    percent = Decimal(value_on("cooperative_collectibility.provision_percent", on)[code])
    base = outstanding
    if code in value_on("cooperative_collectibility.classes_with_collateral", on):
        base = max(0, outstanding - counted_collateral(collateral, on))
    return percent_of(base, percent)


def lending_at_risk(outstanding_by_class: Mapping[Class, int], on: date) -> int:
    """The estimate of what will not come back (RPM): so much of each class, in rupiah."""
    weights = value_on("cooperative_collectibility.risk_percent", on)
    exact = sum(
        (Decimal(amount) * weights.get(code, 0) / 100 for code, amount in outstanding_by_class.items()), Decimal(0)
    )
    return whole(exact)
