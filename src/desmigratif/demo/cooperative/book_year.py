"""What the demo cooperative has for its first book year: things that last, and how its articles share the surplus."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desmigratif.cooperative.models import Account
from desmigratif.shared.ids import new_id

if TYPE_CHECKING:
    from desmigratif.demo.cooperative.affairs import CooperativeAffairs

LASTING = (("Lemari arsip besi", 1_440_000, 96), ("Cetak struk dan komputer bekas", 2_160_000, 48))
FUNDS = {
    "reserve_general": "40", "members_by_savings": "20", "members_by_use": "20", "fund_board": "5", "fund_staff": "5",
    "fund_education": "5", "fund_social": "5",
}  # fmt: skip
PLAN = {
    "loan_interest": 150_000, "trade_member": 60_000, "business_result": 200_000, "savings_interest": 40_000,
    "participation_result": 150_000, "depreciation_expense": 60_000, "other_cost": 50_000,
}  # fmt: skip


def begin_book_year(affairs: CooperativeAffairs) -> None:
    """Bought through the bank some days ago, and put on the list; the articles of the founding meeting."""
    affairs.act(
        affairs.board, "set_surplus_rule", affairs.today, rule_id=new_id(), since=affairs.opened_on,
        decision="Anggaran dasar pasal 41", savings_basis="average", use_basis="loan_interest",
        funds=[{"code": code, "percent": percent} for code, percent in FUNDS.items()],
    )  # fmt: skip
    budget = {"year": affairs.today.year, "decided_on": affairs.opened_on, "decision": "Rapat pembentukan"}
    lines = [{"code": code, "rupiah": rupiah} for code, rupiah in PLAN.items()]
    affairs.act(affairs.board, "set_budget", affairs.today, budget_id=new_id(), lines=lines, **budget)
    on = affairs.today - timedelta(days=min(3, affairs.today.day - 1))
    accounts = dict(Account.objects.of(affairs.cooperative_id).exclude(use="").values_list("use", "id"))
    for name, cost, months in LASTING:
        legs = [
            {"account_id": accounts["fixed_assets"], "debit_rupiah": cost},
            {"account_id": accounts["bank"], "credit_rupiah": cost},
        ]
        entry = {"entry_id": new_id(), "on": on, "memo": name, "legs": legs}
        affairs.act(affairs.treasurer, "post_manual_entry", affairs.today, **entry)
        given = {"asset_id": new_id(), "name": name, "acquired_on": on, "cost_rupiah": cost, "life_months": months}
        affairs.act(affairs.treasurer, "record_fixed_asset", affairs.today, **given)
