"""One line of a household's history in words: the sentence of its kind, filled with its params."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date

UNKNOWN = "belum diketahui"
GROUPS = {"layanan": "Layanan", "surat": "Surat", "anak": "Anak", "data": "Data"}
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Line:
    """What a history shows of one entry: sentence, icon, state ("" = none) and filter group."""

    text: str
    icon: str
    group: str
    state: str = ""


@cache
def kinds() -> dict[str, dict[str, Any]]:
    """Every known kind of `regulations/timeline.yaml`."""
    text = files("desmigratif.regulations").joinpath("timeline.yaml").read_text(encoding="utf-8")
    known: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return known


def line_of(kind: str, params: Mapping[str, Any], *, name: str, labels: Mapping[str, str]) -> Line:
    """The line for one entry. `labels` name the fields of a correction. An unknown kind is still shown."""
    told = kinds().get(kind)
    if told is None:
        return Line(text=f"Catatan lain tentang {name}", icon="circle-dot", group="layanan")
    words = {key: _in_words(key, value, told, labels) for key, value in params.items()}
    state = told.get("state", "")
    for key, states in told.get("states", {}).items():
        state = states.get(params.get(key), state)
    return Line(_filled(told["text"], {**words, "name": name}), told["icon"], told["group"], state)


def _in_words(key: str, value: Any, told: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    if value is None or value == "":
        return ""
    if key == "fields":
        return ", ".join(labels.get(field, field).lower() for field in value)
    if key == "country":
        return country_name(str(value))
    if key.endswith("_on"):
        return format_date(date.fromisoformat(value))
    said = str(value).lower() if isinstance(value, bool) else str(value)
    known: Mapping[str, str] = told.get("words", {}).get(key, {})
    return known.get(said, "" if known else said)


def _filled(text: str, words: Mapping[str, str]) -> str:
    def optional(found: re.Match[str]) -> str:
        inside = found.group(1)
        return inside if all(words.get(key) for key in _PLACEHOLDER.findall(inside)) else ""

    kept = _OPTIONAL.sub(optional, text)
    sentence = _PLACEHOLDER.sub(lambda found: words.get(found.group(1)) or UNKNOWN, kept)
    return " ".join(sentence.split()).replace(" :", ":")
