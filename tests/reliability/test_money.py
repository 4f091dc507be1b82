"""Eight cashiers, killed again and again: no rupiah is lost, none is doubled, and the books are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from reliability import figures
from reliability.installation import installed

pytestmark = pytest.mark.every_database
OPERATIONS = figures.wanted("RELIABILITY_MONEY", 1600)


def test_no_rupiah_is_lost_or_doubled_by_eight_cashiers_who_die(tmp_path: Path) -> None:
    with installed(tmp_path, stage="reliability.money") as here:
        found = here.ask("run", operations=OPERATIONS, kills=max(8, OPERATIONS // 500))

    assert found["wrong"] == []
    assert found["sum"] == 0
    assert found["operations"] >= OPERATIONS
    assert found["kills"] > 0
    assert found["reversals"] > 0
    assert found["closings"] == 6
    assert set(found["words"]) >= {"done", "overdrawn", "closed_month"}
    assert set(found["again"]) == {"done"}
    figures.note(
        "money", operations=found["operations"], entries=found["entries"], refused=found["refused"],
        writers=found["writers"], kills=found["kills"], reversals=found["reversals"], closings=found["closings"],
        lost=0, doubled=0, seconds=found["seconds"],
    )  # fmt: skip
