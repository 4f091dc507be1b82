"""What a monthly report may and must be, by the dated rules, and how a figure is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml

from desmigratif.indicators.rules.periods import Period
from desmigratif.reports.rules import monthly as rules
from desmigratif.reports.rules.figures import Figure, figure_from
from desmigratif.reports.rules.table import last_period, period_words, recent_periods
from desmigratif.shared import dated
from desmigratif.shared.tests.mutating import unnoticed

TODAY = date(2026, 11, 23)
SAID: dict[str, Any] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/reports.yaml").read_text(encoding="utf-8")
)


def all_true() -> bool:
    try:
        firsts = {versions[0].since for versions in dated.subject("reports").values()}
        months = [tuple(int(part) for part in month.split("-")) for month, _ in SAID["batas"]]
        licence = dated.value_on("reports.licence", TODAY)
        return (
            firsts == {SAID["mulai"]}
            and [rules.due_on(*month) for month in months] == [day for _, day in SAID["batas"]]
            and [[last, rules.inbox_on(last)] for last, _ in SAID["kotak"]] == SAID["kotak"]
            and rules.monthly_figures(TODAY) == SAID["angka"]
            and [licence["name"], licence["code"], licence["address"]] == SAID["lisensi"]
        )
    except (LookupError, TypeError, ValueError):
        return False


def test_reports_are_due_as_the_examples_say() -> None:
    assert all_true()


def test_no_value_of_the_reports_can_be_changed_without_an_example_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, missed = unnoticed(monkeypatch, "reports", all_true)

    assert tried > 20
    assert missed == []


FIGURE = Figure("A5", "33.07", 6, 7, 1, date(2026, 10, 20), 1)


@pytest.mark.parametrize(("change", "said"), [
    ({}, "85,7%"), ({"numerator": None, "denominator": None}, "belum ada data"),
    ({"denominator": 0}, "belum bisa dihitung"),
    ({"hidden": True}, "terlalu sedikit"), ({"code": "A1", "denominator": None, "numerator": 12345}, "12.345"),
    ({"code": "A17", "numerator": 5_000_000, "denominator": 2}, "Rp2.500.000"),
    ({"code": "A10", "numerator": 25, "denominator": 2}, "12,5 hari"), ({"code": "X9"}, "0,9"),
])  # fmt: skip
def test_a_figure_is_said_in_its_unit_and_what_is_unknown_is_never_zero(change: dict[str, Any], said: str) -> None:
    assert replace(FIGURE, **change).said == said


def test_a_figure_is_kept_whole() -> None:
    assert figure_from(FIGURE.as_dict()) == FIGURE


@pytest.mark.parametrize(("every", "today", "label", "words"), [
    ("M", date(2026, 11, 30), "2026-10", "Oktober 2026"), ("M", date(2026, 12, 1), "2026-11", "November 2026"),
    ("Q", date(2026, 9, 30), "2026-Q2", "triwulan II 2026"), ("Q", date(2026, 10, 1), "2026-Q3", "triwulan III 2026"),
    ("Y", date(2026, 12, 31), "2025", "tahun 2025"), ("Y", date(2027, 1, 1), "2026", "tahun 2026"),
])  # fmt: skip
def test_the_last_period_is_the_newest_that_is_over(every: str, today: date, label: str, words: str) -> None:
    period = last_period(every, today)

    assert (period.label, period_words(period)) == (label, words)


def test_one_tap_gives_two_years_four_quarters_and_six_months() -> None:
    assert [one.label for one in recent_periods(TODAY)] == [
        "2025", "2024", "2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4",
        "2026-10", "2026-09", "2026-08", "2026-07", "2026-06", "2026-05",
    ]  # fmt: skip
    assert Period.parse("2026-Q3") in recent_periods(TODAY)
