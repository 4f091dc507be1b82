"""When silence is an alarm, in three time zones and to the minute; what a longer contract costs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from desmigratif.cases.rules.abroad import contact as rules
from desmigratif.cases.rules.abroad import contracts
from desmigratif.people.rules.calls import next_calls, zone_name
from desmigratif.regulations.countries import country_names
from desmigratif.regulations.time_zones import time_zones
from desmigratif.shared import dated
from desmigratif.shared.dated import NoValueOnDate, value_on
from desmigratif.shared.tests.mutating import unnoticed

SAID: dict[str, Any] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/abroad.yaml").read_text(encoding="utf-8")
)
TODAY = date(2026, 11, 23)


def extended(row: dict[str, Any]) -> bool:
    since, until = row["dari"], row["sampai"]
    months = contracts.months_more(since, until)
    codes = [r.code for r in contracts.reasons_not_to_extend(contract_until=since, until=until, on=TODAY)]
    if row.get("terlalu_panjang"):
        return (months, codes) == (row["bulan"], ["too_long"])
    return (months, codes, contracts.premium_of_extension(months, on=TODAY)) == (row["bulan"], [], row["iuran"])


def all_true() -> bool:
    try:
        firsts = {versions[0].since for versions in dated.subject("abroad").values()}
        return (
            firsts == {SAID["mulai"]}
            and value_on("abroad.asked_to_agree", TODAY) == SAID["ditawarkan"]
            and value_on("abroad.remittance_bands", TODAY) == SAID["kiriman"]
            and value_on("abroad.remittance_uses", TODAY) == SAID["dipakai_untuk"]
            and all(rules.stale_on(row["diperbarui"]) == row["sejak"] for row in SAID["data_lama"])
            and all(extended(row) for row in SAID["perpanjangan"])
        )
    except (NoValueOnDate, TypeError, KeyError):
        return False


def test_the_worked_examples_hold_and_no_value_is_wrong_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all_true()
    tried, missed = unnoticed(monkeypatch, "abroad", all_true)
    assert (tried > 40, missed) == (True, [])


@pytest.mark.parametrize("row", SAID["alarm"], ids=lambda row: row["kabar"])
def test_an_alarm_is_raised_after_the_moment_of_the_examples(row: dict[str, Any]) -> None:
    heard, due = datetime.fromisoformat(row["kabar"]), datetime.fromisoformat(row["alarm_sesudah"])

    assert rules.due_at(heard, row["tiap"]) == due


@pytest.mark.parametrize("offset", [7, 8, 9], ids=["WIB", "WITA", "WIT"])
@pytest.mark.parametrize(
    ("silent", "overdue", "days"),
    [
        (timedelta(hours=71, minutes=59), False, 3),
        (timedelta(hours=72), False, 3),
        (timedelta(hours=72, minutes=1), True, 4),
    ],
)
def test_three_days_are_three_times_24_hours_wherever_the_village_is(
    offset: int, silent: timedelta, overdue: bool, days: int
) -> None:
    heard = rules.moment_of(date(2026, 11, 20), time(10, 0), offset)
    now = heard + silent

    assert rules.is_overdue(rules.due_at(heard, 3), now) == overdue
    assert rules.days_silent(heard, now) == days


def test_the_same_hour_comes_two_hours_earlier_in_the_far_east() -> None:
    in_java, in_papua = (rules.moment_of(date(2026, 11, 20), time(10, 0), offset) for offset in (7, 9))

    assert in_java - in_papua == timedelta(hours=2)


def test_a_call_of_unknown_hour_counts_to_the_end_of_its_day_in_the_village() -> None:
    heard = rules.moment_of(date(2026, 11, 20), None, 8)

    assert heard == datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


def test_silence_without_an_agreement_is_no_alarm() -> None:
    assert not rules.is_overdue(None, datetime(2026, 11, 23, tzinfo=UTC))


def test_the_agreed_hour_is_the_workers_and_is_shown_in_both_clocks() -> None:
    now = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # a Monday

    first, second = next_calls([6], time(19, 0), "Asia/Hong_Kong", 7, now, count=2)

    assert (first.there.isoformat(), first.here.isoformat()) == (
        "2026-11-29T19:00:00+08:00", "2026-11-29T18:00:00+07:00",
    )  # fmt: skip
    assert second.there - first.there == timedelta(days=7)


def test_an_agreed_hour_of_today_is_the_next_one_until_it_is_over() -> None:
    at = time(19, 0)
    before = datetime(2026, 11, 29, 10, 59, tzinfo=UTC)  # 18.59 in Hong Kong, a Sunday
    after = before + timedelta(minutes=2)

    days = [next_calls([6], at, "Asia/Hong_Kong", 7, now, count=1)[0].there.day for now in (before, after)]

    assert days == [29, 6]


def test_when_summer_ends_over_there_the_call_comes_an_hour_later_here() -> None:
    now = datetime(2026, 10, 20, tzinfo=UTC)

    here = [call.here.hour for call in next_calls([6], time(12, 0), "Europe/Rome", 7, now, count=2)]

    assert here == [18, 18]
    earlier = next_calls([6], time(12, 0), "Europe/Rome", 7, datetime(2026, 10, 12, tzinfo=UTC), count=1)
    assert [call.here.hour for call in earlier] == [17]


def test_across_the_date_line_the_village_has_another_day() -> None:
    now = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)

    (call,) = next_calls([5], time(20, 0), "America/Los_Angeles", 9, now, count=1)

    assert (call.there.weekday(), call.here.weekday(), call.here.hour) == (5, 6, 13)


@pytest.mark.parametrize("missing", ["weekdays", "at", "zone"])
def test_without_an_agreed_day_hour_and_zone_no_call_is_promised(missing: str) -> None:
    known: dict[str, Any] = {"weekdays": [6], "at": time(19, 0), "zone": "Asia/Taipei"}
    known |= {missing: {"weekdays": [], "at": None, "zone": ""}[missing]}

    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert next_calls(known["weekdays"], known["at"], known["zone"], 7, now) == []


def test_every_country_has_zones_and_every_zone_exists() -> None:
    assert time_zones().keys() == country_names().keys()
    for zones in time_zones().values():
        assert zones
        for name in zones:
            ZoneInfo(name)


def test_a_zone_of_another_country_is_not_taken_over() -> None:
    assert zone_name("HKG", "Europe/Rome") == "Asia/Hong_Kong"
    assert zone_name("USA", "America/Chicago") == "America/Chicago"
    assert zone_name("") == ""


@pytest.mark.parametrize(
    ("contract", "cover", "covered"),
    [
        (date(2028, 5, 30), date(2028, 5, 30), True),
        (date(2028, 5, 30), date(2028, 5, 29), False),
        (None, date(2026, 11, 23), True),
        (None, date(2026, 11, 22), False),
        (date(2026, 1, 1), date(2026, 6, 1), False),  # a contract that is over does not make an old policy good
        (date(2028, 5, 30), None, False),
    ],
)
def test_a_worker_is_covered_today_and_to_the_end_of_the_contract(
    contract: date | None, cover: date | None, covered: bool
) -> None:
    assert contracts.is_covered(contract, cover, TODAY) == covered


def test_a_contract_does_not_end_before_it_ended() -> None:
    reasons = contracts.reasons_not_to_extend(contract_until=TODAY, until=TODAY, on=TODAY)

    assert [reason.code for reason in reasons] == ["not_later"]
    assert contracts.reasons_not_to_extend(contract_until=None, until=TODAY + timedelta(days=1), on=TODAY) == []
    assert contracts.ground_of_premium(TODAY) == "Permenaker 4/2023 Pasal 18 ayat (3)"


def test_a_call_is_not_in_the_future_and_not_before_the_journey() -> None:
    now = datetime(2026, 11, 23, 10, 15, tzinfo=timezone(timedelta(hours=7)))

    def codes(on: date, at: time | None, left_on: date | None = None) -> list[str]:
        return [r.code for r in rules.reasons_about_moment(on, at, now, 7, left_on=left_on)]

    assert codes(TODAY, time(10, 16)) == ["later_than_now"]
    assert codes(TODAY, time(10, 15)) == []
    assert codes(TODAY, None) == []
    assert codes(date(2026, 5, 1), None, date(2026, 5, 2)) == ["before_departure"]
