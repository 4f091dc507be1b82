"""The safety screening of an offer of work abroad: twenty red flags, each explained and with a lawful way.

Rules are data (`regulations/offer_safety.yaml`, `destinations.yaml`, `placement_costs.yaml`); the flags say
which facts they look at. What is unknown is listed, never guessed, and raises nothing by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from desmigratif.cases.rules.offer.candidate import (
    cannot_name_terms,
    children_without_caregiver,
    family_permission,
    irregular_before,
    underage_or_identity_mismatch,
)
from desmigratif.cases.rules.offer.conduct import (
    alarm_after_departure,
    debt_advance,
    hurried_or_secret,
    papers_from_elsewhere,
    papers_held,
    recruiter_history,
)
from desmigratif.cases.rules.offer.input import OfferCheckInput, Stage, parse_offer
from desmigratif.cases.rules.offer.law import Law
from desmigratif.cases.rules.offer.result import LEVELS, Finding, Flag, Level, OfferResult, worst
from desmigratif.cases.rules.offer.terms import (
    agency_or_permit_not_valid,
    country_closed_or_high_risk,
    destination_changed,
    no_training_or_medical,
    no_written_contract,
    non_work_visa,
    overcharge,
    pay_too_good,
    unverifiable_online_offer,
)
from desmigratif.cases.rules.offer.unknown import QUESTIONS, question_for, unknown_fields
from desmigratif.placement.rules.destinations import LoadedDestinations
from desmigratif.shared.dated import NoValueOnDate
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import InvalidInput, Reason

__all__ = ["FLAGS", "QUESTIONS", "Flag", "OfferResult", "check_offer", "parse_offer", "question_for"]

Finder = Callable[[OfferCheckInput, Law], Iterable[Finding]]
FLAGS: dict[str, Finder] = {  # in the order of the table of red flags; the code is the finder's name
    finder.__name__.upper(): finder
    for finder in (
        underage_or_identity_mismatch,
        agency_or_permit_not_valid,
        non_work_visa,
        country_closed_or_high_risk,
        debt_advance,
        papers_from_elsewhere,
        no_written_contract,
        papers_held,
        pay_too_good,
        unverifiable_online_offer,
        hurried_or_secret,
        overcharge,
        no_training_or_medical,
        recruiter_history,
        family_permission,
        children_without_caregiver,
        cannot_name_terms,
        destination_changed,
        irregular_before,
        alarm_after_departure,
    )
}
OPENINGS: dict[Level, str] = {"stop": "Belum bisa", "hold": "Perlu dicek dulu", "advise": "Perlu disiapkan"}
ALARM = "Tanda bahaya"
WAY_OUT_ABROAD = (
    "Pekerja sudah di luar negeri: bantu lapor diri ke perwakilan RI dan buat pengaduan ke BP3MI, supaya hak dan "
    "keselamatannya dilindungi."
)


def check_offer(given: OfferCheckInput, *, on: date, loaded: LoadedDestinations | None = None) -> OfferResult:
    """Screen an offer by the rules in force on a day; `loaded` is a newer list of destinations than the rules hold.

    Raises `InvalidInput` (field `on`) for a day before the first rules that we hold.
    """
    law = Law(on, loaded)
    try:
        flags = [_flag(code, finder(given, law), given.stage, law) for code, finder in FLAGS.items()]
        unknown = unknown_fields(given, law)
    except NoValueOnDate as error:
        text = f"Aturan yang berlaku pada {format_date(on)} tidak ada dalam catatan kami."
        raise InvalidInput(Reason("no_rules_on_date", text, field="on")) from error
    raised = tuple(flag for flag in flags if flag is not None)
    return OfferResult(worst(flag.level for flag in raised), raised, unknown, rules_as_of=on)


def _flag(code: str, findings: Iterable[Finding], stage: Stage, law: Law) -> Flag | None:
    """One flag out of all that its finder found, the gravest first."""

    def gravity(finding: Finding) -> int:
        return LEVELS.index(finding.level or law.level(code))

    found = sorted(findings, key=gravity, reverse=True)
    if not found:
        return None
    level = LEVELS[gravity(found[0])]
    citations = [finding.citation or law.citation(code.lower()) for finding in found]
    return Flag(
        code=code,
        level=level,
        reason=_reason(_opening(code, level, stage), found, citations),
        citation="; ".join(dict.fromkeys(citations)),
        lawful_alternative=_way_out(code, level, stage, found),
    )


def _opening(code: str, level: Level, stage: Stage) -> str:
    if code == "ALARM_AFTER_DEPARTURE" or (stage == "abroad" and level == "stop"):
        return ALARM
    return OPENINGS[level]


def _reason(opening: str, found: list[Finding], citations: list[str]) -> str:
    """One sentence, or two when there is more than one cause; a longer list would not be read."""
    reason = f"{opening}: {found[0].text} ({citations[0]})."
    if len(found) > 1:
        second = f" ({citations[1]})" if citations[1] != citations[0] else ""
        reason += f" Juga {found[1].text}{second}."
    return reason


def _way_out(code: str, level: Level, stage: Stage, found: list[Finding]) -> str:
    """What can be done lawfully; who is abroad already needs protection, not another offer."""
    if stage == "abroad" and level in ("stop", "hold") and code != "ALARM_AFTER_DEPARTURE":
        return WAY_OUT_ABROAD
    return " ".join(dict.fromkeys(finding.way_out for finding in found[:2]))
