"""Members' meetings: the list, one meeting with the one thing to do next, its papers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.loans.lending import voice_of
from desmigratif.cooperative.forms.annual.meeting import CallForm
from desmigratif.cooperative.models import Cooperative, Meeting, MeetingKind, MeetingReport, MeetingStatus
from desmigratif.cooperative.papers.parts import Part
from desmigratif.cooperative.papers.press import printed
from desmigratif.cooperative.queries.annual.delegates import groups_of, left_out
from desmigratif.cooperative.queries.annual.meeting import (
    Due,
    decisions_of,
    elected_at,
    meeting_of,
    meetings_of,
    next_due,
    officers_on,
    quorum_now,
    unreported,
    ways_at,
    years_to_report,
)
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.year.statements import years_of
from desmigratif.cooperative.rules.annual.meeting import (
    certificate_until,
    due_on,
    is_long_unreported,
    report_due_on,
    report_ready_on,
)
from desmigratif.cooperative.views.annual.pack import pack_of
from desmigratif.cooperative.views.annual.papers import paper_of, paper_with
from desmigratif.cooperative.views.annual.wall import ods_sheet, wall_of
from desmigratif.cooperative.views.common import act_page, as_desk, may, only_with, opened, page, place, today_of
from desmigratif.shared.content_types import XLSX
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

BOTH = ("GET", "POST")
STATES = {
    MeetingStatus.CALLED: "cek", MeetingStatus.OPEN: "cek", MeetingStatus.HELD: "aman",
    MeetingStatus.ADJOURNED: "tidaktahu", MeetingStatus.CANCELLED: "tidaktahu",
}  # fmt: skip


def name_of(meeting: Meeting) -> str:
    """RAT tahun buku 2025; Rapat anggota luar biasa."""
    if meeting.kind == MeetingKind.ANNUAL:
        name = _("RAT tahun buku %s") % meeting.book_year
    else:
        name = _("Rapat anggota luar biasa")
    return _("%s, rapat kedua") % name if meeting.follows_id else name


def state_of(meeting: Meeting) -> dict[str, str]:
    status = MeetingStatus(meeting.status)
    return {"name": STATES[status], "label": str(status.label)}


@scoped(P.COOPERATIVE_SEE)
def meetings(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """All meetings, who holds office, and which annual meeting is due."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    today = today_of(desk, found)
    is_head = found.parent_id is None
    shown = {
        "recorded": opened(desk, found, "meetings.listed"),
        "rows": [
            {
                "title": name_of(one), "detail": _("%(day)s, pukul %(at)s, %(place)s") % {
                    "day": format_date(one.on), "at": one.at, "place": one.place,
                },
                "icon": "users", "url": place("meeting", one.id), "state": state_of(one),
            }
            for one in meetings_of(found)
        ],
        "officers": officers_on(found, today),
        "due": _due_words(next_due(found, today), today) if is_head else None,
        "silent": _silent_words(unreported(found, today), today) if is_head else "",
        "may_call": is_head and may(desk, found, P.COOPERATIVE_SET_UP),
    }  # fmt: skip
    return page(desk, "annual/meetings", found, "meetings", shown)


def _due_words(due: Due | None, today: date) -> dict[str, str] | None:
    """The annual meeting that waits: how long still, or how late."""
    if due is None:
        return None
    day = format_date(due.until)
    if due.meeting is not None:
        return None if today <= due.until else _late(due.book_year, day)
    if today > due.until:
        return _late(due.book_year, day)
    said = _("RAT tahun buku %(year)s paling lambat %(day)s.") % {"year": due.book_year, "day": day}
    return {"kind": "info", "title": _("RAT berikutnya"), "text": said}


def _silent_words(years: list[int], today: date) -> str:
    """What so many years without a report may bring; nothing while it is one."""
    if not is_long_unreported(years, today):
        return ""
    said = _("RAT tahun buku %(years)s belum dilaporkan ke dinas koperasi. Laporkan dulu, supaya sertifikat dapat")
    said += " " + _("diperpanjang dan koperasi tidak terkena sanksi.")
    return said % {"years": ", ".join(map(str, years))}


def _late(year: int, day: str) -> dict[str, str]:
    said = _("RAT tahun buku %(year)s seharusnya selesai %(day)s (UU 25/1992 Pasal 26). Masih bisa; undang segera.")
    return {"kind": "cek", "title": _("RAT sudah lewat waktunya"), "text": said % {"year": year, "day": day}}


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def call_meeting(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Invite the members."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.COOPERATIVE_SET_UP)
    today = today_of(desk, found)
    before = Meeting.objects.of(found).order_by("-on", "-id").first()
    form = CallForm(request.POST or None, today=today, years=years_to_report(found, today), before=before)
    id = form["record_id"].value()
    return act_page(
        desk, form, "call_meeting", form.payload, cooperative=found,
        said=_("Rapat sudah dicatat. Cetak undangannya dan bagikan."),
        then=place("meeting", id) if form.is_bound and form.is_valid() else "", back=place("meetings", found.id),
        title=_("Undang rapat anggota"), submit=_("Catat undangan"),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: what is to do now, who came, what was decided, who was chosen."""
    desk = as_desk(request)
    found = meeting_of(desk.actor, meeting_id)
    cooperative, today = found.cooperative, today_of(desk, found.cooperative)
    quorum = quorum_now(found)
    reports = MeetingReport.objects.of(cooperative).filter(meeting=found).order_by("kind")
    leads = may(desk, cooperative, P.COOPERATIVE_SET_UP)
    shown = {
        "recorded": opened(desk, cooperative, "meeting.opened", Subject("meeting", found.id)),
        "meeting": found, "name": name_of(found), "state": state_of(found), "quorum": quorum,
        "ways": ways_at(found), "decisions": decisions_of(found), "elected": elected_at(found), "reports": reports,
        "may_lead": leads, "is_called": found.status == MeetingStatus.CALLED,
        "is_open": found.status == MeetingStatus.OPEN, "is_held": found.status == MeetingStatus.HELD,
        "is_day": today >= found.on, "is_annual": found.kind == MeetingKind.ANNUAL,
        "may_write": _may_write(desk, found),
        "may_hand_on": found.kind == MeetingKind.ANNUAL and voice_of(desk.actor, cooperative) == "board",
        "facts": _facts(found),
        "until": _until_words(found, today),
        "second_url": _second_url(found), "delegates": _delegates_of(found),
    }  # fmt: skip
    return page(desk, "annual/meeting", cooperative, "meetings", shown)


def _delegates_of(found: Meeting) -> dict[str, Any] | None:
    """How far the groups are with choosing whom they send; None where every member comes."""
    if found.delegates_each is None:
        return None
    groups = groups_of(found)
    missing, waiting = left_out(found, groups), [one.group.name for one in groups if not one.is_chosen]
    return {
        "groups": len(groups), "sent": sum(len(one.delegates) for one in groups), "each": found.delegates_each,
        "missing": len(missing), "waiting": waiting, "is_done": not missing and not waiting,
    }  # fmt: skip


def _may_write(desk: DeskRequest, found: Meeting) -> bool:
    coming = found.status in (MeetingStatus.CALLED, MeetingStatus.OPEN)
    return coming and voice_of(desk.actor, found.cooperative) in ("board", "supervisors")


def _second_url(found: Meeting) -> str:
    """Where the meeting after this one is."""
    second = Meeting.objects.of(found.cooperative_id).filter(follows=found).values_list("id", flat=True).first()
    return place("meeting", second) if second and found.status == MeetingStatus.ADJOURNED else ""


def _facts(found: Meeting) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Hari dan tempat"), "value": f"{format_date(found.on)}, {found.at}, {found.place}"},
        {"label": _("Undangan dibagikan"), "value": format_date(found.invited_on)},
    ]
    if found.kind == MeetingKind.ANNUAL and found.status in (MeetingStatus.CALLED, MeetingStatus.OPEN):
        until = format_date(report_ready_on(found.on))
        facts.append({"label": _("Laporan pengurus siap dibaca anggota"), "value": _("paling lambat %s") % until})
    if found.status == MeetingStatus.HELD:
        names = _("%(led)s; notulis %(wrote)s") % {"led": found.led_by, "wrote": found.written_by}
        facts.append({"label": _("Pimpinan rapat"), "value": names})
    if found.reported_on:
        said = f"{format_date(found.reported_on)}, {found.reported_as}"
        facts.append({"label": _("Dilaporkan ke dinas"), "value": said})
        until = format_date(certificate_until(found.reported_on))
        facts.append({"label": _("Sertifikat NIK berlaku sampai"), "value": until})
    return facts


def _until_words(found: Meeting, today: date) -> dict[str, str] | None:
    """What is due, and whether it is late."""
    if found.status == MeetingStatus.HELD and found.reported_on is None:
        until = report_due_on(found.ended_on or found.on)
        said = _("Hasil rapat dilaporkan ke dinas koperasi (ODS) paling lambat %s.") % format_date(until)
    elif found.status in (MeetingStatus.CALLED, MeetingStatus.OPEN) and found.book_year:
        until = due_on(found.book_year)
        said = _("RAT tahun buku ini paling lambat %s.") % format_date(until)
    else:
        return None
    return {"kind": "cek" if today > until else "info", "title": _("Batas waktu"), "text": said}


@scoped(P.COOPERATIVE_SEE)
def meeting_papers(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The invitation, the list to sign, or the minutes, as PDF."""
    desk = as_desk(request)
    found = meeting_of(desk.actor, meeting_id)
    kind, today = request.GET.get("isi", "undangan"), today_of(desk, found.cooperative)
    if not opened(desk, found.cooperative, "meeting.printed", Subject("meeting", found.id)):
        raise NotFoundOrNotYours
    if kind in ("lengkap", "ods") and found.kind != MeetingKind.ANNUAL:
        raise NotFoundOrNotYours
    if kind == "ods":
        headers = {"Content-Disposition": f'attachment; filename="ods-{found.book_year}.xlsx"'}
        return HttpResponse(ods_sheet(found, today), content_type=XLSX, headers=headers)
    if kind == "lengkap":
        return pdf_of(pack_of(found, name_of(found), today), found.cooperative, name_of(found), today, "rat-lengkap")
    paper = paper_of(found, kind, name_of(found), today)
    headers = {"Content-Disposition": f'inline; filename="{paper.file_name}"'}
    return HttpResponse(paper.content, content_type="application/pdf", headers=headers)


def pdf_of(made: list[Part], cooperative: Cooperative, name: str, today: date, file_name: str) -> HttpResponse:
    content = printed(paper_with(cooperative, name, made, today))
    headers = {"Content-Disposition": f'inline; filename="{file_name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@scoped(P.COOPERATIVE_SEE)
def year_picture(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """The cooperative's year on one page for the wall, without anybody's name."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    today = today_of(desk, found)
    asked = request.GET.get("tahun", "")
    years = {str(year): year for year in years_of(found, today)}
    year = years.get(asked, max(today.year - 1, found.opened_on.year))  # a wall tells of a whole year, if there is one
    if not opened(desk, found, "cooperative.year_printed"):
        raise NotFoundOrNotYours
    return pdf_of(wall_of(found, year, today), found, _("Koperasi kita"), today, f"koperasi-{year}")
