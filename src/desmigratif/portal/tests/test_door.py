"""The door for families and workers: nothing sent is lost, nothing is told to whoever guesses, and it weighs little."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db import OperationalError
from django.test import Client

from desmigratif.access.actor import Actor, person, public_door
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.audit.models import Event
from desmigratif.cases.complaint_sealing import receipt_code, said_of
from desmigratif.cases.models import Complaint
from desmigratif.portal import views_door
from desmigratif.portal.models import DoorTry
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

pytestmark = pytest.mark.django_db
KURIPAN, REGENCY = "33.07.10.2004", "33.07"
STORY = "Adik saya di Johor sebulan tidak ada kabar."
BORN = "03-01-1992"
MOST_BYTES = 40 * 1024


@pytest.fixture(autouse=True)
def served(places: None) -> Iterator[None]:
    """Kuripan has an officer, so its inbox is read."""
    user = User.objects.create(username="petugas", name="Petugas")
    Grant.objects.create(user=user, role="village_officer", region_code=KURIPAN, valid_from="2026-01-01")
    with time_machine.travel("2026-11-23T03:15:00Z", tick=False):
        yield


def fields_of(page: Any) -> dict[str, str]:
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in values.items() if value is not None}


def send(client: Client, **said: str) -> Any:
    form = {**fields_of(client.get("/lapor/")), "village_code": KURIPAN, "story": STORY, "birth_date": BORN}
    return client.post("/lapor/", {**form, **said})


def ask(client: Client, code: str, born: str = BORN, **more: str) -> Any:
    return client.post("/status/", {"code": code, "birth_date": born, **more})


def main_of(page: Any) -> str:
    return re.sub(r'value="[^"]*"', "", page.content.decode().split("<main")[1])


def resolve(told: Complaint, now: Any) -> None:
    officer = person(new_id(), "Petugas", ("village_officer", KURIPAN))
    here = {"complaint_id": told.id, "village_code": KURIPAN}
    for name, more in (
        ("triage_complaint", {"kind": "LOST_CONTACT", "emergency": False}),
        ("resolve_complaint", {"outcome": "in_contact"}),
    ):
        do(officer, f"cases.{name}", {**here, **more}, now=now, act_id=new_id())


def test_a_report_lands_in_the_villages_inbox_and_its_code_opens_it(client: Client) -> None:
    page = send(client, what="LOST_CONTACT", about_name="Wagiman").content.decode()

    told = Complaint.objects.in_village(KURIPAN).get()
    code = receipt_code(told.id)
    assert code in page
    assert (told.kind, told.channel, said_of(told).story) == ("LOST_CONTACT", "web", STORY)
    answer = ask(client, code.lower())
    text = answer.content.decode()
    assert "sudah diterima dan menunggu dibaca" in text
    assert "24 November 2026, 10.15 WIB" in text
    assert not [word for word in ("Wagiman", "Johor", "Hilang kontak", "Kuripan") if word in text]
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_wrong_answer_reads_alike(client: Client) -> None:
    send(client)
    code = receipt_code(Complaint.objects.in_village(KURIPAN).get().id)

    wrong = [ask(client, code, "04-01-1992"), ask(client, "7F3K-92QD-M4TX"), ask(client, "apa saja")]

    said = {re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in wrong}
    assert len(said) == 1
    assert "tidak membuka kabar apa pun" in said.pop()
    assert {answer.status_code for answer in wrong} == {200}


def test_without_a_birth_date_no_guess_opens_it(client: Client) -> None:
    send(client, birth_date="")
    code = receipt_code(Complaint.objects.in_village(KURIPAN).get().id)

    assert "tidak membuka kabar apa pun" in ask(client, code).content.decode()


@pytest.mark.parametrize("said", [{"what": "VIOLENCE"}, {"about_officer": "ya"}, {"village_code": REGENCY}])
def test_what_the_village_must_not_see_goes_to_the_regency(client: Client, said: dict[str, str]) -> None:
    send(client, **said)

    assert Complaint.objects.in_village(REGENCY).count() == 1
    assert not Complaint.objects.in_village(KURIPAN).exists()


def test_sent_twice_is_kept_once(client: Client) -> None:
    form = {**fields_of(client.get("/lapor/")), "village_code": KURIPAN, "story": STORY}

    first, again = client.post("/lapor/", form), client.post("/lapor/", form)

    assert Complaint.objects.in_village(KURIPAN).count() == 1
    assert (first.status_code, first.content) == (again.status_code, again.content)


def test_what_was_written_survives_a_broken_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(views_door, "do", broken)
        page = send(client)
    text = page.content.decode()
    assert page.status_code == 503
    assert STORY in text
    assert "Tekan Kirim sekali lagi" in text
    form = fields_of(page)

    assert client.post("/lapor/", form).status_code == 200
    assert Complaint.objects.in_village(KURIPAN).count() == 1


def test_a_flood_is_stopped_and_loses_nothing_that_was_written(client: Client) -> None:
    answers = [send(client) for _number in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert STORY in answers[-1].content.decode()
    assert "Kirim lagi nanti" in answers[-1].content.decode()
    assert Client(REMOTE_ADDR="203.0.113.9").get("/lapor/").status_code == 200
    assert send(Client(REMOTE_ADDR="203.0.113.9")).status_code == 200


def test_a_code_is_tried_five_times_from_wherever(client: Client) -> None:
    send(client)
    code = receipt_code(Complaint.objects.in_village(KURIPAN).get().id)
    answers = [ask(Client(REMOTE_ADDR=f"203.0.113.{n}"), code, f"0{n}-01-1990").status_code for n in range(1, 6)]

    right = ask(Client(REMOTE_ADDR="203.0.113.99"), code)

    assert answers == [200] * 5
    assert right.status_code == 429
    assert "terlalu banyak dicoba" in right.content.decode()
    with time_machine.travel("2026-11-23T04:15:00Z", tick=False):
        assert "menunggu dibaca" in ask(client, code).content.decode()
    assert all(re.fullmatch("[0-9a-f]{32}", row.key_index) for row in DoorTry.objects.all()), "an address in clear"


def test_one_home_on_ipv6_counts_as_one(client: Client) -> None:
    for number in range(10):
        send(Client(REMOTE_ADDR=f"2001:db8:1:2::{number + 1}"))

    assert send(Client(REMOTE_ADDR="2001:db8:1:2:3::1")).status_code == 429
    assert send(Client(REMOTE_ADDR="2001:db8:1:3::1")).status_code == 200


def test_the_reporter_opens_it_again(client: Client, now: Any) -> None:
    send(client, what="LOST_CONTACT")
    told = Complaint.objects.in_village(KURIPAN).get()
    code = receipt_code(told.id)
    resolve(told, now)
    page = ask(client, code)
    assert "Bagaimana menurut Anda?" in page.content.decode()
    given = {"act_id": str(new_id()), "satisfied": "tidak", "note": "Belum ada kabar juga."}

    text = ask(client, code, "1992-01-03", **given).content.decode()

    told.refresh_from_db()
    assert told.state == "REOPENED"
    assert "jawaban Anda sudah dicatat" in text
    assert "dibuka lagi" in text


def test_a_gap_is_said_beside_its_field(client: Client) -> None:
    text = send(client, story="", village_code="").content.decode()

    assert "Pilih desanya, atau Desa lain." in text
    assert not Complaint.objects.everywhere().exists()


def test_a_stranger_sends_and_answers_nothing_through_the_desk(client: Client, stranger: Actor, now: Any) -> None:
    send(client)
    code = receipt_code(Complaint.objects.in_village(KURIPAN).get().id)
    report = {"complaint_id": new_id(), "village_code": KURIPAN, "on": "2026-11-23", "story": STORY}
    answer = {"code": code, "birth_date": date(1992, 1, 3), "satisfied": True}

    for name, given in (("cases.send_report", report), ("cases.answer_report", answer)):
        with pytest.raises(Refusal, match="not_found"):
            do(stranger, name, given, now=now, act_id=new_id())
    with pytest.raises(Refusal, match="not_found"):
        do(public_door(), "cases.answer_report", {**answer, "birth_date": "1992-01-04"}, now=now, act_id=new_id())
    with pytest.raises(Refusal, match="not_served"):
        elsewhere = {**report, "village_code": "32.12.16.2004"}
        do(public_door(), "cases.send_report", elsewhere, now=now, act_id=new_id())


def test_a_post_from_another_site_does_no_more_than_anybody_could(settings: Any) -> None:
    """The doors ask for no token: whoever lures an officer's browser there acts as nobody, and nowhere else."""
    settings.SECOND_FACTOR_REQUIRED = False
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.get(), backend="allauth.account.auth_backends.AuthenticationBackend")
    foreign = {"HTTP_ORIGIN": "https://lain.example", "HTTP_REFERER": "https://lain.example/"}
    ids = {"act_id": str(new_id()), "record_id": str(new_id())}

    sent = browser.post("/lapor/", {**ids, "village_code": KURIPAN, "story": STORY, "birth_date": BORN}, **foreign)

    told = Complaint.objects.in_village(KURIPAN).get()
    assert (sent.status_code, told.channel, told.recorded_by) == (200, "web", str(public_door().id))
    event = Event.objects.get(event="complaint.received")
    assert (event.actor_id, event.actor_role, event.via) == (str(public_door().id), "public_door", "portal")
    code = receipt_code(told.id)
    seen = browser.post("/status/", {"code": code, "birth_date": BORN}, **foreign)
    assert main_of(seen) == main_of(ask(Client(), code))
    assert browser.post("/status/", {"code": code, "birth_date": "04-01-1992"}, **foreign).context.get("found") is None
    assert not sent.cookies
    assert browser.post("/pelayanan/pengaduan/baru/", {"story": STORY}, **foreign).status_code == 403


@pytest.mark.parametrize("address", ["/lapor/", "/status/"])
def test_the_first_load_weighs_little_and_runs_nothing(client: Client, address: str) -> None:
    answer = client.get(address)

    page = answer.content
    text = page.decode()
    assert not answer.cookies
    assert "<script" not in text
    files = {name.split("?")[0] for name in re.findall(r'(?:href|src)="/static/([^"#]+)', text)}
    found = [finders.find(name) for name in sorted(files)]
    assert {"dist/desk.css", "dist/icons.svg"} <= files
    weights = [len(gzip.compress(Path(str(path)).read_bytes())) for path in found if path]
    assert len(gzip.compress(page)) + sum(weights) <= MOST_BYTES
