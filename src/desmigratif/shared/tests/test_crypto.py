"""Sealed values stay where they belong; digests tell contents apart."""

from __future__ import annotations

import pytest

from desmigratif.shared import crypto
from desmigratif.shared.crypto import CannotOpen, keyed_digest, lock, new_key, seal, seal_all, unlock, unseal

LOCKED_ELSEWHERE = (
    "6465736d696772617469662d6c6f636b2d310ac3d5ea15580b46cd806238fc70aa4f8d012e0b50bbf746b57de3fe2d3fec63"
    "9c88db942b3671ec749f22b147f750e554621985ba"
)


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


def test_a_passphrase_opens_what_it_locked_and_no_other_does() -> None:
    locked = lock(b"rahasia", "empat kata tidak berhubungan")

    assert unlock(locked, "empat kata tidak berhubungan") == b"rahasia"
    assert lock(b"rahasia", "empat kata tidak berhubungan") != locked
    for wrong in ("empat kata tidak berhubungan ", "", "Empat kata tidak berhubungan"):
        with pytest.raises(CannotOpen):
            unlock(locked, wrong)


@pytest.mark.parametrize("change", ["head", "salt", "last byte", "cut", "empty"])
def test_what_was_changed_does_not_unlock(change: str) -> None:
    locked = lock(b"rahasia", "kata")
    salt = len(crypto.LOCKED)
    changed = {
        "head": b"x" + locked[1:],
        "salt": locked[:salt] + bytes([locked[salt] ^ 1]) + locked[salt + 1 :],
        "last byte": locked[:-1] + bytes([locked[-1] ^ 1]),
        "cut": locked[: salt + 10],
        "empty": b"",
    }

    with pytest.raises(CannotOpen):
        unlock(changed[change], "kata")


def test_one_letter_written_in_two_ways_is_one_passphrase() -> None:
    """Keyboards differ: an accented letter may come as one sign or as two."""
    assert unlock(lock(b"rahasia", "caf\u00e9 malam"), "cafe\u0301 malam") == b"rahasia"


def test_what_another_machine_locked_opens_here() -> None:
    """Written down once: the work of the first format never follows the machine or the moment."""
    assert unlock(bytes.fromhex(LOCKED_ELSEWHERE), "empat kata tidak berhubungan") == b"rahasia"
