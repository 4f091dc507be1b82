"""Blank sheets as one PDF by Typst: an A4 page for each number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from desmigratif.cases.forms.before.sheets import questions_of
from desmigratif.cases.models import Sheet, SheetKind
from desmigratif.cases.queries.before.sheets import sheet_text
from desmigratif.cases.rules.before.sheets import keep_days
from desmigratif.documents.typesetting import typeset

SIZES = {
    SheetKind.VISIT: "middle", SheetKind.INTENTION: "roomy", SheetKind.OFFER: "dense", SheetKind.TALK: "roomy",
    SheetKind.DEPARTURE: "close",
}  # fmt: skip


def printed(sheets: Sequence[Sheet], *, village_name: str, today: date) -> bytes:
    """One PDF for a stack of the same kind. Fonts come with the library: every machine sets the same page."""
    pages = [sheet_page(sheet, village_name=village_name, today=today) for sheet in sheets]
    return typeset("desmigratif.cases", "sheets", "sheet.typ", sheets=pages)


def sheet_page(sheet: Sheet, *, village_name: str, today: date) -> dict[str, object]:
    """What stands on one sheet."""
    head = [_("Tanggal"), _("Nama petugas")]
    if sheet.kind != SheetKind.VISIT:
        head = [_("Nama calon seperti di KK"), _("Dusun, RT/RW"), _("Nama petugas"), _("Tanggal")]
    return {
        "title": str(SheetKind(sheet.kind).label),
        "village": f"{village_name} · {sheet.village_code}",
        "number_word": _("Nomor lembar"),
        "number": sheet_text(sheet),
        "head": head,
        "questions": questions_of(sheet.kind, today),
        "size": SIZES[SheetKind(sheet.kind)],
        "foot": _foot(sheet.kind, today),
    }


def _foot(kind: str, today: date) -> str:
    """Where the sheet goes, and what never stands on it."""
    words = [
        _("Lembar ini memuat data orang: bawa kembali ke balai desa hari ini juga, simpan di lemari terkunci, dan"),
        _("hancurkan %s hari sesudah dimasukkan. Belum tahu? Centang Tidak tahu.") % keep_days(today),
    ]
    if kind == SheetKind.TALK:
        words.append(
            _("Yang dikatakan calon saat berdua saja tidak ditulis di kertas: ingat, lalu masukkan sendiri di layar.")
        )
    if kind == SheetKind.OFFER:
        words.append(_("Nama dan tanggal lahir di surat-suratnya dibandingkan nanti di layar."))
    return " ".join(words)
