"""A group's months, written down at a desk, from paper, or by its treasurer's link."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.roles import GROUP_TREASURER
from desmigratif.access.scope import require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.actions.common import locked_group, note
from desmigratif.enterprises.inputs.months import MakeMonthLink, NewMonth, RecordMonth, RecordMonths
from desmigratif.enterprises.models import Baseline, Group, GroupEnd, GroupMonth, MonthLink
from desmigratif.enterprises.month_links import digest_of, token_of
from desmigratif.enterprises.rules import month_link
from desmigratif.enterprises.rules import months as rules
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

MONTH, MENTOR = Permission.ENTERPRISE_MONTH, Permission.ENTERPRISE_MENTOR


class CannotRecordMonth(Refusal):
    code = "cannot_record_month"


@action("enterprises.record_month", MONTH)
def record_month(*, by: Actor, given: RecordMonth, now: datetime) -> GroupMonth:
    """Write down one month of a group, or put one right that was written down."""
    require(by, MONTH, given.village_code)
    group = locked_group(given.village_code, given.group_id)
    today = checked_day(given.on, given.village_code, now)
    _only_own_group(by, group, today)
    rows = GroupMonth.objects.in_village(group.village_code).filter(group=group, month=given.month)
    standing = rows.select_for_update().first()
    if reasons := _against(group, given, standing, given.seen, today) + _against_before(given):
        raise CannotRecordMonth(reasons)
    if given.before_rupiah is not None:
        _say_before(group, given.before_rupiah, today)
    return _write(group, given, standing, given.way, today)


@action("enterprises.record_months", MENTOR)
def record_months(*, by: Actor, given: RecordMonths, now: datetime) -> dict[str, Any]:
    """Write down several months of a group from its paper sheet; all of them or none."""
    require(by, MENTOR, given.village_code)
    group = locked_group(given.village_code, given.group_id)
    today = checked_day(given.on, given.village_code, now)
    wanted = [one.month for one in given.months]
    rows = GroupMonth.objects.in_village(group.village_code).filter(group=group, month__in=wanted)
    written = {row.month: row for row in rows}
    reasons = [
        Reason(one.code, one.text, field=f"months.{place}.{one.field}", way_out=one.way_out)
        for place, row in enumerate(given.months)
        for one in _against(group, row, written.get(row.month), 0, today)
    ]
    if len(set(wanted)) < len(wanted):
        reasons.append(Reason("month_twice", "Satu bulan ditulis dua kali.", field="months"))
    if reasons:
        raise CannotRecordMonth(reasons)
    for row in given.months:
        _write(group, row, None, "paper", today)
    return {"count": len(wanted)}


def _only_own_group(by: Actor, group: Group, today: date) -> None:
    """A treasurer's link opens one group, as long as it holds. Raises `NotFoundOrNotYours`."""
    if by.role_code != GROUP_TREASURER.code:
        return
    link = MonthLink.objects.in_village(group.village_code).filter(id=by.id, group=group).first()
    if link is None or not month_link.holds(ended_on=link.ended_on, until=link.until, today=today):
        raise NotFoundOrNotYours("group_id")


def _against(group: Group, given: NewMonth, standing: GroupMonth | None, seen: int, today: date) -> list[Reason]:
    ending = GroupEnd.objects.in_village(group.village_code).filter(group=group).first()
    reasons = rules.reasons_not_to_record(
        month=given.month, formed_on=group.formed_on, closed_on=ending.on if ending else None,
        written=standing is not None and not seen, today=today,
    )  # fmt: skip
    if standing is not None and seen and seen != standing.version:
        text = "Bulan ini sudah dibetulkan orang lain sejak halaman ini dibuka."
        reasons.append(Reason("changed_meanwhile", text, way_out="Buka lagi catatan bulan itu, lalu bandingkan."))
    return reasons + rules.reasons_against_amounts(
        sales_rupiah=given.sales_rupiah, cost_rupiah=given.cost_rupiah, workers=given.workers,
        channels=given.channels, on=today,
    )  # fmt: skip


def _against_before(given: RecordMonth) -> list[Reason]:
    if given.before_rupiah is None or 0 <= given.before_rupiah <= rules.most_rupiah_on(given.month):
        return []
    return [Reason("impossible", "Tulis kira-kira laba sebulan sebelum ada kelompok.", field="before_rupiah")]


def _say_before(group: Group, rupiah: int, today: date) -> None:
    """What was earned before is said once."""
    if Baseline.objects.in_village(group.village_code).filter(group=group).exists():
        return
    Baseline.objects.create(village_code=group.village_code, group=group, monthly_rupiah=rupiah, said_on=today)
    for row in GroupMonth.objects.in_village(group.village_code).filter(group=group):  # written before it was said
        change = row.sales_rupiah - row.cost_rupiah - rupiah
        memory.add_fact("C7", group.village_code, row.month, numerator=change, denominator=1, key=str(row.id))


def _write(group: Group, given: NewMonth, standing: GroupMonth | None, way: str, today: date) -> GroupMonth:
    if standing is None:
        refuse_taken_ids(GroupMonth, [given.month_id])
        row = GroupMonth(id=given.month_id, village_code=group.village_code, group=group, month=given.month, version=0)
    else:
        row = standing
    before = (row.sales_rupiah - row.cost_rupiah, row.workers) if standing else None
    row.sales_rupiah, row.cost_rupiah, row.workers = given.sales_rupiah, given.cost_rupiah, given.workers
    row.channels, row.way, row.recorded_on = sorted(set(given.channels)), way, today
    row.version += 1
    row.save(force_insert=standing is None)
    _count(group, row, before)
    note("month.corrected" if standing else "month.recorded", group, Subject("enterprise_month", row.id), way=way)
    unit.changed("enterprises.groupmonth", group.village_code, row.id)
    return row


def _count(group: Group, row: GroupMonth, before: tuple[int, int] | None) -> None:
    """C7: a month's net income against before the group; C8: paid workers. What was counted before is taken off."""
    code, key = group.village_code, str(row.id)
    profit, workers = row.sales_rupiah - row.cost_rupiah, row.workers
    baseline = Baseline.objects.in_village(code).filter(group=group).first()
    if baseline is not None:
        change = profit - (before[0] if before else baseline.monthly_rupiah)
        memory.add_fact("C7", code, row.month, numerator=change, denominator=int(before is None), key=key)
    if workers != (before[1] if before else 0):
        memory.add_fact("C8", code, row.month, numerator=workers - (before[1] if before else 0), key=key)


@action("enterprises.make_month_link", MENTOR)
def make_month_link(*, by: Actor, given: MakeMonthLink, now: datetime) -> MonthLink:
    """Make the address by which a group's treasurer fills in its months; an older one opens nothing any more."""
    require(by, MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(MonthLink, [given.link_id])
    group = locked_group(given.village_code, given.group_id)
    if GroupEnd.objects.in_village(group.village_code).filter(group=group).exists():
        raise CannotRecordMonth(Reason("ended", "Kelompok ini sudah berhenti."))
    older = MonthLink.objects.in_village(group.village_code).filter(group=group, ended_on=None)
    older.update(ended_on=given.on)
    link = MonthLink.objects.create(
        id=given.link_id, village_code=group.village_code, group=group, made_on=given.on,
        until=month_link.lasts_until(given.on), token_digest=digest_of(token_of(given.link_id)),
    )  # fmt: skip
    note("month_link.made", group, Subject("enterprise_month_link", link.id))
    return link
