"""A workbook of opening balances from a page: read, held against the cooperative, and (if wanted) written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.cooperative.inputs.opening import ImportOpening
from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.queries.opening import known_on
from desmigratif.cooperative.rules.opening_sheet.cells import Cells, read_opening
from desmigratif.cooperative.rules.opening_sheet.check import Totals, check_opening, totals_of
from desmigratif.cooperative.rules.opening_sheet.rows import MEMBERS, SHEETS, Message, Opening
from desmigratif.people.rules.register_sheet.guard import WEB, Limits
from desmigratif.people.rules.register_sheet.read import read_cells

__all__ = ["Tried", "read_workbook", "try_workbook", "write_workbook"]
_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Tried:
    """What a workbook holds, and what there is to say about it. Nothing was written."""

    opening: Opening
    messages: Sequence[Message]
    totals: Totals

    @property
    def errors(self) -> list[Message]:
        return [said for said in self.messages if said.is_error]


def read_workbook(content: bytes, limits: Limits = WEB) -> tuple[Opening, list[Message]]:
    """The typed rows of every sheet. Raises `SheetRefused` for a file that is no readable workbook."""
    sheets: dict[str, Cells] = {}
    too_long: list[Message] = []
    for name in SHEETS:
        over, numbers, cells = read_cells(content, limits=limits, sheet=name)
        if over is not None:
            text = f"Lembar ini lebih dari {_ROWS:,} baris.".replace(",", ".")
            too_long.append(Message(name, over, "", "too_many_rows", text))
        sheets[name] = (numbers, cells)
    opening, messages = read_opening(sheets)
    return opening, too_long + messages


def try_workbook(content: bytes, cooperative: Cooperative, on: date) -> Tried:
    """Everything there is to say, and what the trial balance would be. Raises `SheetRefused`."""
    opening, messages = read_workbook(content)
    known = known_on(cooperative, on)
    unread = {said.sheet for said in messages if said.is_error}
    said = check_opening(opening, known)
    # a sum over rows that could not be read is wrong, and a second complaint about it helps nobody
    kept = [one for one in said if not (unread and one.code in ("parts_differ", "unbalanced"))]
    if MEMBERS in unread:
        kept = [one for one in kept if one.code != "closed_loop"]
    order = list(SHEETS)
    both = sorted([*messages, *kept], key=lambda one: (order.index(one.sheet), one.row))
    return Tried(opening, both, totals_of(opening, known))


def write_workbook(
    content: bytes, cooperative: Cooperative, on: date, *, by: Actor, now: datetime, import_id: UUID, act_id: UUID,
    file_name: str,
) -> dict[str, Any]:  # fmt: skip
    """Bring it in through the door. Raises `SheetRefused` and whatever the action refuses."""
    opening, _messages = read_workbook(content)
    given = ImportOpening(
        import_id=import_id, cooperative_id=cooperative.id, on=on, file_name=file_name[-120:], members=opening.members,
        savings=opening.savings, loans=opening.loans, balances=opening.balances,
    )  # fmt: skip
    return do(by, "cooperative.import_opening", given, now=now, act_id=act_id, via="desk")
