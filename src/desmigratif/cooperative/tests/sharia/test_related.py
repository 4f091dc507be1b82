"""Whoever sits in the board or among the supervisors gets a contract like a loan: both boards agree, within a tenth."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor, person
from desmigratif.cooperative.models import Cooperative, Meeting, Member, OfficeTerm, ShariaContract
from desmigratif.cooperative.queries.loans.limits import lending_figures
from desmigratif.cooperative.tests.market import KURIPAN, SINCE, TODAY
from desmigratif.cooperative.tests.sharia.conftest import MURABAHAH, QARDH, Souk
from desmigratif.shared.ids import new_id

SALE = {**MURABAHAH, "amount_rupiah": 500_000, "margin_rupiah": 50_000}


def elected(souk: Souk, member: UUID) -> None:
    """A meeting made the member a supervisor."""
    day = {"invited_on": SINCE, "on": SINCE, "at": "09.00", "place": "Balai desa", "needed": 1, "present": 1}
    common = {"village_code": KURIPAN, "cooperative": souk.cooperative}
    held = Meeting.objects.create(id=new_id(), **common, kind="extraordinary", status="held", **day)
    OfficeTerm.objects.create(
        id=new_id(), **common, meeting=held, member_id=member, office="supervisor", since=SINCE, until="2029-09-01"
    )


def supervisor_of(souk: Souk) -> Actor:
    return person(new_id(), "Orang Koperasi", ("cooperative_supervisor", KURIPAN))


def answer(contract: UUID, **given: Any) -> dict[str, Any]:
    return {"contract_id": contract, "on": TODAY, "answer": "yes", "decision": "Usahanya jelas", **given}


def own_capital(souk: Souk) -> int:
    member = Member.objects.of(souk.cooperative).get(id=souk.siti)
    return lending_figures(souk.cooperative, member, TODAY, but=new_id()).own_capital


def test_a_contract_of_a_related_party_waits_for_the_supervisors_and_leaves_a_trace_of_both(souk: Souk) -> None:
    id, supervisor = souk.asked("murabahah", **SALE), supervisor_of(souk)
    elected(souk, souk.siti)
    assert souk.refused(souk.board, "decide_contract", **answer(id)) == "related_party_approval"
    souk.do(supervisor, "agree_to_related_contract", contract_id=id, on=TODAY)
    assert souk.refused(supervisor, "agree_to_related_contract", contract_id=id, on=TODAY) == "said_already"
    souk.do(souk.board, "decide_contract", **answer(id))
    row = ShariaContract.objects.of(souk.cooperative).get(id=id)
    assert (row.status, row.related_roles, row.supervisors_agreed_by) == ("agreed", ["supervisors"], supervisor.id)


def test_related_parties_together_have_a_tenth_whatever_the_contract_is_called(souk: Souk) -> None:
    tenth, supervisor = own_capital(souk) // 10, supervisor_of(souk)
    first = souk.asked("mudharabah", goods="Warung", amount_rupiah=tenth, share_percent=40, related_roles=("board",))
    second = souk.asked("qardh", **{**QARDH, "amount_rupiah": 1_000}, related_roles=("board",))
    for id in (first, second):
        souk.do(supervisor, "agree_to_related_contract", contract_id=id, on=TODAY)
    souk.do(souk.board, "decide_contract", **answer(first))  # not handed out yet, and it counts
    assert souk.refused(souk.board, "decide_contract", **answer(second)) == "related_party_limit"
    souk.money("hand_out_financing", contract_id=first, amount_rupiah=tenth)
    assert souk.refused(souk.board, "decide_contract", **answer(second)) == "related_party_limit"
    souk.money("take_contract_payment", contract_id=first, amount_rupiah=1_000)
    souk.do(souk.board, "decide_contract", **answer(second))


def test_the_benevolent_fund_asks_both_boards_and_no_part_of_the_capital(souk: Souk) -> None:
    given = {**QARDH, "source": "benevolent", "amount_rupiah": own_capital(souk), "related_roles": ("supervisors",)}
    id = souk.asked("qardh", **given)
    assert souk.refused(souk.board, "decide_contract", **answer(id)) == "related_party_approval"
    souk.do(supervisor_of(souk), "agree_to_related_contract", contract_id=id, on=TODAY)
    souk.do(souk.board, "decide_contract", **answer(id))


def test_who_gains_from_a_contract_does_not_agree_to_it_and_a_no_needs_nobody_else(souk: Souk) -> None:
    id = souk.asked("murabahah", **SALE, related_roles=("board",))
    assert souk.refused(souk.board, "decide_contract", **answer(id, has_interest=True)) == "own_interest"
    souk.do(souk.board, "decide_contract", **answer(id, answer="no"))
    assert souk.refused(supervisor_of(souk), "agree_to_related_contract", contract_id=id, on=TODAY) == (
        "decided_already"
    )


def test_an_officer_is_known_in_the_books_of_a_unit_and_the_whole_body_is_counted(souk: Souk) -> None:
    unit_id, there = new_id(), new_id()
    souk.do(souk.board, "open_unit", unit_id=unit_id, name="Unit Dua", on=TODAY, is_sharia=True, decision="Rapat")
    souk.do(souk.board, "serve_in_unit", cooperative_id=unit_id, member_id=there, served_id=souk.siti, on=TODAY)
    elected(souk, souk.siti)
    unit = Cooperative.objects.in_village(KURIPAN).get(id=unit_id)
    venture = souk.asked("mudharabah", goods="Warung", amount_rupiah=1_000_000, share_percent=40)
    asked = {**QARDH, "cooperative_id": unit_id, "contract_id": new_id(), "member_id": there, "on": TODAY}
    souk.do(souk.cashier, "ask_for_contract", kind="qardh", **asked)
    row = ShariaContract.objects.of(unit).get(id=asked["contract_id"])
    assert row.related_roles == ["supervisors"]
    souk.do(supervisor_of(souk), "agree_to_related_contract", contract_id=venture, on=TODAY)
    souk.do(souk.board, "decide_contract", **answer(venture))
    figures = lending_figures(unit, Member.objects.of(unit).get(id=there), TODAY, but=new_id())
    assert (figures.own_capital, figures.related_lent, figures.borrower_lent) == (
        own_capital(souk), 1_000_000, 1_000_000,
    )  # fmt: skip


def test_a_contract_of_somebody_else_needs_no_supervisor_and_no_stranger_speaks_for_them(souk: Souk) -> None:
    id = souk.asked("murabahah", **SALE)
    assert souk.refused(supervisor_of(souk), "agree_to_related_contract", contract_id=id, on=TODAY) == "not_related"
    other = person(new_id(), "Orang Lain", ("cooperative_supervisor", "32.12.16.2004"))
    verb = "cooperative.agree_to_related_contract".removeprefix("cooperative.")
    for nobody in (souk.board, souk.treasurer, other):
        assert souk.refused(nobody, verb, contract_id=id, on=TODAY) == "not_found"
