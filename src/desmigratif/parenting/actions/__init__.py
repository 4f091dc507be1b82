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
from desmigratif.parenting.actions.children import enrol_child
from desmigratif.parenting.actions.rolls import call_roll, score_class
from desmigratif.parenting.actions.sessions import add_slot, cancel_session, end_slot, plan_month, plan_session

__all__ = [
    "add_slot",
    "add_theme",
    "add_volunteer",
    "agree_call",
    "bar_person",
    "call_roll",
    "cancel_session",
    "check_volunteer",
    "close_centre",
    "count_thing",
    "end_slot",
    "end_volunteer",
    "enrol_child",
    "open_centre",
    "plan_month",
    "plan_session",
    "record_call",
    "score_class",
    "unbar_person",
]
