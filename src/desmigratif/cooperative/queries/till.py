"""Reading the till: a cashier's day, limits, and what a printed code proves."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Sum

from desmigratif.access.actor import Actor
from desmigratif.cooperative.models import Account, Cooperative, MoneyLimit, MoneySlip, TillDay
from desmigratif.cooperative.queries.ledger import balance_now
from desmigratif.shared.crypto import blind_index

CODE_SIGNS = 8


def limit_on(cooperative: Cooperative, on: date) -> int | None:
    """Above which sum a second person must agree to a payout; None before the first decision."""
    standing = MoneyLimit.objects.of(cooperative).filter(since__lte=on).order_by("-since").first()
    return standing.second_person_above_rupiah if standing else None


def open_till(cooperative: Cooperative, by: Actor) -> TillDay | None:
    """The till that this person has open, if any."""
    return TillDay.objects.of(cooperative).open_of(by.id).first()


def expected_in(till: TillDay) -> int:
    """What should be in the till: the count in the morning and every slip of the day."""
    moved: int | None = (
        MoneySlip.objects.of(till.cooperative_id).filter(till=till).aggregate(total=Sum("amount_rupiah"))["total"]
    )
    return till.opening_rupiah + (moved or 0) + till.carried_rupiah


def cash_outside_tills(cooperative: Cooperative) -> int:
    """Cash of the books that is in no open till: in the safe, or nowhere yet."""
    cash = balance_now(Account.objects.of(cooperative).get(use="cash"))
    still_open = TillDay.objects.of(cooperative).filter(closed_at__isnull=True)
    return cash - sum(expected_in(till) for till in still_open)


def slips_of(cooperative: Cooperative, holder_ids: list[UUID]) -> list[MoneySlip]:
    """The lines of a passbook, oldest first."""
    return list(MoneySlip.objects.of(cooperative).filter(holder_id__in=holder_ids).order_by("number", "id"))


def code_of(slip_id: UUID, on: date, amount_rupiah: int, balance_rupiah: int) -> str:
    """The short code printed beside a line: with the installation's key, so that nobody can make one up."""
    text = f"{slip_id}|{on.isoformat()}|{amount_rupiah}|{balance_rupiah}"
    return blind_index("money-slip", text)[:CODE_SIGNS].upper()


def slips_with_code(by: Actor, code: str) -> list[MoneySlip]:
    """Lines that carry a printed code, to hold against the passbook."""
    return list(MoneySlip.objects.visible_to(by).filter(code=code.strip().upper()).select_related("member")[:5])
