"""Bringing the paper books in: every wrong cell has its sentence, and it is written once, whole, and adds up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.audit.models import Event, TimelineEntry
from desmigratif.cooperative.importing import Tried, try_workbook, write_workbook
from desmigratif.cooperative.models import Cooperative, Loan, Member, MoneySlip, OpeningImport, SavingsAccount
from desmigratif.cooperative.queries.ledger.books import chart_of, trial_balance
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.loans.standing import state_of
from desmigratif.cooperative.queries.overview import arrears_of_all
from desmigratif.cooperative.queries.savings.accounts import savings_of
from desmigratif.cooperative.rules.opening_sheet.write import workbook_bytes
from desmigratif.cooperative.sealing import open_details, open_nik
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

Acting = Callable[..., dict[str, Any]]
Sheets = dict[str, list[list[object]]]
ON, OPENED, TODAY = date(2026, 10, 31), date(2026, 9, 1), date(2026, 11, 23)
SITI = "3307104107850001"


def sheets(**other: list[list[object]]) -> Sheets:
    """Three members, two kinds of savings, a loan of each method, and a trial balance that adds up."""
    usual: Sheets = {
        "Anggota": [
            [7, "Siti Aminah", SITI, "P", "Wonosobo", date(1985, 7, 1), "Pedagang", "Krajan", "", date(2020, 3, 2),
             100_000, 1_500_000],
            [8, "Budi Santoso", "3307100102800002", "L", "", "01-02-1980", "", "Kauman", "", date(2021, 1, 5),
             "100.000", 900_000, date(2026, 8, 31)],
            [9, "Tri Wahyuni", "3307104203900003", "P", "", date(1990, 3, 2), "", "Krajan", "", date(2022, 1, 5),
             100_000, 0],
        ],
        "Simpanan": [
            [7, "Simpanan Sukarela", 2_000_000],
            [8, "Simpanan Berjangka", 5_000_000, date(2026, 8, 15), 5, "Pokok diperpanjang"],
            [9, "Simpanan Sekolah", 300_000, "", "", "", "Sekolah anak", 3_000_000, date(2027, 7, 1)],
        ],
        "Pinjaman": [
            [8, "Pinjaman Usaha", date(2026, 5, 10), 1_000_000, 600_000, 6, date(2026, 11, 10)],
            [9, "Pinjaman Rata", date(2026, 3, 20), 1_200_000, 700_000, 7, date(2026, 9, 20), "", "Warung"],
        ],
        "Neraca": [
            ["1-1001", "Kas", 1_500_000], ["1-1101", "Bank", 8_000_000], ["1-1301", "Piutang", 1_300_000],
            ["2-1101", "Sukarela", 2_000_000], ["3-1101", "Pokok", 300_000], ["3-1102", "Wajib", 2_400_000],
            ["3-1401", "Cadangan", 800_000],
        ],
    }  # fmt: skip
    return {**usual, **other}


@pytest.fixture
def decided(act: Acting, board: Actor, cooperative: Cooperative) -> Cooperative:
    """What the members and the board decided before the paper books come in."""

    def do(verb: str, **given: Any) -> None:
        act(board, f"cooperative.{verb}", cooperative_id=cooperative.id, **given)

    do(
        "set_membership_terms", terms_id=new_id(), since=OPENED, principal_rupiah=100_000, compulsory_rupiah=20_000,
        decision="Rapat anggota",
    )  # fmt: skip
    for name, kind, more in (
        ("Simpanan Sukarela", "voluntary", {}), ("Simpanan Berjangka", "term", {"term_months": 6}),
        ("Simpanan Sekolah", "purpose", {}),
    ):  # fmt: skip
        do(
            "add_savings_product", product_id=new_id(), name=name, kind=kind, since=OPENED, annual_percent=Decimal(4),
            **more,
        )  # fmt: skip
    for name, method, percent in (("Pinjaman Usaha", "declining", "18"), ("Pinjaman Rata", "flat", "12")):
        offer = {"method": method, "annual_percent": percent, "most_rupiah": 5_000_000, "most_instalments": 12}
        do("add_loan_product", product_id=new_id(), name=name, since=OPENED, offer=offer)
    return cooperative


@pytest.fixture
def bring(decided: Cooperative, treasurer: Actor, now: Any) -> Callable[..., dict[str, Any]]:
    def bringing(filled: Sheets | None = None, *, by: Actor = treasurer, on: date = ON) -> dict[str, Any]:
        content = workbook_bytes(filled or sheets())
        return write_workbook(
            content, decided, on, by=by, now=now, import_id=new_id(), act_id=new_id(), file_name="buku.xlsx"
        )  # fmt: skip

    return bringing


def member(cooperative: Cooperative, number: int) -> Member:
    return Member.objects.of(cooperative).select_related("cooperative").get(number=number)


def tried(cooperative: Cooperative, **other: list[list[object]]) -> Tried:
    return try_workbook(workbook_bytes(sheets(**other)), cooperative, ON)


def test_a_whole_workbook_has_nothing_against_it_and_writes_nothing(decided: Cooperative) -> None:
    found = tried(decided)

    assert (list(found.messages), found.totals.difference_rupiah) == ([], 0)
    assert (found.totals.members, found.totals.savings, found.totals.loans) == (3, 3, 2)
    assert not Member.objects.of(decided).exists()


def test_once_written_the_trial_balance_is_that_of_the_sheet(decided: Cooperative, bring: Any) -> None:
    answer = bring()

    lines = {line.code: line.balance_rupiah for line in trial_balance(decided, ON)}
    assert lines == {
        "1-1001": 1_500_000, "1-1101": 8_000_000, "1-1301": 1_300_000, "2-1101": 2_000_000, "2-1102": 5_000_000,
        "2-1103": 300_000, "3-1101": 300_000, "3-1102": 2_400_000, "3-1401": 800_000,
    }  # fmt: skip
    assert (answer["debit_rupiah"], answer["difference_rupiah"]) == (10_800_000, 0)
    assert verify_books(decided.id).broken == ()
    assert Event.objects.filter(event="opening.imported").count() == 1


def test_members_keep_their_number_day_and_sealed_details(decided: Cooperative, bring: Any) -> None:
    bring()

    siti = member(decided, 7)
    assert (siti.name, siti.joined_on, siti.status) == ("Siti Aminah", date(2020, 3, 2), "member")
    assert open_nik(siti, key_of(siti.id)) == SITI
    assert open_details(siti, key_of(siti.id))["occupation"] == "Pedagang"
    slips = MoneySlip.objects.of(decided).filter(member=siti)
    assert sorted(one.balance_rupiah for one in slips) == [100_000, 1_500_000, 2_000_000]


def test_only_months_after_the_paper_books_are_open_of_the_simpanan_wajib(decided: Cooperative, bring: Any) -> None:
    bring()

    owed = arrears_of_all(decided, TODAY)
    assert owed[member(decided, 7).id] == 20_000  # November
    assert owed[member(decided, 8).id] == 60_000  # paid until August, as the sheet says
    assert savings_of(decided, member(decided, 8), TODAY).arrears_rupiah == 60_000


def test_a_term_goes_on_as_it_began_and_a_goal_keeps_what_it_is_for(decided: Cooperative, bring: Any) -> None:
    bring()

    term = SavingsAccount.objects.of(decided).get(product__kind="term")
    assert (term.term_from, term.matures_on) == (date(2026, 8, 15), date(2027, 2, 15))
    assert (term.annual_percent, term.roll_over) == (Decimal(5), "principal")
    goal = SavingsAccount.objects.of(decided).get(product__kind="purpose")
    assert (goal.purpose, goal.target_rupiah) == ("Sekolah anak", 3_000_000)


def test_a_loan_goes_on_with_what_is_left_of_it(decided: Cooperative, bring: Any) -> None:
    bring()

    declining, flat = Loan.objects.of(decided).order_by("amount_rupiah")
    state = state_of(declining, ON)
    assert (state.principal_outstanding, state.arrears_days) == (600_000, 0)
    assert [line.asked.interest for line in state.lines][:2] == [9_000, 7_500]
    late = state_of(flat, ON)
    assert late.principal_outstanding == 700_000
    assert {line.asked.interest for line in late.lines} == {12_000}  # of the 1.200.000 that were lent
    assert flat.next_due_on == date(2026, 9, 20) and late.arrears_days > 30


def test_an_instalment_of_a_loan_from_the_paper_books_is_taken(
    decided: Cooperative, bring: Any, act: Acting, cashier: Actor
) -> None:
    bring()
    loan = Loan.objects.of(decided).order_by("amount_rupiah")[0]
    common = {"cooperative_id": decided.id, "on": TODAY}
    act(cashier, "cooperative.open_till", till_id=new_id(), opening_rupiah=1_500_000, **common)

    slip = act(
        cashier, "cooperative.take_instalment", entry_id=new_id(), loan_id=loan.id, amount_rupiah=109_000, **common
    )  # fmt: skip

    assert slip["balance_rupiah"] == 500_000
    lines = {line.code: line.balance_rupiah for line in trial_balance(decided, TODAY)}
    assert (lines["1-1301"], lines["4-1101"], lines["1-1001"]) == (1_200_000, 9_000, 1_609_000)


def test_a_member_known_in_the_village_is_linked_to_the_family(
    decided: Cooperative, bring: Any, act: Acting, officer: Actor
) -> None:
    household_id, person = new_id(), {"resident_id": new_id(), "person_id": new_id(), "name": "SITI AMINAH", "sex": "F"}
    act(
        officer, "people.register_household", household_id=household_id, village_code=decided.village_code,
        on=OPENED, members=[{**person, "nik": SITI}],
    )  # fmt: skip

    bring()

    resident = Resident.objects.in_village(decided.village_code).get(name="SITI AMINAH")
    assert member(decided, 7).resident_id == resident.id
    assert TimelineEntry.objects.filter(household_id=household_id, kind="member.admitted").exists()


WRONG = [
    ("Anggota", [7, "S", SITI, "X", "", "31-02-1985", "", "", "", "kemarin", "Rp1,5", -3], 7),
    ("Anggota", [8, "Ani", "330710", "P", "", date(1990, 1, 1), "", "Krajan", "", date(2020, 1, 1), 100_000, 0], 1),
    ("Anggota", [8, "Ani", 3307104107850000.0, "P", "", date(1990, 1, 1), "", "K", "", ON, 100_000, 0], 1),
    ("Anggota", [8, "Ani", "3307104107900009", "P", "", date(2015, 1, 1), "", "Krajan", "", ON, 100_000, 0], 1),
    ("Anggota", [8, "Ani", "3307104107900009", "P", "", date(1990, 1, 1), "", "Krajan", "", TODAY, 100_000, 0], 1),
    ("Simpanan", [70, "Simpanan Sukarela", 10_000], 1),
    ("Simpanan", [7, "Simpanan Lain", 10_000], 1),
    ("Simpanan", [7, "Simpanan Berjangka", 10_000], 1),
    ("Simpanan", [7, "Simpanan Sekolah", 10_000], 1),
    ("Simpanan", [7, "Simpanan Sukarela", 10_000], 1),
    ("Pinjaman", [7, "Pinjaman Usaha", date(2026, 5, 1), 100_000, 200_000, 5, date(2026, 11, 1)], 1),
    ("Pinjaman", [7, "Pinjaman Lain", date(2026, 5, 1), 100_000, 50_000, 5, date(2026, 4, 1)], 2),
    ("Pinjaman", [7, "Pinjaman Usaha", TODAY, 100_000, 50_000, 5.5, date(2026, 12, 1)], 1),
    ("Neraca", ["9-9999", "Entah", 1], 1),
    ("Neraca", ["1-1001", "Kas", 5], 2),
    ("Neraca", ["3-1901", "Penyeimbang", 5], 1),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "row", "count"), WRONG)
def test_every_wrong_cell_has_a_sentence_with_its_sheet_row_and_column(
    decided: Cooperative, sheet: str, row: list[object], count: int
) -> None:
    rows = [*sheets()[sheet], row]
    number = len(rows) + 1

    errors = [said for said in tried(decided, **{sheet: rows}).errors if said.row == number or said.sheet == "Neraca"]

    of_row = [said for said in errors if said.sheet == sheet]
    assert len(of_row) >= count
    assert all(said.column and said.text and said.text[0].isupper() for said in of_row)


def test_the_total_of_an_account_must_be_that_of_its_parts(decided: Cooperative) -> None:
    balances = [["1-1001", "Kas", 1_500_000], ["2-1101", "Sukarela", 2_000_001]]

    (said,) = tried(decided, Neraca=balances).errors

    assert (said.code, said.row) == ("parts_differ", 3)
    assert "Rp2.000.001" in said.text and "Rp2.000.000" in said.text


def test_what_does_not_balance_is_said_and_stands_in_one_account(decided: Cooperative, bring: Any) -> None:
    short = sheets(Neraca=[["1-1001", "Kas", 1_000_000]])
    (said,) = tried(decided, Neraca=short["Neraca"]).messages
    assert (said.code, said.is_error) == ("unbalanced", False)

    answer = bring(short)

    lines = {line.code: line.balance_rupiah for line in trial_balance(decided, ON)}
    assert lines["3-1901"] == answer["difference_rupiah"] == 1_000_000 + 1_300_000 - 10_000_000


def test_it_is_brought_in_once_and_only_into_empty_books(decided: Cooperative, bring: Any) -> None:
    bring()

    with pytest.raises(Refusal) as refusal:
        bring()

    assert refusal.value.reasons[0].code == "imported_already"
    assert OpeningImport.objects.of(decided).count() == 1
    assert Member.objects.of(decided).count() == 3


def test_books_that_hold_something_take_no_workbook(
    decided: Cooperative, bring: Any, act: Acting, treasurer: Actor
) -> None:
    chart = chart_of(decided)
    legs = [
        {"account_id": chart["cash"], "debit_rupiah": 1_000}, {"account_id": chart["grants"], "credit_rupiah": 1_000},
    ]  # fmt: skip
    act(
        treasurer, "cooperative.post_manual_entry", entry_id=new_id(), cooperative_id=decided.id, on=OPENED,
        memo="Hibah", legs=legs,
    )  # fmt: skip

    with pytest.raises(Refusal) as refusal:
        bring()

    assert refusal.value.reasons[0].code == "books_in_use"
    assert not Member.objects.of(decided).exists()


def test_a_wrong_workbook_is_refused_at_the_door_too(decided: Cooperative, bring: Any) -> None:
    wrong = sheets(Simpanan=[[70, "Simpanan Sukarela", 10_000]])

    with pytest.raises(Refusal) as refusal:
        bring(wrong)

    codes = {reason.code for reason in refusal.value.reasons}
    assert codes == {"closed_loop", "parts_differ"}
    assert not Member.objects.of(decided).exists() and trial_balance(decided, ON) == []


def test_a_stranger_brings_nothing_in(bring: Any, decided: Cooperative, stranger: Actor, cashier: Actor) -> None:
    for by in (stranger, cashier):  # "cooperative.import_opening"
        with pytest.raises(Refusal) as refusal:
            bring(by=by)
        assert refusal.value.reasons[0].code == "not_found"
    assert not Member.objects.of(decided).exists()
