"""A family in Kuripan, made up: Siti works abroad; Slamet stays with Rizky (9), Putri (4) and grandmother Yayah."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.testing import SignIn
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
Doing = Callable[..., dict[str, Any]]


@pytest.fixture
def tutor() -> Actor:
    return person(new_id(), "Pengasuh", ("tutor", KURIPAN))


@pytest.fixture
def doing(officer: Actor, now: datetime) -> Doing:
    """`doing("parenting.enrol_child", ...)`: an act of the officer of Kuripan, today; `by=` for somebody else."""

    def run(verb: str, /, *, by: Actor = officer, act_id: UUID | None = None, **payload: Any) -> dict[str, Any]:
        content = {"village_code": KURIPAN, "on": "2026-11-23", **payload}
        for name in ("on", "village_code"):  # an act without a day or a village of its own
            if content[name] is None:
                del content[name]
        return do(by, verb, content, now=now, act_id=act_id or new_id())

    return run


@pytest.fixture
def family(places: None, doing: Doing) -> dict[str, Resident]:
    """By first name."""

    def one(name: str, **facts: Any) -> dict[str, Any]:
        return {"resident_id": new_id(), "person_id": new_id(), "name": name, **facts}

    doing(
        "people.register_household", household_id=new_id(), hamlet="Krajan", rt="002", rw="001",
        members=[
            one("Slamet Riyadi", sex="M", birth_date="1988-02-03", relation="head"),
            one("Siti Aminah", sex="F", birth_date="1992-05-12", relation="wife"),
            one("Rizky Riyadi", sex="M", birth_date="2017-03-04", relation="child"),
            one("Putri Riyadi", sex="F", birth_date="2022-08-09", relation="child"),
            one("Yayah", sex="F", birth_date="1961-01-30", relation="parent"),
        ],
    )  # fmt: skip
    rows = Resident.objects.in_village(KURIPAN).select_related("household")
    return {row.name.split()[0]: row for row in rows}


@pytest.fixture
def rizky(family: dict[str, Resident], doing: Doing) -> UUID:
    """Rizky, enrolled: his mother is abroad and his grandmother cares for him."""
    child_id = new_id()
    doing(
        "parenting.enrol_child", child_id=child_id, resident_id=family["Rizky"].id, parent="mother",
        worker_id=family["Siti"].id, caregiver_id=family["Yayah"].id, caregiver_relation="grandparent",
        schooling="primary", school="SD Negeri 1 Kuripan", school_class="4", needs=["study_help"], basis="consent",
        given_by="father",
    )  # fmt: skip
    return child_id


@pytest.fixture
def sign_in(sign_in: SignIn, settings: Any, tmp_path: Path) -> SignIn:
    """What browsers send up and take away lies in a folder of the test."""
    settings.DATA_DIR = tmp_path
    return sign_in


# --- the centre ---


@pytest.fixture
def coordinator() -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))


@pytest.fixture
def refused(officer: Actor, now: datetime) -> Callable[..., list[str]]:
    """`refused("parenting.plan_session", ...)`: the codes of the refusal; none when it was done."""

    def run(verb: str, /, *, by: Actor = officer, **payload: Any) -> list[str]:
        content = {"village_code": KURIPAN, "on": "2026-11-23", **payload}
        try:
            do(by, verb, {key: said for key, said in content.items() if said is not None}, now=now, act_id=new_id())
        except Refusal as refusal:
            return [reason.code for reason in refusal.reasons]
        return []

    return run


@pytest.fixture
def centre(places: None, doing: Doing) -> UUID:
    """Opened in January; nothing held yet."""
    id = new_id()
    doing(
        "parenting.open_centre", centre_id=id, name="Rumah Belajar Melati", place="Balai Dusun Krajan", on="2026-01-05"
    )
    return id


@pytest.fixture
def volunteer(centre: UUID, doing: Doing) -> UUID:
    """Tri, who has shown no paper yet."""
    id = new_id()
    doing("parenting.add_volunteer", volunteer_id=id, centre_id=centre, name="Tri Handayani", birth_date="1995-02-14")
    return id


@pytest.fixture
def slot(centre: UUID, doing: Doing) -> UUID:
    """Homework every Monday at four."""
    id = new_id()
    doing(
        "parenting.add_slot", slot_id=id, centre_id=centre, weekday=0, at="16:00", minutes=90, kind="homework",
        on="2026-01-05",
    )  # fmt: skip
    return id


@pytest.fixture
def session(centre: UUID, doing: Doing) -> Callable[..., UUID]:
    """`session(on=..., kind=...)`: one session, planned; today's homework when nothing is said."""

    def make(**changes: Any) -> UUID:
        id = new_id()
        given = {"session_id": id, "centre_id": centre, "kind": "homework", "at": "16:00", "minutes": 90, **changes}
        doing("parenting.plan_session", **given)
        return id

    return make


@pytest.fixture
def bar(places: None, coordinator: Actor, now: datetime) -> Callable[..., UUID]:
    """`bar(name=..., birth_date=...)`: the regency puts somebody on its list today."""

    def run(**who: Any) -> UUID:
        id = new_id()
        ruling = {"because": "convicted", "reference": "Putusan 12/Pid.Sus/2026", "on": "2026-11-23"}
        given = {"barred_id": id, "region_code": "33.07", **ruling, **who}
        do(coordinator, "parenting.bar_person", given, now=now, act_id=new_id())
        return id

    return run


@pytest.fixture
def known(centre: UUID, volunteer: UUID, slot: UUID, session: Callable[..., UUID], rizky: UUID) -> dict[str, UUID]:
    """One record of each kind, by name."""
    return {"centre": centre, "volunteer": volunteer, "slot": slot, "planned": session(), "rizky": rizky}
