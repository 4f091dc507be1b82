"""How a child does in a quarter: written once, mended when it was wrong."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.documents.attachments import put_away, take_away
from desmigratif.documents.models import Attachment
from desmigratif.documents.rules.copies import UnusableCopy
from desmigratif.parenting.actions.common import enrolled_child, remember
from desmigratif.parenting.actions.judging import judge
from desmigratif.parenting.actions.refusals import CannotRecordQuarter, ChangedMeanwhile
from desmigratif.parenting.child_sealing import quarter_place, sealed_json
from desmigratif.parenting.inputs import RecordQuarter
from desmigratif.parenting.models import Child, Quarter
from desmigratif.parenting.rules import growing as rules
from desmigratif.parenting.rules.children import band_of
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason

PICTURE = "child_picture"


@action("parenting.record_quarter", Permission.CHILD_RECORD)
def record_quarter(*, by: Actor, given: RecordQuarter, now: datetime) -> Quarter:
    """Write down one quarter of a child; what stood there is replaced by whoever saw it."""
    require(by, Permission.CHILD_RECORD, given.village_code)
    checked_day(given.on, given.village_code, now)
    child = enrolled_child(given.village_code, given.child_id)
    born = child.resident.birth_date
    band = band_of(born, given.on) if born else ""
    reasons = _reasons_against_when(given) + rules.reasons_against(_said(given), band, given.on)
    if reasons:
        raise CannotRecordQuarter(reasons)
    row = _standing(child, given) or Quarter(
        id=given.quarter_id, village_code=child.village_code, child=child, year=given.year, quarter=given.quarter,
        version=0,
    )  # fmt: skip
    if row.version != given.seen:
        raise ChangedMeanwhile
    _fill(row, child, given, band)
    row.save()
    unit.changed("parenting.quarter", row.village_code, row.id)
    judge(child, given.on)
    remember(
        child, "child.quarter_recorded", given.on, subjects=[Subject("quarter", row.id)],
        quarter=rules.quarter_words(row.year, row.quarter),
    )  # fmt: skip
    return row


def _reasons_against_when(given: RecordQuarter) -> list[Reason]:
    if (given.year, given.quarter) > rules.quarter_of(given.on):
        return [Reason("quarter_in_future", "Tiga bulan ini belum mulai.", field="quarter")]
    return []


def _said(given: RecordQuarter) -> rules.Said:
    return rules.Said(
        given.school_days, given.attended, given.mark, given.height_cm, given.weight_tenths, given.progress or "",
        given.reading or "", given.immunisation or "", given.answers,
    )  # fmt: skip


def _standing(child: Child, given: RecordQuarter) -> Quarter | None:
    """What was written of this quarter before, locked."""
    rows = Quarter.objects.in_village(child.village_code).select_for_update(of=("self",))
    found = rows.filter(child=child, year=given.year, quarter=given.quarter).first()
    if found is None:
        refuse_taken_ids(Quarter, [given.quarter_id])
    return found


def _fill(row: Quarter, child: Child, given: RecordQuarter, band: str) -> None:
    for name in ("school_days", "attended", "mark", "height_cm", "weight_tenths"):
        setattr(row, name, getattr(given, name))
    for name in ("progress", "reading", "immunisation"):
        setattr(row, name, getattr(given, name) or "")
    row.recorded_on = given.on
    row.wellbeing = rules.score_of(band, given.answers, given.on)
    said = {"answers": given.answers, "words": given.words, "tutor_words": given.tutor_words}
    row.said_sealed = sealed_json(child.resident_id, said, place=quarter_place(row.id))
    row.version += 1
    if given.picture is not None:
        row.picture = _keep_picture(row, child, given)


def _keep_picture(row: Quarter, child: Child, given: RecordQuarter) -> Attachment:
    """A drawing or photo, written anew without the camera's place; the one before goes."""
    before = row.picture
    kept = put_away(
        given.picture_id or new_id(), given.picture or b"", village_code=child.village_code,
        resident_id=child.resident_id, paper=PICTURE, on=given.on,
    )  # fmt: skip
    if kept.media != "image/jpeg":
        raise UnusableCopy("not_a_picture", "Ini bukan foto.", "Foto gambarnya, lalu pilih foto itu.")
    if before is not None:
        row.picture = None
        take_away(before, because="replaced", on=given.on)
    return kept
