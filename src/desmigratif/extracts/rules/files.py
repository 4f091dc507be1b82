"""An extract as files: one table, kept as a document, from which the CSV, its dictionary and the workbook are made.

Each file says in its first line whose it is, what for, until when, and what is forbidden. Plain Python.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desmigratif.extracts.rules.asking import PREFIX
from desmigratif.extracts.rules.marks import COLUMN
from desmigratif.people.rules.register_sheet.give import not_live
from desmigratif.reports.rules.files import csv_of
from desmigratif.shared.content_types import XLSX

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MARK_MEANS = "Tanda berkas; berbeda di setiap baris dan setiap berkas, bukan nomor orang"
TYPES = {
    "csv": ("zip", "application/zip"),
    "xlsx": ("xlsx", XLSX),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table ready to leave: `mark_line` is the first line, `dictionary` says what each column means and how coarsely
    it is written."""

    name: str
    mark_line: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    dictionary: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name, "mark_line": self.mark_line, "head": self.head, "rows": self.rows,
            "dictionary": self.dictionary, "notes": self.notes,
        }  # fmt: skip


def sheet_from(document: Mapping[str, Any]) -> Sheet:
    """What `as_dict` made."""
    return Sheet(
        document["name"], document["mark_line"], tuple(document["head"]),
        tuple(tuple(row) for row in document["rows"]),
        tuple((one[0], one[1], one[2]) for one in document["dictionary"]), tuple(document["notes"]),
    )  # fmt: skip


def as_csv(sheet: Sheet) -> bytes:
    """The mark line after a `#`, as programs skip it; then the head and the rows."""
    return f"# {sheet.mark_line}\r\n".encode() + csv_of(sheet.head, sheet.rows)


def dictionary_csv(sheet: Sheet) -> bytes:
    head = ("kolom", "arti", "ditulis")
    notes = [("", one, "") for one in sheet.notes]
    return f"# {sheet.mark_line}\r\n".encode() + csv_of(head, [*sheet.dictionary, *notes])


def as_zip(sheet: Sheet) -> bytes:
    """The data and what its columns mean, together, so that neither goes without the other."""
    import zipfile  # only who takes one carries it

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(f"{sheet.name}.csv", as_csv(sheet))
        book.writestr(f"{sheet.name}-kamus.csv", dictionary_csv(sheet))
    return target.getvalue()


def as_xlsx(sheet: Sheet) -> bytes:
    """A workbook of two sheets: the data and the dictionary."""
    import xlsxwriter  # only who asks for a workbook carries it

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    bold = book.add_format({"bold": True})
    _write(book.add_worksheet("Data"), sheet.mark_line, [sheet.head, *sheet.rows], bold)
    dictionary = [("kolom", "arti", "ditulis"), *sheet.dictionary, *(("", one, "") for one in sheet.notes)]
    _write(book.add_worksheet("Kamus"), sheet.mark_line, dictionary, bold)
    book.close()
    return target.getvalue()


def _write(page: Any, mark_line: str, rows: Sequence[Sequence[str]], bold: Any) -> None:
    page.write_string(0, 0, mark_line, bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            page.write_string(line, column, not_live(cell), bold if line == 1 else None)
    page.set_column(0, len(rows[0]) - 1, 22)
    page.freeze_panes(2, 0)


def _says_whose(line: str) -> bool:
    """Whether this is the first line of a file of ours, also as a workbook that was saved as CSV writes it."""
    return line.startswith("#") or line.lstrip('"').startswith(PREFIX)


def rows_in(text: str) -> list[list[str]]:
    """The rows of a found CSV without head, mark line and marks, in their order."""
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip() and not _says_whose(line)]
    rows = list(csv.reader(lines, delimiter=";" if lines and ";" in lines[0] else ","))
    if not rows:
        return []
    marks = [place for place, name in enumerate(rows[0]) if name.strip() == COLUMN]
    return [[cell for place, cell in enumerate(row) if place not in marks] for row in rows[1:]]


MAKERS = {"csv": as_zip, "xlsx": as_xlsx}
