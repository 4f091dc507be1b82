"""Signing in: password and second factor, locked after guessing, out at once when a right ends."""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desmigratif.access.actor import person
from desmigratif.access.door import Act, perform
from desmigratif.access.models import DeskSession, Grant, User
from desmigratif.access.queries import actor_for
from desmigratif.access.signin import hashers
from desmigratif.access.signin.sealed_factors import owned_by
from desmigratif.access.testing import give_second_factor
from desmigratif.audit.models import Event
from desmigratif.regions.testing import load_sample
from desmigratif.shared.crypto import CannotOpen
from desmigratif.shared.ids import new_id
from desmigratif.shared.keyring import Keyring

KURIPAN = "33.07.10.2004"
PASSWORD = "payung kereta angklung 7"
LOGIN = "/akun/login/"


def make_user(username: str = "siti.kuripan", role: str = "village_officer", **fields: Any) -> User:
    user = User(username=username, name="Siti Aminah", **fields)
    user.set_password(PASSWORD)
    user.save()
    Grant.objects.create(user=user, role=role, region_code=KURIPAN, valid_from=date(2026, 1, 1))
    return user


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[None]:
    """A code of the second factor lasts 30 seconds; no test should straddle two."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.fixture
def siti(db: None) -> User:
    load_sample()
    return make_user()


def with_second_factor(user: User) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_now(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def try_password(client: Client, password: str, username: str = "siti.kuripan", address: str = "10.0.0.7") -> Any:
    return client.post(LOGIN, {"login": username, "password": password}, REMOTE_ADDR=address)


def test_password_and_code_together_let_in(siti: User, client: Client) -> None:
    secret = with_second_factor(siti)

    first = try_password(client, PASSWORD)
    half_way = client.get("/akun-desa/saya/")
    second = client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})

    assert first["Location"] == reverse("mfa_authenticate")
    assert half_way["Location"].startswith(LOGIN), "the password alone opens nothing"
    assert second["Location"] == "/akun-desa/masuk/ingat/"
    assert client.post("/akun-desa/masuk/ingat/")["Location"] == "/"
    assert client.get("/akun-desa/saya/").status_code == 200


def test_a_wrong_code_does_not_let_in(siti: User, client: Client) -> None:
    secret = with_second_factor(siti)
    try_password(client, PASSWORD)
    wrong = f"{(int(code_now(secret)) + 1) % 1_000_000:06d}"

    answer = client.post(reverse("mfa_authenticate"), {"code": wrong})

    assert answer.status_code == 200
    assert client.get("/akun-desa/saya/")["Location"].startswith(LOGIN)


def test_codes_cannot_be_guessed_five_wrong_ones_make_the_account_wait(siti: User, client: Client) -> None:
    secret = with_second_factor(siti)
    try_password(client, PASSWORD)
    right = code_now(secret)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": wrong})

    from_another_browser = Client()
    try_password(from_another_browser, PASSWORD)
    answer = from_another_browser.post(reverse("mfa_authenticate"), {"code": right})

    assert "Kode salah terlalu sering" in answer.content.decode()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16), tick=False):
        late = Client()
        try_password(late, PASSWORD)
        assert late.post(reverse("mfa_authenticate"), {"code": code_now(secret)}).status_code == 302


def test_a_right_code_forgets_the_wrong_ones(siti: User, client: Client) -> None:
    secret = with_second_factor(siti)
    wrong = f"{(int(code_now(secret)) + 1) % 1_000_000:06d}"
    try_password(client, PASSWORD)
    for _ in range(4):
        client.post(reverse("mfa_authenticate"), {"code": wrong})

    assert client.post(reverse("mfa_authenticate"), {"code": code_now(secret)}).status_code == 302
    siti.refresh_from_db()
    assert (siti.wrong_codes, siti.codes_wait_until) == (0, None)


def test_the_code_of_half_a_minute_ago_still_lets_in_and_an_older_one_does_not(siti: User, client: Client) -> None:
    secret = with_second_factor(siti)
    earlier = code_now(secret)

    for seconds, status in ((90, 200), (30, 302)):
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds), tick=False):
            browser = Client()
            try_password(browser, PASSWORD)
            assert browser.post(reverse("mfa_authenticate"), {"code": earlier}).status_code == status


def test_secrets_of_the_second_factor_are_sealed_and_still_open_the_door(siti: User, client: Client) -> None:
    try_password(client, PASSWORD)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    codes = re.findall(r'<li class="code">(\d+)</li>', client.get(reverse("mfa_view_recovery_codes")).content.decode())
    with owned_by(siti.pk):
        seed = get_adapter().decrypt(Authenticator.objects.get(user=siti, type="recovery_codes").data["seed"])

    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        kept = " ".join(str(row[0]) for row in cursor.fetchall())
    sessions = str([session.get_decoded() for session in DeskSession.objects.all()])

    assert len(codes) == 10
    assert not any(told in kept for told in (secret, seed, *codes))
    assert not any(told in sessions for told in (secret, seed))
    browser = Client()
    try_password(browser, PASSWORD)
    assert browser.post(reverse("mfa_authenticate"), {"code": codes[0]})["Location"] == "/akun-desa/masuk/ingat/"


def test_a_sealed_secret_opens_with_its_own_key_only(settings: Any) -> None:
    with owned_by("1"):
        sealed = get_adapter().encrypt("RAHASIA")
        assert get_adapter().decrypt(sealed) == "RAHASIA"
        assert get_adapter().encrypt("RAHASIA") != sealed

        settings.KEYRING = Keyring(b"x" * 32)

        with pytest.raises(CannotOpen):
            get_adapter().decrypt(sealed)


def test_a_second_factor_copied_to_another_account_opens_nothing_there(siti: User, client: Client) -> None:
    """Whoever can write to the database still cannot give the own phone to somebody else's account."""
    thief = make_user("budi.kuripan")
    secret = with_second_factor(thief)
    Authenticator.objects.filter(user=thief).update(user=siti)
    try_password(client, PASSWORD)

    with pytest.raises(CannotOpen):
        client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})

    assert client.get("/akun-desa/saya/")["Location"].startswith(LOGIN)


def test_nobodys_secret_is_not_sealed_at_all() -> None:
    with pytest.raises(LookupError):
        get_adapter().encrypt("RAHASIA")


def test_a_name_is_found_in_any_case_of_letters(siti: User, client: Client) -> None:
    with_second_factor(siti)

    assert try_password(client, PASSWORD, "Siti.Kuripan")["Location"] == reverse("mfa_authenticate")


def test_a_wrong_password_is_told_without_saying_which_half_was_wrong(siti: User, client: Client) -> None:
    wrong = try_password(client, "bukan ini").content.decode()
    nobody = try_password(client, "bukan ini", "tidak.ada").content.decode()

    for page in (wrong, nobody):
        assert "Nama pengguna atau kata sandi tidak cocok." in page


def test_five_wrong_passwords_hold_that_name_at_that_address_and_nobody_else(siti: User, client: Client) -> None:
    make_user("budi.kuripan")

    answers = [try_password(client, "bukan ini") for _ in range(5)]

    assert [answer.status_code for answer in answers[:4]] == [200] * 4
    assert answers[4].status_code == 429
    assert "Masuk ditahan sebentar" in answers[4].content.decode()
    assert try_password(client, PASSWORD).status_code == 429, "the right password waits too"
    assert try_password(Client(), PASSWORD, "budi.kuripan").status_code == 302
    assert try_password(Client(), PASSWORD, address="10.0.0.8").status_code == 302


def test_a_right_password_forgets_the_wrong_ones(siti: User, client: Client) -> None:
    for _ in range(4):
        try_password(client, "bukan ini")
    try_password(client, PASSWORD)

    assert [try_password(Client(), "bukan ini").status_code for _ in range(4)] == [200] * 4


def test_the_session_gets_a_new_key_at_sign_in(siti: User, client: Client) -> None:
    client.get(LOGIN)
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    before = session.session_key

    try_password(client, PASSWORD)

    assert client.session.session_key != before


def test_nobody_works_without_a_second_factor(siti: User, client: Client) -> None:
    try_password(client, PASSWORD)

    assert client.get("/akun-desa/saya/")["Location"] == reverse("mfa_activate_totp")
    assert client.get("/")["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_in_the_demo_the_password_is_enough(siti: User, client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    try_password(client, PASSWORD)

    assert client.get("/akun-desa/saya/").status_code == 200


def test_a_second_factor_is_installed_from_the_page(siti: User, client: Client) -> None:
    try_password(client, PASSWORD)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True)

    assert answer.request["PATH_INFO"] == reverse("mfa_view_recovery_codes"), "no second question for the password"
    assert client.get("/akun-desa/saya/").status_code == 200


def test_a_handed_over_password_is_changed_before_anything_else(siti: User, client: Client) -> None:
    with_second_factor(siti)
    siti.must_change_password = True
    siti.save()
    client.force_login(siti)
    change = reverse("account_change_password")

    assert client.get("/akun-desa/saya/")["Location"] == change
    same = client.post(change, {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD})
    assert "Pilih kata sandi yang berbeda dari kata sandi awal." in same.content.decode()
    new = "jembatan merpati garam 9"
    client.post(change, {"oldpassword": PASSWORD, "password1": new, "password2": new})

    siti.refresh_from_db()
    assert not siti.must_change_password
    assert siti.check_password(new)
    assert client.get("/akun-desa/saya/").status_code == 200
    event = Event.objects.get(event="account.password_changed")
    assert event.subjects == [{"type": "user", "id": str(siti.id)}]


def test_a_disabled_account_is_out_at_its_next_click(siti: User, client: Client, now: Any) -> None:
    with_second_factor(siti)
    client.force_login(siti)
    assert client.get("/akun-desa/saya/").status_code == 200
    administrator = person(new_id(), "Pengelola", ("administrator", KURIPAN))

    perform(administrator, Act("access.disable_account", new_id(), {"user_id": siti.id}), now=now)

    assert client.get("/akun-desa/saya/")["Location"].startswith(LOGIN)
    assert try_password(Client(), PASSWORD).status_code == 200, "the password no longer lets in"
    siti.refresh_from_db()
    siti.is_active = True
    siti.save()
    assert client.get("/akun-desa/saya/")["Location"].startswith(LOGIN), "the session itself has ended"


@pytest.mark.django_db
def test_a_closed_account_has_no_rights_whoever_asks_for_them() -> None:
    """A job or a command works for an account without a session that could have ended."""
    user = User.objects.create(username="dulu", name="Petugas Dulu", is_active=False)
    Grant.objects.create(user=user, role="village_officer", region_code="33.07.10.2004", valid_from=date(2020, 1, 1))

    assert actor_for(user, today=date(2026, 11, 23)).grants == ()


def test_an_expired_grant_is_gone_at_the_next_click(db: None, client: Client) -> None:
    load_sample()
    user = make_user("pengelola", "administrator")
    with_second_factor(user)
    client.force_login(user)
    give_second_factor(client, user)
    assert client.get("/akun-desa/").status_code == 200

    Grant.objects.filter(user=user).update(valid_until=timezone.localdate())

    assert client.get("/akun-desa/").status_code == 404
    assert client.get("/akun-desa/saya/").status_code == 200, "one's own page stays"


def test_a_grant_that_begins_tomorrow_gives_nothing_today(db: None, client: Client) -> None:
    load_sample()
    user = make_user("pengelola", "administrator")
    with_second_factor(user)
    Grant.objects.filter(user=user).update(valid_from=timezone.localdate() + timedelta(days=1))
    client.force_login(user)
    give_second_factor(client, user)

    assert client.get("/akun-desa/").status_code == 404


def test_signing_out_ends_the_session_on_the_server(siti: User, client: Client) -> None:
    with_second_factor(siti)
    client.force_login(siti)
    kept_cookie = client.cookies["sessionid"].value

    client.post(reverse("account_logout"))

    thief = Client()
    thief.cookies["sessionid"] = kept_cookie
    assert thief.get("/akun-desa/saya/")["Location"].startswith(LOGIN)


def test_nobody_signs_up_alone(db: None, client: Client) -> None:
    form = {"username": "tamu", "password1": PASSWORD, "password2": PASSWORD}

    assert client.get("/akun/signup/").context.get("form") is None
    client.post("/akun/signup/", form)

    assert not User.objects.exists()


def test_passwords_are_kept_by_argon2id_at_the_tuned_cost() -> None:
    real = importlib.import_module("desmigratif.config.settings").PASSWORD_HASHERS
    assert real == ["desmigratif.access.signin.hashers.TunedArgon2"]
    hasher = hashers.TunedArgon2()

    encoded = hasher.encode(PASSWORD, hasher.salt())

    assert isinstance(hasher, Argon2PasswordHasher)
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert hasher.verify(PASSWORD, encoded)
    assert not hasher.verify(PASSWORD + " ", encoded)


def test_a_weak_password_is_refused_in_words(siti: User, client: Client) -> None:
    with_second_factor(siti)
    client.force_login(siti)
    change = reverse("account_change_password")

    for weak in ("pendek", "siti.kuripan1", "1q2w3e4r5t6y"):
        page = client.post(change, {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
        assert 'class="errors"' in page.content.decode(), weak

    siti.refresh_from_db()
    assert siti.check_password(PASSWORD)
