"""Which row of a sheet speaks for a family's address, and which people without a KK number live together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from desmigratif.people.rules.register_sheet.plan import Change, Plan
from desmigratif.people.rules.register_sheet.row import RegisterRow

Id = TypeVar("Id", bound=Hashable)
ADDRESS = ("address", "hamlet", "rw", "rt")


def in_order_of_say(rows: Iterable[RegisterRow]) -> list[RegisterRow]:
    """The head of the family first, then by row of the sheet."""
    return sorted(rows, key=lambda row: (row.relation != "head", row.row))


def address_said_by(rows: Iterable[RegisterRow]) -> dict[str, str]:
    """Per address field, what the first row that says anything says (the head's before the others')."""
    said: dict[str, str] = {}
    for row in in_order_of_say(rows):
        for name in ADDRESS:
            value = getattr(row, name)
            if value is not None:
                said.setdefault(name, value)
    return said


def families_without_kk(rows: Sequence[RegisterRow]) -> list[list[RegisterRow]]:
    """Rows without a KK number by family, in the order of the sheet.

    Who follows a head at the same written address belongs to that head; everybody else stands alone, since two
    strangers must not share a file.
    """
    families: list[list[RegisterRow]] = []
    headed: dict[tuple[str | None, ...], list[RegisterRow]] = {}
    for row in rows:
        place = tuple(getattr(row, name) for name in ADDRESS)
        if row.relation == "head" or row.address is None or place not in headed:
            family = [row]
            families.append(family)
            if row.relation == "head" and row.address is not None:
                headed[place] = family
        else:
            headed[place].append(row)
    return families


def settle_addresses(
    plan: Plan[Id], *, home_of: Mapping[Id, Hashable], home_of_kk: Callable[[str], Hashable | None]
) -> Plan[Id]:
    """A plan in which one row per family speaks for its address, so that the same sheet twice changes nothing.

    Sheets repeat the address on every row, and not always the same one. `home_of` maps a resident to the
    household they live in, `home_of_kk` a KK number to its household (None = a new one).
    """

    def family(row: RegisterRow, resident: Id) -> Hashable:
        if row.kk_number is None:
            return home_of[resident]
        return home_of_kk(row.kk_number) or ("new", row.kk_number)

    groups: dict[Hashable, list[RegisterRow]] = defaultdict(list)
    for change in plan.changed:
        groups[family(change.row, change.resident)].append(change.row)
    for row, resident in plan.unchanged:
        groups[family(row, resident)].append(row)
    said = {home: address_said_by(rows) for home, rows in groups.items()}
    spoken: set[tuple[Hashable, str]] = set()
    changed: list[Change[Id]] = []
    unchanged = list(plan.unchanged)
    for change in sorted(plan.changed, key=lambda change: (change.row.relation != "head", change.row.row)):
        home = family(change.row, change.resident)
        fields = {
            name: value
            for name, value in change.fields.items()
            if name not in ADDRESS or (said[home].get(name) == value and (home, name) not in spoken)
        }
        spoken.update((home, name) for name in fields if name in ADDRESS)
        if fields:
            changed.append(replace(change, fields=fields))
        else:
            unchanged.append((change.row, change.resident))
    return replace(plan, changed=sorted(changed, key=lambda change: change.row.row), unchanged=unchanged)
