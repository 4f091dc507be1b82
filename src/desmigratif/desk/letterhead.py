"""The head of an office's paper, for pages that are printed."""

from __future__ import annotations

from desmigratif.documents.register import OfficeNotSetUp, office_of


def letterhead_of(village_code: str) -> dict[str, str] | None:
    """What `print_head.html` shows; None while the village has not filled in its letterhead."""
    try:
        office = office_of(village_code)
    except OfficeNotSetUp:
        return None
    return {
        "regency": f"{office.regency_kind} {office.regency}",
        "district": office.district,
        "village": f"{office.kind} {office.village}",
        "address": office.address,
    }
