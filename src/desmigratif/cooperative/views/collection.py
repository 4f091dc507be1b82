"""A meeting's sheet: everybody of whom something is asked, on one page, entered at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.cooperative.forms.collection import COMPULSORY, LINES, SAVINGS, Cell, CollectionForm, cells_sent
from desmigratif.cooperative.models import Cooperative, MemberGroup
from desmigratif.cooperative.queries.collection.meeting import EVERYBODY, Asked, Circle, asked_at_meeting, circle_of
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.views.common import as_desk, only_with, opened, page, place, today_of
from desmigratif.documents.acting import attempt
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")
MOST = 100


@scoped(P.MONEY_TAKE, methods=BOTH)
def collect(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """The sheet of a meeting: simpanan wajib, savings and instalments; all entered at once."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.MONEY_TAKE)
    today, groups = today_of(desk, found), list(MemberGroup.objects.of(found).order_by("name"))
    circle = circle_of(request.GET.dict(), groups)
    sheet = asked_at_meeting(found, today, circle, most=MOST, number=request.GET.get("lembar"))
    recorded = opened(desk, found, "loans.listed")
    rows = [(one, _cells(one)) for one in sheet.members]
    shown_cells = [cell for _one, cells in rows for cell in cells]
    all_cells = shown_cells + cells_sent(request.POST, shown_cells)
    form = CollectionForm(request.POST or None, today=today, cells=all_cells)
    sent = request.method == "POST" and form.is_valid()
    payload = {"cooperative_id": found.id, **form.payload()} if sent else {}
    if sent and attempt(desk, form, "cooperative.take_collection", payload):
        count = sum(len(form.filled(group)) for group in (LINES, COMPULSORY, SAVINGS))
        said = _("%(count)s setoran dicatat, %(total)s.") % {"count": count, "total": format_rupiah(form.total)}
        messages.success(desk, said)
        more = sheet.sheets > 1  # the rest of the meeting waits on the other sheets
        return HttpResponseRedirect(_address(found, circle, sheet.number) if more else place("till", found.id))
    shown = {
        "recorded": recorded, "form": form, "rows": [_row(form, one, cells) for one, cells in rows],
        "total": sum(cell.asked for _one, cells in rows for cell in cells),
        "chips": [
            {
                "label": label, "url": _address(found, replace(circle, everybody=all_of_them)),
                "current": circle.everybody == all_of_them,
            }
            for label, all_of_them in ((_("Yang ditagih"), False), (_("Semua anggota"), True))
        ],
        "phone_url": f"{reverse('sync:sheet')}?{_query(circle, 0, koperasi=str(found.id))}",
        "groups": groups, "circle": circle, "chosen": EVERYBODY if circle.everybody else "", "sheet": sheet,
        "sheets": [
            {
                "label": _("Lembar %s") % number, "url": _address(found, circle, number),
                "current": number == sheet.number,
            }
            for number in range(1, sheet.sheets + 1)
        ],
    }  # fmt: skip
    return page(desk, "collection/sheet", found, "loans", shown)


def _address(found: Cooperative, circle: Circle, number: int = 0) -> str:
    query = _query(circle, number)
    return f"{place('collect', found.id)}?{query}" if query else place("collect", found.id)


def _query(circle: Circle, number: int, **more: str) -> str:
    asked = {
        "pilih": EVERYBODY if circle.everybody else "", "kelompok": str(circle.group_id or ""), "tempat": circle.place,
        "lembar": str(number or ""),
    }  # fmt: skip
    return urlencode(more | {key: value for key, value in asked.items() if value})


def _cells(asked: Asked) -> list[Cell]:
    """What one member may pay; the label names the person too, for whoever hears the page."""
    one = asked.member
    cells = [Cell(COMPULSORY, one.id, _("%s: simpanan wajib") % one.name, asked.compulsory_rupiah)]
    if asked.savings:
        cells.append(Cell(SAVINGS, asked.savings.id, f"{one.name}: {asked.savings.product.name}"))
    for standing in asked.loans:
        cells.append(Cell(LINES, standing.loan.id, _("%s: angsuran") % one.name, standing.state.due.total))
    return cells


def _row(form: CollectionForm, asked: Asked, cells: list[Cell]) -> dict[str, Any]:
    fields = {
        group: [form[cell.name] for cell in cells if cell.group == group] for group in (COMPULSORY, SAVINGS, LINES)
    }
    return {
        "member": asked.member, "url": place("counter", asked.member.id), "compulsory": fields[COMPULSORY],
        "savings": fields[SAVINGS], "loans": fields[LINES],
    }  # fmt: skip
