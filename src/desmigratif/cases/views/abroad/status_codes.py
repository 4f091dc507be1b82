"""The code for the family: the desk gives it, and what the public page then says, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.cases.models import ABROAD, StatusCode, StepState
from desmigratif.cases.queries import case_of
from desmigratif.cases.queries.abroad.status_door import JourneyFacts
from desmigratif.cases.rules.abroad import status_codes as rules
from desmigratif.cases.status_sealing import status_code
from desmigratif.cases.views.abroad.rows import heard_words
from desmigratif.cases.views.common import as_desk, opened, person_strip
from desmigratif.documents.acting import RecordForm, attempt
from desmigratif.documents.queries import office_in
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import format_date


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def give_status_code(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make a code and show it, once: the family writes it down or takes the printed page along."""
    desk = as_desk(request)
    case = case_of(desk.actor, case_id)
    require(desk.actor, Permission.CASE_OPEN, case.village_code)
    today = today_in(case.village_code, desk.now)
    form = RecordForm(request.POST or None)
    codes = StatusCode.objects.visible_to(desk.actor).filter(case=case)
    code = ""
    if request.method == "POST" and form.is_valid():
        code_id = form.cleaned_data["record_id"]
        payload = {"code_id": code_id, "case_id": case_id, "village_code": case.village_code, "on": today}
        if attempt(desk, form, "cases.give_status_code", payload):
            if not codes.filter(id=code_id).exists():  # an old page, sent once more
                messages.info(request, _("Kode itu sudah diganti dengan yang lebih baru."))
                return redirect("cases:case", case.id)
            code = status_code(code_id)
    shown = {
        "form": form,
        "case": case,
        "code": code,
        "standing": codes.first(),
        "door": settings.PUBLIC_URL.split("//")[-1] + reverse("portal:status"),
        "village": village(case.village_code),
        "recorded": opened(desk, case),
        "person": person_strip(case.resident, today),
    }
    return render(request, "cases/abroad/status_code.html", shown)


@dataclass(frozen=True, slots=True)
class JourneyWords:
    """What the public page says of a journey; an empty sentence is left out."""

    stands: str
    next: str = ""
    held_by: str = ""
    letter: str = ""
    heard: str = ""
    to_do: str = ""
    may_report: bool = False
    hall: str = ""
    phone: str = ""
    until: str = ""


def journey_words(facts: JourneyFacts, today: date) -> JourneyWords:
    """Where a journey stands, for its family: no name, no place abroad, no employer, and never why."""
    office = office_in(facts.village_code)
    place = village(facts.village_code)
    hall = f"{place.full_name}, {office.address}" if office else place.full_name
    closed = JourneyWords(
        rules.NOT_TOLD, hall=hall, phone=office.phone if office else "", until=format_date(facts.until)
    )
    state, row = facts.case.state, facts.row
    if state not in rules.STANDS:
        return closed
    if state in ABROAD:
        to_do = rules.what_to_do(holder="", held=False, is_abroad=True)
        return replace(closed, stands=_left(facts), heard=_heard(facts), to_do=to_do, may_report=True)
    held = row is not None and row.state == StepState.HELD
    return replace(
        closed,
        stands=rules.STANDS[state if facts.letter_holds else rules.without_letter(state)],
        next=_("Langkah berikutnya: %s.") % facts.step.title if facts.step else "",
        held_by=_held_by(facts),
        letter=_letter(facts, today),
        to_do=rules.what_to_do(holder=row.holder if row else "village_officer", held=held, is_abroad=False),
    )


def _left(facts: JourneyFacts) -> str:
    said, left_on = rules.ABROAD, facts.case.departed_on
    return f"{said} {_('Berangkat %s.') % format_date(left_on)}" if left_on else said


def _heard(facts: JourneyFacts) -> str:
    if facts.heard_at is None:
        return _("Belum ada kabar yang dicatat di kantor desa.")
    return _("Kabar terakhir yang dicatat: %s.") % heard_words(facts.heard_at, village(facts.village_code).utc_offset)


def _held_by(facts: JourneyFacts) -> str:
    if facts.row is None:
        return ""
    who = facts.journey.holders.get(facts.row.holder, facts.row.holder)
    return _("Sekarang dipegang %(who)s, sejak %(day)s.") % {"who": who, "day": format_date(facts.row.holder_since)}


def _letter(facts: JourneyFacts, today: date) -> str:
    """Whether the letter is waited for, and the right to object; never why it was refused or taken back."""
    if facts.letter_holds:
        return _("Surat izin keluarga sudah terbit dan berlaku.")
    asked = facts.asked
    if asked is None or asked.issued_on:
        return ""
    days = {"asked": format_date(asked.asked_on), "due": format_date(asked.due_on)}
    if asked.refused_on:
        days["on"] = format_date(asked.refused_on)
        said = _("Permintaan surat izin sudah dijawab desa %(on)s. Tanyakan jawabannya ke petugas.")
        return f"{said % days} {_('Calon boleh mengajukan keberatan ke kabupaten.')}"
    if asked.due_on < today:
        said = _("Surat izin diminta %(asked)s dan seharusnya dijawab desa paling lambat %(due)s.")
        return f"{said % days} {_('Calon boleh mengajukan keberatan ke kabupaten.')}"
    return _("Surat izin diminta %(asked)s. Desa menjawab paling lambat %(due)s.") % days
