"""The law behind the offer check as data: whole, dated, with its ground; and the list of countries."""

import itertools
import re

import pytest

from desmigratif.cases.rules.offer.check import FLAGS
from desmigratif.cases.rules.offer.result import LEVELS
from desmigratif.regulations.countries import country_name, country_names
from desmigratif.shared.dated import subject

SUBJECTS = ("offer_safety", "destinations", "placement_costs")
VALUES = [(file, name, versions) for file in SUBJECTS for name, versions in subject(file).items()]


@pytest.mark.parametrize(("file", "name", "versions"), VALUES, ids=[f"{file}.{name}" for file, name, _ in VALUES])
def test_every_value_is_dated_grounded_and_follows_the_one_before(file, name, versions):
    for version in versions:
        assert version.status in ("read", "press", "to_confirm")
        assert version.citation
        assert version.source
        assert not re.search(r"\bS\d\d?\b|\[GK\]|\[INF\]", version.source), "sources by title and date"
    for earlier, later in itertools.pairwise(versions):
        assert earlier.until == later.since
    assert versions[-1].until is None


def test_every_flag_has_its_level_in_the_data():
    for code in FLAGS:
        for version in subject("offer_safety")[code.lower()]:
            assert version.value in LEVELS[1:]


def test_every_country_in_the_rules_is_one_of_the_world():
    lists = [
        *(subject("offer_safety")[name] for name in ("household_ban_countries", "closed_countries")),
        *(subject("offer_safety")[name] for name in ("high_risk_countries", "household_countries_to_suggest")),
        subject("destinations")["destinations"],
    ]
    for versions in lists:
        for version in versions:
            assert set(version.value) <= set(country_names())
            assert len(set(version.value)) == len(version.value)


def test_the_list_of_destinations_of_april_2022_has_65_countries():
    assert len(subject("destinations")["destinations"][0].value) == 65


def test_the_world_has_249_countries_and_kosovo_each_with_its_own_name():
    names = country_names()

    assert len(names) == 250
    assert len(set(names.values())) == 250
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in names)
    assert list(names.values()) == sorted(names.values())


def test_a_country_is_called_by_its_indonesian_name_and_a_strange_code_by_itself():
    assert country_name("SAU") == "Arab Saudi"
    assert country_name("KHM") == "Kamboja"
    assert country_name("ZZZ") == "ZZZ"
