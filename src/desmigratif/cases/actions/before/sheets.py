"""Paper sheets: printed in stacks, entered once through the act of their kind, or written off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.abroad.leaving import record_departure
from desmigratif.cases.actions.before.visits import record_visit
from desmigratif.cases.actions.cases import check_offer, open_case, record_family_talk
from desmigratif.cases.actions.common import refuse_future
from desmigratif.cases.actions.refusals import CannotUseSheet
from desmigratif.cases.inputs import EnterSheet, PrintSheets, SpoilSheet
from desmigratif.cases.models import Sheet, SheetKind
from desmigratif.cases.queries.before.sheets import sheet_numbered, why_not_usable
from desmigratif.shared.reasons import NeedsReview, Reason

WRITERS: dict[str, tuple[Callable[..., Any], str]] = {
    "visit": (record_visit, "visit_id"),
    "intention": (open_case, "case_id"),
    "offer": (check_offer, "check_id"),
    "talk": (record_family_talk, "talk_id"),
    "departure": (record_departure, "check_id"),
}


@action("cases.print_sheets", Permission.VISIT_RECORD)
def print_sheets(*, by: Actor, given: PrintSheets, now: datetime) -> dict[str, Any]:
    """Give numbers to a stack of blank sheets; whoever asks again for the stack gets the same numbers."""
    require(by, Permission.VISIT_RECORD, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotUseSheet)
    stock = Sheet.objects.in_village(given.village_code)
    if stock.filter(batch=given.batch_id).exists():
        raise CannotUseSheet(Reason("sheets_printed_before", "Tumpukan ini sudah dicetak. Buka halamannya lagi."))
    last = stock.filter(kind=given.kind).aggregate(last=Max("running"))["last"] or 0
    rows = [
        Sheet(
            village_code=given.village_code, kind=given.kind, running=number, batch=given.batch_id,
            printed_on=given.on,
        )
        for number in range(last + 1, last + given.count + 1)
    ]  # fmt: skip
    try:
        with transaction.atomic():
            Sheet.objects.bulk_create(rows)
    except IntegrityError:
        text = "Petugas lain sedang mencetak lembar yang sama. Tekan Cetak sekali lagi."
        raise CannotUseSheet(Reason("sheets_at_once", text)) from None
    subjects = [Subject("sheet_batch", given.batch_id)]
    unit.record("sheets.printed", village_code=given.village_code, subjects=subjects, kind=given.kind)
    return {"id": str(given.batch_id)}


@action("cases.enter_sheet", Permission.VISIT_RECORD)
def enter_sheet(*, by: Actor, given: EnterSheet, now: datetime) -> Sheet:
    """Write down what stands on a sheet through the act of its kind, and mark the sheet, both or neither."""
    require(by, Permission.VISIT_RECORD, given.village_code)
    sheet = _blank(by, given.village_code, given.number)
    said = {kind: content for kind in WRITERS if (content := getattr(given, kind)) is not None}
    if list(said) != [sheet.kind] or said[sheet.kind].village_code != sheet.village_code:
        text = f"Lembar ini untuk {SheetKind(sheet.kind).label.lower()}, bukan untuk formulir yang terbuka."
        raise CannotUseSheet(Reason("sheet_other_kind", text, way_out="Mulai lagi dari Masukkan lembar."))
    content = said[sheet.kind]
    write, name = WRITERS[sheet.kind]
    try:
        write(by=by, given=content, now=now)
    except NeedsReview as review:  # the paper keeps what was said; a second copy to review is not needed
        raise CannotUseSheet(list(review.reasons)) from review
    sheet.entered_on = refuse_future(given.village_code, given.on, now, CannotUseSheet)
    sheet.record = getattr(content, name)
    sheet.case_id = getattr(content, "case_id", None)
    sheet.save(update_fields=["entered_on", "record", "case"])
    unit.record("sheet.entered", village_code=sheet.village_code, subjects=_about(sheet, sheet.record), kind=sheet.kind)
    return sheet


@action("cases.spoil_sheet", Permission.VISIT_RECORD)
def spoil_sheet(*, by: Actor, given: SpoilSheet, now: datetime) -> Sheet:
    """Write off a sheet that will not be entered, with the reason."""
    require(by, Permission.VISIT_RECORD, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotUseSheet)
    sheet = _blank(by, given.village_code, given.number)
    sheet.spoiled_on, sheet.spoiled_because = given.on, given.because
    sheet.save(update_fields=["spoiled_on", "spoiled_because"])
    unit.record("sheet.spoiled", village_code=sheet.village_code, subjects=_about(sheet), because=given.because)
    return sheet


def _blank(by: Actor, village_code: str, number: str) -> Sheet:
    """The sheet of that number, locked. Raises `CannotUseSheet` for a slip, or one that is used up."""
    found = sheet_numbered(by, village_code, number, lock=True)
    if isinstance(found, Reason):
        raise CannotUseSheet(found)
    if why := why_not_usable(found):
        raise CannotUseSheet(why)
    return found


def _about(sheet: Sheet, record: UUID | None = None) -> list[Subject]:
    return [Subject("sheet", sheet.id), *([Subject("sheet_record", record)] if record else [])]
