"""The worked examples of the offer check hold, and they hold down every value of the law behind it."""

import copy
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import pytest
import yaml

from desmigratif.cases.rules.offer.check import FLAGS, check_offer, parse_offer
from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.offer.result import LEVELS
from desmigratif.shared import dated

SUBJECTS = ("offer_safety", "destinations", "placement_costs")


@dataclass(frozen=True)
class Example:
    title: str
    on: date
    given: OfferCheckInput
    level: str
    flags: dict[str, str]
    way_out_says: tuple[str, ...]


def examples() -> Iterator[Example]:
    """Every example; one that holds "untuk" several answers comes once for each."""
    text = files("desmigratif.regulations").joinpath("examples/check_offer.yaml").read_text(encoding="utf-8")
    for row in yaml.safe_load(text):
        paths, values = list(row.get("untuk", {})), list(row.get("untuk", {}).values())
        for combination in itertools.product(*values):
            document = copy.deepcopy(row["diketahui"])
            for path, value in zip(paths, combination, strict=True):
                put(document, path, value)
            yield Example(
                title=f"{row['judul']} {combination if paths else ''}",
                on=row["tanggal"],
                given=parse_offer(document),
                level=row["hasil"],
                flags=row["tanda"],
                way_out_says=tuple(row.get("jalan", ())),
            )


def put(document: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for part in parents:
        document = document.setdefault(part, {})
    document[last] = value


EXAMPLES = tuple(examples())


def is_true(example: Example) -> bool:
    result = check_offer(example.given, on=example.on)
    return (
        result.level == example.level
        and {flag.code: flag.level for flag in result.flags} == example.flags
        and all(words in " ".join(flag.lawful_alternative for flag in result.flags) for words in example.way_out_says)
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_a_worked_example_is_true(example):
    result = check_offer(example.given, on=example.on)

    assert {flag.code: flag.level for flag in result.flags} == example.flags
    assert result.level == example.level
    assert is_true(example)


@pytest.mark.parametrize("code", FLAGS)
def test_every_flag_has_an_example_that_raises_it_and_one_that_does_not(code):
    alone = [example for example in EXAMPLES if list(example.flags) == [code]]

    assert alone, "no example raises this flag alone"
    touched = {path for example in alone for path in known_paths(example.given)}
    near_misses = [example for example in EXAMPLES if not example.flags and touched & set(known_paths(example.given))]
    assert near_misses, "no example answers the same questions without raising it"


def known_paths(given: OfferCheckInput) -> list[str]:
    def walk(value: Any, path: str) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from walk(inner, f"{path}.{key}")
        elif value is not None and path != ".stage":
            yield path

    return list(walk(given.model_dump(), ""))


# What to add to a list so that somebody who reads the examples must object.
INTRUDERS = {
    "household_ban_countries": "MYS",
    "closed_countries": "JPN",
    "high_risk_countries": "JPN",
    "high_risk_jobs": "hospitality",
    "household_countries_to_suggest": None,  # one more suggestion harms nobody
    "non_work_visas": "work",
    "schemes_without_agency": "UKPS",
    "online_channels": "in_person",
    "permission_givers_of_the_married": "other",
    "permission_givers_of_the_unmarried": "husband",
    "relations_needing_a_letter": "none",
    "terms_to_name": None,  # the input knows five, all of them stand there
    "destinations": "KHM",
    "zero_cost_jobs": {date(2017, 11, 22): "domestic_worker", date(2021, 7, 15): "factory_worker"},
    "worker_cost_caps": None,
}


def changed_values(value: Any) -> Iterator[Any]:
    """The value with one thing changed, for each thing in it that could be written wrongly."""
    if isinstance(value, bool):
        raise TypeError("no yes or no among the values yet")
    if isinstance(value, int):
        yield from (value - 1, value + 1)
    elif isinstance(value, str):
        yield from (level for level in LEVELS[1:] if level != value) if value in LEVELS else ("ZZZ",)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield value[:number] + value[number + 1 :]
            if isinstance(item, dict):
                yield from ([*value[:number], other, *value[number + 1 :]] for other in changed_values(item))
    elif isinstance(value, dict):
        for key, item in value.items():
            if key != "citation":
                yield from ({**value, key: other} for other in changed_values(item))


def intruded_values(name: str, version: dated.Dated) -> Iterator[list[Any]]:
    if isinstance(version.value, list):
        intruder = INTRUDERS[name]
        if isinstance(intruder, dict):
            intruder = intruder[version.since]
        if intruder is not None:
            yield [*version.value, intruder]


def mutations() -> Iterator[tuple[str, str, tuple[dated.Dated, ...]]]:
    """(subject, name, versions with one value changed), for every value in the law of the offer check."""
    for subject in SUBJECTS:
        for name, versions in dated.subject(subject).items():
            for number, version in enumerate(versions):
                for value in itertools.chain(changed_values(version.value), intruded_values(name, version)):
                    yield subject, name, (
                        *versions[:number], replace(version, value=value), *versions[number + 1 :]
                    )  # fmt: skip
            yield from ((subject, name, shifted) for shifted in shifted_days(name, versions))


def shifted_days(name: str, versions: tuple[dated.Dated, ...]) -> Iterator[tuple[dated.Dated, ...]]:
    """The same values with the day between two versions (or of the first list) put one day off."""
    for days in (timedelta(days=-1), timedelta(days=1)):
        for earlier, later in itertools.pairwise(versions):
            day = later.since + days
            yield tuple(
                replace(version, until=day) if version is earlier
                else replace(version, since=day) if version is later
                else version
                for version in versions
            )  # fmt: skip
        if name == "destinations":
            yield (replace(versions[0], since=versions[0].since + days), *versions[1:])


def test_no_value_of_the_law_can_be_changed_without_an_example_failing(monkeypatch):
    real = dated.subject
    wrong_laws = list(mutations())
    unnoticed = []
    for subject, name, versions in wrong_laws:
        law = {file: real(file) for file in SUBJECTS}
        law[subject] = {**law[subject], name: versions}
        monkeypatch.setattr(dated, "subject", law.__getitem__)
        if all(is_true(example) for example in EXAMPLES):
            unnoticed.append((name, [(version.since, version.until, version.value) for version in versions]))
    monkeypatch.undo()

    assert len(wrong_laws) > 200
    assert unnoticed == []
