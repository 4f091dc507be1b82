"""A sheet that was tried and never written does not stay on the disk."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desmigratif.people.tasks import forget_old_uploads
from desmigratif.people.uploads import LASTS, Upload, fetch, keep
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"


def test_only_sheets_whose_hour_is_over_are_forgotten(tmp_path: Path, settings: Any, now: datetime) -> None:
    settings.DATA_DIR = tmp_path
    owner_id, old, young = new_id(), new_id(), new_id()
    for upload_id, at in ((old, now), (young, now + timedelta(minutes=30))):
        keep(upload_id, Upload(b"sheet", "register.xlsx", {}), owner_id=owner_id, village_code=KURIPAN, now=at)
    later = now + LASTS + timedelta(minutes=1)

    assert forget_old_uploads(later) == 1

    assert [file.stem for file in (tmp_path / "uploads").iterdir()] == [str(young)]
    assert fetch(young, owner_id=owner_id, village_code=KURIPAN, now=later) is not None


def test_nothing_uploaded_is_nothing_to_forget(tmp_path: Path, settings: Any, now: datetime) -> None:
    settings.DATA_DIR = tmp_path

    assert forget_old_uploads(now) == 0
