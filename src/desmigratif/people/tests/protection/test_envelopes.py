"""Envelopes for the coordinator: all alike from outside, opened only with a key that is not in the village."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.keys import age, recovery
from desmigratif.audit.models import Event
from desmigratif.people import envelopes
from desmigratif.people.models import Envelope, ProtectiveKey
from desmigratif.people.queries.envelopes import (
    WrongPassphrase,
    first_id_at,
    identities_from,
    opened_with,
    regencies_of,
    waiting_in,
)
from desmigratif.people.rules.envelopes import LENGTH, NOTE_LETTERS, Note, as_bytes, note_from
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, 15, tzinfo=UTC)
KURIPAN, WONOSOBO = "33.07.10.2004", "33.07"
NOTE = Note(
    "2026-11-23", KURIPAN, str(new_id()), str(new_id()), "Siti Aminah", ("trafficking",), (), "Paspornya ditahan."
)
LOCKED = "empat kata tidak berhubungan"


@pytest.fixture
def coordinator() -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", WONOSOBO))


def make_key(by: Actor, identity: age.Identity, **changes: Any) -> None:
    locked = crypto.lock(json.dumps([identity.secret]).encode(), LOCKED)
    given = {
        "key_id": new_id(), "region_code": WONOSOBO, "recipient": identity.recipient, "secret_locked": locked,
        "on": "2026-11-23", **changes,
    }  # fmt: skip
    do(by, "people.make_protective_key", given, now=NOW, act_id=new_id())


@pytest.fixture
def identity(places: None, coordinator: Actor) -> age.Identity:
    made = age.new_identity()
    make_key(coordinator, made)
    return made


def put(note: Note | None, **sealed: Any) -> None:
    envelopes.put_in(KURIPAN, NOW.date(), note, **sealed)


def test_full_and_empty_are_of_one_length() -> None:
    longest = Note(
        *["x" * 36] * 4, "N" * 100, ("trafficking",) * 4, ("ALARM_AFTER_DEPARTURE",) * 5, "😀" * NOTE_LETTERS
    )

    assert {len(as_bytes(note)) for note in (None, NOTE, longest)} == {LENGTH}
    assert note_from(as_bytes(longest)) == longest
    assert note_from(as_bytes(NOTE)) == NOTE
    assert note_from(as_bytes(None)) is None


def test_what_does_not_fit_is_not_cut_in_silence() -> None:
    with pytest.raises(ValueError, match="too long"):
        as_bytes(Note("", "", "", "", "", text="x" * LENGTH))


def test_what_is_none_of_ours_is_no_note() -> None:
    for plain in (b"", bytes(LENGTH - 1), b"\xff" * LENGTH):
        with pytest.raises(ValueError, match="no envelope"):
            note_from(plain)


def test_only_the_secret_half_reads_it(identity: age.Identity) -> None:
    put(NOTE)
    put(None)

    found = opened_with(WONOSOBO, [identity])
    assert (found.notes, found.empty, found.closed) == ((NOTE,), 1, 0)
    others = opened_with(WONOSOBO, [age.new_identity()])
    assert (others.notes, others.empty, others.closed) == ((), 0, 2)


def test_no_row_names_anybody_and_sizes_do_not_tell(identity: age.Identity) -> None:
    """age adds a stanza of random length to each, whatever it holds; what it holds is of one length."""
    for _one in range(20):
        put(NOTE)
        put(None)

    rows = list(Envelope.objects.values())
    assert {name for row in rows for name in row} == {"id", "key_id", "on", "sealed"}
    assert not any(b"Siti" in bytes(row["sealed"]) for row in rows)
    full, empty = ({len(bytes(row["sealed"])) for row in rows[start::2]} for start in (0, 1))
    assert max(full) - min(full) < 1024 > max(empty) - min(empty)
    assert min(full) <= max(empty)
    assert min(empty) <= max(full)


def test_without_a_key_nothing_is_written(places: None) -> None:
    put(NOTE)

    assert not Envelope.objects.exists()


@pytest.mark.parametrize("closed", [b"", b"bukan amplop", age.MAGIC, age.MAGIC + bytes(LENGTH * 2)])
def test_what_cannot_be_an_envelope_is_refused(identity: age.Identity, closed: bytes) -> None:
    with pytest.raises(envelopes.NoEnvelope):
        put(None, closed=closed)


def test_a_passphrase_or_the_sheet_opens_and_nothing_else(identity: age.Identity) -> None:
    put(NOTE)
    sheet = " ".join(recovery.Sheet(identity.secret, identity.recipient, "", NOW.date()).groups).lower()

    assert identities_from(WONOSOBO, LOCKED) == identities_from(WONOSOBO, sheet) == [identity]
    for wrong in ("empat kata yang lain", "", age.new_identity().secret):
        with pytest.raises(WrongPassphrase):
            identities_from(WONOSOBO, wrong)


def test_a_new_key_that_carries_the_old_one_opens_both(identity: age.Identity, coordinator: Actor) -> None:
    put(NOTE)
    renewed = age.new_identity()
    both = crypto.lock(json.dumps([renewed.secret, identity.secret]).encode(), "kalimat yang baru sekali")
    make_key(coordinator, renewed, secret_locked=both)
    put(NOTE)

    found = opened_with(WONOSOBO, identities_from(WONOSOBO, "kalimat yang baru sekali"))
    assert len(found.notes) == 2
    assert len(opened_with(WONOSOBO, [renewed]).notes) == 1
    assert [key.ended_on is None for key in ProtectiveKey.objects.order_by("id")] == [False, True]


def test_only_what_came_since_the_last_look_is_opened_again(identity: age.Identity) -> None:
    """What came in the day before is shown once more: it may have been under way, or never seen."""
    key = ProtectiveKey.objects.get()
    for days, text in ((3, "lama"), (1, "kemarin"), (-1, "baru")):
        moment = NOW - timedelta(days=days) + timedelta(minutes=1)
        sealed = envelopes.sealed(key, replace(NOTE, text=text))
        Envelope.objects.create(id=first_id_at(moment), key=key, on=moment.date(), sealed=sealed)

    assert [note.text for note in opened_with(WONOSOBO, [identity], since=NOW).notes] == ["baru", "kemarin"]
    assert len(opened_with(WONOSOBO, [identity]).notes) == 3


def test_an_id_of_now_is_not_before_the_first_of_now() -> None:
    before = datetime.now(tz=UTC)

    assert first_id_at(before) <= new_id() < first_id_at(before + timedelta(hours=1))


def test_the_coordinator_counts_and_a_village_does_not(identity: age.Identity, coordinator: Actor) -> None:
    put(None)
    put(NOTE)

    waiting = waiting_in(WONOSOBO)
    assert (waiting.count, waiting.since_opened, waiting.first_on) == (2, 2, NOW.date())
    assert regencies_of(coordinator) == [WONOSOBO]
    for role, region in (
        ("regency_coordinator", KURIPAN),
        ("regency_coordinator", "32.12"),
        ("village_officer", WONOSOBO),
    ):
        assert WONOSOBO not in regencies_of(person(new_id(), "Lain", (role, region)))


@pytest.mark.parametrize(
    ("role", "region"),
    [("village_officer", KURIPAN), ("village_head", KURIPAN), ("regency_coordinator", KURIPAN),
     ("regency_coordinator", "32.12"), ("administrator", WONOSOBO)],
)  # fmt: skip
def test_a_stranger_cannot_make_a_key(places: None, role: str, region: str) -> None:
    with pytest.raises(Refusal) as refusal:
        make_key(person(new_id(), "Lain", (role, region)), age.new_identity())

    assert refusal.value.reasons[0].code == "not_found"
    assert not ProtectiveKey.objects.exists()


def test_what_is_no_key_is_refused(coordinator: Actor, places: None) -> None:
    for changes in ({"recipient": "age1salah"}, {"secret_locked": b"terbuka"}):
        with pytest.raises(Refusal) as refusal:
            make_key(coordinator, age.new_identity(), **changes)
        assert refusal.value.reasons[0].code == "no_key"


def test_making_a_key_is_an_event_of_the_regency_and_no_village(identity: age.Identity) -> None:
    event = Event.objects.get(event="protective.key_made")

    assert event.village_code == WONOSOBO
    assert identity.secret not in str(event.details)
