"""The one statement that adds facts up: for a batch of them (`folding`) and for all of them (`rebuilding`).

A fact counts in its month, quarter, year and since the beginning; in its village, district, regency, province and in
the nation, by the codes of today. Where SQLite, PostgreSQL and DuckDB differ, `Dialect` says how.
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
    """What is written differently: the month of a day as a number, and division without a rest."""

    month: str
    over: str = "/"


DIALECTS = {
    "sqlite": Dialect("""CAST(substr("on", 1, 4) || substr("on", 6, 2) AS INTEGER)"""),
    "postgresql": Dialect("""CAST(EXTRACT(YEAR FROM "on") * 100 + EXTRACT(MONTH FROM "on") AS INTEGER)"""),
    "duckdb": Dialect("""CAST(year("on") * 100 + month("on") AS INTEGER)""", over="//"),
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


def code_today(village_code: str) -> str:
    """The same for one village."""
    newer = newer_codes()
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
    over = dialect.over
    sums = (
        "SUM(numerator) AS numerator, SUM(denominator) AS denominator, SUM(facts) AS facts, "
        "SUM(late_numerator) AS late_numerator, SUM(late_denominator) AS late_denominator, "
        "SUM(late_facts) AS late_facts, MAX(as_of) AS as_of"
    )
    same = "numerator, denominator, facts, late_numerator, late_denominator, late_facts, as_of"
    return f"""
WITH fact AS (
    SELECT {place_sql(newer)} AS place, code, "on" AS as_of, numerator, denominator, folded_at,
           CASE WHEN {dialect.month} < {FIRST} THEN {FIRST} ELSE {dialect.month} END AS ym
    FROM {facts} AS told
), month_cell AS (
    SELECT fact.place, fact.code, fact.ym,
           SUM(fact.numerator) AS numerator, SUM(fact.denominator) AS denominator, COUNT(*) AS facts,
           SUM(CASE WHEN fact.folded_at > p.frozen_at THEN fact.numerator ELSE 0 END) AS late_numerator,
           SUM(CASE WHEN fact.folded_at > p.frozen_at THEN fact.denominator ELSE 0 END) AS late_denominator,
           SUM(CASE WHEN fact.folded_at > p.frozen_at THEN 1 ELSE 0 END) AS late_facts,
           MAX(fact.as_of) AS as_of
    FROM fact LEFT JOIN {published} AS p ON p.month = fact.ym
    GROUP BY fact.place, fact.code, fact.ym
), cell AS (
    SELECT place, code, period, {sums} FROM (
        SELECT place, code, ym AS period, {same} FROM month_cell
        UNION ALL
        SELECT place, code, (ym {over} 100) * 100 + 20 + (ym - (ym {over} 100) * 100 + 2) {over} 3, {same}
        FROM month_cell
        UNION ALL
        SELECT place, code, (ym {over} 100) * 100, {same} FROM month_cell
        UNION ALL
        SELECT place, code, 0, {same} FROM month_cell
        UNION ALL
        SELECT place, substr(code, 1, 1), 0, 0, 0, facts, 0, 0, 0, as_of FROM month_cell
        WHERE substr(code, 1, 1) BETWEEN 'A' AND 'F' AND substr(code, 2, 1) BETWEEN '1' AND '9'
    ) AS every_period GROUP BY place, code, period
)"""  # noqa: S608  names of tables and codes of regions


def village_rows_sql() -> str:
    """The rows of villages, out of `cell`."""
    return """
SELECT 4 AS level, code, period, place AS region_code, numerator, denominator, facts, 1 AS villages,
       late_numerator, late_denominator, late_facts, as_of
FROM cell WHERE length(place) = 13"""


def wider_rows_sql(counted: str) -> str:
    """The rows of everything wider, out of `counted`: `cell` with the number of `villages` each stands for."""
    sums = ", ".join(f"SUM({name}) AS {name}" for name in SUMS)
    same = f"code, period, {', '.join(SUMS)}, as_of"
    return f"""
SELECT level, code, period, region_code, {sums}, MAX(as_of) AS as_of FROM (
    SELECT 0 AS level, '{NATION}' AS region_code, {same} FROM {counted}
    UNION ALL SELECT 1, substr(place, 1, 2), {same} FROM {counted} WHERE place <> '{NATION}'
    UNION ALL SELECT 2, substr(place, 1, 5), {same} FROM {counted} WHERE length(place) >= 5
    UNION ALL SELECT 3, substr(place, 1, 8), {same} FROM {counted} WHERE length(place) >= 8
) AS every_level GROUP BY level, code, period, region_code"""  # noqa: S608
