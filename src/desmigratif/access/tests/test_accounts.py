"""Accounts: made, listed and closed by whoever manages the region, and by nobody else."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, perform
from desmigratif.access.keys import recovery
from desmigratif.access.models import EntryCode, Grant, User
from desmigratif.access.testing import give_second_factor, signed_in_browser
from desmigratif.audit.models import Event, Outcome, Receipt
from desmigratif.regions.testing import load_sample
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"


def make_user(username: str, role: str, region: str, name: str = "") -> User:
    user = User.objects.create(username=username, name=name or username.title(), password="!")
    Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2026, 1, 1))
    return user


def signed_in(user: User) -> Client:
    totp.TOTP.activate(user, totp.generate_totp_secret())
    return signed_in_browser(user)


@pytest.fixture
def administrator(db: None) -> User:
    load_sample()
    return make_user("pengelola", "administrator", KURIPAN)


@pytest.fixture
def desk(administrator: User) -> Client:
    return signed_in(administrator)


def new_account(**changes: Any) -> dict[str, Any]:
    return {
        "act_id": new_id(),
        "user_id": new_id(),
        "grant_id": new_id(),
        "name": "Siti Aminah",
        "username": "siti.kuripan",
        "role": "village_officer",
        "region_code": KURIPAN,
        "valid_from": "23-11-2026",
        "valid_until": "",
        **changes,
    }


def code_on(page: str) -> str:
    found = re.search(r">([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})<", page)
    assert found, "the answer shows the one-time code"
    return found[1]


def test_a_new_account_gets_a_code_shown_once_and_no_password(desk: Client) -> None:
    page = desk.post("/akun-desa/baru/", new_account()).content.decode()

    user = User.objects.get(username="siti.kuripan")
    code = code_on(page)
    assert not user.has_usable_password()
    assert "http://testserver/masuk-pertama/" in page
    assert list(user.grants.values_list("role", "region_code", "valid_from")) == [
        ("village_officer", KURIPAN, date(2026, 11, 23))
    ]
    listed = desk.get("/akun-desa/").content.decode()
    assert "Belum pernah masuk" in listed
    assert code not in listed
    assert code not in str([*Receipt.objects.values(), *Event.objects.values(), *EntryCode.objects.values()])


def test_a_form_sent_twice_makes_one_account_and_shows_the_same_code(desk: Client) -> None:
    form = new_account()

    first = desk.post("/akun-desa/baru/", form).content.decode()
    again = desk.post("/akun-desa/baru/", form).content.decode()

    assert code_on(first) == code_on(again)
    assert EntryCode.objects.count() == 1
    assert User.objects.filter(username="siti.kuripan").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"username": "Siti"}, "Nama pengguna memakai huruf kecil"),
        ({"username": "pengelola"}, "Nama pengguna ini sudah dipakai"),
        ({"username": "PENGELOLA"}, "Nama pengguna memakai huruf kecil"),
        ({"region_code": KENANGA}, "Wilayah ini bukan wewenang Anda."),
        ({"region_code": "33.07"}, "Wilayah ini bukan wewenang Anda."),
        ({"region_code": "33.07.10.9999"}, "Kode ini tidak ada dalam daftar wilayah."),
        ({"role": "operator"}, "Pilih salah satu yang tersedia."),
        ({"region_code": ""}, "Pilih desa atau wilayahnya dulu."),
        ({"region_code": "33.07.10.2004", "role": "koordinator"}, "Pilih salah satu yang tersedia."),
        ({"valid_until": "01-01-2026"}, "Tanggal berakhir tidak boleh sebelum mulai bertugas."),
        ({"valid_from": "2026-13-40"}, "id_valid_from_error"),
    ],
)
def test_what_cannot_be_made_is_said_beside_its_field(desk: Client, changes: dict[str, str], sentence: str) -> None:
    page = desk.post("/akun-desa/baru/", new_account(**changes)).content.decode()

    assert sentence in page
    assert 'class="errors"' in page
    assert User.objects.count() == 1


def test_an_administrator_sees_own_accounts_and_no_others(desk: Client) -> None:
    make_user("siti", "village_officer", KURIPAN, "Siti Aminah")
    make_user("joko", "village_officer", KENANGA, "Joko Susilo")
    make_user("kab", "regency_coordinator", "33.07", "Ibu Kabupaten")

    page = desk.get("/akun-desa/").content.decode()

    assert "Siti Aminah" in page
    assert "Desa Kuripan" in page
    assert "Joko Susilo" not in page
    assert "Ibu Kabupaten" not in page


def test_the_list_needs_the_same_few_queries_however_long_it_is(desk: Client, django_assert_num_queries: Any) -> None:
    for number in range(12):
        make_user(f"petugas{number}", "village_officer", KURIPAN)
    desk.get("/akun-desa/")

    with django_assert_num_queries(6):  # session, user, grants, second factor, accounts, their grants
        desk.get("/akun-desa/")


def test_closing_asks_once_and_then_ends_everything(desk: Client) -> None:
    siti = make_user("siti", "village_officer", KURIPAN, "Siti Aminah")
    her_browser = signed_in(siti)
    address = reverse("access:disable_account", args=[siti.id])

    page = desk.get(address).content.decode()
    assert "langsung keluar dari semua komputer dan HP" in page
    siti.refresh_from_db()
    assert siti.is_active, "asking changes nothing"
    answer = desk.post(address, {"act_id": new_id()})

    siti.refresh_from_db()
    assert answer["Location"] == "/akun-desa/"
    assert not siti.is_active
    assert her_browser.get("/akun-desa/saya/").status_code == 302
    assert "sudah ditutup" in desk.get("/akun-desa/").content.decode()


def test_nobody_closes_the_own_account(desk: Client, administrator: User) -> None:
    page = desk.post(reverse("access:disable_account", args=[administrator.id]), {"act_id": new_id()}).content.decode()

    administrator.refresh_from_db()
    assert "Anda tidak dapat menutup akun Anda sendiri" in page
    assert administrator.is_active


def test_an_account_elsewhere_cannot_be_seen_or_closed(desk: Client) -> None:
    joko = make_user("joko", "village_officer", KENANGA, "Joko Susilo")
    address = reverse("access:disable_account", args=[joko.id])

    assert desk.get(address).status_code == 404
    assert desk.post(address, {"act_id": new_id()}).status_code == 404
    assert desk.get(reverse("access:disable_account", args=[new_id()])).status_code == 404
    joko.refresh_from_db()
    assert joko.is_active


def test_an_account_that_also_works_elsewhere_is_not_closed_from_here(desk: Client) -> None:
    both = make_user("dua", "village_officer", KURIPAN)
    Grant.objects.create(user=both, role="village_officer", region_code=KENANGA, valid_from=date(2026, 1, 1))

    page = desk.post(reverse("access:disable_account", args=[both.id]), {"act_id": new_id()}).content.decode()

    both.refresh_from_db()
    assert both.is_active
    assert "bukan wewenang Anda" in page


@pytest.mark.parametrize("path", ["/akun-desa/", "/akun-desa/baru/", "/akun-desa/lembar/"])
def test_an_officer_finds_no_administration(db: None, path: str) -> None:
    load_sample()
    browser = signed_in(make_user("siti", "village_officer", KURIPAN))

    assert browser.get(path).status_code == 404
    assert browser.post(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("action", ["access.create_account", "access.disable_account", "access.replace_sheet"])
def test_a_stranger_gets_nowhere_through_the_door_either(stranger: Actor, now: Any, action: str) -> None:
    target = make_user("siti", "village_officer", KURIPAN)
    payloads: dict[str, dict[str, Any]] = {
        "access.create_account": {
            **{key: value for key, value in new_account().items() if key not in {"act_id", "valid_until"}},
            "valid_from": "2026-11-23",
            "password_hash": "x" * 30,
        },
        "access.disable_account": {"user_id": target.id},
        "access.replace_sheet": {
            "recipient": recovery.new_sheet(date(2026, 11, 23)).recipient,
            "made_on": "2026-11-23",
        },
    }

    receipt = perform(stranger, Act(action, new_id(), payloads[action]), now=now)

    assert receipt.outcome == Outcome.REFUSED
    assert receipt.reasons[0]["code"] == "not_found"


def test_the_own_page_says_roles_places_and_second_factor(db: None) -> None:
    load_sample()
    siti = make_user("siti", "village_officer", KURIPAN, "Siti Aminah")

    page = signed_in(siti).get("/akun-desa/saya/").content.decode()

    assert "Petugas Desmigratif, Desa Kuripan" in page
    assert "Terpasang" in page
    assert "/akun-desa/baru/" not in page
    assert "Lembar pemulihan" not in page


def test_the_own_page_needs_few_queries(db: None, django_assert_num_queries: Any) -> None:
    load_sample()
    browser = signed_in(make_user("siti", "village_officer", KURIPAN))
    browser.get("/akun-desa/saya/")

    with django_assert_num_queries(7):  # session, user, grants, second factor; the page: user, grants, factor
        browser.get("/akun-desa/saya/")


# --- a new recovery sheet ---------------------------------------------------------------------------------------


@pytest.fixture
def data_dir(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def just_authenticated(client: Client, user: User) -> Client:
    give_second_factor(client, user)
    return client


def test_a_new_sheet_needs_the_second_factor_again(desk: Client, data_dir: Path) -> None:
    session = desk.session
    session["account_authentication_methods"] = []
    session.save()

    for path in ("/akun-desa/lembar/", "/akun-desa/lembar/periksa/"):
        assert "/reauthenticate/" in desk.post(path)["Location"]


def test_a_new_sheet_takes_over_after_two_groups_came_back(desk: Client, administrator: User, data_dir: Path) -> None:
    just_authenticated(desk, administrator)
    old = recovery.new_sheet(date(2026, 1, 1))
    recovery.keep(data_dir, old.recipient, old.made_on)
    assert old.fingerprint in desk.get("/akun-desa/lembar/").content.decode()
    groups = dict(re.findall(r">(\d+)\. ([A-Z0-9]{2,4})<", desk.post("/akun-desa/lembar/").content.decode()))
    asked = re.findall(r'name="group_(\d+)"', desk.get("/akun-desa/lembar/periksa/").content.decode())

    wrong = desk.post("/akun-desa/lembar/periksa/", {f"group_{number}": "QQQQ" for number in asked})
    assert "Belum sama" in wrong.content.decode()
    kept = recovery.kept(data_dir)
    assert kept is not None
    assert kept.recipient == old.recipient, "until it is confirmed the old sheet stands"
    done = desk.post("/akun-desa/lembar/periksa/", {f"group_{number}": groups[number] for number in asked})

    kept = recovery.kept(data_dir)
    assert kept is not None
    assert done["Location"] == "/akun-desa/saya/"
    assert recovery.identity_from("".join(groups.values())).recipient == kept.recipient != old.recipient
    event = Event.objects.get(event="recovery.sheet_replaced")
    assert event.details == {"sheet": kept.fingerprint}


def test_who_manages_only_a_part_cannot_take_the_sheet_of_all(
    desk: Client, administrator: User, data_dir: Path
) -> None:
    just_authenticated(desk, administrator)
    make_user("joko", "village_officer", KENANGA)

    assert desk.get("/akun-desa/lembar/").status_code == 404
    assert desk.post("/akun-desa/lembar/").status_code == 404


def test_every_account_page_has_its_own_id_for_the_act(desk: Client) -> None:
    pages = [desk.get("/akun-desa/baru/").content.decode() for _ in range(2)]

    ids = [UUID(re.findall(r'name="act_id" value="([0-9a-f-]{36})"', page)[0]) for page in pages]
    assert ids[0] != ids[1]


# --- where the account works ------------------------------------------------------------------------------------


@pytest.fixture
def regency(db: None) -> Client:
    load_sample()
    return signed_in(make_user("kab", "administrator", "33.07"))


def test_a_regency_finds_the_village_by_its_name_and_needs_no_code(regency: Client) -> None:
    chooser = regency.get("/akun-desa/baru/").content.decode()
    assert 'name="username"' not in chooser

    found = regency.get("/akun-desa/baru/", {"q": "kuripan"}).content.decode()
    assert f'href="?wilayah={KURIPAN}"' in found
    assert 'href="?wilayah=33.07.12.2007"' in found, "the other Kuripan of Wonosobo is told apart by its district"
    form = regency.get("/akun-desa/baru/", {"wilayah": KURIPAN}).content.decode()
    assert "Desa Kuripan" in form
    assert f'name="region_code" value="{KURIPAN}"' in form
    regency.post("/akun-desa/baru/", new_account())

    assert User.objects.get(username="siti.kuripan").grants.get().region_code == KURIPAN


def test_a_regency_may_also_choose_itself(regency: Client) -> None:
    assert 'href="?wilayah=33.07"' in regency.get("/akun-desa/baru/").content.decode()

    regency.post("/akun-desa/baru/", new_account(role="regency_coordinator", region_code="33.07"))

    assert User.objects.get(username="siti.kuripan").grants.get().region_code == "33.07"


def test_villages_of_other_regencies_are_not_offered(regency: Client) -> None:
    page = regency.get("/akun-desa/baru/", {"q": "kenanga"}).content.decode()

    assert KENANGA not in page
    assert "Belum ketemu di wilayah Anda" in page


@pytest.mark.parametrize("code", [KENANGA, "33", "33.07.10.9999", "x"])
def test_an_address_with_a_foreign_region_leads_back_to_the_choice(regency: Client, code: str) -> None:
    page = regency.get("/akun-desa/baru/", {"wilayah": code}).content.decode()

    assert "Buat akun untuk desa mana?" in page
    assert 'name="username"' not in page


def test_a_villages_role_for_a_whole_regency_is_refused_in_words(regency: Client) -> None:
    page = regency.post("/akun-desa/baru/", new_account(region_code="33.07")).content.decode()

    assert "Peran ini hanya untuk satu desa. Pilih desanya." in page
    assert "Ganti wilayah" in page


def test_an_administrator_of_one_village_has_nothing_to_choose(desk: Client) -> None:
    page = desk.get("/akun-desa/baru/").content.decode()

    assert 'name="username"' in page
    assert "Desa Kuripan" in page
    assert "Ganti wilayah" not in page
