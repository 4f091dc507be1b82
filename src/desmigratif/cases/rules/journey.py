"""The journey as a state machine: what the steps are, which may be taken, where a migration stands. Plain Python.

Steps, states, exits and reasons are data (regulations/journey.yaml); here is what they mean. Dates come in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

StepState = Literal["open", "held", "done", "left_out"]
FINISHED: tuple[StepState, ...] = ("done", "left_out")


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the regulations describe it; the fields are explained in regulations/journey.yaml."""

    code: str
    number: int
    title: str
    part: str
    holder: str
    due_days: int | None
    due_from: str
    paper: str
    after: tuple[str, ...]
    written: str
    elsewhere: bool
    free: bool
    asks: tuple[str, ...]
    says: str
    citation: str
    status: str


@dataclass(frozen=True, slots=True)
class LaterStep:
    """What comes after the departure: it waits for life, not for other steps."""

    code: str
    number: int
    title: str
    part: str
    holder: str
    within_days: int | None
    repeats: bool
    states: tuple[str, ...]
    paper: str
    says: str
    citation: str
    status: str


@dataclass(frozen=True, slots=True)
class LaterState:
    """Where a migration can stand after the departure, and which states lead there."""

    code: str
    part: str
    states: tuple[str, ...]
    ends: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A reason from a closed list: to hold a step, to leave it out by law, to correct it."""

    code: str
    label: str
    steps: tuple[str, ...] = ()
    citation: str = ""
    status: str = ""
    asked_again: bool = False


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out of the journey and the states from which it can be taken."""

    code: str
    label: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one step of one case is."""

    state: StepState
    since: date
    done_on: date | None = None

    @property
    def finished(self) -> bool:
        return self.state in FINISHED


Standings = Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class Journey:
    """The journey in force on a day."""

    steps: tuple[Step, ...]
    states: tuple[tuple[str, tuple[str, ...]], ...]
    later_states: tuple[LaterState, ...]
    later_steps: tuple[LaterStep, ...]
    exits: tuple[Exit, ...]
    left_out: tuple[Choice, ...]
    held: tuple[Choice, ...]
    corrected: tuple[Choice, ...]
    holders: Mapping[str, str]

    def find(self, code: str) -> Step | None:
        return next((step for step in self.steps if step.code == code), None)

    def step(self, code: str) -> Step:
        """Raises `KeyError` for a step that the journey does not have."""
        step = self.find(code)
        if step is None:
            raise KeyError(code)
        return step

    def later_step(self, code: str) -> LaterStep:
        """A step after the departure. Raises `KeyError` for one that the journey does not have."""
        found = next((step for step in self.later_steps if step.code == code), None)
        if found is None:
            raise KeyError(code)
        return found

    def before(self, code: str) -> tuple[Step, ...]:
        """Everything that a step rests on, in the order of the journey."""
        found: set[str] = set()
        waiting = list(self.step(code).after)
        while waiting:
            other = waiting.pop()
            if other not in found:
                found.add(other)
                waiting += self.step(other).after
        return tuple(step for step in self.steps if step.code in found)

    def resting_on(self, code: str) -> tuple[Step, ...]:
        """Every step that a step must come before."""
        return tuple(step for step in self.steps if code in {other.code for other in self.before(step.code)})

    def ways_out(self, state: str) -> tuple[Exit, ...]:
        """The side exits that can be taken from a state."""
        return tuple(way for way in self.exits if state in way.states)

    def reasons_to_leave_out(self, code: str) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.left_out if code in choice.steps)


def journey_on(day: date) -> Journey:
    """The journey by the rules of a day. Raises `NoValueOnDate`."""
    names = ("steps", "states", "later_states", "later_steps", "exits", "left_out", "held", "corrected", "holders")
    rows = {name: value_on(f"journey.{name}", day) for name in names}
    return Journey(
        steps=tuple(Step(**{**row, "after": tuple(row["after"]), "asks": tuple(row["asks"])}) for row in rows["steps"]),
        states=tuple((row["code"], tuple(row["steps"])) for row in rows["states"]),
        later_states=tuple(
            LaterState(row["code"], row["part"], tuple(row["from"]), row["ends"]) for row in rows["later_states"]
        ),
        later_steps=tuple(LaterStep(**{**row, "states": tuple(row["states"])}) for row in rows["later_steps"]),
        exits=tuple(Exit(row["code"], row["label"], tuple(row["from"])) for row in rows["exits"]),
        left_out=_choices(rows["left_out"]),
        held=_choices(rows["held"]),
        corrected=_choices(rows["corrected"]),
        holders=rows["holders"],
    )


def _choices(rows: Iterable[Mapping[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(**{**row, "steps": tuple(row.get("steps", ()))}) for row in rows)


def finished(standings: Standings) -> frozenset[str]:
    return frozenset(code for code, standing in standings.items() if standing.finished)


def next_steps(journey: Journey, standings: Standings) -> tuple[Step, ...]:
    """The steps that can be taken now: not finished, and everything before them is."""
    done = finished(standings)
    return tuple(
        step
        for step in journey.steps
        if step.code not in done and all(other.code in done for other in journey.before(step.code))
    )


def state_of(journey: Journey, done: Collection[str]) -> str:
    """Where a migration stands whose steps so far are these: the last state whose steps are all finished."""
    reached = [code for code, steps in journey.states if set(steps) <= set(done)]
    return reached[-1]


def finished_on_top_of(journey: Journey, code: str, done: Collection[str]) -> list[Step]:
    """Finished steps that rest on this one: it cannot be taken back under them."""
    return [step for step in journey.resting_on(code) if step.code in done]


def reasons_not_to_take_step(
    journey: Journey, code: str, standings: Standings, *, state: str, on: date, opened_on: date
) -> list[Reason]:
    """Why nothing can be written down for this step on that day; empty means it can.

    `state` is the case's; a migration that is over, or began abroad, has no steps to take.
    """
    step = journey.find(code)
    if step is None:
        return [Reason("unknown_step", "Langkah ini tidak dikenal.", field="step")]
    if gone := _over(journey, state):
        return [gone]
    standing = standings.get(code)
    if standing is not None and standing.finished:
        text = f"Langkah {step.title} sudah selesai."
        return [Reason("step_finished", text, field="step", way_out="Kalau keliru, betulkan catatannya.")]
    done = finished(standings)
    if missing := [other for other in journey.before(code) if other.code not in done]:
        return [_out_of_order(step, missing)]
    return _about_day(step, standings, on, opened_on)


def _over(journey: Journey, state: str) -> Reason | None:
    later = {one.code: one for one in journey.later_states}
    if state in {way.code for way in journey.exits} or (state in later and later[state].ends):
        return Reason("case_over", "Rencana ini sudah ditutup.", way_out="Mulai rencana baru bila calon berniat lagi.")
    if state in later and later[state].part == "back":
        return Reason("already_back", "Orangnya sudah pulang; langkah sebelum berangkat sudah lewat.")
    if state in later or state == journey.states[-1][0]:
        return Reason("already_abroad", "Orangnya sudah di luar negeri; langkah sebelum berangkat sudah lewat.")
    return None


def reasons_not_to_move(journey: Journey, state: str, to: str) -> list[Reason]:
    """Why a migration that stands at `state` cannot go on to `to`, a state after the departure; empty means it can."""
    target = next((one for one in journey.later_states if one.code == to), None)
    if target is not None and state in target.states:
        return []
    return [Reason("not_from_here", "Dari keadaan sekarang, ini belum bisa dicatat.", field="state")]


def reasons_not_to_write_down(journey: Journey, code: str, *, state: str) -> list[Reason]:
    """Why a step after the departure cannot be written down now; empty means it can."""
    step = journey.later_step(code)
    if state in step.states:
        return []
    if gone := _over(journey, state):
        return [gone] if gone.code != "already_abroad" else [Reason("not_yet_back", "Orangnya belum tercatat pulang.")]
    text = f"{step.title} dicatat setelah orangnya berangkat."
    way_out = "Catat dulu keberangkatannya, atau catat bahwa ia ternyata sudah di luar negeri."
    return [Reason("not_abroad", text, citation=step.citation, way_out=way_out)]


def _out_of_order(step: Step, missing: list[Step]) -> Reason:
    names = ", ".join(other.title for other in missing[:3]) + (" dan lainnya" if len(missing) > 3 else "")
    way_out = "Selesaikan dulu langkah itu."
    if any(other.elsewhere for other in missing):
        way_out += " Kalau sudah dilakukan di tempat lain, catat begitu di langkahnya."
    return Reason(
        "out_of_order",
        f"{step.title} belum bisa: {names} belum selesai.",
        citation=step.citation,
        way_out=way_out,
        field="step",
    )


def _about_day(step: Step, standings: Standings, on: date, opened_on: date) -> list[Reason]:
    before = [standings[code].done_on for code in step.after if code in standings]
    earliest = max([day for day in before if day is not None], default=opened_on)
    if on >= earliest:
        return []
    return [
        Reason(
            "before_the_step_before",
            f"Tanggal {step.title} tidak boleh sebelum {format_date(earliest)}, saat langkah sebelumnya selesai.",
            field="on",
        )
    ]


def reasons_not_to_leave_out(journey: Journey, code: str, reason: str) -> list[Reason]:
    """A step is left out only where the regulations name a reason for that very step."""
    if reason in {choice.code for choice in journey.reasons_to_leave_out(code)}:
        return []
    return [
        Reason(
            "not_left_out_by_law",
            "Langkah ini tidak bisa dilewati dengan alasan itu.",
            field="reason",
            way_out="Pilih alasan yang ada dasarnya, atau selesaikan langkahnya.",
        )
    ]


def reasons_not_to_exit(journey: Journey, state: str, code: str) -> list[Reason]:
    """An exit must be open from where the migration stands."""
    if code in {way.code for way in journey.ways_out(state)}:
        return []
    return [Reason("no_such_exit", "Dari keadaan sekarang, rencana tidak bisa ditutup begitu.", field="exit")]
