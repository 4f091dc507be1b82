"""Rows written column by column are what the model reads back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desmigratif.audit.models import TimelineEntry
from desmigratif.shared import bulk
from desmigratif.shared.ids import new_id

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
SAME = {"village_code": "33.07.10.2004", "kind": "test", "at": AT, "privacy": "personal", "actor_id": "x"}


@pytest.mark.django_db
def test_columns_and_what_all_rows_share_come_back_as_rows() -> None:
    ids, homes, days = [new_id(), new_id()], [new_id(), new_id()], [date(2026, 11, 1), date(2026, 11, 2)]
    residents = [None, new_id()]

    bulk.insert_columns(
        TimelineEntry,
        {"id": ids, "household_id": homes, "on": days, "resident_id": residents, "params": [{"a": 1}, {}]},
        SAME,
    )

    rows = list(TimelineEntry.objects.order_by("on"))
    assert [row.id for row in rows] == ids
    assert [row.household_id for row in rows] == homes
    assert [row.on for row in rows] == days
    assert [row.resident_id for row in rows] == residents
    assert [row.params for row in rows] == [{"a": 1}, {}]
    assert {(row.at, row.village_code, row.link) for row in rows} == {(AT, "33.07.10.2004", "")}


@pytest.mark.django_db
def test_no_rows_write_nothing() -> None:
    bulk.insert_columns(TimelineEntry, {"id": [], "household_id": [], "on": []}, SAME)

    assert not TimelineEntry.objects.exists()


@pytest.mark.django_db
def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError):
        bulk.insert_columns(TimelineEntry, {"id": [new_id(), new_id()], "household_id": [new_id()]}, SAME)


@pytest.mark.django_db
def test_a_field_nobody_gave_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="household_id"):
        bulk.insert_columns(TimelineEntry, {"id": [new_id()]}, {**SAME, "on": date(2026, 11, 1)})
