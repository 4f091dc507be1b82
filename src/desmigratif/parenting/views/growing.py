"""A quarter of a child: writing it down, and the letter to the parent abroad."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.routes import scoped
from desmigratif.parenting.child_sealing import opened_json, quarter_place
from desmigratif.parenting.forms.growing import QuarterForm
from desmigratif.parenting.letter_press import pressed
from desmigratif.parenting.queries.children import child_of, quarter_of_child
from desmigratif.parenting.queries.letters import letter_of
from desmigratif.parenting.rules.children import band_of
from desmigratif.parenting.rules.growing import quarter_of, quarter_words
from desmigratif.parenting.rules.letter import Letter, letter_text
from desmigratif.parenting.views.child import BOTH, place, writing
from desmigratif.parenting.views.common import act_page, as_desk, opened, strip
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import NotFoundOrNotYours


@scoped(Permission.CHILD_RECORD, methods=BOTH)
def record_quarter(request: HttpRequest, child_id: UUID, year: int, quarter: int) -> HttpResponse:
    """One quarter; what stands there already is shown to be mended."""
    desk, one, today = writing(request, child_id, "child.opened")
    if not 1 <= quarter <= 4 or (year, quarter) > quarter_of(today):
        raise NotFoundOrNotYours
    before = quarter_of_child(one, year, quarter)
    sealed = before.said_sealed if before else None
    said = opened_json(key_of(one.resident_id), sealed, place=quarter_place(before.id)) if before else {}
    band = band_of(one.resident.birth_date, today) if one.resident.birth_date else ""
    form = QuarterForm(
        request.POST or None, files=request.FILES or None, today=today, band=band, before=before, said=said
    )  # fmt: skip
    return act_page(
        desk, form, "record_quarter",
        lambda: {
            **form.payload(), "child_id": one.id, "village_code": one.village_code, "on": today, "year": year,
            "quarter": quarter,
        },
        said=_("Catatan tiga bulan sudah disimpan. Suratnya bisa dicetak."), then=place("child", one),
        heading=quarter_words(year, quarter), lead=_("Tanyakan dengan ramah. Yang tidak diketahui dikosongkan."),
        recorded=True, person=strip(one.resident, today), multipart=True,
    )  # fmt: skip


def _letter(request: HttpRequest, child_id: UUID, year: int, quarter: int, event: str) -> tuple[Letter, Any]:
    """The letter of a quarter that was written down, with the trace of the look. Raises `NotFoundOrNotYours`."""
    desk = as_desk(request)
    one = child_of(desk.actor, child_id)
    if not 1 <= quarter <= 4 or not opened(desk, one, event):
        raise NotFoundOrNotYours
    return letter_of(one, year, quarter, today=today_in(one.village_code, desk.now)), one


@scoped(Permission.CHILD_SEE)
def letter(request: HttpRequest, child_id: UUID, year: int, quarter: int) -> HttpResponse:
    """The letter as it will hang on the wall, and as text to share."""
    written, one = _letter(request, child_id, year, quarter, "child.letter_opened")
    today = today_in(one.village_code, as_desk(request).now)
    shown = {
        "letter": written, "text": letter_text(written), "child": one, "person": strip(one.resident, today),
        "pdf_url": reverse("parenting:letter_pdf", args=[one.id, year, quarter]), "year": year, "quarter": quarter,
    }  # fmt: skip
    return render(request, "parenting/letter.html", shown)


@scoped(Permission.CHILD_SEE)
def letter_pdf(request: HttpRequest, child_id: UUID, year: int, quarter: int) -> HttpResponse:
    """One page, to print or to send."""
    written, _one = _letter(request, child_id, year, quarter, "child.letter_printed")
    headers = {"Content-Disposition": 'inline; filename="surat-anak.pdf"', "Cache-Control": "no-store, private"}
    return HttpResponse(pressed(written), content_type="application/pdf", headers=headers)
