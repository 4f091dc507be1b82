"""Reports: the village's month, regions, one's own inbox, and open data."""

from __future__ import annotations

from matrix.row import BOTH, COORDINATOR, DESK, EVERYBODY, FIGURES, HEAD, OFFICER, OPEN, RECORD, Row

MONTHLY = OFFICER | HEAD | COORDINATOR
ROWS: dict[str, Row] = {
    "reports:monthly_reports": Row(DESK, MONTHLY),
    "reports:village_report": Row(RECORD, MONTHLY),
    # the officer is next; the others are told so and sent back to the page
    "reports:report_step": Row(RECORD, MONTHLY, BOTH, get=(200, 302)),
    "reports:write_report": Row(RECORD, OFFICER, BOTH, query="desa=33.07.10.2004&bulan=2026-09"),
    "reports:region_report": Row(DESK, FIGURES),
    "reports:report_inbox": Row(DESK, FIGURES, BOTH, sends={"every": "M"}),
    "reports:open_data": Row(OPEN, EVERYBODY),
}
