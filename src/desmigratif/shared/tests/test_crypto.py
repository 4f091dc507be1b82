"""Sealed values stay where they belong; digests tell contents apart."""

from __future__ import annotations

import pytest

from desmigratif.shared import crypto
from desmigratif.shared.crypto import CannotOpen, keyed_digest, new_key, seal, seal_all, unseal


def test_a_sealed_value_opens_at_its_own_place_only() -> None:
    key = new_key()
    sealed = seal(key, b"3307105205920418", place="people.resident.nik:1")

    assert unseal(key, sealed, place="people.resident.nik:1") == b"3307105205920418"
    with pytest.raises(CannotOpen):
        unseal(key, sealed, place="people.resident.nik:2")


def test_another_key_or_a_changed_byte_opens_nothing() -> None:
    key = new_key()
    sealed = seal(key, b"rahasia", place="here")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])

    for wrong_key, wrong_bytes in ((new_key(), sealed), (key, changed), (key, b"\x02" + sealed[1:])):
        with pytest.raises(CannotOpen):
            unseal(wrong_key, wrong_bytes, place="here")


def test_equal_values_are_sealed_differently() -> None:
    key = new_key()

    assert seal(key, b"sama", place="here") != seal(key, b"sama", place="here")


def test_values_sealed_together_open_one_by_one_and_each_at_its_own_place() -> None:
    key, other = new_key(), new_key()
    places = ["here", "there", "elsewhere"]

    sealed = seal_all([key, key, other], [b"sama", b"sama", b"lain"], places=places)

    assert [unseal(k, s, place=p) for k, s, p in zip((key, key, other), sealed, places, strict=True)] == [
        b"sama", b"sama", b"lain",
    ]  # fmt: skip
    assert len({s[1:13] for s in sealed}) == 3
    with pytest.raises(CannotOpen):
        unseal(key, sealed[0], place="there")


def test_indexes_made_together_are_those_made_one_by_one() -> None:
    together = crypto.blind_indexes("nik", ["1", "2"], scope="33.07.10.2004")

    assert together == [crypto.blind_index("nik", value, scope="33.07.10.2004") for value in ("1", "2")]
    assert len(set(together)) == 2


def test_a_digest_depends_on_its_key_and_on_where_parts_end() -> None:
    assert keyed_digest(b"k", b"ab", b"c") == keyed_digest(b"k", b"ab", b"c")
    assert keyed_digest(b"k", b"ab", b"c") != keyed_digest(b"other", b"ab", b"c")
    assert keyed_digest(b"k", b"ab", b"c") != keyed_digest(b"k", b"a", b"bc")


def test_an_index_of_one_village_says_nothing_about_another() -> None:
    here = crypto.blind_index("nik-last4", "0418", scope="33.07.10.2004")

    assert here == crypto.blind_index("nik-last4", "0418", scope="33.07.10.2004")
    assert here != crypto.blind_index("nik-last4", "0418", scope="32.12.16.2004")
    assert here != crypto.blind_index("phone", "0418", scope="33.07.10.2004")
