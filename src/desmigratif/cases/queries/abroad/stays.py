"""Reading those who work abroad: who is silent, when they are to be heard of, what was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.models import ABROAD, ENDED, Case, Contact, ContractChange, RemittanceNote, Stay
from desmigratif.cases.queries.before.plans import case_of
from desmigratif.cases.sealing import stay_said
from desmigratif.regions.queries import today_in

SHOWN = 30


def to_review(now: datetime, on: date) -> Q:
    """Which cases time has something to say about: no stay yet, silent without an alarm, figures to follow."""
    silent = Q(stay__overdue_since=None, stay__due_at__lt=now)
    return Q(state__in=ABROAD) & (Q(stay=None) | silent | Q(stay__count_again_on__lte=on))


def workers_abroad(by: Actor) -> QuerySet[Case]:
    """Everybody abroad whom this person may see, with the stay (None before it began)."""
    cases = Case.objects.visible_to(by).filter(state__in=ABROAD)
    return cases.select_related("resident__household", "stay")


def is_silent(now: datetime) -> Q:
    return Q(stay__due_at__lt=now) | Q(stay__overdue_since__isnull=False)


def silent_workers(by: Actor, now: datetime) -> QuerySet[Case]:
    """Those who were not heard of for longer than agreed, the longest silence first; alarm or not."""
    return workers_abroad(by).filter(is_silent(now)).order_by(F("stay__due_at").asc(nulls_last=True), "id")


def case_abroad_of(by: Actor, resident_id: UUID) -> Case:
    """The case of a resident who is abroad. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(workers_abroad(by), resident_id=resident_id)


def running_case_of(by: Actor, resident_id: UUID) -> Case | None:
    """The case of a resident that is not over, before, during or after the time abroad."""
    rows = Case.objects.visible_to(by).filter(resident_id=resident_id).exclude(state__in=ENDED)
    return rows.select_related("stay").order_by("-opened_on", "-id").first()


def work_known(case: Case, *, specific: bool) -> dict[str, str]:
    """Where and with whom somebody works, as far as it was written down: nobody is asked for it twice."""
    stay = getattr(case, "stay", None)
    key = key_of(case.resident_id) if specific and stay is not None else None
    said = stay_said(stay, key) if stay is not None and key is not None else {}
    known = {"country": case.country, "employer": said.get("employer"), "about_address": said.get("address")}
    return {name: text for name, text in known.items() if text}


@dataclass(frozen=True, slots=True)
class StayFile:
    """A stay as its page shows it; `said` is empty for whoever may not see it."""

    case: Case
    stay: Stay | None
    today: date
    said: dict[str, str]
    contacts: list[Contact]
    changes: list[ContractChange]
    notes: list[RemittanceNote]
    key: bytes | None

    @property
    def is_abroad(self) -> bool:
        return self.case.state in ABROAD


def stay_file(by: Actor, case_id: UUID, *, now: datetime, specific: bool) -> StayFile:
    """Everything about one stay. Raises `NotFoundOrNotYours`."""
    case = case_of(by, case_id)
    stay = Stay.objects.visible_to(by).filter(case=case).select_related("kin").first()
    key = key_of(case.resident_id) if specific else None
    return StayFile(
        case=case,
        stay=stay,
        today=today_in(case.village_code, now),
        said=stay_said(stay, key) if stay and key else {},
        contacts=list(Contact.objects.visible_to(by).filter(case=case).order_by("-at", "-id")[:SHOWN]),
        changes=list(ContractChange.objects.visible_to(by).filter(case=case).order_by("-on", "-id")[:SHOWN]),
        notes=list(RemittanceNote.objects.visible_to(by).filter(case=case).order_by("-on", "-id")[:SHOWN])
        if specific
        else [],
        key=key,
    )
