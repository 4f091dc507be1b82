"""A year of a village as dated events: what an official can read in `events/*.yaml`, made into acts and questions.

An event
    tanggal    the day; `jam` (09:30) when the hour matters
    siapa      who acts, a name of people.yaml
    apa        one sentence, for whoever reads
    tindakan   the action's registered name, with `isi` as its payload
    hasil      selesai (when left out), or ditolak / perlu diputuskan / tidak sah: [codes of the reasons]
    untuk      the same act many times: {n: 1-300, kecuali: [7], hanya_kelipatan: 2, bukan_kelipatan: 10}
    periksa    what must be true afterwards; every kind is a function of checks.py
`isi` may leave out what goes without saying: `on` (the day), the village, the cooperative, fresh ids, and the version
of the page that was read (`seen`). Values of fields that end in `_id` are names. In an event with `untuk` a text may
hold {n}, and a text that begins with "=" is reckoned: "= 10000 + n % 7 * 5000".
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
KEYS = {"tanggal", "jam", "siapa", "apa", "tindakan", "isi", "hasil", "untuk", "periksa"}
OUTCOMES = {"ditolak": "refused", "perlu diputuskan": "needs_review", "tidak sah": "invalid"}
MORNING = time(9)
_SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.FloorDiv: operator.floordiv,
          ast.Mod: operator.mod}  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """One act of an event, with its payload spelled out; `number` is n where it is one of many."""

    action: str
    payload: Mapping[str, Any]
    number: int | None = None


@dataclass(frozen=True)
class Event:
    """One dated entry of a file; `place` says where it stands."""

    place: str
    on: date
    at: time
    who: str
    what: str
    deeds: tuple[Deed, ...]
    outcome: str = "done"
    codes: tuple[str, ...] = ()
    expect: Mapping[str, Any] = field(default_factory=dict)


class _Plain(yaml.SafeLoader):
    """YAML in which `on` is a word and not a yes."""


_Plain.yaml_implicit_resolvers = {
    sign: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool" or sign in "tTfF"]
    for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def events(pattern: str = "*.yaml") -> list[Event]:
    """The events of all files that fit, in the order of their days and hours. Raises `ValueError` for a bad one."""
    found = [event for path in sorted((FOLDER / "events").glob(pattern)) for event in _read(path)]
    return sorted(found, key=lambda event: (event.on, event.at))


def people() -> dict[str, dict[str, str]]:
    """Name -> role and region of everybody who acts."""
    text = (FOLDER / "people.yaml").read_text("utf-8")
    told: dict[str, dict[str, str]] = yaml.safe_load(text)
    return told


def _read(path: Path) -> Iterator[Event]:
    for number, row in enumerate(yaml.load(path.read_text("utf-8"), Loader=_Plain), 1):
        yield event_of(row, f"{path.stem} #{number}")


def event_of(row: Mapping[str, Any], place: str) -> Event:
    if strange := row.keys() - KEYS:
        raise ValueError(f"{place}: unknown keys {sorted(strange)}")
    if "tindakan" not in row and not row.get("periksa"):
        raise ValueError(f"{place}: neither an act nor a question")
    outcome, codes = _outcome(row.get("hasil", "selesai"), place)
    hour = time.fromisoformat(row["jam"]) if "jam" in row else MORNING
    return Event(
        place, row["tanggal"], hour, row.get("siapa", ""), row["apa"], tuple(_deeds(row)), outcome, codes,
        row.get("periksa") or {},
    )  # fmt: skip


def _outcome(said: Any, place: str) -> tuple[str, tuple[str, ...]]:
    if said == "selesai":
        return "done", ()
    ((word, codes),) = said.items()
    if word not in OUTCOMES or not codes:
        raise ValueError(f"{place}: no such outcome {said}")
    return OUTCOMES[word], tuple(codes)


def _deeds(row: Mapping[str, Any]) -> Iterator[Deed]:
    if "tindakan" not in row:
        return
    if "untuk" not in row:
        yield Deed(row["tindakan"], row.get("isi") or {})
        return
    for n in numbers(row["untuk"]):
        yield Deed(row["tindakan"], spelled_out(row.get("isi") or {}, n), n)


def numbers(wanted: Mapping[str, Any]) -> list[int]:
    """The numbers that an `untuk` names."""
    first, _, last = str(wanted["n"]).partition("-")
    found = [n for n in range(int(first), int(last or first) + 1) if n not in wanted.get("kecuali", ())]
    if every := wanted.get("hanya_kelipatan"):
        found = [n for n in found if n % every == 0]
    if never := wanted.get("bukan_kelipatan"):
        found = [n for n in found if n % never]
    return found


def spelled_out(value: Any, n: int) -> Any:
    """A payload with its {n} and its reckonings filled in."""
    if isinstance(value, Mapping):
        return {key: spelled_out(inner, n) for key, inner in value.items()}
    if isinstance(value, list):
        return [spelled_out(inner, n) for inner in value]
    if isinstance(value, str) and value.startswith("="):
        return reckon(value[1:].strip(), n)
    return value.format(n=n) if isinstance(value, str) else value


def reckon(text: str, n: int) -> int:
    """A sum of whole numbers and n. Raises `ValueError` for anything else."""

    def value(node: ast.expr) -> int:
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return node.value
        if isinstance(node, ast.Name) and node.id == "n":
            return n
        if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
            return int(_SIGNS[type(node.op)](value(node.left), value(node.right)))
        raise ValueError(f"cannot reckon {text!r}")

    return value(ast.parse(text, mode="eval").body)
