"""The known values of a resident by the register's field names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desmigratif.people.fields import DETAIL_FIELDS, HOUSEHOLD_FIELDS, KK, NIK, OPEN_FIELDS, PASSPORT_NAME
from desmigratif.people.models import Household, Resident
from desmigratif.people.sealing import Opened


def resident_values(resident: Resident, opened: Opened) -> dict[str, Any]:
    """Field -> value, `None` where it is unknown: what is in clear, the NIK and the details."""
    values: dict[str, Any] = {name: getattr(resident, name) or None for name in OPEN_FIELDS}
    values[PASSPORT_NAME] = resident.passport_name or None
    values[NIK] = opened.nik
    values.update({name: opened.details.get(name) for name in DETAIL_FIELDS})
    return values


def household_values(household: Household, kk_number: str | None) -> dict[str, Any]:
    """Field -> value of the address, and the KK number."""
    values: dict[str, Any] = {name: getattr(household, name) or None for name in HOUSEHOLD_FIELDS}
    values[KK] = kk_number
    return values


def differing(wanted: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
    """What of the wanted values is not so yet; empty text is unknown."""
    tidy = {name: None if value == "" else value for name, value in wanted.items()}
    return {name: value for name, value in tidy.items() if current.get(name) != value}
