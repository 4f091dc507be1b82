"""Who may be lent how much, and who may say so: related parties, lending limits (BMPP), decisions by two persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from desmigratif.cooperative.rules.rates import percent_text
from desmigratif.cooperative.rules.rounding import percent_of
from desmigratif.shared.dated import dated_on, value_on
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

Role = Literal["cashier", "treasurer", "manager", "board", "supervisors", "related_cooperative"]
_ROLE_LABELS = {"board": "pengurus", "supervisors": "pengawas"}


def is_related(roles: Sequence[str], on: date, household_roles: Sequence[str] = ()) -> bool:
    """Whether a borrower with these roles is a related party.

    The law names the board, the supervisors and related cooperatives. A cooperative whose articles count their
    families too hands in the roles held in the borrower's household.
    """
    related = value_on("cooperative_lending.related_roles", on)
    return any(role in related for role in (*roles, *household_roles))


@dataclass(frozen=True, slots=True)
class LendingFigures:
    """Where the cooperative stands before a loan, in rupiah of outstanding principal.

    own_capital       pokok, wajib, reserves and grants
    related_lent      lent to all related parties together
    borrower_lent     lent to this borrower already
    one_borrower_percent  most for one borrower who is not related, in percent of own capital; None = not set. The
                          articles set it: we know no figure in the law.
    """

    own_capital: int
    related_lent: int
    borrower_lent: int
    one_borrower_percent: Decimal | None = None


def reasons_not_to_lend_so_much(
    amount: int, roles: Sequence[str], figures: LendingFigures, approved_by: Sequence[str], on: date
) -> list[Reason]:
    """Why this amount may not be lent to this borrower; an empty list means it may."""
    if is_related(roles, on):
        return [*_against_related(amount, figures, on), *reasons_not_approved(approved_by, on)]
    return _against_one_borrower(amount, figures)


def _against_related(amount: int, figures: LendingFigures, on: date) -> list[Reason]:
    rule = dated_on("cooperative_lending.related_party_percent", on)
    most = percent_of(figures.own_capital, Decimal(rule.value), "down")
    if figures.related_lent + amount <= most:
        return []
    return [
        Reason(
            "related_party_limit",
            f"Pinjaman untuk semua pihak terkait paling banyak {rule.value} % modal sendiri, {format_rupiah(most)}; "
            f"sudah {format_rupiah(figures.related_lent)}.",
            citation=rule.citation,
            field="amount",
            way_out=f"Paling banyak {format_rupiah(max(0, most - figures.related_lent))} lagi.",
        )
    ]


def reasons_not_approved(approved_by: Sequence[str], on: date) -> list[Reason]:
    """Why a related party may not be served yet: both boards agree, whoever's money it is."""
    rule = dated_on("cooperative_lending.related_party_approvals", on)
    missing = [_ROLE_LABELS[role] for role in rule.value if role not in approved_by]
    if not missing:
        return []
    text = f"Pinjaman untuk pihak terkait perlu persetujuan {' dan '.join(missing)}."
    return [Reason("related_party_approval", text, citation=rule.citation, field="approved_by")]


def _against_one_borrower(amount: int, figures: LendingFigures) -> list[Reason]:
    if figures.one_borrower_percent is None:
        return []
    most = percent_of(figures.own_capital, figures.one_borrower_percent, "down")
    if figures.borrower_lent + amount <= most:
        return []
    percent = percent_text(figures.one_borrower_percent)
    return [
        Reason(
            "one_borrower_limit",
            f"Pinjaman untuk satu anggota paling banyak {percent} modal sendiri, {format_rupiah(most)}.",
            citation="Anggaran dasar koperasi",
            field="amount",
            way_out=f"Paling banyak {format_rupiah(max(0, most - figures.borrower_lent))} lagi.",
        )
    ]


@dataclass(frozen=True, slots=True)
class DecisionLimit:
    """One step: up to `up_to` rupiah (None = any amount) this many persons of these roles decide together."""

    up_to: int | None
    roles: tuple[str, ...]
    persons: int = 1


# Until a cooperative sets its own: two persons from the first rupiah, the board above five million.
USUAL_LIMITS = (
    DecisionLimit(5_000_000, ("treasurer", "manager", "board"), 2),
    DecisionLimit(None, ("board",), 2),
)


def limit_for(amount: int, limits: Sequence[DecisionLimit]) -> DecisionLimit:
    """The step an amount falls under. Raises `ValueError` when no step reaches so far."""
    for step in sorted(limits, key=lambda step: (step.up_to is None, step.up_to or 0)):
        if step.up_to is None or amount <= step.up_to:
            return step
    raise ValueError("no limit for this amount")


@dataclass(frozen=True, slots=True)
class Decider:
    """A person who said yes: who, in which role, and whether the money is for them or theirs."""

    person: str
    role: str
    has_interest: bool = False


def reasons_not_decided(
    amount: int, deciders: Sequence[Decider], limits: Sequence[DecisionLimit] = USUAL_LIMITS, *, entered_by: str = ""
) -> list[Reason]:
    """Why a decision is not made yet. Who entered the application does not decide on it; nor who gains from it."""
    if amount <= 0:
        return [Reason("too_small", "Jumlahnya harus lebih dari nol.", field="amount")]
    step = limit_for(amount, limits)
    entitled = {one.person for one in deciders if one.role in step.roles and not one.has_interest}
    missing = step.persons - len(entitled - {entered_by})
    if missing <= 0:
        return []
    return [
        Reason(
            "decision_incomplete",
            f"Jumlah ini diputuskan {step.persons} orang yang berwenang, selain pemohon dan pencatat; "
            f"masih kurang {missing}.",
            field="deciders",
        )
    ]
