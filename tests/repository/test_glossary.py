"""The glossary is the one place where a term, its name in code and its words on screen meet."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Field

from desmigratif.access.roles import ROLES
from desmigratif.shared.privacy import PrivacyClass

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.toml"
TERMS: list[dict[str, Any]] = tomllib.loads(GLOSSARY.read_text(encoding="utf-8"))["term"]
BY_IDENTIFIER = {term["identifier"]: term for term in TERMS}
FIELDS = {"term", "identifier", "label", "gloss", "source"}


def folded(label: str) -> str:
    """A label as a hurried reader sees it: no case, signs or spaces, and no explanation in brackets."""
    return re.sub(r"[\W_]+", "", re.sub(r"\(.*?\)", "", label).casefold())


def our_fields() -> list[Field[Any, Any]]:
    models = [model for model in apps.get_models() if model.__module__.startswith("desmigratif.")]
    return [field for model in models for field in model._meta.get_fields() if isinstance(field, Field)]


def term_of(field: Field[Any, Any]) -> dict[str, Any] | None:
    """The glossary's entry for a field: under `model_field`, else under the field's own name."""
    return BY_IDENTIFIER.get(f"{field.model._meta.model_name}_{field.name}") or BY_IDENTIFIER.get(field.name)


def twice(words: list[str]) -> list[str]:
    return sorted(word for word, count in Counter(words).items() if count > 1)


def identifiers_where(is_wrong: Callable[[dict[str, Any]], bool]) -> list[str]:
    return [term.get("identifier", str(term)) for term in TERMS if is_wrong(term)]


def test_a_term_has_exactly_its_five_fields_and_perhaps_codes() -> None:
    assert len(TERMS) >= 100
    assert identifiers_where(lambda term: set(term) - {"codes"} != FIELDS) == []


def test_no_field_is_empty_or_padded() -> None:
    assert (
        identifiers_where(lambda term: any(term[name].strip() != term[name] or not term[name] for name in FIELDS)) == []
    )


def test_an_identifier_is_snake_case() -> None:
    snake_case = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")

    assert identifiers_where(lambda term: not snake_case.fullmatch(term["identifier"])) == []


def test_a_gloss_is_one_or_two_sentences() -> None:
    assert identifiers_where(lambda term: not term["gloss"].endswith(".") or len(term["gloss"]) > 110) == []


def test_a_label_is_short_enough_for_a_phone() -> None:
    assert identifiers_where(lambda term: len(term["label"]) > 45) == []


def test_the_labels_of_a_closed_list_differ() -> None:
    assert (
        identifiers_where(lambda term: bool(twice([folded(label) for label in term.get("codes", {}).values()]))) == []
    )


def test_no_term_or_identifier_stands_twice() -> None:
    assert twice([term["identifier"] for term in TERMS]) == []
    assert twice([term["term"].casefold() for term in TERMS]) == []


def test_no_two_terms_look_alike_on_screen() -> None:
    assert twice([folded(term["label"]) for term in TERMS]) == []


def test_the_privacy_classes_are_those_of_the_code() -> None:
    assert list(BY_IDENTIFIER["privacy_class"]["codes"]) == [member.value for member in PrivacyClass]


def test_the_roles_carry_the_labels_of_the_glossary() -> None:
    assert {code: role.label for code, role in ROLES.items()} == BY_IDENTIFIER["role"]["codes"]
    assert {
        code: role.label
        for code, role in ROLES.items()
        if code in BY_IDENTIFIER and folded(BY_IDENTIFIER[code]["label"]) != folded(role.label)
    } == {}


def test_closed_lists_of_the_database_carry_the_labels_of_the_glossary() -> None:
    found = {field: term for field in our_fields() if field.choices and (term := term_of(field))}

    wrong = {
        f"{field.model.__name__}.{field.name}": (value, str(label))
        for field, term in found.items()
        for value, label in field.flatchoices
        if value and term.get("codes", {}).get(value) != str(label)
    }

    assert {term["identifier"] for term in found.values()} >= {"sex", "marital_status", "case_state"}
    assert wrong == {}


def test_labels_that_differ_only_in_signs_count_as_the_same() -> None:
    assert folded("Kartu Keluarga (KK)") == folded("kartu-keluarga")
    assert twice([folded("NIK"), folded("nik"), folded("KK")]) == ["nik"]
