"""What can be referred: a plan, a complaint, a return, a hand-over, a person; whose each is and what is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse, region_filter
from desmigratif.cases.models import ENDED, Case, CaseStep, Complaint, ComplaintState, MatterKind, StepState, Tier
from desmigratif.cases.queries.back.returns import returns_seen
from desmigratif.cases.rules.journey import journey_on
from desmigratif.cases.rules.trouble.complaints import kinds_on as complaint_kinds
from desmigratif.cases.rules.trouble.referrals import about_of_complaint
from desmigratif.people.models import HandOver, Household, Resident
from desmigratif.people.queries.hand_overs import TAKES
from desmigratif.people.rules.hand_overs import SERVICE_CENTRE, kinds_on
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason

ABOUT_OF_HAND_OVER = {"child_worry": "child"}
ABOUT_OF_RETURN = {"sick": "health_care", "dead": "bring_home"}


@dataclass(frozen=True, slots=True)
class Task:
    """Something still to be done for this person; `code` names it in a form."""

    case_id: UUID
    step: str
    title: str

    @property
    def code(self) -> str:
        return f"{self.case_id}:{self.step}"

    def as_dict(self) -> dict[str, str]:
        return {"case": str(self.case_id), "step": self.step}


@dataclass(frozen=True, slots=True)
class Matter:
    """What is referred; `since`: the day before which nobody could have referred it. Without a resident or a household
    nobody is named, and nothing of a file can go along."""

    kind: MatterKind
    id: UUID
    village_code: str
    title: str
    resident: Resident | None = None
    household: Household | None = None
    is_protective: bool = False
    about: str = ""
    may_refer: bool | None = None
    since: date | None = None
    stops: tuple[Reason, ...] = ()
    tasks: tuple[Task, ...] = ()


def matter_of(by: Actor, kind: str, matter_id: UUID, today: date) -> Matter:
    """Raises `NotFoundOrNotYours` for a matter that is none of this person's business."""
    reader = READERS.get(kind)
    if reader is None:
        raise NotFoundOrNotYours("matter_id")
    return reader(by, matter_id, today)


def _case(by: Actor, case_id: UUID, today: date) -> Matter:
    cases = Case.objects.visible_to(by).select_related("resident__household")
    case = get_or_refuse(cases, "matter_id", id=case_id)
    person = case.resident
    return Matter(
        MatterKind.CASE, case.id, case.village_code, person.shown_name, person, person.household,
        tasks=open_tasks(person, today),
    )  # fmt: skip


def _resident(by: Actor, resident_id: UUID, today: date) -> Matter:
    rows = Resident.objects.visible_to(by).select_related("household")
    person = get_or_refuse(rows, "matter_id", id=resident_id)
    return Matter(
        MatterKind.RESIDENT, person.id, person.village_code, person.shown_name, person, person.household,
        tasks=open_tasks(person, today),
    )  # fmt: skip


def _hand_over(by: Actor, hand_over_id: UUID, today: date) -> Matter:
    """One that another pillar handed to the service centre."""
    mine = region_filter(by.regions_for(TAKES[SERVICE_CENTRE]))
    rows = HandOver.objects.everywhere().filter(mine, to_pillar=SERVICE_CENTRE)
    handed = get_or_refuse(rows.select_related("household", "resident__household"), "matter_id", id=hand_over_id)
    return Matter(
        MatterKind.HAND_OVER, handed.id, handed.village_code, kinds_on(handed.on)[handed.kind].title,
        handed.resident, handed.household, about=ABOUT_OF_HAND_OVER.get(handed.kind, ""),
        tasks=open_tasks(handed.resident, today) if handed.resident else (),
    )  # fmt: skip


def _complaint(by: Actor, complaint_id: UUID, today: date) -> Matter:
    """One that was triaged; what the village must not see is the regency's matter."""
    rows = Complaint.objects.visible_to(by).select_related("resident__household")
    complaint = get_or_refuse(rows, "matter_id", id=complaint_id)
    kind, person = complaint_kinds(today).get(complaint.kind), complaint.resident
    about = about_of_complaint(kind.code, kind.group, today) if kind else ""
    hides = complaint.tier == Tier.PROTECTIVE
    return Matter(
        MatterKind.COMPLAINT, complaint.id, complaint.village_code, kind.label if kind else _("Pengaduan"), person,
        person.household if person else None, is_protective=hides, about="harm" if hides else about,
        may_refer=complaint.may_refer, since=complaint.received_on, stops=_stops(complaint),
        tasks=open_tasks(person, today) if person else (),
    )  # fmt: skip


def _return(by: Actor, return_id: UUID, today: date) -> Matter:
    """Somebody who came back, of whatever kind."""
    back = get_or_refuse(returns_seen(by), "matter_id", id=return_id)
    person = back.case.resident
    return Matter(
        MatterKind.RETURN, back.id, back.village_code, person.shown_name, person, person.household,
        about=ABOUT_OF_RETURN.get(back.kind, "livelihood"), tasks=open_tasks(person, today),
    )  # fmt: skip


def _stops(complaint: Complaint) -> tuple[Reason, ...]:
    if complaint.state == ComplaintState.RECEIVED:
        return (Reason("not_triaged", _("Pengaduan ini belum dipilah."), way_out=_("Pilah dulu, lalu rujuk.")),)
    if complaint.state in (ComplaintState.RESOLVED, ComplaintState.CONFIRMED_BY_REPORTER):
        return (Reason("complaint_over", _("Pengaduan ini sudah selesai."), way_out=_("Buka lagi dulu bila perlu.")),)
    return ()


def open_tasks(person: Resident, today: date) -> tuple[Task, ...]:
    """The steps of this person's plan that have begun and are not finished."""
    rows = CaseStep.objects.in_village(person.village_code).filter(
        case__resident=person, state__in=[StepState.OPEN, StepState.HELD]
    )
    steps = {step.code: step.title for step in journey_on(today).steps}
    known = rows.exclude(case__state__in=ENDED).order_by("since", "id").values_list("case_id", "step")
    return tuple(Task(case_id, step, steps[step]) for case_id, step in known if step in steps)


READERS: Mapping[str, Callable[[Actor, UUID, date], Matter]] = {
    MatterKind.CASE: _case,
    MatterKind.RESIDENT: _resident,
    MatterKind.HAND_OVER: _hand_over,
    MatterKind.COMPLAINT: _complaint,
    MatterKind.RETURN: _return,
}

__all__ = ["READERS", "Matter", "Task", "matter_of", "open_tasks"]
