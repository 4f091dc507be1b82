"""The browser's check says nothing that the page has no words for, and agrees with ours on names of things."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from desmigratif.documents.rules import statement
from desmigratif.documents.rules.wording import printable
from desmigratif.regulations.countries import country_names

ROOT = Path(__file__).parents[4]
CHECK = (ROOT / "frontend/src/verify/check.js").read_text(encoding="utf-8")
MAIN = (ROOT / "frontend/src/verify/main.js").read_text(encoding="utf-8")
PAGES = ROOT / "src/desmigratif/portal/templates/portal"
WORDS = (PAGES / "verify_words.html").read_text(encoding="utf-8")
CODES = set(re.findall(r'"([a-z]+(?:_[a-z]+)+|valid|revoked|replaced|expired)"', CHECK)) - set(statement.KINDS)


def test_the_codes_are_found_in_the_script() -> None:
    assert {"valid", "revoked", "unknown_key_old_list", "no_keys", "list_is_old"} <= CODES


@pytest.mark.parametrize("code", sorted(CODES | {"typed_offline"}))
def test_every_outcome_has_a_title_and_a_sentence(code: str) -> None:
    assert f'data-code="{code}"' in WORDS
    assert f'data-code="{code}.title"' in WORDS


def test_every_refusal_of_the_server_exists_in_the_browser() -> None:
    assert set(statement._REFUSALS) <= CODES


def test_browser_and_server_number_the_kinds_alike() -> None:
    found = re.search(r"const KINDS = \{([^}]*)\}", CHECK)

    assert found is not None
    pairs = re.findall(r'(\d+): "(\w+)"', found[1])
    assert {name: int(number) for number, name in pairs} == statement.KINDS
    for name, label in statement.KIND_LABELS.items():
        assert re.search(rf'data-kind="{name}">{{% translate "{label}" %}}<', WORDS)


def test_the_sentences_use_only_what_the_script_fills_in() -> None:
    assert set(re.findall(r"\{(\w+)\}", WORDS.replace("{% ", "").replace("{%", ""))) <= {
        "village",
        "date",
        "until",
        "as_of",
        "replaced",
    }
    assert all(f"{name}:" in MAIN for name in ("village", "date", "until", "as_of", "replaced"))


def test_paper_and_browser_call_countries_alike() -> None:
    in_browser = json.loads((ROOT / "frontend/src/verify/countries.json").read_text(encoding="utf-8"))

    assert in_browser == country_names()
    assert all(name == printable(name) for name in in_browser.values())
