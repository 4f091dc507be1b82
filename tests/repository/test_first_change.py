"""The guide "your first change": its changes fit the code, and its test turns from red to green by them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "your-first-change.md"
NEW_TEST = "src/desmigratif/cases/tests/before/test_waiting_at_the_hall.py"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", ".mypy_cache", "*.sqlite3")


def blocks(kind: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def change(block: str) -> tuple[str, str, str]:
    """(path, text before, text after) of a block that begins with the path."""
    path, *lines = block.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    return path.strip(), before, after


def commands() -> list[str]:
    return [line for block in blocks("bash") for line in block.splitlines()]


CHANGES = [change(block) for block in blocks("diff")]


def without(path: str, text: str) -> str:
    """A file as it was before somebody followed the guide."""
    for changed, before, after in CHANGES:
        if changed == path:
            text = text.replace(after, before)
    return text


@pytest.mark.parametrize(("path", "before", "after"), CHANGES, ids=[path for path, _, _ in CHANGES])
def test_a_change_of_the_guide_fits_in_one_place(path: str, before: str, after: str) -> None:
    assert without(path, (ROOT / path).read_text("utf-8")).count(before) == 1
    assert before != after


def test_the_guide_goes_through_rule_action_screen_and_words() -> None:
    parts = [path for path, _, _ in CHANGES]

    rooms = [path.removeprefix("src/desmigratif/cases/").split("/")[0] for path in parts]
    assert rooms == ["rules", "actions", "forms", "docs"]
    assert f"`{NEW_TEST}`" in GUIDE.read_text("utf-8")


def test_what_the_guide_names_is_there() -> None:
    text = GUIDE.read_text("utf-8")
    paths = {word for word in re.findall(r"`((?:src|docs|tests)/[^`\s]*)`", text) if word != NEW_TEST}
    targets = {word for words in re.findall(r"\bmake (\w+)`?$", text, flags=re.MULTILINE) for word in [words]}
    makefile = (ROOT / "Makefile").read_text("utf-8")

    assert sorted(path for path in paths if not (ROOT / path).exists()) == []
    assert {"run", "check"} <= targets
    assert sorted(target for target in targets if f"\n{target}:" not in makefile) == []
    for argument in {word for command in commands() for word in command.split() if "/" in word}:
        name = argument.removesuffix("/")
        assert name == NEW_TEST or name.startswith(".venv/bin/") or (ROOT / name).exists(), argument


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the guide's test needs, with the test in it."""
    place = tmp_path_factory.mktemp("clone")
    for name in ("src", "docs", "tests"):
        shutil.copytree(ROOT / name, place / name, ignore=LEFT_OUT)
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy2(ROOT / name, place / name)
    for path, _, _ in CHANGES:
        (place / path).write_text(without(path, (place / path).read_text("utf-8")), "utf-8")
    (block,) = blocks("python")
    (place / NEW_TEST).write_text(block, "utf-8")
    return place


def run_in(place: Path) -> subprocess.CompletedProcess[str]:
    """The guide's test, with the settings of tests whatever this run was started with."""
    ours = ("DESMIGRATIF_", "DJANGO_", "DATABASE_", "PYTEST_")
    outside = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-m", "pytest", NEW_TEST, "--tb=line", "-p", "no:cacheprovider"],
        cwd=place,
        env={**outside, "PYTHONPATH": str(place / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def test_its_test_is_red_without_the_change_and_green_with_it(copy: Path) -> None:
    before = run_in(copy)
    for path, old, new in CHANGES:
        file = copy / path
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    after = run_in(copy)

    assert before.returncode != 0
    assert "cannot import name 'reasons_not_to_wait'" in before.stdout
    assert after.returncode == 0, after.stdout[-2000:]
