"""The SQL that makes a guard, on SQLite and on PostgreSQL. Text in, text out."""

from __future__ import annotations

import re

from desmigratif.shared.guards.types import Do, Each, Guard, Refuse

ONE_REFUSAL = """
CREATE OR REPLACE FUNCTION desmigratif_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$
"""
_REFUSAL = (
    "IF problem IS NOT NULL THEN RAISE EXCEPTION USING MESSAGE = problem, ERRCODE = 'restrict_violation'; END IF;"
)
# PostgreSQL would plan a question with so many parts anew each time, which takes longer than answering it;
# and its planner, who thinks of some other seal's size, would read whole tables or gather pages for each row of this
_PLANNED_ONCE = "SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off"
_MONTH = re.compile(r"\{month:(.+?)\}")
_WORD = re.compile(r"\{(\w+)\}")
_REFUSED = re.compile(r"\{refused:(.+?)\}")
_ROW = re.compile(r"\{row:(\w+)\}")
_SHORTEST_KEY = {"sqlite": r"\1.rowid", "postgresql": r"\1.id"}
_FIRST_DAY = {"sqlite": r"(substr(\1, 1, 7) || '-01')", "postgresql": r"date_trunc('month', \1)::date"}


def create_sql(guard: Guard, vendor: str, columns: list[str]) -> list[str]:
    """The statements that make a guard; `columns` are those of its table."""
    if guard.steps:
        return _steps_in_sqlite(guard) if vendor == "sqlite" else _steps_in_postgresql(guard)
    each = "STATEMENT" if guard.operation == "TRUNCATE" else "ROW"
    passes = _what_passes(guard, vendor, columns)
    when = f" WHEN (NOT ({passes}))" if passes else ""
    head = f"CREATE TRIGGER {guard.name} BEFORE {guard.operation} ON {guard.table} FOR EACH {each}{when}"
    if vendor == "sqlite":
        return [f"{head} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"]
    return [f"{head} EXECUTE FUNCTION desmigratif_refuse('{guard.message}')"]


def _what_passes(guard: Guard, vendor: str, columns: list[str]) -> str:
    if not guard.only:
        return guard.unless
    same = "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
    kept = [f'NEW."{name}" {same} OLD."{name}"' for name in columns if name not in guard.only]
    return " AND ".join(filter(None, (f"({guard.unless})" if guard.unless else "", *kept)))


def _steps_in_sqlite(guard: Guard) -> list[str]:
    """A single condition stands at the head: SQLite then runs no body for each row of a batch.

    A guard of fresh rows asks once each is there, as PostgreSQL does: SQLite would make the row twice to ask before.
    """
    moment = "AFTER" if guard.after or guard.fresh else "BEFORE"
    head = f"CREATE TRIGGER {guard.name} {moment} {guard.operation} ON {guard.table} FOR EACH ROW"
    only = guard.steps[0]
    if len(guard.steps) == 1 and isinstance(only, Refuse):
        body = f"WHEN {only.condition} BEGIN SELECT RAISE(ABORT, '{only.message}')"
    else:
        body = f"BEGIN {'; '.join(filter(None, map(_step_in_sqlite, guard.steps)))}"
    return [f"{head} {_for_engine(body, 'sqlite')}; END"]


def _step_in_sqlite(step: Refuse | Each | Do) -> str:
    if isinstance(step, Refuse):
        return f"SELECT RAISE(ABORT, '{step.message}') WHERE {step.condition}"
    cases = " ".join(f"WHEN {one.condition} THEN RAISE(ABORT, '{one.message}')" for one in step.refusals)
    if isinstance(step, Each):
        return f"SELECT CASE {cases} END {step.rows}"
    return _REFUSED.sub(lambda found: f"CASE {cases} ELSE {found[1]} END", step.statement)


def _steps_in_postgresql(guard: Guard) -> list[str]:
    moment, rows, each = (
        ("AFTER", " REFERENCING NEW TABLE AS fresh", "STATEMENT")
        if guard.fresh
        else ("AFTER" if guard.after else "BEFORE", "", "ROW")
    )
    said = _at_once(guard) if guard.gathered else _body(guard)
    body = _for_engine(" ".join(said), "postgresql")
    planned = _PLANNED_ONCE if guard.gathered else ""
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql {planned} AS $$ "
        f"DECLARE problem text; BEGIN {body} RETURN NEW; END $$",
        f"CREATE TRIGGER {guard.name} {moment} {guard.operation} ON {guard.table}{rows} FOR EACH {each} "
        f"EXECUTE FUNCTION {guard.name}()",
    ]


def _at_once(guard: Guard) -> list[str]:
    """What OLD and NEW alone tell comes first; then gather, do and ask in one statement. The first condition that
    holds gives its message."""
    parts = [f"{name} AS MATERIALIZED ({question})" for name, question in guard.gathered]
    first: list[str] = []
    cases: list[str] = []
    for place, step in enumerate(guard.steps):
        if isinstance(step, Do):
            parts.append(f"{step.name or f'done_{place}'} AS ({step.in_postgresql or step.statement})")
            cases += map(_case, step.refusals)
        elif isinstance(step, Each):
            cases += map(_case, step.refusals)
        elif "SELECT" in step.condition:
            cases.append(_case(step))
        else:
            first.append(_case(step))
    asked = f"WITH {', '.join(parts)} SELECT CASE {' '.join(cases)} END INTO problem;"
    if guard.few:
        asked = f"IF {guard.few[0]} THEN {_row_by_row(guard, guard.few[1])}; ELSE {asked} END IF;"
    return [*_question(first), asked, _REFUSAL]


def _row_by_row(guard: Guard, block: str) -> str:
    """The block for a few rows, with the guard's own messages."""
    refusals = [one for step in guard.steps for one in _refusals_of(step)]
    messages = {one.message.partition(":")[0]: one.message for one in refusals}
    return f"<<asked>> {_WORD.sub(lambda found: repr(messages[found[1]]), block)}"


def _refusals_of(step: Refuse | Each | Do) -> tuple[Refuse, ...]:
    return (step,) if isinstance(step, Refuse) else step.refusals


def _body(guard: Guard) -> list[str]:
    """Conditions in a row are asked as one question: the first that holds gives its message."""
    body: list[str] = []
    cases: list[str] = []
    for step in guard.steps:
        if isinstance(step, Do):
            body += [*_question(cases), f"{step.statement};"]
            cases = []
        else:
            cases += map(_case, _refusals_of(step))
    return [*body, *_question(cases)]


def _case(step: Refuse) -> str:
    return f"WHEN {step.in_postgresql or step.condition} THEN '{step.message}'"


def _question(cases: list[str]) -> list[str]:
    if not cases:
        return []
    return [f"problem := CASE {' '.join(cases)} END;", _REFUSAL]


def _for_engine(sql: str, vendor: str) -> str:
    return _ROW.sub(_SHORTEST_KEY[vendor], _MONTH.sub(_FIRST_DAY[vendor], sql))
