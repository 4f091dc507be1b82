"""Every action can be read, is asked for by name in a test, and has its stranger."""

from __future__ import annotations

from pathlib import Path

import pytest

import desmigratif.config.actions  # noqa: F401  registers every action
from desmigratif.access.door import REGISTRY, ActionSpec

SOURCES = Path(__file__).resolve().parents[2] / "src" / "desmigratif"
TESTS = {file: file.read_text(encoding="utf-8") for file in SOURCES.rglob("test_*.py")}


@pytest.fixture(params=sorted(REGISTRY), ids=str)
def spec(request: pytest.FixtureRequest) -> ActionSpec:
    return REGISTRY[request.param]


def test_an_action_says_what_it_does_and_takes_frozen_input(spec: ActionSpec) -> None:
    assert spec.run.__doc__
    assert spec.input.model_config["frozen"] is True
    assert spec.input.__doc__


def test_an_action_is_named_after_its_app(spec: ActionSpec) -> None:
    app, _, verb = spec.name.partition(".")

    assert spec.run.__module__.startswith(f"desmigratif.{app}.")
    assert spec.run.__name__ == verb


def test_an_action_is_tried_by_a_stranger(spec: ActionSpec) -> None:
    tried = [text for text in TESTS.values() if f'"{spec.name}"' in text]

    assert any("stranger" in text for text in tried)
