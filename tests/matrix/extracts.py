"""Somebody of the ministry asked for de-identified rows of Kuripan, and the wish waits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.shared.ids import new_id


def make_extract(ids: dict[str, Any], village_code: str, now: datetime) -> None:
    ids["extract_id"] = new_id()
    analyst = person(new_id(), "Perkutut Account", ("ministry_analyst", "ID"))
    given = {
        "extract_id": ids["extract_id"], "subject": "departures", "region_code": village_code, "period": "2026",
        "columns": ["keadaan"], "purpose": "Kajian keadaan calon pekerja untuk rencana pelatihan.",
        "ground": "study", "wanted_until": "2026-12-20",
    }  # fmt: skip
    do(analyst, "extracts.ask_extract", given, now=now, act_id=new_id())
