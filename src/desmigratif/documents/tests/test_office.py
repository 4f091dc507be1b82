"""The letterhead and the signing key of a village."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.documents.models import VillageKey, VillageOffice
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import InvalidInput, Refusal

KURIPAN = "33.07.10.2004"
pytestmark = pytest.mark.django_db


def set_up(by: Actor, now: datetime, **changes: Any) -> None:
    given = {
        "office_id": new_id(),
        "key_id": new_id(),
        "village_code": KURIPAN,
        "address": "Jalan Balai Desa 1",
        "head_name": "Sutrisno",
        "letter_code": "DS-KRP",
        **changes,
    }
    do(by, "documents.set_up_office", given, now=now, act_id=new_id())


def administrator(region: str = KURIPAN) -> Actor:
    return person(new_id(), "Pengelola", ("administrator", region))


def test_setting_up_makes_one_key_and_keeps_it(places: None, now: datetime) -> None:
    set_up(administrator(), now)
    first = VillageKey.objects.get()
    set_up(administrator(), now, head_name="Wagimin")

    assert VillageKey.objects.get().kid == first.kid
    assert VillageOffice.objects.get().head_name == "Wagimin"


def test_the_private_key_is_sealed(places: None, now: datetime) -> None:
    set_up(administrator(), now)
    key = VillageKey.objects.get()

    assert bytes(key.public_key) not in bytes(key.private_sealed)
    assert len(bytes(key.private_sealed)) == 1 + 12 + 32 + 16


def test_an_officer_and_strangers_cannot_change_the_letterhead(
    places: None, now: datetime, officer: Actor, stranger: Actor
) -> None:
    for outsider in (officer, stranger, administrator("32.12")):
        with pytest.raises(Refusal):
            set_up(outsider, now)

    assert not VillageOffice.objects.exists()


@pytest.mark.parametrize("code", ["krp", "DS KRP", "DS/KRP", ""])
def test_a_letter_code_fits_into_a_number(places: None, now: datetime, code: str) -> None:
    with pytest.raises(InvalidInput):
        set_up(administrator(), now, letter_code=code)


def test_a_village_that_does_not_exist_gets_no_key(places: None, now: datetime) -> None:
    with pytest.raises(Refusal) as refusal:
        set_up(administrator("33.07.10"), now, village_code="33.07.10.2999")

    assert refusal.value.reasons[0].code == "unknown_village"
    assert not VillageKey.objects.exists()
