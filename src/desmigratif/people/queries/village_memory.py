"""What was read of a village's register, good until its next change, in whichever process that happens.

Every change of a household or resident is numbered in the village's change log, so its last line says whether
what is remembered still stands. Looking at people moves the audit chain and not this.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

from desmigratif.audit.models import Change

T = TypeVar("T")
_KEPT = 8  # villages in memory


class VillageMemory(Generic[T]):
    """Remembers what `read(village_code)` gave, for a few villages."""

    def __init__(self, read: Callable[[str], T]) -> None:
        self._read = read
        self._known: OrderedDict[str, tuple[UUID, T]] = OrderedDict()

    def of(self, village_code: str) -> T:
        """What stands now; the caller has the right to see it. One query when nothing changed."""
        changes = Change.objects.filter(village_code=village_code).order_by("-change_no")
        last = changes.values_list("id", flat=True).first()
        known = self._known.get(village_code)
        if known is not None and known[0] == last:
            return known[1]
        found = self._read(village_code)
        if last is not None:
            self._known[village_code] = (last, found)
            self._known.move_to_end(village_code)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return found
