"""What must be true of every offer check, whatever the answers are."""

import types
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import given, settings
from hypothesis import strategies as st

from desmigratif.cases.rules.offer.check import FLAGS, check_offer, parse_offer, question_for
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.offer.result import LEVELS
from desmigratif.shared.inputs import Input

DAYS = st.dates(date(2017, 11, 22), date(2035, 12, 31))
COUNTRIES = st.sampled_from(["SAU", "HKG", "TWN", "KHM", "JPN", "AUS", "YEM", "XXX"])
NUMBERS = st.sampled_from([0, 1, 2, 7, 15_000_000, 24_772_001]) | st.integers(0, 1000)


def answers(annotation: Any, name: str = "") -> st.SearchStrategy[Any]:
    """Any valid answer for a field, unknown included."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return answers(get_args(annotation)[0], name)
    if origin in (Union, types.UnionType):
        return st.one_of([answers(part, name) for part in get_args(annotation)])
    if origin is Literal:
        return st.sampled_from(get_args(annotation))
    if origin is tuple:
        return st.lists(answers(get_args(annotation)[0]), max_size=3)
    if annotation is type(None):
        return st.none()
    if isinstance(annotation, type) and issubclass(annotation, Input):
        return documents(annotation)
    return {
        bool: st.booleans(),
        date: st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat),
        int: NUMBERS.map(lambda number: min(number, 600) if name.endswith(("_months", "_agreed")) else number)
        if name == "amount" or name.endswith(("_family", "_off")) else st.sampled_from([0, 1, 2, 7, 8]),
        str: _texts(name),
    }[annotation]  # fmt: skip


def _texts(name: str) -> st.SearchStrategy[str]:
    if name == "country":
        return COUNTRIES
    if name == "currency":
        return st.sampled_from(["IDR", "TWD"])
    if name == "nik":
        return st.from_regex(r"[0-9]{16}", fullmatch=True)
    return st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).filter(str.strip)


def documents(model: type[Input]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {}, optional={name: answers(field.annotation, name) for name, field in model.model_fields.items()}
    )


OFFERS = documents(OfferCheckInput)


def gravity(document: dict[str, Any], on: date) -> int:
    return LEVELS.index(check_offer(parse_offer(document), on=on).level)


@given(document=OFFERS, on=DAYS)
@settings(max_examples=300)
def test_every_valid_offer_gets_a_whole_answer(document, on):
    result = check_offer(parse_offer(document), on=on)

    assert [flag.code for flag in result.flags] == [
        code for code in FLAGS if code in {flag.code for flag in result.flags}
    ]
    assert result.level == max((flag.level for flag in result.flags), key=LEVELS.index, default="clear")
    assert all(flag.reason and flag.citation and flag.lawful_alternative for flag in result.flags)
    assert len(set(result.unknown)) == len(result.unknown)
    assert all(question_for(path) for path in result.unknown)


# Answers that decide what the other answers mean: which scheme (do agency facts count), which stage, which day
# the age counts on, and whether a licence confirms an offer from the internet. Everything else may be forgotten.
DECIDING = {"offer.scheme", "stage", "offer.departure.planned_on", "offer.agency.licence_active"}


def known_paths(part: Any, prefix: str = "") -> list[str]:
    paths = []
    for name, value in part.items():
        path = f"{prefix}{name}"
        paths += known_paths(value, f"{path}.") if isinstance(value, dict) else [path]
    return [path for path in paths if path not in DECIDING]


def with_answer(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    first, _, rest = path.partition(".")
    return {**document, first: with_answer(document.get(first) or {}, rest, value) if rest else value}


@given(document=OFFERS, on=DAYS, data=st.data())
@settings(max_examples=300)
def test_forgetting_answers_never_raises_the_level(document, on, data):
    paths = known_paths(document)
    forgotten = data.draw(st.lists(st.sampled_from(paths), unique=True)) if paths else []

    blurred = document
    for path in forgotten:
        blurred = with_answer(blurred, path, None)

    assert gravity(blurred, on) <= gravity(document, on)


BAD_FACTS = [
    ("candidate.birth_date", "2199-12-31"),
    ("candidate.caregiver_named", False),
    ("candidate.can_name", []),
    ("candidate.deported_before", True),
    ("candidate.irregular_trips_before", 9),
    ("family.permission", "refused"),
    ("family.disputed", True),
    ("family.pressure", True),
    ("offer.agency.licence_active", False),
    ("offer.agency.permit_for_job_order", False),
    ("offer.visa", "tourist"),
    ("offer.told_to_hide_purpose", True),
    ("offer.written_contract", False),
    ("offer.placement_agreement", False),
    ("offer.channel", "social_media"),
    ("offer.route_via", ["Batam"]),
    ("offer.departure.secret", True),
    ("offer.advance_to_family", 1_000_000),
    ("offer.debt_to_work_off", 1_000_000),
    ("offer.training_planned", False),
    ("offer.medical_facility_appointed", False),
    ("offer.papers_made_elsewhere", True),
    ("offer.papers_held_by_recruiter", ["passport"]),
    ("offer.refuses", ["written_contract", "placement_agreement", "work_visa", "training", "medical"]),
    ("offer.destination_changed_after_signing", True),
    ("recruiter.complaints_before", 3),
    ("after_departure.passport_taken", True),
    ("after_departure.ransom_asked", True),
]


@given(document=OFFERS, on=DAYS, facts=st.lists(st.sampled_from(BAD_FACTS), unique_by=lambda fact: fact[0], min_size=1))
@settings(max_examples=300)
def test_a_bad_fact_more_never_makes_an_offer_look_better(document, on, facts):
    worse = document
    for path, value in facts:
        worse = with_answer(worse, path, value)

    assert gravity(worse, on) >= gravity(document, on)
    if gravity(document, on) == LEVELS.index("stop"):
        assert gravity(worse, on) == LEVELS.index("stop")
