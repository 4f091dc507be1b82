"""What people do in a cooperative. Importing registers every action."""

from desmigratif.cooperative.actions.ledger import (
    close_account,
    close_period,
    export_books,
    open_account,
    post_manual_entry,
    post_opening_balances,
    reverse_entry,
    set_up_cooperative,
)
from desmigratif.cooperative.actions.members import (
    admit_member,
    apply_for_membership,
    connect_person,
    disconnect_person,
    set_membership_terms,
)

__all__ = [
    "admit_member",
    "apply_for_membership",
    "close_account",
    "close_period",
    "connect_person",
    "disconnect_person",
    "export_books",
    "open_account",
    "post_manual_entry",
    "post_opening_balances",
    "reverse_entry",
    "set_membership_terms",
    "set_up_cooperative",
]
