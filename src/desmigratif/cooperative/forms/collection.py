"""The sheet of a meeting: one amount for each thing a member may pay."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from desmigratif.cooperative.forms.fields import Rupiah
from desmigratif.documents.acting import RecordForm

LINES, COMPULSORY, SAVINGS = "lines", "compulsory", "savings"
_PREFIX = {LINES: "pay", COMPULSORY: "wajib", SAVINGS: "simpan"}
_ID_OF = {LINES: "loan_id", COMPULSORY: "member_id", SAVINGS: "account_id"}

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One amount of the sheet: what it is for, whose id, how it is called, and what is asked (0 = nothing)."""

    group: str
    id: UUID
    label: str
    asked: int = 0

    @property
    def name(self) -> str:
        return f"{_PREFIX[self.group]}_{self.id}"


def cells_sent(names: Iterable[str], known: Iterable[Cell]) -> list[Cell]:
    """Amounts that a browser sent of a sheet which asks for them no more: the same sheet again must stay the same."""
    there = {cell.name for cell in known}
    found = []
    for name in names:
        prefix, _sign, id = name.partition("_")
        group = next((group for group, said in _PREFIX.items() if said == prefix), "")
        if group and name not in there and _UUID.fullmatch(id):
            found.append(Cell(group, UUID(id), ""))
    return found


class CollectionForm(RecordForm):
    """An empty amount was not paid. Each has its own entry id, so that a sheet sent twice acts once."""

    def __init__(self, *args: Any, today: date, cells: Iterable[Cell], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.cells = today, list(cells)
        for cell in self.cells:
            self.fields[cell.name] = Rupiah(label=cell.label, required=False)
            self.fields[cell.name].widget.attrs |= {"inputmode": "numeric", "class": "w-money", "autocomplete": "off"}
            if cell.asked:
                self.initial[cell.name] = f"{cell.asked:,}".replace(",", ".")
        self.fields["counted_rupiah"] = Rupiah(
            label=_("Uang tunai yang diterima"),
            help_text=_("Hitung uangnya dulu. Harus sama dengan jumlah semua yang tertulis di daftar ini."),
        )

    def field_of(self, path: str) -> str:
        """`lines.3.amount_rupiah` is the third amount that was filled in of its kind."""
        group, _dot, rest = path.partition(".")
        place = rest.split(".")[0]
        if group in _PREFIX and place.isdigit():
            return self.filled(group)[int(place)].name
        return super().field_of(path)

    def filled(self, group: str) -> list[Cell]:
        """In an order that does not hang on who is still asked for something."""
        cells = [cell for cell in self.cells if cell.group == group and self.cleaned_data.get(cell.name)]
        return sorted(cells, key=lambda cell: cell.name)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.get(cell.name) for cell in self.cells):
            self.add_error(None, _("Isi paling sedikit satu jumlah."))
        return data

    @property
    def total(self) -> int:
        return sum(self.cleaned_data.get(cell.name) or 0 for cell in self.cells)

    def payload(self) -> dict[str, Any]:
        sheet = self.cleaned_data["record_id"]
        rows = {
            group: [
                {
                    "entry_id": uuid5(sheet, cell.name), _ID_OF[group]: cell.id,
                    "amount_rupiah": self.cleaned_data[cell.name],
                }
                for cell in self.filled(group)
            ]
            for group in _PREFIX
        }  # fmt: skip
        return {"on": self.today, "counted_rupiah": self.cleaned_data["counted_rupiah"], **rows}
