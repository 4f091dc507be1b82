"""What a stopped offer is answered with: lawful vacancies, and who must be asked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from desmigratif.access.actor import Actor
from desmigratif.cases.models import ENDED, LEFT, Case, FollowUp, VacancyRelay
from desmigratif.cases.rules.offer.input import Offer, OfferCheckInput
from desmigratif.cases.rules.offer.law import Law
from desmigratif.cases.rules.offer.terms import country_closed_or_high_risk
from desmigratif.placement.models import JobOrder, ListKind, ListLoad
from desmigratif.placement.queries import Wish, active_keys, destinations_in, live_orders, newest_loads
from desmigratif.placement.rules.freshness import may_answer
from desmigratif.shared.dates import age_on

SHOWN = 3
_LOOKED_AT = 60  # rows of one kind of wish; closed countries and companies without a licence are left out of them


def open_follow_up(case: Case) -> FollowUp | None:
    """The follow-up of a case that waits, if any."""
    return FollowUp.objects.in_village(case.village_code).filter(case=case, done_on=None).first()


def follow_ups_waiting(by: Actor) -> QuerySet[FollowUp]:
    """Follow-ups of plans under way that this person may see, the most urgent first: for lists of work.

    Who has left in spite of the stop is not asked again whether to go.
    """
    rows = FollowUp.objects.visible_to(by).filter(done_on=None).exclude(case__state__in=(*ENDED, *LEFT))
    return rows.select_related("case__resident__household").order_by("due_on", "id")


def follow_ups_due(by: Actor, village_code: str, today: date) -> list[FollowUp]:
    """Those whose day has come in a village, the one that waits longest first."""
    return list(follow_ups_waiting(by).filter(village_code=village_code, due_on__lte=today))


def vacancies_told(by: Actor, case: Case) -> list[VacancyRelay]:
    """The vacancies that a candidate was told of, the newest first."""
    return list(VacancyRelay.objects.visible_to(by).filter(case=case).order_by("-on", "-id"))


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Up to three lawful vacancies and the list that they stand in; None = no list, or one too old to answer."""

    load: ListLoad | None
    orders: tuple[JobOrder, ...] = ()


def alternatives_for(case: Case, today: date) -> Alternatives:
    """Live vacancies near this person's wish: the same work there, then elsewhere, then other work there.

    Only companies that a list calls active, only countries that are open for such work.
    """
    loads = newest_loads(case.village_code, today)
    load = loads.get(ListKind.PERMITS)
    if load is None or not may_answer(load.kind, load.as_of, today):
        return Alternatives(None)
    agencies = loads.get(ListKind.AGENCIES)
    law = Law(today, destinations_in(loads.get(ListKind.DESTINATIONS)))
    found: dict[object, JobOrder] = {}
    for wish in _wishes(case, today):
        rows = list(live_orders(load, wish, today)[:_LOOKED_AT])
        licensed = active_keys(agencies, {row.agency_key for row in rows}, today)
        for row in rows:
            if row.agency_key in licensed and _is_open(row, law):
                found.setdefault(row.id, row)
        if len(found) >= SHOWN:
            break
    return Alternatives(load, tuple(found.values())[:SHOWN])


def _wishes(case: Case, today: date) -> list[Wish]:
    born = case.resident.birth_date
    person = Wish(sex=case.resident.sex or "", age=age_on(born, today) if born else None)
    wishes = [
        replace(person, country=case.country, job=case.job, employer_type=case.employer_type),
        replace(person, job=case.job, employer_type=case.employer_type),
        replace(person, job=case.job),
        replace(person, country=case.country),
    ]
    return [wish for wish in wishes if wish.country or wish.job]


def _is_open(row: JobOrder, law: Law) -> bool:
    """Whether the rules and the list of destinations let anybody work there so."""
    offer = Offer.model_validate({"country": row.country, "job": row.job, "employer_type": row.employer_type or None})
    return not list(country_closed_or_high_risk(OfferCheckInput(offer=offer), law))
