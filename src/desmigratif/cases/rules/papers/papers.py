"""The papers of one person: which are there, how long they hold, whether they speak of the same human being."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from desmigratif.cases.rules.offer.candidate import plain_name
from desmigratif.cases.rules.papers.requirements import Requirement
from desmigratif.people.rules.names import fold_name
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

Validity = Literal["valid", "expiring", "expired"]
Likeness = Literal["same", "spelling", "differs"]

# Papers that say who somebody is, in the order in which they are laid side by side.
IDENTITY_PAPERS = ("ktp", "kk", "birth_certificate", "school_certificate", "passport", "marriage_book")
# The step whose form asks the number or the last day of exactly this paper.
PAPER_OF_STEP = {
    "jobseeker_registration": "jobseeker_card",
    "placement_agreement": "placement_agreement",
    "recommendation": "passport_recommendation",
    "training": "competence_certificate",
    "social_security_before": "social_security_before",
    "passport": "passport",
    "contract_and_visa": "visa",
    "social_security_during": "social_security_during",
    "orientation": "orientation_certificate",
}
# What a village letter that stands is the paper of.
PAPERS_OF_LETTER = {
    "family_permission": ("spouse_permission", "parent_permission"),
    "marital_status": ("marital_status_letter",),
}
WHY_REMOVED = {
    "wrong_person": "Salinan dokumen orang lain",
    "unreadable": "Tidak terbaca",
    "asked_by_owner": "Diminta pemiliknya",
    "not_needed": "Tidak diperlukan lagi",
}
REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What is known of one paper of one person; empty or None = unknown."""

    number: str = ""
    name: str = ""
    birth_date: date | None = None
    issued_on: date | None = None
    valid_until: date | None = None
    has_copy: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One required paper of a checklist; `facts` None = it is missing."""

    paper: Requirement
    facts: PaperFacts | None
    validity: Validity


def validity_on(today: date, kind: str, valid_until: date | None) -> Validity:
    """Whether a paper still holds, and whether it is time to renew it. Raises `NoValueOnDate`."""
    if valid_until is None:
        return "valid"
    if valid_until < today:
        return "expired"
    return "expiring" if valid_until - today <= timedelta(days=warn_days(kind, today)) else "valid"


def warn_days(kind: str, today: date) -> int:
    days: dict[str, int] = value_on("paper_expiry.warn_days", today)
    return days.get(kind, days["others"])


def longest_warning(today: date) -> timedelta:
    """How far ahead any reminder looks."""
    days: dict[str, int] = value_on("paper_expiry.warn_days", today)
    return timedelta(days=max(days.values()))


def last_day(issued_on: date | None, months: int | None) -> date | None:
    """Until when a paper holds that says only when it was issued; None when nothing says so."""
    if issued_on is None or months is None:
        return None
    year, month = divmod(issued_on.year * 12 + issued_on.month - 1 + months, 12)
    return date(year, month + 1, min(issued_on.day, calendar.monthrange(year, month + 1)[1]))


def checklist(needed: Iterable[Requirement], known: Mapping[str, PaperFacts], *, today: date) -> list[Line]:
    """The required papers in their order, each with what is known of it."""
    lines = []
    for paper in needed:
        facts = known.get(paper.code)
        lines.append(Line(paper, facts, validity_on(today, paper.code, facts.valid_until if facts else None)))
    return lines


def reasons_not_to_record(kind: str, facts: PaperFacts, *, listed: Iterable[str], today: date) -> list[Reason]:
    """Why this cannot be written of a paper; an empty list means it can."""
    if kind not in set(listed):
        return [Reason("unknown_paper", "Dokumen ini tidak ada dalam daftar.", field="kind")]
    reasons = []
    if facts.issued_on is not None and facts.issued_on > today:
        reasons.append(Reason("issued_in_future", "Tanggal terbit tidak boleh sesudah hari ini.", field="issued_on"))
    if facts.birth_date is not None and facts.birth_date > today:
        reasons.append(Reason("born_in_future", "Tanggal lahir tidak boleh sesudah hari ini.", field="birth_date"))
    if facts.issued_on and facts.valid_until and facts.valid_until < facts.issued_on:
        text = f"Dokumen yang terbit {format_date(facts.issued_on)} tidak bisa habis sebelum itu."
        reasons.append(Reason("ends_before_issue", text, field="valid_until"))
    return reasons


# --- do they speak of the same person? ---


@dataclass(frozen=True, slots=True)
class Compared:
    """What one source says of who somebody is, against the first one; None = it does not say."""

    source: str
    name: str
    birth_date: date | None
    name_is: Likeness | None
    birth_date_is: Likeness | None


def side_by_side(sources: Iterable[tuple[str, str, date | None]]) -> list[Compared]:
    """(source, name, birth date) of each, compared with the first that says anything of it."""
    said = list(sources)
    first_name = next((name for _source, name, _born in said if name), "")
    first_born = next((born for _source, _name, born in said if born), None)
    return [
        Compared(
            source,
            name,
            born,
            names_alike(first_name, name) if name else None,
            ("same" if born == first_born else "differs") if born else None,
        )
        for source, name, born in said
    ]


def names_alike(first: str, other: str) -> Likeness:
    """The same but for capitals and dots; another spelling of what sounds alike; or another name."""
    if plain_name(first) == plain_name(other):
        return "same"
    return "spelling" if fold_name(first) == fold_name(other) else "differs"


def disagree(rows: Iterable[Compared]) -> bool:
    """Whether an office could doubt that all of them are about one person."""
    return any("differs" in (row.name_is, row.birth_date_is) or row.name_is == "spelling" for row in rows)
