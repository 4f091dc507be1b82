"""Ijarah: rent for a thing of the cooperative's, which is used up as the rent is paid down to its residual value."""

from __future__ import annotations

from dataclasses import dataclass

from desmigratif.cooperative.rules.rounding import whole_fraction


@dataclass(frozen=True, slots=True)
class Lease:
    """What the thing cost, what it will be worth at the end, and the whole rent."""

    cost: int
    residual: int
    rent: int


def used_up(lease: Lease, paid: int) -> int:
    """What of the cost is used up once so much rent is paid; all of it but the residual at the end."""
    return whole_fraction((lease.cost - lease.residual) * paid, lease.rent)


@dataclass(frozen=True, slots=True)
class LeaseEnd:
    """The end of a lease: the value in the books, and what a sale brings above (or below) it."""

    book_value: int
    price: int

    @property
    def gain(self) -> int:
        return self.price - self.book_value if self.price else 0
