"""Sharing a book year's surplus by the articles of a cooperative: its funds, and what members took part with.

The sharing itself stands in `rules.shu`; here is which funds there are, where each goes in the books, and when a
surplus may not be given out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desmigratif.cooperative.rules.rounding import whole_fraction
from desmigratif.cooperative.rules.year.handing_up import reasons_to_wait_for_units
from desmigratif.cooperative.rules.year.shu import BY_SAVINGS, BY_USE, Fund
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

# Code -> name. The two of the members go to each of them; every other code is the use of its account in the chart.
FUNDS: dict[str, str] = {
    "reserve_general": "Cadangan umum",
    "reserve_risk": "Cadangan tujuan risiko",
    BY_SAVINGS: "Jasa modal (menurut simpanan pokok dan wajib)",
    BY_USE: "Jasa anggota (menurut jasa usahanya)",
    "fund_board": "Dana pengurus",
    "fund_staff": "Dana karyawan",
    "fund_education": "Dana pendidikan",
    "fund_social": "Dana sosial",
    "fund_development": "Dana pembangunan daerah kerja",
}
OF_MEMBERS = (BY_SAVINGS, BY_USE)


def funds_of(rows: Sequence[Mapping[str, str]]) -> list[Fund]:
    """The funds as a rule keeps them, those of nought left out."""
    return [Fund(row["code"], Decimal(row["percent"]), row["code"]) for row in rows if Decimal(row["percent"])]


def reasons_not_to_set(percents: Mapping[str, Decimal]) -> list[Reason]:
    """Why the articles cannot share like this."""
    found = []
    total = sum(percents.values(), Decimal(0))
    if total != 100:
        text = f"Bagian semua dana harus tepat 100 %; sekarang {_plain(total)} %."
        found.append(Reason("not_a_hundred", text, field="funds"))
    if any(percent < 0 for percent in percents.values()):
        found.append(Reason("too_small", "Bagian dana tidak boleh kurang dari nol.", field="funds"))
    if unknown := set(percents) - set(FUNDS):
        found.append(Reason("unknown_fund", f"Dana ini tidak dikenal: {', '.join(sorted(unknown))}.", field="funds"))
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What a distribution rests on. `undivided` is what the books hold as SHU that is not divided yet.

    `waiting` names the units whose SHU of the year has not come up.
    """

    year: int
    is_closed: bool
    is_distributed: bool
    has_rule: bool
    surplus: int
    undivided: int
    is_decided: bool
    waiting: tuple[str, ...] = ()


def reasons_not_to_distribute(asked: Asked) -> list[Reason]:
    """Why the surplus of a year cannot be given out; an empty list means it can."""
    if asked.is_distributed:
        return [Reason("distributed_already", f"SHU {asked.year} sudah dibagi.", field="year")]
    found = []
    if not asked.is_closed:
        text = f"Tahun buku {asked.year} belum ditutup."
        found.append(Reason("year_open", text, field="year", way_out="Tutup dulu tahun bukunya."))
    found += reasons_to_wait_for_units(asked.waiting, asked.year)
    if not asked.has_rule:
        text = "Cara membagi SHU menurut anggaran dasar belum ditulis."
        found.append(Reason("no_rule", text, way_out="Minta pengurus menulisnya di Pengaturan."))
    if asked.is_closed and asked.surplus <= 0:
        found.append(Reason("no_surplus", f"Tahun {asked.year} tidak ada SHU yang dapat dibagi."))
    elif asked.is_closed and not asked.waiting and asked.undivided < asked.surplus:
        text = f"SHU yang belum dibagi di buku tinggal {format_rupiah(asked.undivided)}."
        way_out = "Tutup dulu rugi tahun lalu, misalnya dari cadangan."
        found.append(Reason("loss_before", text, way_out=way_out))
    if not asked.is_decided:
        text = f"Belum ada keputusan rapat anggota tentang SHU {asked.year}."
        way_out = "Bagikan sesudah rapatnya selesai dan keputusannya diterima."
        found.append(Reason("not_decided", text, field="decision_id", way_out=way_out))
    return found


def average(opening: int, changes: Sequence[int]) -> int:
    """The mean of balances at the ends of months, each the one before and what changed in the month."""
    total, balance = 0, opening
    for change in changes:
        balance += change
        total += balance
    return whole_fraction(max(total, 0), len(changes)) if changes else max(opening, 0)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")
