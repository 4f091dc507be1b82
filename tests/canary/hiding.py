"""A woman in hiding in the prepared village: whatever says where she is or was is a canary."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.people.importing import import_file
from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.shared.ids import new_id
from matrix.people import PLACES
from matrix.world import KURIPAN, LAWFUL, NOW, World, act

NAME = "Murai Batu"
NIK, KK = "3307104909950421", "3307101203150421"
SAFE, CONTACT, NOTE = "Rumahlindung Melati 7", "Bibirahasia", "Pesansunyi"
HAMLET, STREET, LODGING = "Dukuhsenyap", "Jalan Sembunyian 5", "Kontrakansamar 9"
WORDS = ("rumahlindung", "bibirahasia", "pesansunyi", "dukuhsenyap", "sembunyian", "kontrakansamar")


@dataclass
class Hiding:
    """The world with her ids in place of those of its usual people, who may see it, and where its files lie."""

    world: World
    folder: Path
    officer: Actor
    resident: UUID


def hide(world: World, folder: Path) -> Hiding:
    """Register her by a sheet and by hand, let her plan and get a letter, and hide her before the letter."""
    officer = person(new_id(), "Perkutut Account", ("village_officer", KURIPAN))
    coordinator = person(new_id(), "Koordinator", ("regency_coordinator", PLACES["parent"]))
    home, resident = new_id(), new_id()
    member = {
        "resident_id": resident, "person_id": new_id(), "name": NAME, "sex": "F", "birth_date": "1995-09-09",
        "nik": NIK, "relation": "head", "marital_status": "single", "birth_place": "Wonosobo",
    }  # fmt: skip
    act(
        officer, "people.register_household", household_id=home, address=STREET, hamlet=HAMLET, rt="007", rw="002",
        kk_number=KK, members=[member],
    )  # fmt: skip
    act(
        officer, "people.correct_resident", resident_id=resident, seen_version=1, reason="Kata RT", source="RT",
        changes={"current_address": LODGING},
    )  # fmt: skip
    act(
        officer, "people.correct_household", household_id=home, seen_version=1, reason="Kata RT", source="RT",
        changes={"rt": "008"},
    )  # fmt: skip
    case_id, check_id = _plan(officer, resident, world.ids["husband"])
    given = {
        "record_id": new_id(), "resident_id": resident, "on": "2026-11-23", "address": SAFE, "contact": CONTACT,
        "note": NOTE, "hide_home": True,
    }  # fmt: skip
    do(coordinator, "people.keep_safe_address", given, now=NOW, act_id=new_id())
    letter_id = new_id()
    act(
        officer, "cases.issue_family_permission", letter_id=letter_id, case_id=case_id, agency="PT Contoh Karya",
        contract_months=24,
    )  # fmt: skip
    report = import_file(her_sheet(), KURIPAN, by=officer, now=NOW, commit=True, file_name="register.xlsx")
    world.ids |= {
        "resident_id": resident, "household_id": home, "case_id": case_id, "check_id": check_id,
        "letter_id": letter_id, "merged_id": resident, "batch_id": report.batch or new_id(),
    }  # fmt: skip
    return Hiding(world, folder, officer, resident)


def _plan(officer: Actor, resident: UUID, giver: Any) -> tuple[UUID, UUID]:
    case_id, check_id = new_id(), new_id()
    act(officer, "cases.open_case", case_id=case_id, resident_id=resident)
    act(officer, "cases.check_offer", check_id=check_id, case_id=case_id, answers=LAWFUL)
    act(
        officer, "cases.record_family_talk", talk_id=new_id(), case_id=case_id, permission="given",
        giver_capacity="guardian", giver_id=giver, disputed=False, pressure=False, candidate_confirms_alone=True,
    )  # fmt: skip
    return case_id, check_id


def her_sheet() -> bytes:
    """What the village's other register still says of her."""
    target = io.BytesIO()
    row = {
        "nama": NAME, "no_kk": KK, "nik": NIK, "sex": "2", "dusun": HAMLET, "rw": "002", "rt": "008",
        "alamat": STREET, "alamat_sekarang": LODGING, "kk_level": "1",
    }  # fmt: skip
    write_sheet([row], target)
    return target.getvalue()


def her_sheet_to_send() -> SimpleUploadedFile:
    return SimpleUploadedFile("register.xlsx", her_sheet(), content_type="application/vnd.ms-excel")
