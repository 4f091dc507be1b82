"""Somebody wants de-identified rows, or wants them no more."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.checks import refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.extracts import sealing
from desmigratif.extracts.inputs import AskExtract, WithdrawExtract
from desmigratif.extracts.making import columns_of, released
from desmigratif.extracts.models import Counter, Extract
from desmigratif.extracts.queries import held_by
from desmigratif.extracts.registry import SOURCES
from desmigratif.extracts.rules import asking as rules
from desmigratif.indicators.rules.periods import Period
from desmigratif.regions.queries import UnknownRegion, region_name, today_in
from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

ASK = Permission.EXTRACT_ASK


class CannotAsk(Refusal):
    code = "cannot_ask"


class CannotWithdraw(Refusal):
    code = "cannot_withdraw"


@action("extracts.ask_extract", ASK)
def ask_extract(*, by: Actor, given: AskExtract, now: datetime) -> Extract:
    """Write the wish down, after trying whether anything could leave at all."""
    require(by, ASK, given.region_code)
    today = today_in(_known_region(given.region_code), now)
    if given.subject not in SOURCES or given.ground not in value_on("extracts.grounds", today):
        raise CannotAsk(Reason("not_a_choice", "Pilih salah satu pilihan yang tersedia.", field="ground"))
    about = _about(given, today)
    known = [one.code for one in SOURCES[given.subject].columns]
    reasons = rules.reasons_not_to_ask(
        about=about, purpose=given.purpose, wanted_until=given.wanted_until, columns=given.columns, known=known,
        today=today,
    )  # fmt: skip
    reasons += rules.reasons_to_keep_apart(about, held_by(by.id, given.subject), today)
    if reasons:
        raise CannotAsk(reasons)
    released(about, columns_of(given.subject, list(given.columns)), today)
    refuse_taken_ids(Extract, [given.extract_id])
    asked = Extract.objects.create(
        id=given.extract_id, number=_next_number(), subject=given.subject, region_code=given.region_code,
        since=about.since, until=about.until, columns=[code for code in known if code in given.columns],
        purpose=given.purpose, ground=given.ground, study=given.study, wanted_until=given.wanted_until,
        asked_by=by.id, asked_name=by.label, asked_on=today,
    )  # fmt: skip
    _record(asked, "extract.asked", subject=asked.subject, columns=asked.columns)
    return asked


def _known_region(code: str) -> str:
    """Raises `NotFoundOrNotYours` for a code that no region has."""
    try:
        region_name(code)
    except UnknownRegion:
        raise NotFoundOrNotYours("region_code") from None
    return code


def _about(given: AskExtract, today: date) -> rules.Stretch:
    """A period that is not over counts until today."""
    period = Period.parse(given.period)
    first, last = period.first.first, period.last.last
    return rules.Stretch(given.subject, given.region_code, first, min(last, max(first, today)))


def _next_number() -> int:
    Counter.objects.get_or_create(id=1)
    counter = Counter.objects.select_for_update().get(id=1)
    counter.last = F("last") + 1
    counter.save(update_fields=["last"])
    counter.refresh_from_db()
    return int(counter.last)


@action("extracts.withdraw_extract", ASK)
def withdraw_extract(*, by: Actor, given: WithdrawExtract, now: datetime) -> Extract:
    """Who asked needs it no more: what waits is taken back, a file is destroyed at once."""
    mine = Extract.objects.visible_to(by).filter(asked_by=by.id).select_for_update()
    found = get_or_refuse(mine, "extract_id", id=given.extract_id)
    require(by, ASK, found.region_code)
    if found.state not in (rules.WAITING, rules.READY):
        raise CannotWithdraw(Reason("over_already", f"Sudah selesai: {rules.STATES[found.state].lower()}."))
    if found.state == rules.WAITING:
        found.state = rules.WITHDRAWN
        found.save(update_fields=["state"])
        _record(found, "extract.withdrawn")
        return found
    return end(found, today_in(NATION, now), because="given_back")


def end(found: Extract, on: date, *, because: str) -> Extract:
    """Destroy the file; the entry in the register stays. Inside an action."""
    sealing.destroy(found)
    found.state, found.ended_on = rules.ENDED, on
    found.save(update_fields=["state", "ended_on"])
    _record(found, "extract.ended", because=because)
    return found


def _record(extract: Extract, event: str, **details: Any) -> None:
    unit.record(event, subjects=[Subject("extract", extract.id)], region=extract.region_code, **details)
