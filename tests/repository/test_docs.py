"""Documents that a test reads do not rot: decisions, README, changelog."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
README = ROOT / "README.md"
SECTIONS = ["Status", "Context", "Decision", "Alternatives", "Consequences"]
WORDS_ON_A_PAGE = 450
LINES_ON_A_SCREEN = 60

each_decision = pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)


def slug(title: str) -> str:
    """The file name that belongs to a title: lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def sections(text: str) -> dict[str, str]:
    """Body of each second-level heading, in the order of the file."""
    _, *parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {heading.strip(): body.strip() for heading, body in zip(parts[::2], parts[1::2], strict=True)}


def paths_named_in(text: str) -> set[str]:
    """Link targets of this repository, and everything in back-ticks that looks like a path in it."""
    links = {target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target}
    ticked = {word for word in re.findall(r"`([^`\s]+)`", text) if "/" in word and "://" not in word}
    return {path for path in links | ticked if path}


def missing(paths: set[str]) -> list[str]:
    return sorted(path for path in paths if not (ROOT / path).exists())


def test_decisions_are_numbered_from_one_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]

    assert numbers == list(range(1, len(DECISIONS) + 1))
    assert numbers


@each_decision
def test_a_decision_carries_the_number_and_title_of_its_file(path: Path) -> None:
    heading = path.read_text(encoding="utf-8").splitlines()[0]

    match = re.fullmatch(r"# (\d{4})\. (.+)", heading)

    assert match, f"the first line is not '# NNNN. Title': {heading}"
    assert path.stem == f"{match[1]}-{slug(match[2])}"


@each_decision
def test_a_decision_has_every_section_in_order_and_none_is_empty(path: Path) -> None:
    found = sections(path.read_text(encoding="utf-8"))

    assert list(found) == SECTIONS
    assert all(found.values())
    assert re.match(r"(Proposed|Accepted|Superseded by \d{4}), \d{4}-\d{2}-\d{2}\.", found["Status"])


@each_decision
def test_a_decision_fits_on_a_page(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").split()) <= WORDS_ON_A_PAGE


@each_decision
def test_a_decision_points_only_to_decisions_that_exist(path: Path) -> None:
    named = set(re.findall(r"\b(0\d{3})\b", path.read_text(encoding="utf-8")))

    assert named <= {other.name[:4] for other in DECISIONS}


def test_the_readme_names_the_two_commands_and_says_what_is_not_proven() -> None:
    text = README.read_text(encoding="utf-8")

    assert "make run" in text
    assert "make test" in text
    assert sections(text)["Not yet proven"]


def test_the_readme_fits_on_one_screen() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= LINES_ON_A_SCREEN


@pytest.mark.parametrize("document", ["README.md", "SECURITY.md", "docs/privasi.md", "docs/menjalankan-server.md"])
def test_every_path_that_a_document_names_exists(document: str) -> None:
    named = {path for path in paths_named_in((ROOT / document).read_text(encoding="utf-8")) if path[0] not in "/~"}

    assert missing(named) == []


def test_the_make_commands_of_the_readme_are_in_the_makefile() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)", README.read_text(encoding="utf-8")))

    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert named <= targets


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert headings[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", heading) for heading in headings[1:])


def test_a_missing_path_is_noticed() -> None:
    text = "See `docs/adr/` and [this](docs/nowhere.md#part), or `make run`, or `/lapangan/`."

    named = paths_named_in(text)

    assert named == {"docs/adr/", "docs/nowhere.md", "/lapangan/"}
    assert missing({"docs/adr/", "docs/nowhere.md"}) == ["docs/nowhere.md"]
