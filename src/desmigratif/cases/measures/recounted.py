"""The oracle of the service centre's indicators: counted straight from the records, slow and plain.

It shares no line with what appends the facts. A code whose deltas add up (how it stands) is given in the month of
`until`, the others in the month that they belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desmigratif.cases.measures.recounted_people import COUNTS_OF_PEOPLE
from desmigratif.cases.measures.recounted_trouble import COUNTS_OF_TROUBLE
from desmigratif.cases.measures.tally import Tally

Counts = dict[tuple[str, date, str], tuple[int, int]]
COUNTS: tuple[Callable[[str, date, Tally], None], ...] = (*COUNTS_OF_PEOPLE, *COUNTS_OF_TROUBLE)


def recount(village_codes: Sequence[str], until: date) -> Counts:
    """(village, first day of a month, code) -> numerator and denominator, of all that was written until a day."""
    found: Counts = {}
    for village_code in village_codes:
        tally = Tally()
        for count in COUNTS:
            count(village_code, until, tally)
        found |= {(village_code, month, code): sums for (month, code), sums in tally.sums().items()}
    return found
