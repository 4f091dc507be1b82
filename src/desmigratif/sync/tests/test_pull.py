"""Pulling: what is new since a number, for whoever may see it, without what must not lie on a phone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from desmigratif.access.actor import Actor
from desmigratif.access.backup import marks
from desmigratif.audit import unit
from desmigratif.audit.models import Event
from desmigratif.audit.verify import verify_chains
from desmigratif.cases.models import Visit
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id
from desmigratif.sync import queries, registry

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
Wish = Callable[..., dict[str, Any]]


def test_what_was_pushed_comes_back_under_its_number(phone: Client, wish: Wish, talk: Any) -> None:
    sent = wish(note="Cerita yang tidak boleh ada di HP.")
    talk.receipts(phone, sent)

    news = talk.pull(phone)

    (change,) = news["changes"]
    assert (change["no"], change["model"], change["id"], change["gone"]) == (
        1, "cases.visit", sent["payload"]["visit_id"], False,
    )  # fmt: skip
    assert change["record"]["visitor_name"] == "Tukinem"
    assert (news["change_no"], news["more"], news["safe_mark"]) == (1, False, 0)
    assert set(change["record"]) == {"id", *registry.CARDS["cases.visit"]}
    assert "Cerita" not in json.dumps(news)


def test_a_phone_goes_on_from_the_number_it_had(phone: Client, wish: Wish, talk: Any) -> None:
    talk.receipts(phone, *[wish() for _ in range(5)])
    seen: list[int] = []
    after, more = 0, True

    while more:
        news = talk.pull(phone, after=after, limit=2)
        seen += [change["no"] for change in news["changes"]]
        after, more = news["change_no"], news["more"]

    assert seen == [1, 2, 3, 4, 5]
    assert talk.pull(phone, after=after)["changes"] == []


def test_a_record_that_changed_often_comes_once_as_it_is_now(
    phone: Client, wish: Wish, talk: Any, officer: Actor, working: Any
) -> None:
    sent = wish()
    talk.receipts(phone, sent)
    visit = Visit.objects.in_village(KURIPAN).get()
    for _ in range(3):
        with working(officer):
            unit.changed("cases.visit", KURIPAN, visit.id)

    (change,) = talk.pull(phone)["changes"]

    assert change["no"] == 4


def test_what_no_app_declares_moves_the_number_on_and_is_not_sent(
    phone: Client, talk: Any, officer: Actor, working: Any
) -> None:
    with working(officer):
        unit.changed("people.resident", KURIPAN, new_id())

    news = talk.pull(phone)

    assert (news["changes"], news["change_no"]) == ([], 1)


def test_what_is_no_longer_there_is_gone(phone: Client, talk: Any, officer: Actor, working: Any) -> None:
    record_id = new_id()
    with working(officer):
        unit.changed("cases.visit", KURIPAN, record_id, gone=True)

    assert talk.pull(phone)["changes"] == [
        {"no": 1, "model": "cases.visit", "id": str(record_id), "gone": True, "record": None}
    ]


def test_handing_records_out_is_remembered_and_an_empty_answer_is_not(phone: Client, wish: Wish, talk: Any) -> None:
    talk.receipts(phone, wish())
    talk.pull(phone)
    talk.pull(phone, after=1)

    assert Event.objects.filter(event="pack.pulled", village_code=KURIPAN).count() == 1
    assert verify_chains().broken == ()


@pytest.mark.parametrize(
    "grant", [("village_officer", KENANGA), ("ministry_analyst", "ID"), ("tutor", KURIPAN), ("administrator", "ID")]
)
def test_who_may_not_see_the_village_finds_nothing(
    grant: tuple[str, str], phone: Client, sign_in: Any, wish: Wish, talk: Any
) -> None:
    talk.receipts(phone, wish())

    answer = sign_in(grant).get("/sync/v1/pull", {"village": KURIPAN})

    assert answer.status_code == 404
    assert answer.json()["reasons"][0]["code"] == "not_found"


def test_the_regency_sees_its_villages(phone: Client, sign_in: Any, wish: Wish, talk: Any) -> None:
    talk.receipts(phone, wish())

    assert len(talk.pull(sign_in(("regency_coordinator", "33.07")))["changes"]) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"village": "33.07"},
        {"village": KURIPAN, "after": "-1"},
        {"village": KURIPAN, "after": "9" * 30},
        {"village": KURIPAN, "limit": "0"},
        {"village": KURIPAN, "limit": "5000"},
        {"village": KURIPAN, "after": "٣"},
        {"desa": KURIPAN},
        {},
    ],
)
def test_a_question_of_the_wrong_shape_is_told_so(phone: Client, asked: dict[str, str]) -> None:
    answer = phone.get("/sync/v1/pull", asked)

    assert answer.status_code == 400
    assert answer.json()["reasons"]


def test_a_pull_costs_the_same_for_one_visit_and_for_fifty(
    phone: Client, wish: Wish, talk: Any, django_assert_num_queries: Any
) -> None:
    talk.receipts(phone, *[wish() for _ in range(50)])

    for limit in (1, 50):
        with django_assert_num_queries(11):
            talk.pull(phone, limit=limit)


def test_the_epoch_is_made_once_and_a_restore_changes_it(phone: Client, talk: Any, tmp_path: Path) -> None:
    first = talk.pull(phone)["epoch"]
    assert talk.pull(phone)["epoch"] == first

    (tmp_path / "epoch").write_text("b" * 32 + "\n", "ascii")
    assert talk.pull(phone)["epoch"] == "b" * 32


def test_an_emptied_epoch_file_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "epoch").write_text("", "ascii")

    assert len(queries.current_epoch()) == 32
    assert queries.current_epoch() == queries.current_epoch()
    assert [path.name for path in tmp_path.iterdir()] == ["epoch"]


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ('{"epoch": "a", "marks": {"33.07.10.2004": 41}}', 41),
        ('{"epoch": "b", "marks": {"33.07.10.2004": 41}}', 0),
        ('{"epoch": "a", "marks": {}}', 0),
        ('{"epoch": "a", "marks": [1]}', 0),
        ("[]", 0),
        ("rusak", 0),
        ("", 0),
    ],
)
def test_nothing_is_safe_unless_a_backup_of_this_epoch_says_so(written: str, mark: int, tmp_path: Path) -> None:
    (tmp_path / "safe_marks.json").write_text(written, "utf-8")

    assert queries.safe_mark_of(KURIPAN, "a") == mark


def test_what_a_backup_tells_is_read_until_a_restore_begins_another_epoch(tmp_path: Path) -> None:
    backup = tmp_path / "otomatis-20261123-050000.age"
    backup.write_bytes(b"cadangan")
    epoch, digest = queries.current_epoch(), hashlib.sha256(b"cadangan").hexdigest()
    marks.remember(tmp_path, backup, sha256=digest, marks={KURIPAN: 41}, kept=[backup])

    assert marks.tell_safe(tmp_path, [backup])
    assert queries.safe_mark_of(KURIPAN, epoch) == 41

    (tmp_path / "epoch").write_text("b" * 32 + "\n", "ascii")
    assert queries.safe_mark_of(KURIPAN, queries.current_epoch()) == 0
    assert not marks.tell_safe(tmp_path, [backup])


@pytest.mark.parametrize(
    "path", ["note_sealed", "resident__nik_sealed", "resident__name_key", "resident__details_sealed"]
)
def test_a_field_that_must_stay_home_stops_the_server(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.CARDS, "cases.visit", ("on", path))

    with pytest.raises(registry.MayNotTravel, match=path):
        registry.check()


def test_a_relation_without_a_class_on_the_way_stops_the_server() -> None:
    assert registry.may_travel(Visit, "resident__name")
    assert not registry.may_travel(Visit, "on__year")
    assert not registry.may_travel(Resident, "household__kk_sealed")
