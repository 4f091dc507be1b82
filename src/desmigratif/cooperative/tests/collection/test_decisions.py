"""A sheet that waited: what whoever decides sees first, and what the phone that sent it is told afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import Act, perform
from desmigratif.access.models import Grant, User
from desmigratif.access.reviews import decisions_about, review_of, sent_input
from desmigratif.audit.models import Event, Receipt
from desmigratif.cooperative.reviews import compare_sheet, say_entered
from desmigratif.cooperative.rules.collection import DISCARDED
from desmigratif.cooperative.tests.collection.test_without_signal import Phone, codes_of, late, signed_in
from desmigratif.cooperative.tests.conftest import KURIPAN
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(db: None) -> Phone:
    return Phone()


def asked(phone: Phone, *receipts: Receipt, by: Actor | None = None) -> list[dict[str, Any]]:
    return decisions_about(by or phone.cashier, [one.act_id for one in receipts], now=phone.now)


def discard(phone: Phone, waiting: Receipt, **given: Any) -> Receipt:
    content = {"receipt_id": waiting.id, "village_code": KURIPAN, "decision": "discard", **given}
    return perform(phone.treasurer, Act("access.settle_review", new_id(), content), now=phone.now)


def paid_off_meanwhile(phone: Phone) -> Receipt:
    """The loan was paid off at the office while the sheet was under way."""
    owed = phone.payoff_now(phone.loan_id)
    phone.on(phone.cashier, "pay_off_loan", phone.loan_id, entry_id=new_id(), amount_rupiah=owed)
    return phone.send()


# --- what the phone is told ---


def test_nothing_is_told_of_a_sheet_that_still_waits_or_was_simply_taken(phone: Phone) -> None:
    taken = phone.send()
    waiting = late(other := Phone())
    assert (asked(phone, taken), asked(other, waiting)) == ([], [])


def test_the_phone_is_told_what_was_taken_in_and_what_went_back_without_a_name(phone: Phone) -> None:
    waiting = paid_off_meanwhile(phone)
    phone.open_till_of(phone.treasurer)
    settled = phone.settle(waiting)

    (told,) = asked(phone, waiting)

    assert (told["id"], told["decision"], told["why"]) == (str(waiting.act_id), "applied", None)
    assert told["result"] == settled.result["result"]
    assert (told["result"]["total_rupiah"], told["result"]["number"] > 0) == (90_000, True)
    assert [row["field"] for row in told["result"]["handed_back"]] == ["lines.0.loan_id"]
    assert "Siti" not in str(told) and "Mulyani" not in str(told)


def test_a_sheet_is_thrown_away_for_a_reason_only_and_the_phone_is_told_which(phone: Phone) -> None:
    waiting = late(phone)

    assert codes_of(discard(phone, waiting)) == codes_of(discard(phone, waiting, why="lupa")) == ["why_needed"]
    assert discard(phone, waiting, why="given_back").outcome == "done"

    (told,) = asked(phone, waiting)
    assert (told["decision"], told["why"]) == ("discarded", DISCARDED["given_back"])
    assert Event.objects.get(event="review.discarded").details["why"] == "given_back"
    assert phone.slips() == []


def test_a_sheet_that_nobody_decided_about_in_time_is_told_as_such(phone: Phone) -> None:
    waiting = late(phone)
    (told,) = decisions_about(phone.cashier, [waiting.act_id], now=phone.now + timedelta(days=400))
    assert told == {"id": str(waiting.act_id), "decision": "expired"}


def test_another_persons_phone_is_told_nothing(phone: Phone) -> None:
    waiting = late(phone)
    discard(phone, waiting, why="given_back")
    for stranger in (phone.treasurer, person(new_id(), "Kasir lain", ("cooperative_cashier", KURIPAN))):
        assert asked(phone, waiting, by=stranger) == []


def test_the_decision_comes_with_the_next_question_for_news(phone: Phone, places: None, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    waiting = late(phone)
    discard(phone, waiting, why="recorded_otherwise")
    ask = f"/sync/v1/sheet?koperasi={phone.id}&ambil=tidak&tanya="
    with time_machine.travel(phone.now, tick=False):
        client = signed_in(phone.cashier, "cashier")
        told = client.get(f"{ask}{new_id()},{waiting.act_id}").json()
        wrong = [client.get(ask + text).status_code for text in ("ngawur", "-" * 36, f"{waiting.act_id},")]
        silent = client.get(f"/sync/v1/sheet?koperasi={phone.id}&ambil=tidak").json()

    assert [(one["id"], one["decision"]) for one in told["decisions"]] == [(str(waiting.act_id), "discarded")]
    assert (silent["decisions"], wrong) == ([], [400, 400, 400])


# --- what whoever decides sees ---


def test_each_line_that_goes_back_is_named_before_anybody_decides(phone: Phone) -> None:
    waiting = paid_off_meanwhile(phone)
    sent = sent_input(review_of(phone.treasurer, waiting.id, now=phone.now))

    shown = compare_sheet(phone.treasurer, sent, today=phone.today, with_specific=False)

    assert [bool(line.refused) for line in shown.lines] == [True, False, False, False]
    assert ("Dikembalikan kepada anggota", "Rp112.000") in [(str(label), value) for label, value in shown.facts]
    assert shown.first is not None and str(phone.id) in shown.first.address
    phone.open_till_of(phone.treasurer)
    assert compare_sheet(phone.treasurer, sent, today=phone.today, with_specific=False).first is None


@pytest.mark.parametrize(
    ("number", "total", "back", "said"),
    [
        (12, 90_000, 0, "Rp90.000 masuk ke kas Anda, bukti nomor 12."),
        (12, 90_000, 5_000, "Rp90.000 masuk ke kas Anda, bukti nomor 12. Kembalikan Rp5.000 kepada anggotanya."),
        (None, 0, 5_000, "Tidak ada yang masuk ke kas. Kembalikan Rp5.000 kepada anggotanya."),
    ],
)
def test_what_was_done_is_said_in_words(number: int | None, total: int, back: int, said: str) -> None:
    assert say_entered({"number": number, "total_rupiah": total, "handed_back_rupiah": back}) == said


def page_of_sender(waiting: Receipt, client: Client) -> str:
    return client.get(f"/perlu-diputuskan/{waiting.id}/").content.decode()


def test_whoever_sent_it_is_told_who_decides_and_what_to_do_when_nobody_else_can(
    phone: Phone, places: None, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    waiting = late(phone)
    with time_machine.travel(phone.now, tick=False):
        client = signed_in(phone.cashier, "cashier")
        alone = page_of_sender(waiting, client)
        colleague(new_id(), valid_until=phone.today)
        still_alone = page_of_sender(waiting, client)
        colleague(new_id())
        together = page_of_sender(waiting, client)

    for page in (alone, still_alone, together):
        assert "harus dua orang" in page and 'name="decision"' not in page
    assert "akun bendahara atau kasir kedua" in alone and "akun bendahara atau kasir kedua" in still_alone
    assert "Minta bendahara atau kasir lain membukanya." in together


def colleague(id: UUID, **grant: Any) -> None:
    user = User.objects.create(id=id, username=f"kasir{User.objects.count()}", name="Kasir kedua")
    Grant.objects.create(
        user=user, role="cooperative_cashier", region_code=KURIPAN, valid_from=date(2020, 1, 1), **grant
    )
