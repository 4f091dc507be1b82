"""Worries: mine to read, writing one, passing it on, ending it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.door import do
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import names_of
from desmigratif.access.requests import act_id_of
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.parenting.child_sealing import opened_json, worry_place
from desmigratif.parenting.forms.worries import CloseWorryForm, WorryForm
from desmigratif.parenting.models import Worry, WorryReader
from desmigratif.parenting.queries.worries import readers_in, worries_for, worry_of
from desmigratif.parenting.rules.children import labels
from desmigratif.parenting.views.child import BOTH, place, writing
from desmigratif.parenting.views.common import act_page, as_desk, listed, strip
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

PER_PAGE = 40


@scoped(Permission.WORRY_SEE)
def worries(request: HttpRequest) -> HttpResponse:
    """What names me, the open ones first; nobody else's."""
    desk = as_desk(request)
    recorded = listed(desk, "worries.listed")
    page = Paginator(worries_for(desk.actor) if recorded else Worry.objects.none(), PER_PAGE).get_page(
        request.GET.get("hal")
    )
    rows = [_row(worry) for worry in (page if recorded else ())]
    shown = {"page": page, "page_query": "", "rows": rows, "recorded": recorded}
    return render(request, "parenting/worries.html", shown)


def _row(worry: Worry) -> dict[str, Any]:
    state, word = ("aman", _("Selesai")) if worry.closed_on else ("cek", _("Terbuka"))
    return {
        "icon": "shield-lock", "title": worry.child.resident.shown_name, "detail": format_date(worry.on),
        "url": reverse("parenting:worry", args=[worry.id]), "states": [{"name": state, "label": word}],
    }  # fmt: skip


@scoped(Permission.CHILD_RECORD, methods=BOTH)
def write_worry(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Quietly: what was noticed, and for whom."""
    desk, one, today = writing(request, child_id, "child.opened")
    readers = [reader for reader in readers_in(one.village_code, today) if reader.user_id != desk.actor.id]
    form = WorryForm(request.POST or None, today=today, readers=readers)
    lead = _("Hanya Anda dan yang Anda pilih bisa membaca. Bila anak dalam bahaya sekarang, telepon polisi 110.")
    return act_page(
        desk, form, "write_worry", lambda: {**form.payload(), "child_id": one.id, "village_code": one.village_code},
        said=_("Catatannya sudah terkunci untuk yang Anda pilih."), then=place("child", one),
        heading=_("Tulis kekhawatiran"), lead=lead, submit=_("Kunci dan simpan"), recorded=True, quiet=True,
        person=strip(one.resident, today),
    )  # fmt: skip


@scoped(Permission.WORRY_SEE, methods=BOTH)
def worry(request: HttpRequest, worry_id: UUID) -> HttpResponse:
    """One worry; closing it on the same page."""
    desk = as_desk(request)
    found = worry_of(desk.actor, worry_id)
    today = today_in(found.village_code, desk.now)
    recorded = reads.opened(
        desk.actor, "worry.opened", village_code=found.village_code, subjects=[Subject("worry", found.id)], now=desk.now
    )
    if not recorded:
        raise NotFoundOrNotYours
    form = CloseWorryForm(request.POST or None, today=today)
    key = key_of(found.id)
    named = names_of(WorryReader.objects.filter(worry=found).values_list("user_id", flat=True))
    return act_page(
        desk, form, "close_worry", lambda: {**form.payload(), "worry_id": found.id, "village_code": found.village_code},
        said=_("Catatannya sudah ditutup."), then=reverse("parenting:worries"), template="parenting/worry.html",
        heading=_("Kekhawatiran tentang %s") % found.child.resident.shown_name, submit=_("Tutup catatan"),
        recorded=True, person=strip(found.child.resident, today), worry=found, act_id=new_id(),
        text=opened_json(key, found.text_sealed, place=worry_place(found.id, "text")).get("text", ""),
        closing=opened_json(key, found.closing_sealed, place=worry_place(found.id, "closing")).get("text", ""),
        ended=labels("worry_ends", today).get(found.closed_because, ""), readers=sorted(named.values()),
        by_caregiver=found.writer_id not in named,
    )  # fmt: skip


@scoped(Permission.WORRY_SEE, methods=("POST",))
def ask_for_referral(request: HttpRequest, worry_id: UUID) -> HttpResponse:
    """Ask the service centre to refer the child; it learns that help is needed, not why."""
    desk = as_desk(request)
    found = worry_of(desk.actor, worry_id)
    today = today_in(found.village_code, desk.now)
    given = {"worry_id": found.id, "village_code": found.village_code, "on": today}
    try:
        do(desk.actor, "parenting.ask_for_referral", given, now=desk.now, act_id=act_id_of(desk))
    except NotFoundOrNotYours:
        raise
    except Refusal as refusal:
        messages.error(desk, refusal.reasons[0].text)
    else:
        messages.success(desk, _("Permintaan rujukan sudah dikirim ke pusat layanan."))
    return redirect("parenting:worry", found.id)
