"""A browser that counts as the second factor, and what asks for the second factor all the same."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import segno
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.models import DeskSession, EnrolledBrowser, Grant, User
from desmigratif.access.permissions import Permission
from desmigratif.access.roles import VILLAGE_OFFICER
from desmigratif.access.signin import enrolled
from desmigratif.access.signin.second_factor import GRAVE
from desmigratif.access.tasks import purge_expired_sessions
from desmigratif.access.testing import give_second_factor, signed_in_browser
from desmigratif.audit.models import Event
from desmigratif.regions.testing import load_sample
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
PASSWORD = "payung kereta angklung 7"
NEW_PASSWORD = "jembatan merpati garam 9"
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ASKED = "/akun/2fa/reauthenticate/?next="


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as moving:
        yield moving


def make_user(username: str = "siti.kuripan", role: str = "village_officer", region: str = KURIPAN) -> User:
    user = User(username=username, name=username.title())
    user.set_password(PASSWORD)
    user.save()
    Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2026, 1, 1))
    return user


@pytest.fixture
def siti(db: None) -> User:
    load_sample()
    return make_user()


@pytest.fixture
def secret(siti: User) -> str:
    made = totp.generate_totp_secret()
    totp.TOTP.activate(siti, made)
    return made


def code_now(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def give_password(client: Client, password: str = PASSWORD, username: str = "siti.kuripan") -> Any:
    return client.post("/akun/login/", {"login": username, "password": password})


def enrol(client: Client, secret: str, answer: str = "ya") -> Any:
    give_password(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    return client.post("/akun-desa/masuk/ingat/", {"ingat": answer})


def sign_out(client: Client) -> None:
    client.post("/akun/logout/")


def test_a_remembered_browser_is_asked_for_the_password_alone(siti: User, secret: str, client: Client) -> None:
    asked = enrol(client, secret)
    sign_out(client)

    again = give_password(client)

    assert asked["Location"] == "/"
    assert again["Location"] == "/"
    assert client.get("/akun-desa/saya/").status_code == 200
    event = Event.objects.get(event="browser.enrolled")
    assert event.village_code == KURIPAN
    assert {"type": "user", "id": str(siti.id)} in event.subjects


def test_the_question_comes_only_after_the_code(siti: User, secret: str, client: Client) -> None:
    give_password(client)
    assert client.get("/akun-desa/masuk/ingat/")["Location"] == "/akun/login/"

    after_code = client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})

    assert after_code["Location"] == "/akun-desa/masuk/ingat/"
    assert client.get("/akun-desa/saya/")["Location"].startswith("/akun/login/"), "not in before the answer"
    assert "Jangan di komputer warnet" in client.get("/akun-desa/masuk/ingat/").content.decode()


def test_who_says_no_is_asked_for_the_code_next_time(siti: User, secret: str, client: Client) -> None:
    enrol(client, secret, "tidak")
    sign_out(client)

    assert give_password(client)["Location"] == reverse("mfa_authenticate")
    assert not EnrolledBrowser.objects.exists()


def test_the_token_is_nowhere_in_the_database(siti: User, secret: str, client: Client) -> None:
    enrol(client, secret)
    cookie = client.cookies["peramban"]

    browser = EnrolledBrowser.objects.get()

    assert len(cookie.value) >= 43
    assert cookie.value not in str(browser.__dict__)
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 30 * 24 * 60 * 60


def test_a_remembered_browser_is_one_persons(siti: User, secret: str, client: Client) -> None:
    other = make_user("budi.kuripan")
    totp.TOTP.activate(other, totp.generate_totp_secret())
    enrol(client, secret)
    sign_out(client)

    assert give_password(client, username="budi.kuripan")["Location"] == reverse("mfa_authenticate")


def test_two_officers_share_one_remembered_browser(siti: User, secret: str, client: Client) -> None:
    other = make_user("budi.kuripan")
    others_secret = totp.generate_totp_secret()
    totp.TOTP.activate(other, others_secret)
    enrol(client, secret)
    sign_out(client)
    give_password(client, username="budi.kuripan")
    client.post(reverse("mfa_authenticate"), {"code": code_now(others_secret)})
    client.post("/akun-desa/masuk/ingat/", {"ingat": "ya"})
    sign_out(client)

    for username in ("siti.kuripan", "budi.kuripan"):
        assert give_password(client, username=username)["Location"] == "/"
        sign_out(client)


def test_thirty_days_are_the_end(siti: User, secret: str, client: Client, clock: Any) -> None:
    enrol(client, secret)
    sign_out(client)
    clock.shift(timedelta(days=30))

    assert give_password(client)["Location"] == reverse("mfa_authenticate")
    purge_expired_sessions(datetime.now(UTC))
    assert not EnrolledBrowser.objects.exists()


def new_password(siti: User) -> None:
    siti.set_password(NEW_PASSWORD)
    siti.save()


def factor_reset(siti: User) -> None:
    Authenticator.objects.filter(user=siti).delete()
    siti.session_round += 1
    siti.save()
    totp.TOTP.activate(siti, totp.generate_totp_secret())


def other_factor(siti: User) -> None:
    Authenticator.objects.filter(user=siti).delete()
    totp.TOTP.activate(siti, totp.generate_totp_secret())


def another_role(siti: User) -> None:
    Grant.objects.create(user=siti, role="administrator", region_code=KURIPAN, valid_from=date(2026, 1, 1))


def forgotten(siti: User) -> None:
    EnrolledBrowser.objects.all().delete()


@pytest.mark.parametrize("change", [new_password, factor_reset, other_factor, another_role, forgotten])
def test_what_ends_a_remembered_browser(siti: User, secret: str, client: Client, change: Any) -> None:
    enrol(client, secret)
    sign_out(client)
    change(siti)

    password = NEW_PASSWORD if change is new_password else PASSWORD

    assert give_password(client, password)["Location"] == reverse("mfa_authenticate")
    if change in (new_password, factor_reset, other_factor):
        assert enrolled.standing_browsers(siti, datetime.now(UTC)) == []


def test_a_closed_account_has_no_remembered_browser(siti: User, secret: str, client: Client, now: Any) -> None:
    enrol(client, secret)
    sign_out(client)
    administrator = person(new_id(), "Pengelola", ("administrator", KURIPAN))
    do(administrator, "access.disable_account", {"user_id": siti.id}, now=now, act_id=new_id())

    siti.refresh_from_db()

    assert give_password(client).status_code == 200, "not let in"
    assert enrolled.standing_browsers(siti, datetime.now(UTC)) == []


@pytest.mark.parametrize("role", ["administrator", "regency_coordinator"])
def test_only_village_officers_are_asked(siti: User, client: Client, role: str) -> None:
    region = KURIPAN if role == "administrator" else "33.07"
    user = make_user("lain", role, region)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    give_password(client, username="lain")

    assert client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})["Location"] == "/"
    assert not enrolled.may_enrol(user, datetime.now(UTC))


def test_a_made_up_token_opens_nothing(siti: User, secret: str, client: Client) -> None:
    client.cookies["peramban"] = "a.b.c." + "x" * 50

    assert give_password(client)["Location"] == reverse("mfa_authenticate")


def test_the_database_refuses_a_browser_that_ends_before_it_began(siti: User) -> None:
    row = {"user": siti, "device": "x", "bound_to": "x", "enrolled_at": START, "last_used_at": START}

    with pytest.raises(IntegrityError), transaction.atomic():
        EnrolledBrowser.objects.create(token_digest="x", until=START, **row)
    with pytest.raises(ValidationError):
        EnrolledBrowser(token_digest="x" * 65, until=START + timedelta(days=1), **row).full_clean()


# --- what asks again --------------------------------------------------------------------------------------------


def test_with_a_remembered_browser_exports_and_letters_ask_for_the_code(
    siti: User, secret: str, client: Client, clock: Any
) -> None:
    enrol(client, secret)
    sign_out(client)
    clock.shift(timedelta(minutes=1))  # a code is taken once
    give_password(client)

    assert client.get("/warga/").status_code == 200
    asked = client.get("/warga/ekspor/")
    assert asked["Location"] == f"{ASKED}%2Fwarga%2Fekspor%2F"
    case = f"/pelayanan/rencana/{new_id()}/surat/"
    assert client.get(case)["Location"].startswith(ASKED)
    given = client.post(asked["Location"], {"code": code_now(secret), "next": "/warga/ekspor/"})

    assert given["Location"] == "/warga/ekspor/"
    assert client.get("/warga/ekspor/").status_code == 200
    assert client.get(case).status_code == 404, "no such case; the code is not asked again"


def test_the_code_of_an_hour_ago_is_too_old(siti: User, secret: str, clock: Any) -> None:
    browser = signed_in_browser(siti)
    for _ in range(14):
        clock.shift(timedelta(minutes=4))
        assert browser.get("/warga/ekspor/").status_code == 200
    clock.shift(timedelta(minutes=4, seconds=1))

    assert browser.get("/warga/ekspor/")["Location"].startswith(ASKED)
    assert browser.get("/warga/").status_code == 200


def test_a_form_that_had_to_wait_for_the_code_is_not_lost(siti: User, secret: str) -> None:
    browser = signed_in_browser(siti, with_second_factor=False)

    asked = browser.post("/warga/ekspor/", {"reason": "hand_over", "format": "csv"})
    page = browser.post(asked["Location"], {"code": code_now(secret), "next": "/kunci/isian/"}, follow=True)

    assert asked["Location"] == f"{ASKED}%2Fkunci%2Fisian%2F"
    assert 'name="reason" value="hand_over"' in page.content.decode()


def test_the_password_does_not_stand_for_the_code(siti: User, secret: str) -> None:
    browser = signed_in_browser(siti, with_second_factor=False)

    answer = browser.post("/akun/reauthenticate/?next=/warga/ekspor/", {"password": PASSWORD})

    assert answer["Location"].startswith("/akun/2fa/reauthenticate/")
    assert browser.get("/warga/ekspor/")["Location"].startswith(ASKED)


def test_who_knows_the_password_alone_cannot_take_the_second_factor_over(
    siti: User, secret: str, client: Client
) -> None:
    enrol(client, secret)
    sign_out(client)
    give_password(client)

    for address in ("mfa_deactivate_totp", "mfa_generate_recovery_codes"):
        assert client.get(reverse(address))["Location"].startswith("/akun/2fa/reauthenticate/"), address


def test_in_the_demo_nothing_asks(siti: User, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    browser = signed_in_browser(siti, with_second_factor=False)

    assert browser.get("/warga/ekspor/").status_code == 200


def test_what_is_grave_is_nobodys_daily_reading() -> None:
    """Signing in with a remembered browser must be enough for a day's ordinary work."""
    daily = {Permission.RESIDENT_SEE, Permission.VISIT_RECORD, Permission.OFFER_CHECK, Permission.LETTER_SEE}

    assert not daily & GRAVE
    assert {Permission.RESIDENT_EXPORT, Permission.LETTER_ISSUE} <= GRAVE & VILLAGE_OFFICER.may


# --- where I am signed in ---------------------------------------------------------------------------------------

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"


def browser_with(user: User, user_agent: str, secret: str) -> Client:
    """Through the pages, so that the device is known."""
    browser = Client(headers={"User-Agent": user_agent})
    give_password(browser)
    browser.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    browser.post("/akun-desa/masuk/ingat/", {"ingat": "tidak"})
    return browser


def test_a_person_sees_where_they_are_signed_in(siti: User, secret: str, clock: Any) -> None:
    at_desk = browser_with(siti, CHROME, secret)
    clock.shift(timedelta(minutes=2))
    browser_with(siti, PHONE, secret)
    other = make_user("budi.kuripan")
    signed_in_browser(other)

    page = at_desk.get("/akun-desa/masuk/")
    found = page.context["sessions"]

    assert [one.device for one in found] == ["Chrome di komputer Windows", "Chrome di HP Android"]
    assert [one.is_this for one in found] == [True, False]
    assert page.content.decode().count("Perangkat ini") == 1
    assert "session_key" not in page.content.decode()
    assert at_desk.session.session_key not in page.content.decode()


def test_ending_one_session_signs_that_browser_out_at_its_next_click(siti: User, secret: str, clock: Any) -> None:
    at_desk = browser_with(siti, CHROME, secret)
    clock.shift(timedelta(minutes=2))
    phone = browser_with(siti, PHONE, secret)
    lost = DeskSession.objects.get(device="Chrome di HP Android").public_id

    at_desk.post(f"/akun-desa/masuk/{lost}/keluar/")

    assert phone.get("/akun-desa/saya/")["Location"].startswith("/akun/login/")
    assert at_desk.get("/akun-desa/saya/").status_code == 200
    assert Event.objects.get(event="session.ended").details == {"count": 1}


def test_ending_all_others_keeps_this_one(siti: User) -> None:
    browsers = [signed_in_browser(siti) for _ in range(3)]
    totp.TOTP.activate(siti, totp.generate_totp_secret())

    browsers[0].post("/akun-desa/masuk/lainnya/keluar/")

    assert browsers[0].get("/akun-desa/saya/").status_code == 200
    for browser in browsers[1:]:
        assert browser.get("/akun-desa/saya/")["Location"].startswith("/akun/login/")
    assert "Tidak ada perangkat lain" in browsers[0].post("/akun-desa/masuk/lainnya/keluar/", follow=True).text


def test_a_stranger_ends_nobodys_session_and_forgets_nobodys_browser(siti: User, secret: str, client: Client) -> None:
    enrol(client, secret)
    other = make_user("budi.kuripan")
    totp.TOTP.activate(other, totp.generate_totp_secret())
    stranger = signed_in_browser(other)
    session, browser = DeskSession.objects.get(user=siti), EnrolledBrowser.objects.get()

    assert stranger.post(f"/akun-desa/masuk/{session.public_id}/keluar/").status_code == 404
    assert stranger.post(f"/akun-desa/peramban/{browser.id}/lupakan/").status_code == 404
    assert client.get("/akun-desa/saya/").status_code == 200
    assert EnrolledBrowser.objects.exists()


def test_a_person_makes_the_desk_forget_a_browser(siti: User, secret: str, client: Client) -> None:
    enrol(client, secret)
    browser = EnrolledBrowser.objects.get()
    assert "Lupakan" in client.get("/akun-desa/masuk/").text

    client.post(f"/akun-desa/peramban/{browser.id}/lupakan/")
    sign_out(client)

    assert give_password(client)["Location"] == reverse("mfa_authenticate")
    assert Event.objects.filter(event="browser.forgotten").count() == 1


def test_the_list_needs_few_queries(siti: User, secret: str, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        browser = signed_in_browser(siti)
    give_second_factor(browser, siti)
    browser.get("/akun-desa/masuk/")

    with django_assert_num_queries(6):  # session, user, grants, second factor; the page: sessions, browsers
        browser.get("/akun-desa/masuk/")


def test_the_picture_of_the_secret_holds_its_whole_address_in_one_short_path() -> None:
    """A path per line of the picture made the page heavier than a page may be, for some secrets and not for others."""
    address = "otpauth://totp/Desmigratif:siti.kuripan?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Desmigratif"

    drawn = get_adapter().build_totp_svg(address)

    dark = sum(sum(row) for row in segno.make_qr(address, error="l").matrix)
    assert sum(int(run) for run in re.findall(r"h(\d+)", drawn)) == dark
    assert drawn.count("<path") == 1
    assert len(gzip.compress(drawn.encode())) < 1_000
