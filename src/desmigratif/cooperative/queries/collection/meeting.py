"""Reading what a meeting asks of each member: open simpanan wajib, a place to save, instalments that are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet

from desmigratif.access.keys.subject_keys import load_keys
from desmigratif.cooperative import sealing
from desmigratif.cooperative.models import Cooperative, GroupSeat, Member, MemberGroup, SavingsAccount, SavingsKind
from desmigratif.cooperative.queries.loans.standing import StandingLoan, due_until
from desmigratif.cooperative.queries.overview import arrears_of_all

EVERYBODY = "semua"
LONGEST_PLACE = 40


@dataclass(slots=True)
class Asked:
    """One member at the meeting."""

    member: Member
    compulsory_rupiah: int = 0
    savings: SavingsAccount | None = None
    loans: list[StandingLoan] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a meeting: `members` of it, how many there are in all, which sheet this is and of how many."""

    members: list[Asked]
    people: int
    number: int
    sheets: int


@dataclass(frozen=True, slots=True)
class Circle:
    """Who comes to a meeting: every member or only those who owe something; of one group; from one part of the village.

    `place` is a part of the address that the member gave to the cooperative: a hamlet, an RT.
    """

    everybody: bool = False
    group_id: UUID | None = None
    place: str = ""


def circle_of(asked: Mapping[str, str], groups: Iterable[MemberGroup]) -> Circle:
    """Who comes, as an address says; a group that is none is nobody's."""
    known = {str(one.id): one.id for one in groups}
    return Circle(
        everybody=asked.get("pilih") == EVERYBODY, group_id=known.get(asked.get("kelompok", "")),
        place=asked.get("tempat", "").strip()[:LONGEST_PLACE],
    )  # fmt: skip


def asked_at_meeting(
    cooperative: Cooperative, on: date, circle: Circle, *, most: int, number: str | None = None
) -> Sheet:
    """By name, `most` on a sheet. Eight queries, however many; two more where a part of the village is asked for."""
    due, arrears = due_until(cooperative, on), arrears_of_all(cooperative, on)
    members = Member.objects.of(cooperative).belonging().order_by("name", "id")
    if not circle.everybody:
        members = members.filter(id__in={*arrears, *(one.loan.member_id for one in due)})
    if circle.group_id is not None:
        seats = GroupSeat.objects.of(cooperative).standing().filter(group_id=circle.group_id)
        members = members.filter(id__in=seats.values("member_id"))
    if circle.place:
        members = members.filter(id__in=_living_at(members, circle.place))
    paper = Paginator(members, most).get_page(number)
    found = {one.id: Asked(one, arrears.get(one.id, 0)) for one in paper}
    for standing in due:
        if standing.loan.member_id in found:
            found[standing.loan.member_id].loans.append(standing)
    for account in _voluntary(cooperative, list(found)):
        asked = found[account.member_id]
        asked.savings = asked.savings or account
    return Sheet(list(found.values()), paper.paginator.count, paper.number, paper.paginator.num_pages)


def _living_at(members: QuerySet[Member], place: str) -> list[UUID]:
    """Who of these gave an address with this in it. Addresses are sealed, so each is opened and none is shown."""
    rows, wanted = list(members), place.casefold()
    keys = load_keys(one.id for one in rows)
    return [
        one.id for one in rows if wanted in sealing.open_details(one, keys.get(one.id)).get("address", "").casefold()
    ]


def _voluntary(cooperative: Cooperative, members: list[UUID]) -> list[SavingsAccount]:
    accounts = SavingsAccount.objects.of(cooperative).open().filter(product__kind=SavingsKind.VOLUNTARY)
    return list(accounts.filter(member_id__in=members).select_related("product").order_by("opened_on", "id"))
