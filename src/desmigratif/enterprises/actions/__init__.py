"""What people do for productive enterprise. Importing registers every action."""

from desmigratif.enterprises.actions.aid import answer_fault, check_asset, hand_help_over, promise_help, record_needs
from desmigratif.enterprises.actions.capital import ask_for_capital, record_remittance
from desmigratif.enterprises.actions.groups import change_member, form_group, join_group, leave_group
from desmigratif.enterprises.actions.mentoring import end_group, record_mentor_visit
from desmigratif.enterprises.actions.months import make_month_link, record_month, record_months

__all__ = [
    "answer_fault",
    "ask_for_capital",
    "change_member",
    "check_asset",
    "end_group",
    "form_group",
    "hand_help_over",
    "join_group",
    "leave_group",
    "make_month_link",
    "promise_help",
    "record_mentor_visit",
    "record_month",
    "record_months",
    "record_needs",
    "record_remittance",
]
