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
from desmigratif.cooperative.actions.savings import (
    add_savings_product,
    change_savings_rate,
    deposit,
    open_savings_account,
    pay_capital,
    withdraw,
)
from desmigratif.cooperative.actions.till import (
    approve_payout,
    close_till,
    move_cash,
    open_till,
    reverse_slip,
    set_money_limit,
)

__all__ = [
    "add_savings_product",
    "admit_member",
    "apply_for_membership",
    "approve_payout",
    "change_savings_rate",
    "close_account",
    "close_period",
    "close_till",
    "connect_person",
    "deposit",
    "disconnect_person",
    "export_books",
    "move_cash",
    "open_account",
    "open_savings_account",
    "open_till",
    "pay_capital",
    "post_manual_entry",
    "post_opening_balances",
    "reverse_entry",
    "reverse_slip",
    "set_membership_terms",
    "set_money_limit",
    "set_up_cooperative",
    "withdraw",
]
