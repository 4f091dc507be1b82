"""Pushing: every intention gets its own answer, once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from desmigratif.access import door
from desmigratif.audit.models import Event, Receipt
from desmigratif.cases.models import Visit
from desmigratif.shared.ids import new_id
from desmigratif.sync import actions, registry
from desmigratif.sync.inputs import MAX_BATCH, MAX_BODY_BYTES

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
Wish = Callable[..., dict[str, Any]]


def visits() -> int:
    return Visit.objects.in_village(KURIPAN).count()


def test_a_visit_arrives_through_the_door(phone: Client, wish: Wish, talk: Any) -> None:
    sent = wish()

    (receipt,) = talk.receipts(phone, sent)

    visit = Visit.objects.in_village(KURIPAN).get()
    assert receipt == {
        "id": sent["id"],
        "outcome": "done",
        "reasons": [],
        "result": {"id": sent["payload"]["visit_id"]},
        "mark": 1,
    }
    assert str(visit.id) == sent["payload"]["visit_id"]
    assert Receipt.objects.get().via == "sync"
    assert Receipt.objects.get().made_at.year == 1999  # evidence only: a wrong clock on the phone refuses nothing


def test_the_same_sending_twice_acts_once(phone: Client, wish: Wish, talk: Any) -> None:
    sent = wish()

    first, again = talk.receipts(phone, sent), talk.receipts(phone, sent, sent)

    assert [*first, *first] == again
    assert visits() == 1


def test_one_bad_item_never_holds_up_the_others(phone: Client, wish: Wish, talk: Any) -> None:
    done = wish()
    talk.receipts(phone, done)
    reused = wish(act_id=done["id"], visitor_name="Orang lain")
    batch = [
        wish(on="2999-01-01"),
        wish(purpose="apa saja"),
        wish("cases.issue_family_permission"),
        wish("nothing.known"),
        reused,
        wish(village_code=KENANGA),
        {"id": "bukan-uuid", "action": "cases.record_visit", "payload": {}},
        {"no": "id"},
        "bukan catatan",
        wish(),
    ]

    answers = talk.receipts(phone, *batch)

    assert [(row["outcome"], row["reasons"][0]["code"] if row["reasons"] else None) for row in answers] == [
        ("refused", "date_in_future"),
        ("refused", "not_a_choice"),
        ("refused", "unknown_action"),
        ("refused", "unknown_action"),
        ("refused", "id_reused"),
        ("refused", "not_found"),
        ("refused", "not_an_id"),
        ("refused", "missing"),
        ("refused", "not_a_group"),
        ("done", None),
    ]
    assert [row["id"] for row in answers] == [one.get("id") if isinstance(one, dict) else None for one in batch]
    assert visits() == 2


def test_invalid_input_leaves_no_receipt_and_a_refusal_does(phone: Client, wish: Wish, talk: Any) -> None:
    talk.receipts(phone, wish(purpose="apa saja"))
    assert Receipt.objects.count() == 0

    talk.receipts(phone, wish(on="2999-01-01"))
    assert Receipt.objects.get().outcome == "refused"


def test_a_refused_visit_arrives_once_it_is_mended(phone: Client, wish: Wish, talk: Any) -> None:
    sent = wish(on="2999-01-01")
    right = wish(act_id=sent["id"], visit_id=sent["payload"]["visit_id"])

    outcomes = [talk.receipts(phone, one)[0]["outcome"] for one in (sent, right)]

    assert outcomes == ["refused", "done"]
    assert visits() == 1


def test_a_mistake_of_ours_is_shown_and_holds_nothing_up(
    phone: Client, wish: Wish, talk: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = wish(), wish()
    perform = door.perform

    def trips_once(by: Any, act: door.Act, *, now: Any) -> Any:
        if str(act.act_id) == first["id"]:
            raise ZeroDivisionError
        return perform(by, act, now=now)

    monkeypatch.setattr(actions, "perform", trips_once)

    answers = talk.receipts(phone, first, second)

    assert [row["outcome"] for row in answers] == ["refused", "done"]
    assert answers[0]["reasons"][0]["code"] == "server_error"
    assert "could not be carried out" in caplog.text
    assert "Tukinem" not in caplog.text


def test_what_the_database_could_not_take_stays_on_the_phone(
    phone: Client, wish: Wish, talk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [wish(), wish(), wish()]
    perform = door.perform

    def gives_out(by: Any, act: door.Act, *, now: Any) -> Any:
        if str(act.act_id) == sent[1]["id"]:
            raise OperationalError("database is locked")
        return perform(by, act, now=now)

    monkeypatch.setattr(actions, "perform", gives_out)
    phone.raise_request_exception = False

    assert [row["id"] for row in talk.receipts(phone, *sent)] == [sent[0]["id"]]
    assert talk.push(phone, *sent[1:]).status_code == 503


def test_a_phone_of_another_epoch_is_told_so_before_anything_is_done(phone: Client, wish: Wish, talk: Any) -> None:
    answer = talk.push(phone, wish(), epoch="sebelum-dipulihkan").json()

    assert answer["receipts"] == []
    assert visits() == 0
    assert len(talk.receipts(phone, wish(), epoch=answer["epoch"])) == 1


def test_a_stranger_can_do_nothing_in_this_village(sign_in: Any, wish: Wish, talk: Any) -> None:
    stranger = sign_in(("village_officer", KENANGA))

    (receipt,) = talk.receipts(stranger, wish())

    assert receipt["reasons"][0]["code"] == "not_found"
    assert visits() == 0
    assert {event.village_code for event in Event.objects.all()} == {KENANGA}


def test_a_role_without_the_permission_records_nothing(sign_in: Any, wish: Wish, talk: Any) -> None:
    head = sign_in(("village_head", KURIPAN))

    assert talk.receipts(head, wish())[0]["reasons"][0]["code"] == "not_found"
    assert visits() == 0


def test_another_persons_act_id_tells_nothing(phone: Client, sign_in: Any, wish: Wish, talk: Any) -> None:
    sent = wish()
    talk.receipts(phone, sent)

    (receipt,) = talk.receipts(sign_in(("village_officer", KENANGA)), sent)

    assert (receipt["outcome"], receipt["reasons"][0]["code"]) == ("refused", "not_found")


def test_nobodys_work_arrives_under_another_ones_name(phone: Client, wish: Wish, talk: Any) -> None:
    another = str(new_id())

    pushed = talk.push(phone, wish(), person=another)
    pulled = phone.get("/sync/v1/pull", {"village": KURIPAN, "person": another})

    for answer in (pushed, pulled):
        assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (401, "another_person")
    assert visits() == 0


@pytest.mark.django_db
def test_a_signed_out_phone_gets_401_in_json_and_loses_nothing(wish: Wish, talk: Any) -> None:
    for answer in (talk.push(Client(), wish()), Client().get("/sync/v1/pull", {"village": KURIPAN})):
        assert answer.status_code == 401
        assert answer.json()["reasons"][0]["code"] == "not_signed_in"
    assert visits() == 0


def test_another_site_cannot_push(sign_in: Any, wish: Wish, talk: Any) -> None:
    careful = sign_in(enforce_csrf_checks=True)

    assert talk.push(careful, wish()).status_code == 403
    token = careful.get("/lapangan/coba/").context["csrf_token"]
    body = json.dumps({"device": "uji", "epoch": None, "actions": [wish()]})
    sent = careful.post("/sync/v1/push", body, content_type="application/json", headers={"X-CSRFToken": str(token)})
    assert sent.status_code == 200
    assert visits() == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 400, "not_json"),
        ("[" * 100_000, 400, "not_json"),
        (b"\xff\xfe", 400, "not_json"),
        ("[]", 400, "not_a_group"),
        ('{"device": "x", "actions": "banyak"}', 400, "not_a_list"),
        ('{"device": "x", "actions": [], "rahasia": 1}', 400, "unknown_field"),
        (json.dumps({"device": "x", "actions": [1] * (MAX_BATCH + 1)}), 413, "too_many"),
        ("x" * (MAX_BODY_BYTES + 1), 413, "too_large"),
    ],
)
def test_what_is_no_sending_is_refused_with_a_sentence(phone: Client, body: Any, status: int, code: str) -> None:
    answer = phone.post("/sync/v1/push", body, content_type="application/json")

    assert answer.status_code == status
    assert answer.json()["reasons"][0]["code"] == code


def test_push_takes_no_get(phone: Client) -> None:
    assert phone.get("/sync/v1/push").status_code == 405


def test_ten_visits_cost_a_fixed_number_of_queries_each(
    phone: Client, wish: Wish, talk: Any, django_assert_num_queries: Any
) -> None:
    talk.receipts(phone, wish())

    tells_scope = 2 if connection.vendor == "postgresql" else 0  # before and after each act
    with django_assert_num_queries(3 + 10 * (16 + tells_scope)):
        talk.receipts(phone, *[wish() for _ in range(10)])


def test_seen_version_reaches_only_an_input_that_asks_for_it(wish: Wish) -> None:
    sent = actions.Intention.read({**wish(), "seen_version": 3})

    assert "seen_version" not in actions._act(sent).payload


def test_every_declared_action_stands_behind_the_door() -> None:
    registry.check()
    assert set(registry.ACTIONS) <= set(door.REGISTRY)
