"""Bundles of papers at offices outside the village: who answers which step, by when, why one goes back. Plain Python.

Offices and reasons are data (regulations/offices.yaml); here is what they mean.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from desmigratif.shared import working_days
from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason


@dataclass(frozen=True, slots=True)
class Office:
    """An office outside the village; `shows` is all that it sees of a candidate beside the papers."""

    code: str
    steps: tuple[str, ...]
    days: int
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyReturned:
    """Why a bundle goes back, and what mends it."""

    code: str
    label: str
    way_out: str


def offices_on(day: date) -> tuple[Office, ...]:
    return tuple(
        Office(row["code"], tuple(row["steps"]), row["days"], tuple(row["shows"]))
        for row in value_on("offices.offices", day)
    )


def office_for(step: str, day: date) -> Office | None:
    """The office that answers a step; None where papers are sent nowhere."""
    return next((office for office in offices_on(day) if step in office.steps), None)


def answer_due(office: Office, sent_on: date) -> date:
    """Until when the office should have answered."""
    return working_days.after(sent_on, office.days, working_days.closed_days(sent_on, sent_on))


def reasons_to_return(day: date) -> tuple[WhyReturned, ...]:
    return tuple(WhyReturned(**row) for row in value_on("offices.returned", day))


def why_returned(code: str, day: date) -> WhyReturned | None:
    return next((why for why in reasons_to_return(day) if why.code == code), None)


def reasons_not_to_send(
    *, office: Office | None, papers: Collection[str], known: Collection[str], waits: bool
) -> list[Reason]:
    """Why a bundle cannot be sent: `known` are the papers that the law asks of this plan."""
    if office is None:
        text = "Langkah ini tidak dijawab kantor lewat meja ini."
        return [Reason("no_office", text, way_out="Catat hasilnya di halaman langkahnya.", field="step")]
    if waits:
        text = "Berkas langkah ini sudah dikirim dan belum dijawab."
        return [Reason("already_sent", text, way_out="Tunggu jawabannya, atau catat jawaban yang sudah diterima.")]
    if not papers:
        return [Reason("no_papers", "Pilih dokumen yang ada di dalam berkas.", field="papers")]
    if set(papers) - set(known):
        text = "Ada dokumen yang tidak diminta aturan untuk rencana ini."
        return [Reason("unknown_paper", text, way_out="Pilih dari daftar.", field="papers")]
    return []


def reasons_not_to_return(day: date, code: str, papers: Collection[str], known: Collection[str]) -> list[Reason]:
    """A bundle goes back for a reason of the list; a missing paper is named, and is one that the law asks for."""
    why = why_returned(code, day)
    if why is None:
        return [Reason("unknown_reason", "Pilih alasan dari daftar.", field="reason")]
    if set(papers) - set(known):
        text = "Dokumen itu tidak diminta aturan untuk rencana ini, jadi tidak bisa dimintakan."
        return [Reason("not_asked_by_law", text, way_out="Sebut hanya dokumen dari daftar.", field="papers")]
    if why.code in ("paper_missing", "expired", "unreadable") and not papers:
        text = "Sebut dokumen mana, supaya desa tahu apa yang dilengkapi."
        return [Reason("paper_not_named", text, field="papers")]
    return []
