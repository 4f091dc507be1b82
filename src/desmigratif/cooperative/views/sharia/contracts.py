"""Sharia: the list of contracts, one contract, asking for one, deciding, and every step of its money."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.loans.lending import voice_of
from desmigratif.cooperative.forms.loans.lending import related_words
from desmigratif.cooperative.forms.sharia import contracts as forms
from desmigratif.cooperative.models import ContractKind, ContractStatus, Cooperative, MoneySource, ShariaContract
from desmigratif.cooperative.queries.business.businesses import moves_about
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.loans.limits import related_roles_of
from desmigratif.cooperative.queries.sharia.contracts import (
    StandingContract,
    contract_of,
    contracts_of,
    results_of_venture,
    standing_contract,
)
from desmigratif.cooperative.queries.write_offs import contracts_proposed, waiting_for
from desmigratif.cooperative.queries.year.statements import years_of
from desmigratif.cooperative.rules.sharia.contracts import kinds_on, reasons_not_to_lose
from desmigratif.cooperative.views.business.moves import money_act, move_row
from desmigratif.cooperative.views.common import (
    act_page,
    as_desk,
    may,
    member_strip,
    only_with,
    opened,
    page,
    place,
    today_of,
)
from desmigratif.cooperative.views.sharia.printed import report_file
from desmigratif.cooperative.views.sharia.reports import PARTS, REPORTS, fund_says, part_name, report_of
from desmigratif.cooperative.views.sharia.saved import saved_part
from desmigratif.cooperative.views.sharia.steps import STEPS, facts_of, state_of, steps_of
from desmigratif.cooperative.views.write_offs import write_off_page
from desmigratif.cooperative.views.year.statements import asked_year
from desmigratif.shared.reasons import NotFoundOrNotYours
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")
MOST_ROWS = 40


def allowed(request: HttpRequest, cooperative_id: UUID, permission: P) -> tuple[DeskRequest, Cooperative]:
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, permission)
    return desk, found


@scoped(P.COOPERATIVE_SEE)
def sharia(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Contracts, the newest first; or one of the two reports of a year."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    here, asked = place("sharia", found.id), request.GET.get("bagian", "")
    part = asked if asked in PARTS else "akad"
    today = today_of(desk, found)
    years = years_of(found, today)
    year = asked_year(request, years)
    if found.sharia_since is not None and part in REPORTS and request.GET.get("bentuk") == "pdf":
        return report_file(desk, found, part, year, today)
    shown: dict[str, Any] = {
        "recorded": opened(desk, found, "cooperative.contracts_listed"),
        "chips": [{"label": part_name(one), "url": f"{here}?bagian={one}", "current": one == part} for one in PARTS],
        "kinds": [(kind, ContractKind(kind).label) for kind in kinds_on(today)],
        "may_take": may(desk, found, P.MONEY_TAKE), "may_post": may(desk, found, P.BOOKS_POST),
        "may_approve": may(desk, found, P.MONEY_APPROVE), "may_set_up": may(desk, found, P.COOPERATIVE_SET_UP),
        "may_close": may(desk, found, P.PERIOD_CLOSE), "part": part,
        "pdf": f"{here}?bagian={part}&tahun={year}&bentuk=pdf" if part in REPORTS else "",
    }  # fmt: skip
    if found.sharia_since is not None and part == "penabung":
        shown["saved"] = saved_part(desk, found)
    elif found.sharia_since is not None and part != "akad":
        shown["report"] = report_of(part, found, year, today)
        shown["years"] = [
            {"year": one, "url": f"{here}?bagian={part}&tahun={one}", "current": one == year} for one in years
        ]
    elif found.sharia_since is not None:
        rows = contracts_of(found)
        proposed = contracts_proposed(found)
        shown["rows"] = [_row(one, is_proposed=one.contract.id in proposed) for one in rows[:MOST_ROWS]]
        shown["more"] = len(rows) - MOST_ROWS
    return page(desk, "sharia/sharia", found, "sharia", shown)


def _row(one: StandingContract, *, is_proposed: bool) -> dict[str, Any]:
    state, word = ("cek", _("usulan hapus buku")) if is_proposed else state_of(one)
    return {
        "name": one.contract.member.name, "url": place("sharia_contract", one.contract.id), "state": state,
        "word": word, "kind": ContractKind(one.contract.kind).label, "goods": one.contract.goods,
        "amount": one.price, "open": one.open_rupiah,
    }  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def declare_sharia(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Let these books know contracts and no interest from a day on."""
    desk, found = allowed(request, cooperative_id, P.COOPERATIVE_SET_UP)
    form = forms.DeclareForm(request.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "declare_sharia", form.payload, cooperative=found, then=place("sharia", found.id),
        said=_("Buku ini sekarang syariah."), title=_("Nyatakan syariah"), submit=_("Nyatakan"),
        effects=[
            _("Pinjaman berbunga dan jasa simpanan tidak dapat lagi ditawarkan dalam buku ini."),
            _("Murabahah, mudharabah, musyarakah, ijarah, dan qardh dapat dicatat."),
            _("Pernyataan ini tidak dapat ditarik kembali."),
        ],
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def ask_for_contract(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Write down what a member asks for; `?jenis=` says which contract."""
    desk, found = allowed(request, cooperative_id, P.MONEY_TAKE)
    asked = request.GET.get("jenis", "")
    kind = asked if asked in ContractKind.values else ContractKind.MURABAHAH.value
    today = today_of(desk, found)
    form = forms.ContractForm(request.POST or None, today=today, cooperative=found, kind=kind)
    return act_page(
        desk, form, "ask_for_contract", form.payload, cooperative=found, back=place("sharia", found.id),
        then=place("sharia_contract", form["record_id"].value()) if form.is_bound else "",
        said=_("Permintaan sudah dicatat. Pengurus memutuskan."), title=str(ContractKind(kind).label),
        lead=_("Dasarnya: %s.") % kinds_on(today)[kind]["citation"],
    )  # fmt: skip


@scoped(P.COOPERATIVE_SEE)
def sharia_contract(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """One contract: what it says, where it stands, its instalments, and what moved."""
    desk = as_desk(request)
    one = contract_of(desk.actor, contract_id)
    found, standing, today = one.cooperative, standing_contract(one), today_of(desk, one.cooperative)
    state, word = state_of(standing)
    paid, dues = standing.paid, []
    for due in standing.dues:
        covered = min(due.amount, paid)
        paid -= covered
        dues.append({"due": due, "left": due.amount - covered, "late": due.due_on < today and covered < due.amount})
    is_board = may(desk, found, P.LOAN_DECIDE)
    write_off = waiting_for(one) if standing.owed_rupiah else None
    shown: dict[str, Any] = {
        "write_off": write_off, "may_write_off": may(desk, found, P.MONEY_APPROVE) and _may_be_lost(standing),
        "recorded": opened(desk, found, "sharia_contract.opened", Subject("member", one.member_id)),
        "person": member_strip(one.member, [{"name": state, "label": word}]), "one": one, "standing": standing,
        "facts": facts_of(standing, today), "dues": dues if one.status == ContractStatus.AGREED else [],
        "steps": steps_of(standing, today) if may(desk, found, P.MONEY_TAKE) else [],
        "results": results_of_venture(one), "moves": [move_row(each) for each in moves_about(found, [one.id])],
        "may_decide": is_board and one.status == ContractStatus.ASKED and one.asked_by != desk.actor.id,
        "may_rebate": is_board and bool(standing.in_books("murabahah_deferred")),
        "may_report": may(desk, found, P.BOOKS_POST) and standing.is_handed_out and one.kind != "qardh",
        "may_approve": may(desk, found, P.MONEY_APPROVE) and one.status == ContractStatus.AGREED,
    }  # fmt: skip
    if one.status == ContractStatus.ASKED:  # the member may have been elected since
        one.related_roles = related_roles_of(found, one.member, one.related_roles, today)
        supervises = one.related_roles and voice_of(desk.actor, found) == "supervisors"
        shown["may_supervise"] = supervises and one.supervisors_agreed_on is None
    shown["related"] = related_words(one)
    return page(desk, "sharia/contract", found, "sharia", shown)


def _supervisors(desk: DeskRequest, one: ShariaContract) -> HttpResponse:
    """The supervisors' yes to a contract with a related party, and nobody else's."""
    if voice_of(desk.actor, one.cooperative) != "supervisors":
        raise NotFoundOrNotYours
    form = forms.AgreeForm(desk.POST or None, today=today_of(desk, one.cooperative))
    return act_page(
        desk, form, "agree_to_related_contract", lambda: {**form.payload(), "contract_id": one.id},
        cooperative=one.cooperative, then=place("sharia_contract", one.id), person=member_strip(one.member),
        said=_("Persetujuan pengawas sudah dicatat."), title=_("Persetujuan pengawas"),
        lead=_("Anggota ini pihak terkait. %(kind)s, %(sum)s, untuk %(goods)s.")
        % {"kind": one.get_kind_display(), "sum": format_rupiah(one.amount_rupiah), "goods": one.goods},
        submit=_("Pengawas setuju"),
    )  # fmt: skip


def _may_be_lost(standing: StandingContract) -> bool:
    return not reasons_not_to_lose(standing.contract.kind, standing.owed_rupiah)


def _contract(request: HttpRequest, contract_id: UUID, permission: P) -> tuple[DeskRequest, ShariaContract]:
    desk = as_desk(request)
    one = contract_of(desk.actor, contract_id)
    only_with(desk, one.cooperative, permission)
    return desk, one


@scoped(P.COOPERATIVE_SEE, methods=BOTH)
def decide_contract(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Yes or no; once it runs, a rebate for who pays the rest today; `?tentang=hapus-buku`: it leaves the books."""
    if request.GET.get("tentang") == "hapus-buku":
        desk, one = _contract(request, contract_id, P.MONEY_APPROVE)
        return write_off_page(desk, one, place("sharia_contract", one.id), "sharia_contract.opened")
    if request.GET.get("tentang") == "pengawas":
        return _supervisors(*_contract(request, contract_id, P.COOPERATIVE_SEE))
    desk, one = _contract(request, contract_id, P.LOAN_DECIDE)
    today, then = today_of(desk, one.cooperative), place("sharia_contract", one.id)
    common: dict[str, Any] = {"cooperative": one.cooperative, "then": then, "person": member_strip(one.member)}
    deferred = standing_contract(one).in_books("murabahah_deferred")
    if deferred:
        form: forms.RebateForm | forms.DecideForm = forms.RebateForm(request.POST or None, today=today)
        return act_page(
            desk, form, "grant_rebate", lambda: {**form.payload(), "contract_id": one.id},
            said=_("Potongan berlaku hari ini, bila sisanya dilunasi."), title=_("Potongan pelunasan"),
            lead=_("Margin yang belum diterima %s. Potongan adalah kebijakan, tidak dijanjikan dalam akad.")
            % format_rupiah(deferred), **common,
        )  # fmt: skip
    form = forms.DecideForm(request.POST or None, today=today)
    lead = f"{ContractKind(one.kind).label}, {format_rupiah(one.amount_rupiah)}."
    if one.source == MoneySource.BENEVOLENT:
        lead += " " + _("Dari dana kebajikan. %s") % fund_says(one.cooperative)
    return act_page(
        desk, form, "decide_contract", lambda: {**form.payload(), "contract_id": one.id},
        said=_("Keputusan sudah dicatat."), title=_("Putuskan: %s") % one.goods,
        lead=lead, **common,
    )  # fmt: skip


@scoped(P.MONEY_TAKE, methods=BOTH)
def contract_money(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """The step of a contract's money or goods that `?langkah=` names; else the next one."""
    desk, one = _contract(request, contract_id, P.MONEY_TAKE)
    found, standing = one.cooperative, standing_contract(one)
    today = today_of(desk, found)
    open_steps = steps_of(standing, today)
    asked = request.GET.get("langkah", "")
    step = STEPS[asked] if asked in STEPS else open_steps[0] if open_steps else STEPS["bayar"]
    form = step.form(request.POST or None, today=today, standing=standing)
    return money_act(
        desk, found, form, step.action, about={"contract_id": one.id}, title=str(step.label), lead=step.lead(standing),
        back=place("sharia_contract", one.id), pays=one.id if step.pays else None,
        subjects=(Subject("member", one.member_id),),
    )  # fmt: skip


@scoped(P.BOOKS_POST, methods=BOTH)
def report_result(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """What a venture really earned or lost."""
    desk, one = _contract(request, contract_id, P.BOOKS_POST)
    form = forms.ResultForm(request.POST or None, today=today_of(desk, one.cooperative))
    return act_page(
        desk, form, "report_venture_result", lambda: {**form.payload(), "contract_id": one.id},
        cooperative=one.cooperative, then=place("sharia_contract", one.id), person=member_strip(one.member),
        said=_("Hasil sudah dicatat dan dibagi."), title=_("Laporan hasil: %s") % one.goods,
        lead=_("Untung dibagi menurut nisbah, rugi menurut modal."),
    )  # fmt: skip
