"""Country cards say what a source says, with its ground, and "belum diketahui" for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import time_machine
import yaml
from django.test import Client

from desmigratif.access.models import Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.cases.rules.offer.country_card import card_of, countries_shown_first
from desmigratif.cases.tests.conftest import KURIPAN
from desmigratif.shared.tests.mutating import unnoticed

EXAMPLES = yaml.safe_load(files("desmigratif.regulations").joinpath("examples/country_cards.yaml").read_text("utf-8"))


def holds(example: dict[str, Any]) -> bool:
    try:
        card, first = card_of(example["country"], example["day"]), countries_shown_first(example["day"])
    except (KeyError, AttributeError, TypeError):  # a wrong law may have no such key
        return False
    warning = card.warnings[0].text if card.warnings else None
    place = first.index(card.code) + 1 if card.code in first else None
    said = (card.household.standing, card.company.standing, card.placed_2023, warning, place)
    mission = card.mission.text if card.mission else None
    expected = tuple(example[name] for name in ("household", "company", "placed", "warning", "first"))
    return (said, mission, len(card.warnings) < 2) == (expected, example["mission"], True)


def all_examples_hold() -> bool:
    return all(map(holds, EXAMPLES))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one['country']}-{one['day']}")
def test_the_worked_examples_of_cards_hold(example: dict[str, Any]) -> None:
    assert holds(example)


def test_no_fact_of_a_card_can_be_written_wrongly_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, missed = unnoticed(
        monkeypatch, "country_cards", all_examples_hold,
        others=("offer_safety", "destinations", "placement_costs", "cost_tables"),
    )  # fmt: skip

    assert tried > 60
    assert missed == []


def test_a_card_says_what_is_free_of_cost_and_what_a_country_caps() -> None:
    texts = [said.text for said in card_of("TWN", EXAMPLES[0]["day"]).costs]

    assert any("Bebas biaya" in text and "perawat lansia" in text for text in texts)
    assert any("Rp9.622.000 ditambah 25.250" in text and "pekerja pabrik" in text for text in texts)
    assert any("belum diketahui" in said.text for said in card_of("KOR", EXAMPLES[0]["day"]).costs)


@pytest.fixture
def desk(places: None, settings: Any) -> Iterator[Client]:
    settings.SECOND_FACTOR_REQUIRED = False
    user = User.objects.create(username="petugas", name="Petugas")
    Grant.objects.create(user=user, role="village_officer", region_code=KURIPAN, valid_from="2026-01-01")
    with time_machine.travel("2026-11-23T03:15:00Z", tick=False):
        yield signed_in_browser(user)


def test_the_page_and_the_text_to_share_say_the_same(desk: Client) -> None:
    page = desk.get("/pelayanan/negara/SAU/").content.decode()
    text = desk.get("/pelayanan/negara/SAU.txt")

    assert text["Content-Type"].startswith("text/plain")
    for said in ("Kepmenaker 260/2015", "belum diketahui; tanyakan ke Disnaker", "Visa umrah"):
        assert said in page
        assert said in text.content.decode()


def test_a_country_that_does_not_exist_has_no_card(desk: Client) -> None:
    assert desk.get("/pelayanan/negara/ZZZ/").status_code == 404
    assert desk.get("/pelayanan/negara/IDN.txt").status_code == 404


def test_the_ten_that_people_ask_for_stand_first(desk: Client) -> None:
    page = desk.get("/pelayanan/negara/").content.decode()

    assert page.index("Hong Kong") < page.index("Kamboja") < page.index("Albania")
