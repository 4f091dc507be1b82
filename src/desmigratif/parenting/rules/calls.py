"""Evenings on which a child and its parent abroad talk. The clocks stand in people/rules/calls.py. Plain Python."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desmigratif.parenting.rules.centre import reasons_not_listed
from desmigratif.people.rules.calls import Call, next_calls
from desmigratif.shared.reasons import Reason

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a family agreed on; the hour is the parent's. `until`: the first day on which it no longer holds."""

    weekdays: tuple[int, ...]
    at: time
    zone: str
    since: date
    until: date | None = None


def reasons_not_to_agree(
    *, weekdays: Collection[int], zone: str, country: str, left_on: date | None, on: date, since: date | None
) -> list[Reason]:
    """Why these evenings cannot be agreed on; empty means they can."""
    reasons = []
    if not set(weekdays) <= set(range(7)):
        reasons.append(Reason("not_a_weekday", "Pilih hari Senin sampai Minggu.", field="weekdays"))
    if country == "IDN" or not zone:
        reasons.append(Reason("unknown_country", "Pilih negara tempat orang tuanya bekerja.", field="country"))
    if left_on is not None and left_on <= on:
        reasons.append(Reason("child_left", "Anak ini sudah tidak terdaftar di rumah belajar."))
    if since is not None and on < since:
        reasons.append(Reason("before_standing", "Tanggalnya sebelum kesepakatan yang sekarang.", field="on"))
    return reasons


def calls_between(agreed: Agreed, first: datetime, last: datetime, offset_hours: int) -> list[Call]:
    """The agreed calls from one moment up to another, in both clocks; only while the agreement holds."""
    found: list[Call] = []
    most = 7 * ((last - first).days // 7 + 2)
    for call in next_calls(agreed.weekdays, agreed.at, agreed.zone, offset_hours, first, count=most):
        if call.there > last:
            break
        day = call.here.date()
        if day >= agreed.since and (agreed.until is None or day < agreed.until):
            found.append(call)
    return found


def reasons_not_to_record(
    agreed: Agreed, *, due_at: datetime, now: datetime, offset_hours: int, known: bool
) -> list[Reason]:
    """Why nothing can be written about a call at this moment; empty means it can."""
    if due_at > now:
        return [Reason("call_in_future", "Telepon ini belum waktunya.", way_out="Catat sesudah jamnya.")]
    if known:
        return [Reason("call_recorded", "Telepon ini sudah dicatat.")]
    if not calls_between(agreed, due_at, due_at, offset_hours):
        return [Reason("not_agreed", "Tidak ada telepon yang disepakati pada jam itu.")]
    return []


def reasons_against_missed(because: str, on: date) -> list[Reason]:
    return reasons_not_listed("missed_reasons", because, on, field="missed_because", text="Pilih sebabnya.")
