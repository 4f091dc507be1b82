"""A resident as a letter names them: with the full NIK, which the printing of a letter is allowed to show."""

from __future__ import annotations

from desmigratif.documents.rules.letter_text import Person
from desmigratif.people.fields import shown
from desmigratif.people.models import Household, Resident
from desmigratif.people.sealing import open_nik
from desmigratif.regions.queries import village


def as_named_in_letter(resident: Resident) -> Person:
    """Name, NIK, birth and address for a letter; what is unknown stays empty. Reads the household's row."""
    return Person(
        name=resident.name,
        nik=open_nik(resident) or "",
        birth_place=resident.birth_place,
        birth_date=resident.birth_date,
        address=address_in_letter(resident.household),
        occupation=shown("occupation", resident.occupation),
    )


def address_in_letter(household: Household) -> str:
    """RT 02 RW 01 Dusun Krajan, Desa Kuripan."""
    parts = [
        household.address,
        " ".join(
            f"{word} {value}" for word, value in (("RT", household.rt), ("RW", household.rw)) if value and value != "-"
        ),
        f"Dusun {household.hamlet}" if household.hamlet else "",
        village(household.village_code).label,
    ]
    return ", ".join(part for part in parts if part)
