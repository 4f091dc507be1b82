"""The oracle of the service centre's indicators: counted straight from the records, slow and plain.

It shares no line with what appends the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desmigratif.audit.tallying import Counts, tallied
from desmigratif.cases.measures.recounted_people import COUNTS_OF_PEOPLE
from desmigratif.cases.measures.recounted_trouble import COUNTS_OF_TROUBLE


def recount(village_codes: Sequence[str], until: date) -> Counts:
    return tallied((*COUNTS_OF_PEOPLE, *COUNTS_OF_TROUBLE), village_codes, until)
