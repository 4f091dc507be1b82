"""The first run: whoever holds the computer sets it up, once, and leaves with a sheet on paper."""

from __future__ import annotations

import re
import threading
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desmigratif.access import door, setup
from desmigratif.access.actor import Actor, set_up_actor
from desmigratif.access.door import Act, perform
from desmigratif.access.keys import recovery
from desmigratif.access.models import Grant, User
from desmigratif.access.setup import CodeAnswer, check_code, setup_code
from desmigratif.audit.models import Event, Outcome, Receipt
from desmigratif.regions.testing import load_sample
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
PASSWORD = "payung kereta angklung 7"
HASH = "argon2$argon2id$v=19$m=1,t=1,p=1$c2FsdHNhbHQ$aGFzaA"


@pytest.fixture
def data_dir(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def regions(db: None) -> None:
    load_sample()


# --- the code ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_code_is_made_once_and_only_its_owner_reads_it(tmp_path: Path, now: datetime) -> None:
    first = setup_code(tmp_path, now)

    again = setup_code(tmp_path, now + timedelta(hours=23))

    assert first is not None
    assert re.fullmatch(r"KUNCI-[2-9A-HJ-NP-TV-Z]{4}-[2-9A-HJ-NP-TV-Z]{4}", first)
    assert again == first
    assert (tmp_path / "setup-code.json").stat().st_mode & 0o777 == 0o400


@pytest.mark.django_db
def test_after_a_day_another_code_is_needed(tmp_path: Path, now: datetime) -> None:
    first = setup_code(tmp_path, now)
    assert first is not None
    later = now + timedelta(hours=24)

    assert check_code(tmp_path, first, later) == CodeAnswer.SPENT
    assert setup_code(tmp_path, later) != first


@pytest.mark.django_db
@pytest.mark.parametrize("change", [str.lower, lambda code: code[6:], lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_is_right_however_it_is_typed(tmp_path: Path, now: datetime, change: Any) -> None:
    code = setup_code(tmp_path, now)
    assert code is not None

    assert check_code(tmp_path, change(code), now) == CodeAnswer.RIGHT


@pytest.mark.django_db
def test_five_wrong_tries_burn_the_code_until_the_next_start(tmp_path: Path, now: datetime) -> None:
    code = setup_code(tmp_path, now)
    assert code is not None

    answers = [check_code(tmp_path, "KUNCI-2222-2222", now) for _ in range(5)]

    assert answers == [CodeAnswer.WRONG] * 4 + [CodeAnswer.SPENT]
    assert check_code(tmp_path, code, now) == CodeAnswer.SPENT
    fresh = setup_code(tmp_path, now)
    assert fresh != code
    assert check_code(tmp_path, str(fresh), now) == CodeAnswer.RIGHT


@pytest.mark.django_db
def test_an_empty_code_is_never_right(tmp_path: Path, now: datetime) -> None:
    assert check_code(tmp_path, "", now) == CodeAnswer.SPENT
    setup_code(tmp_path, now)
    assert check_code(tmp_path, "", now) == CodeAnswer.WRONG


@pytest.mark.django_db
def test_once_somebody_has_an_account_there_is_no_code(tmp_path: Path, now: datetime) -> None:
    setup_code(tmp_path, now)
    User.objects.create(username="siti", name="Siti")

    assert setup_code(tmp_path, now) is None
    assert not (tmp_path / "setup-code.json").exists()


# --- the action -------------------------------------------------------------------------------------------------


def first_account(username: str) -> dict[str, Any]:
    return {
        "user_id": new_id(),
        "grant_id": new_id(),
        "username": username,
        "name": "Nama",
        "password_hash": HASH,
    }


def given(**changes: Any) -> dict[str, Any]:
    return {
        "region_code": KURIPAN,
        "administrator": first_account("pengelola"),
        "officer": first_account("siti.kuripan"),
        "sheet": {"recipient": recovery.new_sheet(date(2026, 11, 23)).recipient, "made_on": date(2026, 11, 23)},
        **changes,
    }


def set_up(by: Actor, now: datetime, payload: dict[str, Any]) -> Receipt:
    return perform(by, Act("access.set_up", new_id(), payload), now=now)


def test_set_up_makes_the_accounts_keeps_the_sheet_and_leaves_a_trace(
    data_dir: Path, regions: None, now: datetime
) -> None:
    payload = given()

    receipt = set_up(set_up_actor(), now, payload)

    assert receipt.outcome == Outcome.DONE
    assert set(Grant.objects.values_list("user__username", "role", "region_code")) == {
        ("pengelola", "administrator", KURIPAN),
        ("siti.kuripan", "village_officer", KURIPAN),
    }
    kept = recovery.kept(data_dir)
    assert kept is not None
    assert kept.recipient == payload["sheet"]["recipient"]
    events = list(Event.objects.order_by("audit_no").values_list("event", flat=True))
    assert events == ["account.created", "account.created", "access.set_up"]
    assert HASH not in str(list(Event.objects.values())) + str(list(Receipt.objects.values()))


def test_a_second_set_up_is_refused_and_changes_nothing(data_dir: Path, regions: None, now: datetime) -> None:
    set_up(set_up_actor(), now, given())
    before = (data_dir / "recovery.json").read_bytes()

    receipt = set_up(set_up_actor(), now, given(administrator=first_account("lain")))

    assert receipt.outcome == Outcome.REFUSED
    assert receipt.reasons[0]["code"] == "already_set_up"
    assert User.objects.count() == 2
    assert (data_dir / "recovery.json").read_bytes() == before


def test_a_stranger_cannot_set_up(data_dir: Path, regions: None, stranger: Actor, now: datetime) -> None:
    receipt = set_up(stranger, now, given())

    assert receipt.reasons[0]["code"] == "not_found"
    assert not User.objects.exists()
    assert not (data_dir / "recovery.json").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"region_code": "99.99.99.9999"}, "region_code"),
        ({"administrator": first_account("Pak Pengelola")}, "administrator.username"),
        ({"officer": first_account("pengelola")}, "officer.username"),
        ({"region_code": "33.07"}, "region_code"),
        ({"sheet": {"recipient": "age1qqqq", "made_on": date(2026, 11, 23)}}, "sheet"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    data_dir: Path, regions: None, now: datetime, changes: dict[str, Any], field: str
) -> None:
    receipt = set_up(set_up_actor(), now, given(**changes))

    assert [reason["field"] for reason in receipt.reasons] == [field]
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_set_ups_at_once_one_wins(data_dir: Path, now: datetime) -> None:
    with transaction.atomic():
        load_sample()
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def try_it(number: int) -> None:
        try:
            start.wait()
            payload = given(administrator=first_account(f"pengelola{number}"), officer=None)
            outcomes.append(set_up(set_up_actor(), now, payload).outcome)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [Outcome.DONE] + [Outcome.REFUSED] * 3
    assert User.objects.count() == 1


# --- the pages --------------------------------------------------------------------------------------------------


def office() -> dict[str, str]:
    return {
        "office-address": "Jl. Raya Kuripan 1",
        "office-phone": "",
        "office-head_title": "Kepala Desa",
        "office-head_name": "Slamet",
        "office-letter_code": "krp",
    }


def person(prefix: str, username: str, password: str = PASSWORD) -> dict[str, str]:
    return {
        f"{prefix}-name": "Siti Aminah",
        f"{prefix}-username": username,
        f"{prefix}-password": password,
        f"{prefix}-again": password,
    }


def nobody(prefix: str) -> dict[str, str]:
    return {f"{prefix}-{name}": "" for name in ("name", "username", "password", "again")}


def enter_code(client: Client, data_dir: Path) -> None:
    code = setup_code(data_dir, timezone.now())
    answer = client.post("/mulai/", {"code": code})
    assert answer["Location"] == reverse("access:start_region")


def groups_of(page: str) -> dict[int, str]:
    """The groups as they stand on the printed sheet."""
    return {int(number): group for number, group in re.findall(r">(\d+)\. ([A-Z0-9]{2,4})<", page)}


def asked_groups(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'name="group_(\d+)"', page)]


def test_the_whole_first_run_ends_at_the_sign_in_page(
    data_dir: Path, regions: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices: list[dict[str, Any]] = []
    real = door.do

    def watched(by: Actor, name: str, payload: Any, **kwargs: Any) -> dict[str, Any]:
        if name == "documents.set_up_office":
            offices.append(dict(payload))
            return {}
        return real(by, name, payload, **kwargs)

    monkeypatch.setattr("desmigratif.access.views.set_up.do", watched)
    monkeypatch.setitem(door.REGISTRY, "documents.set_up_office", door.REGISTRY["access.set_up"])
    enter_code(client, data_dir)
    found = client.get("/mulai/wilayah/", {"q": "kuripan"}).content.decode()
    assert KURIPAN in found
    assert "33.07.12.2007" in found, "the other Kuripan of Wonosobo is told apart by its code"
    assert client.post("/mulai/wilayah/", {"region_code": KURIPAN})["Location"] == "/mulai/orang/"
    people = {**office(), **person("administrator", "pengelola"), **person("officer", "siti.kuripan")}
    assert client.post("/mulai/orang/", people)["Location"] == "/mulai/lembar/"
    page = client.post("/mulai/lembar/").content.decode()
    groups = groups_of(page)
    assert len(groups) == 15
    asked = asked_groups(client.get("/mulai/lembar/periksa/").content.decode())

    wrong = client.post("/mulai/lembar/periksa/", {f"group_{number}": "QQQQ" for number in asked})
    assert "Belum sama" in wrong.content.decode()
    assert not User.objects.exists(), "nothing is written before the sheet is confirmed"
    done = client.post("/mulai/lembar/periksa/", {f"group_{number}": groups[number].lower() for number in asked})

    assert done["Location"] == reverse("account_login")
    assert set(User.objects.values_list("username", "must_change_password")) == {
        ("pengelola", False),
        ("siti.kuripan", False),
    }
    assert User.objects.get(username="pengelola").check_password(PASSWORD)
    assert [(row["village_code"], row["letter_code"]) for row in offices] == [(KURIPAN, "KRP")]
    assert not (data_dir / "setup-code.json").exists()
    kept = recovery.kept(data_dir)
    identity = recovery.identity_from("".join(groups.values()))
    assert kept is not None
    assert identity.recipient == kept.recipient
    assert client.get("/mulai/")["Location"] == reverse("account_login")
    assert "Pemasangan selesai" in client.get(reverse("account_login")).content.decode()


def test_the_secret_of_the_sheet_is_nowhere_on_the_machine(data_dir: Path, regions: None, client: Client) -> None:
    enter_code(client, data_dir)
    client.post("/mulai/wilayah/", {"region_code": KURIPAN})
    client.post("/mulai/orang/", {**office(), **person("administrator", "pengelola"), **nobody("officer")})

    groups = groups_of(client.post("/mulai/lembar/").content.decode())

    kept = repr(dict(client.session.items())).upper() + "".join(
        file.read_text().upper() for file in data_dir.rglob("*") if file.is_file()
    )
    # Four letters stand by chance in a long random key; eight in a row, or four on their own, do not.
    in_order = [groups[number] for number in sorted(groups)]
    without_signs = re.sub(r"[^A-Z0-9]", "", kept)
    assert not any(first + second in without_signs for first, second in pairwise(in_order))
    assert not any(re.search(rf"\b{group}\b", kept) for group in in_order if len(group) == 4)
    assert PASSWORD.upper() not in kept


def test_a_new_sheet_takes_the_place_of_the_one_before(data_dir: Path, regions: None, client: Client) -> None:
    enter_code(client, data_dir)
    client.post("/mulai/wilayah/", {"region_code": KURIPAN})
    client.post("/mulai/orang/", {**office(), **person("administrator", "pengelola"), **nobody("officer")})
    first = groups_of(client.post("/mulai/lembar/").content.decode())
    client.post("/mulai/lembar/")
    asked = asked_groups(client.get("/mulai/lembar/periksa/").content.decode())

    answer = client.post("/mulai/lembar/periksa/", {f"group_{number}": first[number] for number in asked})

    assert "Belum sama" in answer.content.decode()
    assert not User.objects.exists()


def test_a_region_needs_no_office_and_offers_no_officer(data_dir: Path, regions: None, client: Client) -> None:
    enter_code(client, data_dir)
    client.post("/mulai/wilayah/", {"region_code": "33.07"})

    page = client.get("/mulai/orang/").content.decode()

    assert "office-address" not in page
    assert "officer-name" not in page
    assert client.post("/mulai/orang/", person("administrator", "pengelola"))["Location"] == "/mulai/lembar/"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"administrator-again": "lain sekali kata ini"}, "Kedua kata sandi belum sama."),
        (person("administrator", "pengelola", "pendek"), "12"),
        (person("administrator", "pengelola", "pengelola1234"), "Kata sandi"),
        ({"administrator-username": "Pak Pengelola"}, "Nama pengguna memakai huruf kecil"),
        (person("officer", "pengelola"), "Harus berbeda dari nama pengguna pengelola."),
        ({"officer-name": "Siti"}, "officer-username"),
        ({"office-letter_code": "K/P"}, "Pakai 2 sampai 20 huruf besar"),
        ({"office-head_name": ""}, "office-head_name"),
    ],
)
def test_what_is_wrong_with_office_or_people_is_said(
    data_dir: Path, regions: None, client: Client, changes: dict[str, str], sentence: str
) -> None:
    enter_code(client, data_dir)
    client.post("/mulai/wilayah/", {"region_code": KURIPAN})

    answer = client.post(
        "/mulai/orang/", {**office(), **person("administrator", "pengelola"), **nobody("officer"), **changes}
    )

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert 'class="errors"' in answer.content.decode()
    assert PASSWORD not in answer.content.decode(), "a password is never sent back"


@pytest.mark.parametrize("path", ["wilayah/", "orang/", "lembar/", "lembar/periksa/"])
def test_without_the_code_no_step_opens(data_dir: Path, regions: None, client: Client, path: str) -> None:
    setup_code(data_dir, timezone.now())

    for answer in (client.get(f"/mulai/{path}"), client.post(f"/mulai/{path}", {"region_code": KURIPAN})):
        assert answer["Location"] == "/mulai/"


@pytest.mark.parametrize("path", ["orang/", "lembar/", "lembar/periksa/"])
def test_no_step_can_be_skipped(data_dir: Path, regions: None, client: Client, path: str) -> None:
    enter_code(client, data_dir)

    answer = client.post(f"/mulai/{path}")

    assert answer["Location"] in {"/mulai/wilayah/", "/mulai/orang/", "/mulai/lembar/"}
    assert answer["Location"] != f"/mulai/{path}"


def test_a_wrong_code_is_told_kindly_and_counted(data_dir: Path, regions: None, client: Client) -> None:
    setup_code(data_dir, timezone.now())

    pages = [client.post("/mulai/", {"code": "KUNCI-2222-2222"}).content.decode() for _ in range(5)]

    assert "Kode ini belum cocok" in pages[0]
    assert "Jalankan ulang program" in pages[4]


def test_a_code_that_was_replaced_closes_the_draft(data_dir: Path, regions: None, client: Client) -> None:
    enter_code(client, data_dir)
    (data_dir / setup.FILE_NAME).unlink()
    setup_code(data_dir, timezone.now())

    assert client.get("/mulai/wilayah/")["Location"] == "/mulai/"


def test_an_unknown_region_is_not_taken(data_dir: Path, regions: None, client: Client) -> None:
    enter_code(client, data_dir)

    answer = client.post("/mulai/wilayah/", {"region_code": "12.34.56.7890"})

    assert answer.status_code == 200
    assert "region_code" not in client.session["set_up"]


def test_pages_of_the_first_run_are_never_stored(data_dir: Path, regions: None, client: Client) -> None:
    enter_code(client, data_dir)

    assert "no-store" in client.get("/mulai/wilayah/")["Cache-Control"]


def test_the_sheet_page_needs_few_queries(
    data_dir: Path, regions: None, client: Client, django_assert_num_queries: Any
) -> None:
    enter_code(client, data_dir)
    client.post("/mulai/wilayah/", {"region_code": KURIPAN})
    client.post("/mulai/orang/", {**office(), **person("administrator", "pengelola"), **nobody("officer")})
    client.get("/mulai/lembar/")

    with django_assert_num_queries(2):  # session, whether anybody has an account
        client.get("/mulai/lembar/")


# --- before anybody has an account ------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/akun/login/", "/akun-desa/"])
def test_while_nobody_has_an_account_every_way_leads_to_the_first_run(client: Client, path: str) -> None:
    answer = client.get(path, follow=True)

    assert answer.request["PATH_INFO"] == "/mulai/"
    assert answer.status_code == 200


@pytest.mark.django_db
def test_once_somebody_has_an_account_it_is_asked_no_more(client: Client, django_assert_num_queries: Any) -> None:
    assert client.get("/akun/login/")["Location"] == "/mulai/"
    User.objects.create(username="siti", name="Siti")

    with django_assert_num_queries(1):  # whether anybody has an account
        assert client.get("/akun/login/").status_code == 200
    with django_assert_num_queries(0):
        assert client.get("/akun/login/").status_code == 200
