"""Skill and will: what is asked, and whether somebody is ready to begin. Plain Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason

READY, ALMOST, NOT_YET, UNWILLING = "ready", "almost", "not_yet", "unwilling"
READINESS = {
    READY: ("aman", "Siap mulai"),
    ALMOST: ("cek", "Hampir siap"),
    NOT_YET: ("tidaktahu", "Belum siap"),
    UNWILLING: ("tidaktahu", "Tidak mau"),
}
ASKED = ("hours", "capital", "markets", "will")


def answers_on(what: str, day: date) -> Mapping[str, str]:
    """What may be answered: code -> label. `what`: skills, trades, hours, capital, markets, will."""
    answers: Mapping[str, str] = value_on(f"enterprises.{what}", day)
    return answers


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody told of themselves; empty = not said."""

    skills: Collection[str]
    trade: str
    hours: str
    capital: str
    market: str
    will: str


def reasons_not_to_record(said: Said, on: date) -> list[Reason]:
    """Answers that are none of those offered; empty means all are."""
    asked = {
        "trade": ("trades", said.trade), "hours": ("hours", said.hours), "capital": ("capital", said.capital),
        "market": ("markets", said.market), "will": ("will", said.will),
    }  # fmt: skip
    wrong = [field for field, (what, code) in asked.items() if code and code not in answers_on(what, on)]
    if not said.will:
        wrong.append("will")
    if set(said.skills) - set(answers_on("skills", on)):
        wrong.append("skills")
    return [Reason("not_a_choice", "Pilih salah satu pilihan yang tersedia.", field=field) for field in wrong]


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far somebody, or a group, is, and what is still missing."""

    level: str
    missing: tuple[Reason, ...]

    @property
    def state(self) -> str:
        return READINESS[self.level][0]

    @property
    def label(self) -> str:
        return READINESS[self.level][1]


def person_readiness(said: Said, *, trained_hours: int, on: date) -> Readiness:
    """Whether somebody can begin, with reasons. Not wanting to is an answer, not a lack."""
    if said.will == "no":
        return Readiness(UNWILLING, ())
    law: Mapping[str, Any] = value_on("enterprises.person_ready", on)
    missing = []
    if said.will not in law["will"]:
        missing.append(Reason("not_now", "Belum mau sekarang.", way_out="Tanyakan lagi nanti."))
    if len(set(said.skills)) < law["skills"]:
        missing.append(Reason("no_skill", "Belum menyebut keterampilan.", way_out="Ajak ke pelatihan."))
    if said.hours not in law["hours"]:
        text = "Waktunya belum cukup." if said.hours else "Belum menyebut waktunya."
        missing.append(Reason("no_time", text, way_out="Bicarakan siapa yang bisa membantu di rumah."))
    if trained_hours < law["training_hours"]:
        text = f"Baru {trained_hours} dari {law['training_hours']} jam pelatihan."
        missing.append(Reason("not_trained", text, way_out="Undang ke pelatihan berikutnya."))
    level = READY if not missing else ALMOST if len(missing) == 1 else NOT_YET
    return Readiness(level, tuple(missing))


def ages_on(day: date) -> tuple[int, int]:
    """From and to which age somebody of a migrant's family is proposed."""
    least, most = value_on("enterprises.proposals", day)["ages"]
    return int(least), int(most)
