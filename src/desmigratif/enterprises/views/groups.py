"""Groups: the list, one group, forming one, who joins and who leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.forms import groups as forms
from desmigratif.enterprises.models import Group, Member, Post
from desmigratif.enterprises.queries.groups import group_of, groups_seen, in_order, member_of, members_of
from desmigratif.enterprises.queries.ties import tie_from_register
from desmigratif.enterprises.rules.groups import leaving_on, trades_on
from desmigratif.enterprises.views.common import (
    BOTH,
    MENTOR,
    act_page,
    as_desk,
    group_page,
    mentor_village,
    mentors_a_village,
    only_mentor,
    opened,
    place,
    section_page,
    today_of,
)
from desmigratif.people.models import Resident
from desmigratif.people.queries.by_name import named_in
from desmigratif.regions.queries import village
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 30


@scoped(P.ENTERPRISE_SEE)
def groups(request: HttpRequest) -> HttpResponse:
    """The groups of one's villages."""
    desk = as_desk(request)
    page = Paginator(groups_seen(desk.actor), PER_PAGE).get_page(desk.GET.get("hal"))
    trades = trades_on(today_of(desk, desk.actor.home_code))
    several = len(desk.actor.regions_for(P.ENTERPRISE_SEE)) > 1 or desk.actor.home_code.count(".") < 3
    shown = {
        "recorded": opened(desk, "groups.listed", desk.actor.home_code),
        "rows": [_group_row(one, trades.get(one.trade, ""), several) for one in page],
        "page": page,
        "may_mentor": mentors_a_village(desk),
    }
    return section_page(desk, "groups", "groups", shown)


def _group_row(group: Any, trade: str, several: bool) -> dict[str, Any]:
    facts = [group.product or trade, _("%s anggota") % group.member_count]
    if several:
        facts.append(village(group.village_code).label)
    return {"title": group.name, "detail": " · ".join(facts), "icon": "users", "url": place("group", group.id)}


@scoped(MENTOR, methods=BOTH)
def form_group(request: HttpRequest) -> HttpResponse:
    """Write down a group that people decided on together."""
    desk = as_desk(request)
    code = mentor_village(desk)
    today = today_of(desk, code)
    form = forms.GroupForm(request.POST or None, trades=trades_on(today), today=today)
    return act_page(
        desk, form, "form_group", lambda: {**form.payload(), "village_code": code},
        said=_("Kelompok sudah dicatat. Sekarang tambahkan anggotanya."),
        then=lambda: place("group", form.cleaned_data["record_id"]), title=_("Kelompok baru"), back=place("groups"),
        lead=_("Seperti yang diputuskan bersama dalam musyawarah. Anggotanya ditambahkan sesudah ini."),
    )  # fmt: skip


@scoped(P.ENTERPRISE_SEE)
def group(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """Who belongs to a group and what it does."""
    desk = as_desk(request)
    one = group_of(desk.actor, business_group_id)
    members = in_order(members_of(one))
    subjects = [Subject("resident", each.resident_id) for each in members]
    recorded = opened(desk, "group.opened", one.village_code, Subject("enterprise_group", one.id), *subjects)
    sees_files = desk.actor.may(P.RESIDENT_SEE, one.village_code)
    shown = {
        "recorded": recorded,
        "trade": trades_on(one.formed_on).get(one.trade, ""),
        "members": [_member_row(each, sees_files) for each in members if each.until is None],
        "left": [_member_row(each, sees_files) for each in members if each.until is not None],
        "leaving": leaving_on(today_of(desk, one.village_code)),
    }
    return group_page(desk, "group", one, "group", shown)


def _member_row(member: Member, sees_files: bool) -> dict[str, Any]:
    return {
        "member": member,
        "name": member.resident.shown_name,
        "post": Post(member.post).label,
        "is_officer": member.post != Post.MEMBER,
        "tie": member.get_tie_display(),
        "hamlet": member.resident.household.hamlet,
        "file": member.resident_id if sees_files else None,
    }


@scoped(MENTOR, methods=BOTH)
def join_group(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """Find somebody by name (`?cari=`), then write them down as a member (`?warga=`)."""
    desk = as_desk(request)
    one = group_of(desk.actor, business_group_id)
    only_mentor(desk, one.village_code)
    today = today_of(desk, one.village_code)
    if not desk.GET.get("warga"):
        return _find(desk, one)
    resident = _resident_asked_for(desk, one.village_code)
    form = forms.JoinForm(request.POST or None, today=today, tie=tie_from_register(resident))
    given = {"village_code": one.village_code, "group_id": one.id, "resident_id": resident.id}
    return act_page(
        desk, form, "join_group", lambda: {**form.payload(), **given}, said=_("Anggota sudah masuk kelompok."),
        then=place("group", one.id), back=place("group", one.id),
        title=_("%(name)s masuk %(group)s") % {"name": resident.shown_name, "group": one.name},
    )  # fmt: skip


def _find(desk: DeskRequest, group: Group) -> HttpResponse:
    sought = desk.GET.get("cari", "")
    found = named_in(desk.actor, MENTOR, group.village_code, sought, today=today_of(desk, group.village_code))
    shown = {
        "group": group,
        "sought": sought,
        "found": found,
        "title": _("Tambah anggota"),
        "back": place("group", group.id),
    }
    return render(desk, "enterprises/find.html", shown)


def _resident_asked_for(desk: DeskRequest, village_code: str) -> Resident:
    try:
        resident_id = UUID(desk.GET.get("warga", ""))
    except ValueError:
        raise NotFoundOrNotYours from None
    rows = Resident.objects.in_village(village_code).select_related("household")
    return get_or_refuse(rows, "resident_id", id=resident_id)


@scoped(MENTOR, methods=BOTH)
def change_member(request: HttpRequest, group_member_id: UUID) -> HttpResponse:
    """Another post, or another tie to a migrant."""
    desk = as_desk(request)
    member = member_of(desk.actor, group_member_id)
    only_mentor(desk, member.village_code)
    form = forms.ChangeForm(request.POST or None, post=member.post, tie=member.tie)
    given = {"village_code": member.village_code, "member_id": member.id, "on": today_of(desk, member.village_code)}
    return act_page(
        desk, form, "change_member", lambda: {**form.payload(), **given}, said=_("Sudah disimpan."),
        then=place("group", member.group_id), back=place("group", member.group_id),
        title=_("Tugas %s") % member.resident.shown_name,
    )  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def leave_group(request: HttpRequest, group_member_id: UUID) -> HttpResponse:
    """A member leaves."""
    desk = as_desk(request)
    member = member_of(desk.actor, group_member_id)
    only_mentor(desk, member.village_code)
    today = today_of(desk, member.village_code)
    form = forms.LeaveForm(request.POST or None, reasons=leaving_on(today), today=today)
    given = {"village_code": member.village_code, "member_id": member.id}
    return act_page(
        desk, form, "leave_group", lambda: {**form.payload(), **given}, said=_("Sudah dicatat keluar."),
        then=place("group", member.group_id), back=place("group", member.group_id),
        title=_("%(name)s keluar dari %(group)s") % {"name": member.resident.shown_name, "group": member.group.name},
    )  # fmt: skip
