"""The statements of a book year: on a page, as a PDF, as a workbook."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.year.budget import budget_of
from desmigratif.cooperative.queries.year.statements import Books, BookYear, books_of_year, years_of
from desmigratif.cooperative.views.common import as_desk, may, opened, page, place, today_of
from desmigratif.cooperative.views.sharia.reports import reports_of_year
from desmigratif.cooperative.views.year.files import PDF, as_pdf, as_workbook, handed_out
from desmigratif.cooperative.views.year.papers import TOGETHER, Table, paper_of, part_name, parts_of
from desmigratif.regions.queries import village
from desmigratif.shared.content_types import XLSX


def asked_year(request: HttpRequest, years: list[int]) -> int:
    """The year that `?tahun=` names; the newest when it names none that has books."""
    asked = request.GET.get("tahun", "")
    return int(asked) if asked in {str(year) for year in years} else years[0]


@scoped(P.COOPERATIVE_SEE)
def statements(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """One statement of one year, the prior year beside it; each line opens its accounts."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    today = today_of(desk, found)
    years = years_of(found, today)
    year = asked_year(request, years)
    asked = request.GET.get("bagian", "")
    parts = parts_of(found)
    part = asked if asked in parts else parts[0]
    books = books_of_year(found, year, today)
    paper = paper_of(part, books)
    here = place("statements", found.id)
    shown = {
        "recorded": opened(desk, found, "statements.opened"),
        "paper": paper, "tables": [(table, _shown(table, books)) for table in paper.tables], "books": books,
        "chips": [
            {"label": part_name(one), "url": f"{here}?tahun={year}&bagian={one}", "current": one == part}
            for one in parts
        ],
        "years": [{"year": one, "url": f"{here}?tahun={one}&bagian={part}", "current": one == year} for one in years],
        "budget_url": f"{place('set_budget', found.id)}?tahun={year}"
        if part == "anggaran" and may(desk, found, P.COOPERATIVE_SET_UP) else "",
        "is_wide": part == TOGETHER, "files": f"{place('statements_file', found.id)}?tahun={year}",
    }  # fmt: skip
    return page(desk, "year/statements", found, "books", shown)


def _shown(table: Table, books: Books) -> list[dict[str, Any]]:
    """Lines with the addresses of their accounts over the year."""
    days = f"?dari={books.year.first:%d-%m-%Y}&sampai={books.year.last:%d-%m-%Y}"
    return [
        {
            "line": line,
            "cells": list(zip(table.columns, line.values, strict=False)),
            "links": [(one.name, place("account", one.id) + days) for one in line.accounts if one.amount or one.before],
        }
        for line in table.lines
    ]


@scoped(P.COOPERATIVE_SEE)
def statements_file(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """All statements of one year as one file: a PDF to hand over, or a workbook to reckon with."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    today = today_of(desk, found)
    books = books_of_year(found, asked_year(request, years_of(found, today)), today)
    is_workbook = request.GET.get("bentuk") == "xlsx"
    opened(desk, found, "statements.exported")
    parts = [part for part in parts_of(found) if part != "anggaran" or budget_of(found, books.year.year)]
    papers = [*(paper_of(part, books) for part in parts), *reports_of_year(found, books.year.year, today)]
    content = as_workbook(papers) if is_workbook else as_pdf(papers, **letterhead(found), stage=stage_of(books.year))
    name = f"laporan-{slugify(found.name)}-{books.year.year}.{'xlsx' if is_workbook else 'pdf'}"
    return handed_out(content, XLSX if is_workbook else PDF, name)


def letterhead(found: Cooperative) -> dict[str, str]:
    legal = _("Badan hukum nomor %s") % found.legal_number if found.legal_number else ""
    if found.parent is not None:
        legal = ". ".join(filter(None, (_("Unit dari %s") % found.parent.name, legal)))
    return {"name": found.name, "legal": legal, "place": village(found.village_code).label}


def stage_of(year: BookYear) -> str:
    """Whether these are the statements of a whole year."""
    return "" if year.is_whole else _("Laporan sementara: tahun buku belum selesai.")
