"""When somebody abroad is due to be heard of, in their time and in ours; when silence is an alarm. Plain Python."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from math import ceil

from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason

_DAY = timedelta(days=1)


def moment_of(on: date, at: time | None, offset_hours: int) -> datetime:
    """When something was heard, by the village's clock. Of a day without an hour the whole day counts: its end."""
    here = timezone(timedelta(hours=offset_hours))
    if at is None:
        return datetime.combine(on + _DAY, time(), here)
    return datetime.combine(on, at, here)


def due_at(heard_at: datetime, every_days: int) -> datetime:
    """The last moment at which silence is as agreed."""
    return heard_at + timedelta(days=every_days)


def is_overdue(due: datetime | None, now: datetime) -> bool:
    """Whether somebody has been silent for longer than agreed; without an agreement nobody is."""
    return due is not None and now > due


def days_silent(heard_at: datetime, now: datetime) -> int:
    """Days of silence, a day that began counts: three days and a minute are four."""
    return max(0, ceil((now - heard_at) / _DAY))


def stale_on(updated_on: date) -> date:
    """The first day on which what is known of somebody abroad is no longer fresh. Raises `NoValueOnDate`."""
    days: int = value_on("abroad.fresh_days", updated_on)
    return updated_on + timedelta(days=days + 1)


def reasons_about_moment(
    on: date, at: time | None, now: datetime, offset_hours: int, *, left_on: date | None
) -> list[Reason]:
    """A call is neither in the future nor before the journey."""
    if at is not None and moment_of(on, at, offset_hours) > now:
        return [Reason("later_than_now", "Jam kabarnya belum lewat.", field="at")]
    if left_on is not None and on < left_on:
        return [Reason("before_departure", "Kabar dari luar negeri tidak mungkin sebelum berangkat.", field="on")]
    return []
