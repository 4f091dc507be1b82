"""Patches of `programme`: bodies that help, and how villages are chosen."""

from __future__ import annotations

from .parts import Patch, tests

_PARTNERS = tests("programme", "partners")
_CANDIDATES = tests("programme", "candidates")
_VILLAGES = tests("programme", "villages")

PROGRAMME: tuple[Patch, ...] = (
    Patch(
        "pledge: the giver says that it came", "every promise would count as kept",
        "programme/actions/partners.py", "is_giver=own is not None and own.id == pledge.partner_id", "is_giver=False",
        _PARTNERS,
    ),
    Patch(
        "pledge: handed over counts as received", "what never came would be in the figures",
        "programme/actions/partners.py", "    if change:\n", "    if True:\n        change = 1\n", _PARTNERS,
    ),
    Patch(
        "body: it pledges in another's name", "a body would answer for what others promised",
        "programme/actions/partners.py", "    if own is not None and own.id != partner_id:\n", "    if False:\n",
        _PARTNERS,
    ),
    Patch(
        "body: it sees what others pledged", "a body would read the promises of all",
        "programme/models/partners.py", "return self._mark_scoped().filter(partner=partner)",
        "return self._mark_scoped()", _PARTNERS,
    ),
    Patch(
        "money: more spent than allotted needs no word", "a hole in the budget would look like any line",
        "programme/rules/partners.py", "    if spent > allotted and not remark:\n", "    if False:\n",
        _PARTNERS,
    ),
    Patch(
        "decree: no deliberation is needed", "a village would be named that was never asked",
        "programme/rules/selection.py", "    if deliberated_on is None:\n", "    if False:\n", _CANDIDATES,
    ),
    Patch(
        "count: a village in two programmes is two", "the country would count villages that there are not",
        "programme/actions/villages.py", "    if not programmes:  #", "    if True:  #", _VILLAGES,
    ),
)  # fmt: skip
