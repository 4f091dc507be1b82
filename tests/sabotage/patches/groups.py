"""The promises about who is asked, trained and forms a group, and what a group sells."""

from __future__ import annotations

from .parts import TABLE, Patch, tests

_GROUPS, _TRAINING = tests("enterprises", "groups"), tests("enterprises", "training")
_OFFERS, _WILL = tests("enterprises", "offers"), tests("enterprises", "will")

GROUPS = (
    Patch(
        "group: somebody is a member twice", "one person would count as two who benefit",
        "enterprises/rules/groups.py", "    if is_in:\n", "    if False:\n", _GROUPS,
    ),
    Patch(
        "group: a score of four hundred is kept", "learning would look four times what it was",
        "enterprises/rules/training.py", "0 <= score <= MOST_SCORE", "0 <= score", _TRAINING,
    ),
    Patch(
        "group: who was hardly there gets a certificate", "a certificate would prove nothing",
        "enterprises/rules/training.py", "100 * attended_hours >= least * held_hours", "True", _TRAINING,
    ),
    Patch(
        "group: a price below nothing is offered", "a catalogue would pay who buys",
        "enterprises/rules/offers.py", "[] if price_rupiah > 0 else [_not_positive(", "[] if True else [_not_positive(",
        _OFFERS,
    ),
    Patch(
        "group: what a family said of its money is open to the head", "what was told to one would be read by all",
        "enterprises/views/will.py", "@scoped(MENTOR, methods=BOTH)\ndef potential(",
        "@scoped(type(MENTOR).ENTERPRISE_SEE, methods=BOTH)\ndef potential(", TABLE,
    ),
    Patch(
        "group: a mentor searches another village's people", "names and hamlets of strangers would lie open",
        "people/queries/by_name.py", "    require(by, permission, village_code)\n", "", _WILL,
    ),
)  # fmt: skip
