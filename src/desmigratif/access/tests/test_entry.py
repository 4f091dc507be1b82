"""One-time codes: the person sets the own password, once, within two days, and nobody guesses their way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.db import IntegrityError, transaction
from django.test import Client

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.entry_codes import digest_of, enter, entry_code
from desmigratif.access.models import EntryCode, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.audit.models import Event
from desmigratif.regions.testing import load_sample
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import InvalidInput

KURIPAN = "33.07.10.2004"
PASSWORD = "jembatan merpati garam 9"
ENTRY = "/masuk-pertama/"
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as moving:
        yield moving


@pytest.fixture
def administrator(db: None) -> Actor:
    load_sample()
    return person(new_id(), "Pengelola", ("administrator", KURIPAN))


def an_account(by: Actor, username: str = "siti.kuripan") -> tuple[User, str]:
    """Somebody new and the code on their paper."""
    user_id, code = new_id(), entry_code(new_id())
    given = {
        "user_id": user_id, "grant_id": new_id(), "username": username, "name": "Siti Aminah",
        "code_digest": digest_of(code, user_id), "role": "village_officer", "region_code": KURIPAN,
        "valid_from": date(2026, 1, 1),
    }  # fmt: skip
    do(by, "access.create_account", given, now=datetime.now(UTC), act_id=new_id())
    return User.objects.get(id=user_id), code


def typed(code: str, **changes: str) -> dict[str, str]:
    return {"username": "siti.kuripan", "code": code, "password": PASSWORD, "again": PASSWORD, **changes}


def sign_in(client: Client, password: str = PASSWORD) -> Any:
    return client.post("/akun/login/", {"login": "siti.kuripan", "password": password})


def test_the_code_on_paper_opens_the_account_to_its_owner(administrator: Actor, client: Client) -> None:
    user, code = an_account(administrator)

    answer = client.post(ENTRY, typed(code), follow=True)

    assert answer.request["PATH_INFO"] == "/akun/login/"
    assert "Kata sandi Anda sudah tersimpan" in answer.text
    user.refresh_from_db()
    assert not user.must_change_password
    assert sign_in(client)["Location"] == "/"
    event = Event.objects.get(event="account.entered_by_code")
    assert (event.village_code, event.actor_id) == (KURIPAN, str(user.id))


@pytest.mark.parametrize("spelling", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_a_code_is_read_as_people_type_it(administrator: Actor, client: Client, spelling: Any) -> None:
    _user, code = an_account(administrator)

    assert client.post(ENTRY, typed(spelling(code), username="SITI.kuripan"))["Location"] == "/akun/login/"


def test_a_code_is_used_once(administrator: Actor, client: Client) -> None:
    user, code = an_account(administrator)
    client.post(ENTRY, typed(code))

    again = client.post(ENTRY, typed(code, password="angklung layang tikar 5", again="angklung layang tikar 5"))

    assert "kodenya sudah dipakai atau kedaluwarsa" in again.text
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not enter(user, code, "angklung layang tikar 5", datetime.now(UTC))


def test_a_code_ends_after_two_days(administrator: Actor, client: Client, clock: Any) -> None:
    _user, code = an_account(administrator)
    clock.shift(timedelta(hours=48))

    assert "kedaluwarsa" in client.post(ENTRY, typed(code)).text


def test_a_new_code_voids_the_one_before(administrator: Actor, client: Client) -> None:
    user, first = an_account(administrator)
    second = entry_code(new_id())
    given = {"user_id": user.id, "code_digest": digest_of(second, user.id)}
    do(administrator, "access.renew_password", given, now=datetime.now(UTC), act_id=new_id())

    assert "tidak cocok" in client.post(ENTRY, typed(first)).text
    assert client.post(ENTRY, typed(second))["Location"] == "/akun/login/"


def test_a_code_is_for_one_account(administrator: Actor, client: Client) -> None:
    an_account(administrator)
    _other, code = an_account(administrator, "budi.kuripan")

    assert "tidak cocok" in client.post(ENTRY, typed(code)).text


def test_a_closed_account_is_not_entered(administrator: Actor, client: Client) -> None:
    user, code = an_account(administrator)
    do(administrator, "access.disable_account", {"user_id": user.id}, now=datetime.now(UTC), act_id=new_id())

    assert "tidak cocok" in client.post(ENTRY, typed(code)).text


def test_nobody_learns_which_names_exist(administrator: Actor, client: Client) -> None:
    an_account(administrator)

    known = client.post(ENTRY, typed("AAAA-AAAA-AAAA")).text
    unknown = client.post(ENTRY, typed("AAAA-AAAA-AAAA", username="siti.kuripam")).text

    def told(page: str) -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace("kuripam", "kuripan")

    assert told(known) == told(unknown)


def test_wrong_codes_and_wrong_passwords_count_together(administrator: Actor, client: Client) -> None:
    _user, code = an_account(administrator)
    for _ in range(2):
        sign_in(client, "bukan ini")
    answers = [client.post(ENTRY, typed("AAAA-AAAA-AAAA")).status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    assert client.post(ENTRY, typed(code)).status_code == 429, "the right code waits too"
    assert sign_in(client).status_code == 429


def test_what_was_typed_is_not_kept_beside_a_wrong_try(administrator: Actor, client: Client) -> None:
    an_account(administrator)

    client.post(ENTRY, typed("AAAA-BBBB-CCCC"))

    kept = str(list(AccessAttempt.objects.values("post_data", "get_data")))
    assert "merpati" not in kept
    assert "AAAA" not in kept


def test_a_weak_password_costs_no_try(administrator: Actor, client: Client) -> None:
    _user, code = an_account(administrator)

    for _ in range(6):
        page = client.post(ENTRY, typed("AAAA-AAAA-AAAA", password="pendek", again="pendek"))
    differing = client.post(ENTRY, typed(code, again="lain lagi semua 7")).text

    assert 'class="errors"' in page.text
    assert "Kedua kata sandi belum sama" in differing
    assert client.post(ENTRY, typed(code))["Location"] == "/akun/login/"


def test_who_is_signed_in_has_nothing_to_do_there(administrator: Actor, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    user, code = an_account(administrator)
    enter(user, code, PASSWORD, datetime.now(UTC))

    assert signed_in_browser(user).get(ENTRY)["Location"] == "/akun-desa/saya/"


def test_codes_differ_and_hold_enough_chance() -> None:
    made = {entry_code(new_id()) for _ in range(300)}

    assert len(made) == 300
    assert all(re.fullmatch(r"([2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}", code) for code in made)
    act_id = new_id()
    assert entry_code(act_id) == entry_code(act_id)


def test_an_account_has_one_way_in(administrator: Actor) -> None:
    given = {
        "user_id": new_id(), "grant_id": new_id(), "username": "siti", "name": "Siti", "role": "village_officer",
        "region_code": KURIPAN, "valid_from": date(2026, 1, 1),
    }  # fmt: skip
    both = {**given, "password_hash": "x" * 30, "code_digest": "x" * 64}

    for wrong in (given, both):
        with pytest.raises(InvalidInput):
            do(administrator, "access.create_account", wrong, now=START, act_id=new_id())


def test_the_database_refuses_a_code_that_ends_before_it_was_made(administrator: Actor) -> None:
    user, _code = an_account(administrator)

    with pytest.raises(IntegrityError), transaction.atomic():
        EntryCode.objects.create(user=user, code_digest="x", made_by=new_id(), made_at=START, until=START)


def test_the_page_needs_no_query_to_be_shown(client: Client, django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        client.get(ENTRY)
