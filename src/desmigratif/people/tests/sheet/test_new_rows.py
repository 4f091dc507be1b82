"""A resident of an import is the resident that registering by hand makes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desmigratif.access.keys.subject_keys import make_keys
from desmigratif.people import sealing
from desmigratif.people.actions.new_rows import NewResident, insert_households, insert_residents
from desmigratif.people.actions.records import new_household, new_resident
from desmigratif.people.models import Household, Resident
from desmigratif.people.rules.register_sheet.row import RegisterRow
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
ON = date(2026, 11, 24)
BLANK = dict.fromkeys(RegisterRow._fields)
ROWS = (
    {"name": "Slamet"},
    {
        "name": "Hj. Siti Nur'aini, S.Pd", "nik": "3307105205920418", "sex": "F", "birth_place": "Wonosobo",
        "birth_date": date(1992, 5, 12), "relation": "wife", "marital_status": "married", "occupation": "9",
        "life_status": "away", "religion": "1", "father_name": "Ma’ruf", "married_on": date(2012, 1, 2),
        "latitude": -7.36,
    },
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("said", ROWS, ids=["only a name", "many facts"])
def test_a_resident_of_an_import_is_as_one_registered_by_hand(said: dict[str, Any]) -> None:
    row = RegisterRow(**{**BLANK, **said, "row": 2})
    home, resident_id = new_id(), new_id()
    keys = make_keys([home, resident_id])
    address = {"hamlet": "Krajan", "rt": "002", "rw": None, "address": None, "kk_number": "3307101203150093"}
    by_hand = new_resident(
        row._asdict(), ids=(resident_id, new_id(), home), village_code=KURIPAN, key=keys[resident_id],
        source="Register desa", on=ON,
    )  # fmt: skip
    house_by_hand = new_household(address, household_id=home, village_code=KURIPAN, key=keys[home])

    insert_households({home: address}, village_code=KURIPAN, keys=keys)
    insert_residents(
        [NewResident(row, resident_id, home, keys[resident_id])], village_code=KURIPAN, source="Register desa", on=ON
    )

    made = Resident.objects.in_village(KURIPAN).get()
    house = Household.objects.in_village(KURIPAN).get()
    assert _clear(made) == _clear(by_hand)
    assert sealing.open_resident(made, keys[resident_id]) == sealing.open_resident(by_hand, keys[resident_id])
    assert _clear(house) == _clear(house_by_hand)
    assert sealing.open_kk(house, keys[home]) == "3307101203150093"


def _clear(row: Household | Resident) -> dict[str, Any]:
    """What is not sealed (nonces differ) and not another id each time."""
    fields = (field.attname for field in row._meta.concrete_fields)
    return {name: getattr(row, name) for name in fields if not name.endswith("_sealed") and name != "person_id"}
