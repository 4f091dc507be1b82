"""Refusals of the learning centre, by name."""

from __future__ import annotations

from desmigratif.shared.reasons import Refusal


class CannotEnrol(Refusal):
    code = "cannot_enrol"


class CannotRunCentre(Refusal):
    code = "cannot_run_centre"


class CannotTakeVolunteer(Refusal):
    code = "cannot_take_volunteer"


class CannotBar(Refusal):
    code = "cannot_bar"


class CannotPlan(Refusal):
    code = "cannot_plan"


class CannotCallRoll(Refusal):
    code = "cannot_call_roll"


class CannotAgreeCall(Refusal):
    code = "cannot_agree_call"
