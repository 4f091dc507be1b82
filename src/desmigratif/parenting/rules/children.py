"""Children whose parent is abroad: who is one, what may be written of them, and why. Plain Python.

Lists are data (regulations/parenting.yaml). Dates come in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desmigratif.shared.dated import dated_on, value_on
from desmigratif.shared.dates import age_on
from desmigratif.shared.reasons import Reason


def listed(name: str, day: date) -> Mapping[str, Any]:
    """A list of regulations/parenting.yaml on a day: code -> label, or what the file says of it."""
    rows: Mapping[str, Any] = value_on(f"parenting.{name}", day)
    return rows


def labels(name: str, day: date) -> dict[str, str]:
    """code -> label."""
    return {code: said if isinstance(said, str) else said["label"] for code, said in listed(name, day).items()}


def is_child(birth_date: date | None, on: date) -> bool:
    """Whether somebody is younger than the law's age; unknown is no."""
    return birth_date is not None and birth_date <= on and age_on(birth_date, on) < value_on("parenting.under_age", on)


def first_birthday(on: date) -> date:
    """Who is born after this day is a child."""
    years = value_on("parenting.under_age", on)
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # on 29 February: who was born on the 28th turned of age yesterday or today
        return on.replace(year=on.year - years, day=28)


def band_of(birth_date: date, on: date) -> str:
    """The age band of a child; empty for who is none."""
    age = age_on(birth_date, on)
    return next((code for code, said in listed("bands", on).items() if said["from"] <= age <= said["until"]), "")


GONE = {"moved": "moved", "dead": "died"}  # how the register says it -> why a child leaves the centre


def proposed_end(*, life_status: str, lives_here: bool, parent_home: bool, birth_date: date | None, on: date) -> str:
    """Why a child's time at the centre seems to be over, as a code of `leaving`; empty = it goes on.

    `lives_here`: another record of the village is this child's, as it moved inside it.
    """
    if life_status in GONE and not (life_status == "moved" and lives_here):
        return GONE[life_status]
    if birth_date is not None and not is_child(birth_date, on):
        return "grown_up"
    return "parent_home" if parent_home else ""


def must_learn(birth_date: date, on: date) -> bool:
    """Whether a child is of the age of compulsory schooling."""
    ages = value_on("parenting.school_age", on)
    return bool(ages["from"] <= age_on(birth_date, on) <= ages["until"])


def in_school(schooling: str, on: date) -> bool:
    return bool(listed("schooling", on).get(schooling, {}).get("in_school"))


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a child when it is enrolled or changed; empty = unknown."""

    parent: str = ""
    caregiver: str = ""
    load: str = ""
    schooling: str = ""
    needs: Collection[str] = ()


def reasons_not_to_enrol(*, birth_date: date | None, enrolled: bool, alike: bool, on: date) -> list[Reason]:
    """Why somebody cannot be enrolled; empty means they can. `alike`: another child of this name and birthday is."""
    if enrolled:
        text = "Anak ini sudah terdaftar di rumah belajar."
        return [Reason("already_enrolled", text, way_out="Buka catatannya dari daftar anak.")]
    if birth_date is None:
        way_out = "Lengkapi dulu di berkas warganya."
        return [Reason("birth_date_missing", "Tanggal lahir anak ini belum tercatat.", way_out=way_out)]
    if not is_child(birth_date, on):
        law = dated_on("parenting.under_age", on)
        text = f"Yang didaftar adalah anak, belum {law.value} tahun."
        return [Reason("not_a_child", text, citation=law.citation)]
    if alike:
        text = "Anak dengan nama dan tanggal lahir yang sama sudah terdaftar."
        way_out = "Buka daftar anak. Bila memang dua anak, centang Anak yang berbeda."
        return [Reason("looks_enrolled", text, way_out=way_out, field="known_to_differ")]
    return []


def reasons_against(told: Told, on: date) -> list[Reason]:
    """What of it does not stand in our lists; empty means it fits."""
    said = {
        "parent": (told.parent, "parents", "Pilih siapa yang di luar negeri."),
        "caregiver_relation": (told.caregiver, "caregiver_relations", "Pilih hubungan pengasuh dengan anak."),
        "caregiver_load": (told.load, "caregiver_loads", "Pilih seberapa berat mengasuhnya."),
        "schooling": (told.schooling, "schooling", "Pilih sekolahnya."),
    }
    reasons = [
        Reason("not_a_choice", text, field=field)
        for field, (code, name, text) in said.items()
        if code and code not in listed(name, on)
    ]
    if set(told.needs) - set(listed("needs", on)):
        reasons.append(Reason("not_a_choice", "Pilih kebutuhan yang tersedia.", field="needs"))
    return reasons


def reasons_against_basis(basis: str, given_by: str, on: date) -> list[Reason]:
    """Why a child's data may not be kept so: a yes needs somebody who may give it."""
    known = listed("bases", on)
    if basis not in known:
        return [Reason("not_a_choice", "Pilih dasar pencatatannya.", field="basis")]
    if known[basis]["asks_who"] and given_by not in listed("consent_givers", on):
        law = dated_on("parenting.consent_givers", on)
        return [Reason("giver_missing", "Pilih siapa yang mengizinkan.", field="given_by", citation=law.citation)]
    return []
