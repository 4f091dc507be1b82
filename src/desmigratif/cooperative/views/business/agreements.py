"""An agreement on capital as a sheet to print, its end, and a saver's part going to somebody else."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.forms.business.agreements import CloseAgreementForm, PassOnForm
from desmigratif.cooperative.models import CapitalAgreement
from desmigratif.cooperative.queries.business.businesses import (
    StandingStake,
    agreement_of,
    held_by,
    next_result_day,
    saver_of,
    stake_of,
    stakes_of,
)
from desmigratif.cooperative.rules.business import CITATION
from desmigratif.cooperative.views.common import (
    act_page,
    as_desk,
    may,
    only_with,
    opened,
    page,
    place,
    today_of,
)
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")


def _theirs(agreement: CapitalAgreement) -> list[StandingStake]:
    return [one for one in stakes_of(agreement.business) if one.stake.agreement_id == agreement.id]


def _subjects(stakes: list[StandingStake]) -> list[Subject]:
    return [Subject("member", one.stake.member_id) for one in stakes if one.stake.member_id]


@scoped(P.COOPERATIVE_SEE)
def agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Who put in how much, what it earned or lost, what is left: to print and to sign."""
    desk = as_desk(request)
    one = agreement_of(desk.actor, agreement_id)
    found, stakes = one.cooperative, _theirs(one)
    subjects = [Subject("capital_agreement", one.id), *_subjects(stakes)]
    shown = {
        "recorded": opened(desk, found, "business.agreement_opened", *subjects), "agreement": one,
        "business": one.business, "citation": CITATION, "may_set_up": may(desk, found, P.COOPERATIVE_SET_UP),
        "rows": [_row(each) for each in stakes],
        "left": sum(each.capital_rupiah for each in stakes), "waiting": sum(each.waiting_rupiah for each in stakes),
    }  # fmt: skip
    return page(desk, "business/agreement", found, "businesses", shown)


def _row(one: StandingStake) -> dict[str, Any]:
    return {"standing": one, "pass_on": place("pass_on_stake", one.stake.id) if one.capital_rupiah else ""}


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def pass_on_stake(request: HttpRequest, stake_id: UUID) -> HttpResponse:
    """A saver's capital becomes somebody else's: sold, given, or inherited."""
    desk = as_desk(request)
    stake = stake_of(desk.actor, stake_id)
    found = stake.cooperative
    only_with(desk, found, P.COOPERATIVE_SET_UP)
    capital = held_by(found, "participation_capital", [stake.id]).get(stake.id, 0)
    form = PassOnForm(request.POST or None, today=today_of(desk, found), cooperative=found, capital=capital)
    subjects = [Subject("member", stake.member_id)] if stake.member_id else []
    return act_page(
        desk, form, "pass_on_stake", lambda: {**form.payload(), "stake_id": stake.id}, cooperative=found,
        said=_("Modal sudah beralih. Cetak buktinya untuk ditandatangani."), submit=_("Alihkan"),
        then=place("move", form["record_id"].value()) if form.is_bound else "",
        back=place("agreement", stake.agreement_id), title=_("Alihkan modal: %s") % saver_of(stake),
        lead=_("Modalnya sekarang %s. Penerimanya ikut untung dan menanggung rugi seperti penyerta lama.")
        % format_rupiah(capital),
        effects=[
            _("Tidak ada uang yang lewat kas; bayar-membayar di antara mereka sendiri."),
            _("Bagi hasil yang belum diambil tetap milik penyerta lama; bila diwariskan, ikut beralih."),
        ],
        recorded=opened(desk, found, "business.opened", *subjects),
    )  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def close_agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """The end of an agreement: the last result is shared, then what is left goes back at the till."""
    desk = as_desk(request)
    one = agreement_of(desk.actor, agreement_id)
    found = one.cooperative
    only_with(desk, found, P.COOPERATIVE_SET_UP)
    today, stakes = today_of(desk, found), _theirs(one)
    form = CloseAgreementForm(request.POST or None, today=today)
    return act_page(
        desk, form, "close_agreement", lambda: {**form.payload(), "agreement_id": one.id}, cooperative=found,
        said=_("Perjanjian sudah ditutup. Sisa modal dikembalikan lewat kas atau bank."), submit=_("Tutup perjanjian"),
        then=place("agreement", one.id), title=_("Tutup perjanjian %s") % one.number,
        lead=_last_words(next_result_day(one.business), today), effects=_effects(stakes),
        recorded=opened(desk, found, "business.agreement_opened", Subject("capital_agreement", one.id)),
    )  # fmt: skip


def _last_words(first_on: date, today: date) -> str:
    if first_on > today:
        return _("Hasil usaha sampai hari ini sudah dicatat.")
    return _("Hasil usaha dari %s sampai hari ini belum dicatat; tulis di sini bila ada.") % format_date(first_on)


def _effects(stakes: list[StandingStake]) -> list[str]:
    left = [one for one in stakes if one.capital_rupiah]
    return [
        _("Untung atau rugi terakhir dibagi menurut modal masing-masing; rugi paling banyak sebesar modalnya."),
        *(
            _("%(name)s: modal %(sum)s, sesudah rugi terakhir dikembalikan.")
            % {"name": one.name, "sum": format_rupiah(one.capital_rupiah)}
            for one in left
        ),
        _("Hasil usaha sesudah hari ini tidak dibagi kepada mereka lagi."),
    ]
