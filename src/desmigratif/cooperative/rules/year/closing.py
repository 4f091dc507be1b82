"""When a book year can be closed, and what its closing enters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desmigratif.cooperative.rules.ledger import NewLeg
from desmigratif.cooperative.rules.year.layout import OF_THE_RESULT, AccountSum
from desmigratif.shared.dates import MONTHS, format_date
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah


@dataclass(frozen=True, slots=True)
class YearEnd:
    """Where a year stands that is to be closed.

    open_tills       tills opened in the year and not closed yet
    cash_difference  what tills were over or under and nobody has explained, debit above zero
    assets           cost of the fixed assets: by the list of them, and by the books
    """

    year: int
    today: date
    opened_on: date
    closed_until: date | None
    closed_years: frozenset[int] = frozenset()
    open_tills: int = 0
    cash_difference: int = 0
    is_interest_unpaid: bool = False
    is_provision_missing: bool = False
    assets: tuple[int, int] = (0, 0)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)


def reasons_not_to_close_year(end: YearEnd) -> list[Reason]:
    """Everything that still stands in the way of closing a year; an empty list means it can be closed."""
    if end.year in end.closed_years:
        return [Reason("closed_already", f"Tahun buku {end.year} sudah ditutup.", field="year")]
    if end.year < end.opened_on.year:
        return [Reason("before_books", f"Buku koperasi dimulai {format_date(end.opened_on)}.", field="year")]
    found = []
    if end.today <= end.last:
        text = f"Tahun {end.year} belum selesai; tutup mulai 1 Januari {end.year + 1}."
        found.append(Reason("year_not_over", text, field="year"))
    if end.year > end.opened_on.year and end.year - 1 not in end.closed_years:
        text = f"Tahun buku {end.year - 1} belum ditutup."
        found.append(Reason("earlier_year_open", text, field="year", way_out="Tutup dulu tahun itu."))
    return found + _of_the_months(end) + _of_the_money(end)


def _of_the_months(end: YearEnd) -> list[Reason]:
    first_open = _month_after(end.closed_until) if end.closed_until else end.opened_on.replace(day=1)
    if first_open >= date(end.year, 12, 1):
        return []
    until = min(date(end.year, 11, 1), end.today.replace(day=1))
    count = (until.year - first_open.year) * 12 + until.month - first_open.month + 1
    name = f"{MONTHS[first_open.month - 1]} {first_open.year}"
    text = f"{count} bulan belum ditutup, mulai {name}." if count > 1 else f"{name} belum ditutup."
    return [Reason("months_open", text, way_out="Tutup bulan satu per satu sampai November.")]


def _of_the_money(end: YearEnd) -> list[Reason]:
    found = []
    if end.open_tills:
        text = f"{end.open_tills} kas dari tahun {end.year} masih terbuka."
        found.append(Reason("till_open", text, way_out="Hitung uangnya dan tutup kasnya."))
    if end.cash_difference:
        text = f"Selisih kas {format_rupiah(abs(end.cash_difference))} belum dijelaskan."
        way_out = "Catat di buku bulan Desember: pindahkan ke beban lain, pendapatan lain, atau yang menanggungnya."
        found.append(Reason("cash_difference", text, way_out=way_out))
    if end.is_interest_unpaid:
        found.append(Reason("interest_unpaid", "Jasa simpanan Desember belum dibayarkan.", way_out="Bayarkan dulu."))
    if end.is_provision_missing:
        found.append(Reason("provision_missing", "Penyisihan pinjaman Desember belum dicatat.", way_out="Catat dulu."))
    listed, booked = end.assets
    if listed != booked:
        text = f"Daftar aset tetap {format_rupiah(listed)}, di buku {format_rupiah(booked)}."
        found.append(Reason("assets_differ", text, way_out="Samakan daftar aset tetap dengan bukunya."))
    return found


def _month_after(last: date) -> date:
    return date(last.year + last.month // 12, last.month % 12 + 1, 1)


def closing_legs(accounts: Iterable[AccountSum], undivided: UUID) -> list[NewLeg]:
    """Every account of the result brought to nil, and what is left to the SHU that is not divided yet."""
    legs = [NewLeg(one.id, -one.closing) for one in accounts if one.kind in OF_THE_RESULT and one.closing]
    left = sum(leg.amount_rupiah for leg in legs)
    return [*legs, NewLeg(undivided, -left)] if left else legs
