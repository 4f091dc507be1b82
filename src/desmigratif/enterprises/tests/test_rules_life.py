"""A group's months and its life: asleep is found out, never declared; like groups are shown only when they are many."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.enterprises.rules import capital, life, months, remittances
from desmigratif.enterprises.rules.months import Month
from desmigratif.shared import dated
from desmigratif.shared.dated import NoValueOnDate
from desmigratif.shared.tests.mutating import unnoticed

TEXT = files("desmigratif.regulations").joinpath("examples/enterprise_life.yaml").read_text("utf-8")
EXAMPLES = yaml.safe_load(TEXT)
TODAY, FORMED = date(2026, 11, 23), date(2025, 1, 10)
THIS = date(2026, 11, 1)


def _amounts(sales: int, *, cost: int = 0, workers: int = 0, channels: tuple[str, ...] = ()) -> list[str]:
    reasons = months.reasons_against_amounts(
        sales_rupiah=sales, cost_rupiah=cost, workers=workers, channels=channels, on=TODAY
    )
    return [one.code for one in reasons]


def _lives() -> list[dict[str, Any]]:
    found = []
    for one in EXAMPLES["tertidur"]:
        stands = life.life_of(life.Facts(FORMED, one["jual"], one["tengok"]), TODAY)
        since = {"sejak": stands.since} if "sejak" in one else {}
        found.append({"jual": one["jual"], "tengok": one["tengok"], "keadaan": str(stands.state), **since})
    return found


def _places(one: dict[str, Any]) -> list[str]:
    written = [Month(months.months_back(THIS, back), max(one["laba"], 0), max(-one["laba"], 0), 0)
               for back in range(one["catatan"])]  # fmt: skip
    standing = capital.Standing(months.months_back(THIS, one["berjalan"]), written)
    return [place.code for place in capital.places_for(standing, one["jumlah"], TODAY) if place.may]


def _instalments() -> dict[str, list[Any]]:
    standing = capital.Standing(FORMED, [])
    return {
        one.code: [one.label, one.instalments, one.instalment_rupiah]
        for one in capital.places_for(standing, 12_000_000, TODAY)
    }


def _lists() -> dict[str, Any]:
    return {
        "channels": dict(months.channels_on(TODAY)),
        "closing_causes": dict(life.closing_causes_on(TODAY)),
        "remittances": {
            code: [label, remittances.counted_rupiah(code, TODAY)]
            for code, label in remittances.bands_on(TODAY).items()
        },
        "remittance_uses": dict(remittances.uses_on(TODAY)),
    }


def all_examples_hold() -> bool:
    like = EXAMPLES["sejenis"]
    try:
        law = {name: versions[0].since for name, versions in dated.subject("enterprise_life").items()}
        oldest = months.months_to_fill(formed_on=date(2016, 12, 27), today=TODAY, written=())[-1]
        survival = life.survival_of([], TODAY)
        return (
            law.pop("capital") == EXAMPLES["sejak_modal"]
            and set(law.values()) == {EXAMPLES["sejak"]}
            and _lists() == EXAMPLES["daftar"]
            and {sum: not _amounts(sum) for sum in EXAMPLES["catatan"]} == EXAMPLES["catatan"]
            and oldest == EXAMPLES["bulan_terlama"]
            and _lives() == EXAMPLES["tertidur"]
            and [one.months for one in survival] == EXAMPLES["hidup"]
            and months.benchmark_of([1], TODAY).least == like["paling_sedikit"]
            and months.benchmark_months_on(TODAY) == like["bulan"]
            and [_places(one) for one in EXAMPLES["modal"]] == [one["boleh"] for one in EXAMPLES["modal"]]
            and _instalments() == EXAMPLES["angsuran"]
        )
    except (NoValueOnDate, KeyError, TypeError, ZeroDivisionError):
        return False


def test_the_worked_examples_of_a_groups_life_hold_and_no_value_is_wrong_unnoticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert all_examples_hold()
    tried, missed = unnoticed(monkeypatch, "enterprise_life", all_examples_hold)
    assert (tried >= 120, missed) == (True, [])


# --- bad input ---


def test_a_sale_of_minus_ten_million_is_no_sale() -> None:
    assert _amounts(-10_000_000) == ["below_zero"]
    assert _amounts(0, cost=-1, workers=-1) == ["below_zero", "below_zero"]
    assert _amounts(0, channels=("market",)) == ["channel_without_sale"]
    assert _amounts(5, channels=("moon",)) == ["unknown_channel"]


@pytest.mark.parametrize(
    ("month", "closed_on", "written", "code"),
    [
        (THIS, None, False, None),
        (date(2026, 12, 1), None, False, "month_in_future"),
        (date(2024, 12, 1), None, False, "before_group"),
        (date(2025, 1, 1), None, False, None),
        (date(2026, 10, 1), date(2026, 9, 3), False, "after_end"),
        (date(2026, 9, 1), date(2026, 9, 3), False, None),
        (THIS, None, True, "month_written"),
        (date(2026, 11, 2), None, False, "no_month"),
    ],
)
def test_a_month_comes_once_and_in_its_time(
    month: date, closed_on: date | None, written: bool, code: str | None
) -> None:
    reasons = months.reasons_not_to_record(
        month=month, formed_on=FORMED, closed_on=closed_on, written=written, today=TODAY
    )
    assert [one.code for one in reasons] == ([code] if code else [])


# --- money ---


def test_the_middle_of_like_groups_is_shown_from_five_on() -> None:
    assert months.benchmark_of([1, 2, 3, 4], TODAY).median_rupiah is None
    assert months.benchmark_of([5, 1, 4, 2, 300], TODAY).median_rupiah == 4


def test_the_picture_leaves_a_month_that_nobody_wrote_empty() -> None:
    shown = months.picture_of([Month(date(2026, 9, 1), 1_000, 400, 2), Month(THIS, 500, 0, 2)], until=TODAY, count=3)
    assert [(bar.label, bar.sales_height, bar.cost_height, bar.written) for bar in shown.bars] == [
        ("Sep", 96, 38, True), ("Okt", 0, 0, False), ("Nov", 48, 0, True),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 2 * 10**9), st.integers(0, 2 * 10**9)), max_size=15))
def test_no_bar_leaves_the_picture(amounts: list[tuple[int, int]]) -> None:
    written = [Month(months.months_back(THIS, back), *pair, 0) for back, pair in enumerate(amounts)]
    picture = months.picture_of(written, until=TODAY)

    for bar in picture.bars:
        for y, height in ((bar.sales_y, bar.sales_height), (bar.cost_y, bar.cost_height)):
            assert y >= 0 and y + height <= picture.height
        assert 0 <= bar.x < picture.width


# --- life ---


def test_a_young_group_is_new_and_an_ended_one_is_not_asleep() -> None:
    young = life.life_of(life.Facts(date(2026, 9, 1)), TODAY)
    ended = life.life_of(life.Facts(FORMED, closed_on=date(2026, 3, 1)), TODAY)

    assert (young.state, young.label) == (life.State.NEW, "Baru mulai")
    assert (ended.state, ended.since) == (life.State.CLOSED, date(2026, 3, 1))
    assert life.life_of(life.Facts(FORMED, closed_on=date(2026, 12, 1)), TODAY).state == life.State.ASLEEP


def test_a_group_lives_at_an_age_by_its_sales_before_it() -> None:
    born = date(2023, 9, 15)
    steady = (life.Facts(born), [months.months_back(THIS, back) for back in range(38)])
    stopped = (life.Facts(born), [date(2023, 10, 1), date(2024, 7, 1)])
    ended = (life.Facts(born, closed_on=date(2024, 8, 1)), [date(2024, 7, 1)])
    young = (life.Facts(date(2026, 1, 1)), [THIS])

    found = life.survival_of([steady, stopped, ended, young], TODAY)

    assert [(one.months, one.alive, one.of) for one in found] == [(12, 2, 3), (24, 1, 3), (36, 1, 3)]


def test_a_group_ends_once_for_a_cause_and_not_before_its_last_sale() -> None:
    def codes(**changed: Any) -> list[str]:
        told: dict[str, Any] = {
            "cause": "no_buyers", "on": TODAY, "formed_on": FORMED, "last_month": THIS, "closed_on": None,
        }  # fmt: skip
        return [one.code for one in life.reasons_not_to_close(**{**told, **changed})]

    assert codes() == []
    assert codes(closed_on=date(2026, 5, 1)) == ["closed_already"]
    assert codes(cause="boredom") == ["unknown_cause"]
    assert codes(on=date(2026, 10, 30)) == ["sold_later"]
    assert codes(on=date(2024, 10, 30), last_month=None) == ["before_group"]


def test_an_age_is_said_in_years_and_months() -> None:
    assert life.age_words(FORMED, TODAY) == "1 tahun 10 bulan"
    assert life.age_words(date(2026, 11, 20), TODAY) == "0 bulan"
    assert life.age_words(date(2024, 11, 23), TODAY) == "2 tahun"


# --- remittances ---


def test_nobody_invests_more_than_what_came() -> None:
    def codes(received: str, **used: str) -> list[str]:
        return [one.code for one in remittances.reasons_not_to_tell(received=received, used=used, on=TODAY)]

    assert codes("to_three", enterprise="to_half", saving="none", education="to_one") == []
    assert codes("to_half", enterprise="to_one") == ["more_than_received"]
    assert codes("plenty", enterprise="none") == ["unknown_band"]
    assert remittances.invested({"enterprise": "to_one", "saving": "to_half"}, "to_three", TODAY) == (
        1_000_000, 2_000_000,
    )  # fmt: skip
    assert remittances.invested({"enterprise": "to_half", "saving": "to_half"}, "to_half", TODAY) == (250_000, 250_000)
