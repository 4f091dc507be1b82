"""The sixty-five definitions, and what a period is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desmigratif.indicators.rules.definitions import CODES, UnknownIndicator, checked, indicator, indicators
from desmigratif.indicators.rules.periods import Month, Period, keys_until, periods_between

WHOLE: dict[str, Any] = {
    "code": "A1", "name": "Kunjungan", "unit": "count", "numerator": "Kunjungan", "denominator": "", "kind": "flow",
    "period": "M", "better": "up", "version": 1, "fed": True, "source": "Daftar",
}  # fmt: skip


def test_there_are_sixty_five_and_each_is_whole() -> None:
    found = indicators()

    assert len(found) == 65
    assert [one.code for one in found] == list(CODES)
    assert len({one.name for one in found}) == 65
    assert len({(one.numerator, one.denominator) for one in found}) == 65
    for one in found:
        assert one.source.startswith(f"Daftar ukuran program Desmigratif, butir {one.code}")
        assert one.numerator != one.denominator
        assert (one.unit in ("percent", "per_100", "per_1000", "days")) <= one.has_denominator, one.code


def test_every_indicator_is_fed() -> None:
    assert [one.code for one in indicators() if not one.fed] == []


@pytest.mark.parametrize("code", ["A10", "A11", "B4", "C7"])
def test_a_mean_in_the_place_of_a_median_says_so(code: str) -> None:
    assert "bukan nilai tengah" in indicator(code).note
    assert indicator(code).name.startswith("Rata-rata")


@pytest.mark.parametrize(
    "field, value",
    [("code", "A2"), ("unit", "ratio"), ("kind", "level"), ("period", "W"), ("version", 0), ("small", 0), ("name", "")],
)
def test_a_definition_that_is_not_whole_says_what_is_wrong(field: str, value: Any) -> None:
    checked(WHOLE, "A1")
    with pytest.raises(ValueError, match=field):
        checked({**WHOLE, field: value}, "A1")


def test_a_denominator_may_be_the_part_of_another_indicator_that_exists() -> None:
    assert indicator("B1").parts == (("B1", "numerator", "flow"), ("A18", "denominator", "stock"))
    with pytest.raises(ValueError, match="denominator_from"):
        checked({**WHOLE, "denominator": "Semua", "denominator_from": "A99/numerator"}, "A1")


def test_an_unknown_code_is_said() -> None:
    with pytest.raises(UnknownIndicator):
        indicator("G1")


def test_a_period_is_a_year_a_quarter_or_a_month() -> None:
    assert Period.parse("2026-Q4") == Period("2026-Q4", Month(2026, 10), Month(2026, 12))
    assert [Period.parse(text).key for text in ("2026", "2026-Q1", "2026-Q4", "2026-11")] == [
        202600, 202621, 202624, 202611,
    ]  # fmt: skip
    for text in ("", "26", "2026-13", "2026-00", "2026-Q5", "1999", "2026-1", "x"):
        with pytest.raises(ValueError, match="period"):
            Period.parse(text)


def test_a_month_knows_its_days_and_its_neighbours() -> None:
    december = Month(2026, 12)

    assert (december.next(), december.previous(), str(december)) == (Month(2027, 1), Month(2026, 11), "2026-12")
    assert (Month(2028, 2).last, Month.of(date(2026, 3, 9)).first) == (date(2028, 2, 29), date(2026, 3, 1))
    assert Period.parse("2026-12").is_over(date(2027, 1, 1))
    assert not Period.parse("2026-12").is_over(date(2026, 12, 31))


def test_a_stretch_holds_each_period_once_and_everything_until_a_month_is_years_and_months() -> None:
    assert [one.label for one in periods_between(Month(2026, 11), Month(2027, 2), "quarter")] == ["2026-Q4", "2027-Q1"]
    assert keys_until(Month(2001, 2)) == [200000, 200101, 200102]
