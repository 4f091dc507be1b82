"""A made-up village with its key and one letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desmigratif.documents.rules.keys import KeySet, Revocations, VillageKey
from desmigratif.documents.rules.letter_text import LetterContent, Office, Person, letter_number
from desmigratif.documents.rules.short_code import short_code
from desmigratif.documents.rules.statement import qr_text, sign_statement

VILLAGE = "33.07.10.2004"
ISSUED_ON = date(2026, 11, 17)


@dataclass(frozen=True)
class Village:
    """A village's private key and the row by which others know it."""

    private_key: Ed25519PrivateKey
    key: VillageKey

    def signed(self, letter: LetterContent) -> LetterContent:
        cwt = sign_statement(letter.statement(village_code=self.key.village_code), self.private_key)
        return replace(letter, qr=qr_text("https://contoh.desa.id", cwt))

    def keys(self, *, revoked: tuple[str, ...] = (), as_of: date = date(2026, 11, 20)) -> KeySet:
        letters = frozenset((self.key.village_code, number) for number in revoked)
        return KeySet((self.key,), revocations=Revocations(as_of, letters))


@pytest.fixture(scope="session")
def make_village() -> Callable[..., Village]:
    def make(
        seed: bytes = b"k", *, code: str = VILLAGE, name: str = "Kuripan", valid_until: date | None = None
    ) -> Village:
        private_key = Ed25519PrivateKey.from_private_bytes(seed * 32)
        public_key = private_key.public_key().public_bytes_raw()
        return Village(private_key, VillageKey(code, name, public_key, date(2026, 1, 1), valid_until))

    return make


@pytest.fixture(scope="session")
def kuripan(make_village: Callable[..., Village]) -> Village:
    return make_village()


@pytest.fixture(scope="session")
def letter(kuripan: Village) -> LetterContent:
    number = letter_number(sequence=12, classification="474", village_short="DS-KRP", issued_on=ISSUED_ON)
    return kuripan.signed(
        LetterContent(
            office=Office(
                regency="Wonosobo",
                district="Watumalang",
                village="Kuripan",
                address="Jalan Raya Kuripan Nomor 1",
                head_name="Slamet Riyadi",
            ),
            number=number,
            issued_on=ISSUED_ON,
            giver=Person(
                name="Budi Santoso",
                nik="3307101205880001",
                birth_place="Wonosobo",
                birth_date=date(1988, 5, 12),
                address="Dusun Krajan RT 002 RW 001, Desa Kuripan",
            ),
            capacity="husband",
            receiver=Person(
                name="Siti Nur Aisyah",
                nik="3307105203920002",
                birth_place="Wonosobo",
                birth_date=date(1992, 3, 12),
                address="Dusun Krajan RT 002 RW 001, Desa Kuripan",
            ),
            country="HKG",
            job="Penata laksana rumah tangga",
            agency="PT Bumi Mas Indonesia Mandiri",
            employer_type="household",
            contract_months=24,
            short_code=short_code(b"s" * 32, village_code=VILLAGE, number=number),
            check_address="contoh.desa.id/v/",
        )
    )
