"""The journey as a machine: nothing is skipped, everything has an end, and the data holds together."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from desmigratif.cases.models import ABROAD, ENDED, LEFT, CaseState
from desmigratif.cases.rules import journey as rules
from desmigratif.cases.rules.journey import Journey, Standing, journey_on
from desmigratif.cases.rules.measures import CHEAP, EASY, FAST, Finished, Safeguards, of_case, of_step
from desmigratif.cases.rules.papers.requirements import papers_for
from desmigratif.people.rules.departure import may_be_asked
from desmigratif.shared import dated
from desmigratif.shared.dated import NoValueOnDate
from desmigratif.shared.tests.mutating import unnoticed

TODAY = date(2026, 11, 24)
SAID: dict[str, Any] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/journey.yaml").read_text(encoding="utf-8")
)
FIELDS = (
    "number", "title", "part", "holder", "due_days", "due_from", "paper", "after", "written", "elsewhere", "free",
    "asks", "says", "citation", "status",
)  # fmt: skip
LATER_FIELDS = (
    "number", "title", "part", "holder", "within_days", "repeats", "states", "paper", "says", "citation", "status",
)  # fmt: skip
CODES = tuple(SAID["langkah"])


def age_of(said: int | str) -> int | None:
    return None if said == "belum_diketahui" else int(said)


def done(codes: Any, day: date = TODAY) -> dict[str, Standing]:
    return {code: Standing("done", day, day) for code in codes}


def plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def described(journey: Journey) -> dict[str, list[Any]]:
    return {step.code: [plain(getattr(step, name)) for name in FIELDS] for step in journey.steps}


def described_later(journey: Journey) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    steps = {step.code: [plain(getattr(step, name)) for name in LATER_FIELDS] for step in journey.later_steps}
    return steps, {one.code: [one.part, list(one.states), one.ends] for one in journey.later_states}


def choices(journey: Journey) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {way.code: [way.label, list(way.states)] for way in journey.exits}
    found |= {why.code: [why.label, list(why.steps), why.citation, why.status] for why in journey.left_out}
    return found | {
        why.code: [why.label, *([True] if why.asked_again else [])] for why in (*journey.held, *journey.corrected)
    }


def order_is_true(journey: Journey, row: dict[str, Any]) -> bool:
    following = [step.code for step in rules.next_steps(journey, done(row["selesai"]))]
    return (following, rules.state_of(journey, row["selesai"])) == (row["boleh"], row["keadaan"])


def all_true() -> bool:
    try:
        journey = journey_on(TODAY)
        firsts = {name: versions[0].since for name, versions in dated.subject("journey").items()}
        return (
            {firsts.pop("left_out")} == {SAID["mulai_menurut_hukum"]}
            and set(firsts.values()) == {SAID["mulai"]}
            and described(journey) == SAID["langkah"]
            and choices(journey) == SAID["pilihan"]
            and dict(journey.holders) == SAID["pemegang"]
            and all(may_be_asked(age_of(said), TODAY) is asked for said, asked in SAID["ditanya"].items())
            and described_later(journey) == (SAID["langkah_kemudian"], SAID["keadaan_kemudian"])
            and all(order_is_true(journey, row) for row in SAID["urutan"])
        )
    except (LookupError, TypeError, ValueError):
        return False


@pytest.mark.parametrize("row", SAID["urutan"], ids=lambda row: ",".join(row["selesai"][-2:]) or "nothing")
def test_what_follows_and_where_it_stands(row: dict[str, Any]) -> None:
    assert order_is_true(journey_on(TODAY), row)


def test_every_step_choice_and_holder_is_as_the_examples_say() -> None:
    assert all_true()


def test_no_value_of_the_journey_can_be_changed_without_an_example_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, missed = unnoticed(monkeypatch, "journey", all_true)

    assert tried > 500
    assert missed == []


def test_the_data_holds_together() -> None:
    journey = journey_on(TODAY)
    papers = {paper.step for paper in papers_for({}, on=TODAY)}

    assert [step.number for step in (*journey.steps, *journey.later_steps)] == list(range(1, 26))
    assert {step.holder for step in (*journey.steps, *journey.later_steps)} <= set(journey.holders)
    assert {state for step in journey.later_steps for state in step.states} == set(LEFT)
    assert {step.status for step in journey.steps} <= {"read", "press", "to_confirm"}
    assert papers <= set(CODES)
    for step in journey.steps:
        assert all(CODES.index(other) < CODES.index(step.code) for other in step.after)
    later = {one.code: one for one in journey.later_states}
    exits = {way.code for way in journey.exits}
    assert {code for code, _ in journey.states} | later.keys() | exits == set(CaseState.values)
    assert exits | {one.code for one in later.values() if one.ends} == set(ENDED)
    assert {one.code for one in later.values() if one.part == "abroad"} | {journey.states[-1][0]} == set(ABROAD)
    assert {one.code for one in later.values() if not one.ends} | {journey.states[-1][0]} == set(LEFT)


def test_a_day_before_the_programme_has_no_journey() -> None:
    with pytest.raises(NoValueOnDate):
        journey_on(date(2016, 12, 26))


def codes_of(code: str, standings: dict[str, Standing], *, state: str = "INTENT", on: date = TODAY) -> list[str]:
    reasons = rules.reasons_not_to_take_step(
        journey_on(TODAY), code, standings, state=state, on=on, opened_on=date(2026, 11, 1)
    )
    return [reason.code for reason in reasons]


@settings(deadline=None)
@given(finished=st.sets(st.sampled_from(CODES)), code=st.sampled_from(CODES))
def test_no_step_can_be_taken_before_all_that_it_rests_on(finished: set[str], code: str) -> None:
    journey = journey_on(TODAY)

    allowed = not codes_of(code, done(finished))

    assert allowed == (code not in finished and {step.code for step in journey.before(code)} <= finished)
    assert allowed == (code in {step.code for step in rules.next_steps(journey, done(finished))})


@settings(deadline=None)  # a machine shared with others is slow at times
@given(st.permutations(CODES))
def test_whatever_is_tried_first_only_the_lawful_order_gets_through(wishes: list[str]) -> None:
    journey, finished = journey_on(TODAY), set[str]()

    for _ in range(len(CODES)):
        code = next(code for code in wishes if not codes_of(code, done(finished)))
        finished.add(code)

    assert finished == set(CODES)
    assert rules.state_of(journey, finished) == "DEPARTED"


def test_a_step_out_of_order_says_which_and_how_to_go_on() -> None:
    (reason,) = rules.reasons_not_to_take_step(
        journey_on(TODAY), "passport", done(["intention"]), state="INTENT", on=TODAY, opened_on=TODAY
    )

    assert reason.code == "out_of_order"
    assert "Penjelasan lengkap, Tawaran diperiksa" in reason.text
    assert "dan lainnya" in reason.text
    assert "tempat lain" in reason.way_out


def test_a_step_is_not_dated_before_the_one_it_rests_on() -> None:
    standings = done(["information", "intention", "offer_check", "civil_papers", "family_permission"])

    assert codes_of("jobseeker_registration", standings, on=date(2026, 11, 23)) == ["before_the_step_before"]
    assert codes_of("jobseeker_registration", standings) == []
    assert codes_of("civil_papers", {}, on=date(2026, 10, 31)) == ["before_the_step_before"]


@pytest.mark.parametrize(
    ("state", "code"), [("WITHDREW", "case_over"), ("DIED", "case_over"), ("DEPARTED", "already_abroad"),
                        ("WORKING", "already_abroad"), ("LOST_CONTACT", "already_abroad"), ("RETURNED", "already_back"),
                        ("SETTLED", "case_over")],
)  # fmt: skip
def test_what_is_over_has_no_steps(state: str, code: str) -> None:
    assert codes_of("civil_papers", {}, state=state) == [code]


def test_what_does_not_exist_or_is_done_is_not_taken() -> None:
    assert codes_of("terbang", {}) == ["unknown_step"]
    assert codes_of("information", done(["information"])) == ["step_finished"]


def test_a_step_is_left_out_only_by_its_own_reason() -> None:
    journey = journey_on(TODAY)

    assert rules.reasons_not_to_leave_out(journey, "passport", "passport_still_valid") == []
    for code, reason in (("passport", "individual"), ("offer_check", "individual"), ("passport", "malas")):
        assert [why.code for why in rules.reasons_not_to_leave_out(journey, code, reason)] == ["not_left_out_by_law"]


def test_safeguards_of_the_village_are_never_left_out() -> None:
    left_out = {code for choice in journey_on(TODAY).left_out for code in choice.steps}

    assert not left_out & {"information", "intention", "offer_check", "family_permission", "departure", "orientation"}


@pytest.mark.parametrize(
    ("state", "exits"),
    [
        ("INTENT", {"WITHDREW", "DIED"}),
        ("AGREED", {"WITHDREW", "UNFIT", "REJECTED", "FAILED_DEPARTURE", "DIED"}),
        ("ORIENTED", {"WITHDREW", "FAILED_DEPARTURE", "DIED"}),
        ("WORKING", {"DIED"}),
        ("WITHDREW", set()),
    ],
)
def test_the_ways_out_of_a_state(state: str, exits: set[str]) -> None:
    journey = journey_on(TODAY)

    assert {way.code for way in journey.ways_out(state)} == exits
    assert [r.code for r in rules.reasons_not_to_exit(journey, state, "UNFIT")] == (
        [] if "UNFIT" in exits else ["no_such_exit"]
    )


@pytest.mark.parametrize(
    ("state", "to", "may"),
    [
        ("WORKING", "LOST_CONTACT", True),
        ("PROBLEM", "LOST_CONTACT", False),  # a case in trouble is looked for already
        ("LOST_CONTACT", "PROBLEM", True),
        ("ORIENTED", "WORKING", False),
        ("RETURNED", "REINTEGRATING", True),
        ("WORKING", "SETTLED", False),
        ("SETTLED", "RE_MIGRATING", False),
        ("WORKING", "DEPARTED", False),
    ],
)
def test_where_a_migration_can_go_after_the_departure(state: str, to: str, may: bool) -> None:
    assert (rules.reasons_not_to_move(journey_on(TODAY), state, to) == []) == may


@pytest.mark.parametrize(
    ("code", "state", "said"),
    [
        ("contact", "WORKING", []),
        ("contact", "ORIENTED", ["not_abroad"]),
        ("contact", "RETURNED", ["already_back"]),
        ("complaint", "RETURNED", []),
        ("reintegration", "WORKING", ["not_yet_back"]),
        ("return", "DIED", ["case_over"]),
    ],
)
def test_what_comes_after_the_departure_waits_for_life(code: str, state: str, said: list[str]) -> None:
    reasons = rules.reasons_not_to_write_down(journey_on(TODAY), code, state=state)

    assert [reason.code for reason in reasons] == said


def how(**changes: Any) -> Finished:
    known: dict[str, Any] = {
        "due_on": TODAY, "done_on": TODAY, "trips": 1, "asked_again": 0, "paid": 0, "free": True, "elsewhere": False,
    }  # fmt: skip
    return Finished(**{**known, **changes})


@pytest.mark.parametrize(
    ("changes", "met"),
    [
        ({}, {FAST: True, EASY: True, CHEAP: True}),
        ({"done_on": date(2026, 11, 25)}, {FAST: False, EASY: True, CHEAP: True}),
        ({"due_on": None}, {EASY: True, CHEAP: True}),
        ({"trips": 2}, {FAST: True, EASY: False, CHEAP: True}),
        ({"trips": 0}, {FAST: True, EASY: True, CHEAP: True}),
        ({"asked_again": 1}, {FAST: True, EASY: False, CHEAP: True}),
        ({"trips": None}, {FAST: True, CHEAP: True}),
        ({"paid": 5000}, {FAST: True, EASY: True, CHEAP: False}),
        ({"paid": 5000, "free": False}, {FAST: True, EASY: True}),
        ({"paid": None}, {FAST: True, EASY: True}),
        ({"elsewhere": True}, {}),
    ],
)
def test_what_a_finished_step_says_about_the_measures(changes: dict[str, Any], met: dict[str, bool]) -> None:
    assert of_step(how(**changes)) == met


def test_a_case_is_measured_by_its_steps_and_safeguards() -> None:
    safeguards = Safeguards(True, True, False, None, None)

    found = of_case([how(), how(trips=3), how(due_on=None, paid=1)], safeguards)

    assert [(m.numerator, m.denominator) for m in found] == [(2, 3), (2, 2), (2, 3), (2, 3)]
