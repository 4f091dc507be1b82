"""What is done at a members' meeting, one page each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.cooperative.actions.annual.members import report_kind
from desmigratif.cooperative.actions.loans.lending import voice_of
from desmigratif.cooperative.forms.annual.meeting import (
    ABSENT,
    AdjournForm,
    CancelForm,
    CloseForm,
    DecideForm,
    ElectForm,
    ProxyForm,
    ReportForm,
    SeatsForm,
    WordsForm,
)
from desmigratif.cooperative.models import (
    Attendance,
    AttendanceWay,
    Meeting,
    MeetingKind,
    MeetingReport,
    MeetingStatus,
    Member,
)
from desmigratif.cooperative.queries.annual.meeting import meeting_of, quorum_now, voters_of
from desmigratif.cooperative.views.annual.meeting import name_of
from desmigratif.cooperative.views.common import act_page, as_desk, only_with, opened, page, place, today_of
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.shared.reasons import NotFoundOrNotYours

BOTH = ("GET", "POST")
PER_SHEET = 30


def _leading(request: HttpRequest, meeting_id: UUID) -> tuple[DeskRequest, Meeting]:
    desk = as_desk(request)
    found = meeting_of(desk.actor, meeting_id)
    only_with(desk, found.cooperative, P.COOPERATIVE_SET_UP)
    return desk, found


def _act(
    desk: DeskRequest, found: Meeting, form: ActForm, verb: str, said: str, title: str, **more: Any
) -> HttpResponse:
    """A page that does one act of a meeting and goes back to it."""

    def payload() -> dict[str, Any]:
        given = form.payload() if hasattr(form, "payload") else {}
        return {"meeting_id": found.id, **given}

    here = more.pop("then", place("meeting", found.id))
    return act_page(
        desk, form, verb, payload, cooperative=found.cooperative, said=said, then=here,
        back=place("meeting", found.id), title=title, lead=name_of(found), **more,
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def attendance(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Who is there, sheet by sheet or found by name."""
    desk, found = _leading(request, meeting_id)
    text = request.GET.get("q", "").strip()[:60]
    rows = Paginator(_looked_for(found, text), PER_SHEET).get_page(request.GET.get("hal"))
    there = {one.member_id: one for one in Attendance.objects.of(found.cooperative_id).filter(meeting=found)}
    is_open = found.status == MeetingStatus.OPEN
    fixed = {id for id, one in there.items() if is_open or one.way == AttendanceWay.PROXY}
    asked = [one for one in rows if one.id not in fixed]
    form = SeatsForm(request.POST or None, members=asked, there={id: one.way for id, one in there.items()})
    if request.method == "POST" and form.is_valid() and asked:
        given = {"cooperative_id": found.cooperative_id, "meeting_id": found.id, **form.payload()}
        if is_open:  # whoever was there stays; only who comes late is added
            given["seats"] = [seat for seat in given["seats"] if seat["way"] != ABSENT]
        if not given["seats"] or attempt(desk, form, "cooperative.record_attendance", given):
            messages.success(request, _("Daftar hadir sudah dicatat."))
            return HttpResponseRedirect(request.get_full_path())
    shown = {
        "recorded": opened(desk, found.cooperative, "meeting.attendance_listed"), "meeting": found,
        "name": name_of(found), "form": form, "quorum": quorum_now(found), "page": rows, "page_query": f"q={text}&",
        "search": text, "rows": [_seat_row(form, one, there.get(one.id), one.id in fixed) for one in rows],
        "is_coming": found.status in (MeetingStatus.CALLED, MeetingStatus.OPEN), "has_fields": bool(asked),
    }  # fmt: skip
    return page(desk, "annual/attendance", found.cooperative, "meetings", shown)


def _looked_for(found: Meeting, text: str) -> Any:
    voters = voters_of(found)
    if text.isdigit():
        return voters.filter(number=int(text[:9]))
    return voters.filter(name__icontains=text) if text else voters


def _seat_row(form: SeatsForm, one: Member, there: Attendance | None, fixed: bool) -> dict[str, Any]:
    label = AttendanceWay(there.way).label if there else ""
    return {"member": one, "field": None if fixed else form[f"seat_{one.id}"], "label": label}


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def record_proxy(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One member speaks for another."""
    desk, found = _leading(request, meeting_id)
    form = ProxyForm(request.POST or None)
    return _act(
        desk, found, form, "record_proxy", _("Kuasa sudah dicatat."), _("Catat kuasa"),
        effects=[_("Yang diwakili dihitung hadir, dan suaranya dibawa oleh yang mewakili.")],
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def open_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Begin, once enough are there."""
    desk, found = _leading(request, meeting_id)
    quorum = quorum_now(found)
    said = _("Hadir %(present)s dari %(members)s %(who)s; perlu %(needed)s.") % {
        "present": quorum.present, "members": quorum.members, "needed": quorum.needed, "who": quorum.who,
    }  # fmt: skip
    effects = [said, _("Sesudah ini keputusan dicatat, dan yang sudah hadir tetap dihitung.")]
    form = ActForm(request.POST or None)
    return _act(
        desk, found, form, "open_meeting", _("Rapat dimulai."), _("Mulai rapat"), submit=_("Mulai rapat"),
        effects=effects,
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def adjourn_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Not enough came: a second meeting."""
    desk, found = _leading(request, meeting_id)
    today = today_of(desk, found.cooperative)
    form = AdjournForm(request.POST or None, today=max(today, found.on), at=found.at, where=found.place)
    then = place("meeting", form["record_id"].value()) if form.is_bound and form.is_valid() else ""
    return _act(
        desk, found, form, "adjourn_meeting", _("Rapat ditunda, dan rapat kedua sudah diundang."),
        _("Tunda, undang rapat kedua"), submit=_("Tunda rapat"), then=then,
        effects=[_("Acaranya sama. Rapat kedua sah dengan lebih sedikit yang hadir.")],
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def cancel_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Call it off."""
    desk, found = _leading(request, meeting_id)
    form = CancelForm(request.POST or None)
    return _act(
        desk, found, form, "cancel_meeting", _("Rapat dibatalkan."), _("Batalkan rapat"), submit=_("Batalkan rapat")
    )


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def decide(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """What the members said."""
    desk, found = _leading(request, meeting_id)
    form = DecideForm(request.POST or None, is_annual=found.kind == MeetingKind.ANNUAL)
    effects = [_("Suara paling banyak %s: yang hadir dan diwakili.") % (found.present or 0)]
    return _act(desk, found, form, "decide", _("Keputusan sudah dicatat."), _("Catat keputusan"), effects=effects)


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def elect(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Who was chosen."""
    desk, found = _leading(request, meeting_id)
    form = ElectForm(request.POST or None, on=found.on)
    return _act(desk, found, form, "elect", _("Yang terpilih sudah dicatat."), _("Catat yang terpilih"))


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def close_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The end, and the minutes."""
    desk, found = _leading(request, meeting_id)
    form = CloseForm(request.POST or None)
    return _act(
        desk, found, form, "close_meeting", _("Rapat selesai. Berita acaranya dapat dicetak."), _("Tutup rapat"),
        submit=_("Tutup rapat"), effects=[_("Keputusan dan daftar hadir tidak berubah lagi.")],
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def report_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The outcome reached the office."""
    desk, found = _leading(request, meeting_id)
    form = ReportForm(request.POST or None, today=today_of(desk, found.cooperative))
    return _act(desk, found, form, "report_meeting", _("Laporan sudah dicatat."), _("Catat laporan ke dinas"))


@scoped(P.COOPERATIVE_SEE, methods=BOTH)
def write_report(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The board's or the supervisors' words to the members."""
    desk = as_desk(request)
    found = meeting_of(desk.actor, meeting_id)
    of_auditor = request.GET.get("laporan") == "auditor"
    kind = report_kind(voice_of(desk.actor, found.cooperative), of_auditor=of_auditor)
    if kind is None:
        raise NotFoundOrNotYours
    written = MeetingReport.objects.of(found.cooperative_id).filter(meeting=found, kind=kind).first()
    form = WordsForm(
        request.POST or None, initial={"text": written.text} if written else None, of_auditor=of_auditor
    )  # fmt: skip
    return _act(desk, found, form, "write_report", _("Laporan sudah disimpan."), str(kind.label))
