"""Where somebody hides, and where they are thought to live, is said on one page and nowhere else.

Canary words stand in the safe address and in the ordinary one; then every file and letter is opened, and the database
is read to the last byte. Every address is asked in `test_sealed_note.py`, where something is sealed besides.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse
from pypdf import PdfReader

from canary.hiding import NAME, SAFE, WORDS, Hiding, her_sheet_to_send
from desmigratif.access.actor import person
from desmigratif.people.models import Resident
from desmigratif.people.queries.search import search_residents
from desmigratif.shared.ids import new_id
from matrix.expected import EXPECTED
from matrix.people import Who, everybody
from matrix.test_matrix import shape_of
from matrix.world import KURIPAN, NOW, rolled_back

pytestmark = pytest.mark.django_db
THE_PAGE = "people:protection"
MADE_UP = {"key": "tidak-ada", "uidb36": "1"}  # addresses of others, filled with keys that open nothing
OF_OTHERS = {"account_confirm_email": ("key",), "account_reset_password_from_key": ("uidb36", "key")}
OFFICER = Who("village_officer", "own")
MAY_SEE = {Who("regency_coordinator", place) for place in ("own", "parent", "nation")}


def words_in(text: str) -> list[str]:
    folded = text.casefold()
    return [word for word in WORDS if word in folded]


def text_of(answer: HttpResponse) -> str:
    """Everything an answer says, also inside a spreadsheet or a PDF."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return as_text(body) + str(answer.headers)


def as_text(body: bytes) -> str:
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return body.decode("utf-8", "replace")


def address_of(hiding: Hiding, name: str) -> str:
    """The address with her ids; those of others, which open nothing, filled as they stand in the path."""
    wanted = set(re.findall(r"<(?:\w+:)?(\w+)>", shape_of(name)))
    ids = {key: {**MADE_UP, **hiding.world.ids}[key] for key in wanted & {*MADE_UP, *hiding.world.ids}}
    if name in OF_OTHERS:
        ids = {key: MADE_UP[key] for key in OF_OTHERS[name]}
    query = EXPECTED[name].query.format(**hiding.world.ids)
    return reverse(name, kwargs=ids) + (f"?{query}" if query else "")


def test_the_canary_sings_where_it_may(hiding: Hiding) -> None:
    for who in MAY_SEE:
        said = text_of(hiding.world.ask(who, "GET", address_of(hiding, THE_PAGE)))

        assert words_in(said) == list(WORDS)


def test_her_pages_look_as_if_nobody_had_ever_known(hiding: Hiding) -> None:
    pages = [reverse("people:household", args=[hiding.world.ids["household_id"]]), "/warga/?dusun="]

    said = [text_of(hiding.world.ask(OFFICER, "GET", page)) for page in pages]

    assert all(NAME in text and "alamat belum diketahui" in text for text in said)


@pytest.mark.parametrize("form", ["xlsx", "csv", "suplemen"])
def test_no_exported_file_tells_it(hiding: Hiding, form: str) -> None:
    with rolled_back():
        page = hiding.world.ask(OFFICER, "GET", reverse("people:export"))
        sent = {"format": form, "reason": "hand_over", "act_id": str(new_id())}
        answer = hiding.world.ask(OFFICER, "POST", reverse("people:export"), sent)
        body = text_of(answer)

    assert page.status_code == answer.status_code == 200
    assert "3307104909950421" in body, "she is not in the file at all"
    assert words_in(body) == []


def test_a_code_for_her_family_opens_nothing_of_it(hiding: Hiding) -> None:
    with rolled_back():
        ids = {"act_id": str(new_id()), "record_id": str(new_id())}
        given = hiding.world.ask(OFFICER, "POST", address_of(hiding, "cases:give_status_code"), ids)
        (code,) = re.findall(r'class="code big">([^<]+)<', given.content.decode())
        body = text_of(hiding.world.ask(OFFICER, "POST", "/status/", {"code": code, "birth_date": "09-09-1995"}))

    assert "Surat izin keluarga sudah terbit" in body, "the code opened nothing"
    assert words_in(body) == []
    assert NAME not in body


def test_her_letter_says_the_village_and_no_more(hiding: Hiding) -> None:
    body = text_of(hiding.world.ask(OFFICER, "GET", address_of(hiding, "documents:letter_pdf")))

    assert NAME in body
    assert words_in(body) == []


def test_a_sheet_that_still_knows_it_is_tried_and_written_without_a_word(hiding: Hiding) -> None:
    with rolled_back():
        answer = hiding.world.ask(OFFICER, "POST", reverse("people:import"), {"sheet": her_sheet_to_send()})
        report = hiding.world.ask(OFFICER, "GET", answer["Location"])
        written = hiding.world.ask(OFFICER, "POST", answer["Location"], follow=True)
        said = words_in(text_of(report)) + words_in(text_of(written))
        home = Resident.objects.in_village(KURIPAN).select_related("household").get(id=hiding.resident).household

    assert report.context["report"]["unchanged"] == 1
    assert said == []
    assert (home.hamlet, home.address, home.rt) == ("", "", "")


@pytest.mark.parametrize(
    "text", ["Dukuhsenyap", "dusun dukuhsenyap rt 8", "Sembunyian", "Rumahlindung", "Kontrakansamar"]
)
def test_no_search_finds_her_by_it(hiding: Hiding, text: str) -> None:
    coordinator = person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))

    for by in (hiding.officer, coordinator):
        found = search_residents(by, text, today=NOW.date(), limit=50)
        assert hiding.resident not in [one.id for one in found]


def test_no_device_is_told(hiding: Hiding) -> None:
    address = f"{reverse('sync:pull')}?village={KURIPAN}&after=0"

    for who in everybody():
        assert words_in(text_of(hiding.world.ask(who, "GET", address))) == []


def test_no_row_of_the_database_and_no_file_holds_it(hiding: Hiding) -> None:
    found = [
        f"{table}: {word}"
        for table in connection.introspection.table_names()
        for word in words_in(everything_in(table))
    ]
    files = [file for file in hiding.folder.rglob("*") if file.is_file()]

    assert found == []
    assert [file.name for file in files if words_in(as_text(file.read_bytes()))] == []


def everything_in(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return "\n".join(plain(value) for row in cursor.fetchall() for value in row)


def plain(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return str(value)


@pytest.mark.sqlite
def test_no_byte_of_the_database_file_still_holds_it(hiding: Hiding) -> None:
    whole: bytes = connection.connection.serialize()

    assert NAME.encode() in whole
    assert words_in(whole.decode("latin-1")) == []


def test_no_record_points_at_her(hiding: Hiding) -> None:
    """Whose safe address it is cannot be told from its row, nor from events and receipts of it."""
    said = "\n".join(everything_in(table) for table in ("people_safeaddress", "audit_receipt"))
    protective = [text for text in everything_in("audit_event").split("\n") if "protective." in text]

    assert protective
    for one in Resident.objects.in_village(KURIPAN).filter(id=hiding.resident):
        for known in (one.id, one.person_id, one.household_id):
            assert not {str(known), known.hex} & set(said.split())
    assert SAFE not in said
