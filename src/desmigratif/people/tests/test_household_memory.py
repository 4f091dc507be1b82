"""What a family's record was before a correction, and why it was changed, is kept."""

from __future__ import annotations

from datetime import datetime

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.keys.subject_keys import erase_key, key_of
from desmigratif.people import sealing
from desmigratif.people.models import Household, HouseholdChange
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
pytestmark = pytest.mark.django_db


def correct(by: Actor, home: Household, now: datetime, **changes: str) -> None:
    given = {
        "village_code": KURIPAN, "household_id": home.id, "seen_version": home.version, "on": "2026-11-23",
        "reason": "KK baru, rumah lama dijual kakaknya", "source": "KK 2026", "changes": changes,
    }  # fmt: skip
    do(by, "people.correct_household", given, now=now, act_id=new_id())


def test_the_earlier_address_the_reason_and_the_source_are_kept_sealed(officer: Actor, now: datetime) -> None:
    home = Household.objects.create(village_code=KURIPAN, hamlet="Krajan", rt="01")

    correct(officer, home, now, hamlet="Ngadisari")

    kept = HouseholdChange.objects.get(household=home)
    key = key_of(home.id)
    before = sealing.open_text(key, kept.before_sealed, sealing.household_before_place(kept.id))
    reason = sealing.open_text(key, kept.reason_sealed, sealing.household_reason_place(kept.id))
    assert (kept.source, kept.version, reason) == ("KK 2026", 2, "KK baru, rumah lama dijual kakaknya")
    assert sealing.read_values(before or "") == {"hamlet": "Krajan"}
    assert b"Krajan" not in bytes(kept.before_sealed)


def test_nothing_is_kept_of_a_correction_that_changes_nothing(officer: Actor, now: datetime) -> None:
    home = Household.objects.create(village_code=KURIPAN, hamlet="Krajan")

    correct(officer, home, now, hamlet="Krajan")

    assert not HouseholdChange.objects.exists()


def test_it_goes_with_the_familys_key(officer: Actor, now: datetime) -> None:
    home = Household.objects.create(village_code=KURIPAN, hamlet="Krajan")
    correct(officer, home, now, hamlet="Ngadisari")

    erase_key(home.id)

    kept = HouseholdChange.objects.get(household=home)
    assert sealing.open_text(key_of(home.id), kept.before_sealed, sealing.household_before_place(kept.id)) is None
