"""A forgotten password is renewed by one administrator; a lost second factor is taken away by two people."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, perform
from desmigratif.access.entry_codes import digest_of, entry_code
from desmigratif.access.models import EntryCode, FactorReset, Grant, User
from desmigratif.access.queries import actor_for
from desmigratif.access.testing import signed_in_browser
from desmigratif.audit.models import Event, Outcome, Receipt
from desmigratif.regions.testing import load_sample
from desmigratif.shared.ids import new_id

KURIPAN, KENANGA = "33.07.10.2004", "32.12.16.2004"
PASSWORD = "payung kereta angklung 7"


def make_user(username: str, role: str, region: str = KURIPAN) -> User:
    user = User(username=username, name=username.title())
    user.set_password(PASSWORD)
    user.save()
    Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2026, 1, 1))
    totp.TOTP.activate(user, totp.generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


@pytest.fixture
def people(db: None) -> dict[str, User]:
    load_sample()
    return {
        "siti": make_user("siti", "village_officer"),
        "admin": make_user("wati", "administrator"),
        "second": make_user("budi", "administrator", "33.07"),
        "head": make_user("slamet", "village_head"),
        "officer": make_user("joko", "village_officer"),
        "elsewhere": make_user("rudi", "administrator", KENANGA),
    }


def actor(user: User) -> Actor:
    return actor_for(user, today=timezone.localdate())


def browser_of(user: User) -> Client:
    return signed_in_browser(user)


def act(by: Actor, name: str, given: dict[str, Any], now: datetime) -> Receipt:
    return perform(by, Act(name, new_id(), given), now=now)


def renew(by: User, user: User, now: datetime) -> Receipt:
    given = {"user_id": user.id, "code_digest": digest_of(entry_code(new_id()), user.id)}
    return act(actor(by), "access.renew_password", given, now)


def ask(by: User, user: User, now: datetime) -> tuple[Receipt, UUID]:
    reset_id = new_id()
    given = {"reset_id": reset_id, "user_id": user.id}
    return act(actor(by), "access.ask_factor_reset", given, now), reset_id


def agree(by: User, reset_id: UUID, now: datetime) -> Receipt:
    return act(actor(by), "access.reset_second_factor", {"reset_id": reset_id}, now)


def code_of(receipt: Receipt) -> str:
    assert receipt.outcome == Outcome.REFUSED
    return str(receipt.reasons[0]["code"])


def code_on(page: str) -> str:
    found = re.search(r">([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})<", page)
    assert found, "the answer shows the code"
    return found[1]


# --- a forgotten password ---------------------------------------------------------------------------------------


def test_a_code_is_shown_once_and_ends_every_session(people: dict[str, User]) -> None:
    siti, desk, hers = people["siti"], browser_of(people["admin"]), browser_of(people["siti"])
    address = reverse("access:renew_password", args=[siti.id])
    form = {"act_id": new_id()}

    asked = desk.get(address).content.decode()
    siti.refresh_from_db()
    assert siti.check_password(PASSWORD), "asking changes nothing"
    assert "keluar dari semua komputer dan HP" in asked
    first = desk.post(address, form).content.decode()
    again = desk.post(address, form).content.decode()

    siti.refresh_from_db()
    code = code_on(first)
    assert code_on(again) == code
    assert not siti.check_password(PASSWORD), "whoever knows the old password is out"
    assert not siti.check_password(code)
    assert siti.must_change_password
    assert hers.get("/akun-desa/saya/").status_code == 302
    assert Authenticator.objects.filter(user=siti).count() == 2, "the second factor stays"
    event = Event.objects.get(event="account.password_renewed")
    assert (event.village_code, event.subjects) == (KURIPAN, [{"type": "user", "id": str(siti.id)}])
    kept = [*Receipt.objects.values(), *Event.objects.values(), *EntryCode.objects.values()]
    assert code not in str(kept)
    assert code.replace("-", "") not in str(kept)
    assert code not in desk.get(address).content.decode()


def test_a_code_lets_in_although_five_wrong_passwords_were_tried(people: dict[str, User]) -> None:
    siti, client = people["siti"], Client()
    for _ in range(5):
        client.post("/akun/login/", {"login": "siti", "password": "bukan ini"})
    assert client.post("/akun/login/", {"login": "siti", "password": PASSWORD}).status_code == 429

    page = browser_of(people["admin"]).post(reverse("access:renew_password", args=[siti.id]), {"act_id": new_id()})

    new = "jembatan merpati garam 9"
    typed = {"username": "siti", "code": code_on(page.text), "password": new, "again": new}
    assert client.post("/masuk-pertama/", typed)["Location"] == "/akun/login/"
    answer = client.post("/akun/login/", {"login": "siti", "password": new})
    assert answer["Location"] == reverse("mfa_authenticate")


def test_an_id_used_for_one_account_renews_no_other(people: dict[str, User]) -> None:
    desk, form = browser_of(people["admin"]), {"act_id": new_id()}
    desk.post(reverse("access:renew_password", args=[people["siti"].id]), form)

    page = desk.post(reverse("access:renew_password", args=[people["officer"].id]), form).content.decode()

    assert "sudah dipakai untuk isi yang lain" in page
    people["officer"].refresh_from_db()
    assert people["officer"].check_password(PASSWORD)


def test_nobody_renews_the_own_password_this_way(people: dict[str, User], now: datetime) -> None:
    assert code_of(renew(people["admin"], people["admin"], now)) == "own_account"


def test_a_closed_account_gets_no_code(people: dict[str, User], now: datetime) -> None:
    User.objects.filter(id=people["siti"].id).update(is_active=False)

    assert code_of(renew(people["admin"], people["siti"], now)) == "account_closed"


@pytest.mark.parametrize("who", ["elsewhere", "officer", "head"])
def test_a_stranger_renews_no_password(people: dict[str, User], now: datetime, who: str) -> None:
    assert code_of(renew(people[who], people["siti"], now)) == "not_found"
    assert browser_of(people[who]).get(reverse("access:renew_password", args=[people["siti"].id])).status_code == 404
    people["siti"].refresh_from_db()
    assert people["siti"].check_password(PASSWORD)


def test_who_also_works_elsewhere_is_not_renewed_from_here(people: dict[str, User], now: datetime) -> None:
    Grant.objects.create(user=people["siti"], role="village_officer", region_code=KENANGA, valid_from=date(2026, 1, 1))

    assert code_of(renew(people["admin"], people["siti"], now)) == "not_found"
    assert code_of(ask(people["admin"], people["siti"], now)[0]) == "not_found"


# --- a lost second factor ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", ["second", "head"])
def test_two_people_take_a_lost_second_factor_away(people: dict[str, User], second: str) -> None:
    siti, hers = people["siti"], browser_of(people["siti"])
    desk, other = browser_of(people["admin"]), browser_of(people[second])
    reset_id = new_id()

    asked = desk.post(
        reverse("access:ask_factor_reset", args=[siti.id]), {"act_id": new_id(), "reset_id": reset_id}, follow=True
    )
    assert "Siti" in asked.content.decode()
    assert Authenticator.objects.filter(user=siti).count() == 2, "nothing has changed yet"
    assert "1 permintaan menunggu" in other.get("/akun-desa/saya/").content.decode()
    assert reverse("access:reset_factor", args=[reset_id]) in other.get("/akun-desa/pengaman/").content.decode()
    assert "Diminta Wati" in other.get(reverse("access:reset_factor", args=[reset_id])).content.decode()
    done = other.post(reverse("access:reset_factor", args=[reset_id]), {"act_id": new_id()})

    assert done["Location"] == "/akun-desa/pengaman/"
    assert not Authenticator.objects.filter(user=siti).exists()
    assert hers.get("/akun-desa/saya/").status_code == 302, "whoever found the phone is out"
    subjects = [{"type": "user", "id": str(siti.id)}, {"type": "factor_reset", "id": str(reset_id)}]
    events = Event.objects.filter(event__startswith="second_factor.").order_by("audit_no")
    assert [(event.event, event.actor_id) for event in events] == [
        ("second_factor.reset_asked", str(people["admin"].id)),
        ("second_factor.reset", str(people[second].id)),
    ]
    assert [event.subjects for event in events] == [subjects, subjects]
    assert events[1].details == {"asked_by": str(people["admin"].id)}


def test_the_owner_is_told_once_at_the_next_sign_in(people: dict[str, User]) -> None:
    _, reset_id = ask(people["admin"], people["siti"], datetime.now(UTC) - timedelta(minutes=2))
    agree(people["head"], reset_id, datetime.now(UTC) - timedelta(minutes=1))

    def sign_in() -> str:
        client = Client()
        client.post("/akun/login/", {"login": "siti", "password": PASSWORD})
        return client.get(reverse("mfa_activate_totp")).content.decode()

    first, then = sign_in(), sign_in()

    assert "diminta Wati dan disetujui Slamet" in first
    assert "disetujui Slamet" not in then


def test_other_people_are_told_nothing(people: dict[str, User]) -> None:
    _, reset_id = ask(people["admin"], people["siti"], datetime.now(UTC))
    agree(people["head"], reset_id, datetime.now(UTC))
    Authenticator.objects.filter(user=people["officer"]).delete()

    client = Client()
    client.post("/akun/login/", {"login": "joko", "password": PASSWORD})

    assert "disetujui" not in client.get(reverse("mfa_activate_totp")).content.decode()


def test_who_asked_cannot_agree(people: dict[str, User], now: datetime) -> None:
    _, reset_id = ask(people["admin"], people["siti"], now)

    assert code_of(agree(people["admin"], reset_id, now)) == "same_person"
    assert Authenticator.objects.filter(user=people["siti"]).count() == 2


def test_nobody_asks_for_or_agrees_to_the_own(people: dict[str, User], now: datetime) -> None:
    assert code_of(ask(people["admin"], people["admin"], now)[0]) == "own_account"
    _, reset_id = ask(people["second"], people["admin"], now)

    assert code_of(agree(people["admin"], reset_id, now)) == "own_account"


def test_after_a_day_the_request_is_void_and_may_be_made_anew(people: dict[str, User], now: datetime) -> None:
    _, reset_id = ask(people["admin"], people["siti"], now)

    assert code_of(ask(people["second"], people["siti"], now + timedelta(hours=23))[0]) == "already_asked"
    assert code_of(agree(people["head"], reset_id, now + timedelta(hours=24))) == "too_late"
    again, fresh = ask(people["second"], people["siti"], now + timedelta(hours=24))
    assert again.outcome == Outcome.DONE
    assert agree(people["head"], fresh, now + timedelta(hours=47)).outcome == Outcome.DONE


def test_a_request_serves_once(people: dict[str, User], now: datetime) -> None:
    _, reset_id = ask(people["admin"], people["siti"], now)
    agree(people["head"], reset_id, now)
    totp.TOTP.activate(people["siti"], totp.generate_totp_secret())

    assert code_of(agree(people["head"], reset_id, now)) == "already_reset"
    assert Authenticator.objects.filter(user=people["siti"]).count() == 1


def test_without_a_second_factor_there_is_nothing_to_reset(people: dict[str, User], now: datetime) -> None:
    Authenticator.objects.filter(user=people["siti"]).delete()

    assert code_of(ask(people["admin"], people["siti"], now)[0]) == "no_second_factor"


def test_a_closed_account_is_not_restored(people: dict[str, User], now: datetime) -> None:
    _, reset_id = ask(people["admin"], people["siti"], now)
    User.objects.filter(id=people["siti"].id).update(is_active=False)

    assert code_of(agree(people["head"], reset_id, now)) == "account_closed"
    User.objects.filter(id=people["officer"].id).update(is_active=False)
    assert code_of(ask(people["admin"], people["officer"], now)[0]) == "account_closed"


@pytest.mark.parametrize("who", ["elsewhere", "officer", "head"])
def test_a_stranger_asks_for_nothing(people: dict[str, User], now: datetime, who: str) -> None:
    assert code_of(ask(people[who], people["siti"], now)[0]) == "not_found"
    address = reverse("access:ask_factor_reset", args=[people["siti"].id])
    assert browser_of(people[who]).get(address).status_code == 404
    assert not FactorReset.objects.exists()


@pytest.mark.parametrize("who", ["elsewhere", "officer"])
def test_a_stranger_agrees_to_nothing(people: dict[str, User], now: datetime, who: str) -> None:
    _, reset_id = ask(people["admin"], people["siti"], datetime.now(UTC))
    address = reverse("access:reset_factor", args=[reset_id])

    assert code_of(agree(people[who], reset_id, now)) == "not_found"
    assert browser_of(people[who]).get(address).status_code == 404
    assert browser_of(people[who]).post(address, {"act_id": new_id()}).status_code == 404
    assert Authenticator.objects.filter(user=people["siti"]).count() == 2


def test_a_head_cannot_agree_for_who_also_works_in_another_village(people: dict[str, User], now: datetime) -> None:
    coordinator = make_user("kab", "regency_coordinator", "33.07")
    Grant.objects.create(user=coordinator, role="village_officer", region_code=KURIPAN, valid_from=date(2026, 1, 2))
    asked, reset_id = ask(people["second"], coordinator, now)
    assert asked.outcome == Outcome.DONE

    assert code_of(agree(people["head"], reset_id, now)) == "not_found"


def test_a_refused_second_person_reads_why_on_the_page(people: dict[str, User]) -> None:
    _, reset_id = ask(people["admin"], people["siti"], datetime.now(UTC))
    desk = browser_of(people["admin"])

    address = reverse("access:reset_factor", args=[reset_id])
    for page in (desk.get(address), desk.post(address, {"act_id": new_id()})):
        assert "Harus orang lain yang menyetujui" in page.content.decode()
        assert "Saya melihat orangnya" not in page.content.decode(), "no button that can only be refused"
    late = FactorReset.objects.get(id=reset_id)
    FactorReset.objects.filter(id=reset_id).update(asked_at=late.asked_at - timedelta(hours=25))
    gone = browser_of(people["head"]).post(address, {"act_id": new_id()}).content.decode()
    assert "sudah lewat 24 jam" in gone


def test_the_database_itself_wants_two_other_people(people: dict[str, User], now: datetime) -> None:
    siti, admin = people["siti"], people["admin"]
    common: dict[str, Any] = {"village_code": KURIPAN, "user": siti, "asked_at": now}

    for wrong in (
        {"asked_by": siti.id},
        {"asked_by": admin.id, "confirmed_by": admin.id, "confirmed_at": now},
        {"asked_by": admin.id, "confirmed_by": siti.id, "confirmed_at": now},
        {"asked_by": admin.id, "confirmed_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactorReset.objects.create(**common, **wrong)


def test_the_pages_need_few_queries(people: dict[str, User], django_assert_num_queries: Any) -> None:
    ask(people["admin"], people["siti"], datetime.now(UTC))
    _, reset_id = ask(people["admin"], people["officer"], datetime.now(UTC))
    head, desk = browser_of(people["head"]), browser_of(people["admin"])
    head.get("/akun-desa/pengaman/")
    desk.get("/akun-desa/")

    with django_assert_num_queries(6):  # session, user, grants, second factor; requests, names
        head.get("/akun-desa/pengaman/")
    with django_assert_num_queries(6):
        head.get(reverse("access:reset_factor", args=[reset_id]))
    for name in ("access:renew_password", "access:ask_factor_reset"):
        with django_assert_num_queries(6):  # session, user, grants, second factor; the account, its grants
            desk.get(reverse(name, args=[people["siti"].id]))
