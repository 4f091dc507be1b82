"""Statements as files: a PDF by Typst, a workbook by XlsxWriter."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from desmigratif.cooperative.views.year.papers import Line, Paper, Table
from desmigratif.documents.typesetting import typeset
from desmigratif.shared.rupiah import format_rupiah

PDF = "application/pdf"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def handed_out(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to save under a name; nothing on the way keeps a copy."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def as_pdf(papers: Sequence[Paper], *, name: str, legal: str, place: str, stage: str) -> bytes:
    """All statements, each beginning on a page of its own. Fonts come with the library."""
    given = {
        "name": name, "legal": legal, "place": place, "stage": stage, "page": _("Halaman"),
        "papers": [
            {"title": paper.title, "lead": paper.lead, "tables": [_table(one) for one in paper.tables]}
            for paper in papers
        ],
        "signs": [[_("Ketua"), ""], [_("Bendahara"), ""]],
    }  # fmt: skip
    return typeset("desmigratif.cooperative", "typst", "statements.typ", given=given)


def _table(table: Table) -> dict[str, object]:
    return {
        "title": table.title, "said": list(table.said), "columns": list(table.columns),
        "lines": [
            {"kind": line.kind, "label": line.label, "values": [plain(value) for value in line.values]}
            for line in table.lines
        ],
    }  # fmt: skip


def plain(amount: int | None) -> str:
    """Rupiah as statements print it: without the sign of the money, below zero between brackets, nil as a dash."""
    if not amount:
        return "–"
    text = format_rupiah(abs(amount)).removeprefix("Rp")
    return f"({text})" if amount < 0 else text


def as_workbook(papers: Sequence[Paper]) -> bytes:
    """A sheet for each statement; every text is text, every amount a number."""
    import xlsxwriter  # only who exports carries it

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0;(#,##0);–"})
        strong = book.add_format({"bold": True, "num_format": "#,##0;(#,##0);–", "top": 1})
        for paper in papers:
            sheet = book.add_worksheet(paper.title[:31])
            sheet.set_column(0, 0, 52)
            sheet.set_column(1, 5, 18)
            sheet.write_string(0, 0, paper.title, bold)
            sheet.write_string(1, 0, paper.lead)
            at = 3
            for table in paper.tables:
                for text in filter(None, (table.title, *table.said)):
                    sheet.write_string(at, 0, text, bold if text == table.title else None)
                    at += 1
                for place, column in enumerate(table.columns, 1):
                    sheet.write_string(at, place, column, bold)
                at += 1 if table.columns else 0
                for line in table.lines:
                    _write(sheet, at, line, bold, strong if line.kind == "total" else money)
                    at += 1
                at += 1
    return target.getvalue()


def _write(sheet: object, at: int, line: Line, bold: object, money: object) -> None:
    sheet.write_string(at, 0, line.label, None if line.kind == "line" else bold)  # type: ignore[attr-defined]
    for place, value in enumerate(line.values, 1):
        if value is not None:
            sheet.write_number(at, place, value, money)  # type: ignore[attr-defined]
