"""The oracle of C1 to C9: counted straight from the records, slow and plain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from desmigratif.audit.tallying import Counts, Tally, tallied
from desmigratif.enterprises.models import (
    Asset,
    Baseline,
    CapitalNeed,
    Group,
    GroupEnd,
    GroupMonth,
    Member,
    MentorVisit,
)
from desmigratif.enterprises.models.months import RemittanceAnswer
from desmigratif.people.models import HandOver, Resident
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import add_months


def recount(village_codes: Sequence[str], until: date) -> Counts:
    return tallied((count_groups, count_members, count_things, count_months), village_codes, until)


def count_groups(village_code: str, until: date, tally: Tally) -> None:
    """C1 of groups that sell, C2 of those that come of age, C6 of visits."""
    for group in Group.objects.in_village(village_code):
        end = GroupEnd.objects.in_village(village_code).filter(group=group).first()
        months = GroupMonth.objects.in_village(village_code).filter(group=group)
        sold = [row.month for row in months if row.sales_rupiah > 0]
        ended_on = end.on if end else None
        is_over = ended_on is not None and ended_on <= until
        since = add_months(until.replace(day=1), -3)
        tally.add("C1", until, not is_over and any(month >= since for month in sold), 1)
        for age in (12, 24, 36):
            at = add_months(group.formed_on.replace(day=1), age)
            if at > until:
                continue
            days = value_on("enterprise_life.asleep_days", at)
            near = any(month < at and (at - _last_of(month)).days <= days for month in sold)
            alive = near and not (ended_on is not None and ended_on < at)
            tally.add("C2", at, alive, 1)
            tally.add(f"C2.{age}", at, alive, 1)
        needs = CapitalNeed.objects.in_village(village_code).filter(group=group)
        asked = [one.hand_over_id for one in needs if one.hand_over_id is not None]
        taken = [HandOver.objects.in_village(village_code).get(id=hand_over_id).taken for hand_over_id in asked]
        tally.add("E6", until, True in taken, 0)
    for visit in MentorVisit.objects.in_village(village_code):
        tally.add("C6", visit.on, 1, 0)


def _last_of(month: date) -> date:
    return add_months(month, 1) - timedelta(days=1)


def count_members(village_code: str, until: date, tally: Tally) -> None:
    """C3 and C4: every person who ever was in a group."""
    merged = {row.id: row.merged_into_id for row in Resident.objects.in_village(village_code)}
    ties: dict[UUID, set[str]] = {}
    sexes: dict[UUID, set[str]] = {}
    for member in Member.objects.in_village(village_code).select_related("resident"):
        person = merged[member.resident_id] or member.resident_id
        ties.setdefault(person, set()).add(member.tie)
        sexes.setdefault(person, set()).add(member.resident.sex)
    for one, tied in ties.items():
        tally.add("C3", until, tied != {"none"}, 1)
        if sexes[one] != {""}:
            tally.add("C4", until, "F" in sexes[one], 1)


def count_things(village_code: str, until: date, tally: Tally) -> None:
    """C5: things that were looked at, by number and by value; C9 by what was told freely."""
    for thing in Asset.objects.in_village(village_code).exclude(usable=None):
        tally.add("C5", until, bool(thing.usable), 1)
        tally.add("C5V", until, thing.value_rupiah * bool(thing.usable), thing.value_rupiah)
    for answer in RemittanceAnswer.objects.in_village(village_code):
        bands = value_on("enterprise_life.remittances", answer.on)
        got = bands[answer.received]["counted"]
        put = sum(bands[band]["counted"] for band in answer.used.values())
        tally.add("C9", answer.on, min(put, got), got)


def count_months(village_code: str, until: date, tally: Tally) -> None:
    """C7 against what was earned before the group; C8 by who worked."""
    before = {row.group_id: row.monthly_rupiah for row in Baseline.objects.in_village(village_code)}
    for row in GroupMonth.objects.in_village(village_code):
        tally.add("C8", row.month, row.workers, 0)
        if row.group_id in before:
            tally.add("C7", row.month, row.sales_rupiah - row.cost_rupiah - before[row.group_id], 1)
