"""The analyst's desk: the pivot of an address, and what somebody keeps."""

from __future__ import annotations

from matrix.row import BOTH, DESK, FIGURES, RECORD, Row

ROWS: dict[str, Row] = {
    "analysis:pivots": Row(DESK, FIGURES, BOTH, sends={"title": "Tabel coba"}),
    # shared by an office of Kuripan: whoever sees its figures opens it, nobody else changes it
    "analysis:pivot": Row(RECORD, FIGURES, BOTH, post=(302, 404), sends={"step": "share"}, writes=False),
}
