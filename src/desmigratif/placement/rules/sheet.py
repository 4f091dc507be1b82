"""A national list out of the rows of a sheet: values, and per row what is wrong. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from desmigratif.placement.rules.cells import Cell, Wrong, job_of, text_of, value_of
from desmigratif.placement.rules.columns import COLUMNS, Column, column_called
from desmigratif.placement.rules.matching import company_key
from desmigratif.regulations.countries import country_name

_HEADER_ROW = 1
_KEYS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "destinations": lambda row: row["country"],
    "agencies": lambda row: (company_key(row["name"]), row.get("licence_number")),
    "bodies": lambda row: (row["kind"], row["region_code"], company_key(row["name"])),
}


class Said(NamedTuple):
    """One finding. `row` is the sheet's row (the heading is 1); None when it is the whole file."""

    row: int | None
    column: str
    code: str
    message: str

    def as_dict(self) -> dict[str, Any]:
        return self._asdict()


@dataclass(frozen=True, slots=True)
class ReadList:
    """`rows` are those without an error, `count` is every filled row."""

    rows: Sequence[dict[str, Any]] = ()
    errors: Sequence[Said] = ()
    warnings: Sequence[Said] = field(default=())
    count: int = 0


def read_list(kind: str, numbers: Sequence[int], cells: Sequence[Sequence[Cell]]) -> ReadList:
    """The first row names the columns, in any order; columns that we do not use are left out."""
    if not cells or numbers[0] != _HEADER_ROW:
        return ReadList(errors=(_no_header(kind),))
    places = {place: found for place, head in enumerate(cells[0]) if (found := column_called(kind, text_of(head)))}
    missing = [one for one in COLUMNS[kind] if one.required and one not in places.values()]
    if missing:
        names = ", ".join(one.header for one in missing)
        return ReadList(errors=(Said(1, "", "column_missing", f"Kolom yang belum ada: {names}."),))
    rows: list[dict[str, Any]] = []
    errors: list[Said] = []
    for number, row in zip(numbers[1:], cells[1:], strict=True):
        values, wrong = _row(places.items(), row, number)
        errors += wrong
        if not wrong:
            rows.append({**values, "row": number})
    errors += _twice(kind, rows)
    if not errors and not rows:
        errors.append(Said(None, "", "no_rows", "Lembar ini tidak berisi satu baris pun. Isi mulai baris kedua."))
    warnings = _unknown_titles(rows) if kind == "permits" else []
    return ReadList(rows, sorted(errors, key=lambda one: one.row or 0), warnings, max(0, len(cells) - 1))


def _no_header(kind: str) -> Said:
    names = ", ".join(column.header for column in COLUMNS[kind])
    return Said(1, "", "header_missing", f"Baris pertama berisi judul kolom: {names}.")


def _row(places: Iterable[tuple[int, Column]], row: Sequence[Cell], number: int) -> tuple[dict[str, Any], list[Said]]:
    values: dict[str, Any] = {}
    wrong = []
    for place, column in places:
        try:
            values[column.field] = value_of(column, row[place] if place < len(row) else "")
        except Wrong as problem:
            wrong.append(Said(number, column.header, f"{column.field}_wrong", str(problem)))
    least, most = values.get("least_age"), values.get("most_age")
    if least is not None and most is not None and least > most:
        wrong.append(Said(number, "umur paling tua", "ages_crossed", "Umur paling muda lebih besar dari paling tua."))
    if values.get("title"):
        values["job"] = job_of(values["title"])
    return values, wrong


def _twice(kind: str, rows: list[dict[str, Any]]) -> list[Said]:
    """A company, a country or a body says one thing in one list: which of two would hold, nobody could tell."""
    if kind not in _KEYS:
        return []
    seen: dict[Any, int] = {}
    found = []
    for row in rows:
        key = _KEYS[kind](row)
        if key in seen:
            said = country_name(row["country"]) if kind == "destinations" else row["name"]
            text = f"{said} sudah ada di baris {seen[key]}; hapus salah satunya."
            found.append(Said(row["row"], COLUMNS[kind][0].header, "twice", text))
        seen.setdefault(key, row["row"])
    return found


def _unknown_titles(rows: list[dict[str, Any]]) -> list[Said]:
    text = "Jabatan ini belum dikenal, jadi dicatat sebagai pekerjaan lain dan tidak dipakai menjawab."
    return [
        Said(row["row"], "pekerjaan", "title_unknown", text)
        for row in rows
        if row["job"] == "other" and job_of(row["title"]) == "other"
    ]
