"""Where each fact of a resident lives: in clear on the row (searched, counted), sealed, or with the household.

The names are those of the register's columns (`rules.register_sheet.row`), so that import, forms, corrections and
facts speak of the same thing.
"""

from __future__ import annotations

from datetime import date

from desmigratif.people.rules import codes
from desmigratif.people.rules.register_sheet.row import COLUMNS, FIELDS
from desmigratif.shared.dates import format_date

HOUSEHOLD_FIELDS = ("address", "hamlet", "rw", "rt")
KK = "kk_number"
NIK = "nik"
OPEN_FIELDS = (
    "name", "sex", "birth_place", "birth_date", "relation", "marital_status", "occupation", "life_status",
)  # fmt: skip
DETAIL_FIELDS = tuple(name for name in FIELDS if name not in (*HOUSEHOLD_FIELDS, KK, NIK, *OPEN_FIELDS))
PASSPORT_NAME = "passport_name"
RESIDENT_FIELDS = (*OPEN_FIELDS, PASSPORT_NAME, NIK, *DETAIL_FIELDS)

PHONES = "phones"  # how somebody can be reached, as one thing that goes along when they move
MOVABLE_FIELDS = (*(name for name in RESIDENT_FIELDS if name not in ("relation", "life_status")), PHONES)

# Where one person can be found, as the register tells it; what a household tells is HOUSEHOLD_FIELDS.
PLACE_FIELDS = ("current_address", "latitude", "longitude")

COLUMN_OF = {column.field: column for column in COLUMNS}
DATE_FIELDS = frozenset(c.field for c in COLUMNS if c.kind in ("birth_date", "past_date", "date"))
CODE_FIELDS = frozenset(c.field for c in COLUMNS if c.kind == "code")
LABELS = {**{c.field: c.label for c in COLUMNS}, PASSPORT_NAME: "Nama di paspor"}
# UU 27/2022 Pasal 4(2): health and the like. The other details are general personal data.
SPECIFIC_FIELDS = frozenset({"religion", "ethnicity", "disability", "family_planning", "pregnant", "blood_type"})
MASKED_FIELDS = frozenset({NIK, KK, "father_nik", "mother_nik", "passport_number", "insurance_number", "kitas"})


def shown(field: str, value: object) -> str:
    """A value as a person reads it: codes by their label, dates in words; unknown is empty."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return format_date(value)
    if field in CODE_FIELDS:
        return codes.label(field, str(value))
    return str(value)
