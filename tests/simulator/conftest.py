"""A village for the simulator's stories, and a way to play them apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from desmigratif.access.actor import Actor, person
from desmigratif.people.models import Household, LifeStatus, Person, Resident
from desmigratif.shared.ids import new_id
from desmigratif.sync.queries import SAFE_FILE
from simulator.world import KURIPAN, STEPS, Story, play


@pytest.fixture
def play_seed(db: None, officer: Actor, now: datetime, tmp_path: Path, settings: Any) -> Callable[[int], Story]:
    """Play the story of a seed in a savepoint of its own: the next one begins with an empty village."""
    settings.DATA_DIR = tmp_path
    household = Household.objects.create(village_code=KURIPAN)
    alive, dead = (
        Resident.objects.create(
            village_code=KURIPAN,
            household=household,
            person=Person.objects.create(),
            name=name,
            name_key=name.lower(),
            life_status=status,
        ).id
        for name, status in (("Sumirah", LifeStatus.ALIVE), ("Wagiman", LifeStatus.DEAD))
    )
    colleague = person(new_id(), "Petugas kedua", ("village_officer", KURIPAN))

    def play_one(seed: int) -> Story:
        (tmp_path / SAFE_FILE).unlink(missing_ok=True)
        savepoint = transaction.savepoint()
        second = officer if seed % 3 == 0 else colleague
        story = Story(seed, tmp_path, (officer, second), (alive, dead), now)
        play(story, STEPS)
        transaction.savepoint_rollback(savepoint)
        transaction.savepoint_commit(savepoint)  # forget it, or two hundred of them lie upon one another
        return story

    return play_one
