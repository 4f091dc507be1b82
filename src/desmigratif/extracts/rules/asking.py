"""Who may ask for what, who may decide, and how long a file lives. Plain Python; the clock comes in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from desmigratif.extracts.rules.anonymity import Guard
from desmigratif.shared.dated import dated_on, value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

WAITING, REFUSED, WITHDRAWN, READY, ENDED = "waiting", "refused", "withdrawn", "ready", "ended"
STATES = {
    WAITING: "Menunggu keputusan",
    REFUSED: "Ditolak",
    WITHDRAWN: "Dibatalkan",
    READY: "Berkas tersedia",
    ENDED: "Berkas dimusnahkan",
}
LOOKS = {WAITING: "cek", REFUSED: "henti", WITHDRAWN: "tidaktahu", READY: "aman", ENDED: "tidaktahu"}
SINCE_YEARS = 5
NATION = "ID"
PREFIX = "EKS-"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What an extract is about: a subject in a region, from a day to a day."""

    subject: str
    region_code: str
    since: date
    until: date

    def meets(self, other: Stretch) -> bool:
        """Whether some record could stand in both."""
        return (
            self.subject == other.subject
            and (_covers(self.region_code, other.region_code) or _covers(other.region_code, self.region_code))
            and self.since <= other.until
            and other.since <= self.until
        )


@dataclass(frozen=True, slots=True)
class Held:
    """An extract that somebody asked for before, and the day on which its file went (None = not yet)."""

    name: str
    about: Stretch
    ended_on: date | None


def _covers(region_code: str, code: str) -> bool:
    return region_code == NATION or code == region_code or code.startswith(region_code + ".")


def name_of(number: int, asked_on: date) -> str:
    """EKS-2026-0007: how people and files call an extract."""
    return f"{PREFIX}{asked_on.year}-{number:04d}"


def guard_on(today: date) -> Guard:
    return Guard(
        value_on("extracts.group", today),
        value_on("extracts.kinds_told", today),
        value_on("extracts.withheld_percent", today),
    )


def usual_until(today: date) -> date:
    return today + timedelta(days=value_on("extracts.days", today))


def reasons_not_to_ask(
    *, about: Stretch, purpose: str, wanted_until: date, columns: Collection[str], known: Collection[str], today: date
) -> list[Reason]:
    """Why this cannot be asked for; empty means it can."""
    reasons = []
    least = value_on("extracts.purpose_letters", today)
    if len(purpose.strip()) < least:
        text = f"Tulis tujuannya dengan satu kalimat utuh, paling sedikit {least} huruf."
        reasons.append(Reason("purpose_too_short", text, field="purpose"))
    reasons += reasons_against_day(wanted_until, today)
    if not columns or set(columns) - set(known):
        reasons.append(Reason("no_columns", "Pilih paling sedikit satu kolom dari daftar.", field="columns"))
    if about.since > today:
        reasons.append(Reason("period_ahead", "Masa data ini belum mulai.", field="period"))
    elif about.since.year < today.year - SINCE_YEARS:
        text = f"Data paling awal yang bisa diminta: tahun {today.year - SINCE_YEARS}."
        reasons.append(Reason("period_too_old", text, field="period"))
    return reasons


def reasons_against_day(wanted_until: date, today: date) -> list[Reason]:
    """Why a file cannot live until that day."""
    most = dated_on("extracts.most_days", today)
    last = today + timedelta(days=most.value)
    if wanted_until <= today:
        return [Reason("until_over", "Tanggal ini sudah lewat. Pilih hari sesudah hari ini.", field="wanted_until")]
    if wanted_until > last:
        text = f"Berkas paling lama ada {most.value} hari, jadi sampai {format_date(last)}."
        return [Reason("until_too_late", text, citation=most.citation, field="wanted_until")]
    return []


def reasons_to_keep_apart(about: Stretch, held: Sequence[Held], today: date) -> list[Reason]:
    """Why the same person gets no second file of the same records: one could be subtracted from the other."""
    apart = timedelta(days=value_on("extracts.apart_days", today))
    near = [one for one in held if one.about.meets(about) and (one.ended_on is None or today < one.ended_on + apart)]
    if not near:
        return []
    over = [one.ended_on + apart for one in near if one.ended_on is not None]
    when = f", atau tunggu sampai {format_date(max(over))}" if len(over) == len(near) else ""
    names = ", ".join(one.name for one in near)
    text = f"Data ini beririsan dengan {names} milik Anda. Dua berkas yang beririsan bisa dipakai mengenali orang."
    return [Reason("overlaps", text, way_out=f"Pilih masa atau wilayah lain{when}.")]


def reasons_not_to_decide(*, state: str, asker: UUID, by: UUID) -> list[Reason]:
    """Why this person cannot approve or refuse."""
    if state != WAITING:
        return [Reason("not_waiting", f"Permintaan ini tidak menunggu keputusan lagi: {STATES[state].lower()}.")]
    if asker == by:
        text = "Anda yang memintanya. Harus orang lain yang memutuskan."
        return [Reason("same_person", text, way_out="Petugas pelindungan data lain yang bisa memutuskan.")]
    return []


def reasons_not_to_take(*, state: str, expires_on: date | None, taken: int, today: date) -> list[Reason]:
    """Why the file cannot be downloaded (any more)."""
    if state == READY and expires_on is not None and today <= expires_on:
        most = value_on("extracts.downloads", today)
        if taken < most:
            return []
        text = f"Berkas ini sudah diambil {taken} kali, sebanyak yang boleh."
        return [Reason("taken_out", text, way_out="Pakai salinan yang sudah Anda simpan.")]
    if state in (READY, ENDED):
        return [Reason("file_gone", "Masa berkas ini sudah habis, jadi tidak bisa diambil lagi.")]
    return [Reason("no_file", f"Berkasnya tidak ada: {STATES[state].lower()}.")]


def nothing_left(group: int) -> Reason:
    """Nobody could be hidden among others."""
    text = f"Tidak ada baris yang bisa dibuka: tidak ada kelompok berisi {group} atau lebih yang cukup beragam."
    way_out = "Pilih masa yang lebih panjang, wilayah lebih luas, atau kolom lebih sedikit."
    return Reason("nothing_left", text, way_out=way_out)


def too_many(most: int) -> Reason:
    text = f"Barisnya lebih dari {most:,}, terlalu banyak untuk satu berkas.".replace(",", ".")
    return Reason("too_many", text, way_out="Minta per provinsi, atau masa yang lebih pendek.")


def few_words(count: int, group: int) -> str:
    """A number of rows that were left out; a small one is not told."""
    return f"kurang dari {group}" if 0 < count < group else f"{count:,}".replace(",", ".")
