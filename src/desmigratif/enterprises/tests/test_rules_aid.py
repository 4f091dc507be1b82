"""Help that can be used: the needs sheet comes first, a condition says whether a thing works, a fault has a clock."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest
import yaml

from desmigratif.enterprises.rules import aid
from desmigratif.shared import dated
from desmigratif.shared.dated import NoValueOnDate
from desmigratif.shared.tests.mutating import unnoticed

TEXT = files("desmigratif.regulations").joinpath("examples/enterprise_aid.yaml").read_text("utf-8")
EXAMPLES = yaml.safe_load(TEXT)
TODAY = date(2026, 11, 23)
READY = dict.fromkeys(EXAMPLES["daftar"]["needs"], True)


def _usable(condition: str) -> bool:
    return not aid.reasons_against_condition(condition=condition, usable=True, because="", on=TODAY)


def _lists() -> dict[str, object]:
    conditions = aid.conditions_on(TODAY)
    return {
        "givers": dict(aid.givers_on(TODAY)),
        "kinds": {code: [kind.label, kind.needs_first, kind.checked] for code, kind in aid.kinds_on(TODAY).items()},
        "needs": {code: [one.ask, one.missing] for code, one in aid.questions_on(TODAY).items()},
        "conditions": {code: [label, _usable(code)] for code, label in conditions.items()},
        "unusable": dict(aid.unusable_on(TODAY)),
        "answers": {code: [label, aid.settles(code, TODAY)] for code, label in aid.answers_on(TODAY).items()},
    }


def all_examples_hold() -> bool:
    clock, look = EXAMPLES["jam"], EXAMPLES["tengok"]
    try:
        return (
            {versions[0].since for versions in dated.subject("enterprise_aid").values()} == {EXAMPLES["sejak"]}
            and _lists() == EXAMPLES["daftar"]
            and aid.answer_due_on(clock["laporan"]) == clock["jawab"]
            and aid.repair_due_on(clock["laporan"]) == clock["beres"]
            and aid.look_again_on(look["dilihat"]) == look["lagi"]
        )
    except (NoValueOnDate, KeyError, TypeError):
        return False


def test_the_worked_examples_of_help_hold_and_no_value_is_wrong_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all_examples_hold()
    tried, missed = unnoticed(monkeypatch, "enterprise_aid", all_examples_hold)
    assert (tried >= 80, missed) == (True, [])


@pytest.mark.parametrize(
    ("kind", "answers", "despite", "codes"),
    [
        ("equipment", None, "", ["no_needs_sheet"]),
        ("equipment", READY, "", []),
        ("equipment", {**READY, "power": None}, "", []),  # not known yet is no no
        ("equipment", {**READY, "power": False}, "", ["not_ready"]),
        ("equipment", {**READY, "power": False}, "PLN menambah daya bulan depan.", []),
        ("money", None, "", []),
        ("gold", None, "", ["unknown_kind"]),
    ],
)
def test_equipment_is_promised_only_to_who_can_use_it(
    kind: str, answers: dict[str, bool | None] | None, despite: str, codes: list[str]
) -> None:
    reasons = aid.reasons_not_to_promise(kind=kind, giver_kind="ministry", answers=answers, despite=despite, on=TODAY)
    assert [one.code for one in reasons] == codes


def test_what_is_missing_is_said_in_words() -> None:
    (reason,) = aid.reasons_not_to_promise(
        kind="equipment", giver_kind="company", answers={**READY, "power": False, "skill": False}, despite="", on=TODAY
    )
    assert reason.text == "Menurut lembar kebutuhan, daya listriknya belum cukup, belum ada yang bisa memakainya."


@pytest.mark.parametrize(
    ("condition", "usable", "because", "code"),
    [
        ("good", True, "", None),
        ("good", False, "skill", None),  # whole, and nobody can use it
        ("broken", True, "", "not_usable"),
        ("good", False, "", "cause_missing"),
        ("good", True, "skill", "no_cause_needed"),
        ("rusty", True, "", "unknown_condition"),
    ],
)
def test_a_thing_that_cannot_be_used_says_why(condition: str, usable: bool, because: str, code: str | None) -> None:
    reasons = aid.reasons_against_condition(condition=condition, usable=usable, because=because, on=TODAY)
    assert [one.code for one in reasons] == ([code] if code else [])


def test_a_fault_waits_for_its_giver_and_then_is_late() -> None:
    told = date(2026, 9, 1)

    def stands(today: date, answer: str = "", answered_on: date | None = None, settled: date | None = None) -> str:
        clock = aid.clock_of(told_on=told, answer=answer, answered_on=answered_on, settled_on=settled, today=today)
        return f"{clock.state}: {clock.word}"

    assert stands(date(2026, 9, 15)) == "cek: Menunggu jawaban pemberi, paling lambat 15 September 2026"
    assert stands(date(2026, 9, 16)) == "henti: Menunggu jawaban pemberi, terlambat 1 hari"
    answered = date(2026, 9, 10)
    assert stands(date(2026, 10, 10), "repair", answered) == "cek: Akan diperbaiki, paling lambat 10 Oktober 2026"
    assert stands(date(2026, 10, 12), "repair", answered) == "henti: Akan diperbaiki, terlambat 2 hari"
    assert stands(TODAY, "made_good", answered, date(2026, 9, 20)) == "aman: Sudah beres, bisa dipakai"
    assert stands(TODAY, "refused", answered, date(2026, 9, 20)) == "tidaktahu: Tidak ditanggung pemberi"


def test_nobody_looks_at_a_thing_before_it_came_or_after_it_was_gone() -> None:
    def codes(on: date, handed: date | None, last: date | None = None, *, gone: bool = False) -> list[str]:
        return [one.code for one in aid.reasons_not_to_look(on=on, handed_on=handed, last_on=last, gone=gone)]

    came = date(2026, 5, 2)
    assert codes(TODAY, None) == ["not_handed_over"]
    assert codes(date(2026, 5, 1), came) == ["seen_later"]
    assert codes(came, came, date(2026, 6, 1)) == ["seen_later"]
    assert codes(TODAY, came, gone=True) == ["gone"]
    assert codes(TODAY, came, date(2026, 6, 1)) == []
