"""A learning centre of Kuripan with one of everything, and a ruling on its list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desmigratif.access.actor import Actor, person
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"


def make_centre(ids: dict[str, Any], officer: Actor, act: Callable[..., Any]) -> None:
    """Gelatik is enrolled; her mother in Hong Kong calls on Sundays."""
    ids |= {name: new_id() for name in ("centre_id", "volunteer_id", "timetable_slot_id", "session_id", "barred_id")}
    ids |= {"child_id": new_id(), "call_slot_id": new_id()}
    born, caregiver = {"name": "Kanarina Gelatik", "birth_date": "2016-03-04"}, {"name": "Kanarina Nenek"}
    family = [{"resident_id": new_id(), "person_id": new_id(), **one} for one in (born, caregiver)]
    act(officer, "people.register_household", household_id=new_id(), members=family)
    act(
        officer, "parenting.enrol_child", child_id=ids["child_id"], resident_id=family[0]["resident_id"],
        caregiver_id=family[1]["resident_id"], basis="consent", given_by="mother", on="2026-11-02",
    )  # fmt: skip
    act(
        officer, "parenting.agree_call", slot_id=ids["call_slot_id"], child_id=ids["child_id"], country="HKG",
        weekdays=[6], at="19:00", on="2026-11-02",
    )  # fmt: skip
    centre = {"centre_id": ids["centre_id"]}
    act(officer, "parenting.open_centre", name="Rumah Belajar Jalak", place="Balai dusun", on="2026-01-05", **centre)
    helper = {"name": "Cucakrowo Guru", "birth_date": "1990-01-02", "paper": "skck"}
    act(officer, "parenting.add_volunteer", volunteer_id=ids["volunteer_id"], **centre, **helper)
    slot = {"weekday": 0, "at": "16:00", "minutes": 60, "kind": "reading", "on": "2026-11-02"}
    act(officer, "parenting.add_slot", slot_id=ids["timetable_slot_id"], **centre, **slot)
    session = {"at": "14:00", "minutes": 60, "kind": "play"}
    act(officer, "parenting.plan_session", session_id=ids["session_id"], **centre, **session)
    ruling = {"because": "convicted", "reference": "Putusan 1/Pid.Sus/2026", "name": "Kutilang"}
    act(
        person(new_id(), "Koordinator", ("regency_coordinator", KURIPAN)), "parenting.bar_person",
        barred_id=ids["barred_id"], region_code=KURIPAN, village_code=None, birth_date="1970-01-01", **ruling,
    )  # fmt: skip
