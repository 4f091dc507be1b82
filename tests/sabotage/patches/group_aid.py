"""The promises about help, money and the life of a business group."""

from __future__ import annotations

from .parts import Patch, tests

_AID, _MONTHS = tests("enterprises", "aid"), tests("enterprises", "months")
_LIFE, _HELP = tests("enterprises", "rules_life"), tests("enterprises", "rules_aid")

GROUP_AID = (
    Patch(
        "group: a treasurer's link writes for every group", "a lost paper would open the books of a whole village",
        "enterprises/actions/months.py", "    _only_own_group(by, group, today)\n", "", _MONTHS,
    ),
    Patch(
        "group: an older link goes on writing", "whoever found the old paper could still fill in months",
        "enterprises/rules/month_link.py", "return ended_on is None and today < until", "return True", _MONTHS,
    ),
    Patch(
        "group: a month is written twice", "a group would look twice as good as it is",
        "enterprises/rules/months.py", "    if written:\n", "    if False:\n", _MONTHS,
    ),
    Patch(
        "group: the photo of a machine keeps where it was taken", "a photo would tell where people live",
        "enterprises/actions/photos.py", "content=copy.content", "content=sent", _AID,
    ),
    Patch(
        "group: two like groups are shown side by side", "a neighbour's books could be read out of a middle",
        "enterprises/rules/months.py", "    if len(means) < least:\n", "    if not means:\n", _LIFE,
    ),
    Patch(
        "group: equipment is promised to who cannot use it", "machines would stand in a corner as they did before",
        "enterprises/rules/aid.py", "missing := what_is_missing(answers, on)) and not despite",
        "missing := what_is_missing(answers, on)) and False", _HELP,
    ),
    Patch(
        "group: a visit alone makes a sleeping group active", "a dead group would look alive in every figure",
        "enterprises/rules/life.py", "return Life(State.QUIET, quiet,", "return Life(State.ACTIVE, quiet,", _LIFE,
    ),
)  # fmt: skip
