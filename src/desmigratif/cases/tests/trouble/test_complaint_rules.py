"""Who may see a complaint, and how long it may wait: to the minute, in three time zones, over holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files
from typing import Any

import pytest
import yaml

from desmigratif.cases.models import ComplaintState
from desmigratif.cases.rules.trouble import complaints as rules

EXAMPLES: dict[str, Any] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/complaints.yaml").read_text(encoding="utf-8")
)
TODAY = date(2026, 11, 23)


def local(text: str, offset: int) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone(timedelta(hours=offset)))


@pytest.mark.parametrize(("received", "offset", "emergency", "due"), EXAMPLES["batas_pilah"])
def test_until_when_a_complaint_is_triaged(received: str, offset: int, emergency: bool, due: str) -> None:
    start = local(received, offset).astimezone(UTC)

    assert rules.triage_due(start, emergency=emergency, utc_offset=offset) == local(due, offset)


@pytest.mark.parametrize(("triaged", "offset", "emergency", "due"), EXAMPLES["batas_periksa"])
def test_until_when_a_complaint_is_verified(triaged: str, offset: int, emergency: bool, due: str) -> None:
    start = local(triaged, offset).astimezone(UTC)

    assert rules.verify_due(start, emergency=emergency, utc_offset=offset) == local(due, offset)


@pytest.mark.parametrize("offset", [7, 8, 9])
@pytest.mark.parametrize(
    ("clock", "emergency", "hours", "minutes", "kept"),
    [
        (rules.triage_due, True, 1, 59, True),
        (rules.triage_due, True, 2, 1, False),
        (rules.triage_due, False, 23, 59, True),
        (rules.triage_due, False, 24, 1, False),
        (rules.verify_due, False, 71, 59, True),
        (rules.verify_due, False, 72, 1, False),
    ],
)
def test_a_minute_decides(offset: int, clock: Any, emergency: bool, hours: int, minutes: int, kept: bool) -> None:
    start = local("2026-11-23 08:00", offset)

    due = clock(start, emergency=emergency, utc_offset=offset)

    assert rules.in_time(start + timedelta(hours=hours, minutes=minutes), due) is kept


def test_the_last_moment_counts() -> None:
    start = local("2026-11-23 08:00", 7)

    assert rules.in_time(start + timedelta(hours=24), rules.triage_due(start, emergency=False, utc_offset=7))


@pytest.mark.parametrize(("kind", "wanted", "about_officer", "tier"), EXAMPLES["siapa_melihat"])
def test_the_strictest_wish_decides_who_may_see(kind: str, wanted: str, about_officer: bool, tier: str) -> None:
    assert rules.tier_for(rules.kinds_on(TODAY)[kind], wanted=wanted, about_officer=about_officer) == tier


def test_what_the_village_must_not_see_is_kept_under_the_regency() -> None:
    kept = [rules.kept_under("33.07.10.2004", tier) for tier in (rules.VILLAGE, rules.REGENCY, rules.PROTECTIVE)]

    assert kept == ["33.07.10.2004", "33.07", "33.07"]


@pytest.mark.parametrize(("event_on", "last"), EXAMPLES["klaim_sampai"])
def test_a_benefit_may_be_claimed_for_five_years(event_on: date, last: date) -> None:
    assert rules.last_claim_day(event_on, TODAY) == last


def test_the_taxonomy_is_whole_and_its_words_are_sound() -> None:
    kinds = rules.kinds_on(TODAY)

    assert len(kinds) == EXAMPLES["jumlah_jenis"]
    assert {kind.group for kind in kinds.values()} == set(rules.groups_on(TODAY))
    assert {kind.tier for kind in kinds.values()} == {rules.VILLAGE, rules.REGENCY, rules.PROTECTIVE}
    assert all(kind.bodies and kind.stage in ("before", "during", "after", "home") for kind in kinds.values())
    assert all(kind.emergency for kind in kinds.values() if kind.tier == rules.PROTECTIVE)


def test_every_state_is_reached_and_only_along_the_flow() -> None:
    after = {state: rules.next_states(state, TODAY) for state in ComplaintState.values}

    assert {to for states in after.values() for to in states} == {*ComplaintState.values} - {"RECEIVED"}
    for state, allowed in after.items():
        for to in ComplaintState.values:
            assert bool(rules.reasons_not_to_move(state, to, TODAY)) == (to not in allowed)
