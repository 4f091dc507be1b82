"""`docs/keandalan.md` is written by the suite: same words, whole figures, and every promise of the suite on it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from reliability import report

PROMISES = ("Jejak yang diutak-atik", "Server dimatikan paksa", "Listrik mati", "Disk penuh", "Uang koperasi")


def test_the_page_has_every_promise_with_its_figures_and_what_falls_short() -> None:
    text = report.PAGE.read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]

    for promise in PROMISES:
        assert any(promise in row for row in rows), promise
        assert text.count(promise) >= 2, f"{promise}: figures, and how it was tried"
    for engine in ("SQLite", "PostgreSQL"):
        assert sum(f"| {engine} |" in row for row in rows) >= 3
    assert "## Yang belum terbukti" in text


def test_the_page_is_of_this_suite() -> None:
    """Its fixed words are those of the template, so nobody corrects the page instead of the suite."""
    text = report.PAGE.read_text("utf-8")

    for part in re.split(r"\{\w+\}", report.TEMPLATE):
        assert part in text
    assert "{" not in text


def test_the_figures_on_the_page_hide_no_loss() -> None:
    """A page is only written of runs that passed."""
    text = report.PAGE.read_text("utf-8")

    assert not re.findall(r"\| [^|]*\b[1-9][\d.]* (?:hilang|setengah|rusak)", text)
    (tried,) = set(re.findall(r"\| (\d[\d.]*) \(\d+ macam\)", text))
    assert f"{tried} dan" in text


def test_the_figures_on_the_page_are_those_that_are_kept() -> None:
    kept = json.loads(report.KEPT.read_text("utf-8"))
    text = report.PAGE.read_text("utf-8")

    assert report.page(kept, date(2026, 11, 24)).count("\n") == text.count("\n")
    assert all(row in text for row in report._rows(kept))


def test_every_suite_of_this_folder_stands_on_the_page() -> None:
    suites = {path.stem for path in Path(report.__file__).parent.glob("test_*.py")}

    assert suites == {"test_tampering", "test_kill", "test_powercut", "test_full_disk", "test_money"}


def test_a_page_is_made_of_figures() -> None:
    one = {"SQLite": {"tried": 1000, "found": 1000, "kinds": 20, "seeds": "0-999"}}
    run = {"rounds": 20, "acknowledged": 1234, "lost": 0, "half": 0, "slowest_restart_seconds": 0.5, "backups": 3}
    lives = {"SQLite": {"7": run, "9": {**run, "rounds": 470, "slowest_restart_seconds": 2.25}}}
    books = {"deposits": 5, "interest": 2, "months": 1}
    cuts = {"cuts": 200, "acknowledged": 7, "lost": 0, "broken": 0, "seed": 8, "sqlite": "3", "apsw": "4", **books}
    power = {"SQLite": cuts}
    full = {"SQLite": {"places": 9, "half": 0}}

    made = report.page(
        {"tampering": one, "tampering_in_database": one, "kill": lives, "power": power,
         "power_careless": power, "full_visit": full, "full_letter": full},
        date(2026, 11, 24),
    )  # fmt: skip

    assert (
        "| Server dimatikan paksa | SQLite | 490 kali, 2.468 tindakan terjawab, 6 cadangan jadi | 0 hilang, "
        "0 setengah; jawaban pertama paling lambat 2,25 detik |" in made
    )
    assert "Benih\n  7, 9." in made and "baru 490 putaran, belum 500" in made
    assert "| Disk penuh | SQLite | di 18 tempat" in made
    assert "24 Nov 2026" in made
