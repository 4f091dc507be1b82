"""Delegates: where the articles say so, groups of members choose who goes to the members' meeting for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from desmigratif.shared.dated import dated_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

ARTICLES = "Anggaran dasar; UU 25/1992 Pasal 28"
Ranges = tuple[tuple[int, int], ...]
_UNTIL = re.compile(r"\s*(?:-|–|sampai|s\.?\s?d\.?)\s*")
_ONE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


def ranges_in(text: str) -> Ranges | None:
    """Numbers of the register as people write them, `1-20, 25`; None when it cannot be read."""
    found = []
    for part in re.split(r"[,;\s]+", _UNTIL.sub("-", text.strip().lower())):
        match = _ONE.fullmatch(part)
        if match is None:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        found.append((first, last))
    return tuple(sorted(found)) if all(first <= last for first, last in found) else None


def as_written(ranges: Iterable[Sequence[int]]) -> str:
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def spans_of(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """1, 2, 3, 7 as 1-3 and 7."""
    spans: list[tuple[int, int]] = []
    for one in sorted(numbers):
        if spans and spans[-1][1] == one - 1:
            spans[-1] = (spans[-1][0], one)
        else:
            spans.append((one, one))
    return spans


def inside(ranges: Iterable[Sequence[int]], numbers: Collection[int]) -> frozenset[int]:
    """Which of these numbers a group takes in."""
    spans = list(ranges)
    return frozenset(one for one in numbers if any(first <= one <= last for first, last in spans))


def seats_for(members: int, each: int) -> int:
    """How many delegates a group of so many members sends at most."""
    return -(-members // each)


def modelled(members: int, on: date) -> int:
    """How many delegates the articles that we could read would send; nil where they let every member come."""
    law = dated_on("cooperative_meetings.delegates", on).value
    return seats_for(members, law["members_each"]) if members > law["members_above"] else 0


def reasons_not_to_regroup(*, each: int | None, has_come: bool) -> list[Reason]:
    """Why groups and delegates are no longer, or not at all, changed for this meeting."""
    if each is None:
        text = "Rapat ini dihadiri setiap anggota, bukan delegasi."
        way_out = "Tulis berapa anggota yang diwakili satu delegasi di undangan rapat berikutnya."
        return [Reason("no_delegates", text, citation=ARTICLES, way_out=way_out)]
    if has_come:
        way_out = "Kosongkan dulu daftar hadirnya bila ada yang salah."
        return [Reason("attended", "Daftar hadir sudah diisi menurut delegasi ini.", way_out=way_out)]
    return []


def reasons_not_to_form(
    *, ranges: Ranges | None, members: Collection[int], taken: Collection[int], name_taken: bool
) -> list[Reason]:  # fmt: skip
    """Why a group of these numbers cannot be; `taken` are the numbers of the other groups."""
    if ranges is None:
        return [Reason("numbers_unreadable", "Tulis nomor anggota seperti 1-20, 25.", field="numbers")]
    found = []
    here = inside(ranges, members)
    if not here:
        found.append(Reason("nobody", "Tidak ada anggota dengan nomor ini pada hari rapat.", field="numbers"))
    if twice := sorted(here & set(taken)):
        text = f"Sudah masuk kelompok lain: nomor {_some(twice)}. Satu anggota satu kelompok."
        found.append(Reason("in_two_groups", text, citation="UU 25/1992 Pasal 24", field="numbers"))
    if name_taken:
        found.append(Reason("name_taken", "Sudah ada kelompok dengan nama ini.", field="name"))
    return found


def reasons_not_to_choose(
    *, group: Collection[int], present: int, chosen: Sequence[int], each: int, met_on: date, meeting_on: date,
    today: date,
) -> list[Reason]:  # fmt: skip
    """Why these cannot be a group's delegates; an empty list means they can."""
    found = []
    if met_on > today:
        found.append(Reason("met_in_future", "Rapat kelompok belum berlangsung pada hari itu.", field="met_on"))
    elif met_on > meeting_on:
        text = f"Rapat kelompok sebelum rapat anggota, paling lambat {format_date(meeting_on)}."
        found.append(Reason("met_too_late", text, field="met_on"))
    if present > len(group):
        text = f"Kelompok ini hanya {len(group)} anggota."
        found.append(Reason("more_than_members", text, field="present"))
    if present < len(set(chosen)):
        text = f"Delegasi dipilih dari yang hadir; delegasinya {len(set(chosen))}."
        found.append(Reason("fewer_than_delegates", text, field="present"))
    if strangers := sorted(set(chosen) - set(group)):
        text = f"Bukan anggota kelompok ini: nomor {_some(strangers)}."
        found.append(Reason("not_of_the_group", text, field="delegates"))
    most = seats_for(len(group), each)
    if not chosen or len(set(chosen)) > most:
        text = f"Kelompok {len(group)} anggota mengirim 1 sampai {most} delegasi: satu untuk {each} anggota."
        found.append(Reason("wrong_count", text, citation=ARTICLES, field="delegates"))
    return found


def reasons_to_wait_for_delegates(*, left_out: Sequence[int], waiting: Sequence[str]) -> list[Reason]:
    """Why a meeting of delegates does not speak for everybody yet."""
    found = []
    if left_out:
        text = f"{len(left_out)} anggota belum masuk kelompok: nomor {_some(left_out)}."
        found.append(
            Reason("left_out", text, citation=ARTICLES, way_out="Masukkan ke kelompok, supaya mereka terwakili.")
        )
    if waiting:
        text = f"Belum memilih delegasi: {', '.join(waiting)}."
        found.append(Reason("not_chosen", text, citation=ARTICLES, way_out="Catat hasil rapat kelompoknya."))
    return found


def _some(numbers: Iterable[int], most: int = 8) -> str:
    spans = spans_of(numbers)
    return as_written(spans[:most]) + (", dan lain-lain" if len(spans) > most else "")
