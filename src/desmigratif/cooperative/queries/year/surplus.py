"""What a year's surplus comes to for each fund and member, before and after it is given out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Case, DateField, OuterRef, Q, QuerySet, Subquery, Sum, UUIDField, When
from django.db.models.functions import TruncMonth

from desmigratif.cooperative.models import (
    BusinessMove,
    Cooperative,
    Decision,
    Holding,
    Leg,
    Loan,
    LoanEvent,
    Member,
    MemberStatus,
    MoveKind,
    SurplusDistribution,
    SurplusRule,
    SurplusShare,
)
from desmigratif.cooperative.queries.sharia.quality import FINANCING
from desmigratif.cooperative.queries.year.handing_up import Origin, origins_of
from desmigratif.cooperative.queries.year.statements import book_year
from desmigratif.cooperative.queries.year.sums import last_of
from desmigratif.cooperative.rules.year.shu import Distribution, MemberBasis, reasons_not_to_share, share_out
from desmigratif.cooperative.rules.year.surplus import Asked, average, funds_of
from desmigratif.shared.reasons import Reason

CAPITAL = ("savings_principal", "savings_compulsory")
PAID_AS_INTEREST = ("loan_interest", "interest_receivable")
PAID_BY_CONTRACT = ("murabahah_margin", "ijarah_rent", "ijarah_depreciation_expense", "profit_share_receivable")


@dataclass(frozen=True, slots=True)
class Surplus:
    """The surplus of one year. `shared` is None where it cannot be reckoned, and `against` says why.

    `rupiah` is the whole, of the cooperative's own books and its units'; `origins` says where it came from.
    `is_final`: the year is closed, so that the sum will not change any more.
    """

    cooperative: Cooperative
    year: int
    rupiah: int
    is_final: bool
    rule: SurplusRule | None
    members: list[Member]
    bases: list[MemberBasis]
    shared: Distribution | None
    against: list[Reason]
    origins: list[Origin]


def rule_on(cooperative: Cooperative, on: date) -> SurplusRule | None:
    """How the surplus is shared by the articles of a day; those of the beginning hold for the days before them."""
    rules = list(SurplusRule.objects.of(cooperative).order_by("since"))
    holding = [rule for rule in rules if rule.since <= on]
    found = holding[-1:] or rules[:1]
    return found[0] if found else None


def distribution_of(cooperative: Cooperative, year: int) -> SurplusDistribution | None:
    rows = SurplusDistribution.objects.of(cooperative).filter(year=year)
    return rows.select_related("rule", "decision__meeting").first()


def shares_of(distribution: SurplusDistribution) -> QuerySet[SurplusShare]:
    """What each member got, by number."""
    rows = SurplusShare.objects.of(distribution.cooperative_id).filter(distribution=distribution)
    return rows.select_related("member").order_by("member__number", "id")


def decision_for(cooperative: Cooperative, year: int) -> Decision | None:
    """What the members decided about the surplus of a year, in a meeting that is over."""
    rows = Decision.objects.of(cooperative).carried().filter(kind="surplus", book_year=year, meeting__status="held")
    return rows.select_related("meeting").first()


def surplus_of(cooperative: Cooperative, year: int, today: date) -> Surplus:
    """The surplus over funds and members by the articles; of a running year as far as it has come."""
    origins = origins_of(cooperative, year)
    rupiah, is_final = sum(one.rupiah for one in origins), origins[0].is_closed
    rule = rule_on(cooperative, min(last_of(year), today))
    members = members_at_end(cooperative, min(last_of(year), today))
    if rule is None:
        return Surplus(cooperative, year, rupiah, is_final, None, members, [], None, [], origins)
    bases = bases_of(origins, year, today, rule, members)
    funds = funds_of(rule.funds)
    against = reasons_not_to_share(rupiah, funds, bases)
    shared = None if against else share_out(rupiah, funds, bases)
    return Surplus(cooperative, year, rupiah, is_final, rule, members, bases, shared, against, origins)


def asked_of(found: Surplus, decision: Decision | None, given_out: SurplusDistribution | None) -> Asked:
    """What a distribution of this surplus rests on."""
    undivided = Holding.objects.filter(account__cooperative_id=found.cooperative.id, account__use="shu_undivided")
    return Asked(
        year=found.year, is_closed=found.is_final, is_distributed=given_out is not None,
        has_rule=found.rule is not None, surplus=found.rupiah,
        undivided=-sum(undivided.values_list("balance_rupiah", flat=True)),
        is_decided=decision is not None,
        waiting=tuple(one.books.name for one in found.origins if one.is_waiting),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shared:
    """A year's surplus over funds (code, percent, rupiah) and members, given out or proposed; empty where it cannot be.

    `decision` is what the articles or the meeting that wrote them are called.
    """

    is_given_out: bool
    decision: str
    funds: list[tuple[str, str, int]]
    by_member: dict[UUID, int]
    origins: list[Origin]


def shared_of(cooperative: Cooperative, year: int, today: date) -> Shared:
    """As it was given out; before that, as the articles would have it."""
    given_out = distribution_of(cooperative, year)
    if given_out is not None:
        funds = [(one["code"], one["percent"], one["rupiah"]) for one in given_out.funds]
        shares = {one.member_id: one.by_savings_rupiah + one.by_use_rupiah for one in shares_of(given_out)}
        return Shared(True, given_out.rule.decision, funds, shares, origins_of(cooperative, year))
    found = surplus_of(cooperative, year, today)
    if found.shared is None or found.rule is None:
        return Shared(False, "", [], {}, found.origins)
    funds = [(fund.code, f"{fund.percent:f}", rupiah) for fund, rupiah in found.shared.funds]
    pairs = zip(found.members, found.shared.members, strict=True)
    by_member = {member.id: share.total for member, share in pairs}
    return Shared(False, found.rule.decision, funds, by_member, found.origins)


# --- on what members share ---


def members_at_end(cooperative: Cooperative, on: date) -> list[Member]:
    """Who was a member at the end of the year, by number: they share, whoever left before does not."""
    rows = Member.objects.of(cooperative).exclude(status=MemberStatus.CANDIDATE)
    still = Q(left_on__isnull=True) | Q(left_on__gt=on)
    return list(rows.filter(still, joined_on__lte=on).order_by("number", "id"))


def bases_of(
    origins: list[Origin], year: int, today: date, rule: SurplusRule, members: list[Member]
) -> list[MemberBasis]:
    """What each of them saved and used, in the order of the members; what they used in units counts with it.

    Two queries at any number of members, three where there are units.
    """
    head, units = origins[0].books, [one.books.id for one in origins[1:]]
    span = book_year(head, year, today)
    savings = _savings(head, span.first, span.last, is_average=rule.savings_basis == "average")
    same = _served_in(units, members) if units else {}
    use = Counter[UUID]()
    for id, used in _USE[rule.use_basis]([head.id, *units], span.first, span.last).items():
        use[same.get(id, id)] += used
    return [MemberBasis(str(one.id), savings.get(one.id, 0), max(use[one.id], 0)) for one in members]


def _served_in(units: list[UUID], members: list[Member]) -> dict[UUID, UUID]:
    """Who is served in a unit, and which member of the cooperative that is: the same NIK."""
    by_nik = {one.nik_index: one.id for one in members}
    rows = Member.objects.everywhere().filter(cooperative_id__in=units).values_list("id", "nik_index")
    return {id: by_nik[nik] for id, nik in rows if nik in by_nik}


def _savings(cooperative: Cooperative, first: date, last: date, *, is_average: bool) -> dict[UUID, int]:
    """Simpanan pokok and wajib of each member: at the end of the last day, or the mean of the ends of months."""
    legs = Leg.objects.filter(
        entry__cooperative_id=cooperative.id, entry__seal__sealed=True, account__use__in=CAPITAL
    ).order_by()
    sums = Sum("amount_rupiah")
    if not is_average:
        rows = legs.filter(entry__on__lte=last).values_list("holder_id").annotate(sums)
        return {holder: max(-int(amount), 0) for holder, amount in rows if holder}
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    month = Case(When(entry__on__lt=first, then=None), default=TruncMonth("entry__on"), output_field=DateField())
    rows = legs.filter(entry__on__lte=last).annotate(month=month).values_list("holder_id", "month").annotate(sums)
    opening: dict[UUID, int] = defaultdict(int)
    changes: dict[UUID, list[int]] = defaultdict(lambda: [0] * months)
    for holder, when, amount in rows:
        if holder is None:
            continue
        if when is None:
            opening[holder] -= int(amount)
        else:
            changes[holder][when.month - first.month] -= int(amount)
    return {holder: average(opening[holder], changes[holder]) for holder in {*opening, *changes}}


def _paid_for_service(books: list[UUID], first: date, last: date) -> dict[UUID, int]:
    """What members paid for being lent to or financed, beside what they owed: interest, and where contracts are sharia
    the margin in an instalment, rent above what the thing lost by use, and a share of profit that reached the till.

    Late charges and gifts go to the benevolent fund, and a fee is what a contract cost: neither is anybody's use.
    """
    events = LoanEvent.objects.everywhere().filter(cooperative_id__in=books, id=OuterRef("entry_id"))
    paid = _moves(books, MoveKind.SHARIA_PAID, MoveKind.SHARIA_SHARE)
    whose = {
        PAID_AS_INTEREST: Subquery(events.values("loan__member_id")[:1], output_field=UUIDField()),
        PAID_BY_CONTRACT: Subquery(paid.values("member_id")[:1], output_field=UUIDField()),
    }
    payer = Case(*[When(account__use__in=uses, then=who) for uses, who in whose.items()], output_field=UUIDField())
    return {member: -int(amount) for member, amount in _by_member(books, first, last, tuple(chain(*whose)), payer)}


def _lent(books: list[UUID], first: date, last: date) -> dict[UUID, int]:
    """Loans, and what was financed: a sale at its cost, capital, a qardh out of the cooperative's own money."""
    rows = Loan.objects.everywhere().filter(cooperative_id__in=books)
    rows = rows.filter(disbursed_on__gte=first, disbursed_on__lte=last).order_by()
    out = _moves(books, MoveKind.SHARIA_SOLD, MoveKind.SHARIA_HANDED_OUT)
    who = Subquery(out.values("member_id")[:1], output_field=UUIDField())
    lent = rows.values_list("member_id").annotate(Sum("amount_rupiah"))
    return _added(lent.union(_by_member(books, first, last, FINANCING, who), all=True))


def _moves(books: list[UUID], *kinds: MoveKind) -> QuerySet[BusinessMove]:
    """The movement behind a leg; what was taken back has its mirror."""
    rows = BusinessMove.objects.everywhere().filter(cooperative_id__in=books, kind__in=kinds)
    return rows.filter(id=OuterRef("entry_id"))


def _by_member(books: list[UUID], first: date, last: date, uses: tuple[str, ...], who: Any) -> QuerySet[Any, Any]:
    """What was entered on these accounts, by the member whom it is about."""
    legs = Leg.objects.filter(
        entry__cooperative_id__in=books, entry__seal__sealed=True, account__use__in=uses, entry__on__gte=first,
        entry__on__lte=last,
    )  # fmt: skip
    return legs.annotate(who=who).filter(who__isnull=False).order_by().values_list("who").annotate(Sum("amount_rupiah"))


def _added(rows: Iterable[Any]) -> dict[UUID, int]:
    sums = Counter[UUID]()
    for member, amount in rows:
        sums[member] += int(amount)
    return sums


def _bought(books: list[UUID], first: date, last: date) -> dict[UUID, int]:
    """Goods that members fetched out of a purchase together; what was taken back counts below nought."""
    rows = BusinessMove.objects.everywhere().filter(cooperative_id__in=books, on__gte=first, on__lte=last)
    rows = rows.filter(kind=MoveKind.PURCHASE_HANDED_OUT)
    sums = rows.filter(member__isnull=False).order_by().values_list("member_id").annotate(Sum("value_rupiah"))
    return {member: int(amount) for member, amount in sums if member is not None}


_USE = {"loan_interest": _paid_for_service, "loans": _lent, "purchases": _bought}
