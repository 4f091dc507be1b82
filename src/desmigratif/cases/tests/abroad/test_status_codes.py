"""A code for the family: it opens one journey, for whoever knows the birth date, until it is replaced."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, public_door
from desmigratif.access.models import Grant, User
from desmigratif.audit.models import Event, EventSubject
from desmigratif.cases.models import Case, CaseState, LetterRequest, StatusCode
from desmigratif.cases.rules.abroad.status_codes import NOT_TOLD, STANDS, reasons_not_to_give
from desmigratif.cases.status_sealing import status_code
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
BORN = "21-04-1996"
MOST_BYTES = 4 * 1024  # of the answer, packed; the style it shares with the empty page is weighed there
CLOSED = "tidak membuka kabar apa pun"
Give = Callable[[], str]


@pytest.fixture
def give(doing: Doing, case_id: str) -> Give:
    def run() -> str:
        code_id = new_id()
        doing("cases.give_status_code", code_id=code_id, case_id=case_id)
        return status_code(code_id)

    return run


def look(code: str, born: str = BORN, client: Client | None = None) -> str:
    return (client or Client()).post("/status/", {"code": code, "birth_date": born}).content.decode()


def officers_desk() -> Client:
    user = User.objects.create(username="petugas", name="Petugas")
    Grant.objects.create(user=user, role="village_officer", region_code=KURIPAN, valid_from="2026-01-01")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def set_case(case_id: str, **facts: Any) -> None:
    Case.objects.in_village(KURIPAN).filter(id=case_id).update(**facts)


def main_of(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page.split("<main")[1])


def test_the_code_opens_where_the_journey_stands_and_names_nobody(
    give: Give, family: Family, doing: Doing, case_id: str, office: None, django_assert_max_num_queries: Any
) -> None:
    doing("cases.ask_for_letter", request_id=new_id(), case_id=case_id)
    code = give()
    with django_assert_max_num_queries(30):  # more than half of them count the knocks and write the trace
        answer = Client().post("/status/", {"code": code, "birth_date": BORN})
    assert (answer.headers["Cache-Control"], bool(answer.cookies)) == ("no-store", False)
    assert b"<script" not in answer.content
    assert len(gzip.compress(answer.content)) <= MOST_BYTES

    text = main_of(look(code.lower().replace("-", " ")))

    assert STANDS["INTENT"] in text
    assert "Langkah berikutnya: Penjelasan lengkap." in text
    assert "Sekarang dipegang petugas desa, sejak 23 November 2026." in text
    assert "Surat izin diminta 23 November 2026. Desa menjawab paling lambat" in text
    assert "Jalan Balai Desa 1" in text
    assert not [word for word in ("Siti", "Aminah", "Budi", "1996") if word in text]


def test_only_a_print_is_kept_and_a_look_is_a_trace_of_the_candidate(give: Give, family: Family) -> None:
    code = give()
    look(code)

    row = StatusCode.objects.in_village(KURIPAN).get()
    assert re.fullmatch("[0-9a-f]{32}", row.code_index)
    assert code.replace("-", "").lower() not in row.code_index
    seen = Event.objects.get(event="case.status_seen")
    assert EventSubject.objects.filter(event=seen, subject_id=str(family.siti.id)).exists()
    assert seen.actor_id == str(public_door().id)
    (told,) = [
        (line["name"], line["text"])
        for line in officers_desk().get(reverse("desk:traces", args=[family.siti.id])).context["lines"]
        if "Membaca kabar" in line["text"]
    ]
    assert told == ("Pemegang kode, tanpa akun", "Membaca kabar perjalanan dengan kode untuk keluarga")


def test_wrong_expired_and_replaced_codes_and_wrong_days_read_alike(give: Give, case_id: str) -> None:
    replaced, code = give(), give()
    wrong = [look(replaced), look(code, "22-04-1996"), look("7F3K-92QD-M4TX"), look("apa saja")]
    assert STANDS["INTENT"] in look(code)
    with time_machine.travel("2027-11-24T03:15:00Z", tick=False):
        wrong.append(look(code))

    assert len({main_of(page) for page in wrong}) == 1
    assert CLOSED in wrong[0]
    assert Event.objects.filter(event="case.status_seen").count() == 1


@pytest.mark.parametrize("status", [LifeStatus.MOVED, LifeStatus.DEAD, LifeStatus.INVALID])
def test_of_a_record_that_was_closed_nothing_opens(give: Give, family: Family, status: str) -> None:
    code = give()
    Resident.objects.in_village(KURIPAN).filter(id=family.siti.id).update(life_status=status)

    assert main_of(look(code)) == main_of(look("7F3K-92QD-M4TX"))


def test_every_end_and_every_return_read_alike(give: Give, case_id: str) -> None:
    code, pages = give(), set()
    told_no_more = [state for state in CaseState.values if state not in STANDS]
    for number, state in enumerate(told_no_more):
        set_case(case_id, state=state)
        with time_machine.travel(f"2026-11-{24 + number // 4}T{number % 4 + 1:02d}:15:00Z", tick=False):
            pages.add(main_of(look(code)))

    (page,) = pages
    assert NOT_TOLD in page
    assert {"DIED", "REJECTED", "UNFIT", "RETURNED"} <= set(told_no_more)


def test_abroad_the_last_contact_is_a_day_and_trouble_stays_unsaid(
    give: Give, family: Family, doing: Doing, case_id: str
) -> None:
    set_case(case_id, state="WORKING", departed_on=date(2026, 5, 2), country="HKG")
    doing(
        "cases.record_contact", contact_id=new_id(), case_id=case_id, source="worker", passport_taken=True,
        note="Majikan Chan di Kowloon memukulnya.",
    )  # fmt: skip
    code = give()
    pages = []
    for state in ("WORKING", "PROBLEM", "LOST_CONTACT"):
        set_case(case_id, state=state)
        pages.append(main_of(look(code)))

    assert len(set(pages)) == 1
    assert "Kabar terakhir yang dicatat: 23 November 2026." in pages[0]
    assert "Berangkat 2 Mei 2026." in pages[0]
    assert not [word for word in ("Chan", "Kowloon", "Hong Kong", "10.15", "masalah", "bahaya") if word in pages[0]]


def test_a_refused_or_late_letter_says_the_right_and_not_the_reason(give: Give, doing: Doing, case_id: str) -> None:
    request_id = new_id()
    doing("cases.ask_for_letter", request_id=request_id, case_id=case_id)
    code = give()
    with time_machine.travel("2026-12-20T03:15:00Z", tick=False):
        assert "seharusnya dijawab desa paling lambat" in (late := look(code))
    assert "mengajukan keberatan" in late

    LetterRequest.objects.in_village(KURIPAN).filter(id=request_id).update(
        refused_on=date(2026, 11, 23), refused_because="family_refuses"
    )
    text = main_of(look(code))
    assert "sudah dijawab desa 23 November 2026. Tanyakan jawabannya ke petugas." in text
    assert "family_refuses" not in text


def test_who_has_no_birth_date_or_is_back_gets_no_code(give: Give, family: Family, case_id: str) -> None:
    assert [reason.code for reason in reasons_not_to_give(state="RETURNED", born=None)] == [
        "journey_over", "birth_date_unknown",
    ]  # fmt: skip
    Resident.objects.in_village(KURIPAN).filter(id=family.siti.id).update(birth_date=None)

    with pytest.raises(Refusal, match="birth_date_unknown"):
        give()
    assert not StatusCode.objects.in_village(KURIPAN).exists()


def test_a_stranger_gives_no_code(doing: Doing, stranger: Actor, case_id: str) -> None:
    for by in (stranger, public_door()):
        with pytest.raises(Refusal, match="not_found"):
            doing("cases.give_status_code", by=by, code_id=new_id(), case_id=case_id)
    assert not StatusCode.objects.in_village(KURIPAN).exists()


def test_the_desk_shows_a_code_once_and_an_old_page_sent_again_shows_none(case_id: str) -> None:
    desk = officers_desk()
    address = reverse("cases:give_status_code", args=[case_id])
    assert address in desk.get(reverse("cases:case", args=[case_id])).content.decode()

    def form() -> dict[str, str]:
        fields = desk.get(address).context["form"]
        return {name: str(fields[name].value()) for name in fields.fields}

    first, second = form(), form()
    page = desk.post(address, first).content.decode()
    code = re.findall(r'class="code big">([^<]+)<', page)[0]
    assert re.search(r'<div class="no-print">\s*<div class="strip"', page)  # who it is stays off the paper
    assert code == re.findall(r'class="code big">([^<]+)<', desk.post(address, first).content.decode())[0]
    assert STANDS["INTENT"] in look(code)
    assert code not in desk.get(address).content.decode()

    desk.post(address, second)
    again = desk.post(address, first)
    assert again.status_code == 302
    assert CLOSED in look(code)
