"""What changes a village's place in a programme, who helps it, and with what money."""

from desmigratif.programme.actions.budget import set_budget
from desmigratif.programme.actions.candidates import (
    deliberate_candidate,
    propose_candidate,
    record_figure,
    set_quota,
    survey_candidate,
)
from desmigratif.programme.actions.partners import (
    add_partner,
    answer_pledge,
    record_pledge,
    say_delivered,
    seat_partner,
)
from desmigratif.programme.actions.together import finish_task, record_minutes, share_task
from desmigratif.programme.actions.villages import join_programme, leave_programme, record_step

__all__ = [
    "add_partner", "answer_pledge", "deliberate_candidate", "finish_task", "join_programme", "leave_programme",
    "propose_candidate", "record_figure", "record_minutes", "record_pledge", "record_step", "say_delivered",
    "seat_partner", "set_budget", "set_quota", "share_task", "survey_candidate",
]  # fmt: skip
