"""The health score by dated forms: every ratio from the books, a year that is missing refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.cooperative.models import Cooperative, HealthAnswers
from desmigratif.cooperative.queries.annual.health import assessed
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.rules.annual.health import FIGURE_WORDS, assess, word_on_sharia
from desmigratif.cooperative.tests.conftest import KURIPAN
from desmigratif.shared.dated import subject
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

END = date(2025, 12, 31)
ANSWERS = {"general": 9, "institution": 5, "capital": 4, "assets": 7, "liquidity": 4}
FIGURES = {
    **dict.fromkeys(FIGURE_WORDS, 0), "own_capital": 50, "assets": 100, "loans": 80, "member_loans": 80, "risk": 8,
    "uncovered_loans": 20, "weighted_capital": 50, "weighted_assets": 90, "problem_loans": 10, "reserve": 5,
    "member_cost": 9, "member_income": 12, "income": 12, "fixed_assets": 10, "wages": 4, "lent": 60, "cash": 6,
    "current_liabilities": 48, "funds": 48, "shu": 3, "interest_cost": 2, "running_cost": 7, "member_capital": 40,
    "earning_assets": 90, "equity": 53, "equity_before": 50,
}  # fmt: skip


def marks_of(**other: int) -> dict[str, Decimal | None]:
    health = assess("2016", {**FIGURES, **other}, ANSWERS, END)
    return {ratio.code: ratio.marks for aspect in health.aspects for ratio in aspect.ratios}


def test_a_whole_form_adds_up_to_a_grade_and_without_the_supervisors_there_is_none() -> None:
    health = assess("2016", FIGURES, ANSWERS, END)
    assert sum((aspect.most for aspect in health.aspects), Decimal(15)) == 100
    assert sum((part.each * part.count for part in health.parts), Decimal(0)) == 15
    assert health.total == sum((one.score for one in (*health.aspects, *health.parts)), Decimal(0))
    assert (health.total, health.grade) == (Decimal("87.90"), "Sehat")
    assert assess("2016", FIGURES, {}, END).total is None


@pytest.mark.parametrize(
    ("figure", "amount", "ratio", "marks"),
    [
        ("risk", 0, "problem_loans", 90), ("risk", 36, "problem_loans", 0), ("risk", 80, "problem_loans", 0),
        ("risk", 8, "problem_loans", 70), ("member_loans", 20, "loans_to_members", 25),
        ("member_loans", 60, "loans_to_members", 75), ("member_loans", 61, "loans_to_members", 100),
        ("own_capital", 0, "capital_to_assets", 0), ("own_capital", 60, "capital_to_assets", 100),
        ("own_capital", 61, "capital_to_assets", 50), ("member_cost", 12, "cost_to_service", 0),
        ("loans", 0, "loans_to_members", 100),
    ],
)  # fmt: skip
def test_bands_hold_at_their_edges(figure: str, amount: int, ratio: str, marks: int) -> None:
    assert marks_of(**{figure: amount})[ratio] == marks


def test_the_form_of_2021_gives_levels_and_names_what_it_does_not_know() -> None:
    health = assess("2021", FIGURES, {}, END)
    levels = {ratio.code: ratio.marks for aspect in health.aspects for ratio in aspect.ratios}
    assert levels == {
        "loans_of_earning": 2, "return_on_capital": 2, "npl": 2, "equity_growth": 2, "equity_to_assets": 4,
    }  # fmt: skip
    assert (health.reached, health.reachable) == (12, 20)
    assert (health.total, health.grade) == (None, "")
    assert sum(aspect.percent or 0 for aspect in health.aspects) == 100
    assert all(aspect.unknown for aspect in health.aspects) and health.unknown


def test_what_the_form_of_2021_cannot_divide_has_no_level_and_counts_neither_way() -> None:
    health = assess("2021", {**FIGURES, "loans": 0, "equity_before": 0}, {}, END)
    assert {one.code for one in health.known} == {"loans_of_earning", "return_on_capital", "equity_to_assets"}
    assert (health.reached, health.reachable) == (4 + 2 + 4, 12)


def test_every_figure_that_a_form_asks_for_has_a_name() -> None:
    for versions in (subject("cooperative_health")["forms"], subject("cooperative_health")["forms_2021"]):
        for version in versions:
            for aspect in version.value["aspects"]:
                for ratio in aspect["ratios"]:
                    assert {*ratio["over"], *ratio["under"]} <= set(FIGURE_WORDS)


@pytest.fixture
def books(places: None, set_up: Callable[..., Cooperative], treasurer: Actor, now: datetime) -> Cooperative:
    """Books since September 2025 with an opening: cash 600, reserve 600 thousand."""
    cooperative = set_up(opened_on=date(2025, 9, 1))
    chart = chart_of(cooperative)
    legs = [
        {"account_id": chart["cash"], "debit_rupiah": 600_000},
        {"account_id": chart["reserve_general"], "credit_rupiah": 600_000},
    ]
    entry = {"cooperative_id": cooperative.id, "entry_id": new_id(), "on": "2025-09-02", "memo": "Hibah", "legs": legs}
    do(treasurer, "cooperative.post_manual_entry", entry, now=now, act_id=new_id())
    return cooperative


def test_a_year_of_the_books_is_judged_and_a_missing_one_refused_with_a_reason(books: Cooperative) -> None:
    today = date(2026, 11, 23)
    seen = assessed(books, 2025, "2016", today)
    assert seen.reasons == [] and seen.health is not None
    ratio = seen.health.aspects[0].ratios[0]
    assert (ratio.over, ratio.under, ratio.percent) == ((("own_capital", 600_000),), (("assets", 600_000),), 100)

    grown = assessed(books, 2026, "2021", today).health
    assert grown is not None
    (equity,) = (one for aspect in grown.aspects for one in aspect.ratios if one.code == "equity_growth")
    assert (equity.over, equity.percent) == ((("equity", 600_000), ("equity_before", -600_000)), 0)

    missing = assessed(books, 2024, "2016", today)
    assert missing.health is None and [one.code for one in missing.reasons] == ["year_missing"]
    assert "baru mulai tahun 2025" in missing.reasons[0].text
    running = assessed(books, 2026, "2016", today)
    assert [one.code for one in running.reasons] == ["year_not_over"] and running.health is not None


def answer(by: Actor, books: Cooperative, now: datetime, **other: Any) -> list[str]:
    given = {"answers_id": new_id(), "cooperative_id": books.id, "year": 2025, **ANSWERS, **other}
    try:
        do(by, "cooperative.answer_health", given, now=now, act_id=new_id())
    except Refusal as refusal:
        return [reason.code for reason in refusal.reasons]
    return []


def test_the_supervisors_answer_once_for_a_year_that_is_over(
    books: Cooperative, supervisor: Actor, now: datetime
) -> None:
    assert answer(supervisor, books, now, year=2024) == ["year_missing"]
    assert answer(supervisor, books, now, year=2026) == ["year_not_over"]
    assert answer(supervisor, books, now, general=13) == ["too_many_yes"]
    assert answer(supervisor, books, now) == []
    assert answer(supervisor, books, now, general=12) == []
    assert HealthAnswers.objects.of(books).get().answers["general"] == 12
    health = assessed(books, 2025, "2016", date(2026, 11, 23)).health
    assert health is not None and health.total is not None


def test_a_stranger_judges_nobody(books: Cooperative, stranger: Actor, board: Actor, now: datetime) -> None:
    """ "cooperative.answer_health" is the supervisors' alone: not even the board judges itself."""
    for by in (stranger, board):
        assert answer(by, books, now) == ["not_found"]
    assert not HealthAnswers.objects.in_village(KURIPAN).exists()


def test_a_sharia_book_is_told_that_its_own_form_is_another() -> None:
    said = word_on_sharia(date(2025, 7, 1), 2025)

    assert "KSPPS" in said
    assert word_on_sharia(date(2025, 7, 1), 2026) == said
    assert (word_on_sharia(date(2025, 7, 1), 2024), word_on_sharia(None, 2025)) == ("", "")
