"""A season of a learning centre, played through the one door."""

from __future__ import annotations

import pytest

from desmigratif.audit.verify import verify_chains
from year.player import Player
from year.story import events


@pytest.mark.django_db
def test_a_season_of_a_learning_centre(places: None) -> None:
    play = Player()
    story = sorted([*events("*-warga.yaml"), *events("*-rumah-belajar.yaml")], key=lambda event: (event.on, event.at))

    play.play(story)

    assert not play.deviations, "\n".join(play.deviations)
    assert play.deaf == []
    assert verify_chains().broken == ()
    assert {"kegiatan", "rumah belajar", "rumah belajar diam"} <= play.questions.keys()
