"""Patches of `reports`: what two people signed, and what the public must not get."""

from __future__ import annotations

from .parts import Patch, tests

_MONTHLY = tests("reports", "monthly")
_VIEWS = tests("reports", "views")

REPORTS: tuple[Patch, ...] = (
    Patch(
        "one person signs a report twice", "an officer alone could send what the head never saw",
        "reports/rules/monthly.py", "    if officer is not None and officer == by:", "    if False:", _MONTHLY,
    ),
    Patch(
        "a frozen month gets a report", "what was published would have two truths",
        "reports/actions/monthly.py", "frozen = not mending and is_frozen(year, month)", "frozen = False", _MONTHLY,
    ),
    Patch(
        "the paper of an earlier version stays good", "two papers would say two things and both be believed",
        "documents/office_papers.py", "draft.replaces.voided_on = draft.issued_on", "draft.replaces.voided_on = None",
        _MONTHLY,
    ),
    Patch(
        "a signed report may change in the database", "whoever has the disk could mend a figure",
        "shared/triggers.py", 'unless="OLD.head_id IS NULL OR (NEW.figures = OLD.figures AND ',
        'unless="OLD.head_id IS NULL OR (', _MONTHLY,
    ),
    Patch(
        "a region's report asks for no right", "a coordinator would read the figures of other regencies",
        "reports/queries/region.py", "    require(by, Permission.FIGURES_SEE, region_code)\n", "", _VIEWS,
    ),
)  # fmt: skip
