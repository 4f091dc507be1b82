"""A learning centre opens, is furnished, finds helpers and themes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import models

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.parenting.actions.refusals import CannotRunCentre, CannotTakeVolunteer
from desmigratif.parenting.actions.running import RUN, centre_to_run, drop_planned, note
from desmigratif.parenting.inputs.centres import (
    AddTheme,
    AddVolunteer,
    CheckVolunteer,
    CloseCentre,
    CountThing,
    EndVolunteer,
    OpenCentre,
)
from desmigratif.parenting.models import Centre, OwnTheme, Session, SessionState, Thing, TimetableSlot, Volunteer
from desmigratif.parenting.queries.barred import is_barred
from desmigratif.parenting.rules import centre as rules
from desmigratif.parenting.sealing import maybe_nik_index, person_index
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.shared.reasons import Reason


@action("parenting.open_centre", RUN)
def open_centre(*, by: Actor, given: OpenCentre, now: datetime) -> Centre:
    """A place where children will learn together."""
    require(by, RUN, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Centre, [given.centre_id])
    if Centre.objects.in_village(given.village_code).filter(name=given.name).exists():
        raise CannotRunCentre(Reason("name_taken", "Nama rumah belajar ini sudah dipakai.", field="name"))
    centre = Centre.objects.create(
        id=given.centre_id, village_code=given.village_code, name=given.name, place=given.place, opened_on=given.on
    )
    note("centre.opened_doors", centre, given.village_code)
    return centre


@action("parenting.close_centre", RUN)
def close_centre(*, by: Actor, given: CloseCentre, now: datetime) -> Centre:
    """No more sessions; what was planned for later goes, what was held stays."""
    centre = centre_to_run(by, given.village_code, given.centre_id)
    checked_day(given.on, given.village_code, now)
    if reasons := rules.reasons_not_to_end(max(centre.opened_on, centre.last_held_on or date.min), given.on):
        raise CannotRunCentre(reasons)
    drop_planned(given.village_code, given.on, centre=centre)
    slots = TimetableSlot.objects.in_village(given.village_code).standing().filter(centre=centre)
    slots.filter(since__gt=given.on).update(until=models.F("since"))
    slots.filter(since__lte=given.on).update(until=given.on)
    centre.closed_on = given.on
    centre.save(update_fields=["closed_on"])
    note("centre.closed", centre, given.village_code)
    return centre


@action("parenting.count_thing", RUN)
def count_thing(*, by: Actor, given: CountThing, now: datetime) -> Thing:
    """Count something of the centre; what is counted already is counted again."""
    centre = centre_to_run(by, given.village_code, given.centre_id)
    checked_day(given.on, given.village_code, now)
    reasons = rules.reasons_not_listed("thing_kinds", given.kind, given.on, field="kind", text="Pilih jenisnya.")
    if given.usable_count > given.count:
        text = "Yang dapat dipakai tidak mungkin lebih banyak dari jumlahnya."
        reasons.append(Reason("more_usable_than_all", text, field="usable_count"))
    if reasons:
        raise CannotRunCentre(reasons)
    known = Thing.objects.in_village(given.village_code).filter(centre=centre, name=given.name).first()
    if known is None:
        refuse_taken_ids(Thing, [given.thing_id])
    thing = known or Thing(id=given.thing_id, village_code=given.village_code, centre=centre, name=given.name)
    thing.kind, thing.count, thing.usable_count = given.kind, given.count, given.usable_count
    thing.counted_on = given.on
    thing.save()
    note("centre.thing_counted", thing, given.village_code, count=given.count)
    return thing


@action("parenting.add_theme", RUN)
def add_theme(*, by: Actor, given: AddTheme, now: datetime) -> OwnTheme:
    """A theme of the centre's own, beside those of the list."""
    centre = centre_to_run(by, given.village_code, given.centre_id)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(OwnTheme, [given.theme_id])
    reasons = rules.reasons_not_listed(
        "audiences", given.audience, given.on, field="audience", text="Pilih untuk siapa tema ini."
    )
    own = OwnTheme.objects.in_village(given.village_code).filter(
        centre=centre, audience=given.audience, title=given.title
    )
    if own.exists():
        reasons.append(Reason("theme_known", "Tema ini sudah ada.", field="title"))
    if reasons:
        raise CannotRunCentre(reasons)
    theme = OwnTheme.objects.create(
        id=given.theme_id, village_code=given.village_code, centre=centre, audience=given.audience, title=given.title,
        added_on=given.on,
    )  # fmt: skip
    note("centre.theme_added", theme, given.village_code)
    return theme


# --- volunteers ---


@action("parenting.add_volunteer", RUN)
def add_volunteer(*, by: Actor, given: AddVolunteer, now: datetime) -> Volunteer:
    """Somebody helps from now on; whoever may not be with children is refused, and nothing of them is kept."""
    centre = centre_to_run(by, given.village_code, given.centre_id)
    today = checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Volunteer, [given.volunteer_id])
    indexes = {"name_index": person_index(given.name, given.birth_date), "nik_index": maybe_nik_index(given.nik)}
    reasons = rules.reasons_when_barred(barred=is_barred(on=today, **indexes), on=today, field="name")
    check = given.checked_on or given.on if given.paper else None
    if given.paper and check:
        reasons += _reasons_against_check(given.paper, check, today)
    if reasons:
        raise CannotTakeVolunteer(reasons)
    volunteer = Volunteer.objects.create(
        id=given.volunteer_id, village_code=given.village_code, centre=centre, name=given.name, since=given.on,
        check_paper=given.paper or "", check_on=check, **indexes,
    )  # fmt: skip
    note("volunteer.joined", volunteer, given.village_code)
    return volunteer


def _reasons_against_check(paper: str, on: date, today: date) -> list[Reason]:
    reasons = rules.reasons_not_listed("background_papers", paper, today, field="paper", text="Pilih kertasnya.")
    if on > today:
        reasons.append(Reason("day_in_future", "Tanggal pemeriksaannya masih di depan.", field="checked_on"))
    return reasons


def volunteer_to_change(by: Actor, village_code: str, volunteer_id: UUID) -> Volunteer:
    """A volunteer who still helps, locked. Raises `NotFoundOrNotYours`."""
    require(by, RUN, village_code)
    rows = Volunteer.objects.in_village(village_code).standing().select_for_update(of=("self",))
    return get_or_refuse(rows.select_related("centre"), "volunteer_id", id=volunteer_id)


@action("parenting.check_volunteer", RUN)
def check_volunteer(*, by: Actor, given: CheckVolunteer, now: datetime) -> Volunteer:
    """A paper was shown; the list is asked once more."""
    volunteer = volunteer_to_change(by, given.village_code, given.volunteer_id)
    today = checked_day(given.on, given.village_code, now)
    barred = is_barred(name_index=volunteer.name_index, nik_index=volunteer.nik_index, on=today)
    reasons = rules.reasons_when_barred(barred=barred, on=today, field="paper")
    if reasons := reasons + _reasons_against_check(given.paper, given.on, today):
        raise CannotTakeVolunteer(reasons)
    volunteer.check_paper, volunteer.check_on = given.paper, given.on
    volunteer.save(update_fields=["check_paper", "check_on"])
    note("volunteer.checked", volunteer, given.village_code)
    return volunteer


@action("parenting.end_volunteer", RUN)
def end_volunteer(*, by: Actor, given: EndVolunteer, now: datetime) -> Volunteer:
    """A volunteer stops; what was led stays, what is planned waits for somebody else."""
    volunteer = volunteer_to_change(by, given.village_code, given.volunteer_id)
    checked_day(given.on, given.village_code, now)
    if reasons := rules.reasons_not_to_end(volunteer.since, given.on):
        raise CannotTakeVolunteer(reasons)
    volunteer.until = given.on
    volunteer.save(update_fields=["until"])
    Session.objects.in_village(given.village_code).filter(
        leader=volunteer, state=SessionState.PLANNED, on__gte=given.on
    ).update(leader=None)
    TimetableSlot.objects.in_village(given.village_code).standing().filter(leader=volunteer).update(leader=None)
    note("volunteer.left", volunteer, given.village_code)
    return volunteer
