"""A year's budget: written down by the board, seen beside what came of it among the statements."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.routes import scoped
from desmigratif.cooperative.forms.year.budget import BudgetForm
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.queries.year.budget import budget_of, lines_to_plan
from desmigratif.cooperative.queries.year.statements import years_of
from desmigratif.cooperative.views.common import act_page, as_desk, only_with, place, today_of


@scoped(P.COOPERATIVE_SET_UP, methods=("GET", "POST"))
def set_budget(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """What the year is to earn and to cost; `?tahun=` may be the next one."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.COOPERATIVE_SET_UP)
    today = today_of(desk, found)
    asked = request.GET.get("tahun", "")
    known = {today.year + 1, *years_of(found, today)}
    year = int(asked) if asked in {str(one) for one in known} else today.year
    form = BudgetForm(request.POST or None, today=today, lines=lines_to_plan(year), budget=budget_of(found, year))
    return act_page(
        desk, form, "set_budget", lambda: {**form.payload(), "year": year}, cooperative=found,
        said=_("Anggaran %s sudah ditulis.") % year,
        then=f"{place('statements', found.id)}?tahun={min(year, today.year)}&bagian=anggaran",
        title=_("Anggaran %s") % year, lead=_("Pos yang tidak dianggarkan dibiarkan kosong."),
    )  # fmt: skip
