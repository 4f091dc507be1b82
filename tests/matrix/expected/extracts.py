"""Extracts: the register, asking, one extract, and a found file."""

from __future__ import annotations

from matrix.row import BOTH, COORDINATOR, DESK, HEAD, RECORD, Row

ASKERS = COORDINATOR | frozenset({"ministry_analyst"})
REGISTER = ASKERS | HEAD | frozenset({"auditor", "data_protection_officer"})
ROWS: dict[str, Row] = {
    "extracts:extracts": Row(DESK, REGISTER),
    # what the form does not know is told, and nothing is kept
    "extracts:ask_extract": Row(
        RECORD, ASKERS, BOTH, query="pokok=departures&wilayah=33.07.10.2004", post=(200,), writes=False
    ),
    # the data-protection officer is next; the others are told so and sent back to the page
    "extracts:extract": Row(RECORD, REGISTER, BOTH, post=(200, 302), writes=False),
    "extracts:check_file": Row(DESK, REGISTER, BOTH, post=(200,), writes=False),
}
