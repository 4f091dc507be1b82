"""The pillars that measure themselves, by name: one look shows whose records an indicator rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from desmigratif.audit.tallying import Counts, Reckoned
from desmigratif.cases import measures as cases
from desmigratif.cooperative import measures as cooperative
from desmigratif.enterprises import measures as enterprises
from desmigratif.indicators import surviving
from desmigratif.parenting import measures as parenting
from desmigratif.programme import measures as programme


@dataclass(frozen=True, slots=True)
class Pillar:
    """`reckon`: what time or many records together change, in one village on a day; `recount`: the plain oracle.
    `monthly` are the codes that `reckon` says by month: a month that it does not name any more counts nothing."""

    name: str
    reckon: Callable[[str, date], Reckoned]
    recount: Callable[[Sequence[str], date], Counts]
    monthly: tuple[str, ...] = ()


PILLARS = (
    Pillar("cases", cases.reckon, cases.recount, ("A2", "A9", "A16", "A17")),
    Pillar("enterprises", enterprises.reckon, enterprises.recount, ("C2", "C2.12", "C2.24", "C2.36")),
    Pillar("parenting", parenting.reckon, parenting.recount),
    Pillar("cooperative", cooperative.reckon, cooperative.recount, ("E4", "E5")),
    Pillar("programme", programme.reckon, programme.recount, ("F4",)),
    Pillar("surviving", surviving.reckon, surviving.recount, ("F7",)),
)
