"""Every action can be read, is asked for by name in a test, and has its stranger."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import desmigratif.config.actions  # noqa: F401  registers every action
from desmigratif.access.door import REGISTRY, ActionSpec

SOURCES = Path(__file__).resolve().parents[2] / "src" / "desmigratif"
TESTS = {file: file.read_text(encoding="utf-8") for file in SOURCES.rglob("test_*.py")}

WRITTEN = re.compile(r"^@action\(\s*\"([^\"]+)\"", re.MULTILINE)
KNOWN = """
import django
django.setup()
import desmigratif.config.actions
from desmigratif.access.door import REGISTRY
print(*REGISTRY)
"""


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


def test_whatever_is_written_as_an_action_is_known_when_the_product_starts(tmp_path: Path) -> None:
    """In a process of its own: in this one other tests have imported what the product may have forgotten."""
    texts = [file.read_text(encoding="utf-8") for file in SOURCES.rglob("*.py") if "tests" not in file.parts]
    written = {name for text in texts for name in WRITTEN.findall(text)}
    alone = subprocess.run(
        [sys.executable, "-c", KNOWN],
        env={
            **os.environ, "DJANGO_SETTINGS_MODULE": "desmigratif.config.settings", "DESMIGRATIF_DATA": str(tmp_path),
            "PYTHONPATH": str(SOURCES.parent),
        },
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip

    assert len(written) > 200
    assert written ^ set(alone.stdout.split()) == set()
