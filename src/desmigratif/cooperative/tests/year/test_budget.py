"""A budget stands beside what came of it, line by line of the result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.cooperative.models import Budget, Cooperative
from desmigratif.cooperative.queries.year.budget import budget_of, planned
from desmigratif.cooperative.queries.year.statements import books_of_year
from desmigratif.cooperative.tests.conftest import KENANGA, somebody
from desmigratif.cooperative.tests.year.test_closing import Year, refused
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 30)


@pytest.fixture
def year(cooperative: Cooperative, treasurer: Any) -> Year:
    return Year(cooperative, treasurer)


ACTION = "cooperative.set_budget"


def set_budget(year: Year, *, by: Any = None, decided_on: date = TODAY, **lines: int) -> None:
    rows = [{"code": code, "rupiah": rupiah} for code, rupiah in lines.items()]
    given = {"year": 2026, "decided_on": decided_on, "decision": "Rapat pembentukan", "lines": rows}
    year.act(
        TODAY, ACTION.removeprefix("cooperative."), by=by or somebody("cooperative_board"), budget_id=new_id(), **given
    )


def test_sums_of_the_plan_are_those_of_its_lines_and_the_newest_plan_holds(year: Year) -> None:
    set_budget(year, decided_on=date(2026, 9, 1), other_income=1)
    set_budget(year, other_income=200_000, other_cost=50_000, loan_interest=30_000)
    found = budget_of(year.cooperative, 2026)
    assert found is not None

    rows = planned(books_of_year(year.cooperative, 2026, TODAY), found)

    told = {(row.kind, row.label): (row.plan, row.actual, row.percent) for row in rows}
    assert told["line", "Pendapatan lain"] == (200_000, 150_000, 75)
    assert told["line", "Beban usaha lain"] == (50_000, 20_000, 40)
    assert told["total", "Sisa hasil usaha (SHU)"] == (180_000, 130_000, 72)


def test_a_plan_that_names_no_line_or_comes_twice_a_day_is_refused(year: Year) -> None:
    assert refused(lambda: set_budget(year, mesin_uang=5)) == ["unknown_line"]
    set_budget(year, other_income=1)
    assert refused(lambda: set_budget(year, other_income=2)) == ["same_day"]


def test_a_stranger_and_the_treasurer_plan_nothing(year: Year) -> None:
    for by in (somebody("cooperative_board", KENANGA), year.treasurer):
        assert refused(lambda by=by: set_budget(year, by=by, other_income=1)) == ["not_found"]


def test_the_board_writes_the_budget_and_everybody_sees_it_beside_the_result(
    year: Year, browser: Callable[..., Client]
) -> None:
    board, address = browser("cooperative_board"), reverse("cooperative:set_budget", args=[year.cooperative.id])
    form = board.get(f"{address}?tahun=2027").context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    for asked in ("2027", "2026"):
        new = {"other_income": "200.000", "decided_on": "23-11-2026", "decision": "Rapat pengurus"}
        assert board.post(f"{address}?tahun={asked}", {**sent, **new, "record_id": str(new_id()),
                                                       "act_id": str(new_id())}).status_code == 302  # fmt: skip

    assert sorted(Budget.objects.of(year.cooperative).values_list("year", flat=True)) == [2026, 2027]
    page = browser("cooperative_supervisor").get(
        reverse("cooperative:statements", args=[year.cooperative.id]) + "?bagian=anggaran"
    )
    assert "Rp200.000" in page.content.decode()
    assert "Tulis anggaran" not in page.content.decode()
