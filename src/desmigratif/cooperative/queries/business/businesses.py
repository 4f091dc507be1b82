"""Reading businesses: groups, capital put in, results, and what has moved so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max, Prefetch, Sum

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cooperative.models import (
    Business,
    BusinessMove,
    BusinessResult,
    CapitalAgreement,
    Cooperative,
    GroupSeat,
    Holding,
    MemberGroup,
    ResultShare,
    Stake,
)
from desmigratif.cooperative.rules.business import Agreed


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved in one kind for one subject, mirrors taken off."""

    amount_rupiah: int = 0
    quantity: int = 0
    value_rupiah: int = 0


@dataclass(frozen=True, slots=True)
class StandingStake:
    """A saver's stake now: capital in the business, and what of the result was not fetched yet."""

    stake: Stake
    capital_rupiah: int
    waiting_rupiah: int
    shared_rupiah: int

    @property
    def name(self) -> str:
        return saver_of(self.stake)

    @property
    def came_from(self) -> str:
        """Whose it was before; "" for a stake that was paid in."""
        return saver_of(self.stake.came_from) if self.stake.came_from else ""

    @property
    def is_over(self) -> bool:
        """All of it went on to somebody else, and nothing waits here."""
        return self.stake.ended_on is not None and not self.capital_rupiah and not self.waiting_rupiah


class Movements:
    """Sums of the moves of some subjects, until a day if one is named. One query."""

    def __init__(self, cooperative: Cooperative | UUID, subjects: Iterable[UUID], until: date | None = None) -> None:
        rows = BusinessMove.objects.of(cooperative).filter(subject_id__in=list(subjects)).order_by()
        rows = rows if until is None else rows.filter(on__lte=until)
        sums = rows.values_list("subject_id", "kind").annotate(
            Sum("amount_rupiah"), Sum("quantity"), Sum("value_rupiah")
        )
        self.found = {(subject, kind): Moved(*rest) for subject, kind, *rest in sums}

    def of(self, subject: UUID, kind: str) -> Moved:
        return self.found.get((subject, kind), Moved())


def held_by(cooperative: Cooperative | UUID, use: str, holders: Iterable[UUID]) -> dict[UUID, int]:
    """What the books hold for each of these holders in one account, on its own side. One query."""
    id = cooperative if isinstance(cooperative, UUID) else cooperative.id
    rows = Holding.objects.filter(account__cooperative_id=id, account__use=use, holder_id__in=list(holders))
    return {
        holder: sum * side for holder, sum, side in rows.values_list("holder_id", "balance_rupiah", "account__side")
    }


def business_of(by: Actor, business_id: UUID) -> Business:
    rows = Business.objects.visible_to(by).select_related("cooperative", "group")
    return get_or_refuse(rows, "business_id", id=business_id)


def group_of(by: Actor, group_id: UUID) -> MemberGroup:
    return get_or_refuse(MemberGroup.objects.visible_to(by).select_related("cooperative"), "group_id", id=group_id)


def stake_of(by: Actor, stake_id: UUID) -> Stake:
    rows = Stake.objects.visible_to(by).select_related("cooperative", "member", "agreement__business")
    return get_or_refuse(rows, "stake_id", id=stake_id)


def agreement_of(by: Actor, agreement_id: UUID) -> CapitalAgreement:
    rows = CapitalAgreement.objects.visible_to(by).select_related("cooperative", "business__group")
    return get_or_refuse(rows, "agreement_id", id=agreement_id)


def saver_of(stake: Stake) -> str:
    """A saver's name: a member's, or the outsider's."""
    return stake.member.name if stake.member else stake.outsider


def move_of(by: Actor, move_id: UUID) -> BusinessMove:
    """One movement with what its slip says, or the refusal that does not tell whether there is one."""
    rows = BusinessMove.objects.visible_to(by).select_related("cooperative", "member", "till", "reverses")
    return get_or_refuse(rows, "move_id", id=move_id)


def seats_of(group: MemberGroup) -> list[GroupSeat]:
    """Who belongs to a group now, by name."""
    seats = GroupSeat.objects.of(group.cooperative_id).standing().filter(group=group).select_related("member")
    return list(seats.order_by("member__name", "id"))


def stakes_of(business: Business) -> list[StandingStake]:
    """Every saver of a business, by agreement; with what stands now. Four queries."""
    rows = Stake.objects.of(business.cooperative_id).filter(agreement__business=business)
    rows = rows.select_related("member", "agreement", "came_from__member")
    stakes = list(rows.order_by("agreement__agreed_on", "agreement_id", "id"))
    ids = [one.id for one in stakes]
    capital = held_by(business.cooperative_id, "participation_capital", ids)
    waiting = held_by(business.cooperative_id, "deposits_held", ids)
    shared = ResultShare.objects.of(business.cooperative_id).filter(stake__in=ids, result__taken_back_on=None)
    sums = dict(shared.order_by().values_list("stake_id").annotate(Sum("amount_rupiah")))
    return [StandingStake(one, capital.get(one.id, 0), waiting.get(one.id, 0), sums.get(one.id, 0)) for one in stakes]


def promised_left(stake: Stake) -> int:
    """What this saver promised and has still to pay in; nothing where capital was taken over, or all is over."""
    if stake.came_from_id or stake.ended_on or stake.agreement.closed_on:
        return 0
    moved = Movements(stake.cooperative_id, [stake.id])
    return stake.amount_rupiah - moved.of(stake.id, "stake.paid_in").amount_rupiah


def agreed_on(business: Business) -> list[Agreed]:
    """The open agreements of a business as the rule wants them: part, and capital by stake."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    percents = {}
    for one in stakes_of(business):
        if one.stake.agreement.closed_on is not None:
            continue
        found[one.stake.agreement_id][str(one.stake.id)] = one.capital_rupiah
        percents[one.stake.agreement_id] = one.stake.agreement.share_percent
    return [Agreed(percents[id], capital) for id, capital in found.items()]


def results_of(business: Business) -> list[BusinessResult]:
    """The latest first, each with its shares."""
    rows = BusinessResult.objects.of(business.cooperative_id).filter(business=business)
    shares = ResultShare.objects.of(business.cooperative_id).select_related("stake__member").order_by("id")
    return list(rows.prefetch_related(Prefetch("shares", queryset=shares)).order_by("-last_on", "-id"))


def owed_by_group(business: Business) -> int:
    """What a group's results brought the cooperative and was not paid yet."""
    rows = BusinessResult.objects.of(business.cooperative_id).filter(
        business=business, taken_back_on=None, cooperative_rupiah__gt=0
    )
    earned: int | None = rows.aggregate(sum=Sum("cooperative_rupiah"))["sum"]
    moved = Movements(business.cooperative_id, [business.id])
    return (earned or 0) - moved.of(business.id, "capital.result_received").amount_rupiah


def capital_in(business: Business) -> int:
    """The cooperative's capital in a group's business."""
    return held_by(business.cooperative_id, "business_capital", [business.id]).get(business.id, 0)


def moves_about(cooperative: Cooperative | UUID, subjects: Iterable[UUID]) -> list[BusinessMove]:
    """What moved, the latest first."""
    rows = BusinessMove.objects.of(cooperative).filter(subject_id__in=list(subjects))
    return list(rows.select_related("reversed_by", "till").order_by("-on", "-id"))


def agreements_of(business: Business) -> list[CapitalAgreement]:
    """The oldest first, closed ones among them."""
    return list(CapitalAgreement.objects.of(business.cooperative_id).filter(business=business).order_by("agreed_on"))


def next_result_day(business: Business) -> date:
    """The first day of a business whose result was not counted yet."""
    known = BusinessResult.objects.of(business.cooperative_id).filter(business=business, taken_back_on=None)
    last: date | None = known.aggregate(last=Max("last_on"))["last"]
    return last + timedelta(days=1) if last else business.opened_on
