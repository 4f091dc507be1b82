"""A sheet that was filled in without a signal: taken once, sent back, or waiting for a second person with its money."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import Act, perform
from desmigratif.access.models import Grant, User
from desmigratif.access.reviews import review_of, reviews_of, sent_input
from desmigratif.audit.models import Event, Receipt
from desmigratif.cooperative.inputs.loans import TakeCollection
from desmigratif.cooperative.models import LoanEvent, MoneySlip, TillDay
from desmigratif.cooperative.queries.collection.sheets import next_seal
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.till import expected_in
from desmigratif.cooperative.reviews import compare_sheet
from desmigratif.cooperative.rules.collection import day_in_books, waits_for_a_person
from desmigratif.cooperative.tests.collection.test_sheet import Meeting
from desmigratif.cooperative.tests.conftest import KENANGA, KURIPAN
from desmigratif.shared.ids import new_id

MET, NEXT = date(2026, 11, 20), date(2026, 11, 21)


# --- the rule ---


@pytest.mark.parametrize(
    ("met_on", "today", "till_on", "closed_until", "books"),
    [
        (MET, MET, MET, None, MET),
        (MET, MET, None, None, MET),  # a till that was not opened is asked for, not a second person
        (MET, NEXT, MET, None, MET),
        (MET, NEXT, NEXT, None, None),
        (MET, NEXT, None, None, None),
        (date(2026, 11, 30), date(2026, 12, 1), date(2026, 11, 30), date(2026, 11, 30), None),
        (date(2026, 11, 30), date(2026, 12, 1), date(2026, 11, 30), date(2026, 10, 31), date(2026, 11, 30)),
    ],
)
def test_the_books_take_a_sheet_on_the_day_whose_till_can_hold_its_money(
    met_on: date, today: date, till_on: date | None, closed_until: date | None, books: date | None
) -> None:
    assert day_in_books(met_on, today, till_on, closed_until) == books


@pytest.mark.parametrize(
    ("codes", "has_moved", "is_late", "waits"),
    [
        (set(), False, False, False),
        ({"more_than_owed"}, False, False, False),
        ({"more_than_owed"}, False, True, False),
        ({"more_than_owed"}, True, False, True),
        ({"paid_already"}, False, False, True),
        ({"paid_already", "too_far_ahead"}, False, False, False),
        ({"left", "not_found"}, True, True, False),
        (set(), False, True, True),
    ],
)
def test_what_happened_meanwhile_waits_and_a_slip_of_the_pen_goes_back(
    codes: set[str], has_moved: bool, is_late: bool, waits: bool
) -> None:
    assert waits_for_a_person(codes, has_moved=has_moved, is_late=is_late) is waits


# --- a meeting with a phone ---


class Phone(Meeting):
    """The sheet was taken along today; then the signal is gone."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = self.sheet(
            cooperative_id=self.id, village_code=KURIPAN, seen_version=next_seal(self.cooperative),
            counted_rupiah=202_000,
        )  # fmt: skip

    def send(self, by: Actor | None = None, act_id: UUID | None = None, **changed: Any) -> Receipt:
        act = Act("cooperative.take_collection", act_id or new_id(), {**self.taken, **changed}, via="sync")
        return perform(by or self.cashier, act, now=self.now)

    def settle(self, receipt: Receipt, decision: str = "apply", *, by: Actor | None = None) -> Receipt:
        given = {
            "receipt_id": receipt.id, "village_code": KURIPAN, "decision": decision,
            "seen_version": next_seal(self.cooperative),
        }  # fmt: skip
        return perform(by or self.treasurer, Act("access.settle_review", new_id(), given), now=self.now)

    def open_till_of(self, who: Actor) -> None:
        self.do(who, "open_till", till_id=new_id(), on=self.today, opening_rupiah=0)

    def slips(self) -> list[int]:
        ids = [line["entry_id"] for name in ("lines", "compulsory", "savings") for line in self.taken[name]]
        rows = MoneySlip.objects.of(self.cooperative).filter(id__in=ids).order_by("amount_rupiah")
        return list(rows.values_list("amount_rupiah", flat=True))


@pytest.fixture
def phone(db: None) -> Phone:
    return Phone()


def codes_of(receipt: Receipt) -> list[str]:
    return [reason["code"] for reason in receipt.reasons]


def test_a_sheet_sent_fifty_times_is_entered_once(phone: Phone) -> None:
    before, act_id = phone.balances()["cash"], new_id()

    receipts = {phone.send(act_id=act_id).id for _ in range(50)}

    assert len(receipts) == 1 and Receipt.objects.get(id=receipts.pop()).outcome == "done"
    assert phone.slips() == [20_000, 20_000, 50_000, 112_000]
    assert phone.balances()["cash"] == before + 202_000
    assert verify_books(phone.id).broken == ()


def test_a_sheet_of_yesterday_goes_into_the_till_of_yesterday_while_that_is_open(phone: Phone) -> None:
    met = phone.today
    phone.today = date.fromordinal(met.toordinal() + 1)  # the cashier came back from the hamlet only now

    done = phone.send()

    assert done.outcome == "done", done.reasons
    slips = MoneySlip.objects.of(phone.cooperative).filter(number=done.result["number"]).select_related("till")
    assert {(slip.on, slip.till.on if slip.till else None) for slip in slips} == {(met, met)}
    assert LoanEvent.objects.of(phone.cooperative).get(id=phone.taken["lines"][0]["entry_id"]).on == met
    till = TillDay.objects.of(phone.cooperative).open_of(phone.cashier.id).get()
    phone.do(phone.cashier, "close_till", till_id=till.id, entry_id=new_id(), counted_rupiah=expected_in(till))
    assert verify_books(phone.id).broken == ()


def test_a_sheet_without_an_open_till_comes_back_and_goes_through_once_it_is_open(phone: Phone) -> None:
    till = TillDay.objects.of(phone.cooperative).open_of(phone.cashier.id).get()
    phone.do(phone.cashier, "close_till", till_id=till.id, entry_id=new_id(), counted_rupiah=expected_in(till))
    act_id = new_id()

    back = phone.send(act_id=act_id)
    phone.open_till()

    assert (back.outcome, codes_of(back)) == ("refused", ["no_till"])
    assert phone.send(act_id=act_id).outcome == "done"


def test_a_slip_of_the_pen_comes_back_with_every_line_named_and_can_be_mended(phone: Phone) -> None:
    line, saving = phone.taken["compulsory"][1], phone.taken["savings"][0]
    act_id = new_id()

    back = phone.send(
        act_id=act_id, counted_rupiah=None,
        compulsory=[phone.taken["compulsory"][0], {**line, "amount_rupiah": 9_000_000}],
        savings=[{**saving, "account_id": new_id()}],
    )  # fmt: skip

    assert back.outcome == "refused"
    assert {(reason["code"], reason["field"]) for reason in back.reasons} == {
        ("too_far_ahead", "compulsory.1.amount_rupiah"), ("not_found", "savings.0.account_id"),
    }  # fmt: skip
    assert phone.slips() == []
    assert phone.send(act_id=act_id).outcome == "done"


def test_two_phones_with_the_same_loan_never_double_it_in_silence(phone: Phone) -> None:
    colleague = phone._somebody("cashier")
    phone.open_till_of(colleague)
    first = phone.send()
    ids = {name: [{**line, "entry_id": new_id()} for line in phone.taken[name]] for name in ("lines", "compulsory")}

    second = phone.send(by=colleague, savings=[], counted_rupiah=152_000, **ids)

    assert (first.outcome, second.outcome) == ("done", "needs_review")
    assert [(reason["code"], reason["field"].split(".")[0]) for reason in second.reasons] == [
        ("moved_meanwhile", "lines"), ("moved_meanwhile", "compulsory"), ("moved_meanwhile", "compulsory"),
    ]  # fmt: skip
    assert LoanEvent.objects.of(phone.cooperative).filter(loan_id=phone.loan_id, kind="payment").count() == 1


# --- what waits ---


def late(phone: Phone, days: int = 1) -> Receipt:
    """The till of the meeting's day is closed when the sheet arrives."""
    phone.later(days)
    waiting = phone.send()
    assert (waiting.outcome, codes_of(waiting)) == ("needs_review", ["till_of_that_day_closed"])
    return waiting


def test_money_that_lay_in_a_bag_goes_into_the_till_of_a_second_person(phone: Phone) -> None:
    met = phone.today
    waiting = late(phone)
    assert phone.slips() == []
    assert [row.receipt_id for row in reviews_of(phone.treasurer, now=phone.now)] == [waiting.id]

    assert codes_of(phone.settle(waiting, by=phone.cashier)) == ["same_person"]
    assert codes_of(phone.settle(waiting)) == ["no_till"]
    phone.open_till_of(phone.treasurer)
    settled = phone.settle(waiting)

    assert settled.outcome == "done", settled.reasons
    result = settled.result["result"]
    assert (result["total_rupiah"], result["handed_back_rupiah"]) == (202_000, 0)
    assert phone.slips() == [20_000, 20_000, 50_000, 112_000]
    event = LoanEvent.objects.of(phone.cooperative).get(id=phone.taken["lines"][0]["entry_id"])
    assert (event.on, event.booked_on) == (met, phone.today)
    till = TillDay.objects.of(phone.cooperative).open_of(phone.treasurer.id).get()
    assert expected_in(till) == 202_000
    assert verify_books(phone.id).broken == ()


def test_an_instalment_of_a_closed_month_waits_and_counts_from_the_first_open_day(phone: Phone) -> None:
    phone.later(10)
    for month in (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)):
        if month < phone.today:
            phone.do(phone.treasurer, "close_period", period_id=new_id(), last_on=month)
    waiting = phone.send()
    phone.open_till_of(phone.treasurer)

    assert waiting.outcome == "needs_review"
    assert "closed_month" in codes_of(waiting)
    settled = phone.settle(waiting)
    assert settled.outcome == "done", settled.reasons
    event = LoanEvent.objects.of(phone.cooperative).get(id=phone.taken["lines"][0]["entry_id"])
    assert event.on == date(2027, 1, 1)


def test_what_cannot_be_taken_any_more_is_handed_back_and_noted(phone: Phone) -> None:
    """The loan was paid off at the office while the sheet was under way."""
    owed = phone.payoff_now(phone.loan_id)
    phone.on(phone.cashier, "pay_off_loan", phone.loan_id, entry_id=new_id(), amount_rupiah=owed)

    waiting = phone.send()
    assert (waiting.outcome, codes_of(waiting)) == ("needs_review", ["paid_already", "moved_meanwhile"])
    sent = sent_input(review_of(phone.treasurer, waiting.id, now=phone.now))
    shown = compare_sheet(phone.treasurer, sent, today=phone.today, with_specific=False)
    assert (shown.lines[0].label, shown.lines[0].now, shown.lines[0].sent) == (
        "Siti Aminah: angsuran", "Sudah lunas", "Rp112.000",
    )  # fmt: skip
    assert [line.changed_meanwhile for line in shown.lines] == [True, False, False, False]
    phone.open_till_of(phone.treasurer)
    settled = phone.settle(waiting)

    result = settled.result["result"]
    assert (result["total_rupiah"], result["handed_back_rupiah"]) == (90_000, 112_000)
    assert phone.slips() == [20_000, 20_000, 50_000]
    event = Event.objects.get(event="collection.handed_back")
    assert (event.details["rupiah"], event.details["why"]) == (112_000, "paid_already")
    assert {"type": "member", "id": str(phone.members[0])} in event.subjects


def test_money_that_moved_after_the_comparison_is_compared_again(phone: Phone) -> None:
    waiting = late(phone)
    phone.open_till_of(phone.treasurer)
    seen = next_seal(phone.cooperative)
    phone.pay(phone.loan_id, 50_000)
    given = {"receipt_id": waiting.id, "village_code": KURIPAN, "decision": "apply", "seen_version": seen}

    settled = perform(phone.treasurer, Act("access.settle_review", new_id(), given), now=phone.now)

    assert (settled.outcome, codes_of(settled)) == ("refused", ["moved_again"])
    assert phone.slips() == []


def test_a_waiting_sheet_is_kept_for_a_year(phone: Phone) -> None:
    waiting = late(phone)

    assert (waiting.review_payload.expires_at - phone.now).days == 366


def test_strangers_send_nothing_and_see_no_sheet(phone: Phone) -> None:
    stranger = person(new_id(), "Kasir lain", ("cooperative_cashier", KENANGA))
    waiting = late(phone)

    assert codes_of(phone.send(by=stranger)) == ["not_found"]
    assert codes_of(phone.send(by=phone.supervisor)) == ["not_found"]
    assert codes_of(phone.send(village_code=KENANGA)) == ["not_found"]
    assert not reviews_of(stranger, now=phone.now).exists()
    assert codes_of(phone.settle(waiting, by=stranger)) == ["not_found"]


# --- through the doors ---


def signed_in(who: Actor, role: str) -> Client:
    user = User.objects.create(id=who.id, username=role, name="Sri Lestari")
    Grant.objects.create(user=user, role=f"cooperative_{role}", region_code=KURIPAN, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_phone_pushes_its_sheet_and_money_wants_the_second_factor_of_this_hour(
    phone: Phone, places: None, settings: Any
) -> None:
    taken = json.loads(TakeCollection.read(phone.taken).model_dump_json(exclude_unset=True))
    seen = taken.pop("seen_version")
    wish = {"id": str(new_id()), "action": "cooperative.take_collection", "payload": taken, "seen_version": seen}
    body = json.dumps({"device": "uji", "person": str(phone.cashier.id), "epoch": None, "actions": [wish]})
    with time_machine.travel(phone.now, tick=False):
        client = signed_in(phone.cashier, "cashier")
        Authenticator.objects.create(user_id=phone.cashier.id, type=Authenticator.Type.TOTP, data={})
        settings.SECOND_FACTOR_REQUIRED = True
        held = client.post("/sync/v1/push", body, content_type="application/json")
        settings.SECOND_FACTOR_REQUIRED = False
        answers = [client.post("/sync/v1/push", body, content_type="application/json").json() for _twice in range(2)]

    assert (held.status_code, held.json()["reasons"][0]["code"]) == (401, "second_factor")
    assert [row["outcome"] for answer in answers for row in answer["receipts"]] == ["done", "done"]
    assert phone.slips() == [20_000, 20_000, 50_000, 112_000]


def test_the_treasurer_finds_the_waiting_sheet_with_names_and_sums_and_takes_it_in(
    phone: Phone, places: None, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    waiting = late(phone)
    phone.open_till_of(phone.treasurer)
    address = f"/perlu-diputuskan/{waiting.id}/"
    with time_machine.travel(phone.now, tick=False):
        client = signed_in(phone.treasurer, "treasurer")
        Authenticator.objects.create(user_id=phone.treasurer.id, type=Authenticator.Type.TOTP, data={})
        first, listed, page = (client.get(place).content.decode() for place in ("/", "/perlu-diputuskan/", address))
        hidden = dict(re.findall(r'name="(act_id|seen_version)" value="([^"]+)"', page))
        settings.SECOND_FACTOR_REQUIRED = True
        asked = client.post(address, {**hidden, "decision": "apply"})
        settings.SECOND_FACTOR_REQUIRED = False
        assert phone.slips() == []
        done = client.post(address, {**hidden, "decision": "apply"})

    assert "1 kiriman menunggu keputusan orang kedua" in first
    assert "Lembar setoran pertemuan" in listed and "Siti Aminah" not in listed
    for words in (
        "Siti Aminah: angsuran",
        "Rp112.000",
        "Siti Aminah: simpanan wajib",
        "Rp202.000",
        "kas Anda hari ini",
    ):
        assert words in page
    assert asked.status_code == 302 and "2fa" in asked["Location"]
    assert done["Location"] == "/perlu-diputuskan/"
    assert phone.slips() == [20_000, 20_000, 50_000, 112_000]


# --- taking it along ---


def test_a_sheet_holds_names_numbers_and_what_is_asked_and_leaves_a_trace(
    phone: Phone, places: None, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    address = f"/sync/v1/sheet?koperasi={phone.id}&person={phone.cashier.id}&pilih=semua"
    with time_machine.travel(phone.now, tick=False):
        client = signed_in(phone.cashier, "cashier")
        client.get(address)
        with django_assert_max_num_queries(24):
            news = client.get(address).json()
        (change,) = news["changes"]
        again = client.get(f"{address}&have={change['record']['seen_version']}").json()
        marks = client.get(f"{address}&ambil=tidak").json()

    record = change["record"]
    assert set(record) == {"on", "name", "village", "offset", "seen_version", "number", "sheets", "members"}
    assert {key for row in record["members"] for key in row} == {
        "id", "name", "number", "compulsory", "savings", "loans",
    }  # fmt: skip
    assert [set(loan) for row in record["members"] for loan in row["loans"]] == [{"id", "name", "due"}]
    assert (record["seen_version"], len(record["members"])) == (next_seal(phone.cooperative), 3)
    assert (again["changes"], marks["changes"]) == ([], [])
    assert Event.objects.filter(event="sheet.taken_along", via="sync").count() == 2


def test_no_sheet_without_its_trace(phone: Phone, places: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    monkeypatch.setattr("desmigratif.sync.views.opened", lambda *_args, **_more: False)
    with time_machine.travel(phone.now, tick=False):
        answer = signed_in(phone.cashier, "cashier").get(f"/sync/v1/sheet?koperasi={phone.id}")

    assert answer.status_code == 503 and b"Siti" not in answer.content


def test_a_sheet_is_for_the_person_and_the_cooperative_it_is_for(phone: Phone, places: None, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(phone.now, tick=False):
        cashier, supervisor = signed_in(phone.cashier, "cashier"), signed_in(phone.supervisor, "supervisor")
        asked = f"/sync/v1/sheet?koperasi={phone.id}"
        page = cashier.get("/lapangan/lembar/")
        answers = [
            cashier.get(f"{asked}&person={phone.treasurer.id}").status_code,
            cashier.get(f"/sync/v1/sheet?koperasi={new_id()}").status_code,
            cashier.get("/sync/v1/sheet?koperasi=ngawur").status_code,
            supervisor.get(asked).status_code,
            supervisor.get("/lapangan/lembar/").status_code,
        ]

    assert answers == [401, 404, 400, 404, 404]
    assert "Siti" not in page.content.decode() and "perlu JavaScript" in page.content.decode()
