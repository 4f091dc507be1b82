"""What others changed of a record since somebody looked at it."""

from __future__ import annotations

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.people import sealing
from desmigratif.people.models import Household, HouseholdChange, Resident


def resident_changed_since(resident: Resident, seen_version: int) -> frozenset[str]:
    """The fields that were written after that version."""
    return frozenset(name for name, version in resident.field_versions.items() if version > seen_version)


def household_changed_since(household: Household, seen_version: int) -> frozenset[str] | None:
    """The fields that were corrected after that version; None when not every change since is known field by field."""
    later = list(HouseholdChange.objects.filter(household=household, version__gt=seen_version))
    if len(later) != household.version - seen_version:
        return None
    key = key_of(household.id)
    said = [sealing.open_text(key, row.before_sealed, sealing.household_before_place(row.id)) for row in later]
    if None in said:
        return None
    return frozenset(name for text in said if text for name in sealing.read_values(text))
