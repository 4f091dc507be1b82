"""The register: list, joining, a member's page, who stands beside them, the printed register."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.keys.subject_keys import key_of, load_keys
from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative import sealing
from desmigratif.cooperative.forms.members.register import ApplyForm, ConnectForm, OnDayForm, OpenSavingsForm
from desmigratif.cooperative.models import (
    ConnectedPerson,
    Cooperative,
    Member,
    MemberStatus,
)
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.members.register import member_of
from desmigratif.cooperative.queries.overview import arrears_of_all
from desmigratif.cooperative.queries.savings.accounts import (
    MemberSavings,
    held_of,
    owed_to,
    products_offered,
    savings_of,
)
from desmigratif.cooperative.queries.till import slips_of_member
from desmigratif.cooperative.rules.labels import LEFT_REASONS
from desmigratif.cooperative.rules.members.membership import reasons_not_to_stay_candidate
from desmigratif.cooperative.views.common import (
    MEMBER_STATES,
    act_page,
    as_desk,
    families_of,
    may,
    member_strip,
    only_with,
    opened,
    owed_rows,
    page,
    place,
    today_of,
)
from desmigratif.cooperative.views.goals import account_rows
from desmigratif.cooperative.views.hand_overs import asked_for, lead_of, purpose_of
from desmigratif.cooperative.views.loans.words import rows_of_member
from desmigratif.cooperative.views.sharia.saved import member_share_rows
from desmigratif.cooperative.views.till.slips import slip_row
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date

BOTH = ("GET", "POST")
PER_PAGE = 50
LAST_SLIPS = 8
FILTERS = (("", "Semua"), ("calon", "Calon"), ("menunggak", "Menunggak wajib"), ("keluar", "Sudah keluar"))


@scoped(P.COOPERATIVE_SEE)
def members(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Everybody of the register, found by name or number."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    behind = arrears_of_all(found, today_of(desk, found))
    chosen, text = request.GET.get("pilih", ""), request.GET.get("q", "").strip()[:60]
    rows = Paginator(_chosen(found, chosen, text, behind), PER_PAGE).get_page(request.GET.get("hal"))
    here = place("members", found.id)
    families = families_of(rows, today_of(desk, found)) if chosen == "menunggak" else {}
    shown = {
        "recorded": opened(desk, found, "members.listed"),
        "page": rows,
        "page_query": f"q={text}&pilih={chosen}&",
        "rows": [_list_row(one, behind.get(one.id, 0), families.get(one.id, [])) for one in rows],
        "with_family": chosen == "menunggak",
        "chips": [
            {"label": label, "url": f"{here}?pilih={code}", "current": code == chosen} for code, label in FILTERS
        ],
        "search": text,
        "may_manage": may(desk, found, P.MEMBER_MANAGE),
    }
    return page(desk, "members/members", found, "members", shown)


def _chosen(found: Cooperative, chosen: str, text: str, behind: dict[UUID, int]) -> QuerySet[Member]:
    rows = Member.objects.of(found).order_by("number", "name", "id")
    if chosen == "calon":
        rows = rows.filter(status=MemberStatus.CANDIDATE)
    elif chosen == "keluar":
        rows = rows.filter(status=MemberStatus.LEFT)
    elif chosen == "menunggak":
        rows = rows.filter(id__in=behind).select_related("resident")
    if text.isdigit():
        return rows.filter(number=int(text[:9]))
    return rows.filter(name__icontains=text) if text else rows


def _list_row(one: Member, owed: int, family: list[dict[str, str]]) -> dict[str, Any]:
    status = MemberStatus(one.status)
    return {
        "number": one.number, "name": one.name, "url": place("member", one.id), "joined_on": one.joined_on,
        "state": MEMBER_STATES[status], "status": status.label, "owed": owed, "family": family,
    }  # fmt: skip


@scoped(P.MEMBER_MANAGE, methods=BOTH)
def apply(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Write somebody down as a candidate."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.MEMBER_MANAGE)
    handed = asked_for(desk, found)
    name = handed.resident.name.title() if handed and handed.resident else ""
    form = ApplyForm(request.POST or None, today=today_of(desk, found), name=name)
    id = form["record_id"].value()
    return act_page(
        desk, form, "apply_for_membership", form.payload, cooperative=found,
        said=_("Calon anggota sudah dicatat. Berikutnya: simpanan pokok di kas."),
        then=place("member", id) if form.is_bound and form.is_valid() else "", back=place("members", found.id),
        title=_("Calon anggota baru"), lead=_("Isi menurut KTP. NIK disimpan terkunci."),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """One member: status, savings, what is open, who stands beside them, the last slips."""
    desk = as_desk(request)
    one = member_of(desk.actor, member_id)
    found, today = one.cooperative, today_of(desk, one.cooperative)
    recorded = opened(desk, found, "member.opened", Subject("member", one.id))
    savings = savings_of(found, one, today)
    slips = slips_of_member(one)
    shown = {
        "recorded": recorded,
        "member": one,
        "person": member_strip(one),
        "savings": savings,
        "held": held_of(found, one.id),
        "accounts": account_rows(found, savings, today),
        "facts": _facts(one) if recorded else [],
        "loans": rows_of_member(found, one.id, today),
        "owed": owed_rows(owed_to(found, one)),
        "has_left": one.status == MemberStatus.LEFT,
        "connected": [_connected_row(each) for each in one.connected.of(found).order_by("since", "id")],
        "slips": [slip_row(slip) for slip in slips[:LAST_SLIPS]],
        "has_slips": bool(slips),
        "too_long": _too_long(one, today),
        "family": families_of([one], today).get(one.id, []),
        "is_linked": one.resident_id is not None,
        "is_candidate": one.status == MemberStatus.CANDIDATE,
        "is_member": one.status == MemberStatus.MEMBER,
        "may_manage": may(desk, found, P.MEMBER_MANAGE),
        "may_take": may(desk, found, P.MONEY_TAKE),
        "may_approve": may(desk, found, P.MONEY_APPROVE),
    }
    return page(desk, "members/member", found, "members", shown)


def _too_long(one: Member, today: date) -> str:
    """What must be decided of a candidate who waited too long."""
    if one.status != MemberStatus.CANDIDATE:
        return ""
    reasons = reasons_not_to_stay_candidate(one.applied_on, today)
    return f"{reasons[0].text} {reasons[0].way_out}" if reasons else ""


def _facts(one: Member) -> list[dict[str, str | None]]:
    key = key_of(one.id)
    details, nik = sealing.open_details(one, key), sealing.open_nik(one, key)
    born = details.get("birth_date")
    sex = {"M": _("Laki-laki"), "F": _("Perempuan")}.get(details.get("sex", ""))
    return [
        {"label": _("NIK"), "value": f"•••• {nik[-4:]}" if nik else None},
        {"label": _("Tempat lahir"), "value": details.get("birth_place")},
        {"label": _("Tanggal lahir"), "value": format_date(date.fromisoformat(born)) if born else None},
        {"label": _("Jenis kelamin"), "value": sex},
        {"label": _("Pekerjaan"), "value": details.get("occupation")},
        {"label": _("Alamat"), "value": details.get("address")},
        {"label": _("Mendaftar"), "value": format_date(one.applied_on)},
    ]


def _connected_row(each: ConnectedPerson) -> dict[str, Any]:
    where = country_name(each.country) if each.country else ""
    return {
        "kind": each.get_kind_display(), "name": each.name, "until": each.until,
        "detail": ", ".join(filter(None, (each.relation, where))),
        "end_url": place("disconnect", each.id) if each.until is None else "",
    }  # fmt: skip


def _managed(request: HttpRequest, member_id: UUID, permission: P) -> tuple[DeskRequest, Member]:
    desk = as_desk(request)
    one = member_of(desk.actor, member_id)
    only_with(desk, one.cooperative, permission)
    return desk, one


@scoped(P.MEMBER_MANAGE, methods=BOTH)
def admit(request: HttpRequest, candidate_id: UUID) -> HttpResponse:
    """Make a candidate a member."""
    desk, one = _managed(request, candidate_id, P.MEMBER_MANAGE)
    form = OnDayForm(request.POST or None, today=today_of(desk, one.cooperative))
    return act_page(
        desk, form, "admit_member", lambda: {**form.payload(), "member_id": one.id}, cooperative=one.cooperative,
        said=_("%s sudah menjadi anggota.") % one.name, then=place("member", one.id), title=_("Terima jadi anggota"),
        lead=_("Nomor anggota diberikan otomatis."), person=member_strip(one),
    )  # fmt: skip


@scoped(P.MEMBER_MANAGE, methods=BOTH)
def connect(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Heir, proxy or payer."""
    desk, one = _managed(request, member_id, P.MEMBER_MANAGE)
    form = ConnectForm(request.POST or None, today=today_of(desk, one.cooperative))
    return act_page(
        desk, form, "connect_person", lambda: {**form.payload(), "member_id": one.id}, cooperative=one.cooperative,
        said=_("Sudah dicatat."), then=place("member", one.id), title=_("Ahli waris, kuasa, atau pembayar"),
        person=member_strip(one),
    )  # fmt: skip


@scoped(P.MEMBER_MANAGE, methods=BOTH)
def disconnect(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    """From today on they stand beside the member no more."""
    desk = as_desk(request)
    rows = ConnectedPerson.objects.visible_to(desk.actor).select_related("member", "cooperative")
    each = get_or_refuse(rows, "connection_id", id=connection_id)
    only_with(desk, each.cooperative, P.MEMBER_MANAGE)
    form = OnDayForm(request.POST or None, today=today_of(desk, each.cooperative))
    return act_page(
        desk, form, "disconnect_person", lambda: {**form.payload(), "connection_id": each.id},
        cooperative=each.cooperative, said=_("Sudah diakhiri."), then=place("member", each.member_id),
        title=_("Akhiri: %s") % each.name, lead=_("Catatannya tetap ada untuk masa itu."),
        person=member_strip(each.member),
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def open_savings(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Savings in one of the products."""
    desk, one = _managed(request, member_id, P.MONEY_TAKE)
    today = today_of(desk, one.cooperative)
    handed = asked_for(desk, one.cooperative)
    form = OpenSavingsForm(
        request.POST or None, today=today, products=products_offered(one.cooperative, today),
        purpose=purpose_of(handed),
    )  # fmt: skip
    more = {"member_id": one.id, "hand_over_id": handed.id if handed else None}
    return act_page(
        desk, form, "open_savings_account", lambda: {**form.payload(), **more}, lead=lead_of(handed),
        cooperative=one.cooperative, said=_("Simpanan sudah dibuka. Setorannya di kas."),
        then=place("counter", one.id), back=place("member", one.id), title=_("Buka simpanan"),
        person=member_strip(one),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def passbook(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """The member's book, a code on every line, to print."""
    desk = as_desk(request)
    one = member_of(desk.actor, member_id)
    found = one.cooperative
    recorded = opened(desk, found, "member.passbook_opened", Subject("member", one.id))
    savings: MemberSavings = savings_of(found, one, today_of(desk, found))
    names = {each.account.id: each.account.product.name for each in savings.accounts}
    slips = sorted(slips_of_member(one), key=lambda slip: (slip.number, slip.id))
    shown = {
        "recorded": recorded, "member": one, "person": member_strip(one), "savings": savings,
        "rows": [slip_row(slip, names) for slip in slips],
        "profit_shares": member_share_rows(found, one) if found.sharia_since else [],
    }  # fmt: skip
    return page(desk, "members/passbook", found, "members", shown)


@scoped(P.MEMBER_MANAGE)
def register(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """The printed register with the columns of the law; full NIK, so the look is recorded or nothing is shown."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.MEMBER_MANAGE)
    recorded = opened(desk, found, "members.register_printed")
    rows = list(Member.objects.of(found).exclude(status=MemberStatus.CANDIDATE).order_by("number")) if recorded else []
    keys = load_keys(one.id for one in rows)
    shown = {"recorded": recorded, "rows": [_register_row(one, keys.get(one.id)) for one in rows]}
    return page(desk, "members/register", found, "members", shown)


def _register_row(one: Member, key: bytes | None) -> dict[str, Any]:
    details = sealing.open_details(one, key)
    born = details.get("birth_date")
    return {
        "member": one, "nik": sealing.open_nik(one, key) or "",
        "sex": {"M": "L", "F": "P"}.get(details.get("sex", ""), ""),
        "born": ", ".join(
            filter(None, (details.get("birth_place"), f"{date.fromisoformat(born):%d-%m-%Y}" if born else ""))
        ),
        "occupation": details.get("occupation", ""), "address": details.get("address", ""),
        "left_reason": LEFT_REASONS.get(one.left_reason, ""),
    }  # fmt: skip
