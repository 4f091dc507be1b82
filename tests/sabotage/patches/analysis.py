"""Patches of `analysis`: a pivot must show nobody a single person, nor keep what is not one's own."""

from __future__ import annotations

from .parts import Patch, tests

_PIVOTS = tests("analysis", "pivots")
_RULES = tests("analysis", "rules")
_SIGHT = tests("indicators", "sight")

ANALYSIS: tuple[Patch, ...] = (
    Patch(
        "a pivot shows small figures to everybody", "an analyst would read of one person in one village",
        "indicators/queries/sight.py", "one.without_figures() if is_closed else one", "one",
        _PIVOTS,
    ),
    Patch(
        "a pivot closes single months", "a year less its other months has the small one again",
        "indicators/rules/closing.py", "for fold in _FOLDS[length]:", "for fold in (1,):", _RULES,
    ),
    Patch(
        "closed neighbours cover each other in the year only", "a month less the open neighbours has the small one",
        "indicators/rules/closing.py", "        if able:\n", "        if False:\n", _RULES,
    ),
    Patch(
        "a sum shows one closed village", "a programme less its other villages has it again",
        "indicators/rules/closing.py", "    return len(rows) >= LEAST and ", "    return ", _RULES,
    ),
    Patch(
        "anybody opens a pivot that is not shared", "what somebody keeps for themselves would lie open",
        "analysis/models.py", "shared = Q(is_shared=True) & ", "shared = ", _PIVOTS,
    ),
    Patch(
        "a running year is shown as it stands today", "tomorrow's figure less today's is who came since",
        "indicators/queries/sight.py", "one if self._is_over(one.period) else _so_far(one, here)", "one", _SIGHT,
    ),
    Patch(
        "a tutor reads small figures of every pillar", "who told of a case would be found by somebody without the file",
        "indicators/queries/sight.py", "OPENED_BY.get(code[0], ()) if _OF_A_PILLAR.match(code) else ()",
        "[one for ones in OPENED_BY.values() for one in ones]", _SIGHT,
    ),
)  # fmt: skip
