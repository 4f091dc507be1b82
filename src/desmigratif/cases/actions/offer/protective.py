"""What an act at the service centre leaves for the coordinator: one envelope each time, full or empty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desmigratif.cases.models import Case
from desmigratif.cases.rules.offer.protective import flags_to_seal
from desmigratif.people import envelopes
from desmigratif.people.rules.envelopes import Note


def note_about(case: Case, on: date, *, signs: Iterable[str] = (), flags: Iterable[str] = (), text: str = "") -> Note:
    """A note about the candidate of a case, so that whoever opens it knows whom to help."""
    return Note(
        on=on.isoformat(),
        village_code=case.village_code,
        case_id=str(case.id),
        resident_id=str(case.resident_id),
        name=case.resident.name,
        signs=tuple(signs),
        flags=tuple(flags),
        text=text,
    )


def seal_check(case: Case, on: date, codes: Iterable[str]) -> None:
    envelopes.put_in(case.village_code, on, note_about(case, on, flags=flags_to_seal(codes, on=on)))


def seal_talk(case: Case, on: date, *, pressure: bool | None, closed: bytes | None) -> None:
    """`closed` is what the form sealed already; without one only a felt pressure is told."""
    note = note_about(case, on, signs=("pressure",) if pressure else ())
    envelopes.put_in(case.village_code, on, note, closed=closed)
