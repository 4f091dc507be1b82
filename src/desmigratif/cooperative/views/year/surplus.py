"""The surplus of a year: what each fund and member comes to, how the articles say it, and giving it out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.cooperative.forms.year.surplus import DistributeForm, RuleForm
from desmigratif.cooperative.models import SavingsBasis, SurplusDistribution, SurplusRule, UseBasis
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.year.handing_up import origins_of
from desmigratif.cooperative.queries.year.statements import years_of
from desmigratif.cooperative.queries.year.surplus import (
    Surplus,
    asked_of,
    decision_for,
    distribution_of,
    rule_on,
    shares_of,
    surplus_of,
)
from desmigratif.cooperative.rules.year.surplus import FUNDS, OF_MEMBERS, reasons_not_to_distribute
from desmigratif.cooperative.views.common import act_page, as_desk, may, only_with, opened, page, place, today_of
from desmigratif.cooperative.views.year.handing_up import origin_rows, unit_page
from desmigratif.cooperative.views.year.statements import asked_year
from desmigratif.shared.dated import NoValueOnDate, dated_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.rupiah import format_rupiah

BOTH = ("GET", "POST")
PER_PAGE = 40


@scoped(P.COOPERATIVE_SEE)
def surplus(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """What the surplus comes to: reckoned while nobody has decided, as given out once they have."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    if found.parent is not None:
        return unit_page(desk, found, found.parent)
    today = today_of(desk, found)
    years = years_of(found, today)
    year = asked_year(request, years)
    given_out = distribution_of(found, year)
    shown: dict[str, Any] = {
        "recorded": opened(desk, found, "surplus.opened"), "year": year, "years": years,
        "page_query": f"tahun={year}&",
        "may_set": may(desk, found, P.COOPERATIVE_SET_UP), "tax": _tax_words(today),
    }  # fmt: skip
    if given_out:
        shown |= _given_out(given_out, request.GET.get("hal", "1"))
        shown["origins"] = origin_rows(origins_of(found, year), year)
    else:
        reckoned = surplus_of(found, year, today)
        shown |= _reckoned(reckoned, request.GET.get("hal", "1"))
        shown["origins"] = origin_rows(reckoned.origins, year)
        if reckoned.is_final:
            reasons = reasons_not_to_distribute(asked_of(reckoned, decision_for(found, year), None))
            shown |= {"reasons": reasons, "may_distribute": may(desk, found, P.BOOKS_POST) and not reasons}
    return page(desk, "year/surplus", found, "books", shown)


def _given_out(row: SurplusDistribution, number: str) -> dict[str, Any]:
    paper = Paginator(shares_of(row), PER_PAGE).get_page(number)
    said = _("Dibagi %(day)s menurut keputusan rapat %(meeting)s.") % {
        "day": format_date(row.on), "meeting": format_date(row.decision.meeting.on),
    }  # fmt: skip
    return {
        "said": said, "facts": _facts(row.surplus_rupiah, row.rule), "paper": paper,
        "funds": [(FUNDS[one["code"]], one["percent"], one["rupiah"]) for one in row.funds],
        "rows": [
            _member_row(one.member.number, one.member.name, one.savings_rupiah, one.use_rupiah,
                        one.by_savings_rupiah, one.by_use_rupiah)
            for one in paper
        ],
    }  # fmt: skip


def _reckoned(found: Surplus, number: str) -> dict[str, Any]:
    said = _("Perkiraan: belum dibagi.") if found.is_final else _("Perkiraan: tahunnya belum ditutup.")
    shown = {"said": said, "facts": _facts(found.rupiah, found.rule), "against": found.against, "rule": found.rule}
    if found.shared is None:
        return {**shown, "funds": [], "rows": []}
    shared = found.shared
    paper = Paginator(range(len(found.members)), PER_PAGE).get_page(number)
    by_savings, by_use = OF_MEMBERS
    return {
        **shown, "paper": paper,
        "funds": [(FUNDS[fund.code], f"{fund.percent:f}", rupiah) for fund, rupiah in shared.funds],
        "rows": [
            _member_row(
                found.members[place].number, found.members[place].name, found.bases[place].savings,
                found.bases[place].use, shared.members[place].by_fund.get(by_savings, 0),
                shared.members[place].by_fund.get(by_use, 0),
            )
            for place in paper
        ],
    }  # fmt: skip


def _member_row(number: int | None, name: str, savings: int, use: int, by_savings: int, by_use: int) -> dict[str, Any]:
    return {
        "number": number, "name": name, "savings": savings, "use": use, "by_savings": by_savings, "by_use": by_use,
        "total": by_savings + by_use,
    }  # fmt: skip


def _facts(rupiah: int, rule: SurplusRule | None) -> list[dict[str, Any]]:
    facts = [{"label": _("SHU"), "value": format_rupiah(rupiah)}]
    if rule is not None:
        facts += [
            {"label": _("Jasa modal dari"), "value": SavingsBasis(rule.savings_basis).label},
            {"label": _("Jasa anggota dari"), "value": UseBasis(rule.use_basis).label},
            {"label": _("Dasar"), "value": rule.decision},
        ]
    return facts


def _tax_words(today: Any) -> str:
    try:
        tax = dated_on("cooperative_tax.shu_to_members_percent", today)
    except NoValueOnDate:
        return ""
    if tax.value:
        return _("SHU anggota dipotong pajak %(percent)s % (%(law)s).") % {"percent": tax.value, "law": tax.citation}
    return _("SHU yang diterima anggota tidak dipotong pajak (%s).") % tax.citation


@scoped(P.BOOKS_POST, methods=BOTH)
def distribute(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Give it out, saying once what will happen."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.BOOKS_POST)
    today = today_of(desk, found)
    year = asked_year(request, years_of(found, today))
    decision = decision_for(found, year)
    reckoned = surplus_of(found, year, today)
    reasons = reasons_not_to_distribute(asked_of(reckoned, decision, distribution_of(found, year)))
    form = DistributeForm(request.POST or None, today=today)
    if reasons and request.method == "GET":
        form.refuse(tuple(reasons))
    return act_page(
        desk, form, "distribute_surplus",
        lambda: {
            "distribution_id": form.cleaned_data["record_id"], "entry_id": new_id(), "year": year,
            "decision_id": decision.id if decision else new_id(), "on": form.cleaned_data["on"],
        },
        cooperative=found, said=_("SHU %s sudah dibagi; bagian anggota dapat diambil di kas.") % year,
        then=f"{place('surplus', found.id)}?tahun={year}", title=_("Bagikan SHU %s") % year, submit=_("Bagikan SHU"),
        nothing_to_do=bool(reasons), effects=[] if reasons else _effects(reckoned),
    )  # fmt: skip


def _effects(found: Surplus) -> Iterable[str]:
    members = sum(share.total for share in found.shared.members) if found.shared else 0
    return [
        _("%(sum)s dibagi ke dana dan anggota menurut anggaran dasar.") % {"sum": format_rupiah(found.rupiah)},
        _("%(sum)s menjadi hak %(count)s anggota, dan diambil lewat kas.") % {
            "sum": format_rupiah(members), "count": len(found.members),
        },
        _("Pembagian ini sekali saja dan tidak dapat diubah."),
    ]  # fmt: skip


@scoped(P.COOPERATIVE_SET_UP, methods=BOTH)
def set_rule(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """How the articles share the surplus."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.COOPERATIVE_SET_UP)
    today = today_of(desk, found)
    form = RuleForm(request.POST or None, today=today, rule=rule_on(found, today))
    return act_page(
        desk, form, "set_surplus_rule", form.payload, cooperative=found, said=_("Cara membagi SHU sudah ditulis."),
        then=place("surplus", found.id), title=_("Cara membagi SHU"),
        lead=_("Seperti tertulis di anggaran dasar atau keputusan rapat. Jumlah semua dana 100 %."),
    )  # fmt: skip
