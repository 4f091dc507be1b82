"""The archive of letters: a year's register to look through, the same as the book on paper, several letters at once."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.documents.models import Letter
from desmigratif.documents.queries import (
    contents_of,
    counts_of_register,
    in_state,
    letterhead_of,
    letters_of,
    names_on,
    register_of,
    years_of,
)
from desmigratif.documents.register import subjects_of
from desmigratif.documents.rows import STATES, kind_label, state_of
from desmigratif.documents.rules.contents import Content, print_letters
from desmigratif.documents.rules.letter_page import CannotPrint
from desmigratif.documents.rules.statement import KIND_LABELS
from desmigratif.documents.rules.village_text import VillageLetterContent
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason

PER_PAGE = 50
BOOK_PAGE = 500  # rows of the book at a time
AT_ONCE = 50  # letters in one file for the printer


@scoped(Permission.LETTER_SEE)
def letters(request: HttpRequest) -> HttpResponse:
    """One year's register, the newest first; by kind and state, if asked."""
    desk = cast(DeskRequest, request)
    code = own_village(desk.actor)
    today = today_in(code or desk.actor.home_code, desk.now)
    years = sorted({today.year, *years_of(desk.actor)}, reverse=True)
    year = _chosen_year(request.GET.get("tahun", ""), years)
    kind, state = request.GET.get("jenis", ""), request.GET.get("keadaan", "")
    kind, state = kind if kind in KIND_LABELS else "", state if state in STATES else ""
    found = in_state(register_of(desk.actor, year=year), state, today)
    found = found.filter(kind=kind) if kind else found
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("hal"))
    names = names_on(list(page))
    chosen = {"tahun": year, "jenis": kind, "keadaan": state}
    shown = {
        "year": year,
        "page": page,
        "page_query": _query(chosen) + "&",
        "rows": [_row(letter, names, today, several=code is None) for letter in page],
        "several_villages": code is None,
        "recorded": reads.opened(desk.actor, "letters.listed", village_code=desk.actor.home_code, now=desk.now),
        "years": [_chip(str(one), {**chosen, "tahun": one}, current=one == year) for one in years],
        **_filters(desk, chosen, today),
        "filtered": bool(kind or state),
        "all_url": f"?{_query({'tahun': year})}",
        "may_issue": code is not None and desk.actor.may(Permission.LETTER_ISSUE, code),
        "book_url": f"{reverse('documents:letter_book')}?tahun={year}" if code else "",
    }
    return render(request, "documents/letters.html", shown)


def _chosen_year(text: str, years: list[int]) -> int:
    return int(text) if text.isdigit() and int(text) in years else years[0]


def _query(chosen: dict[str, Any]) -> str:
    return urlencode({name: value for name, value in chosen.items() if value})


def _chip(label: str, chosen: dict[str, Any], *, current: bool, count: int | None = None) -> dict[str, Any]:
    chip = {"label": label, "url": f"{reverse('documents:letters')}?{_query(chosen)}", "current": current}
    return chip if count is None else {**chip, "count": count}


def _filters(desk: DeskRequest, chosen: dict[str, Any], today: date) -> dict[str, list[dict[str, Any]]]:
    """Only what occurs in that year can be chosen, with how often."""
    by_kind, by_state = counts_of_register(desk.actor, year=chosen["tahun"], today=today)
    kinds = [
        _chip(label, {**chosen, "jenis": kind}, current=kind == chosen["jenis"], count=by_kind[kind])
        for kind, label in KIND_LABELS.items()
        if kind in by_kind
    ]
    states = [
        _chip(str(label), {**chosen, "keadaan": code}, current=code == chosen["keadaan"], count=by_state[code])
        for code, (_state, label) in STATES.items()
        if by_state.get(code)
    ]
    every = _("Semua")
    return {
        "kinds": [_chip(every, {**chosen, "jenis": ""}, current=not chosen["jenis"]), *kinds],
        "states": [_chip(every, {**chosen, "keadaan": ""}, current=not chosen["keadaan"]), *states],
    }


def _row(letter: Letter, names: dict[UUID, str], today: date, *, several: bool) -> dict[str, Any]:
    return {
        "number": letter.number,
        "url": reverse("documents:letter", args=[letter.id]),
        "on": letter.issued_on,
        "kind": kind_label(letter),
        "name": names.get(letter.id),
        "state": state_of(letter, today),
        "village": village(letter.village_code).near_name if several else "",
    }


@scoped(Permission.LETTER_SEE)
def letter_book(request: HttpRequest) -> HttpResponse:
    """A village's register of one year as its book, in the order of the numbers, for the printer."""
    desk = cast(DeskRequest, request)
    code = own_village(desk.actor)
    if code is None:
        return redirect("documents:letters")
    today = today_in(code, desk.now)
    years = sorted({today.year, *years_of(desk.actor)}, reverse=True)
    year = _chosen_year(request.GET.get("tahun", ""), years)
    found = register_of(desk.actor, year=year).filter(village_code=code).order_by("sequence")
    page = Paginator(found, BOOK_PAGE).get_page(request.GET.get("hal"))
    contents = contents_of(list(page))
    shown = {
        "year": year,
        "village": village(code).label,
        "page": page,
        "page_query": f"tahun={year}&",
        "rows": [_book_row(letter, contents.get(letter.id), today) for letter in page],
        "letterhead": letterhead_of(code),
        "recorded": reads.opened(desk.actor, "letters.book_opened", village_code=code, now=desk.now),
        "back": f"{reverse('documents:letters')}?tahun={year}",
    }
    return render(request, "documents/letter_book.html", shown)


def _book_row(letter: Letter, content: Content | None, today: date) -> dict[str, Any]:
    replaced_by = getattr(letter, "replaced_by", None)
    asked = content.asked if isinstance(content, VillageLetterContent) else {}
    return {
        "sequence": letter.sequence,
        "on": letter.issued_on,
        "number": letter.number,
        "kind": kind_label(letter),
        "name": content.holder_name if content else None,
        "purpose": asked.get("purpose", ""),
        "state": state_of(letter, today)["label"],
        "revoked_on": letter.revoked_on,
        "replaced_by": replaced_by.number if replaced_by else "",
    }


@scoped(Permission.LETTER_SEE)
def letters_pdf(request: HttpRequest) -> HttpResponse:
    """Several letters (`?surat=` each) as one file for the printer, in the order of their numbers."""
    desk = cast(DeskRequest, request)
    found = list(letters_of(desk.actor).filter(id__in=_wanted(request)).order_by("year", "sequence"))
    contents = contents_of(found)
    if not found or len(contents) != len(found):
        raise NotFoundOrNotYours
    try:
        pdf = print_letters([contents[letter.id] for letter in found], voided_on=[one.revoked_on for one in found])
    except CannotPrint as problem:
        reasons = [Reason("cannot_print", str(problem))]
        return render(request, "documents/cannot_print.html", {"letter": found[0], "reasons": reasons}, status=503)
    subjects: list[Subject] = [subject for letter in found for subject in subjects_of(letter)]
    code = found[0].village_code
    if not reads.opened(desk.actor, "letter.printed", village_code=code, subjects=subjects, now=desk.now):
        return render(request, "desk/database_busy.html", status=503)
    headers = {"Content-Disposition": 'inline; filename="surat.pdf"', "Cache-Control": "no-store, private"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _wanted(request: HttpRequest) -> list[UUID]:
    """Raises `NotFoundOrNotYours` for anything but a few ids of letters."""
    texts = request.GET.getlist("surat")
    if not 0 < len(texts) <= AT_ONCE:
        raise NotFoundOrNotYours
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise NotFoundOrNotYours from None
