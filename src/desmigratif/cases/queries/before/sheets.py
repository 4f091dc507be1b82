"""Reading about paper sheets: by number, the stock, what did not come back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.cases.models import Sheet, SheetKind, SheetSpoiled
from desmigratif.cases.rules.before.sheets import number_text, read_number, unreturned_before
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

BLANK = Q(entered_on=None, spoiled_on=None)


def sheet_text(sheet: Sheet) -> str:
    return number_text(sheet.village_code, sheet.kind, sheet.running)


def sheet_numbered(by: Actor, village_code: str, typed: str, *, lock: bool = False) -> Sheet | Reason:
    """The sheet with this number, or the sentence that says why there is none."""
    number = read_number(village_code, typed)
    if isinstance(number, Reason):
        return number
    sheets = Sheet.objects.visible_to(by).filter(village_code=village_code)
    if lock:
        sheets = sheets.select_for_update(of=("self",))
    found = sheets.filter(kind=number.kind, running=number.running).first()
    if found is None:
        return Reason("sheet_never_printed", "Lembar bernomor ini belum pernah dicetak di desa ini.", field="number")
    return found


def next_blank(by: Actor, sheet: Sheet) -> Sheet | None:
    """The sheet that lies under this one in the stack, when it is still blank."""
    rest = Sheet.objects.visible_to(by).filter(BLANK, village_code=sheet.village_code, kind=sheet.kind)
    return rest.filter(running__gt=sheet.running).order_by("running").first()


def why_not_usable(sheet: Sheet) -> Reason | None:
    """A sheet is entered once; a spoiled one never."""
    if sheet.entered_on is not None:
        kind = SheetKind(sheet.kind).label.lower()
        text = f"Lembar ini sudah dimasukkan pada {format_date(sheet.entered_on)} sebagai {kind}."
        return Reason("sheet_entered", text, field="number", way_out="Isinya tidak perlu dimasukkan lagi.")
    if sheet.spoiled_on is not None:
        why = SheetSpoiled(sheet.spoiled_because).label.lower()
        text = f"Lembar ini sudah dicoret pada {format_date(sheet.spoiled_on)}: {why}."
        return Reason("sheet_spoiled", text, field="number", way_out="Catat isinya langsung di layar, tanpa lembar.")
    return None


def sheets_seen(by: Actor, state: str, today: date) -> QuerySet[Sheet]:
    """Sheets of one state: kosong, belum-kembali, masuk, coret."""
    chosen = {
        "belum-kembali": BLANK & Q(printed_on__lt=unreturned_before(today)),
        "masuk": Q(entered_on__isnull=False),
        "coret": Q(spoiled_on__isnull=False),
    }.get(state, BLANK)
    order = {"masuk": "-entered_on", "coret": "-spoiled_on"}.get(state, "printed_on")
    return Sheet.objects.visible_to(by).filter(chosen).order_by(order, "kind", "running")


def sheet_counts(by: Actor, today: date) -> dict[str, int]:
    counts: dict[str, int] = Sheet.objects.visible_to(by).aggregate(
        kosong=Count("id", filter=BLANK),
        belum_kembali=Count("id", filter=BLANK & Q(printed_on__lt=unreturned_before(today))),
        masuk=Count("id", filter=Q(entered_on__isnull=False)),
        coret=Count("id", filter=Q(spoiled_on__isnull=False)),
    )
    return counts


def sheets_of_batch(by: Actor, batch: UUID) -> list[Sheet]:
    """The sheets of a stack that are still blank."""
    return list(Sheet.objects.visible_to(by).filter(BLANK, batch=batch).order_by("running"))
