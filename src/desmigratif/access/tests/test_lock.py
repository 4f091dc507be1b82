"""A shared PC: locked when nobody works at it, opened by the same person's password, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client

from desmigratif.access.models import DeskSession, Grant, User
from desmigratif.access.signin.devices import device_words
from desmigratif.access.signin.session_store import SessionStore
from desmigratif.regions.testing import load_sample

KURIPAN = "33.07.10.2004"
PASSWORD = "payung kereta angklung 7"
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
HOME = "/akun-desa/saya/"
LOCKED = "/kunci/?next=%2Fakun-desa%2Fsaya%2F"


@pytest.fixture(autouse=True)
def clock(settings: Any) -> Iterator[time_machine.Coordinates]:
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(START, tick=False) as moving:
        yield moving


@pytest.fixture
def siti(db: None) -> User:
    load_sample()
    user = User(username="siti.kuripan", name="Siti Aminah")
    user.set_password(PASSWORD)
    user.save()
    Grant.objects.create(user=user, role="village_officer", region_code=KURIPAN, valid_from=date(2026, 1, 1))
    return user


@pytest.fixture
def desk(siti: User, client: Client) -> Client:
    client.force_login(siti, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(HOME).status_code == 200
    return client


def after(clock: time_machine.Coordinates, **pause: int) -> None:
    clock.shift(timedelta(**pause))


def test_five_idle_minutes_lock_the_desk(desk: Client, clock: Any) -> None:
    after(clock, minutes=4, seconds=59)
    assert desk.get(HOME).status_code == 200
    after(clock, minutes=5)

    assert desk.get(HOME)["Location"] == LOCKED


def test_who_works_is_never_locked_out(desk: Client, clock: Any) -> None:
    for _ in range(20):
        after(clock, minutes=4)
        assert desk.get(HOME).status_code == 200


def test_what_a_phone_asks_for_by_itself_keeps_nothing_open(desk: Client, clock: Any) -> None:
    for _ in range(3):
        after(clock, minutes=2)
        answer = desk.get(f"/sync/v1/pull?village={KURIPAN}&after=0")

    assert answer.status_code == 401


def test_somebody_who_types_for_long_stays(desk: Client, clock: Any) -> None:
    for _ in range(3):
        after(clock, minutes=3)
        assert desk.post("/kunci/hadir/").status_code == 204

    assert desk.get(HOME).status_code == 200


def test_a_locked_screen_names_its_owner_and_shows_nothing_else(desk: Client, clock: Any) -> None:
    after(clock, minutes=6)

    answer = desk.get(LOCKED)

    page = answer.content.decode()
    assert "Siti Aminah" in page
    assert "no-store" in answer["Cache-Control"]
    assert "Kuripan" not in page
    assert "Menu" not in page


def test_the_password_opens_the_page_that_was_asked_for(desk: Client, clock: Any) -> None:
    after(clock, minutes=6)

    answer = desk.post("/kunci/", {"password": PASSWORD, "next": HOME})

    assert answer["Location"] == HOME
    assert desk.get(HOME).status_code == 200


def test_a_cookie_copied_before_the_lock_opens_nothing_even_after_the_owner_came_back(desk: Client, clock: Any) -> None:
    thief = Client()
    thief.cookies["sessionid"] = desk.cookies["sessionid"].value
    after(clock, minutes=6)

    assert thief.get(HOME)["Location"] == LOCKED
    assert thief.get("/akun/2fa/")["Location"].startswith("/kunci/")
    assert thief.post("/sync/v1/push", "{}", content_type="application/json").status_code == 401
    assert thief.get("/tidak-ada/").status_code == 404
    desk.post("/kunci/", {"password": PASSWORD})
    assert thief.get(HOME)["Location"].startswith("/akun/login/")
    assert desk.get(HOME).status_code == 200


def test_nobody_else_opens_the_lock_with_their_own_password(desk: Client, siti: User) -> None:
    other = User(username="budi.kuripan", name="Budi")
    other.set_password("jembatan merpati garam 9")
    other.save()
    desk.post("/kunci/sekarang/")

    page = desk.post("/kunci/", {"password": "jembatan merpati garam 9", "username": "budi.kuripan"}).content.decode()

    assert "Kata sandi tidak cocok. Coba lagi." in page
    assert desk.get(HOME)["Location"] == LOCKED


def test_a_locked_screen_cannot_be_guessed_open(desk: Client) -> None:
    desk.post("/kunci/sekarang/")

    answers = [desk.post("/kunci/", {"password": "bukan ini"}).status_code for _ in range(5)]

    assert answers == [200, 200, 200, 200, 429]
    assert desk.post("/kunci/", {"password": PASSWORD}).status_code == 429
    assert desk.get(HOME)["Location"] == LOCKED


def test_who_steps_away_locks_at_once(desk: Client) -> None:
    answer = desk.post("/kunci/sekarang/", {"next": HOME})

    assert answer["Location"] == LOCKED
    assert desk.get(HOME)["Location"] == LOCKED
    assert desk.get("/akun/login/")["Location"].startswith("/kunci/")


@pytest.mark.parametrize("wanted", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)", "siti"])
def test_the_lock_leads_to_no_foreign_place(desk: Client, wanted: str) -> None:
    desk.post("/kunci/sekarang/")

    assert desk.post("/kunci/", {"password": PASSWORD, "next": wanted})["Location"] == "/"
    assert desk.get("/kunci/", {"next": wanted})["Location"] == "/"  # nothing is locked any more


def test_who_is_not_the_owner_can_sign_the_owner_out(desk: Client) -> None:
    desk.post("/kunci/sekarang/")

    answer = desk.post("/akun/logout/")

    assert answer["Clear-Site-Data"] == '"cache"'
    assert desk.get("/kunci/")["Location"] == "/"
    assert desk.get(HOME)["Location"].startswith("/akun/login/")
    assert not DeskSession.objects.filter(user__isnull=False).exists()


def test_a_form_sent_to_a_locked_desk_is_offered_again_and_acts_once(desk: Client, clock: Any) -> None:
    after(clock, minutes=6)
    visit = "/pelayanan/tamu/baru/"
    typed = {"visitor_name": "Sutinah <b>", "topics": ["costs", "contract"], "act_id": "x"}

    locked = desk.post(visit, typed)
    raw = str(DeskSession.objects.get().session_data)
    opened = desk.post("/kunci/", {"password": PASSWORD, "next": "/kunci/isian/"}, follow=True).content.decode()

    assert locked["Location"] == "/kunci/?next=%2Fkunci%2Fisian%2F"
    assert "Sutinah" not in SessionStore().decode(raw).__str__(), "what waits is sealed"
    assert f'action="{visit}"' in opened
    assert "Sutinah &lt;b&gt;" in opened
    assert re.findall(r'name="topics" value="(\w+)"', opened) == ["costs", "contract"]
    desk.post(visit, typed)
    assert desk.get("/kunci/isian/")["Location"] == "/", "sent again, it is forgotten"


def test_a_kept_form_can_be_thrown_away(desk: Client) -> None:
    desk.post("/kunci/sekarang/")
    desk.post("/pelayanan/tamu/baru/", {"visitor_name": "Sutinah"})
    desk.post("/kunci/", {"password": PASSWORD})

    desk.post("/kunci/isian/")

    assert desk.get("/kunci/isian/")["Location"] == "/"


def test_too_much_or_a_file_is_not_kept_and_the_page_says_so(desk: Client) -> None:
    desk.post("/kunci/sekarang/")
    desk.post("/pelayanan/tamu/baru/", {"visitor_name": "x" * 110_000})

    page = desk.post("/kunci/", {"password": PASSWORD, "next": "/kunci/isian/"}, follow=True).content.decode()

    assert "Buka lagi halamannya" in page
    assert "x" * 50 not in page


def test_a_password_that_was_typed_is_never_kept(desk: Client) -> None:
    desk.post("/kunci/sekarang/")

    answer = desk.post("/akun/password/change/", {"oldpassword": PASSWORD})

    assert answer["Location"] == "/kunci/?next=%2F"


def test_a_forged_form_is_not_kept(siti: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(siti, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = browser.session
    session["desk"] = {**session["desk"], "locked": True}
    session.save()

    assert browser.post("/pelayanan/tamu/baru/", {"visitor_name": "x"}).status_code == 403
    assert "kept_post" not in browser.session


def test_a_live_search_on_a_locked_screen_leads_to_the_lock(desk: Client) -> None:
    desk.post("/kunci/sekarang/")

    answer = desk.get("/cari/?q=si", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/warga/?hal=2"})

    assert answer["HX-Redirect"] == "/kunci/?next=%2Fwarga%2F%3Fhal%3D2"
    assert answer.content == b""


def test_twelve_hours_end_a_session_however_busy(desk: Client, clock: Any) -> None:
    for _ in range(12 * 15):
        after(clock, minutes=4)
        last = desk.get(HOME)

    assert last["Location"].startswith("/akun/login/")
    assert "Sudah lebih dari 12 jam" in desk.get(last["Location"]).content.decode()


def test_a_session_from_before_the_lock_existed_is_over(desk: Client) -> None:
    session = desk.session
    del session["desk"]
    session.save()

    assert desk.get(HOME)["Location"].startswith("/akun/login/")


def test_a_full_disk_still_lets_people_read(desk: Client, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    after(clock, minutes=2)

    def full(*args: object, **options: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(SessionStore, "save", full)

    assert desk.get(HOME).status_code == 200


def test_the_lock_asks_the_database_nothing(desk: Client, django_assert_num_queries: Any, clock: Any) -> None:
    with django_assert_num_queries(6):  # session, user, grants; the page: user, grants, factor
        desk.get(HOME)
    after(clock, minutes=6)

    with django_assert_num_queries(2):  # session, user
        desk.get(HOME)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 "
            "Safari/537.36",
            "Chrome di komputer Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge di komputer Windows"),
        ("Mozilla/5.0 (Linux; Android 11; SM-A125F) Chrome/89.0 Mobile Safari/537.36", "Chrome di HP Android"),
        ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Firefox/133.0", "Firefox di komputer Linux"),
        ("", "Peramban lain di perangkat lain"),
    ],
)
def test_a_device_has_words_its_owner_knows(said: str, words: str) -> None:
    assert device_words(said) == words
