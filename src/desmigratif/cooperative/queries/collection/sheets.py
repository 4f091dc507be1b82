"""Reading the books for a sheet that goes to a meeting without a signal, and for one that comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from desmigratif.cooperative.inputs.loans import TakeCollection
from desmigratif.cooperative.models import Book, Cooperative, MemberGroup, MoneySlip
from desmigratif.cooperative.queries.collection.meeting import Asked, asked_at_meeting, circle_of
from desmigratif.cooperative.queries.savings.accounts import CAPITAL_USE
from desmigratif.regions.queries import village


def next_seal(cooperative: Cooperative) -> int:
    """The number that the book's next seal will have; whatever moves from now on has it or a higher one."""
    return Book.objects.get(cooperative=cooperative).last_number + 1


def paths_moved_since(cooperative: Cooperative, given: TakeCollection) -> list[str]:
    """The lines of a sheet for which other money passed since it was taken along (`seen_version`). One query."""
    paths = {
        **{line.loan_id: f"lines.{place}.loan_id" for place, line in enumerate(given.lines)},
        **{line.account_id: f"savings.{place}.account_id" for place, line in enumerate(given.savings)},
    }
    members = {line.member_id: f"compulsory.{place}.member_id" for place, line in enumerate(given.compulsory)}
    theirs = Q(holder_id__in=list(paths)) | Q(holder_id__in=list(members), use=CAPITAL_USE["compulsory"])
    rows = MoneySlip.objects.of(cooperative).filter(theirs, number__gte=given.seen_version or 0)
    found: set[UUID] = set(rows.values_list("holder_id", flat=True))
    return [path for holder, path in {**paths, **members}.items() if holder in found]


MOST_ON_PHONE = 200  # as many lines of loans as one sheet may have


def sheet_for_phone(cooperative: Cooperative, asked: Mapping[str, str], on: date) -> dict[str, Any]:
    """What a cashier needs at a meeting, and no more: who comes, and what is asked of each. No balance, no address."""
    seen_version = next_seal(cooperative)  # first: whatever is posted meanwhile counts as later
    circle = circle_of(asked, MemberGroup.objects.of(cooperative))
    sheet = asked_at_meeting(cooperative, on, circle, most=MOST_ON_PHONE, number=asked.get("lembar"))
    return {
        "on": on.isoformat(),
        "name": cooperative.name,
        "village": cooperative.village_code,
        "offset": village(cooperative.village_code).utc_offset,
        "seen_version": seen_version,
        "number": sheet.number,
        "sheets": sheet.sheets,
        "members": [_row(one) for one in sheet.members],
    }


def _row(asked: Asked) -> dict[str, Any]:
    member, savings = asked.member, asked.savings
    return {
        "id": str(member.id),
        "name": member.name,
        "number": member.number,
        "compulsory": asked.compulsory_rupiah,
        "savings": {"id": str(savings.id), "name": savings.product.name} if savings else None,
        "loans": [
            {"id": str(one.loan.id), "name": one.loan.product.name, "due": one.state.due.total} for one in asked.loans
        ],
    }
