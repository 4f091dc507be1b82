"""The signed statement: what is accepted, what is refused, and how small it stays."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desmigratif.documents.rules import cose
from desmigratif.documents.rules.keys import (
    HubKey,
    KeySet,
    KeysUnreadable,
    VillageKey,
    certify,
    fingerprint,
)
from desmigratif.documents.rules.letter_text import LetterContent
from desmigratif.documents.rules.qr import qr_code
from desmigratif.documents.rules.statement import read_statement, sign_statement

MUTANTS = 10_000
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def test_a_signed_statement_reads_back_with_all_its_facts(letter: LetterContent, kuripan: Any) -> None:
    verdict = read_statement(letter.qr, kuripan.keys())

    assert verdict.valid
    assert verdict.code == "valid"
    facts = letter.statement(village_code="33.07.10.2004")
    assert verdict.statement == replace(facts, kid=kuripan.key.kid.hex())
    assert (facts.holder, facts.birth_year, facts.country) == ("Siti N. A.", 1992, "HKG")


def test_the_json_has_exactly_the_promised_fields(letter: LetterContent, kuripan: Any) -> None:
    found = read_statement(letter.qr, kuripan.keys()).as_dict()

    assert found == {
        "valid": True,
        "matches_text": None,
        "reason": "Surat ini asli: ditandatangani Desa Kuripan pada 17 November 2026 dan tidak dicabut "
        "(daftar per 20 November 2026).",
        "village": "33.07.10.2004",
        "number": "474/012/DS-KRP/XI/2026",
        "kind": "family_permission",
        "issued_on": "2026-11-17",
        "revoked": False,
    }


@pytest.mark.parametrize(
    "change",
    [
        {"valid_until": date(2027, 5, 17)},
        {"country": None, "agency": None, "birth_year": None},
        {"kind": "domicile", "stage": "departure"},
        {"village_code": "uji-desa"},
        {"village_code": "11.01.01.2001"},
    ],
)
def test_optional_and_unlisted_facts_survive_the_trip(
    change: dict[str, Any], letter: LetterContent, make_village: Callable[..., Any]
) -> None:
    statement = replace(letter.statement(village_code="33.07.10.2004"), **change)
    village = make_village(code=statement.village_code)

    verdict = read_statement(cose.to_base64url(sign_statement(statement, village.private_key)), village.keys())

    assert verdict.statement == replace(statement, kid=village.key.kid.hex())


def test_facts_that_do_not_fit_are_not_signed(letter: LetterContent, kuripan: Any) -> None:
    statement = letter.statement(village_code="33.07.10.2004")

    for change in ({"number": ""}, {"agency": "x" * 49}, {"country": "HKGX"}, {"birth_year": 92}, {"kid": "ff"}):
        with pytest.raises(ValueError):
            sign_statement(replace(statement, **change), kuripan.private_key)


def test_ten_thousand_mutated_codes_are_all_refused(letter: LetterContent, kuripan: Any) -> None:
    dice = random.Random(20261117)
    true_code = letter.qr.partition("#")[2]
    keys = kuripan.keys()
    accepted = []

    for _ in range(MUTANTS):
        mutant = _mutant(true_code, dice)
        if mutant != true_code and read_statement(mutant, keys).valid:
            accepted.append(mutant)

    assert accepted == []
    assert read_statement(true_code, keys).valid


def test_every_flipped_bit_of_the_message_is_refused(letter: LetterContent, kuripan: Any) -> None:
    data = cose.from_base64url(letter.qr.partition("#")[2])
    keys = kuripan.keys()

    for position in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[position // 8] ^= 1 << position % 8
        assert not read_statement(cose.to_base64url(bytes(flipped)), keys).valid, position


def _mutant(code: str, dice: random.Random) -> str:
    """One to three small changes: another sign, one less, one more, two swapped, a piece cut or repeated."""
    signs = list(code)
    for _ in range(dice.randint(1, 3)):
        place, other = dice.randrange(len(signs) - 1), dice.randrange(len(signs) - 1)
        match dice.randrange(6):
            case 0:
                signs[place] = dice.choice(SIGNS)
            case 1:
                del signs[place]
            case 2:
                signs.insert(place, dice.choice(SIGNS + "=+/.# "))
            case 3:
                signs[place], signs[other] = signs[other], signs[place]
            case 4:
                del signs[max(place, 2) :]
            case _:
                signs[place:place] = signs[other : other + 8]
        if len(signs) < 3:
            break
    return "".join(signs)


@pytest.mark.parametrize(
    "text",
    ["", "#", "halo", "https://contoh.desa.id/v/#", "A" * 5_000, "0oRN", "0oRNogEnBEg", "\ud800", "\x00" * 300],
)
def test_what_is_no_statement_gets_a_sentence(text: str, kuripan: Any) -> None:
    verdict = read_statement(text, kuripan.keys())

    assert (verdict.valid, verdict.code, verdict.statement) == (False, "not_a_statement", None)
    assert verdict.reason.endswith("tidak dapat dipercaya.")


def test_another_spelling_of_the_same_message_is_refused(letter: LetterContent, kuripan: Any) -> None:
    data = cose.from_base64url(letter.qr.partition("#")[2])
    message = cbor2.loads(data)
    with_unprotected = cbor2.dumps(cbor2.CBORTag(18, [message.value[0], {5: b"x"}, *message.value[2:]]))
    untagged = data[1:]

    for spelling in (with_unprotected, untagged, data + b"\x00"):
        assert read_statement(cose.to_base64url(spelling), kuripan.keys()).code == "not_a_statement"


def test_another_village_cannot_sign_for_this_one(
    letter: LetterContent, kuripan: Any, make_village: Callable[..., Any]
) -> None:
    kenanga = make_village(b"n", code="32.12.16.2004", name="Kenanga")
    forged = kenanga.signed(letter)
    cwt = sign_statement(letter.statement(village_code="33.07.10.2004"), kenanga.private_key)

    assert read_statement(forged.qr, kuripan.keys()).code == "unknown_key"
    both = KeySet((kuripan.key, kenanga.key))
    assert read_statement(cose.to_base64url(cwt), both).code == "key_of_another_village"


def test_a_key_does_not_sign_after_its_last_day(letter: LetterContent, make_village: Callable[..., Any]) -> None:
    village = make_village(valid_until=date(2026, 11, 16))
    still_good = make_village(valid_until=date(2026, 11, 17))

    assert read_statement(letter.qr, village.keys()).code == "key_expired"
    assert read_statement(letter.qr, still_good.keys()).valid


def test_a_revoked_letter_is_refused_with_the_day_of_the_list(letter: LetterContent, kuripan: Any) -> None:
    verdict = read_statement(letter.qr, kuripan.keys(revoked=(letter.number,)))

    assert (verdict.valid, verdict.revoked, verdict.code) == (False, True, "revoked")
    assert verdict.reason.endswith("(daftar per 20 November 2026).")


def test_without_a_list_or_with_one_older_than_the_letter_revocation_is_unknown(
    letter: LetterContent, kuripan: Any
) -> None:
    no_list = read_statement(letter.qr, KeySet((kuripan.key,)))
    old_list = read_statement(letter.qr, kuripan.keys(as_of=date(2026, 11, 16)))

    assert (no_list.valid, no_list.revoked, no_list.revocations_as_of) == (True, None, None)
    assert (old_list.valid, old_list.revoked, old_list.level) == (True, None, "cek")


def test_a_letter_ends_and_does_not_come_from_the_future(letter: LetterContent, kuripan: Any) -> None:
    ending = kuripan.signed(replace(letter, valid_until=date(2026, 12, 31)))

    assert read_statement(ending.qr, kuripan.keys(), today=date(2026, 12, 31)).valid
    assert read_statement(ending.qr, kuripan.keys(), today=date(2027, 1, 1)).code == "expired"
    assert read_statement(ending.qr, kuripan.keys(), today=date(2000, 1, 1)).code == "from_the_future"


def test_under_a_hub_only_certified_keys_count(letter: LetterContent, kuripan: Any) -> None:
    hub_private = Ed25519PrivateKey.from_private_bytes(b"h" * 32)
    hub = HubKey("Kabupaten Wonosobo", hub_private.public_key().public_bytes_raw())
    certified = replace(kuripan.key, certificate=certify(kuripan.key, hub_private))
    renamed = replace(certified, village_name="Kuripan Baru")
    self_certified = replace(kuripan.key, certificate=certify(kuripan.key, kuripan.private_key))

    assert read_statement(letter.qr, KeySet((certified,), hub)).valid
    for key in (kuripan.key, renamed, self_certified, replace(certified, certificate=b"x" * 90)):
        assert read_statement(letter.qr, KeySet((key,), hub)).code == "key_not_certified"


def test_a_certificate_is_not_a_letter(kuripan: Any) -> None:
    certificate = cose.to_base64url(certify(kuripan.key, kuripan.private_key))

    assert read_statement(certificate, kuripan.keys()).code == "not_a_letter"


def test_a_key_file_reads_back_and_a_damaged_one_gets_a_sentence(letter: LetterContent, kuripan: Any) -> None:
    keys = kuripan.keys(revoked=("1/2", letter.number))
    text = keys.to_json()

    assert KeySet.from_json(text) == keys
    for damaged in (
        "",
        "[]",
        "{}",
        text[:-9],
        text.replace('"kid": "', '"kid": "0'),
        text.replace("2026-", "x"),
        "[" * 9_999,
    ):
        with pytest.raises(KeysUnreadable, match=r"Berkas kunci|Nomor kunci"):
            KeySet.from_json(damaged)


def test_a_fingerprint_can_be_read_aloud(kuripan: Any) -> None:
    groups = fingerprint(kuripan.key.public_key).split(" ")

    assert [len(group) for group in groups] == [5] * 6
    assert "".join(groups).isdigit()
    assert fingerprint(bytes(32)) != fingerprint(kuripan.key.public_key)


def test_the_statement_stays_small_enough_for_three_centimetres(letter: LetterContent, kuripan: Any) -> None:
    longest = kuripan.signed(
        replace(
            letter,
            number="474.5/1234/33.07.10.2004/XII/2026",
            agency="PT Sumber Daya Manusia Internasional Nusantara Jaya Abadi",
            receiver=replace(letter.receiver, name="Abdurrahmansyah Wahid Muhammad Nur Ali Akbar"),
            valid_until=date(2027, 5, 17),
        )
    )

    assert len(cose.from_base64url(letter.qr.partition("#")[2])) <= 190
    assert int(qr_code(letter.qr).version) <= 12
    assert int(qr_code(longest.qr).version) <= 14  # 73 modules, 0.42 mm each on 34 mm


def test_a_village_key_is_named_by_its_own_bytes() -> None:
    key = VillageKey("33.07.10.2004", "Kuripan", bytes(range(32)), date(2026, 1, 1))

    assert key.kid.hex() == "630dcd2966c43366"
