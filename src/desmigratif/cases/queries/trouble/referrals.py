"""Reading referrals: the sender's list, a body's inbox, what a body may see, and where things are stuck."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.models import Share
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.models import Case, Complaint, MatterKind, Referral, ReferralLink, ReferralStep
from desmigratif.cases.rules.labels import JOBS
from desmigratif.cases.rules.trouble.referrals import OVER, REFUSED, SENT, TO_LOOK_AT, WITH_BODY
from desmigratif.cases.sealing import stay_said
from desmigratif.people.letters import address_in_letter
from desmigratif.people.models import MaritalStatus, Phone, Resident, Sex
from desmigratif.people.sealing import open_nik, open_phone
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date

_OF_STAY = {"employer": "employer", "work_address": "address"}  # field -> its name in what a stay says
SHARED = "cases.referral"  # what a share of a referral is called


def referrals_of(by: Actor) -> QuerySet[Referral]:
    """Everything that was referred from this person's villages."""
    return Referral.objects.visible_to(by).select_related("resident")


def referral_of(by: Actor, referral_id: UUID) -> Referral:
    """One of them. Raises `NotFoundOrNotYours`."""
    rows = Referral.objects.visible_to(by).select_related("resident__household", "household")
    return get_or_refuse(rows, "referral_id", id=referral_id)


def inbox_of(by: Actor) -> QuerySet[Referral]:
    """Everything that was ever referred to this person's body."""
    return Referral.objects.sent_to(by).select_related("resident")


def referral_sent_to(by: Actor, referral_id: UUID) -> Referral:
    """One of them. Raises `NotFoundOrNotYours`."""
    rows = Referral.objects.sent_to(by).select_related("resident__household", "household")
    return get_or_refuse(rows, "referral_id", id=referral_id)


def waits_for_sender() -> Q:
    """Answered, or refused and not referred elsewhere yet, or an answer that came too late."""
    return Q(state__in=TO_LOOK_AT, followed_by=None) | Q(late_answer_on__isnull=False)


def not_over() -> Q:
    return ~Q(state__in=OVER) & ~Q(state=REFUSED, followed_by__isnull=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a person's villages: at a body, late, for the regency to press, for the sender to read, to be reminded."""

    waiting: int
    late: int
    escalated: int
    to_look_at: int
    silent: int


def _standings(today: date) -> dict[str, Q]:
    with_body = Q(state__in=WITH_BODY)
    return {
        "waiting": with_body,
        "late": with_body & Q(due_on__lt=today),
        "escalated": with_body & Q(escalate_on__lt=today),
        "to_look_at": waits_for_sender(),
        "silent": Q(state=SENT, remind_on__lte=today, due_on__gte=today),
    }


def counts_of(by: Actor, today: date) -> Counts:
    """One query."""
    asked = {name: Count("id", filter=those, distinct=True) for name, those in _standings(today).items()}
    return Counts(**Referral.objects.visible_to(by).order_by().aggregate(**asked))


def rows_to_count(by: Actor, today: date, village_code: str) -> dict[str, QuerySet[Referral]]:
    """The same of one village, for whoever counts other things in the same statement."""
    rows = Referral.objects.visible_to(by).filter(village_code=village_code)
    return {name: rows.filter(those).distinct() for name, those in _standings(today).items()}


@dataclass(frozen=True, slots=True)
class Stuck:
    """What lies at one body: how much, how much of it too long, since when the oldest has not moved."""

    kind: str
    name: str
    waiting: int
    silent: int
    late: int
    escalated: int
    oldest: date


def stuck_at(by: Actor, today: date) -> list[Stuck]:
    """Where referrals of this person's villages wait, the body that lets people wait longest first. One query."""
    rows = Referral.objects.visible_to(by).filter(state__in=WITH_BODY).order_by()
    found = rows.values("body_kind", "body_name").annotate(
        waiting=Count("id"),
        silent=Count("id", filter=Q(state="sent")),
        late=Count("id", filter=Q(due_on__lt=today)),
        escalated=Count("id", filter=Q(escalate_on__lt=today)),
        oldest=Min("since"),
    )
    bodies = [
        Stuck(row["body_kind"], row["body_name"], row["waiting"], row["silent"], row["late"], row["escalated"],
              row["oldest"])
        for row in found
    ]  # fmt: skip
    return sorted(bodies, key=lambda one: (-one.escalated, -one.late, one.oldest, one.name))


def history_of(referral: Referral) -> list[ReferralStep]:
    """Everything that happened to it, the newest first."""
    return list(ReferralStep.objects.filter(referral=referral).order_by("-at", "-id"))


def open_link(referral: Referral, today: date) -> ReferralLink | None:
    """The link by which the body can still answer."""
    rows = ReferralLink.objects.filter(referral=referral, used_on=None, ended_on=None, until__gte=today)
    return rows.order_by("-id").first()


def of_matter(by: Actor, kind: str, matter_id: UUID) -> QuerySet[Referral]:
    """The referrals of one matter, the newest first."""
    return Referral.objects.visible_to(by).filter(matter_kind=kind, matter_id=matter_id).order_by("-sent_on", "-id")


def bodies_waited_for(complaint: Complaint) -> list[str]:
    """The bodies that have a complaint and did not answer yet; for its own action, which saw it already."""
    rows = Referral.objects.in_village(complaint.village_code).filter(state__in=WITH_BODY)
    return list(rows.filter(matter_kind=MatterKind.COMPLAINT, matter_id=complaint.id).order_by("sent_on", "id")
                .values_list("body_name", flat=True))  # fmt: skip


def steps_of_matter(by: Actor, kind: str, matter_id: UUID) -> list[ReferralStep]:
    """What happened to all referrals of a matter, the oldest first, each with its referral."""
    mine = Referral.objects.visible_to(by).filter(matter_kind=kind, matter_id=matter_id)
    return list(ReferralStep.objects.filter(referral__in=mine).select_related("referral").order_by("at", "id"))


def share_of(referral: Referral) -> Share | None:
    return Share.objects.filter(record_type=SHARED, record_id=referral.id).order_by("-valid_from", "-id").first()


def is_shown(share: Share | None, today: date) -> bool:
    """Whether the body may still see what was shared with it."""
    return share is not None and share.valid_from <= today < share.valid_until


def facts_of(referral: Referral) -> dict[str, str]:
    """Field code -> what it says now, for the fields that were chosen; empty = unknown. Nothing else is read."""
    person, chosen = referral.resident, set(referral.fields)
    if person is None:
        return {}
    readers: dict[str, Callable[[Resident], str]] = {
        "name": lambda one: one.shown_name,
        "birth_date": lambda one: format_date(one.birth_date) if one.birth_date else "",
        "birth_place": lambda one: one.birth_place,
        "sex": lambda one: str(Sex(one.sex).label) if one.sex else "",
        "marital_status": lambda one: str(MaritalStatus(one.marital_status).label) if one.marital_status else "",
        "address": lambda one: address_in_letter(one.household),
        "nik": lambda one: open_nik(one) or "",
        "phone": _safe_phone,
    }
    facts = {code: read(person) for code, read in readers.items() if code in chosen}
    if chosen & {"country", "job", "departed_on", *_OF_STAY}:
        facts |= {code: text for code, text in _of_plan(person, chosen).items() if code in chosen}
    return facts


def _of_plan(person: Resident, chosen: set[str]) -> dict[str, str]:
    cases = Case.objects.in_village(person.village_code).filter(resident=person).select_related("stay")
    case = cases.order_by("-opened_on", "-id").first()
    stay = getattr(case, "stay", None) if chosen & {*_OF_STAY} else None
    said = stay_said(stay, key_of(person.id)) if stay is not None else {}
    return {
        **{code: said.get(name, "") for code, name in _OF_STAY.items()},
        "country": country_name(case.country) if case and case.country else "",
        "job": JOBS.get(case.job, "") if case else "",
        "departed_on": format_date(case.departed_on) if case and case.departed_on else "",
    }


def _safe_phone(person: Resident) -> str:
    """A number that may be called without endangering anybody; no other is ever shared."""
    phone = Phone.objects.in_village(person.village_code).filter(resident=person, safe=True).order_by("-id").first()
    return (open_phone(phone, key_of(person.id)) or "") if phone else ""
