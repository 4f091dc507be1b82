"""Groups of members and the delegates whom they send to a members' meeting."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.annual.delegates import ChosenForm, GroupForm
from desmigratif.cooperative.models import Attendance, DelegateGroup, Meeting, MeetingStatus
from desmigratif.cooperative.queries.annual.delegates import GroupStanding, group_of, groups_of, left_out, numbers_on
from desmigratif.cooperative.queries.annual.meeting import meeting_of
from desmigratif.cooperative.rules.annual.delegates import as_written, modelled, spans_of
from desmigratif.cooperative.views.annual.meeting import name_of
from desmigratif.cooperative.views.common import act_page, as_desk, may, only_with, opened, page, place, today_of
from desmigratif.documents.acting import ActForm
from desmigratif.shared.reasons import NotFoundOrNotYours

BOTH = ("GET", "POST")
MOST_TOLD = 12


@scoped(P.COOPERATIVE_SEE)
def delegates(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The groups of one meeting, whom each sends, and who is in none."""
    desk = as_desk(request)
    found = _of_delegates(meeting_of(desk.actor, meeting_id))
    groups = groups_of(found)
    missing = left_out(found, groups)
    members = len(numbers_on(found))
    shown = {
        "recorded": opened(desk, found.cooperative, "meeting.delegates_listed", Subject("meeting", found.id)),
        "meeting": found, "name": name_of(found), "groups": groups, "members": members,
        "missing": as_written(spans_of(missing)[:MOST_TOLD]), "missing_count": len(missing),
        "is_small": modelled(members, found.on) == 0,
        "may_change": _may_change(found) and may(desk, found.cooperative, P.COOPERATIVE_SET_UP),
    }  # fmt: skip
    return page(desk, "annual/delegates", found.cooperative, "meetings", shown)


def _of_delegates(found: Meeting) -> Meeting:
    if found.delegates_each is None:
        raise NotFoundOrNotYours
    return found


def _may_change(found: Meeting) -> bool:
    has_come = Attendance.objects.of(found.cooperative_id).filter(meeting=found).exists()
    return found.status == MeetingStatus.CALLED and not has_come


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def form_delegate_group(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Which members choose together."""
    desk = as_desk(request)
    found = _of_delegates(meeting_of(desk.actor, meeting_id))
    only_with(desk, found.cooperative, P.COOPERATIVE_SET_UP)
    form = GroupForm(request.POST or None)
    missing = left_out(found, groups_of(found))
    told = _("%(name)s. Belum masuk kelompok: nomor %(numbers)s.") % {
        "name": name_of(found), "numbers": as_written(spans_of(missing)[:MOST_TOLD]),
    }  # fmt: skip
    return act_page(
        desk, form, "form_delegate_group", lambda: {"meeting_id": found.id, **form.payload()},
        cooperative=found.cooperative, said=_("Kelompok sudah dicatat."), then=place("delegates", found.id),
        title=_("Tambah kelompok"), lead=told if missing else name_of(found),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def change_delegate_group(request: HttpRequest, delegate_group_id: UUID) -> HttpResponse:
    """Mend which members choose together."""
    desk = as_desk(request)
    group = group_of(desk.actor, delegate_group_id)
    found = group.meeting
    only_with(desk, found.cooperative, P.COOPERATIVE_SET_UP)
    form = GroupForm(request.POST or None, initial={"name": group.name, "numbers": as_written(group.numbers)})
    effects = [_("Bila nomornya berubah, delegasi yang sudah dipilih dicatat lagi.")] if group.met_on else []
    return act_page(
        desk, form, "change_delegate_group", lambda: {**form.payload(), "group_id": group.id},
        cooperative=found.cooperative, said=_("Kelompok sudah diubah."), then=place("delegates", found.id),
        title=_("Ubah anggota kelompok %s") % group.name, lead=name_of(found), effects=effects,
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def choose_delegates(request: HttpRequest, delegate_group_id: UUID) -> HttpResponse:
    """What a group's own meeting said."""
    desk = as_desk(request)
    group = group_of(desk.actor, delegate_group_id)
    found = group.meeting
    only_with(desk, found.cooperative, P.COOPERATIVE_SET_UP)
    standing = _standing(group)
    numbers = [one.member.number for one in standing.delegates if one.member.number]
    form = ChosenForm(
        request.POST or None, group=group, seats=standing.seats, delegates=numbers,
        today=min(today_of(desk, found.cooperative), found.on),
    )  # fmt: skip
    said = _("%(name)s. Kelompok ini %(members)s anggota: nomor %(numbers)s.") % {
        "name": name_of(found), "members": standing.members, "numbers": standing.written,
    }  # fmt: skip
    return act_page(
        desk, form, "choose_delegates", lambda: {"group_id": group.id, **form.payload()},
        cooperative=found.cooperative, said=_("Delegasi sudah dicatat."), then=place("delegates", found.id),
        title=_("Hasil rapat kelompok %s") % group.name, lead=said,
    )  # fmt: skip


def _standing(group: DelegateGroup) -> GroupStanding:
    return next(one for one in groups_of(group.meeting) if one.group.id == group.id)


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def drop_delegate_group(request: HttpRequest, delegate_group_id: UUID) -> HttpResponse:
    """Take a group back."""
    desk = as_desk(request)
    group = group_of(desk.actor, delegate_group_id)
    found = group.meeting
    only_with(desk, found.cooperative, P.COOPERATIVE_SET_UP)
    form = ActForm(request.POST or None)
    return act_page(
        desk, form, "drop_delegate_group", lambda: {"group_id": group.id}, cooperative=found.cooperative,
        said=_("Kelompok sudah dihapus."), then=place("delegates", found.id),
        title=_("Hapus kelompok %s") % group.name, lead=name_of(found), submit=_("Hapus kelompok"),
        effects=[_("Delegasi yang dipilih kelompok ini ikut terhapus.")],
    )  # fmt: skip
