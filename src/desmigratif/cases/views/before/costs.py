"""The money of a plan: asked and paid against what is lawful, and what a debt costs a month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.cases.forms.before.costs import CostForm, DebtForm, StrikeOutForm
from desmigratif.cases.models import ENDED, CaseCost
from desmigratif.cases.queries import case_of
from desmigratif.cases.queries.before.costs import costs_input
from desmigratif.cases.rules.before.costs import CostsResult, check_costs
from desmigratif.cases.rules.before.debt import Repayment, by_placement_loan, flat
from desmigratif.cases.rules.journey import journey_on
from desmigratif.cases.rules.labels import COMPONENTS, PAYERS
from desmigratif.cases.sealing import evidence_place, opened_text
from desmigratif.cases.views.before.checklist import sureness
from desmigratif.cases.views.common import as_desk, goal_of, may_see_specific, opened, person_strip
from desmigratif.documents.acting import attempt
from desmigratif.regions.queries import today_in


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def costs(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Line by line: who must pay, what is lawful, what was asked, what was paid, what is too much."""
    desk = as_desk(request)
    case = case_of(desk.actor, case_id)
    require(desk.actor, Permission.CASE_OPEN, case.village_code)
    today = today_in(case.village_code, desk.now)
    form = CostForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "case_id": case.id, "village_code": case.village_code}
        if attempt(desk, form, "cases.record_cost", payload):
            messages.success(request, _("Biaya sudah dicatat."))
            return redirect("cases:costs", case.id)
    recorded = opened(desk, case)
    specific = may_see_specific(desk, case, recorded=recorded)
    rows = list(CaseCost.objects.visible_to(desk.actor).filter(case=case).order_by("on", "id")) if specific else []
    result = check_costs(costs_input(case, rows), on=today)
    key = key_of(case.resident_id) if any(row.evidence_sealed for row in rows) else None
    shown = {
        "form": form,
        "case": case,
        "recorded": recorded,
        "person": person_strip(case.resident, today),
        "goal": goal_of(case),
        "result": result,
        "sureness": sureness(result.status),
        "lines": _lines(result, rows),
        "rows": [_row(row, key) for row in rows],
        "asked_total": sum(row.asked_rupiah or 0 for row in rows if row.struck_out_on is None),
        "may_write": case.state not in ENDED,
        **_debt(request, today),
    }
    return render(request, "cases/before/costs.html", shown)


def _lines(result: CostsResult, rows: list[CaseCost]) -> list[dict[str, Any]]:
    """The components that matter: with a payer by rule, or asked or paid."""
    asked: dict[str, int] = {}
    for row in rows:
        if row.asked_rupiah is not None and row.struck_out_on is None:
            asked[row.component] = asked.get(row.component, 0) + row.asked_rupiah
    known = {line.component for line in result.lines}
    lines = [
        {
            "name": COMPONENTS[line.component],
            "payer": PAYERS.get(line.payer or "", ""),
            "lawful": line.lawful,
            "asked": asked.get(line.component),
            "paid": line.paid,
            "excess": line.excess,
        }
        for line in result.lines
    ]
    only_asked = [name for name in asked if name not in known]
    blank = {"payer": "", "lawful": 0 if result.lawful_total == 0 else None, "paid": 0, "excess": None}
    return lines + [{**blank, "name": COMPONENTS[name], "asked": asked[name]} for name in only_asked]


def _row(row: CaseCost, key: bytes | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "on": row.on,
        "name": COMPONENTS.get(row.component, row.component),
        "asked": row.asked_rupiah,
        "paid": row.paid_rupiah,
        "evidence": opened_text(key, row.evidence_sealed, place=evidence_place(row.id)),
        "struck_out": row.struck_out_on is not None,
    }


def _debt(request: HttpRequest, today: date) -> dict[str, Any]:
    """The sum of a debt from the address's own questions; nothing is kept."""
    form = DebtForm(request.GET if "utang" in request.GET else None)
    if not form.is_bound or not form.is_valid() or not form.cleaned_data["utang"] or not form.cleaned_data["bulan"]:
        return {"debt_form": form, "debt": None}
    asked = form.cleaned_data
    found = flat(asked["utang"], asked["bunga"] or Decimal(0), asked["bulan"])
    loan = by_placement_loan(asked["utang"], asked["bulan"], on=today)
    return {
        "debt_form": form,
        "debt": _sum_of(found, asked["gaji"]),
        "loan": _sum_of(loan, asked["gaji"]) | {"citation": loan.citation} if loan else None,
    }


def _sum_of(found: Repayment, wage: int | None) -> dict[str, Any]:
    return {"each": found.each, "total": found.total, "interest": found.interest, "share": found.share_of(wage)}


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def strike_out_cost(request: HttpRequest, cost_id: UUID) -> HttpResponse:
    """A cost was written wrongly."""
    desk = as_desk(request)
    costs = CaseCost.objects.visible_to(desk.actor).select_related("case__resident__household")
    cost = get_or_refuse(costs, id=cost_id)
    require(desk.actor, Permission.CASE_OPEN, cost.village_code)
    if cost.struck_out_on is not None or cost.case.state in ENDED:
        return redirect("cases:costs", cost.case_id)
    today = today_in(cost.village_code, desk.now)
    form = StrikeOutForm(request.POST or None, journey=journey_on(today), today=today)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "cost_id": cost.id, "village_code": cost.village_code}
        if attempt(desk, form, "cases.strike_out_cost", payload):
            messages.success(request, _("Biaya sudah dicoret; catatannya tetap tersimpan."))
            return redirect("cases:costs", cost.case_id)
    shown = {
        "form": form,
        "case": cost.case,
        "recorded": opened(desk, cost.case),
        "person": person_strip(cost.case.resident, today),
        "name": COMPONENTS.get(cost.component, cost.component),
        "goal": goal_of(cost.case),
    }
    return render(request, "cases/before/strike_out.html", shown)
