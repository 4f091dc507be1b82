"""The code of a complaint on paper, for its reporter: also of one that whoever took it in must not see afterwards."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from desmigratif.access.requests import DeskRequest
from desmigratif.cases.complaint_sealing import receipt_code
from desmigratif.cases.queries.trouble.complaints import complaint_seen
from desmigratif.cases.slip_press import slip
from desmigratif.cases.views.trouble.complaints import opened
from desmigratif.cases.views.trouble.slip_tokens import held_token
from desmigratif.shared.reasons import NotFoundOrNotYours


def slip_page(desk: DeskRequest, complaint_id: UUID) -> HttpResponse:
    """The PDF. Raises `NotFoundOrNotYours`."""
    address = settings.PUBLIC_URL + reverse("portal:status") if _opens_a_page(desk, complaint_id) else ""
    pdf = slip(code=receipt_code(complaint_id), address=address)
    headers = {"Content-Disposition": 'inline; filename="kode.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _opens_a_page(desk: DeskRequest, complaint_id: UUID) -> bool:
    """Whether the code opens one. Raises `NotFoundOrNotYours` for whoever neither sees it nor just took it in."""
    held = held_token(desk)
    if held is not None and held[0] == complaint_id:
        return held[1]
    row = complaint_seen(desk.actor, complaint_id)
    if not opened(desk, row):
        raise NotFoundOrNotYours
    return bool(row.door_index)
