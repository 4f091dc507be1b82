"""What keeps figures true: who may reckon, and that nothing is told twice."""

from __future__ import annotations

from .parts import Patch, tests

_RECKONING = tests("indicators", "reckoning")

INDICATORS = (
    Patch(
        "figures: anybody reckons a village", "a stranger would write facts of a village that is not theirs",
        "indicators/actions/reckoning.py",
        "    require(by, Permission.PROGRAMME_RECORD, given.village_code)\n", "", _RECKONING,
    ),
    Patch(
        "figures: each night tells everything again", "a village's savings would double every night",
        "indicators/recounts/reckoning.py", "        have = known.get(place, (0, 0))\n", "        have = (0, 0)\n",
        _RECKONING,
    ),
    Patch(
        "figures: a fact that waits is not known", "what the day told would be told once more by the night",
        "indicators/recounts/reckoning.py", "filter(folded_at=None, village_code=village_code,",
        'filter(folded_at=None, village_code="",', _RECKONING,
    ),
)  # fmt: skip
