"""`desmigratif indicators`: figures of a region, as one document or in words."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from desmigratif.access.actor import operator
from desmigratif.audit import unit
from desmigratif.audit.models import FactDelta
from desmigratif.config.cli import indicators
from desmigratif.config.cli.parser import WrongUse, build_parser
from desmigratif.indicators.models import RollUp
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
KEYS = {"code", "name", "numerator", "denominator", "value", "missing", "as_of", "definition_version"}


@pytest.fixture
def counted(places: None) -> None:
    for met in (1, 1, 0):
        FactDelta.objects.create(code="A5", village_code=KURIPAN, on=date(2026, 11, 3), numerator=met, denominator=1)


def run(*words: str) -> int:
    return indicators.run(build_parser().parse_args(["indicators", *words]))


def test_the_document_has_every_indicator_with_what_it_is_made_of(counted: None, capsys: Any) -> None:
    assert run("--region", "33.07", "--period", "2026-11", "--json") == 0

    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 65
    assert all(set(row) == KEYS for row in rows)
    (rate,) = (row for row in rows if row["code"] == "A5")
    assert (rate["numerator"], rate["denominator"], rate["value"], rate["as_of"]) == (2, 3, 0.666667, "2026-11-03")
    (never,) = (row for row in rows if row["code"] == "C1")
    assert (never["numerator"], never["denominator"], never["value"]) == (None, None, None)


def test_in_words_what_is_not_known_is_never_zero(counted: None, capsys: Any) -> None:
    assert run("--region", "ID", "--period", "2026") == 0

    said = capsys.readouterr().out
    assert "Berangkat sesuai prosedur: 2 dari 3 (data sampai 2026-11-03)" in said
    assert "Kelompok aktif: belum ada data" in said


@pytest.mark.parametrize("words", [("--region", "33.99", "--period", "2026"), ("--region", "33.07"), ()])
def test_a_region_or_period_that_is_not_there_is_wrong_use(places: None, words: tuple[str, ...]) -> None:
    with pytest.raises(WrongUse):
        run(*words)


def test_a_rebuild_says_what_differs_and_then_mends_it(counted: None, capsys: Any) -> None:
    assert run("rebuild", "--check") == 0
    RollUp.objects.filter(level=0, code="A5", period=202611).update(numerator=9)

    assert run("rebuild", "--check") == 1
    assert "ID A5 202611: 9 dari 3, harusnya 2 dari 3." in capsys.readouterr().out
    assert run("rebuild", "--engine", "duckdb") == 0
    assert run("rebuild", "--check", "--json") == 0


def test_a_recount_names_what_was_told_and_no_record_knows(counted: None, working: Any, capsys: Any) -> None:
    with working(operator()):
        unit.changed("people.resident", KURIPAN, new_id())

    assert run("recount") == 1
    assert capsys.readouterr().out == f"A5 {KURIPAN} 2026-11: catatan 0 dari 0, angka 2 dari 3\n"
    FactDelta.objects.all().delete()
    assert run("recount") == 0
    assert capsys.readouterr().out == "Angka 1 desa sama dengan catatan pelayanannya.\n"
