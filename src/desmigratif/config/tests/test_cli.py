"""The command line as an operator meets it: one sentence per error, one JSON document, never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desmigratif.config.cli import main, output
from desmigratif.shared.reasons import Reason, Refusal


def run_command(*words: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, on a data folder of its own, on SQLite."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")}
    source = str(Path(__file__).parents[3])
    return subprocess.run(
        [sys.executable, "-m", "desmigratif", *words],
        env={**kept, "PYTHONPATH": source, "DESMIGRATIF_DATA": str(data), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "yang kurang: PERINTAH"),
        (["nonsense"], "'nonsense' tidak dikenal"),
        (["check-offer"], "yang kurang: BERKAS.json, --on"),
        (["check-offer", "x.json", "--on", "kemarin"], "Tulis tanggal seperti 2026-08-17"),
        (["check-offer", "tidak-ada.json", "--on", "2026-11-23"], "tidak ada atau tidak dapat dibaca"),
        (["check-costs"], "yang kurang: BERKAS.json, --on"),
        (["check-costs", "tidak-ada.json", "--on", "2026-11-23"], "tidak ada atau tidak dapat dibaca"),
        (["requirements", "--on", "2026-11-23"], "yang kurang: --country, --job, --employer-type, --marital-status"),
        (["serve", "--port", "99999"], "Tulis angka 1 sampai 65535"),
        (["serve", "--wat"], "tidak dikenal di perintah ini: --wat"),
        (["undo-import", "abc"], "bukan nomor"),
        (["backup", "verify"], "Tulis: desmigratif backup BERKAS"),
        (["backup", "a", "b"], "Tulis: desmigratif backup BERKAS"),
        (["verify-letter"], "salah tulis"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(words)

    captured = capsys.readouterr()
    assert status == 2
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_help_is_in_indonesian_and_hides_what_serve_starts_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0

    text = capsys.readouterr().out
    assert text.startswith("pemakaian: desmigratif")
    assert "serve-prepare" not in text and "SUPPRESS" not in text
    for english in ("usage", "show this", "positional", "options:"):
        assert english not in text


@dataclass(frozen=True)
class FirstRun:
    """What a command said that found nothing, and the data folder that it made."""

    answer: subprocess.CompletedProcess[str]
    data: Path
    elsewhere: Path


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> FirstRun:
    folder = tmp_path_factory.mktemp("pertama")
    data, elsewhere = folder / "baru", folder / "lain"
    answer = run_command("audit", "verify", "--json", "--data", str(data), data=elsewhere)
    return FirstRun(answer, data, elsewhere)


@pytest.fixture
def in_use(first_run: FirstRun, tmp_path: Path) -> Path:
    """A data folder of this test's own, as the first command left it."""
    return shutil.copytree(first_run.data, tmp_path / "dipakai")


def test_an_empty_folder_is_made_usable_by_the_command_itself(first_run: FirstRun) -> None:
    first, data = first_run.answer, first_run.data
    assert (first.returncode, first.stderr) == (0, "")
    assert json.loads(first.stdout) == {"whole": True, "events": 0, "villages": 0, "broken": []}
    assert (data / "keys.json").exists() and (data / "desmigratif.sqlite3").exists()
    assert not first_run.elsewhere.exists(), "--data wins over the environment"
    if os.name == "posix":
        assert (data / "desmigratif.sqlite3").stat().st_mode & 0o077 == 0, "nobody else reads the data"


def test_an_unknown_setting_stops_with_its_name(tmp_path: Path) -> None:
    answer = run_command("routes", data=tmp_path, DESMIGRATIF_DEMOO="1")

    assert answer.returncode == 1
    assert answer.stderr == "Setelan tidak dikenal: DESMIGRATIF_DEMOO.\n"


def test_a_certificate_that_cannot_be_read_stops_serve_with_one_sentence(in_use: Path, tmp_path: Path) -> None:
    p12 = tmp_path / "surat.p12"
    answer = run_command("serve-prepare", data=in_use, DESMIGRATIF_PADES_P12=str(p12))

    assert answer.returncode != 0
    assert f"Berkas {p12} tidak dapat dibaca." in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_database_that_is_gone_is_a_sentence_and_a_log(tmp_path: Path) -> None:
    answer = run_command(
        "audit", "verify", "--json", data=tmp_path, DATABASE_URL="postgresql://siapa:rahasia@127.0.0.1:1/x"
    )

    log = tmp_path / "logs" / "desmigratif.log"
    assert answer.returncode == 1
    assert answer.stderr.startswith("Basis data tidak dapat dibuka") and str(log) in answer.stderr
    assert "Traceback" not in answer.stderr and answer.stderr.count("\n") == 1
    kept = log.read_text(encoding="utf-8")
    assert "OperationalError" in kept and "config/cli" in kept
    assert "rahasia" not in kept and "siapa" not in kept


def test_a_missing_guard_stops_every_command(in_use: Path) -> None:
    _sql(in_use, "DROP TRIGGER guard_audit_event_delete")

    answer = run_command("audit", "verify", data=in_use)

    assert answer.returncode == 1
    assert "guard_audit_event_delete" in answer.stderr and "tidak lengkap" in answer.stderr


def test_data_is_copied_before_it_is_migrated(in_use: Path) -> None:
    _sql(in_use, "DELETE FROM django_migrations WHERE app = 'portal'")
    _sql(in_use, "DROP TABLE portal_doortry")

    answer = run_command("audit", "verify", data=in_use)

    copies = list((in_use / "backups").glob("desmigratif-*.tar.gz"))
    assert answer.returncode == 0, answer.stderr
    assert len(copies) == 1 and str(copies[0]) in answer.stderr
    assert run_command("audit", "verify", data=in_use).stderr == "", "nothing more to migrate"


def _sql(data: Path, statement: str) -> None:
    with closing(sqlite3.connect(data / "desmigratif.sqlite3")) as database, database:
        database.execute(statement)


def test_a_surprise_is_logged_without_what_it_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError("Siti Aminah 3307100101900001")
    except ValueError as problem:
        status = output.explain(problem, tmp_path)

    kept = (tmp_path / "logs" / output.LOG_FILE).read_text(encoding="utf-8")
    said = capsys.readouterr().err
    assert status == 1
    assert "test_a_surprise_is_logged" in kept and "ValueError" in kept
    assert "Siti" not in kept.replace('raise ValueError("Siti Aminah 3307100101900001")', "")
    assert "Siti" not in said and said.count("\n") == 1


def test_a_log_that_cannot_be_written_is_said_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").write_text("not a folder")

    assert output.explain(RuntimeError(), tmp_path) == 1
    assert "tidak dapat dicatat" in capsys.readouterr().err


def test_a_long_log_begins_anew_and_keeps_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "_LOG_LIMIT", 10)

    for _ in range(3):
        output.log_problem(RuntimeError(), tmp_path)

    assert sorted(file.name for file in (tmp_path / "logs").iterdir()) == ["desmigratif.log", "desmigratif.log.1"]


def test_a_refusal_with_json_is_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = output.explain(Refusal(Reason("closed", "Sudah tutup.", field="on")), tmp_path, as_json=True)

    captured = capsys.readouterr()
    document: dict[str, Any] = json.loads(captured.out)
    assert status == 1
    assert document["refused"][0]["code"] == "closed"
    assert captured.err == "on: Sudah tutup.\n"
