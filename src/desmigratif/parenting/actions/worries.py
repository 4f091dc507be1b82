"""A worry about a child: written for those whom it names, passed on as a request, ended with an outcome.

Nothing of it stands in the family's history, and no event names the child: who asks for the trace of a child's data
learns nothing of a worry.
"""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.parenting.actions.common import child_to_change
from desmigratif.parenting.actions.links import only_own_child
from desmigratif.parenting.actions.refusals import CannotWriteWorry
from desmigratif.parenting.child_sealing import sealed_json, worry_place
from desmigratif.parenting.inputs import AskForReferral, CloseWorry, WriteWorry
from desmigratif.parenting.models import Worry, WorryReader
from desmigratif.parenting.queries.worries import readers_in
from desmigratif.parenting.rules.children import listed
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.people.actions.hand_overs import hand_over
from desmigratif.shared.reasons import Reason

WORRY = "child_worry"


@action("parenting.write_worry", Permission.CHILD_TELL)
def write_worry(*, by: Actor, given: WriteWorry, now: datetime) -> Worry:
    """Seal what was noticed; whoever writes it names who may read it, and reads it too."""
    require(by, Permission.CHILD_TELL, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Worry, [given.worry_id])
    child = child_to_change(given.village_code, given.child_id)
    only_own_child(by, child, today)
    may_read = {one.user_id for one in readers_in(given.village_code, today)}
    named = set(given.readers) - {by.id}
    if not named or named - may_read:
        text = "Pilih paling sedikit satu orang yang akan membaca."
        raise CannotWriteWorry(Reason("reader_missing", text, field="readers"))
    worry = Worry.objects.create(
        id=given.worry_id, village_code=given.village_code, child=child, on=given.on, writer_id=by.id,
        text_sealed=sealed_json(given.worry_id, {"text": given.text}, place=worry_place(given.worry_id, "text")) or b"",
    )  # fmt: skip
    for user_id in sorted({*named, by.id}):
        WorryReader.objects.create(village_code=worry.village_code, worry=worry, user_id=user_id)
    _remember(worry, "worry.written")
    return worry


@action("parenting.ask_for_referral", Permission.WORRY_SEE)
def ask_for_referral(*, by: Actor, given: AskForReferral, now: datetime) -> Worry:
    """A hand-over to the service centre says that the child needs help, and nothing of what was noticed."""
    worry = _open_worry(by, given.village_code, given.worry_id)
    checked_day(given.on, given.village_code, now)
    if worry.hand_over_id is not None:
        raise CannotWriteWorry(Reason("asked_already", "Rujukannya sudah diminta dan menunggu jawaban."))
    resident = worry.child.resident
    worry.hand_over = hand_over(kind=WORRY, household=resident.household, resident=resident, on=given.on)
    worry.save(update_fields=["hand_over"])
    _remember(worry, "worry.passed_on")
    return worry


@action("parenting.close_worry", Permission.WORRY_SEE)
def close_worry(*, by: Actor, given: CloseWorry, now: datetime) -> Worry:
    """Say how it ended."""
    worry = _open_worry(by, given.village_code, given.worry_id)
    checked_day(given.on, given.village_code, now)
    if given.because not in listed("worry_ends", given.on):
        raise CannotWriteWorry(Reason("not_a_choice", "Pilih bagaimana akhirnya.", field="because"))
    if given.on < worry.on:
        raise CannotWriteWorry(Reason("before_worry", "Tanggalnya tidak boleh sebelum catatannya.", field="on"))
    worry.closed_on, worry.closed_because = given.on, given.because
    worry.closing_sealed = sealed_json(worry.id, {"text": given.text}, place=worry_place(worry.id, "closing"))
    worry.save(update_fields=["closed_on", "closed_because", "closing_sealed"])
    _remember(worry, "worry.closed")
    return worry


def _open_worry(by: Actor, village_code: str, worry_id: object) -> Worry:
    """A worry that names this person, locked. Raises `NotFoundOrNotYours` and `CannotWriteWorry`."""
    require(by, Permission.WORRY_SEE, village_code)
    rows = Worry.objects.visible_to(by).filter(village_code=village_code).select_for_update(of=("self",))
    worry = get_or_refuse(rows.select_related("child__resident__household"), "worry_id", id=worry_id)
    if worry.closed_on is not None:
        raise CannotWriteWorry(Reason("worry_closed", "Catatan ini sudah ditutup."))
    return worry


def _remember(worry: Worry, event: str) -> None:
    """An event that names the worry alone; no change is announced to devices, and nobody's history grows."""
    unit.record(event, village_code=worry.village_code, subjects=[Subject("worry", worry.id)])
