"""What the demo cooperative has for its first book year: a shelf and a printer that last."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desmigratif.cooperative.models import Account
from desmigratif.shared.ids import new_id

if TYPE_CHECKING:
    from desmigratif.demo.cooperative import CooperativeAffairs

LASTING = (("Lemari arsip besi", 1_440_000, 96), ("Cetak struk dan komputer bekas", 2_160_000, 48))


def begin_book_year(affairs: CooperativeAffairs) -> None:
    """Bought through the bank some days ago, and put on the list."""
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
