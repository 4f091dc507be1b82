"""Keeping somebody's time abroad: what every action does that touches it. Called inside an action's own unit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from desmigratif.audit import memory, unit
from desmigratif.cases.models import ABROAD, Case, CaseStep, ContractChange, Paper, Stay
from desmigratif.cases.rules.abroad import contact as rules
from desmigratif.cases.rules.abroad.contracts import is_covered
from desmigratif.cases.sealing import sealed_json, stay_place
from desmigratif.people.rules.calls import zone_name
from desmigratif.regions.queries import village
from desmigratif.shared.dates import local_day

CONTACT_OVERDUE = "contact_overdue"
CONTRACT_PAPER = "employment_contract"
DEATHS = "B8"
EXTENDING = ("extension", "both")
# The paper's step -> the field of the stay that takes over its last day.
LAST_DAYS = {"contract_and_visa": "contract_until", "social_security_during": "cover_until"}


def stay_of(case: Case, on: date) -> Stay:
    """The stay of a case, locked; begun when there is none yet: from the departure on, with what the papers say."""
    rows = Stay.objects.in_village(case.village_code).filter(case=case)
    standing = rows.select_for_update(of=("self",)).first()
    return standing if standing is not None else _begin(case, on)


def _begin(case: Case, on: date) -> Stay:
    stay = Stay(village_code=case.village_code, case=case, updated_on=on, time_zone=zone_name(case.country))
    steps = CaseStep.objects.in_village(case.village_code).filter(case=case, step__in=LAST_DAYS)
    for row in steps.exclude(valid_until=None):
        setattr(stay, LAST_DAYS[row.step], row.valid_until)
    if case.departed_on is not None and not case.found_abroad:
        stay.heard_at = rules.moment_of(case.departed_on, None, village(case.village_code).utc_offset)
    set_clock(stay, case)
    stay.save(force_insert=True)
    unit.changed("cases.stay", stay.village_code, stay.id)
    return stay


def set_clock(stay: Stay, case: Case) -> None:
    """When silence becomes an alarm, by what was heard last and what was agreed."""
    days = case.agreed_contact_days
    stay.due_at = rules.due_at(stay.heard_at, days) if stay.heard_at is not None and days else None


def hear(stay: Stay, case: Case, at: datetime, *, now: datetime, on: date) -> None:
    """Somebody was heard of: the clock begins anew, and an alarm that stood ends."""
    stay.heard_at = max(filter(None, (stay.heard_at, at)))
    set_clock(stay, case)
    if stay.overdue_since is None or rules.is_overdue(stay.due_at, now):
        return
    if stay.due_at is not None or at >= stay.overdue_since:  # where nothing was agreed, old news ends no search
        end_alarm(stay, case, on)


def end_alarm(stay: Stay, case: Case, on: date) -> None:
    """Nobody has to look for this person any more."""
    stay.overdue_since = None
    memory.end_signal(CONTACT_OVERDUE, household_id=case.resident.household_id, resident_id=case.resident_id, on=on)


def sound(stay: Stay, case: Case, since: datetime) -> None:
    """The alarm: from here on everybody who serves this family sees that nothing was heard."""
    stay.overdue_since = since
    memory.set_signal(
        CONTACT_OVERDUE, village_code=case.village_code, household_id=case.resident.household_id,
        resident_id=case.resident_id, since=local_day(since, village(case.village_code).utc_offset),
    )  # fmt: skip


def keep(stay: Stay, case: Case, on: date) -> None:
    """Save a stay that was touched today, and count it anew."""
    stay.updated_on = max(on, stay.updated_on)
    count_again(stay, case, on)
    stay.save()
    unit.changed("cases.stay", stay.village_code, stay.id)


def count_again(stay: Stay, case: Case, on: date) -> None:
    """Append to the indicators what has changed since this stay was counted; nothing when nothing has."""
    holds = _holds(stay, case, on) if case.state in ABROAD else {}
    for code in sorted(holds.keys() | stay.counted.keys()):
        was, now = stay.counted.get(code), holds.get(code)
        if was != now:
            indicator, _, part = code.partition(":")
            memory.add_fact(
                indicator, case.village_code, on, numerator=(now or 0) - (was or 0),
                denominator=int(now is not None) - int(was is not None),
                key=f"{part}:{case.id}" if part else str(case.id),
            )  # fmt: skip
    stay.counted = holds
    stay.count_again_on = _changes_on(stay, on) if holds else None


def _holds(stay: Stay, case: Case, on: date) -> dict[str, int]:
    copies = Paper.objects.in_village(case.village_code).filter(resident=case.resident_id, kind=CONTRACT_PAPER)
    said = {
        "A14": copies.exclude(copy=None).exists(),
        "A15": is_covered(stay.contract_until, stay.cover_until, on),
        "A18": on < rules.stale_on(stay.updated_on),
        "A20": case.agreed_contact_days is not None and stay.overdue_since is None,
    }
    counted = {code: int(holds) for code, holds in said.items()}
    return counted | {f"{DEATHS}:{case.procedural_status or 'UNKNOWN'}": 0}  # one more abroad who has not died


def _changes_on(stay: Stay, on: date) -> date | None:
    """The next day on which time alone changes what holds: no longer fresh, no longer insured."""
    days = [rules.stale_on(stay.updated_on)]
    if stay.cover_until is not None:
        days.append(stay.cover_until + timedelta(days=1))
    return min((day for day in days if day > on), default=None)


def leave(case: Case, on: date) -> None:
    """Nobody waits for a call any more: somebody is back, or the plan is over."""
    stay = Stay.objects.in_village(case.village_code).filter(case=case).select_for_update(of=("self",)).first()
    if stay is None:
        return
    end_alarm(stay, case, on)
    stay.due_at = None
    keep(stay, case, on)


def resume(case: Case, on: date) -> None:
    """Somebody is not back after all: from here on they are waited for as before."""
    if case.state in ABROAD:
        stay = stay_of(case, on)
        set_clock(stay, case)
        keep(stay, case, on)


def is_extended(case: Case) -> bool:
    changes = ContractChange.objects.in_village(case.village_code).filter(case=case, kind__in=EXTENDING)
    return changes.exists()


def write_said(stay: Stay, resident_id: UUID, known: dict[str, str], said: dict[str, Any]) -> None:
    """Seal what is known of employer, address and next of kin, with what was said now above it."""
    both = {**known, **{name: value for name, value in said.items() if value}}
    stay.version += 1
    stay.said_sealed = sealed_json(resident_id, both, place=stay_place(stay.id))


def paper_changed(case: Case, kind: str, on: date) -> None:
    """The copy of a contract came or went while its worker is abroad."""
    if kind != CONTRACT_PAPER or case.state not in ABROAD:
        return
    stay = stay_of(case, on)
    keep(stay, case, on)
