"""What a group decided, plans, is allowed to do and offers; the permits that end, and the catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.forms import offers as forms
from desmigratif.enterprises.models import Group, Permit, Plan, Product
from desmigratif.enterprises.queries.groups import group_of, members_of
from desmigratif.enterprises.queries.offers import (
    GroupFile,
    facts_of,
    group_file,
    permits_ending,
    product_of,
    products_seen,
)
from desmigratif.enterprises.rules import offers as rules
from desmigratif.enterprises.views.common import (
    BOTH,
    MENTOR,
    act_page,
    as_desk,
    group_page,
    only_mentor,
    opened,
    place,
    section_page,
    today_of,
)
from desmigratif.regions.queries import village
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

PER_PAGE = 30
IN_CATALOGUE = 24


def _at(request: HttpRequest, business_group_id: UUID) -> tuple[DeskRequest, Group, dict[str, Any]]:
    """The group, and what its acts are told beside the form. Raises `NotFoundOrNotYours`."""
    desk = as_desk(request)
    one = group_of(desk.actor, business_group_id)
    only_mentor(desk, one.village_code)
    given = {"village_code": one.village_code, "group_id": one.id, "on": today_of(desk, one.village_code)}
    return desk, one, given


@scoped(P.ENTERPRISE_SEE)
def offers(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """How ready a group is; its plan, permits, products and minutes."""
    desk = as_desk(request)
    one = group_of(desk.actor, business_group_id)
    today = today_of(desk, one.village_code)
    found = group_file(one, list(members_of(one)), today=today)
    shown = {
        "recorded": opened(desk, "group.opened", one.village_code, Subject("enterprise_group", one.id)),
        "found": found, "permits": _permits_of(one, found, today),
    }  # fmt: skip
    return group_page(desk, "offers", one, "offers", shown)


def _permits_of(one: Group, found: GroupFile, today: date) -> list[dict[str, Any]]:
    """Those it has and those it needs, with their state."""
    kinds = rules.permits_on(today)
    rows = []
    for kind in dict.fromkeys([*rules.needed_for(one.trade, on=today), *found.permits]):
        permit = found.permits.get(kind)
        state = rules.permit_state(permit.valid_until, today=today) if permit else rules.MISSING
        rows.append(
            {"kind": kind, "label": kinds[kind]["label"], "issuer": kinds[kind]["issuer"], "permit": permit,
             "citation": kinds[kind]["citation"], "state": rules.STATES[state][0], "word": rules.STATES[state][1]}
        )  # fmt: skip
    return rows


@scoped(MENTOR, methods=BOTH)
def record_deliberation(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """The minutes of a talk."""
    desk, one, given = _at(request, business_group_id)
    form = forms.DeliberationForm(request.POST or None, today=given["on"])
    return act_page(
        desk, form, "record_deliberation", lambda: {**given, **form.payload()}, said=_("Notulen sudah disimpan."),
        then=place("offers", one.id), back=place("offers", one.id), title=_("Musyawarah %s") % one.name,
    )  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def record_plan(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """The plan, and the cash that it would leave month by month."""
    desk, one, given = _at(request, business_group_id)
    before = Plan.objects.in_village(one.village_code).filter(group=one, is_latest=True).first()
    flow = rules.cash_flow(facts_of(before)) if before else None
    form = forms.PlanForm(request.POST or None, before=before)
    return act_page(
        desk, form, "record_plan", lambda: {**given, **form.payload()}, said=_("Rencana sudah disimpan."),
        then=place("record_plan", one.id), back=place("offers", one.id), title=_("Rencana usaha %s") % one.name,
        template="plan", flow=flow, picture=rules.picture_of(flow) if flow else None, plan=before, group=one,
    )  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def record_permit(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """A permit that the group got, or got anew; `?izin=` says which."""
    desk, one, given = _at(request, business_group_id)
    kinds = rules.permits_on(given["on"])
    form = forms.PermitForm(request.POST or None, kinds=kinds, asked=desk.GET.get("izin", ""))
    return act_page(
        desk, form, "record_permit", lambda: {**given, **form.payload()}, said=_("Izin sudah disimpan."),
        then=place("offers", one.id), back=place("offers", one.id), title=_("Izin %s") % one.name,
    )  # fmt: skip


@scoped(MENTOR, methods=BOTH)
def add_product(request: HttpRequest, business_group_id: UUID) -> HttpResponse:
    """Something the group sells."""
    desk, one, given = _at(request, business_group_id)
    form = forms.ProductForm(request.POST or None, files=request.FILES or None, before=None)
    return _product_page(desk, form, one, given, title=_("Produk baru %s") % one.name)


@scoped(MENTOR, methods=BOTH)
def change_product(request: HttpRequest, group_product_id: UUID) -> HttpResponse:
    """Another price, photo or name; or it is not sold any more."""
    desk = as_desk(request)
    product = product_of(desk.actor, group_product_id)
    _desk, one, given = _at(request, product.group_id)
    form = forms.ProductForm(request.POST or None, files=request.FILES or None, before=product)
    given["product_id"] = product.id
    return _product_page(desk, form, one, given, title=_("Ubah %s") % product.name)


def _product_page(
    desk: DeskRequest, form: forms.ProductForm, one: Group, given: dict[str, Any], *, title: str
) -> HttpResponse:
    return act_page(
        desk, form, "record_product", lambda: {**form.payload(), **given}, said=_("Produk sudah disimpan."),
        then=place("offers", one.id), back=place("offers", one.id), title=title,
    )  # fmt: skip


@scoped(P.ENTERPRISE_SEE)
def permits(request: HttpRequest) -> HttpResponse:
    """Permits that are over or soon will be, the most urgent first."""
    desk = as_desk(request)
    today = today_of(desk, desk.actor.home_code)
    page = Paginator(permits_ending(desk.actor, today=today), PER_PAGE).get_page(desk.GET.get("hal"))
    kinds = rules.permits_on(today)
    shown = {"rows": [_permit_row(one, kinds, today) for one in page], "page": page}
    return section_page(desk, "permits", "permits", shown)


def _permit_row(one: Permit, kinds: Any, today: date) -> dict[str, Any]:
    state, label = rules.STATES[rules.permit_state(one.valid_until, today=today)]
    said = kinds[one.kind]["label"] if one.kind in kinds else one.kind
    until = format_date(one.valid_until) if one.valid_until else _("tanpa batas")
    return {
        "title": _("%(permit)s %(group)s") % {"permit": said, "group": one.group.name},
        "detail": _("berlaku sampai %s") % until, "icon": "certificate", "url": place("group", one.group_id),
        "states": [{"name": state, "label": label}],
    }  # fmt: skip


@scoped(P.ENTERPRISE_SEE)
def catalogue(request: HttpRequest) -> HttpResponse:
    """What the groups sell, to print and to share as text; `?kelompok=` only one."""
    desk = as_desk(request)
    rows = products_seen(desk.actor)
    asked = desk.GET.get("kelompok", "")
    only = _asked_group(desk, asked) if asked else None
    if only is not None:
        rows = rows.filter(group=only)
    page = Paginator(rows, IN_CATALOGUE).get_page(desk.GET.get("hal"))
    products = list(page)
    shown = {
        "products": products, "page": page, "only": only, "text": _as_text(products, only),
        "page_query": f"kelompok={asked}&" if only else "",
    }  # fmt: skip
    return section_page(desk, "catalogue", "catalogue", shown)


def _asked_group(desk: DeskRequest, text: str) -> Group | None:
    try:
        return group_of(desk.actor, UUID(text))
    except ValueError:
        return None


def _as_text(products: list[Product], only: Group | None) -> str:
    """What one pastes into a message."""
    lines: list[str] = []
    group = None
    for one in products:
        if one.group_id != group:
            group = one.group_id
            lines += ["", f"{one.group.name}, {village(one.village_code).label}"]
        about = f" ({one.about})" if one.about else ""
        lines.append(f"- {one.name}: {format_rupiah(one.price_rupiah)} per {one.unit}{about}")
    if not lines:
        return ""
    return "\n".join(
        [_("Produk keluarga pekerja migran:"), *lines, "", _("Pesan lewat balai desa atau pengurus kelompok.")]
    )
