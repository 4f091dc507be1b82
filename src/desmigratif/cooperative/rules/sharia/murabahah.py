"""Murabahah: cost and margin are told and fixed; the margin is earned as it is paid, and adds up to what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desmigratif.cooperative.rules.days import add_months
from desmigratif.cooperative.rules.rounding import to_multiple, whole_fraction
from desmigratif.shared.dated import dated_on
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah


@dataclass(frozen=True, slots=True)
class Due:
    """One instalment of a price."""

    n: int
    due_on: date
    amount: int


def instalments_of(price: int, count: int, first_due_on: date, step: int = 1) -> list[Due]:
    """A price in equal monthly parts, in steps of `step` up; the last takes what is left, and none is nil."""
    each, left, found = to_multiple(Decimal(price) / count, step, "up"), price, []
    for n in range(1, count + 1):
        amount = left if n == count else min(each, left)
        if amount <= 0:
            break
        found.append(Due(n, add_months(first_due_on, n - 1), amount))
        left -= amount
    return found


def overdue(dues: list[Due], paid: int, on: date) -> int:
    """What should have been paid before a day and was not."""
    return max(0, sum(due.amount for due in dues if due.due_on < on) - paid)


def margin_earned(margin: int, price: int, paid: int) -> int:
    """What of the margin is earned once so much of the price is paid: in proportion, all of it at the end."""
    return whole_fraction(margin * paid, price)


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as it falls: what is taken off the receivable, off the deferred margin, and into income."""

    amount: int
    rebate: int
    margin_released: int

    @property
    def receivable(self) -> int:
        return self.amount + self.rebate

    @property
    def income(self) -> int:
        """The margin earned; what was forgiven is none."""
        return self.margin_released - self.rebate


def payment_of(*, price: int, margin: int, open_rupiah: int, deferred: int, amount: int, rebate: int = 0) -> Payment:
    """How a payment falls. One that closes the sale (with the rebate that was granted) takes the whole margin left."""
    if amount + rebate >= open_rupiah:
        return Payment(amount, rebate, deferred)
    earned_so_far = margin - deferred
    released = margin_earned(margin, price, price - open_rupiah + amount) - earned_so_far
    return Payment(amount, 0, released)


def reasons_not_to_rebate(rebate: int, deferred: int, on: date) -> list[Reason]:
    """Why so much cannot be forgiven: never more than the margin that was not earned yet."""
    if 0 < rebate <= deferred:
        return []
    rule = dated_on("cooperative_sharia.rebate", on)
    text = f"Potongan pelunasan paling banyak margin yang belum diterima, {format_rupiah(deferred)}."
    return [Reason("rebate_too_large", text, field="amount_rupiah", citation=rule.citation)]


def reasons_not_to_sell(owned: int, on: date) -> list[Reason]:
    """Why the goods cannot be sold yet: they must be the cooperative's first."""
    if owned > 0:
        return []
    rule = dated_on("cooperative_sharia.ownership", on)
    text = "Barangnya belum milik koperasi, jadi belum boleh dijual."
    way_out = "Catat dulu pembeliannya, oleh koperasi atau oleh anggota sebagai wakil."
    return [Reason("not_owned", text, citation=rule.citation, way_out=way_out)]


def reasons_not_to_charge_late(agreed: int, late: int, amount: int, on: date) -> list[Reason]:
    """Why no late charge of this sum may be asked; what is asked goes to the benevolent fund."""
    rule = dated_on("cooperative_sharia.late_charge", on)
    if not agreed:
        text = "Akad ini tidak memuat denda keterlambatan."
        return [Reason("none_agreed", text, field="amount_rupiah", citation=rule.citation)]
    if not late:
        return [Reason("not_late", "Angsurannya tidak terlambat.", field="amount_rupiah", citation=rule.citation)]
    if amount > agreed:
        text = f"Denda yang disepakati dalam akad paling banyak {format_rupiah(agreed)} setiap kali."
        return [Reason("above_agreed", text, field="amount_rupiah", citation=rule.citation)]
    return []
