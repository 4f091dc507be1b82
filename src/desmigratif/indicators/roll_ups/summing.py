"""The statement that adds facts up in the database: a batch of them (`folding`) or all of them (`rebuilding`).

A fact counts in its month, quarter, year and since the beginning; in its village, district, regency, province and in
the nation, by the codes of today.
"""

from __future__ import annotations

from dataclasses import dataclass

from desmigratif.regions.models import RegionAlias
from desmigratif.regions.rules import NATION

FIRST = 200001  # what is dated earlier counts from here on (rules.periods.FIRST_YEAR)
SUMS = ("numerator", "denominator", "facts", "villages", "late_numerator", "late_denominator", "late_facts")
COLUMNS = ("level", "code", "period", "region_code", *SUMS, "as_of")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What is written differently: the month of a day as a number."""

    month: str


DIALECTS = {
    "sqlite": Dialect("""CAST(substr("on", 1, 4) || substr("on", 6, 2) AS INTEGER)"""),
    "postgresql": Dialect("""CAST(EXTRACT(YEAR FROM "on") * 100 + EXTRACT(MONTH FROM "on") AS INTEGER)"""),
    "duckdb": Dialect("""CAST(year("on") * 100 + month("on") AS INTEGER)"""),
}


def newer_codes() -> dict[str, str]:
    """Old code -> today's, followed to the end: a few dozen regencies that came under another province."""
    moved = dict(RegionAlias.objects.values_list("old_code", "new_code"))
    found = {}
    for old, new in moved.items():
        seen = {old}
        while new in moved and new not in seen:
            seen.add(new)
            new = moved[new]
        found[old] = new
    return found


def code_today(village_code: str, newer: dict[str, str] | None = None) -> str:
    """The same for one village; `newer_codes` where many are asked for."""
    newer = newer_codes() if newer is None else newer
    old = max((one for one in newer if village_code.startswith(f"{one}.")), key=len, default="")
    return newer[old] + village_code[len(old) :] if old else village_code


def place_sql(newer: dict[str, str]) -> str:
    """A village's code as it is today, from the column `village_code`."""
    arms = [
        f"WHEN substr(village_code, 1, {len(old)}) = '{old}' THEN '{new}' || substr(village_code, {len(old) + 1})"
        for old, new in sorted(newer.items(), key=lambda pair: (-len(pair[0]), pair))
    ]
    return f"CASE {' '.join(arms)} ELSE village_code END" if arms else "village_code"


def cells_sql(dialect: Dialect, *, facts: str, published: str, newer: dict[str, str]) -> str:
    """WITH clauses down to `cell`: sums a place as written, indicator and period.

    `facts` is a table of facts or a part of one, in parentheses; `published` one of months and their `frozen_at`.
    """
    month = dialect.month
    parts = ("numerator", "denominator", "facts", "late_numerator", "late_denominator", "late_facts")
    sums = ", ".join([*(f"{_sum(name)} AS {name}" for name in parts), "MAX(as_of) AS as_of"])
    late = "CASE WHEN folded_at > frozen_at THEN {} ELSE 0 END"
    return f"""
WITH fact AS (
    SELECT {place_sql(newer)} AS place, code, "on" AS as_of, numerator, denominator, folded_at,
           CASE WHEN {month} < {FIRST} THEN {FIRST} ELSE {month} END AS period
    FROM {facts} AS told
), month_cell AS (
    SELECT place, code, period, {_sum("numerator")} AS numerator, {_sum("denominator")} AS denominator,
           COUNT(*) AS facts, {_sum(late.format("numerator"))} AS late_numerator,
           {_sum(late.format("denominator"))} AS late_denominator, SUM({late.format("1")}) AS late_facts,
           MAX(as_of) AS as_of
    FROM fact LEFT JOIN {published} ON month = period GROUP BY 1, 2, 3
), quarter_cell AS (
    SELECT place, code, (period / 100) * 100 + 20 + (period - (period / 100) * 100 + 2) / 3 AS period, {sums}
    FROM month_cell GROUP BY 1, 2, 3
), year_cell AS (
    SELECT place, code, (period / 100) * 100 AS period, {sums} FROM quarter_cell GROUP BY 1, 2, 3
), ever_cell AS (
    SELECT place, code, 0 AS period, {sums} FROM year_cell GROUP BY 1, 2, 3
), cell AS (
    SELECT * FROM month_cell UNION ALL SELECT * FROM quarter_cell UNION ALL SELECT * FROM year_cell
    UNION ALL SELECT * FROM ever_cell
    UNION ALL
    SELECT place, substr(code, 1, 1), 0, 0, 0, {_sum("facts")}, 0, 0, 0, MAX(as_of) FROM ever_cell
    WHERE substr(code, 1, 1) BETWEEN 'A' AND 'F' AND substr(code, 2, 1) BETWEEN '1' AND '9' GROUP BY 1, 2
)"""  # noqa: S608  names of tables and codes of regions


def _sum(value: str) -> str:
    """PostgreSQL would answer with a number of any length."""
    return f"CAST(SUM({value}) AS BIGINT)"


def village_rows_sql() -> str:
    """The rows of villages, out of `cell`."""
    return """
SELECT 4 AS level, code, period, place AS region_code, numerator, denominator, facts, 1 AS villages,
       late_numerator, late_denominator, late_facts, as_of
FROM cell WHERE length(place) = 13"""


def wider_sql(counted: str) -> str:
    """WITH clauses down to `wider`: the rows of everything wider than a village, each level out of the one below it.

    `counted` is `cell` with the number of `villages` that each stands for.
    """
    sums = ", ".join(f"{_sum(name)} AS {name}" for name in SUMS)
    same = f"code, period, {', '.join(SUMS)}, as_of"
    levels = ", ".join(
        f"""
level_{level} AS (
    SELECT place, code, period, {sums}, MAX(as_of) AS as_of FROM (
        SELECT {place} AS place, {same} FROM {below}
        UNION ALL SELECT {place}, {same} FROM {counted} WHERE {told}
    ) AS all_below GROUP BY 1, 2, 3
)"""  # noqa: S608
        for level, place, below, told in (
            (3, "substr(place, 1, 8)", f"(SELECT * FROM {counted} WHERE length(place) = 13) AS villages",  # noqa: S608
             "length(place) BETWEEN 8 AND 12"),
            (2, "substr(place, 1, 5)", "level_3", "length(place) BETWEEN 5 AND 7"),
            (1, "substr(place, 1, 2)", "level_2", f"length(place) < 5 AND place <> '{NATION}'"),
            (0, f"'{NATION}'", "level_1", f"place = '{NATION}'"),
        )
    )  # fmt: skip
    rows = " UNION ALL ".join(
        f"SELECT {level} AS level, code, period, place AS region_code, {', '.join(SUMS)}, as_of FROM level_{level}"  # noqa: S608
        for level in range(4)
    )
    return f"{levels}, wider AS ({rows})"
