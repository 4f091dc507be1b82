"""Ten tasks of the desk come to their end, nothing is typed twice, and the page says what they cost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tasks import report
from tasks.robot import Lost, Robot, Sheet
from tasks.scripts import TASKS, Task, from_question_to_letter
from tasks.stage import Stage

pytestmark = pytest.mark.django_db
each_task = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.title)


@each_task
def test_a_task_comes_to_its_end_and_costs_what_the_page_says(
    task: Task, stage: Stage, robot_of: Callable[[str], Robot]
) -> None:
    getattr(stage, task.stage)()
    robot = robot_of(task.user)

    task.walk(robot)

    assert task.proof in robot.text
    assert robot.typed_twice() == []
    cost = {
        "screens": robot.screens, "submits": robot.submits, "taps": robot.taps, "letters": robot.letters,
        "twice": len(robot.typed_twice()),
    }  # fmt: skip
    if figures := os.environ.get(report.FIGURES):
        with Path(figures).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"title": task.title, **cost}) + "\n")
    else:
        assert report.row(task.title, cost) in report.PAGE.read_text("utf-8"), "run: python -m tests.tasks.report"


def test_from_the_question_to_the_letter_in_at_most_twelve_submits(robot_of: Callable[[str], Robot]) -> None:
    robot = robot_of("petugas")

    from_question_to_letter(robot)

    assert robot.submits <= report.MOST_SUBMITS_TO_A_LETTER


def test_whoever_types_a_fact_twice_is_found_out(robot_of: Callable[[str], Robot]) -> None:
    robot = robot_of("petugas")

    robot.search("siti aminah")
    robot.open("/")
    robot.follow("Catat tamu")
    robot.send({"visitor_name": "Siti Aminah", "purpose": "other"})

    assert robot.typed_twice() == ["siti aminah"]
    assert (robot.letters, robot.submits) == (22, 2)


def test_a_refused_page_stops_the_robot(robot_of: Callable[[str], Robot]) -> None:
    robot = robot_of("petugas")
    robot.open("/pelayanan/tamu/baru/")

    with pytest.raises(Lost, match="refused"):
        robot.send({"visitor_name": ""})


def test_the_robot_takes_what_a_page_has_filled_in() -> None:
    sheet = Sheet(
        '<nav><a href="/menu/">Menu</a></nav><form method="post"><input name="a" value="1">'
        '<input type="radio" name="b" value="x"><input type="radio" name="b" value="" checked>'
        '<select name="c"><option value="">-</option><option value="2" selected>dua</option></select>'
        "<textarea name='d'>\nbaris</textarea><button name='go' value='9'>Kirim</button></form>"
        "<a href='/isi/'>Isi</a>"
    )

    (form,) = sheet.forms
    assert Robot.standing(form) == {"a": ["1"], "b": [""], "c": ["2"], "d": ["baris"]}
    assert form.first_button() == "go=9"
    assert (sheet.links, sheet.menu) == ([("Isi", "/isi/")], [("Menu", "/menu/")])
