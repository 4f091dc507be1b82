"""What the service centre promises, counted: seventeen steps that can be done, twenty flags, the figures of the law."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

import desmigratif.config.actions  # noqa: F401  registers every action
from desmigratif.access.door import REGISTRY
from desmigratif.cases.rules.before.costs import check_costs, parse_costs
from desmigratif.cases.rules.journey import Step, journey_on
from desmigratif.cases.rules.offer.check import FLAGS
from desmigratif.config.cli.routes import all_addresses
from desmigratif.people.rules.timeline import kinds, line_of
from desmigratif.shared.dated import dated_on

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
STEPS = journey_on(TODAY).steps
LATER = journey_on(TODAY).later_steps
# A step after the departure -> (address, the action that writes it down, its line in a household's history).
WRITTEN_LATER = {
    "report_to_mission": ("cases:report_to_mission", "cases.report_to_mission", "mission.reported"),
    "contact": ("cases:record_contact", "cases.record_contact", "contact.recorded"),
    "remittance_use": ("cases:note_remittance", "cases.note_remittance", "remittance.noted"),
    "complaint": ("cases:record_complaint", "cases.record_complaint", "complaint.moved"),
    "contract_change": ("cases:change_contract", "cases.change_contract", "contract.changed"),
    "return": ("cases:record_return", "cases.record_return", "return.recorded"),
    "reintegration": ("cases:plan_reintegration", "cases.plan_reintegration", "return.planned"),
    "closing": ("cases:close_return", "cases.settle_return", "return.settled"),
}
# Where a step is written down -> (address, the action that finishes it, its line in a household's history).
WRITTEN = {
    "form": ("cases:step", "cases.record_step_result", "case.step_done"),
    "information": ("cases:record_information", "cases.record_information", "case.informed"),
    "talk": ("cases:record_family_talk", "cases.record_family_talk", "family_talk.recorded"),
    "check": ("cases:check_offer", "cases.check_offer", "offer.checked"),
    "letter": ("cases:issue_letter", "cases.issue_family_permission", "letter.issued"),
    "departure": ("cases:record_departure", "cases.record_departure", "case.departed"),
}
# The table of red flags in its order: H stops, M holds, L advises.
TABLE = {
    "UNDERAGE_OR_IDENTITY_MISMATCH": "stop", "AGENCY_OR_PERMIT_NOT_VALID": "stop", "NON_WORK_VISA": "stop",
    "COUNTRY_CLOSED_OR_HIGH_RISK": "stop", "DEBT_ADVANCE": "stop", "PAPERS_FROM_ELSEWHERE": "stop",
    "NO_WRITTEN_CONTRACT": "stop", "PAPERS_HELD": "stop", "PAY_TOO_GOOD": "hold", "UNVERIFIABLE_ONLINE_OFFER": "hold",
    "HURRIED_OR_SECRET": "hold", "OVERCHARGE": "hold", "NO_TRAINING_OR_MEDICAL": "hold", "RECRUITER_HISTORY": "hold",
    "FAMILY_PERMISSION": "hold", "CHILDREN_WITHOUT_CAREGIVER": "advise", "CANNOT_NAME_TERMS": "hold",
    "DESTINATION_CHANGED": "stop", "IRREGULAR_BEFORE": "advise", "ALARM_AFTER_DEPARTURE": "stop",
}  # fmt: skip

each_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.code)


def of_examples(name: str) -> Any:
    return yaml.safe_load(files("desmigratif.regulations").joinpath(f"examples/{name}.yaml").read_text("utf-8"))


def test_the_journey_has_seventeen_steps_in_their_order() -> None:
    assert [step.number for step in STEPS] == list(range(1, 18))
    assert {step.written for step in STEPS} == WRITTEN.keys()


@each_step
def test_a_step_has_an_address_and_an_action_that_finishes_it(step: Step) -> None:
    address, action, _ = WRITTEN[step.written]

    assert address in {one.name for one in all_addresses()}
    assert action in REGISTRY


@each_step
def test_a_step_has_its_sentence_in_the_history(step: Step) -> None:
    _, _, kind = WRITTEN[step.written]
    told = kinds()[kind]

    sentence = line_of(kind, {"step": step.code, "country": "HKG", "number": "1"}, name="Siti", labels={}).text

    assert "belum diketahui" not in sentence
    assert step.title in sentence if step.written == "form" else sentence
    assert told["group"] in ("layanan", "surat")


def test_eight_steps_come_after_the_departure() -> None:
    assert [step.number for step in LATER] == list(range(18, 26))
    assert {step.code for step in LATER} == WRITTEN_LATER.keys()


@pytest.mark.parametrize("code", WRITTEN_LATER)
def test_a_step_after_the_departure_has_address_action_and_history(code: str) -> None:
    address, action, kind = WRITTEN_LATER[code]
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "src/desmigratif/cases/tests").rglob("test_*.py"))

    assert address in {one.name for one in all_addresses()}
    assert action in REGISTRY
    assert f'"{action}"' in tests
    assert "belum diketahui" not in line_of(kind, {"state": "TRIAGED", "change": "terms"}, name="Siti", labels={}).text


@each_step
def test_a_step_is_named_by_a_test_of_its_own_app_and_taken_in_the_year(step: Step) -> None:
    """By its code where it has the common form; by the action of its own page where it has one."""
    _, action, _ = WRITTEN[step.written]
    named = f"step: {step.code}" if step.written == "form" else f"tindakan: {action}"
    year = "".join(path.read_text("utf-8") for path in (ROOT / "tests" / "year" / "events").glob("*.yaml"))
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "src/desmigratif/cases/tests").rglob("test_*.py"))

    assert named in year
    assert f'"{step.code}"' in tests or f'"{action}"' in tests


def test_the_flags_are_the_twenty_of_the_table_and_as_grave() -> None:
    levels = {code: dated_on(f"offer_safety.{code.lower()}", TODAY).value for code in TABLE}

    assert list(FLAGS) == list(TABLE)
    assert levels == TABLE


@pytest.mark.parametrize("code", TABLE)
def test_a_flag_has_examples_that_raise_it_and_that_do_not(code: str) -> None:
    """Of those that do not, one answers the same questions: silence alone is no example."""
    examples = of_examples("check_offer")
    raised = [one for one in examples if code in one["tanda"]]
    asked = {path for one in raised for path in paths(one)}
    silent = [one for one in examples if code not in one["tanda"] and asked & paths(one)]

    assert raised
    assert any(not one["tanda"] for one in silent)


def paths(example: dict[str, Any]) -> set[str]:
    """What an example knows, as dotted paths."""

    def walk(value: Any, path: str) -> set[str]:
        if not isinstance(value, dict):
            return {path}
        return set().union(*(walk(inner, f"{path}.{key}".lstrip(".")) for key, inner in value.items()))

    return (walk(example["diketahui"], "") | set(example.get("untuk", {}))) - {"", "stage"}


@pytest.mark.parametrize(
    ("what", "figure"),
    [
        ("Hong Kong, most for the worker (Kepmen 98/2012)", 14_780_400),
        ("Hong Kong, borne by the employer on Java", 12_297_000),
        ("Hong Kong, six months of HK$3,000 found by the union", 30_600_000),
        ("and what of it was too much", 15_819_600),
        ("Taiwan formal, most for the worker (Kepmen 295/2013)", 34_218_100),
        ("Taiwan formal, over it in the complaint of 61 million", 61_000_000 - 34_218_100),
        ("Taiwan formal from 2024, with NT$25,250 at the cautious rate", 9_622_000 + 25_250 * 600),
        ("Taiwan household, with NT$20,000", 9_622_000 + 20_000 * 600),
        ("social security by the agency route, 24 months", 370_000),
        ("social security, 12 months with what comes before", 37_500 + 189_000),
        ("social security, 6 months with what comes before", 37_500 + 108_000),
        ("social security, 36 months: 13,500 for each month beyond", 37_500 + 332_500 + 12 * 13_500),
        ("the subsidised loan, most", 100_000_000),
        ("wage of 15 million without a qualification", 15_000_000),
    ],
)
def test_a_figure_of_the_law_stands_in_a_worked_example(what: str, figure: int) -> None:
    told = [of_examples(name) for name in ("check_costs", "check_offer", "placement_loan")]

    assert figure in set(figures(told)), what


def figures(value: Any) -> list[int]:
    if isinstance(value, dict):
        return [figure for inner in value.values() for figure in figures(inner)]
    if isinstance(value, list):
        return [figure for inner in value for figure in figures(inner)]
    return [value] if isinstance(value, int) else []


@pytest.mark.parametrize(("months", "premium"), [(24, 332_500), (12, 189_000), (6, 108_000), (25, 346_000)])
def test_the_premium_of_a_contract_is_what_comes_before_and_its_own(months: int, premium: int) -> None:
    asked = {"country": "JPN", "job": "hospitality", "employer_type": "company", "contract_months": months, "paid": []}

    lines = check_costs(parse_costs(asked), on=TODAY).lines

    (line,) = [one for one in lines if one.component == "social_security"]
    assert line.lawful == 37_500 + premium
