"""`export-residents` from its words to the file and its status."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.audit.models import Event
from desmigratif.config.cli.parser import WrongUse, build_parser
from desmigratif.people.exporting import CannotExport
from desmigratif.regions.testing import load_sample
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"


def run(*words: str) -> int:
    args = build_parser().parse_args(["export-residents", "--village", KURIPAN, *words])
    status: int = importlib.import_module(f"desmigratif.config.cli.{args.module}").run(args)
    return status


@pytest.fixture
def somebody(db: None, officer: Actor, now: Any) -> None:
    load_sample()
    given = {
        "village_code": KURIPAN, "household_id": new_id(), "on": "2026-11-20",
        "members": [{"resident_id": new_id(), "person_id": new_id(), "name": "=Siti", "nik": "3307105205920418"}],
    }  # fmt: skip
    do(officer, "people.register_household", given, now=now, act_id=new_id())


def test_the_register_is_written_for_its_owner_only(
    somebody: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "warga.csv"

    assert run("--format", "csv", "--out", str(file), "--json") == 0

    assert json.loads(capsys.readouterr().out) == {"rows": 1, "left_out": 0, "file": str(file)}
    assert '"\'=Siti"' in file.read_text(encoding="utf-8-sig")
    assert file.stat().st_mode & 0o077 == 0
    assert Event.objects.get(event="residents.exported").via == "command"


def test_an_empty_village_and_a_wrong_place_are_said_in_words(somebody: None, tmp_path: Path) -> None:
    with pytest.raises(CannotExport):
        run("--format", "suplemen", "--out", str(tmp_path / "s.xlsx"))
    with pytest.raises(WrongUse):
        run("--village", "99.99.99.9999", "--out", str(tmp_path / "s.xlsx"))
    with pytest.raises(WrongUse):
        run("--out", str(tmp_path / "no" / "s.xlsx"))

    assert list(tmp_path.iterdir()) == []
