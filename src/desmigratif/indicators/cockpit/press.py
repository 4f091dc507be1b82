"""The cockpit on one A4 page by Typst: the same words and numbers, each with what it is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from desmigratif.documents.typesetting import typeset
from desmigratif.indicators.cockpit.board import Board, Figure
from desmigratif.shared.dates import format_date

LINES = 16  # regions below that fit on the page


def board_pdf(board: Board, shown: Mapping[str, Any], today: date, pictures: Sequence[str]) -> HttpResponse:
    """The page as a file, `pictures` (drawings as SVG) among it; it is not kept by the browser."""
    headers = {
        "Content-Disposition": f'inline; filename="kokpit-{board.place.code}-{board.period.label}.pdf"',
        "Cache-Control": "no-store, private",
    }
    pdf = typeset("desmigratif.indicators", "sheets", "cockpit.typ", said=said(board, shown, today, pictures))
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def said(board: Board, shown: Mapping[str, Any], today: date, pictures: Sequence[str]) -> dict[str, Any]:
    """Everything that stands on the page, in words; the map and the tiles as drawings."""
    below = shown["below"]
    return {
        "title": _("Kokpit %s") % board.place.name,
        "period": _("Masa %(period)s, dicetak %(day)s") % {
            "period": board.period.label, "day": format_date(today),
        },
        "sentence": shown["sentence"],
        "dials": [_dial(one.label, one.figure) for one in board.dials],
        "numbers": [[label, [_line(one) for one in figures]] for label, figures in board.parts],
        "years_title": _("Target dan capaian menurut berita"),
        "years": [
            [str(one.year), _count(one.target_total), _count(one.total), one.source]
            for one in board.years
            if one.total is not None
        ],
        "years_head": [_("Tahun"), _("Target"), _("Capaian"), _("Sumber")],
        "below_title": shown["column"],
        "below_head": [shown["column"], _("Tercatat"), _("Berita"), _("4 pilar"), _("Sepi")],
        "below": [
            [row["name"], str(row["villages"]), str(row["news"]), _count(row["whole"]), str(row["silent"])]
            for row in below[:LINES]
        ],
        "more": _("dan %s lagi") % (len(board.children) - LINES) if len(board.children) > LINES else "",
        "late_title": _("Perlu perhatian"),
        "late": [
            *([_("%(silent)s desa belum mencatat pelayanan %(month)s.")
               % {"silent": board.silent, "month": shown["month"]}] if board.silent else []),
            *[_("%(count)s desa terlambat: %(step)s.") % {"count": count, "step": label}
              for label, count in board.overdue],
        ],
        "reported": [
            f"{one['label']} {one['year']}: " + "; ".join(f"{_count(v.value)} ({v.source})" for v in one["values"])
            for one in shown["reported"]
        ],
        "pictures": pictures,
        "pictures_words": " ".join([
            _("Lingkaran: desa program yang diketahui namanya. Isi gelap: yang keempat pilarnya berjalan."),
            *([_("Kotak: desa tiap provinsi.")] if len(pictures) > 1 else []),
        ]),
        "foot": _("Tanda – berarti belum ada data, bukan nol. Angka berita bukan data resmi."),
    }  # fmt: skip


def _dial(label: str, figure: Figure) -> dict[str, str]:
    return {"label": label, "value": figure.value, "of": _of(figure)}


def _line(figure: Figure) -> list[str]:
    return [f"{figure.code}  {figure.name}", figure.value, _of(figure)]


def _of(figure: Figure) -> str:
    reading = figure.reading
    if reading.hidden:
        return _("terlalu kecil")
    if reading.numerator is None or not figure.below:
        return ""
    if reading.numerator and not reading.denominator:
        return _("pembanding belum dihitung")
    return _("%(above)s dari %(below)s") % {"above": _count(reading.numerator), "below": _count(reading.denominator)}


def _count(number: int | None) -> str:
    return "–" if number is None else f"{number:,}".replace(",", ".")
