"""The sabotage still fits the code; running it takes minutes and is `make sabotage`."""

from __future__ import annotations

from pathlib import Path

import pytest

from sabotage.patches import PATCHES, Patch
from sabotage.warm import why_nothing_was_collected

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.name)
def test_a_patch_fits_in_one_place_and_names_tests_that_exist(patch: Patch) -> None:
    text = (ROOT / "src" / "desmigratif" / patch.file).read_text(encoding="utf-8")

    assert text.count(patch.old) == patch.times
    assert patch.new != patch.old
    assert patch.tests
    assert [test for test in patch.tests if not (ROOT / test.split("::")[0]).is_file()] == []


def test_there_are_enough_and_each_has_a_name_of_its_own() -> None:
    assert len(PATCHES) >= 25
    assert len({patch.name for patch in PATCHES}) == len(PATCHES)


def test_what_cannot_be_collected_is_one_sentence() -> None:
    """Not the traceback of the program that tries the patches."""
    said = "\n".join([
        "ERROR src/desmigratif/shared/tests/test_a.py - ImportError: no", "ERROR: not found: tests/b.py::test_c",
        "!!! Interrupted: 1 error during collection !!!",
    ])  # fmt: skip

    assert why_nothing_was_collected(said) == (
        "Nothing was tried, because pytest cannot collect: "
        "src/desmigratif/shared/tests/test_a.py, not found: tests/b.py::test_c."
    )
    assert why_nothing_was_collected("killed\n").endswith("killed.")
