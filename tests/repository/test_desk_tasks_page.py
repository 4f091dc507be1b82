"""`docs/tugas-meja.md` is of the ten tasks and hides no fact that is typed twice; the walks check its figures."""

from __future__ import annotations

import re

from tasks import report
from tasks.scripts import TASKS


def rows() -> list[list[str]]:
    lines = [line for line in report.PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_the_page_has_the_ten_tasks_in_their_order_and_its_own_words() -> None:
    text = report.PAGE.read_text("utf-8")

    assert [title for title, *_ in rows()] == [task.title for task in TASKS]
    assert len(TASKS) == 10
    for part in re.split(r"\{\w+\}", report.TEMPLATE):
        assert part in text


def test_nothing_on_the_page_is_typed_twice_and_the_letter_is_near() -> None:
    submits = {title: int(cells[1]) for title, *cells in rows()}

    assert {cells[-1] for _, *cells in rows()} == {"0"}
    assert submits["Dari pertanyaan sampai surat izin"] <= report.MOST_SUBMITS_TO_A_LETTER
