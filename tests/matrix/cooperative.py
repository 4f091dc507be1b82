"""The cooperative of Kuripan: Kanarina and Cucakrowo are its members, and there is one of each of its things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.cooperative.models import Account, Cooperative, GroupSeat, SavingsDistribution
from desmigratif.shared.ids import new_id
from matrix.people import PLACES

Ids = dict[str, Any]
KURIPAN, TODAY = PLACES["own"], date(2026, 11, 23)


def make_cooperative(ids: Ids, now: datetime, kanarina_nik: str) -> None:
    """Kanarina saves; Cucakrowo has a term; a candidate has paid. The cashier's till is open."""
    names = ("cooperative_id", "product_id", "term_product", "member_id", "saver", "candidate_id", "account_id")
    ids |= {key: new_id() for key in (*names, "connection_id", "slip_id", "import_id")}
    board, cashier = _of_cooperative("board"), _of_cooperative("cashier")
    since, on = "2026-09-01", "2026-11-23"

    def do_it(by: Actor, verb: str, **given: Any) -> None:
        content = {"cooperative_id": ids["cooperative_id"], **given}
        do(by, f"cooperative.{verb}", content, now=now, act_id=new_id())

    named = {"name": "Koperasi Kenari", "kind": "cooperative", "opened_on": since, "village_code": KURIPAN}
    do_it(board, "set_up_cooperative", **named)
    decided = {"since": since, "decision": "Rapat"}
    do_it(
        board, "set_membership_terms", terms_id=new_id(), principal_rupiah=100_000, compulsory_rupiah=20_000, **decided
    )
    do_it(board, "set_money_limit", limit_id=new_id(), second_person_above_rupiah=10**7, **decided)
    for key, kind, months in (("product_id", "voluntary", None), ("term_product", "term", 6)):
        do_it(
            board, "add_savings_product", product_id=ids[key], name=f"Simpanan {kind}", kind=kind, since=since,
            annual_percent="4", term_months=months,
        )  # fmt: skip
    do_it(cashier, "open_till", till_id=new_id(), on=on, opening_rupiah=0)
    people = (("member_id", "Kanarina Wulandari", kanarina_nik), ("saver", "Cucakrowo Sari", "3307100302880417"))
    for key, name, nik in (*people, ("candidate_id", "Kanarina Calon", "3307100101700419")):
        do_it(
            board, "apply_for_membership", member_id=ids[key], on=on, name=name, nik=nik, birth_date="1985-07-01",
            address="Jalan Burung Kenari 9", in_area=True, is_citizen=True,
        )  # fmt: skip
        paid = {"member_id": ids[key], "kind": "entry", "amount_rupiah": 100_000}
        do_it(cashier, "pay_capital", entry_id=new_id(), on=on, **paid)
    for key, account, product in (("member_id", "savings", "product_id"), ("saver", "account_id", "term_product")):
        do_it(board, "admit_member", member_id=ids[key], on=on)
        ids |= {account: new_id(), "slip_id": new_id()}
        saves = {"account_id": ids[account], "on": on}
        do_it(cashier, "open_savings_account", member_id=ids[key], product_id=ids[product], **saves)
        do_it(cashier, "deposit", entry_id=ids["slip_id"], amount_rupiah=500_000, **saves)
    do_it(
        board, "connect_person", connection_id=ids["connection_id"], member_id=ids["member_id"], kind="heir",
        name="Kenariman Adi", relation="suami", on=on,
    )  # fmt: skip
    ids |= {"goal_product": new_id(), "goal_account_id": new_id()}
    do_it(
        board, "add_savings_product", product_id=ids["goal_product"], name="Simpanan sekolah", kind="purpose",
        since=since, annual_percent="4",
    )  # fmt: skip
    do_it(
        cashier, "open_savings_account", account_id=ids["goal_account_id"], member_id=ids["member_id"],
        product_id=ids["goal_product"], on=on, purpose="Sekolah anak", target_rupiah=1_000_000,
        target_on="2027-07-01", planned_monthly_rupiah=100_000,
    )  # fmt: skip
    _loan(ids, do_it)
    _business(ids, do_it)
    _meeting(ids, do_it)
    _unit(ids, do_it)
    ids["fixed_asset_id"] = new_id()
    bought = {"name": "Lemari kenari", "acquired_on": since, "cost_rupiah": 900_000, "life_months": 48}
    do_it(_of_cooperative("treasurer"), "record_fixed_asset", asset_id=ids["fixed_asset_id"], **bought)
    found = Cooperative.objects.in_village(KURIPAN).get(id=ids["cooperative_id"])
    ids["ledger_id"] = Account.objects.of(found).get(use="cash").id


def _loan(ids: Ids, do_it: Callable[..., None]) -> None:
    """Kanarina borrowed, by the word of two of the board, and paid a little once."""
    on = "2026-11-23"
    ids |= {"loan_id": new_id(), "event_id": new_id(), "loan_product_id": new_id()}
    board, cashier, loan_product = _of_cooperative("board"), _of_cooperative("cashier"), ids["loan_product_id"]
    other = person(new_id(), "Orang pengurus", ("cooperative_board", KURIPAN))
    offer = {"method": "declining", "annual_percent": "12", "most_rupiah": 300_000, "most_instalments": 12}
    do_it(board, "add_loan_product", product_id=loan_product, name="Modal warung", since="2026-09-01", offer=offer)
    of = {"loan_id": ids["loan_id"], "on": on}
    do_it(
        cashier, "apply_for_loan", **of, member_id=ids["saver"], product_id=loan_product, amount_rupiah=300_000,
        instalments=10, purpose="Modal warung",
    )  # fmt: skip
    do_it(cashier, "record_loan_survey", **of, survey="Warungnya ramai sekali")
    for who in (board, other):
        do_it(who, "approve_loan", **of, approval_id=new_id())
    do_it(cashier, "disburse_loan", **of, entry_id=new_id())
    do_it(cashier, "take_instalment", **of, entry_id=ids["event_id"], amount_rupiah=10_000)


def _business(ids: Ids, do_it: Callable[..., None]) -> None:
    """The two members are a group with a business, capital, a saver and a result; goods were bought and left."""
    on = "2026-11-23"
    names = ("group_id", "seat_id", "business_id", "stake_id", "result_id", "purchase_id", "order_id")
    ids |= {key: new_id() for key in (*names, "agreement_id", "consignment_id", "business_move_id")}
    board, cashier = _of_cooperative("board"), _of_cooperative("cashier")
    other = person(new_id(), "Orang bendahara", ("cooperative_treasurer", KURIPAN))
    members = [ids["member_id"], ids["saver"]]
    do_it(board, "form_group", group_id=ids["group_id"], name="Kelompok Kenari", on="2026-09-01", member_ids=members)
    seats = GroupSeat.objects.in_village(KURIPAN).filter(member_id=ids["saver"])
    seats.update(id=ids["seat_id"])
    do_it(
        board, "open_business", business_id=ids["business_id"], name="Kandang kenari", on="2026-09-01",
        group_id=ids["group_id"], share_percent="40",
    )  # fmt: skip
    stakes = [{"stake_id": ids["stake_id"], "amount_rupiah": 200_000, "member_id": ids["member_id"]}]
    do_it(
        board, "agree_on_capital", agreement_id=ids["agreement_id"], business_id=ids["business_id"], number="MP-1",
        on=on, share_percent="20", stakes=stakes,
    )  # fmt: skip
    cash = {"on": on, "way": "cash"}
    do_it(cashier, "pay_in_stake", entry_id=new_id(), stake_id=ids["stake_id"], amount_rupiah=100_000, **cash)
    agreed = new_id()
    capital = {"amount_rupiah": 100_000, "on": on}
    do_it(board, "approve_business_payout", approval_id=agreed, subject_id=ids["business_id"], **capital)
    paid = {"entry_id": new_id(), "business_id": ids["business_id"], "approval_id": agreed}
    do_it(cashier, "hand_out_capital", **paid, **capital, way="cash")
    do_it(
        other, "record_business_result", entry_id=ids["result_id"], business_id=ids["business_id"],
        first_on="2026-10-01", last_on="2026-10-31", on=on, result_rupiah=50_000, memo="Hasil Oktober",
    )  # fmt: skip
    do_it(
        board, "open_purchase", purchase_id=ids["purchase_id"], goods="Pakan", unit="karung", price_rupiah=110_000,
        on=on, order_until=on,
    )  # fmt: skip
    wants = {"order_id": ids["order_id"], "on": on}
    do_it(cashier, "order_goods", **wants, purchase_id=ids["purchase_id"], member_id=ids["member_id"], quantity=2)
    bought = {"purchase_id": ids["purchase_id"], "quantity": 2, "amount_rupiah": 200_000}
    do_it(cashier, "buy_goods", entry_id=new_id(), **bought, **cash)
    do_it(cashier, "hand_out_goods", entry_id=new_id(), **wants, quantity=1)
    left = {"consignment_id": ids["consignment_id"], "on": on, "quantity": 5}
    do_it(
        cashier, "receive_goods", **left, member_id=ids["saver"], goods="Sangkar", unit="buah", price_rupiah=20_000,
        commission_percent="10",
    )  # fmt: skip
    do_it(cashier, "sell_goods", entry_id=ids["business_move_id"], **{**left, "quantity": 2}, way="cash")


def _unit(ids: Ids, do_it: Callable[..., None]) -> None:
    """A sharia unit serves Kanarina, who asks for a cage by murabahah; nobody has decided."""
    on = "2026-11-23"
    ids |= {"unit_id": new_id(), "contract_id": new_id(), "distribution_id": new_id()}
    board, unit = _of_cooperative("board"), {"cooperative_id": ids["unit_id"], "on": on}
    do_it(board, "open_unit", unit_id=ids["unit_id"], name="Unit Kenari", on=on, is_sharia=True, decision="Rapat")
    served = new_id()
    do_it(board, "serve_in_unit", **unit, member_id=served, served_id=ids["member_id"])
    do_it(
        _of_cooperative("cashier"), "ask_for_contract", **unit, contract_id=ids["contract_id"], member_id=served,
        kind="murabahah", goods="Sangkar", amount_rupiah=100_000, margin_rupiah=10_000, instalments=5,
        first_due_on="2026-12-23",
    )  # fmt: skip
    nothing = dict.fromkeys(
        (
            "margin_rupiah", "profit_share_rupiah", "rent_rupiah", "loss_rupiah", "savers_average_rupiah",
            "at_work_average_rupiah", "pool_rupiah", "savers_rupiah", "account_count",
        ),
        0,
    )  # fmt: skip
    SavingsDistribution.objects.create(  # a month without income, prepared by somebody of the past
        id=ids["distribution_id"], village_code=KURIPAN, cooperative_id=ids["unit_id"], last_on="2026-10-31",
        prepared_on="2026-11-02", prepared_by=new_id(), **nothing,
    )  # fmt: skip


def _meeting(ids: Ids, do_it: Callable[..., None]) -> None:
    """Whom both members sent came to a meeting that has begun; it decided once and chose a chair."""
    board, on = _of_cooperative("board"), "2026-11-23"
    of = {"meeting_id": ids.setdefault("meeting_id", new_id())}
    do_it(
        board, "call_meeting", **of, kind="extraordinary", invited_on="2026-11-10", on=on, at="09.00",
        place="Balai desa", matters=["Pemilihan pengurus"], delegates_each=2,
    )  # fmt: skip
    group = {"group_id": ids.setdefault("delegate_group_id", new_id())}
    do_it(board, "form_delegate_group", **of, **group, name="Kelompok Kenari", numbers="1-9")
    do_it(
        board, "choose_delegates", **group, met_on="2026-11-20", place="Balai desa", present=2, delegates=[1],
        led_by="Kenariman Adi", written_by="Kenariman Adi",
    )  # fmt: skip
    seats = [{"member_id": ids["member_id"], "way": "in_person"}]
    do_it(board, "record_attendance", **of, seats=seats)
    do_it(board, "write_report", **of, report_id=new_id(), text="Koperasi berjalan sejak September.")
    do_it(board, "open_meeting", **of)
    do_it(board, "decide", **of, decision_id=new_id(), kind="other", text="Pengurus dipilih.", is_unanimous=True)
    do_it(board, "elect", **of, term_id=new_id(), number=1, office="chair", since=on, until="2029-11-23")


def _of_cooperative(office: str) -> Actor:
    """The person of the matrix who holds an office of the cooperative in Kuripan."""
    return actor_for(User.objects.get(username=f"cooperative_{office}.own"), today=TODAY)
