"""Two people who look like one: said once, remembered, and taken back when it was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.people.actions.common import checked_day
from desmigratif.people.inputs import DoubtAgain, TellApart
from desmigratif.people.models import Resident, ToldApart
from desmigratif.people.queries.doubles import standing_decision
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal


class CannotTellApart(Refusal):
    code = "cannot_tell_apart"


@action("people.tell_apart", Permission.RESIDENT_REGISTER)
def tell_apart(*, by: Actor, given: TellApart, now: datetime) -> dict[str, Any]:
    """Remember that two records are not one person: they are listed as doubles no more."""
    pair = _pair(by, given, now)
    standing = standing_decision(*pair)
    if standing is not None:
        text = f"Sudah dicatat pada {format_date(standing.decided_on)}: bukan orang yang sama."
        raise CannotTellApart(Reason("already_told_apart", text))
    remember_apart(by, given.village_code, [pair], given.on)
    _note("residents.told_apart", given)
    return {}


@action("people.doubt_again", Permission.RESIDENT_REGISTER)
def doubt_again(*, by: Actor, given: DoubtAgain, now: datetime) -> dict[str, Any]:
    """Take such a decision back."""
    pair = _pair(by, given, now)
    standing = standing_decision(*pair)
    if standing is None:
        raise CannotTellApart(Reason("not_told_apart", "Tidak ada keputusan yang bisa dibatalkan."))
    standing.taken_back_on = max(given.on, standing.decided_on)
    standing.save(update_fields=["taken_back_on"])
    _note("residents.doubted_again", given)
    return {}


def remember_apart(by: Actor, village_code: str, pairs: Iterable[tuple[UUID, UUID]], on: date) -> None:
    """Remember pairs of records of a village as two people each; the caller notes the event."""
    ToldApart.objects.bulk_create(
        ToldApart(village_code=village_code, first_id=min(pair), second_id=max(pair), decided_on=on, decided_by=by.id)
        for pair in {(min(pair), max(pair)) for pair in pairs}
    )


def _pair(by: Actor, given: TellApart | DoubtAgain, now: datetime) -> tuple[UUID, UUID]:
    """The two ids. Raises `NotFoundOrNotYours`, and `CannotTellApart` for one record twice."""
    require(by, Permission.RESIDENT_REGISTER, given.village_code)
    checked_day(given.on, given.village_code, now)
    ids = {given.first_id, given.second_id}
    if len(ids) == 1:
        raise CannotTellApart(Reason("same_record", "Ini berkas yang sama. Pilih dua berkas yang berbeda."))
    rows = Resident.objects.in_village(given.village_code).select_for_update(of=("self",)).filter(id__in=ids)
    if len(rows.order_by("id")) < len(ids):
        raise NotFoundOrNotYours("second_id")
    return given.first_id, given.second_id


def _note(event: str, given: TellApart | DoubtAgain) -> None:
    subjects = [Subject("resident", given.first_id), Subject("resident", given.second_id)]
    unit.record(event, village_code=given.village_code, subjects=subjects)
