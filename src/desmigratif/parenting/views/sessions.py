"""Timetable, the calendar of a month, a session more, the roll call and the caregivers' class."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.documents.acting import ActForm
from desmigratif.parenting.forms import sessions as forms
from desmigratif.parenting.forms.centres import OnDayForm
from desmigratif.parenting.models import Centre, Session, TimetableSlot
from desmigratif.parenting.queries import sessions as queries
from desmigratif.parenting.queries.centres import centre_of, leaders_of, own_themes_of
from desmigratif.parenting.rules import roll as rules
from desmigratif.parenting.rules.centre import labels
from desmigratif.parenting.views.centre_common import (
    BOTH,
    act_page,
    acted,
    clock,
    kind_word,
    list_page,
    may_run,
    month_word,
    names_opened,
    page,
    place,
    running,
    session_row,
    theme_word,
)
from desmigratif.parenting.views.common import as_desk
from desmigratif.people.rules.calls import WEEKDAYS
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date

COLUMNS_ON_SHEET = 6


# --- planning ---


@scoped(P.CENTRE_RUN, methods=BOTH)
def timetable(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """What is every week, and one line more."""
    desk, one, today = running(request, centre_id)
    form = forms.SlotForm(request.POST or None, today=today, leaders=leaders_of(desk.actor, one))
    kinds = labels("kinds", today)
    slots = [
        {"slot": slot, "day": WEEKDAYS[slot.weekday], "at": clock(slot.at), "kind": kinds.get(slot.kind, "")}
        for slot in queries.timetable_of(desk.actor, one)
    ]
    shown = {"slots": slots, "month_url": place("month", one.id)}
    return list_page(
        desk, form, "add_slot", centre=one, here="timetable", said=_("Jadwal sudah ditambah."), shown=shown
    )


@scoped(P.CENTRE_RUN, methods=BOTH)
def end_slot(request: HttpRequest, timetable_slot_id: UUID) -> HttpResponse:
    """A line of the timetable ends."""
    desk = as_desk(request)
    rows = TimetableSlot.objects.visible_to(desk.actor).standing().select_related("centre")
    slot = get_or_refuse(rows, "slot_id", id=timetable_slot_id)
    require(desk.actor, P.CENTRE_RUN, slot.village_code)
    today = today_in(slot.village_code, desk.now)
    form = OnDayForm(request.POST or None, today=today, label=_("Berakhir tanggal"))
    words = {"kind": labels("kinds", today).get(slot.kind, ""), "day": WEEKDAYS[slot.weekday], "at": clock(slot.at)}
    return act_page(
        desk, form, "end_slot", centre=slot.centre, given={"slot_id": slot.id}, said=_("Jadwal sudah diakhiri."),
        then=place("timetable", slot.centre_id), here="timetable", title=_("Akhiri jadwal"),
        lead=_("%(kind)s, setiap %(day)s jam %(at)s. Rencana sesudah tanggal ini ikut dihapus.") % words,
    )  # fmt: skip


@scoped(P.CENTRE_SEE)
def month(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """The calendar of the month that `?bulan=2026-11` names."""
    desk = as_desk(request)
    return _calendar(desk, centre_of(desk.actor, centre_id), ActForm())


@scoped(P.CENTRE_RUN, methods=("POST",))
def plan_month(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """The sessions of that month out of the timetable; a refusal stands in the calendar."""
    desk, one, today = running(request, centre_id)
    first = _month_named(request.GET.get("bulan", ""), today)
    form = ActForm(request.POST)
    given = {"centre_id": one.id, "month": first}
    if form.is_valid() and acted(desk, form, "plan_month", one, given, _("Kegiatan bulan ini sudah direncanakan.")):
        return redirect(f"{place('month', one.id)}?bulan={first:%Y-%m}")
    return _calendar(desk, one, form)


def _calendar(desk: DeskRequest, one: Centre, form: ActForm) -> HttpResponse:
    today = today_in(one.village_code, desk.now)
    first = _month_named(desk.GET.get("bulan", ""), today)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    rows = list(queries.sessions_of(desk.actor, one).filter(on__gte=first, on__lte=last))
    may_write = may_run(desk, one)
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    here = place("month", one.id)
    shown = {
        "form": form, "word": month_word(first), "weekdays": [word[:3] for word in WEEKDAYS.values()],
        "weeks": _weeks(first, last, rows, today, may_write=may_write), "is_empty": not rows,
        "before": {"url": f"{here}?bulan={before:%Y-%m}", "word": month_word(before)},
        "after": {"url": f"{here}?bulan={after:%Y-%m}", "word": month_word(after)},
        "may_plan": may_write and one.closed_on is None and last >= today,
        "plan_url": f"{place('plan_month', one.id)}?bulan={first:%Y-%m}",
    }  # fmt: skip
    return page(desk, "month", one, "month", shown)


def _month_named(text: str, today: date) -> date:
    """The first day of a month written 2026-11; this month for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def _weeks(first: date, last: date, rows: list[Session], today: date, *, may_write: bool) -> list[list[dict[str, Any]]]:
    """Weeks from Monday; a day outside the month is an empty box."""
    by_day: dict[date, list[Session]] = defaultdict(list)
    for row in rows:
        by_day[row.on].append(row)
    day, weeks = first - timedelta(days=first.weekday()), []
    while day <= last:
        week = [day + timedelta(days=n) for n in range(7)]
        weeks.append([_box(one, by_day.get(one, []), first, today, may_write=may_write) for one in week])
        day += timedelta(days=7)
    return weeks


def _box(day: date, rows: list[Session], first: date, today: date, *, may_write: bool) -> dict[str, Any]:
    if day.month != first.month:
        return {"number": "", "rows": []}
    shown = [{**session_row(one, today, may_write=may_write), "at": clock(one.at)} for one in rows]
    return {"number": day.day, "day": WEEKDAYS[day.weekday()], "rows": shown, "is_today": day == today}


@scoped(P.CENTRE_RUN, methods=BOTH)
def plan(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """One session beside the timetable, also one of paper days."""
    desk, one, today = running(request, centre_id)
    form = forms.SessionForm(
        request.POST or None, today=today, leaders=leaders_of(desk.actor, one), own=own_themes_of(desk.actor, one)
    )
    lead = _("Untuk kegiatan di luar jadwal, atau yang dicatat di kertas dan baru dimasukkan sekarang.")
    return act_page(
        desk, form, "plan_session", centre=one, given={"centre_id": one.id}, said=_("Kegiatan sudah ditambahkan."),
        then=place("centre", one.id), title=_("Tambah kegiatan"), lead=lead,
    )  # fmt: skip


@scoped(P.CENTRE_RUN, methods=BOTH)
def cancel(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A planned session is not held."""
    desk, session, today = _session(request, session_id)
    form = forms.CancelForm(request.POST or None, today=today)
    return act_page(
        desk, form, "cancel_session", centre=session.centre, given={"session_id": session.id},
        said=_("Kegiatan sudah dibatalkan."), then=place("centre", session.centre_id), title=_("Batalkan kegiatan"),
        lead=_told(session), submit=_("Batalkan kegiatan"),
    )  # fmt: skip


def _session(request: HttpRequest, session_id: UUID) -> tuple[DeskRequest, Session, date]:
    desk = as_desk(request)
    session = queries.session_of(desk.actor, session_id)
    require(desk.actor, P.CENTRE_RUN, session.village_code)
    return desk, session, today_in(session.village_code, desk.now)


def _told(session: Session) -> str:
    said = (kind_word(session), theme_word(session), format_date(session.on), clock(session.at))
    return " · ".join(part for part in said if part)


# --- who came ---


@scoped(P.CENTRE_RUN, methods=BOTH)
def roll(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One tap is present, a second excused, a third absent again; one button. No script is needed."""
    desk, session, today = _session(request, session_id)
    recorded = names_opened(desk, "session.roll_opened", session.centre)
    children = queries.roll_of(desk.actor, session) if recorded else []
    own = own_themes_of(desk.actor, session.centre)
    form = forms.RollForm(request.POST or None, children=children, session=session, own=own)
    if request.method == "POST" and form.is_valid():
        given = {"session_id": session.id, **form.payload()}
        if acted(desk, form, "call_roll", session, given, _("Daftar hadir sudah disimpan.")):
            return redirect("parenting:centre", session.centre_id)
    preset, trouble = _preset(request, children)
    shown = {
        "form": form, "session": session, "told": _told(session), "recorded": recorded, "trouble": trouble,
        "early": rules.reasons_not_to_hold(on=session.on, today=today, state=session.state), "preset": bool(preset),
        "children": [
            {"child": child, "mark": (not form.is_bound and preset.get(child.number)) or form.mark_of(child)}
            for child in children
        ],
        "absent_text": request.GET.get("absen", "")[:200], "excused_text": request.GET.get("izin", "")[:200],
        "is_held": session.state == "held", "is_planned": session.state == "planned",
    }  # fmt: skip
    return page(desk, "roll", session.centre, "", shown)


def _preset(request: HttpRequest, children: list[queries.Called]) -> tuple[dict[int, str], str]:
    """Marks by number out of the address: everybody present, but for the numbers copied from a paper sheet."""
    if not {"semua", "absen", "izin"} & request.GET.keys():
        return {}, ""
    most = max((child.number for child in children), default=0)
    marks = {child.number: rules.PRESENT for child in children}
    for word, mark in (("absen", rules.ABSENT), ("izin", rules.EXCUSED)):
        try:
            numbers = rules.numbers_on_sheet(request.GET.get(word, "")[:200], most)
        except rules.UnreadableNumbers as wrong:
            return {}, _("Nomor ini tidak ada di lembar: %s. Tulis seperti 3, 7, 12-14.") % wrong
        marks |= {number: mark for number in numbers if number in marks}
    return marks, ""


@scoped(P.CENTRE_RUN, methods=BOTH)
def scores(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The caregivers' class: who came, and what they knew before and after."""
    desk, session, today = _session(request, session_id)
    recorded = names_opened(desk, "session.class_opened", session.centre)
    pupils = queries.class_of(desk.actor, session) if recorded else []
    form = forms.ScoreForm(request.POST or None, pupils=pupils, initial={"seen": session.version})
    if request.method == "POST" and form.is_valid():
        given = {"session_id": session.id, **form.payload()}
        if acted(desk, form, "score_class", session, given, _("Kelas pengasuh sudah dicatat.")):
            return redirect("parenting:centre", session.centre_id)
    shown = {
        "form": form, "session": session, "told": _told(session), "recorded": recorded,
        "early": rules.reasons_not_to_hold(on=session.on, today=today, state=session.state),
        "pupils": [
            {"pupil": pupil, "row": form.row_of(pupil), "bad": form.bad.get(pupil.id, "")} for pupil in pupils
        ],
        "is_planned": session.state == "planned",
    }  # fmt: skip
    return page(desk, "scores", session.centre, "", shown)


@scoped(P.CENTRE_RUN)
def sheet(request: HttpRequest, centre_id: UUID) -> HttpResponse:
    """The paper for days without power: numbers that stay, names, empty boxes."""
    desk, one, today = running(request, centre_id)
    recorded = names_opened(desk, "session.sheet_printed", one)
    children = queries.sheet_of(desk.actor, one.village_code, today) if recorded else []
    shown = {
        "recorded": recorded, "columns": range(COLUMNS_ON_SHEET), "print_body": one.name, "today": today,
        "children": [{"number": one.number, "name": one.name} for one in sorted(children, key=_by_number)],
    }  # fmt: skip
    return page(desk, "sheet", one, "", shown)


def _by_number(child: queries.Called) -> int:
    return child.number
