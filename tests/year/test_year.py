"""A year of a village, played through the one door: whatever its events say must come out so."""

from __future__ import annotations

import pytest

from desmigratif.audit.verify import verify_chains
from desmigratif.cases.rules.journey import journey_on
from year import checks, figures
from year.player import Player
from year.story import Event, event_of, events, reckon

SERVICE = (
    "*-warga.yaml", "*-pelayanan.yaml", "*-luar-negeri.yaml", "*-kantor.yaml", "*-surat.yaml", "*-pengaduan.yaml",
    "*-rujukan.yaml", "*-kelompok.yaml",
)  # fmt: skip


def in_order(*patterns: str) -> list[Event]:
    """The events of some files as they happened."""
    found = [event for pattern in patterns for event in events(pattern)]
    return sorted(found, key=lambda event: (event.on, event.at))


@pytest.mark.django_db
def test_a_year_at_the_service_centre(places: None) -> None:
    play, story = Player(), in_order(*SERVICE)

    play.play(story)

    assert not play.deviations, "\n".join(play.deviations)
    assert play.deaf == []
    assert verify_chains().broken == ()
    assert play.acts == sum(len(event.deeds) for event in story)
    assert figures.that_differ(story[-1].on) == ""


def test_the_year_leads_one_person_through_every_step() -> None:
    """Each step of the journey is finished by an event of the year, and another event tries one out of its order."""
    story = in_order("*-pelayanan.yaml")
    done = {deed.action for event in story for deed in event.deeds if event.outcome == "done"}
    by_form = {
        deed.payload["step"]
        for event in story
        for deed in event.deeds
        if deed.action == "cases.record_step_result" and event.outcome == "done"
    }
    pages = {
        "information": "cases.record_information", "talk": "cases.record_family_talk", "check": "cases.check_offer",
        "letter": "cases.issue_family_permission", "departure": "cases.record_departure",
    }  # fmt: skip

    missing = [
        step.code
        for step in journey_on(story[0].on).steps
        if (step.code not in by_form if step.written == "form" else pages[step.written] not in done)
    ]

    assert missing == []
    assert any("out_of_order" in event.codes for event in story)


def test_every_kind_of_question_is_asked_by_the_year() -> None:
    asked = {kind for event in events() for kind in event.expect}

    assert asked == set(checks.KINDS)


def test_a_wrong_expectation_is_wrong_in_its_last_value() -> None:
    assert checks.spoilt({"a": {"x": 1}, "b": [2, 3]}) == {"a": {"x": 1}, "b": [2, -7]}
    assert checks.spoilt({"a": "ya", "b": {}}) == {"a": "bukan ini", "b": {}}
    assert checks.spoilt({"a": []}) is None


@pytest.mark.django_db
def test_an_act_that_went_otherwise_is_noticed_with_its_place(places: None) -> None:
    told = {
        "tanggal": events()[0].on, "siapa": "Wulan", "apa": "Tamu tanpa nama", "tindakan": "cases.record_visit",
        "isi": {"purpose": "other"},
    }  # fmt: skip
    play = Player()

    play.play([event_of(told, "contoh #1")])

    (said,) = play.deviations
    assert "contoh #1 (Tamu tanpa nama)" in said
    assert "no_visitor" in said


def test_an_event_that_cannot_be_read_is_named() -> None:
    row = {"tanggal": events()[0].on, "apa": "Salah ketik", "tindakn": "cases.open_case"}

    with pytest.raises(ValueError, match="contoh #2"):
        event_of(row, "contoh #2")


def test_one_event_stands_for_many_acts() -> None:
    row = {
        "tanggal": events()[0].on, "siapa": "Wulan", "apa": "Sepuluh tamu", "tindakan": "cases.record_visit",
        "untuk": {"n": "1-10", "kecuali": [3], "bukan_kelipatan": 5},
        "isi": {"visitor_name": "Tamu {n}", "minutes": "= 5 + n * 10 // 2 % 7"},
    }  # fmt: skip

    deeds = event_of(row, "contoh").deeds

    assert [deed.number for deed in deeds] == [1, 2, 4, 6, 7, 8, 9]
    assert deeds[2].payload == {"visitor_name": "Tamu 4", "minutes": 5 + 4 * 10 // 2 % 7}


@pytest.mark.parametrize("text", ["n.real", "__import__('os')", "n if n else 1", "'a'"])
def test_only_sums_are_reckoned(text: str) -> None:
    with pytest.raises(ValueError):
        reckon(text, 1)
