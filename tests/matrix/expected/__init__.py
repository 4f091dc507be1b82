"""Who may reach what: written by hand and reviewed line by line, never derived from the code that it judges."""

from __future__ import annotations

from matrix.expected import (
    analysis,
    cooperative,
    enterprises,
    everybody,
    extracts,
    parenting,
    people,
    programme,
    reports,
    service_centre,
)
from matrix.row import Row

PARTS = (
    everybody, people, service_centre, enterprises, parenting, programme, reports, analysis, extracts, cooperative,
)  # fmt: skip
EXPECTED: dict[str, Row] = {name: row for part in PARTS for name, row in part.ROWS.items()}
if len(EXPECTED) < sum(len(part.ROWS) for part in PARTS):
    raise ValueError("an address stands in two parts of the table")
