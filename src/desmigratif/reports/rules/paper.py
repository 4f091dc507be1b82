"""The page of a monthly report: its figures, what was in the way, and what a correction changed. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desmigratif.documents.rules.letter_page import Paragraph, Table
from desmigratif.documents.rules.office_paper import Blocks
from desmigratif.reports.rules.figures import Figure, changed_since, count_words, figures_from
from desmigratif.reports.rules.monthly import Said

KIND, TITLE = "village_report", "Laporan Bulanan Desa Migran Produktif"
HEAD = ("Ukuran", "Bagian", "Dari", "Hasil", "Data per")
NOTHING = "Tidak ada."
SOURCE = (
    "Angka dijumlahkan dari catatan layanan desa. Tanda - berarti belum ada catatan, bukan nol. "
    "Nama warga tidak dicantumkan."
)


def blocks_of(said: Said, *, before: Sequence[Mapping[str, Any]] | None) -> Blocks:
    """What stands between the head of the page and the signatures. `before`: figures of the version it replaces."""
    figures = figures_from(said.figures)
    return (
        Table(HEAD, tuple(_row(one) for one in figures)),
        Paragraph(SOURCE),
        *(_changes(figures_from(before), figures) if before else ()),
        Paragraph(f"Kendala: {said.obstacles or NOTHING}"),
        Paragraph(f"Tindak lanjut: {said.follow_up or NOTHING}"),
    )


def _row(one: Figure) -> tuple[str, ...]:
    whole = "" if one.denominator is None and one.numerator is not None else count_words(one.denominator)
    return (f"{one.code} {one.name}", count_words(one.numerator), whole, one.said,
            one.as_of.strftime("%d-%m-%Y") if one.as_of else "-")  # fmt: skip


def _changes(before: Sequence[Figure], now: Sequence[Figure]) -> Blocks:
    """A correction shows both: what it said before and what it says now."""
    pairs = changed_since(before, now)
    if not pairs:
        return (Paragraph("Angka sama dengan versi sebelumnya."),)
    rows = tuple((f"{old.code} {old.name}", _parts(old), _parts(new)) for old, new in pairs)
    return (Table(("Angka yang berubah", "Versi sebelumnya", "Versi ini"), rows),)


def _parts(one: Figure) -> str:
    if one.denominator is None:
        return count_words(one.numerator)
    return f"{count_words(one.numerator)} dari {count_words(one.denominator)}"
