"""What of the service centre works without a signal, read by `sync/registry.py`.

`ACTIONS` may be pushed by a device. `CARDS` says which fields of a record go to a device, by the record's name in
the change log; a field of class specific or protective is refused when the server starts.
"""

from __future__ import annotations

from desmigratif.cases.actions import record_visit

ACTIONS = {"cases.record_visit": record_visit}
CARDS = {
    "cases.visit": (
        "resident__name", "visitor_name", "on", "came_at", "served_at", "place", "purpose", "topics", "version",
    ),
}  # fmt: skip
TAKEN: dict[str, tuple[str, ...]] = {}
