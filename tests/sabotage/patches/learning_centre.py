"""The learning centre's promises."""

from __future__ import annotations

from .parts import Patch, tests

_CENTRE, _ROLL = tests("parenting", "centre"), tests("parenting", "roll")

LEARNING_CENTRE = (
    Patch(
        "centre: a barred person becomes a volunteer", "children would be alone with somebody a court kept from them",
        "parenting/actions/centres.py", "barred=is_barred(on=today, **indexes)", "barred=False", _CENTRE,
    ),
    Patch(
        "centre: a volunteer nobody checked leads children", "the check would be a paper and no protection",
        "parenting/rules/centre.py", "    if is_for_carers(kind) or may_lead(check, on):\n", "    if True:\n", _CENTRE,
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
)  # fmt: skip
