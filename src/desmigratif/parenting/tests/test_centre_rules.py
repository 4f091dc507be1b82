"""What the law and the agreements of the centre say, as officials can read it in examples."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any
from uuid import UUID

import pytest
import yaml

from desmigratif.parenting.pictures import bars
from desmigratif.parenting.rules import calls, centre, roll
from desmigratif.shared.ids import new_id

TODAY = date(2026, 11, 23)
EXAMPLES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/parenting_centre.yaml").read_text(encoding="utf-8")
)


def test_every_example_of_the_regulation_is_run() -> None:
    assert EXAMPLES.keys() == {"alarm", "kertas_relawan", "rajin", "jadwal", "nomor_lembar"}


@pytest.mark.parametrize("row", EXAMPLES["alarm"], ids=lambda row: row["siapa"] or "nobody")
def test_silence_is_told_as_in_the_examples(row: dict[str, Any]) -> None:
    assert centre.who_is_told(row["terakhir"], row["hari_ini"]) == row["siapa"]
    told = row["siapa"] in ("village", "regency")
    assert (row["terakhir"] <= centre.silent_from("village", row["hari_ini"])) == told


@pytest.mark.parametrize("row", EXAMPLES["kertas_relawan"], ids=lambda row: row["kertas"])
def test_a_paper_lasts_as_in_the_examples(row: dict[str, Any]) -> None:
    check = centre.Check(row["kertas"], row["diperiksa"])
    until = row["sampai"]

    assert centre.check_lasts_until(check) == until
    assert centre.may_lead(check, until)
    assert not centre.may_lead(check, date.fromordinal(until.toordinal() + 1))
    assert not centre.may_lead(check, date.fromordinal(row["diperiksa"].toordinal() - 1))


@pytest.mark.parametrize("row", EXAMPLES["rajin"], ids=str)
def test_who_comes_regularly_is_reckoned_as_in_the_examples(row: dict[str, Any]) -> None:
    assert roll.is_regular(row["hadir"], row["dari"], TODAY) == row["ya"]


@pytest.mark.parametrize("row", EXAMPLES["jadwal"], ids=str)
def test_a_month_meets_on_the_days_of_the_examples(row: dict[str, Any]) -> None:
    assert centre.days_of_month(row["bulan"], row["hari"], since=row["mulai"]) == row["kegiatan"]


@pytest.mark.parametrize("row", EXAMPLES["nomor_lembar"], ids=lambda row: row["tulisan"] or "empty")
def test_numbers_of_a_sheet_are_read_as_in_the_examples(row: dict[str, Any]) -> None:
    most = row.get("dari", 30)
    if row.get("salah"):
        with pytest.raises(roll.UnreadableNumbers):
            roll.numbers_on_sheet(row["tulisan"], most)
    else:
        assert roll.numbers_on_sheet(row["tulisan"], most) == row["nomor"]


@pytest.mark.parametrize("text", ["9-4", "0", "1-", "999999", "3.5", "-2"])
def test_numbers_that_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(roll.UnreadableNumbers):
        roll.numbers_on_sheet(text, 30)


def test_every_theme_is_of_a_module_and_every_kind_is_for_somebody() -> None:
    for day in (date(2017, 1, 2), TODAY):
        audiences = set(centre.labels("audiences", day))
        assert {said["for"] for said in centre.listed("themes", day).values()} == audiences
        assert centre.listed("kinds", day)[centre.CAREGIVERS_CLASS]["for"] == "caregiver"
    limits = centre.listed("silence_days", TODAY)
    assert limits["village"] < limits["regency"], "the village hears of it first"


@pytest.mark.parametrize(
    ("scores", "codes"),
    [
        ([(1, 45, 80)], []),
        ([(1, None, None)], []),
        ([], ["nobody_scored"]),
        ([(1, 45, 400)], ["impossible_score"]),
        ([(1, -1, 101)], ["impossible_score", "impossible_score"]),
        ([(1, 0, 100), (1, 5, 6)], ["twice_in_class"]),
        ([(9, 45, 80)], ["not_a_caregiver"]),
    ],
)
def test_a_score_of_400_somebody_twice_and_a_stranger_are_refused(scores: list[Any], codes: list[str]) -> None:
    ids = {n: UUID(int=n) for n in range(1, 10)}
    rows = [roll.Score(ids[n], before, after) for n, before, after in scores]

    found = roll.reasons_against_scores(rows, [ids[1], ids[2]], TODAY)

    assert [reason.code for reason in found] == codes


def test_a_class_gains_what_those_gained_of_whom_both_scores_are_known() -> None:
    one, two, three = new_id(), new_id(), new_id()
    rows = [roll.Score(one, 45, 80), roll.Score(two, 50, 40), roll.Score(three, None, 90)]

    assert roll.gain(rows) == (25, 2)


# --- calls ---

SUNDAYS = calls.Agreed((6,), time(19), "Asia/Hong_Kong", since=date(2026, 11, 2), until=date(2026, 11, 29))


def test_calls_stand_only_while_the_agreement_holds() -> None:
    found = calls.calls_between(
        SUNDAYS, datetime(2026, 10, 26, tzinfo=UTC), datetime(2026, 12, 24, tzinfo=UTC), offset_hours=7
    )

    assert [(call.here.day, call.here.hour) for call in found] == [(8, 18), (15, 18), (22, 18)]


@pytest.mark.parametrize(
    ("due_at", "known", "code"),
    [
        (datetime(2026, 11, 22, 11, tzinfo=UTC), False, ""),
        (datetime(2026, 11, 29, 11, tzinfo=UTC), False, "call_in_future"),
        (datetime(2026, 11, 22, 11, tzinfo=UTC), True, "call_recorded"),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), False, "not_agreed"),
        (datetime(2026, 11, 1, 11, tzinfo=UTC), False, "not_agreed"),  # before the family agreed
    ],
)
def test_a_call_is_written_down_once_and_not_ahead(due_at: datetime, known: bool, code: str) -> None:
    now = datetime(2026, 11, 23, 3, tzinfo=UTC)

    found = calls.reasons_not_to_record(SUNDAYS, due_at=due_at, now=now, offset_hours=7, known=known)

    assert [reason.code for reason in found] == ([code] if code else [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"weekdays": [7]}, "not_a_weekday"),
        ({"country": "IDN"}, "unknown_country"),
        ({"zone": ""}, "unknown_country"),
        ({"left_on": TODAY}, "child_left"),
        ({"since": date(2026, 12, 1)}, "before_standing"),
    ],
)
def test_evenings_that_cannot_be_are_refused(changes: dict[str, Any], code: str) -> None:
    given: dict[str, Any] = {
        "weekdays": [6], "zone": "Asia/Hong_Kong", "country": "HKG", "left_on": None, "on": TODAY, "since": None,
    }  # fmt: skip

    found = calls.reasons_not_to_agree(**{**given, **changes})

    assert [reason.code for reason in found] == ([code] if code else [])


def test_bars_are_as_tall_as_their_percent_and_the_unknown_has_none() -> None:
    picture = bars([("Okt", 100), ("Nov", 50), ("Des", None)])

    assert [(bar.height, bar.value) for bar in picture.bars] == [("60.0", "100"), ("30.0", "50"), ("0.0", "–")]
    assert {float(bar.y) + float(bar.height) for bar in picture.bars} == {picture.base}
