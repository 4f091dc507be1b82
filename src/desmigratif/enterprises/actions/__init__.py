"""What people do for productive enterprise. Importing registers every action."""

from desmigratif.enterprises.actions.aid import answer_fault, check_asset, hand_help_over, promise_help, record_needs
from desmigratif.enterprises.actions.capital import ask_for_capital, record_remittance
from desmigratif.enterprises.actions.groups import change_member, form_group, join_group, leave_group
from desmigratif.enterprises.actions.mentoring import end_group, record_mentor_visit
from desmigratif.enterprises.actions.months import make_month_link, record_month, record_months
from desmigratif.enterprises.actions.offers import (
    record_deliberation,
    record_permit,
    record_plan,
    record_product,
)
from desmigratif.enterprises.actions.training import close_training, invite, plan_training, record_day, record_scores
from desmigratif.enterprises.actions.will import record_potential

__all__ = [
    "answer_fault",
    "ask_for_capital",
    "change_member",
    "check_asset",
    "close_training",
    "end_group",
    "form_group",
    "hand_help_over",
    "invite",
    "join_group",
    "leave_group",
    "make_month_link",
    "plan_training",
    "promise_help",
    "record_day",
    "record_deliberation",
    "record_mentor_visit",
    "record_month",
    "record_months",
    "record_needs",
    "record_permit",
    "record_plan",
    "record_potential",
    "record_product",
    "record_remittance",
    "record_scores",
]
