"""A unit's surplus on its way to the members' meeting of its cooperative: what there is, offered, taken in, undone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.cooperative.forms.year import handing_up as forms
from desmigratif.cooperative.models import Cooperative, HandUpStatus, UnitSurplus
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.year.handing_up import Origin, hand_ups_of, is_decided, surplus_in, waiting_of
from desmigratif.cooperative.queries.year.statements import years_of
from desmigratif.cooperative.rules.year.handing_up import Waiting, reasons_not_to_hand_up
from desmigratif.cooperative.views.common import act_page, as_desk, may, only_with, opened, page, place, today_of
from desmigratif.cooperative.views.year.statements import asked_year
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")
STATES = {HandUpStatus.OFFERED: "cek", HandUpStatus.TAKEN: "aman", HandUpStatus.REVERSED: "tidaktahu"}
NOT_A_UNIT = Reason("no_unit", "Ini bukan unit; SHU-nya langsung menunggu rapat anggota.")
TREASURER_FIRST = Reason(
    "treasurer_first", "Bendahara yang menyerahkan SHU unit.", way_out="Sesudah itu pengurus memeriksa dan menerimanya."
)


def unit_page(desk: DeskRequest, unit: Cooperative, head: Cooperative) -> HttpResponse:
    """The surplus of a unit: what the year left, what went up, and the one next step."""
    today = today_of(desk, unit)
    years = years_of(unit, today)
    year = asked_year(desk, years)
    waiting = waiting_of(unit, head, year, today)
    ups = hand_ups_of(unit)
    reasons = reasons_not_to_hand_up(waiting)
    last = next((one for one in ups if one.status != HandUpStatus.REVERSED), None)
    is_settled = last is not None and (waiting.is_decided if last.year == year else is_decided(head, last.year))
    offered = next((one for one in ups if one.year == year and one.status == HandUpStatus.OFFERED), None)
    shown = {
        "recorded": opened(desk, unit, "surplus.opened"), "year": year, "years": years, "head": head,
        "facts": _facts(waiting, surplus_in(unit, year)),
        "ups": [_up_row(desk, one, may_undo=one is last and not is_settled) for one in ups],
        "reasons": [one for one in reasons if one.code != "handed_up_already"] if year < today.year else [],
        "head_url": f"{place('surplus', head.id)}?tahun={year}", "act_url": f"{place('hand_up', unit.id)}?tahun={year}",
        "may_offer": not reasons and may(desk, unit, P.BOOKS_POST),
        "may_take_in": offered is not None and may(desk, unit, P.MONEY_APPROVE) and offered.offered_by != desk.actor.id,
    }  # fmt: skip
    return page(desk, "year/unit_surplus", unit, "books", shown)


def _facts(waiting: Waiting, earned: int) -> list[dict[str, Any]]:
    facts = [{"label": _("Rugi tahun ini") if earned < 0 else _("SHU tahun ini"), "value": format_rupiah(abs(earned))}]
    if waiting.is_closed and waiting.surplus not in (0, earned):
        facts.append({"label": _("Dengan tahun sebelumnya"), "value": format_rupiah(waiting.surplus)})
    return [*facts, {"label": _("Dibagi oleh"), "value": _("rapat anggota %s") % waiting.head}]


def _up_row(desk: DeskRequest, one: UnitSurplus, *, may_undo: bool) -> dict[str, Any]:
    said = _("diserahkan %s") % format_date(one.offered_on)
    if one.taken_on is not None:
        said += _(", di kedua buku %s") % format_date(one.taken_on)
    if one.reversed_on is not None:
        said += _(", dibatalkan %(day)s: %(why)s") % {"day": format_date(one.reversed_on), "why": one.reverse_reason}
    may_undo = may_undo and may(desk, one.cooperative, P.MONEY_APPROVE) and one.taken_by != desk.actor.id
    url = f"{place('hand_up', one.cooperative_id)}?tahun={one.year}&langkah=batal"
    return {
        "one": one, "said": said, "state": STATES[HandUpStatus(one.status)], "word": one.get_status_display(),
        "undo_url": url if may_undo else "",
    }  # fmt: skip


def origin_rows(origins: list[Origin], year: int) -> list[dict[str, Any]]:
    """Where the surplus of a cooperative with units came from, each with its state; nothing without units."""
    if len(origins) < 2:
        return []
    return [
        {
            "name": one.books.name, "rupiah": one.rupiah, "said": _said(one, is_head=one is origins[0]),
            "url": "" if one is origins[0] else f"{place('surplus', one.books.id)}?tahun={year}",
        }
        for one in origins
    ]  # fmt: skip


def _said(one: Origin, *, is_head: bool) -> str:
    if one.up is not None and one.up.taken_on is not None:
        return _("diserahkan %s") % format_date(one.up.taken_on)
    if not one.is_closed:
        return _("tahunnya belum ditutup")
    return _("buku induk") if is_head else _("belum diserahkan") if one.is_waiting else _("tidak ada yang diserahkan")


# --- the acts ---


@scoped(P.MONEY_APPROVE, methods=BOTH)
def hand_up(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """The next step of a unit's surplus: the treasurer offers it, another takes it in; `?langkah=batal` undoes it."""
    desk = as_desk(request)
    unit = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, unit, P.MONEY_APPROVE)
    head = unit.parent
    if head is None:
        return _nothing(desk, unit, [NOT_A_UNIT])
    year = asked_year(request, years_of(unit, today_of(desk, unit)))
    up = next((one for one in hand_ups_of(unit) if one.year == year and one.status != HandUpStatus.REVERSED), None)
    if up is not None and request.GET.get("langkah") == "batal":
        return _take_back(desk, unit, up)
    if up is not None and up.status == HandUpStatus.OFFERED:
        return _take_in(desk, unit, head, up)
    return _offer(desk, unit, head, year)


def _here(unit: Cooperative, year: int) -> str:
    return f"{place('surplus', unit.id)}?tahun={year}"


def _nothing(desk: DeskRequest, unit: Cooperative, reasons: list[Reason]) -> HttpResponse:
    """The step cannot be done: only why, and the way back."""
    form = forms.OfferForm(None)
    form.refuse(tuple(reasons))
    return act_page(
        desk, form, "hand_up_surplus", form.payload, cooperative=unit, said="", then=place("surplus", unit.id),
        title=_("Serahkan SHU unit"), nothing_to_do=True,
    )  # fmt: skip


def _offer(desk: DeskRequest, unit: Cooperative, head: Cooperative, year: int) -> HttpResponse:
    if not may(desk, unit, P.BOOKS_POST):
        return _nothing(desk, unit, [TREASURER_FIRST])
    waiting = waiting_of(unit, head, year, today_of(desk, unit))
    if reasons := reasons_not_to_hand_up(waiting):
        return _nothing(desk, unit, reasons)
    form = forms.OfferForm(desk.POST or None)
    return act_page(
        desk, form, "hand_up_surplus", lambda: {**form.payload(), "year": year}, cooperative=unit,
        then=_here(unit, year), said=_("SHU unit sudah diserahkan. Orang kedua memeriksa lalu menerimanya."),
        title=_("Serahkan SHU %s") % year, submit=_("Serahkan ke induk"),
        effects=[
            _sum_said(waiting.surplus, unit.name), _("Orang kedua memeriksa, lalu keduanya masuk ke buku."),
            _("Anggota membaginya di rapat %s.") % head.name,
        ],
    )  # fmt: skip


def _sum_said(rupiah: int, unit: str) -> str:
    said = {"sum": format_rupiah(abs(rupiah)), "unit": unit}
    if rupiah < 0:
        return _("Rugi %(unit)s %(sum)s mengurangi SHU yang dibagi.") % said
    return _("SHU %(unit)s %(sum)s menambah SHU yang dibagi.") % said


def _take_in(desk: DeskRequest, unit: Cooperative, head: Cooperative, up: UnitSurplus) -> HttpResponse:
    form = forms.TakeInForm(desk.POST or None, today=today_of(desk, unit))
    said = {"unit": unit.name, "head": head.name}
    owes = _("%(head)s berutang kepada %(unit)s sebesar itu.") if up.rupiah < 0 else _(
        "%(unit)s berutang kepada %(head)s sebesar itu, sampai uangnya dipindahkan."
    )  # fmt: skip
    return act_page(
        desk, form, "take_in_surplus", lambda: {**form.payload(), "hand_up_id": up.id}, cooperative=unit,
        then=_here(unit, up.year), said=_("SHU unit sudah ada di kedua buku."),
        title=_("Terima SHU %(year)s dari %(unit)s") % {"year": up.year, "unit": unit.name}, submit=_("Terima"),
        effects=[_sum_said(up.rupiah, unit.name), owes % said, _("Yang menerima bukan orang yang menyerahkan.")],
    )  # fmt: skip


def _take_back(desk: DeskRequest, unit: Cooperative, up: UnitSurplus) -> HttpResponse:
    form = forms.TakeBackForm(desk.POST or None, today=today_of(desk, unit))
    return act_page(
        desk, form, "take_back_surplus", lambda: {**form.payload(), "hand_up_id": up.id}, cooperative=unit,
        then=_here(unit, up.year), said=_("Penyerahan sudah dibatalkan."), submit=_("Batalkan penyerahan"),
        title=_("Batalkan penyerahan SHU %s") % up.year,
        lead=_("Yang sudah dibukukan dibalik dengan catatan baru di kedua buku; tidak ada yang dihapus."),
    )  # fmt: skip
