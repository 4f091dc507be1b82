"""Where the surplus of a book year comes from: the cooperative's own books and those of its units."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Q, Sum

from desmigratif.cooperative.models import (
    ClosedYear,
    Cooperative,
    Decision,
    HandUpStatus,
    Holding,
    Leg,
    Member,
    MemberStatus,
    MonthlyTotal,
    SurplusDistribution,
    TillDay,
    UnitSurplus,
)
from desmigratif.cooperative.queries.year.sums import first_of, last_of
from desmigratif.cooperative.rules.year.handing_up import Waiting
from desmigratif.cooperative.rules.year.layout import OF_THE_RESULT


@dataclass(frozen=True, slots=True)
class Origin:
    """What one of the books adds to the surplus of a year. `up` is the hand-up, None of the head and of who waits.

    `is_waiting`: it is part of the whole, and not in the head's books yet.
    """

    books: Cooperative
    rupiah: int
    is_closed: bool
    up: UnitSurplus | None = None
    is_waiting: bool = False


def hand_ups_of(unit: Cooperative) -> list[UnitSurplus]:
    """Every one of a unit, the latest first; those that were taken back too."""
    return list(UnitSurplus.objects.of(unit).select_related("head").order_by("-year", "-offered_on", "-id"))


def handed_up(books: Cooperative, year: int) -> list[UnitSurplus]:
    """What stands in both books for a year: of a unit, or of all units of a cooperative."""
    rows = UnitSurplus.objects.everywhere().filter(Q(cooperative=books) | Q(head=books))
    rows = rows.filter(year=year, status=HandUpStatus.TAKEN).select_related("cooperative")
    return list(rows.order_by("cooperative__opened_on", "cooperative__name"))


def offered_until(unit: Cooperative) -> int | None:
    """The last year that was offered or taken in."""
    last: int | None = UnitSurplus.objects.of(unit).standing().aggregate(last=Max("year"))["last"]
    return last


def not_handed_up(unit: Cooperative, year: int, after: int | None) -> dict[int, int]:
    """The surplus of every closed year up to this one that did not go up yet, by year."""
    rows = ClosedYear.objects.of(unit).filter(year__lte=year, year__gt=after or 0)
    return dict(rows.values_list("year", "surplus_rupiah"))


def is_decided(head: Cooperative | UUID, year: int) -> bool:
    """Whether the members said yes to a way to share the surplus of a year, or it was given out."""
    decided = Decision.objects.of(head).carried().filter(kind="surplus", book_year=year)
    return decided.exists() or SurplusDistribution.objects.of(head).filter(year=year).exists()


def waiting_of(unit: Cooperative, head: Cooperative, year: int, today: date) -> Waiting:
    """Where a unit stands before its surplus goes up. Seven queries."""
    after = offered_until(unit)
    left = not_handed_up(unit, year, after)
    difference = Holding.objects.filter(account__cooperative_id=unit.id, account__use="cash_difference")
    return Waiting(
        unit=unit.name, head=head.name, year=year,
        is_closed=year in left, surplus=sum(left.values()),
        is_decided=is_decided(head, year), offered_until=after,
        open_tills=TillDay.objects.of(unit).filter(closed_at__isnull=True, on__lt=today).count(),
        cash_difference=sum(difference.values_list("balance_rupiah", flat=True)), others=_others(unit, head, year),
    )  # fmt: skip


def _others(unit: Cooperative, head: Cooperative, year: int) -> int:
    """Members of the unit in that year who never were members of the head."""
    ever = Member.objects.of(head).exclude(status=MemberStatus.CANDIDATE).values("nik_index")
    rows = Member.objects.of(unit).exclude(status=MemberStatus.CANDIDATE).filter(joined_on__lte=last_of(year))
    return rows.exclude(nik_index__in=ever).count()


def origins_of(head: Cooperative, year: int) -> list[Origin]:
    """The head's own surplus first, then that of each unit. Five queries at any number of units."""
    rows = Cooperative.objects.everywhere().filter(parent=head, opened_on__lte=last_of(year))
    units = list(rows.order_by("opened_on", "name", "id"))
    bodies = [head.id, *(one.id for one in units)]
    closed: dict[UUID, dict[int, int]] = defaultdict(dict)
    years = ClosedYear.objects.everywhere().filter(cooperative_id__in=bodies, year__lte=year)
    for id, one, rupiah in years.values_list("cooperative_id", "year", "surplus_rupiah"):
        closed[id][one] = rupiah
    earned = earned_in([id for id in bodies if year not in closed[id]], year)
    own = closed[head.id].get(year, earned.get(head.id, 0))
    found = [Origin(head, own, year in closed[head.id])]
    ups = _taken_by_unit(head) if units else {}
    return found + [_of_unit(one, year, ups.get(one.id, {}), closed[one.id], earned.get(one.id, 0)) for one in units]


def _taken_by_unit(head: Cooperative) -> dict[UUID, dict[int, UnitSurplus]]:
    ups: dict[UUID, dict[int, UnitSurplus]] = defaultdict(dict)
    for up in UnitSurplus.objects.everywhere().filter(head=head, status=HandUpStatus.TAKEN):
        ups[up.cooperative_id][up.year] = up
    return ups


def surplus_in(books: Cooperative, year: int) -> int:
    """Of one of the books alone, a running year as far as it has come."""
    closed = ClosedYear.objects.of(books).filter(year=year).values_list("surplus_rupiah", flat=True).first()
    return earned_in([books.id], year).get(books.id, 0) if closed is None else closed


def earned_in(bodies: list[UUID], year: int) -> dict[UUID, int]:
    """What each earned in a year, as far as it has come; what closed the year before is no loss of this one."""
    if not bodies:
        return {}
    totals = MonthlyTotal.objects.filter(
        cooperative_id__in=bodies, month__range=(first_of(year), last_of(year)), account__kind__in=OF_THE_RESULT
    )
    sums = Counter[UUID]()
    for id, credit, debit in totals.values_list("cooperative_id").annotate(*_SIDES).order_by():
        sums[id] += int(credit) - int(debit)
    closings = ClosedYear.objects.everywhere().filter(cooperative_id__in=bodies, entry_id__isnull=False)
    legs = Leg.objects.filter(
        entry_id__in=closings.values("entry_id"), entry__on__range=(first_of(year), last_of(year)),
        account__kind__in=OF_THE_RESULT,
    )  # fmt: skip
    for id, amount in legs.values_list("entry__cooperative_id").annotate(Sum("amount_rupiah")).order_by():
        sums[id] += int(amount)
    return sums


_SIDES = (Sum("credit_rupiah", default=0), Sum("debit_rupiah", default=0))


def _of_unit(unit: Cooperative, year: int, ups: dict[int, UnitSurplus], closed: dict[int, int], running: int) -> Origin:
    """What went up, or is to go up; nothing waits once its year is closed and left nothing."""
    if year in ups:
        return Origin(unit, ups[year].rupiah, True, ups[year])
    after = max(ups, default=0)
    if after > year:  # it went up with a later year
        return Origin(unit, 0, True)
    left = sum(rupiah for one, rupiah in closed.items() if one > after)
    if year in closed:
        return Origin(unit, left, True, is_waiting=left != 0)
    return Origin(unit, left + running, False, is_waiting=True)


def units_waiting(head: Cooperative, year: int) -> list[str]:
    """Names of the units whose surplus of a year has not come up yet."""
    return [one.books.name for one in origins_of(head, year) if one.is_waiting]
