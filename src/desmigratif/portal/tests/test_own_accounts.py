"""A member reads the own accounts by a code and the birth date, and never anybody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.audit.models import Event
from desmigratif.cooperative.member_codes import member_code
from desmigratif.cooperative.models import Cooperative, MemberCode
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

pytestmark = pytest.mark.django_db
KURIPAN = "33.07.10.2004"
ON = "2026-11-23"
ADDRESS = "/simpananku/"


def person_of(role: str, village: str = KURIPAN) -> Actor:
    return person(new_id(), "Orang", (role, village))


class Till:
    """Two members: the first saved 510.000, the second 125.000."""

    def __init__(self, now: Any) -> None:
        self.now, self.id, self.board = now, new_id(), person_of("cooperative_board")
        self.cashier = person_of("cooperative_cashier")
        named = {"name": "Koperasi Melati", "kind": "cooperative", "opened_on": "2026-09-01", "village_code": KURIPAN}
        self.do(self.board, "set_up_cooperative", **named)
        terms = {"principal_rupiah": 100_000, "compulsory_rupiah": 20_000, "decision": "Rapat", "since": "2026-09-01"}
        self.do(self.board, "set_membership_terms", terms_id=new_id(), **terms)
        offer = {"name": "Simpanan Sukarela", "kind": "voluntary", "annual_percent": "3", "since": "2026-09-01"}
        product = new_id()
        self.do(self.board, "add_savings_product", product_id=product, **offer)
        self.do(self.cashier, "open_till", till_id=new_id(), on=ON, opening_rupiah=0)
        people = (
            ("Melur Asri", "3307105203900001", "1990-03-12", 410_000),
            ("Kenanga Dewi", "3307104504850002", "1985-04-05", 25_000),
        )
        self.members = [self.join(product, *one) for one in people]

    def do(self, by: Actor, verb: str, **given: Any) -> None:
        do(by, f"cooperative.{verb}", {"cooperative_id": self.id, **given}, now=self.now, act_id=new_id())

    def join(self, product: UUID, name: str, nik: str, born: str, saved: int) -> UUID:
        id, account = new_id(), new_id()
        self.do(
            self.board, "apply_for_membership", member_id=id, on=ON, name=name, nik=nik, birth_date=born,
            address="Krajan", in_area=True, is_citizen=True,
        )  # fmt: skip
        paid = {"member_id": id, "kind": "entry", "amount_rupiah": 100_000}
        self.do(self.cashier, "pay_capital", entry_id=new_id(), on=ON, **paid)
        self.do(self.board, "admit_member", member_id=id, on=ON)
        self.do(self.cashier, "open_savings_account", account_id=account, member_id=id, product_id=product, on=ON)
        self.do(self.cashier, "deposit", entry_id=new_id(), account_id=account, amount_rupiah=saved, on=ON)
        return id

    def code(self, number: int, by: Actor | None = None) -> str:
        id = new_id()
        self.do(by or self.board, "give_member_code", code_id=id, member_id=self.members[number], on=ON)
        return member_code(id)


@pytest.fixture
def till(places: None, now: Any) -> Iterator[Till]:
    with time_machine.travel("2026-11-23T03:15:00Z", tick=False):
        yield Till(now)


def read(client: Client, code: str, born: str) -> Any:
    return client.post(ADDRESS, {"code": code, "birth_date": born})


def main_of(page: Any) -> str:
    return re.sub(r'value="[^"]*"', "", page.content.decode().split("<main")[1])


def test_a_member_reads_the_own_sums_without_any_name(till: Till, client: Client) -> None:
    code = till.code(0)

    page = read(client, code.lower().replace("-", " "), "12-03-1990")

    text = main_of(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert "Rp510.000" in text and "anggota nomor 1" in text and "Koperasi Melati" in text
    assert "Melur" not in text and "3307105203900001" not in text and "Rp25.000" not in text
    event = Event.objects.get(event="member.own_accounts_seen")
    assert str(till.members[0]) in str(event.subjects)


def test_a_code_opens_nothing_with_another_birth_date_and_wrong_ones_read_alike(till: Till, client: Client) -> None:
    mine, theirs = till.code(0), till.code(1)

    wrong_day = main_of(read(client, mine, "05-04-1985"))
    of_another = main_of(read(client, theirs, "12-03-1990"))
    no_code = main_of(read(client, "AAAA-BBBB-CCCC", "12-03-1990"))

    assert wrong_day == of_another == no_code and "tidak membuka simpanan apa pun" in no_code
    assert not Event.objects.filter(event="member.own_accounts_seen").exists()


def test_a_new_code_takes_the_place_of_the_old_one_and_too_many_tries_are_stopped(till: Till, client: Client) -> None:
    old, new = till.code(0), till.code(0)
    assert MemberCode.objects.of(Cooperative.objects.in_village(KURIPAN).get()).count() == 1
    assert "tidak membuka" in main_of(read(client, old, "12-03-1990"))
    answers = [read(client, new, "01-01-1970").status_code for _ in range(5)]
    assert answers == [200] * 5
    assert read(client, new, "12-03-1990").status_code == 429


def test_who_left_reads_nothing_and_a_candidate_is_given_no_code(till: Till, client: Client) -> None:
    code, candidate = till.code(0), new_id()
    till.do(
        till.board, "apply_for_membership", member_id=candidate, on=ON, name="Calon Baru", nik="3307101207900088",
        birth_date="1990-07-12", address="Krajan", in_area=True, is_citizen=True,
    )  # fmt: skip
    with pytest.raises(Refusal) as refusal:
        till.do(till.board, "give_member_code", code_id=new_id(), member_id=candidate, on=ON)
    assert [reason.code for reason in refusal.value.reasons] == ["no_member"]
    row = MemberCode.objects.everywhere().get().member
    row.status, row.left_on, row.left_reason = "left", row.joined_on, "moved"
    row.save()
    assert "tidak membuka" in main_of(read(client, code, "12-03-1990"))


def test_a_stranger_gives_no_code(till: Till) -> None:
    """ "cooperative.give_member_code" belongs to the board and the treasurer of that cooperative."""
    for by in (
        person_of("cooperative_board", "32.12.16.2004"), person_of("cooperative_supervisor"), till.cashier,
        person_of("village_officer"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refusal:
            till.code(0, by)
        assert refusal.value.reasons[0].code == "not_found"
    assert not MemberCode.objects.everywhere().exists()
