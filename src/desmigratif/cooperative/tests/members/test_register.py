"""Joining: who may, when, and who stands beside a member."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.audit.models import Event, TimelineEntry
from desmigratif.cooperative.actions.ledger.posting import post_entry
from desmigratif.cooperative.models import ConnectedPerson, Cooperative, Member
from desmigratif.cooperative.queries.ledger.books import Chart
from desmigratif.cooperative.queries.members.register import compulsory_amounts, terms_on
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit
from desmigratif.cooperative.sealing import open_details, open_nik
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

Acting = Callable[..., dict[str, Any]]
NIK = "3307104107850001"
SINCE = date(2026, 9, 1)


@pytest.fixture
def apply(act: Acting, board: Actor, cooperative: Cooperative) -> Callable[..., UUID]:
    """Write a candidate into the register; anything may be given otherwise."""

    def applying(**otherwise: Any) -> UUID:
        member_id = otherwise.pop("member_id", None) or new_id()
        given = {
            "cooperative_id": cooperative.id, "on": date(2026, 9, 2), "name": "Siti Aminah", "nik": NIK,
            "birth_date": date(1985, 7, 1), "address": "Dusun Krajan RT 02", "in_area": True, "is_citizen": True,
        }  # fmt: skip
        by = otherwise.pop("by", board)
        act(by, "cooperative.apply_for_membership", member_id=member_id, **{**given, **otherwise})
        return member_id

    return applying


@pytest.fixture
def terms(act: Acting, board: Actor, cooperative: Cooperative) -> None:
    act(
        board, "cooperative.set_membership_terms", terms_id=new_id(), cooperative_id=cooperative.id, since=SINCE,
        principal_rupiah=100_000, compulsory_rupiah=20_000, decision="Rapat pembentukan 1 September 2026",
    )  # fmt: skip


@pytest.fixture
def pay_principal(cooperative: Cooperative, chart: Chart, working: Any, treasurer: Actor) -> Callable[..., None]:
    def paying(member_id: UUID, amount: int = 100_000) -> None:
        with working(treasurer):
            post_entry(
                cooperative,
                NewEntry(
                    new_id(), date(2026, 9, 2), "savings.deposited",
                    [debit(chart["cash"], amount), credit(chart["savings_principal"], amount, member_id)],
                ),
            )  # fmt: skip

    return paying


def code_of(refusal: pytest.ExceptionInfo[Refusal]) -> str:
    return refusal.value.reasons[0].code


def admit(act: Acting, by: Actor, cooperative: Cooperative, member_id: UUID, on: date = date(2026, 9, 3)) -> Any:
    return act(by, "cooperative.admit_member", cooperative_id=cooperative.id, member_id=member_id, on=on)


def test_a_candidate_becomes_a_member_with_the_next_number(
    act: Acting, board: Actor, cooperative: Cooperative, apply: Any, terms: None, pay_principal: Any
) -> None:
    first, second = apply(), apply(nik="3307104107850002", name="Budi Santoso")
    pay_principal(first)
    pay_principal(second)

    assert admit(act, board, cooperative, first)["number"] == 1
    assert admit(act, board, cooperative, second)["number"] == 2
    member = Member.objects.of(cooperative).get(id=first)
    assert (member.status, member.joined_on) == ("member", date(2026, 9, 3))
    assert Event.objects.filter(event="member.admitted", village_code=cooperative.village_code).count() == 2


def test_without_the_whole_simpanan_pokok_nobody_is_admitted(
    act: Acting, board: Actor, cooperative: Cooperative, apply: Any, terms: None, pay_principal: Any
) -> None:
    member_id = apply()
    pay_principal(member_id, 99_999)

    with pytest.raises(Refusal) as refusal:
        admit(act, board, cooperative, member_id)

    assert code_of(refusal) == "entry_savings"
    assert Member.objects.of(cooperative).get(id=member_id).status == "candidate"


def test_before_the_meeting_decided_nobody_is_admitted(
    act: Acting, board: Actor, cooperative: Cooperative, apply: Any
) -> None:
    with pytest.raises(Refusal) as refusal:
        admit(act, board, cooperative, apply())
    assert code_of(refusal) == "no_terms"


def test_nobody_is_admitted_twice_or_before_applying(
    act: Acting, board: Actor, cooperative: Cooperative, apply: Any, terms: None, pay_principal: Any
) -> None:
    member_id = apply()
    pay_principal(member_id)
    with pytest.raises(Refusal) as early:
        admit(act, board, cooperative, member_id, on=date(2026, 9, 1))
    admit(act, board, cooperative, member_id)
    with pytest.raises(Refusal) as again:
        admit(act, board, cooperative, member_id)
    assert (code_of(early), code_of(again)) == ("before_application", "not_a_candidate")


@pytest.mark.parametrize(
    ("otherwise", "code"),
    [
        ({"is_citizen": False}, "citizen"),
        ({"birth_date": date(2010, 1, 1)}, "age"),
        ({"in_area": False}, "area"),
        ({"on": date(2027, 1, 1)}, "date_in_future"),
    ],
)
def test_who_may_not_join_is_told_why(apply: Any, otherwise: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        apply(**otherwise)
    assert code_of(refusal) == code


def test_the_same_nik_stands_once_in_a_cooperative(
    apply: Any, act: Acting, cooperative: Cooperative, set_up: Callable[..., Cooperative]
) -> None:
    apply()
    with pytest.raises(Refusal) as refusal:
        apply(name="Siti Aminah Lagi")
    assert code_of(refusal) == "already_member"

    other = set_up()
    apply(cooperative_id=other.id)
    assert Member.objects.of(other).count() == 1


def test_nik_and_details_are_sealed_with_the_members_own_key(apply: Any, cooperative: Cooperative) -> None:
    member = Member.objects.of(cooperative).get(id=apply(phone="081234567890"))

    assert NIK.encode() not in bytes(member.nik_sealed) + bytes(member.details_sealed)
    assert open_nik(member, key_of(member.id)) == NIK
    assert open_details(member, key_of(member.id)) == {
        "birth_date": "1985-07-01", "address": "Dusun Krajan RT 02", "phone": "081234567890",
    }  # fmt: skip


def test_a_member_known_in_the_village_is_linked_to_the_family_and_seen_in_its_history(
    act: Acting, board: Actor, officer: Actor, cooperative: Cooperative, apply: Any, terms: None, pay_principal: Any
) -> None:
    household_id = new_id()
    member = {"resident_id": new_id(), "person_id": new_id(), "name": "SITI AMINAH", "nik": NIK, "sex": "F"}
    act(
        officer, "people.register_household", household_id=household_id, village_code=cooperative.village_code,
        on=date(2026, 9, 1), members=[member],
    )  # fmt: skip
    member_id = apply()
    pay_principal(member_id)

    admit(act, board, cooperative, member_id)

    resident = Resident.objects.in_village(cooperative.village_code).get(name="SITI AMINAH")
    assert Member.objects.of(cooperative).get(id=member_id).resident_id == resident.id
    line = TimelineEntry.objects.get(household_id=household_id, kind="member.admitted")
    assert line.params["cooperative"] == cooperative.name


def test_terms_hold_from_their_day_and_never_backwards(
    act: Acting, board: Actor, cooperative: Cooperative, terms: None
) -> None:
    def decide(since: date, compulsory: int) -> None:
        act(
            board, "cooperative.set_membership_terms", terms_id=new_id(), cooperative_id=cooperative.id, since=since,
            principal_rupiah=100_000, compulsory_rupiah=compulsory, decision="RAT",
        )  # fmt: skip

    decide(date(2027, 1, 1), 25_000)

    with pytest.raises(Refusal) as refusal:
        decide(date(2026, 12, 1), 30_000)
    assert code_of(refusal) == "not_after_last"
    before, after = terms_on(cooperative, date(2026, 12, 31)), terms_on(cooperative, date(2027, 1, 1))
    assert before is not None and before.compulsory_rupiah == 20_000
    assert after is not None and after.compulsory_rupiah == 25_000
    assert compulsory_amounts(cooperative) == [(SINCE, 20_000), (date(2027, 1, 1), 25_000)]
    assert terms_on(cooperative, date(2026, 8, 31)) is None


def test_who_stands_beside_a_member_is_ended_and_never_overwritten(
    act: Acting, board: Actor, cooperative: Cooperative, apply: Any
) -> None:
    member_id, connection_id = apply(), new_id()
    act(
        board, "cooperative.connect_person", connection_id=connection_id, cooperative_id=cooperative.id,
        member_id=member_id, kind="payer", name="Joko", relation="suami", country="HKG", on=date(2026, 9, 5),
    )  # fmt: skip

    def end(on: date) -> None:
        act(board, "cooperative.disconnect_person", connection_id=connection_id, cooperative_id=cooperative.id, on=on)

    with pytest.raises(Refusal) as early:
        end(date(2026, 9, 4))
    end(date(2026, 10, 5))
    with pytest.raises(Refusal) as again:
        end(date(2026, 10, 6))

    assert (code_of(early), code_of(again)) == ("before_start", "ended_already")
    row = ConnectedPerson.objects.of(cooperative).get(id=connection_id)
    assert (row.country, row.until) == ("HKG", date(2026, 10, 5))
    assert not ConnectedPerson.objects.of(cooperative).standing().exists()


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("set_membership_terms", {"terms_id": new_id(), "since": SINCE, "principal_rupiah": 1, "compulsory_rupiah": 0,
                                  "decision": "RAT"}),
        ("apply_for_membership", {"member_id": new_id(), "on": SINCE, "name": "Aa", "nik": NIK, "address": "x",
                                  "birth_date": date(1985, 7, 1), "in_area": True, "is_citizen": True}),
        ("admit_member", {"member_id": new_id(), "on": SINCE}),
        ("connect_person", {"connection_id": new_id(), "member_id": new_id(), "kind": "heir", "name": "Aa",
                            "relation": "anak", "on": SINCE}),
        ("disconnect_person", {"connection_id": new_id(), "on": SINCE}),
    ],
)  # fmt: skip
def test_a_stranger_finds_nothing(
    act: Acting, cooperative: Cooperative, cashier: Actor, stranger: Actor, action: str, given: dict[str, Any]
) -> None:
    """Neither another village nor a role without the right."""
    for by in (stranger, cashier):
        with pytest.raises(Refusal) as refusal:
            act(by, f"cooperative.{action}", cooperative_id=cooperative.id, **given)
        assert code_of(refusal) == "not_found"
