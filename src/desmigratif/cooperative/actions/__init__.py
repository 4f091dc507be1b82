"""What people do in a cooperative. Importing registers every action."""

from desmigratif.cooperative.actions.ledger import (
    close_account,
    close_period,
    open_account,
    post_manual_entry,
    post_opening_balances,
    reverse_entry,
    set_up_cooperative,
)

__all__ = [
    "close_account",
    "close_period",
    "open_account",
    "post_manual_entry",
    "post_opening_balances",
    "reverse_entry",
    "set_up_cooperative",
]
