"""`recover-administrator` from its words to the code that opens the account again."""

from __future__ import annotations

import importlib
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import Act, perform
from desmigratif.access.entry_codes import digest_of, entry_code
from desmigratif.access.models import EntryCode, Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.audit.models import Event, Outcome
from desmigratif.config.cli.parser import WrongUse, build_parser
from desmigratif.regions.testing import load_sample
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

KURIPAN = "33.07.10.2004"
PASSWORD = "jembatan merpati garam 9"


def run(*words: str) -> int:
    args = build_parser().parse_args(["recover-administrator", *words])
    status: int = importlib.import_module(f"desmigratif.config.cli.{args.module}").run(args)
    return status


def make_user(username: str, role: str, **until: Any) -> User:
    user = User(username=username, name=username.title())
    user.set_password("payung kereta angklung 7")
    user.save()
    Grant.objects.create(user=user, role=role, region_code=KURIPAN, valid_from=date(2026, 1, 1), **until)
    totp.TOTP.activate(user, totp.generate_totp_secret())
    return user


@pytest.fixture
def wati(db: None) -> User:
    load_sample()
    return make_user("wati", "administrator")


def test_the_code_of_the_terminal_lets_a_lone_administrator_in_again(
    wati: User, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = signed_in_browser(wati)

    assert run("Wati") == 0

    said = capsys.readouterr().out
    code = re.findall(r"(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}", said)[0]
    assert "/masuk-pertama/" in said
    assert theirs.get("/akun-desa/saya/").status_code == 302, "every session has ended"
    assert not Authenticator.objects.filter(user=wati).exists()
    typed = {"username": "wati", "code": code, "password": PASSWORD, "again": PASSWORD}
    client = Client()
    assert client.post("/masuk-pertama/", typed)["Location"] == "/akun/login/"
    client.post("/akun/login/", {"login": "wati", "password": PASSWORD})
    assert client.get("/akun-desa/")["Location"] == "/akun/2fa/totp/activate/", "a new second factor comes first"
    event = Event.objects.get(event="administrator.recovered")
    assert (event.village_code, event.via) == (KURIPAN, "command")
    assert code not in str(list(Event.objects.values()))


def test_the_code_lasts_an_hour(wati: User, capsys: pytest.CaptureFixture[str]) -> None:
    run("wati")
    code = re.findall(r"(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}", capsys.readouterr().out)[0]
    typed = {"username": "wati", "code": code, "password": PASSWORD, "again": PASSWORD}

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=61), tick=False):
        assert "kedaluwarsa" in Client().post("/masuk-pertama/", typed).text


@pytest.mark.parametrize("who", ["siti", "dulu"])
def test_only_whoever_is_an_administrator_today_is_recovered(wati: User, who: str) -> None:
    make_user("siti", "village_officer")
    make_user("dulu", "administrator", valid_until=timezone.localdate())

    with pytest.raises(Refusal) as told:
        run(who)

    assert [reason.code for reason in told.value.reasons] == ["not_administrator"]
    assert not EntryCode.objects.exists()
    assert User.objects.get(username=who).has_usable_password()


def test_a_closed_account_stays_closed(wati: User) -> None:
    User.objects.filter(id=wati.id).update(is_active=False)

    with pytest.raises(Refusal) as told:
        run("wati")

    assert [reason.code for reason in told.value.reasons] == ["account_closed"]


def test_an_unknown_name_is_said(wati: User) -> None:
    with pytest.raises(WrongUse, match="Tidak ada akun"):
        run("wati2")


def test_a_stranger_and_even_an_administrator_cannot_recover_through_the_door(
    wati: User, stranger: Actor, now: datetime
) -> None:
    given = {"user_id": wati.id, "code_digest": digest_of(entry_code(new_id()), wati.id)}

    for by in (stranger, person(new_id(), "Pengelola lain", ("administrator", "ID"))):
        receipt = perform(by, Act("access.recover_administrator", new_id(), given), now=now)

        assert receipt.outcome == Outcome.REFUSED
        assert receipt.reasons[0]["code"] == "not_found"
    wati.refresh_from_db()
    assert wati.has_usable_password()
