"""From bytes to rows of cells: guarded, read in a child process, header checked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from desmigratif.people.rules.register_sheet.guard import WEB, Limits, load, refused
from desmigratif.people.rules.register_sheet.row import BY_HEADER, MANDATORY, CellMessage

Cell = str | float
_CHILD = Path(__file__).with_name("child.py")
_KEPT_ENVIRONMENT = ("SYSTEMROOT", "LD_LIBRARY_PATH")
_CLOSE_ENOUGH = 75  # rapidfuzz percent, to suggest the header that was meant
_HEADER_ROW = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """Filled rows of the first sheet without the header; `numbers` are their rows in the sheet.

    `columns` maps a header to its place in each row of `cells`, all equally wide. `errors` are faults
    of the header or too many rows; then there are no rows to check.
    """

    columns: Mapping[str, int] = field(default_factory=dict)
    numbers: Sequence[int] = ()
    cells: Sequence[Sequence[Cell]] = ()
    errors: Sequence[CellMessage] = ()


def read_sheet(source: bytes | Path, *, limits: Limits = WEB) -> Sheet:
    """Read a register sheet. Raises `SheetRefused` for a file that is no readable sheet, `OSError` for a path."""
    over, numbers, cells = _read_in_child(load(source, limits), limits)
    if not numbers or numbers[0] != _HEADER_ROW:
        message = "Baris pertama harus berisi judul kolom, seperti pada contoh lembar kerja."
        return Sheet(errors=[CellMessage(_HEADER_ROW, "", "header_missing", message)])
    columns, errors = check_header(cells[0], _filled_without_title(cells))
    if over is not None and limits.rows is not None:
        errors.append(_too_many_rows(over, limits.rows))
    if errors:
        return Sheet(columns, errors=errors)
    return Sheet(columns, numbers[1:], cells[1:])


def read_cells(
    source: bytes | Path, *, limits: Limits = WEB, sheet: str = ""
) -> tuple[int | None, Sequence[int], Sequence[Sequence[Cell]]]:
    """Any sheet's filled rows with their numbers, and the first row over the limit. Raises as `read_sheet` does.

    `sheet` names one; the first is read otherwise, and one that is not there is an empty one.
    """
    return _read_in_child(load(source, limits), limits, sheet)


def _read_in_child(content: bytes, limits: Limits, sheet: str = "") -> tuple[int | None, list[int], list[list[Cell]]]:
    library = find_spec("python_calamine")
    if library is None or library.origin is None:
        raise RuntimeError("python-calamine is not installed")
    settings = {
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": limits.cpu_seconds,
        "rows": limits.rows,
        "columns": limits.columns,
        "sheet": sheet,
    }
    command = [sys.executable, "-I", "-S", str(_CHILD), str(Path(library.origin).parents[1]), json.dumps(settings)]
    try:
        child = subprocess.run(  # noqa: S603  our own interpreter and file
            command,
            input=content,
            capture_output=True,
            timeout=limits.cpu_seconds * 2,
            env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refused("too_large") from None
    if child.returncode != 0:  # stopped for memory or time, unless the reader itself failed on the content
        failed = child.returncode == 1 and b"MemoryError" not in child.stderr
        raise refused("damaged" if failed else "too_large")
    return _understood(child.stdout)


def _understood(output: bytes) -> tuple[int | None, list[int], list[list[Cell]]]:
    lines = output.splitlines()
    first = json.loads(lines[0])
    if "refused" in first:
        raise refused(first["refused"])
    numbers: list[int] = []
    cells: list[list[Cell]] = []
    for line in lines[1:]:
        block = json.loads(line)
        numbers += block["numbers"]
        cells += block["cells"]
    return first["over"], numbers, cells


def _too_many_rows(row: int, most: int) -> CellMessage:
    shown = f"{most:,}".replace(",", ".")
    return CellMessage(
        row,
        "",
        "too_many_rows",
        f"Lembar ini lebih dari {shown} baris, terlalu banyak untuk halaman ini; bagi menjadi beberapa berkas, "
        "atau minta pengelola memakai perintah desmigratif import-residents.",
    )


def _filled_without_title(cells: Sequence[Sequence[Cell]]) -> set[int]:
    """Places of columns that hold something below an empty title."""
    untitled = [place for place, title in enumerate(cells[0]) if not str(title).strip()]
    return {place for place in untitled if any(str(row[place]).strip() for row in cells[1:])}


def check_header(header: Sequence[Cell], filled: set[int]) -> tuple[dict[str, int], list[CellMessage]]:
    """Header -> place, and what is wrong: a title unknown, double or missing, or data under no title."""
    columns: dict[str, int] = {}
    errors: list[CellMessage] = []
    for place, cell in enumerate(header):
        title = " ".join(str(cell).split())
        if not title:
            if place in filled:
                errors.append(_blank_title(place))
        elif title not in BY_HEADER:
            errors.append(_unknown_title(title))
        elif title in columns:
            errors.append(_wrong(title, "header_double", f"Judul kolom “{title}” ada dua kali; hapus salah satunya."))
        else:
            columns[title] = place
    errors += [
        _wrong(title, "header_missing", f"Kolom “{title}” tidak ada di baris pertama; tambahkan judulnya.")
        for title in MANDATORY
        if title not in columns
    ]
    return columns, errors


def _wrong(column: str, code: str, message: str) -> CellMessage:
    return CellMessage(_HEADER_ROW, column, code, message)


def _blank_title(place: int) -> CellMessage:
    letter = column_letter(place)
    return _wrong(letter, "header_blank", f"Kolom {letter} berisi data tetapi tidak punya judul; isi judul kolomnya.")


def _unknown_title(title: str) -> CellMessage:
    from rapidfuzz import process  # only who mistakes a title carries it

    shown = title[:40]
    likely = process.extractOne(title.lower().replace(" ", ""), list(BY_HEADER), score_cutoff=_CLOSE_ENOUGH)
    advice = f"mungkin maksudnya “{likely[0]}”." if likely else "pakai judul seperti pada contoh lembar kerja."
    return _wrong(shown, "header_unknown", f"Judul kolom “{shown}” tidak dikenal; {advice}")


def column_letter(place: int) -> str:
    """0 -> A, 26 -> AA, as the spreadsheet names its columns."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
