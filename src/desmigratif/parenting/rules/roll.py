"""Who came: a roll call without mistakes, from thumbs or from paper; what a class taught. Plain Python."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

PRESENT, EXCUSED, ABSENT = "present", "excused", "absent"
MARKS = {PRESENT: "Hadir", EXCUSED: "Izin", ABSENT: "Tidak hadir"}
_RANGE = re.compile(r"^(\d{1,3})(?:-(\d{1,3}))?$")


class UnreadableNumbers(ValueError):
    """What was copied from a sheet is not a row of numbers that stand on it."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one caregiver knew before and after a class; None = was not asked."""

    caregiver: UUID
    before: int | None
    after: int | None


def reasons_not_to_hold(*, on: date, today: date, state: str) -> list[Reason]:
    """Why nobody can have come to this session; empty means a roll may be called."""
    if state == "cancelled":
        return [Reason("session_cancelled", "Kegiatan ini sudah dibatalkan.", way_out="Buat kegiatan baru.")]
    if on > today:
        text = f"Kegiatan ini baru {format_date(on)}, jadi belum ada yang hadir."
        way_out = "Panggil daftar hadir pada harinya."
        return [Reason("session_in_future", text, way_out=way_out)]
    return []


def reasons_against_roll(called: Sequence[UUID], enrolled: Collection[UUID]) -> list[Reason]:
    """Why these children cannot stand on a roll: one twice, one who is not of the centre, or nobody at all."""
    reasons = []
    if not called:
        reasons.append(Reason("nobody_called", "Belum ada anak dalam daftar hadir ini.", field="marks"))
    if [child for child, times in Counter(called).items() if times > 1]:
        text = "Ada anak yang tertulis dua kali dalam daftar hadir."
        reasons.append(Reason("twice_on_roll", text, field="marks", way_out="Hapus salah satunya."))
    if set(called) - set(enrolled):
        text = "Ada anak yang tidak terdaftar di rumah belajar ini pada hari itu."
        reasons.append(Reason("not_of_centre", text, field="marks", way_out="Daftarkan dulu anaknya."))
    return reasons


def reasons_against_scores(scores: Sequence[Score], known: Collection[UUID], on: date) -> list[Reason]:
    """Why these scores of a caregivers' class cannot be: too high, somebody twice, or nobody."""
    most: int = value_on("parenting_centre.score_most", on)
    reasons = []
    if not scores:
        way_out = "Isi paling sedikit satu nilai, atau batalkan kegiatannya."
        reasons.append(Reason("nobody_scored", "Belum ada pengasuh yang dicatat.", way_out=way_out))
    if len({one.caregiver for one in scores}) < len(scores):
        reasons.append(Reason("twice_in_class", "Ada pengasuh yang tertulis dua kali.", field="scores"))
    if {one.caregiver for one in scores} - set(known):
        reasons.append(Reason("not_a_caregiver", "Ada yang bukan pengasuh anak di rumah belajar ini.", field="scores"))
    for place, one in enumerate(scores):
        for word, value in (("before", one.before), ("after", one.after)):
            if value is not None and not 0 <= value <= most:
                text = f"Nilai dari 0 sampai {most}."
                reasons.append(Reason("impossible_score", text, field=f"scores.{place}.{word}"))
    return reasons


def gain(scores: Iterable[Score]) -> tuple[int, int]:
    """By how many points a class gained in all, and of how many caregivers both scores are known."""
    known = [one.after - one.before for one in scores if one.before is not None and one.after is not None]
    return sum(known), len(known)


def is_regular(present: int, held: int, on: date) -> bool:
    """D2: whether a child came often enough to the sessions of its roll."""
    percent: int = value_on("parenting_centre.regular_percent", on)
    return held > 0 and present * 100 >= held * percent


def numbers_on_sheet(text: str, most: int) -> list[int]:
    """The numbers of a paper sheet that somebody copied: "3, 7 12-14". Raises `UnreadableNumbers`."""
    found: list[int] = []
    for word in re.split(r"[,;\s]+", re.sub(r"\s*-\s*", "-", text.strip())):
        if not word:
            continue
        match = _RANGE.match(word)
        if match is None:
            raise UnreadableNumbers(word)
        first = int(match[1])
        last = int(match[2] or first)
        if not 1 <= first <= last <= most:
            raise UnreadableNumbers(word)
        found += range(first, last + 1)
    return sorted(set(found))


def tally(marks: Iterable[str]) -> dict[str, int]:
    """How many are present, excused and absent."""
    counted = Counter(marks)
    return {mark: counted[mark] for mark in MARKS}
