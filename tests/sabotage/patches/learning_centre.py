"""The learning centre's promises."""

from __future__ import annotations

from .parts import Patch, tests

_CENTRE, _ROLL = tests("parenting", "centre"), tests("parenting", "roll")
_ENROLLING, _RISK = tests("parenting", "enrolling"), tests("parenting", "risk")
_WORRIES = tests("parenting", "worries")
_LINK = tests("parenting", "caregiver_link")

LEARNING_CENTRE = (
    Patch(
        "centre: a barred person becomes a volunteer", "children would be alone with somebody a court kept from them",
        "parenting/actions/centres.py", "barred=is_barred(on=today, **indexes)", "barred=False", _CENTRE,
    ),
    Patch(
        "centre: a volunteer nobody checked leads children", "the check would be a paper and no protection",
        "parenting/rules/centre.py", "    if is_for_caregivers(kind) or may_lead(check, on):\n",
        "    if True:\n", _CENTRE,
    ),
    Patch(
        "centre: the list keeps the NIK", "a leaked list would brand people by name",
        "parenting/sealing.py", "    return nik_index(nik) if nik else \"\"\n", "    return nik or \"\"\n", _CENTRE,
    ),
    Patch(
        "centre: a roll is called before its day", "figures would tell of children who were never there",
        "parenting/rules/roll.py", "    if on > today:\n", "    if False:\n", _ROLL,
    ),
    Patch(
        "centre: a corrected roll counts twice", "indicators would grow with every correction",
        "parenting/actions/rolls.py", "    facts.regular_became(session, before, ",
        "    facts.regular_became(session, {}, ", _ROLL,
    ),
    Patch(
        "children: a tutor enrols from any family", "a tutor could walk through the whole register",
        "parenting/actions/common.py", " and not came_here(found):\n", " and False:\n", _ENROLLING,
    ),
    Patch(
        "children: a child is enrolled twice", "figures would count it twice and two tutors would write of it",
        "parenting/actions/children.py", "enrolled=_is_enrolled(resident),", "enrolled=False,", _ENROLLING,
    ),
    Patch(
        "children: a barred person is the caregiver", "a child would be sent home to somebody a court kept away",
        "parenting/actions/children.py", "barred=is_barred_resident(resident, given.on)", "barred=False", _ENROLLING,
    ),
    Patch(
        "children: the line in the history is for everybody", "who sees the family would read of the child",
        "parenting/actions/common.py", "        privacy=PrivacyClass.SPECIFIC,\n", "", _ENROLLING,
    ),
    Patch(
        "children: a worry is read by every officer", "whoever is not named would read it",
        "parenting/models/worries.py", ".filter(readers__user_id=by.id)", "", _WORRIES,
    ),
    Patch(
        "children: a caregiver's address opens every child", "one paper would be told of a whole village",
        "parenting/actions/links.py", "    if link is None or not", "    if link is not None and not", _LINK,
    ),
    Patch(
        "children: an event of a worry names the child", "the list of who looked would betray who told",
        "parenting/actions/worries.py", 'subjects=[Subject("worry", worry.id)]',
        'subjects=[Subject("worry", worry.id), Subject("resident", worry.child.resident_id)]', _WORRIES,
    ),
    Patch(
        "children: a high-risk child without a plan counts as planned", "D7 would be perfect and help nobody",
        "parenting/actions/judging.py", "[int(plans.exists()), 1]", "[1, 1]", _RISK,
    ),
)  # fmt: skip
