"""What people do at the learning centre; importing this registers every action."""

from desmigratif.parenting.actions.barred import bar_person, unbar_person
from desmigratif.parenting.actions.calls import agree_call, record_call
from desmigratif.parenting.actions.centres import (
    add_theme,
    add_volunteer,
    check_volunteer,
    close_centre,
    count_thing,
    end_volunteer,
    open_centre,
)
from desmigratif.parenting.actions.children import change_child, enrol_child, leave_centre
from desmigratif.parenting.actions.growing import record_quarter
from desmigratif.parenting.actions.links import make_caregiver_link
from desmigratif.parenting.actions.plans import finish_plan, make_plan
from desmigratif.parenting.actions.rolls import call_roll, score_class
from desmigratif.parenting.actions.sessions import add_slot, cancel_session, end_slot, plan_month, plan_session
from desmigratif.parenting.actions.worries import ask_for_referral, close_worry, write_worry

__all__ = [
    "add_slot",
    "add_theme",
    "add_volunteer",
    "agree_call",
    "ask_for_referral",
    "bar_person",
    "call_roll",
    "cancel_session",
    "change_child",
    "check_volunteer",
    "close_centre",
    "close_worry",
    "count_thing",
    "end_slot",
    "end_volunteer",
    "enrol_child",
    "finish_plan",
    "leave_centre",
    "make_caregiver_link",
    "make_plan",
    "open_centre",
    "plan_month",
    "plan_session",
    "record_call",
    "record_quarter",
    "score_class",
    "unbar_person",
    "write_worry",
]
