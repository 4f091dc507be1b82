"""Read one sheet in a process of its own, under limits. Runs alone: no import of the project.

`sheet` of the settings names the sheet; empty is the first one. A sheet that is not there is an empty one.

Called as `python -I -S child.py LIBRARY_FOLDER SETTINGS_JSON` with the sheet on standard input. Prints one
JSON object a line: first `{"over": row or null}` or `{"refused": kind}`, then blocks of
`{"numbers": [...], "cells": [[...]]}`. A cell is text or a number; dates are ISO text.
"""

import gc
import io
import json
import sys
from typing import Any

_BLOCK = 5_000
_END_MARK = "###"  # sibling formats of the sheet end with a row of these


def limit_this_process(memory_bytes: int, cpu_seconds: int) -> None:
    """Cap memory and time where the platform can (not on Windows)."""
    try:
        import resource  # here, because Windows has none
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        capped = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (capped, capped))


def filled_rows(sheet: Any, most: int | None) -> tuple[list[int], list[list[Any]], int | None]:
    """Rows that hold something, their sheet row numbers, and the first row over the limit."""
    numbers: list[int] = []
    rows: list[list[Any]] = []
    top = sheet.start[0] + 1 if sheet.start else 1
    for number, row in enumerate(sheet.iter_rows(), top):
        first = ""
        for place, cell in enumerate(row):
            if cell.__class__ is not str:
                if cell.__class__ is not float:
                    row[place] = cell = as_text(cell)
            elif not cell or cell.isspace():
                continue
            first = first or str(cell).strip()
        if not first or (number > 1 and first.startswith(_END_MARK)):
            continue
        if most is not None and len(rows) > most:  # the header is one of them
            return numbers, rows, number
        numbers.append(number)
        rows.append(row)
    return numbers, rows, None


def as_text(cell: Any) -> "str | float":
    """Whole numbers stay numbers; dates become ISO text; yes/no and durations become words."""
    if cell.__class__ is int:
        return float(cell)
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell).upper()


def sheet_called(book: Any, name: str) -> "int | None":
    """The place of a sheet, whatever the case and spaces of its name; the first for no name."""
    if not name:
        return 0
    names = ["".join(each.split()).casefold() for each in book.sheet_names]
    return names.index(name.casefold()) if name.casefold() in names else None


def answer(line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


def main() -> None:
    settings = json.loads(sys.argv[2])
    gc.disable()  # one sheet, no cycles, then this process ends
    limit_this_process(settings["memory_bytes"], settings["cpu_seconds"])
    sys.path.append(sys.argv[1])
    import python_calamine  # here: found, and bounded, only since the lines above

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        wanted = sheet_called(book, settings["sheet"])
        if wanted is None:
            answer({"over": None})
            return
        sheet = book.get_sheet_by_index(wanted)
        if sheet.width > settings["columns"]:
            answer({"refused": "too_large"})
            return
        numbers, rows, over = filled_rows(sheet, settings["rows"])
    except MemoryError:
        answer({"refused": "too_large"})
        return
    except python_calamine.PasswordError:
        answer({"refused": "locked"})
        return
    except (python_calamine.CalamineError, ValueError, OverflowError, OSError):
        answer({"refused": "damaged"})
        return
    answer({"over": over})
    for start in range(0, len(rows), _BLOCK):
        answer({"numbers": numbers[start : start + _BLOCK], "cells": rows[start : start + _BLOCK]})


if __name__ == "__main__":
    main()
