"""When the village may write the family's permission (UU 18/2017 Pasal 13 huruf b). Plain Python.

The right comes first: every "not yet" has a reason in law or safety, and a way out. What is missing can be
mended; nothing that is not listed here can be demanded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desmigratif.shared.dated import dated_on
from desmigratif.shared.dates import age_on
from desmigratif.shared.reasons import Reason

ARTICLE = "UU 18/2017 Pasal 13 huruf b"
CAPACITIES = {
    "husband": "Suami",
    "wife": "Istri",
    "father": "Ayah",
    "mother": "Ibu",
    "guardian": "Wali",
    "other": "Keluarga lain",
}
Level = Literal["stop", "hold", "advise", "clear"]


@dataclass(frozen=True, slots=True)
class CheckStanding:
    """The newest offer check of a case: its level and the flags that make it stop or hold."""

    level: str
    flags: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class TalkStanding:
    """The newest family talk of a case."""

    permission: str
    giver_capacity: str
    disputed: bool | None
    pressure: bool | None
    candidate_confirms_alone: bool | None


@dataclass(frozen=True, slots=True)
class Candidate:
    birth_date: date | None
    sex: str
    marital_status: str


def reasons_not_to_issue(
    *,
    candidate: Candidate,
    check: CheckStanding | None,
    talk: TalkStanding | None,
    what_was_checked: str,
    today: date,
) -> list[Reason]:
    """Why the letter cannot be written today; empty means it can, and then it must."""
    return [
        *_about_age(candidate, today),
        *_about_check(check, what_was_checked),
        *_about_talk(talk),
        *(_about_giver(candidate, talk) if talk is not None and talk.permission == "given" else []),
    ]


def _about_age(candidate: Candidate, today: date) -> list[Reason]:
    if candidate.birth_date is None:
        return [
            Reason(
                "birth_date_unknown",
                "Tanggal lahir calon belum diketahui, jadi umurnya belum bisa dipastikan.",
                citation="UU 18/2017 Pasal 5 huruf a",
                way_out="Lengkapi tanggal lahir dari KTP, KK, atau akta.",
            )
        ]
    minimum = dated_on("offer_safety.minimum_age", today)
    if age_on(candidate.birth_date, today) >= minimum.value:
        return []
    return [
        Reason(
            "under_age",
            f"Calon belum berumur {minimum.value} tahun.",
            citation=minimum.citation,
            way_out="Tawarkan pelatihan atau sekolah sampai cukup umur; tawaran ini jangan dilanjutkan.",
        )
    ]


def _about_check(check: CheckStanding | None, what_was_checked: str) -> list[Reason]:
    if check is None:
        return [
            Reason(
                "offer_not_checked",
                "Tawaran kerjanya belum diperiksa.",
                citation="UU 18/2017 Pasal 42 huruf b",
                way_out="Periksa tawaran dulu; sekitar lima menit.",
            )
        ]
    if check.level == "stop":
        return [
            Reason("offer_stopped", flag.text, citation=flag.citation, way_out=flag.way_out) for flag in check.flags
        ]
    if check.level == "hold" and len(what_was_checked.strip()) < 10:
        return [
            Reason(
                "hold_not_explained",
                "Hasil periksa tawaran: perlu dicek. Tulis apa yang sudah dicek dan hasilnya.",
                field="what_was_checked",
                way_out="Cek hal yang disebut, lalu tulis hasilnya di isian ini, atau periksa tawaran sekali lagi.",
            )
        ]
    return []


def _about_talk(talk: TalkStanding | None) -> list[Reason]:
    if talk is None:
        return [
            Reason(
                "no_family_talk",
                "Bicara dengan keluarga belum dicatat.",
                citation=ARTICLE,
                way_out="Bertemu dengan pemberi izin dan calon, lalu catat hasilnya.",
            )
        ]
    reasons = []
    if talk.permission != "given":
        reasons.append(
            Reason(
                "permission_not_given",
                "Izin keluarga ditolak." if talk.permission == "refused" else "Izin keluarga belum diberikan.",
                citation=ARTICLE,
                way_out="Bicarakan lagi bersama; jika tetap ditolak, calon dapat mengajukan keberatan ke kabupaten.",
            )
        )
    if talk.disputed or talk.pressure:
        reasons.append(
            Reason(
                "permission_not_free",
                "Izin dipersoalkan atau diberikan dalam tekanan, jadi belum bisa dipakai.",
                citation=ARTICLE,
                way_out="Bicara dengan masing-masing tanpa didampingi, lalu catat pembicaraan yang baru.",
            )
        )
    if talk.candidate_confirms_alone is not True:
        reasons.append(
            Reason(
                "own_choice_not_confirmed",
                "Calon belum menyatakan sendiri, tanpa didampingi, bahwa ini pilihannya.",
                citation="UU 18/2017 Pasal 6 ayat (1)",
                way_out="Ajak calon bicara berdua saja, lalu catat jawabannya.",
            )
        )
    return reasons


def _about_giver(candidate: Candidate, talk: TalkStanding) -> list[Reason]:
    """A spouse gives it for the married, a parent or guardian for the others."""
    if not candidate.marital_status:
        return [
            Reason(
                "marital_status_unknown",
                "Status perkawinan calon belum diketahui, jadi belum jelas siapa yang berhak memberi izin.",
                citation=ARTICLE,
                way_out="Lengkapi status perkawinan dari KK atau buku nikah.",
            )
        ]
    allowed = _givers_for(candidate)
    if talk.giver_capacity in allowed:
        return []
    names = " atau ".join(CAPACITIES[capacity].lower() for capacity in allowed)
    return [
        Reason(
            "giver_not_entitled",
            f"Izin untuk calon ini diberikan oleh {names}.",
            citation=ARTICLE,
            field="giver_capacity",
            way_out="Catat pembicaraan dengan pemberi izin yang berhak.",
        )
    ]


def _givers_for(candidate: Candidate) -> tuple[str, ...]:
    if candidate.marital_status == "married":
        return {"F": ("husband",), "M": ("wife",)}.get(candidate.sex, ("husband", "wife"))
    return ("father", "mother", "guardian")


@dataclass(frozen=True, slots=True)
class Giver:
    """Whoever gives the permission, as far as the register knows them."""

    capacity: str
    sex: str
    birth_date: date | None


def reasons_giver_may_not(giver: Giver, *, candidate_birth_date: date | None, today: date) -> list[Reason]:
    """Why this person cannot give a permission in that capacity; what is unknown is held against nobody."""
    called = CAPACITIES.get(giver.capacity, "").lower()
    sex = {"husband": "M", "father": "M", "wife": "F", "mother": "F"}.get(giver.capacity, "")
    if sex and giver.sex and giver.sex != sex:
        text = f"Menurut register, orang ini tidak mungkin {called} calon."
        return [_wrong_giver("giver_does_not_fit", text)]
    if giver.birth_date is None:
        return []
    grown_up = dated_on("village_letters.giver_age", today)
    if giver.capacity not in ("husband", "wife") and age_on(giver.birth_date, today) < grown_up.value:
        text = f"Pemberi izin belum berumur {grown_up.value} tahun, jadi belum bisa memberi izin."
        return [_wrong_giver("giver_under_age", text, grown_up.citation)]
    older = candidate_birth_date is None or giver.birth_date < candidate_birth_date
    if giver.capacity in ("father", "mother") and not older:
        text = f"Menurut register, orang ini tidak lebih tua dari calon, jadi bukan {called}nya."
        return [_wrong_giver("giver_too_young", text)]
    return []


def _wrong_giver(code: str, text: str, citation: str = "") -> Reason:
    way_out = "Pilih orang yang berhak, atau betulkan dulu datanya bila keliru."
    return Reason(code, text, citation or ARTICLE, field="giver_id", way_out=way_out)
