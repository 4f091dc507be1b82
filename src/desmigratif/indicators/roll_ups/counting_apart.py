"""All figures out of all facts in DuckDB: each month once, each longer period and wider region from what lies below it.

Regions and indicators are numbers in here, those of a level in one stretch, so that sums never touch a text. What
came late is counted by the same statements, out of the few facts that it is.
"""

from __future__ import annotations

from typing import Any

from desmigratif.indicators.roll_ups.summing import FIRST, place_sql
from desmigratif.regions.rules import NATION

LENGTHS = {1: 2, 2: 5, 3: 8, 4: 13}  # of the codes of each level
_PARTS = "SUM(numerator)::BIGINT AS numerator, SUM(denominator)::BIGINT AS denominator"
_SUMS = f"{_PARTS}, SUM(facts)::BIGINT AS facts, MAX(as_of) AS as_of"
# How a longer period is made: its name, what it is made of, its key.
_LONGER = (
    ("quarter", "month", "period // 100 * 100 + 20 + (period % 100 + 2) // 3"),
    ("year", "quarter", "period // 100 * 100"),
    ("ever", "year", "0"),
)
_ROWS = " UNION ALL ".join(f"SELECT * FROM {{name}}_{level}" for level in range(5))  # noqa: S608
_PERIODS = ("month", "quarter", "year", "ever", "pillar")


def number_facts(duck: Any, facts: str, newer: dict[str, str]) -> None:
    """Tables `region` (by today's codes, with the one `up`), `kind` and `told`: the facts, by their numbers."""
    reach = " ".join(f"WHEN length(today) >= {length} THEN {level}" for level, length in sorted(LENGTHS.items())[::-1])
    above = " UNION ".join(
        f"SELECT {level} AS level, substr(today, 1, {length}) AS code FROM said WHERE level >= {level}"  # noqa: S608
        for level, length in LENGTHS.items()
    )
    duck.execute(
        f"""
CREATE TABLE said AS
    SELECT village_code, today, CASE WHEN today = '{NATION}' THEN 0 {reach} ELSE 1 END AS level
    FROM (SELECT village_code, {place_sql(newer)} AS today FROM (SELECT DISTINCT village_code FROM {facts}));
CREATE TABLE numbered AS
    SELECT level, code, row_number() OVER (ORDER BY level, code)::INTEGER AS n
    FROM (SELECT 0 AS level, '{NATION}' AS code UNION {above});
CREATE TABLE heard AS
    SELECT village_code, n FROM said JOIN numbered ON numbered.level = said.level
        AND code = CASE said.level {_starts(0, "today")} ELSE '{NATION}' END;
CREATE TABLE region AS
    SELECT here.*, up.n AS up,
           COUNT(*) OVER (PARTITION BY up.n) = 1 AND up.n NOT IN (SELECT n FROM heard) AS is_alone
    FROM numbered AS here LEFT JOIN numbered AS up ON up.level = here.level - 1
        AND up.code = CASE here.level {_starts(-1)} ELSE '{NATION}' END;
CREATE TABLE kind AS
    SELECT code, row_number() OVER (ORDER BY code)::SMALLINT AS n
    FROM (SELECT code FROM {facts} UNION SELECT unnest(['A', 'B', 'C', 'D', 'E', 'F']));
CREATE TABLE told AS
    SELECT heard.n AS place, kind.n AS code, "on", numerator, denominator, folded_at
    FROM {facts} AS one JOIN heard USING (village_code) JOIN kind ON kind.code = one.code
"""  # noqa: S608
    )


def _starts(step: int, code: str = "here.code") -> str:
    """Arms of a CASE: the code of the same region, or of the one `step` levels above."""
    return " ".join(
        f"WHEN {level} THEN substr({code}, 1, {LENGTHS[level + step]})" for level in LENGTHS if level + step in LENGTHS
    )


def count_all(duck: Any, told: str = "told", months: str = "months") -> None:
    """The view `summed`, with the columns of roll-ups, out of numbered facts."""
    _count(duck, "plain", f"SELECT * FROM {told}")  # noqa: S608
    _count(
        duck, "late",
        f"SELECT one.* FROM {told} AS one JOIN {months} ON month = {_month()} WHERE folded_at > frozen_at",  # noqa: S608
    )  # fmt: skip
    duck.execute(
        f"""
CREATE OR REPLACE VIEW summed AS
SELECT region.level, kind.code, plain.period, region.code AS region_code, plain.numerator, plain.denominator,
       plain.facts, plain.villages, COALESCE(late.numerator, 0) AS late_numerator,
       COALESCE(late.denominator, 0) AS late_denominator, COALESCE(late.facts, 0) AS late_facts, plain.as_of
FROM ({_ROWS.format(name="plain")}) AS plain LEFT JOIN ({_ROWS.format(name="late")}) AS late USING (place, code, period)
JOIN region ON region.n = plain.place JOIN kind ON kind.n = plain.code"""  # noqa: S608
    )


def _month() -> str:
    return f"""GREATEST(year("on") * 100 + month("on"), {FIRST})::INTEGER"""


def _count(duck: Any, name: str, facts: str) -> None:
    """Tables `NAME_month` ... `NAME_pillar` of what was told, and `NAME_3` ... `NAME_0` of the levels above it."""
    duck.execute(
        f"""
CREATE OR REPLACE TABLE {name}_month AS
    SELECT place, code, {_month()} AS period, {_PARTS}, COUNT(*) AS facts, MAX("on") AS as_of
    FROM ({facts}) GROUP BY ALL"""  # noqa: S608
    )
    for longer, shorter, key in _LONGER:
        duck.execute(
            f"""
CREATE OR REPLACE TABLE {name}_{longer} AS
    SELECT place, code, ({key})::INTEGER AS period, {_SUMS} FROM {name}_{shorter} GROUP BY ALL"""  # noqa: S608
        )
    duck.execute(
        f"""
CREATE OR REPLACE TABLE {name}_pillar AS
    SELECT place, pillar.n AS code, 0 AS period, 0::BIGINT AS numerator, 0::BIGINT AS denominator,
           SUM(facts)::BIGINT AS facts, MAX(as_of) AS as_of
    FROM {name}_ever AS one JOIN kind ON kind.n = one.code JOIN kind AS pillar ON pillar.code = substr(kind.code, 1, 1)
    WHERE pillar.code BETWEEN 'A' AND 'F' AND substr(kind.code, 2, 1) BETWEEN '1' AND '9' AND '{name}' <> 'late'
    GROUP BY ALL"""  # noqa: S608
    )
    _widen(duck, name)


def _widen(duck: Any, name: str) -> None:
    """The levels above villages. Where only one village of a district tells anything, its figures are the district's
    already: they are shown as both and not added up again."""
    duck.execute(f"CREATE OR REPLACE VIEW {name}_4 AS {_villages(duck, name)}")
    for level in (3, 2, 1, 0):
        below = f"""SELECT region.up AS place, one.* EXCLUDE (place) FROM {name}_{level + 1} AS one
            JOIN region ON region.n = one.place"""  # noqa: S608
        itself = [f"UNION ALL SELECT *, 0 FROM ({cells})" for cells in _cells(duck, name, level)]  # noqa: S608
        added = f"""
SELECT place, code, period, {_SUMS}, SUM(villages)::INTEGER AS villages
FROM ({below} {"WHERE NOT region.is_alone" if level == 3 else ""} {" ".join(itself)}) GROUP BY ALL"""  # noqa: S608
        if level == 3:
            duck.execute(f"CREATE OR REPLACE TABLE {name}_added AS {added}")
            both = f"SELECT * FROM {name}_added UNION ALL {below} WHERE region.is_alone"  # noqa: S608
            duck.execute(f"CREATE OR REPLACE VIEW {name}_3 AS {both}")
        else:
            duck.execute(f"CREATE OR REPLACE TABLE {name}_{level} AS {added}")


def _cells(duck: Any, name: str, level: int) -> list[str]:
    """What was told of regions of this level themselves; of districts and wider ones that is little or nothing."""
    first, last = duck.execute(
        f"SELECT MIN(place), MAX(place) FROM {name}_ever JOIN region ON n = place WHERE level = {level}"  # noqa: S608
    ).fetchone()
    if first is None:
        return []
    return [f"SELECT * FROM {name}_{one} WHERE place BETWEEN {first} AND {last}" for one in _PERIODS]  # noqa: S608


def _villages(duck: Any, name: str) -> str:
    cells = _cells(duck, name, 4) or [f"SELECT * FROM {name}_ever WHERE false"]  # noqa: S608
    return f"SELECT *, 1 AS villages FROM ({' UNION ALL '.join(cells)})"  # noqa: S608
