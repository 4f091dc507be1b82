"""The public check of a letter: no sign-in, one sentence for every case, no personal data."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from django.test import Client

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.documents.models import Letter, VillageKey
from desmigratif.documents.register import LetterDraft, write_letter
from desmigratif.documents.rules.keys import KeySet
from desmigratif.documents.rules.letter_text import Person
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(places: None, now: datetime, working) -> Letter:  # type: ignore[no-untyped-def]
    administrator = person(new_id(), "Pengelola", ("administrator", KURIPAN))
    office = {
        "office_id": new_id(), "key_id": new_id(), "village_code": KURIPAN, "address": "Jalan Balai Desa 1",
        "head_name": "Sutrisno", "letter_code": "DS-KRP",
    }  # fmt: skip
    do(administrator, "documents.set_up_office", office, now=now, act_id=new_id())
    officer = person(new_id(), "Petugas", ("village_officer", KURIPAN))
    draft = LetterDraft(
        letter_id=new_id(), village_code=KURIPAN, kind="family_permission", issued_on=now.date(),
        resident_id=new_id(), household_id=new_id(), giver=Person(name="Budi Santoso"), capacity="husband",
        relation="", receiver=Person(name="Siti Aminah Rahayu"), country="HKG", job="Juru masak",
        agency="PT Contoh Karya", employer_type="household", contract_months=24,
    )  # fmt: skip
    with working(officer):
        return write_letter(by=officer, draft=draft)


def test_anybody_may_open_the_page(places: None, client: Client) -> None:
    assert client.get("/v/").status_code == 200


def test_the_short_code_shows_the_facts_and_no_full_name(letter: Letter, client: Client) -> None:
    page = client.get("/v/", {"kode": letter.short_code.lower().replace("-", " ")}).content.decode()

    assert letter.number in page
    assert "Siti A. R." in page
    assert "Aminah" not in page
    assert "Surat ini asli" in page


def test_an_unknown_code_says_so(letter: Letter, client: Client) -> None:
    assert "Kode tidak terdaftar" in client.get("/v/", {"kode": "0000-0000-0000"}).content.decode()


def test_nonsense_is_one_sentence(letter: Letter, client: Client) -> None:
    page = client.get("/v/", {"kode": "halo <b>"}).content.decode()

    assert "kode-error" in page
    assert "<b>" not in page.split("kode-error")[1][:400].replace("<b></b>", "")


def test_the_key_file_holds_the_villages_key_and_no_person(letter: Letter, client: Client) -> None:
    answer = client.get("/v/kunci.json")

    keys = KeySet.from_json(answer.content)
    assert [key.village_code for key in keys.villages] == [KURIPAN]
    assert "private" not in json.dumps(answer.json())
    assert VillageKey.objects.get().private_sealed


def test_the_page_writes_nothing(letter: Letter, client: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(6) as queries:
        client.get("/v/", {"kode": letter.short_code})

    assert not [q for q in queries.captured_queries if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
