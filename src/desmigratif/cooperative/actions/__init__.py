"""What people do in a cooperative. Importing registers every action."""

from desmigratif.cooperative.actions.founding import become_cooperative, record_founding_step
from desmigratif.cooperative.actions.instalments import (
    pay_off_loan,
    prepay_loan,
    reschedule_loan,
    reverse_loan_event,
    take_collection,
    take_instalment,
    write_off_loan,
)
from desmigratif.cooperative.actions.leaving import leave_cooperative, pay_out_owed
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
from desmigratif.cooperative.actions.loans import (
    add_loan_product,
    agree_to_related_loan,
    apply_for_loan,
    approve_loan,
    change_loan_terms,
    decline_loan,
    disburse_loan,
    record_loan_survey,
)
from desmigratif.cooperative.actions.members import (
    admit_member,
    apply_for_membership,
    connect_person,
    disconnect_person,
    set_membership_terms,
)
from desmigratif.cooperative.actions.month_end import break_term, mature_terms, pay_savings_interest
from desmigratif.cooperative.actions.opening import import_opening
from desmigratif.cooperative.actions.provisions import post_provisions
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
    "add_loan_product",
    "add_savings_product",
    "admit_member",
    "agree_to_related_loan",
    "apply_for_loan",
    "apply_for_membership",
    "approve_loan",
    "approve_payout",
    "become_cooperative",
    "break_term",
    "change_loan_terms",
    "change_savings_rate",
    "close_account",
    "close_period",
    "close_till",
    "connect_person",
    "decline_loan",
    "deposit",
    "disburse_loan",
    "disconnect_person",
    "export_books",
    "import_opening",
    "leave_cooperative",
    "mature_terms",
    "move_cash",
    "open_account",
    "open_savings_account",
    "open_till",
    "pay_capital",
    "pay_off_loan",
    "pay_out_owed",
    "pay_savings_interest",
    "post_manual_entry",
    "post_opening_balances",
    "post_provisions",
    "prepay_loan",
    "record_founding_step",
    "record_loan_survey",
    "reschedule_loan",
    "reverse_entry",
    "reverse_loan_event",
    "reverse_slip",
    "set_membership_terms",
    "set_money_limit",
    "set_up_cooperative",
    "take_collection",
    "take_instalment",
    "withdraw",
    "write_off_loan",
]
