"""`ledger verify` and `ledger export` from their words to their status."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from desmigratif.access.actor import operator
from desmigratif.access.door import do
from desmigratif.audit.models import Event
from desmigratif.config.cli.parser import WrongUse, build_parser
from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.shared.ids import new_id
from desmigratif.shared.triggers import create_guards, drop_guards


def run(*words: str) -> int:
    args = build_parser().parse_args(["ledger", *words])
    status: int = importlib.import_module(f"desmigratif.config.cli.{args.module}").run(args)
    return status


@pytest.fixture
def cooperative(db: None, now: Any) -> Cooperative:
    """With one grant of Rp50.000 in its books."""
    id = new_id()
    given = {
        "cooperative_id": id, "village_code": "33.07.10.2004", "name": "Koperasi Uji", "kind": "kdmp_unit",
        "opened_on": "2026-11-01",
    }  # fmt: skip
    do(operator(), "cooperative.set_up_cooperative", given, now=now, act_id=new_id())
    cooperative = Cooperative.objects.everywhere().get(id=id)
    chart = chart_of(cooperative)
    legs = [
        {"account_id": chart["cash"], "debit_rupiah": 50_000},
        {"account_id": chart["grants"], "credit_rupiah": 50_000},
    ]
    entry = {"entry_id": new_id(), "cooperative_id": id, "on": "2026-11-02", "memo": "Hibah", "legs": legs}
    do(operator(), "cooperative.post_manual_entry", entry, now=now, act_id=new_id())
    return cooperative


def test_whole_books_are_proven(cooperative: Cooperative, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify") == 0
    assert capsys.readouterr().out == "Buku utuh: 1 koperasi, 1 segel, 1 catatan, 2 baris.\n"

    assert run("verify", "--cooperative", str(cooperative.id), "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "cooperatives": 1, "seals": 1, "entries": 1, "legs": 2, "broken": [], "whole": True,
    }  # fmt: skip


def test_broken_books_are_named(cooperative: Cooperative, capsys: pytest.CaptureFixture[str]) -> None:
    drop_guards()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cooperative_leg SET amount_rupiah = 60000 WHERE amount_rupiah > 0")
    create_guards()

    assert run("verify") == 1
    assert "segel nomor 1" in (said := capsys.readouterr().out)
    assert "debit dan kreditnya tidak sama" in said
    assert run("verify", "--json") == 1
    (place,) = json.loads(capsys.readouterr().out)["broken"]
    assert (place["number"], place["problem"]) == (1, "unbalanced")


def test_the_journal_is_handed_out_and_leaves_an_event(
    cooperative: Cooperative, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, id = tmp_path / "buku.beancount", str(cooperative.id)

    assert run("export", "--format", "csv", "--cooperative", id) == 0
    assert run("export", "--format", "beancount", "--cooperative", id, "--out", str(file)) == 0

    assert capsys.readouterr().out.count("\n") == 3
    assert "2026-11-02 * " in file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0
    assert Event.objects.filter(event="books.exported").count() == 2


def test_an_unknown_cooperative_and_a_wrong_place_are_wrong_use(cooperative: Cooperative, tmp_path: Path) -> None:
    for words in (
        ("verify", "--cooperative", str(new_id())),
        ("export", "--format", "csv", "--cooperative", str(new_id())),
        ("export", "--format", "csv", "--cooperative", str(cooperative.id), "--out", str(tmp_path / "no" / "x")),
    ):
        with pytest.raises(WrongUse):
            run(*words)
