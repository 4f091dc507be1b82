"""Worked examples of the programme: target and reach, need, quotas. Each value of the law is told by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from desmigratif.programme.figures import Figure, published, villages
from desmigratif.programme.rules.need import Need, needs, threshold_on, weights_on
from desmigratif.programme.rules.partners import due_after
from desmigratif.programme.rules.pictures import HIGH, TOP, bars
from desmigratif.programme.rules.progress import years
from desmigratif.programme.rules.quotas import left_out, quotas_on
from desmigratif.shared import dated
from desmigratif.shared.dated import value_on
from desmigratif.shared.tests.mutating import unnoticed

TODAY = date(2026, 11, 26)
FIRST_DAY = date(2016, 12, 27)
LAW = (
    "types", "targets", "quotas", "need_weights", "steps", "leaving", "pillars", "partner_kinds", "budget_sources",
    "village_source", "task_days", "selection_weights", "need_threshold",
)  # fmt: skip
WORDS = {"types", "steps", "leaving", "pillars", "partner_kinds", "budget_sources"}


STEPS = [
    ("memorandum", False, 0), ("deliberation", False, 0), ("training", False, 0), ("equipment", False, 0),
    ("service_centre", True, 0), ("enterprise", True, 0), ("parenting", True, 0), ("cooperative", True, 0),
    ("village_regulation", False, 0), ("budget_line", False, 0), ("exit_assessment", False, 24),
    ("advanced_guidance", False, 36), ("replication", False, 0),
]  # fmt: skip


def placed(*rows: tuple[str, str, int]) -> list[Figure]:
    return [Figure("placements", region, period, "", value, "Contoh") for region, period, value in rows]


def test_the_seed_figures_stand_as_they_were_reported() -> None:
    rows = years(published(), "ID", TODAY)

    assert [(row.year, row.total) for row in rows] == [
        (2016, 2), (2017, 122), (2018, 252), (2019, 402), (2020, 402), (2021, 453), (2022, 503),
    ]  # fmt: skip
    assert all(row.source for row in rows)


def test_a_contradicting_report_stays_beside_the_one_that_counts() -> None:
    rows = {row.year: row for row in years(published(), "ID", TODAY)}

    assert [(one.metric, one.value) for one in rows[2018].others] == [("villages_new", 135)]
    assert [(one.metric, one.value) for one in rows[2021].others] == [("villages_total", 450)]
    assert rows[2018].new == 130
    assert rows[2021].total == 453


def test_the_first_target_was_missed_and_the_lowered_one_reached() -> None:
    row = next(row for row in years(published(), "ID", TODAY) if row.year == 2019)

    assert (row.target_total, row.lowered, row.total, row.short) == (500, 402, 402, 98)


def test_a_year_nobody_reported_is_unknown_and_not_zero() -> None:
    row = next(row for row in years([], "ID", TODAY) if row.year == 2019)

    assert (row.new, row.total, row.short, row.source) == (None, None, 0, "")


def test_of_three_sources_the_middle_counts_and_all_are_kept() -> None:
    indramayu = next(row for row in needs(published(), 2, TODAY) if row.region == "32.12")

    assert indramayu.parts[0].values == (17_917, 19_178, 20_900)
    assert (indramayu.low, indramayu.score, indramayu.high) == (90.2, 94.6, 94.6)
    assert (indramayu.known, indramayu.of) == (2, 5)


def test_each_figure_says_with_how_many_regions_it_was_compared() -> None:
    parts = {part.metric: part for row in needs(published(), 2, TODAY) if row.region == "32.09" for part in row.parts}

    assert {name: (part.year, part.values, part.among) for name, part in parts.items()} == {
        "placements": (2024, (11_420,), 14), "complaints": (2024, (67,), 1), "poverty": (2024, (245_900,), 3),
    }  # fmt: skip


def test_poverty_alone_makes_no_region_one_that_needs_the_programme() -> None:
    told = {one.region for one in published() if one.metric in ("placements", "deaths", "deaths_rank", "complaints")}

    assert {one.region for one in published() if one.metric == "poverty"} <= told


def test_what_is_not_known_weighs_nothing() -> None:
    figures = [
        *placed(("35.07", "2023", 50), ("35.05", "2023", 100)),
        Figure("deaths", "35.07", "2023", "", 4, "Contoh"),
        Figure("deaths", "35.05", "2023", "", 2, "Contoh"),
        Figure("deaths", "35.02", "2023", "", 1, "Contoh"),
    ]

    found = {row.region: row for row in needs(figures, 2, TODAY)}

    assert found["35.07"].score == round((30 * 50 + 25 * 100) / 55, 1)
    assert found["35.05"].score == round((30 * 100 + 25 * 50) / 55, 1)
    assert found["35.02"].score == 25.0
    assert found["35.02"].known == 1


def test_a_whole_year_counts_before_a_later_part_of_one() -> None:
    (row,) = needs(placed(("35.07", "2021", 10), ("35.07", "2025-01..2025-11", 3)), 2, TODAY)

    assert (row.parts[0].year, row.parts[0].values) == (2021, (10,))


def test_kinds_within_a_figure_and_other_levels_do_not_count() -> None:
    figures = [*placed(("35", "2023", 9)), Figure("complaints", "35.07", "2023", "gaji tidak dibayar", 9, "Contoh")]

    assert needs(figures, 2, TODAY) == []


def test_the_neediest_of_ntt_was_left_out_in_2017() -> None:
    """Malaka had the most deaths of its province in 2022 to 2024 and was not among the ten of 2017."""
    nation, ntt = quotas_on(TODAY, villages())
    found = needs(published(), 2, TODAY)

    assert left_out(found, ntt, 50) == ["53.21"]
    assert left_out(found, nation, 50) == []


@dataclass(frozen=True)
class Placed:
    code: str
    year: int


def test_a_province_with_its_own_quota_does_not_count_for_the_nation() -> None:
    known: Sequence[Placed] = [
        Placed("53.01.18.1001", 2017),
        Placed("33.07.05.2002", 2017),
        Placed("53.01.10.2007", 2018),
    ]

    assert [quota.named for quota in quotas_on(TODAY, known)] == [1, 1]


def test_only_those_with_enough_need_are_said_to_be_left_out() -> None:
    _, ntt = quotas_on(TODAY, [])
    rows = [
        Need("53.21", 49.9, 49.9, 49.9, (), 5),
        Need("53.20", 50.0, 50.0, 50.0, (), 5),
        Need("33.07", 99, 99, 99, (), 5),
    ]

    assert left_out(rows, ntt, threshold_on(TODAY)) == ["53.20"]


def test_bars_share_the_room_and_never_divide_by_nothing() -> None:
    (small, big) = bars([("2016", 10, None), ("2017", 20, 40)])

    assert big.height == 2 * small.height
    assert big.mark == TOP
    assert small.y + small.height == big.y + big.height < HIGH
    assert bars([]) == []
    assert bars([("2016", 0, None)])[0].height == 0


def all_true() -> bool:
    """Every value of the law, in worked examples."""
    try:
        targets = value_on("programme.targets", FIRST_DAY)
        quotas = value_on("programme.quotas", FIRST_DAY)
        types = value_on("programme.types", FIRST_DAY)
        return (
            {year: (row["new"], row["total"], row.get("lowered")) for year, row in targets.items()}
            == {
                2016: (2, 2, None),
                2017: (120, 122, None),
                2018: (130, 252, None),
                2019: (150, 500, 402),
                2021: (51, 453, None),
            }
            and [(row["year"], row["region"], row["villages"], row["regency_count"]) for row in quotas]
            == [(2017, "ID", 100, 50), (2017, "53", 20, 10)]
            and [len(row["regencies"]) for row in quotas] == [0, quotas[1]["regency_count"]]
            and all(code.startswith("53.") for code in quotas[1]["regencies"])
            and weights_on(FIRST_DAY)
            == {"placements": 30, "deaths": 25, "complaints": 20, "poverty": 15, "recruiters": 10}
            and threshold_on(FIRST_DAY) == 50
            and not any(
                version.holds_on(FIRST_DAY - timedelta(days=1))
                for name in LAW
                for version in dated.subject("programme")[name]
            )
            and [row["support_years"] for row in types.values()] == [3, 0, 3]
            and [len(row["indicators"]) for row in types.values()] == [65, 14, 12]
            and value_on("programme.selection_weights", FIRST_DAY) == {"need": 40, "signs": 60}
            and list(value_on("programme.pillars", FIRST_DAY)) == [code for code, is_pillar, _ in STEPS if is_pillar]
            and value_on("programme.village_source", FIRST_DAY) in value_on("programme.budget_sources", FIRST_DAY)
            and value_on("programme.village_source", FIRST_DAY) == "apbdes"
            and due_after(date(2026, 11, 20), value_on("programme.task_days", FIRST_DAY)) == date(2026, 12, 4)
        )
    except (KeyError, LookupError, TypeError):
        return False


def test_every_number_of_the_targets_and_quotas_is_told_by_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, missed = unnoticed(monkeypatch, "programme", all_true)

    assert tried > 100
    assert {name for name, _ in missed} <= WORDS, "only words may change unnoticed"
