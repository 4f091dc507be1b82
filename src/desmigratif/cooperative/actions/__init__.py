"""What people do in a cooperative. Importing registers every action."""

from desmigratif.cooperative.actions.annual.delegates import (
    change_delegate_group,
    choose_delegates,
    drop_delegate_group,
    form_delegate_group,
)
from desmigratif.cooperative.actions.annual.health import answer_health
from desmigratif.cooperative.actions.annual.meeting import (
    adjourn_meeting,
    call_meeting,
    cancel_meeting,
    close_meeting,
    open_meeting,
    report_meeting,
)
from desmigratif.cooperative.actions.annual.member_codes import give_member_code
from desmigratif.cooperative.actions.annual.members import (
    decide,
    elect,
    record_attendance,
    record_proxy,
    write_report,
)
from desmigratif.cooperative.actions.business.agreements import close_agreement, pass_on_stake
from desmigratif.cooperative.actions.business.businesses import (
    agree_on_capital,
    form_group,
    join_group,
    leave_group,
    open_business,
    record_business_result,
    take_back_result,
)
from desmigratif.cooperative.actions.business.capital import (
    hand_out_capital,
    pay_in_stake,
    pay_stake_result,
    return_stake,
    take_business_result,
    take_capital_back,
)
from desmigratif.cooperative.actions.business.goods import (
    buy_goods,
    hand_out_goods,
    open_purchase,
    order_goods,
    pay_consignor,
    pay_for_goods,
    receive_goods,
    return_goods,
    sell_goods,
)
from desmigratif.cooperative.actions.business.moves import approve_business_payout, reverse_business_move
from desmigratif.cooperative.actions.collection.sheet import take_collection
from desmigratif.cooperative.actions.ledger.books import (
    close_account,
    close_period,
    export_books,
    open_account,
    post_manual_entry,
    post_opening_balances,
    reverse_entry,
    set_up_cooperative,
)
from desmigratif.cooperative.actions.loans.instalments import (
    judge_loan,
    pay_off_loan,
    prepay_loan,
    reverse_loan_event,
    take_instalment,
)
from desmigratif.cooperative.actions.loans.lending import (
    add_loan_product,
    agree_to_related_loan,
    apply_for_loan,
    approve_loan,
    change_loan_terms,
    decline_loan,
    disburse_loan,
    record_loan_survey,
)
from desmigratif.cooperative.actions.loans.provisions import post_provisions
from desmigratif.cooperative.actions.loans.reschedules import decide_reschedule, propose_reschedule
from desmigratif.cooperative.actions.members.founding import become_cooperative, record_founding_step
from desmigratif.cooperative.actions.members.leaving import leave_cooperative, pay_out_owed
from desmigratif.cooperative.actions.members.register import (
    admit_member,
    apply_for_membership,
    connect_person,
    disconnect_person,
    set_membership_terms,
)
from desmigratif.cooperative.actions.opening import import_opening
from desmigratif.cooperative.actions.savings.accounts import (
    add_savings_product,
    change_savings_rate,
    deposit,
    open_savings_account,
    pay_capital,
    unlock_savings,
    withdraw,
)
from desmigratif.cooperative.actions.savings.month_end import break_term, mature_terms, pay_savings_interest
from desmigratif.cooperative.actions.savings.remittances import save_from_remittance
from desmigratif.cooperative.actions.sharia.contracts import (
    agree_to_related_contract,
    ask_for_contract,
    decide_contract,
    declare_sharia,
    grant_rebate,
)
from desmigratif.cooperative.actions.sharia.distribution import (
    post_distribution,
    prepare_distribution,
    take_back_distribution,
)
from desmigratif.cooperative.actions.sharia.funds import give_wadiah_bonus, move_benevolent_fund
from desmigratif.cooperative.actions.sharia.money import (
    buy_contract_goods,
    charge_late,
    end_lease,
    hand_agent_money,
    hand_out_financing,
    record_agent_purchase,
    sell_contract_goods,
    take_contract_fee,
    take_contract_payment,
)
from desmigratif.cooperative.actions.sharia.nisbah import change_nisbah, offer_mudharabah
from desmigratif.cooperative.actions.sharia.units import move_between_units, open_unit, serve_in_unit
from desmigratif.cooperative.actions.sharia.ventures import report_venture_result, take_profit_share
from desmigratif.cooperative.actions.spending import spend_cash
from desmigratif.cooperative.actions.till import (
    approve_payout,
    close_till,
    move_cash,
    open_till,
    reverse_slip,
    set_money_limit,
)
from desmigratif.cooperative.actions.write_offs import decide_write_off, propose_write_off
from desmigratif.cooperative.actions.year.assets import record_fixed_asset, retire_fixed_asset
from desmigratif.cooperative.actions.year.budget import set_budget
from desmigratif.cooperative.actions.year.closing import close_year
from desmigratif.cooperative.actions.year.handing_up import hand_up_surplus, take_back_surplus, take_in_surplus
from desmigratif.cooperative.actions.year.surplus import distribute_surplus, set_surplus_rule

__all__ = [
    "add_loan_product",
    "add_savings_product",
    "adjourn_meeting",
    "admit_member",
    "agree_on_capital",
    "agree_to_related_contract",
    "agree_to_related_loan",
    "answer_health",
    "apply_for_loan",
    "apply_for_membership",
    "approve_business_payout",
    "approve_loan",
    "approve_payout",
    "ask_for_contract",
    "become_cooperative",
    "break_term",
    "buy_contract_goods",
    "buy_goods",
    "call_meeting",
    "cancel_meeting",
    "change_delegate_group",
    "change_loan_terms",
    "change_nisbah",
    "change_savings_rate",
    "charge_late",
    "choose_delegates",
    "close_account",
    "close_agreement",
    "close_meeting",
    "close_period",
    "close_till",
    "close_year",
    "connect_person",
    "decide",
    "decide_contract",
    "decide_reschedule",
    "decide_write_off",
    "declare_sharia",
    "decline_loan",
    "deposit",
    "disburse_loan",
    "disconnect_person",
    "distribute_surplus",
    "drop_delegate_group",
    "elect",
    "end_lease",
    "export_books",
    "form_delegate_group",
    "form_group",
    "give_member_code",
    "give_wadiah_bonus",
    "grant_rebate",
    "hand_agent_money",
    "hand_out_capital",
    "hand_out_financing",
    "hand_out_goods",
    "hand_up_surplus",
    "import_opening",
    "join_group",
    "judge_loan",
    "leave_cooperative",
    "leave_group",
    "mature_terms",
    "move_benevolent_fund",
    "move_between_units",
    "move_cash",
    "offer_mudharabah",
    "open_account",
    "open_business",
    "open_meeting",
    "open_purchase",
    "open_savings_account",
    "open_till",
    "open_unit",
    "order_goods",
    "pass_on_stake",
    "pay_capital",
    "pay_consignor",
    "pay_for_goods",
    "pay_in_stake",
    "pay_off_loan",
    "pay_out_owed",
    "pay_savings_interest",
    "pay_stake_result",
    "post_distribution",
    "post_manual_entry",
    "post_opening_balances",
    "post_provisions",
    "prepare_distribution",
    "prepay_loan",
    "propose_reschedule",
    "propose_write_off",
    "receive_goods",
    "record_agent_purchase",
    "record_attendance",
    "record_business_result",
    "record_fixed_asset",
    "record_founding_step",
    "record_loan_survey",
    "record_proxy",
    "report_meeting",
    "report_venture_result",
    "retire_fixed_asset",
    "return_goods",
    "return_stake",
    "reverse_business_move",
    "reverse_entry",
    "reverse_loan_event",
    "reverse_slip",
    "save_from_remittance",
    "sell_contract_goods",
    "sell_goods",
    "serve_in_unit",
    "set_budget",
    "set_membership_terms",
    "set_money_limit",
    "set_surplus_rule",
    "set_up_cooperative",
    "spend_cash",
    "take_back_distribution",
    "take_back_result",
    "take_back_surplus",
    "take_business_result",
    "take_capital_back",
    "take_collection",
    "take_contract_fee",
    "take_contract_payment",
    "take_in_surplus",
    "take_instalment",
    "take_profit_share",
    "unlock_savings",
    "withdraw",
    "write_report",
]
