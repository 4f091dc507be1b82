"""What of the cooperative works without a signal, read by `sync/registry.py`.

No record of a cooperative lies on a phone for good. A sheet of one meeting goes along with its cashier (`TAKEN` says
which fields of records it shows; sums asked stand beside them, see docs/adr/0043) and is forgotten afterwards.
"""

from __future__ import annotations

from desmigratif.cooperative.actions import take_collection

ACTIONS = {"cooperative.take_collection": take_collection}
CARDS: dict[str, tuple[str, ...]] = {}
TAKEN = {
    "cooperative.member": ("id", "name", "number"),
    "cooperative.loan": ("id", "product__name"),
    "cooperative.savingsaccount": ("id", "product__name"),
}
