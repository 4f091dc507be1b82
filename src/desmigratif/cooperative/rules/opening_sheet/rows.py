"""Shapes of the workbook: four sheets with their columns, one typed row of each, one message about one cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from annotated_types import Ge, Gt, Le, MaxLen, MinLen

Kind = Literal["number", "text", "nik", "sex", "day", "rupiah", "percent", "count", "roll_over"]
Number = Annotated[int, Ge(1), Le(10**8)]
Rupiah = Annotated[int, Ge(0), Le(10**12)]
Positive = Annotated[int, Gt(0), Le(10**12)]
Percent = Annotated[Decimal, Ge(0), Le(100)]
Named = Annotated[str, MinLen(2), MaxLen(100)]
Short = Annotated[str, MinLen(1), MaxLen(60)]


class Column(NamedTuple):
    """One column: its header, our field, how its cells are read, whether it must be filled, how long a text may be."""

    header: str
    field: str
    kind: Kind
    required: bool = False
    longest: int = 100


MEMBERS, SAVINGS, LOANS, BALANCES = "Anggota", "Simpanan", "Pinjaman", "Neraca"
SHEETS: dict[str, tuple[Column, ...]] = {
    MEMBERS: (
        Column("Nomor", "number", "number", True),
        Column("Nama", "name", "text", True),
        Column("NIK", "nik", "nik", True),
        Column("L/P", "sex", "sex"),
        Column("Tempat Lahir", "birth_place", "text"),
        Column("Tanggal Lahir", "birth_date", "day", True),
        Column("Pekerjaan", "occupation", "text"),
        Column("Alamat", "address", "text", True, 200),
        Column("HP", "phone", "text", False, 40),
        Column("Tanggal Masuk", "joined_on", "day", True),
        Column("Simpanan Pokok", "principal_rupiah", "rupiah", True),
        Column("Simpanan Wajib", "compulsory_rupiah", "rupiah", True),
        Column("Wajib Lunas Sampai", "compulsory_until", "day"),
    ),
    SAVINGS: (
        Column("Nomor Anggota", "number", "number", True),
        Column("Simpanan", "product", "text", True, 60),
        Column("Saldo", "balance_rupiah", "rupiah", True),
        Column("Mulai", "term_from", "day"),
        Column("Jasa (%)", "annual_percent", "percent"),
        Column("Saat Jatuh Tempo", "roll_over", "roll_over"),
        Column("Untuk Apa", "purpose", "text", False, 60),
        Column("Target", "target_rupiah", "rupiah"),
        Column("Tanggal Target", "target_on", "day"),
    ),
    LOANS: (
        Column("Nomor Anggota", "number", "number", True),
        Column("Pinjaman", "product", "text", True, 60),
        Column("Tanggal Cair", "disbursed_on", "day", True),
        Column("Pokok Awal", "amount_rupiah", "rupiah", True),
        Column("Sisa Pokok", "outstanding_rupiah", "rupiah", True),
        Column("Sisa Angsuran", "instalments", "count", True),
        Column("Jatuh Tempo Berikutnya", "next_due_on", "day", True),
        Column("Jasa (%)", "annual_percent", "percent"),
        Column("Untuk Apa", "purpose", "text", False, 120),
    ),
    BALANCES: (
        Column("Kode Akun", "code", "text", True, 12),
        Column("Nama Akun", "name", "text", False, 80),
        Column("Saldo", "balance_rupiah", "rupiah", True),
    ),
}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of the paper register. `compulsory_until`: the simpanan wajib is paid until the month of this day."""

    row: int
    number: Number
    name: Named
    nik: Annotated[str, MinLen(16), MaxLen(16)]
    birth_date: date
    address: Annotated[str, MinLen(1), MaxLen(200)]
    joined_on: date
    principal_rupiah: Rupiah
    compulsory_rupiah: Rupiah
    sex: Literal["M", "F"] | None = None
    birth_place: Annotated[str, MaxLen(100)] | None = None
    occupation: Annotated[str, MaxLen(100)] | None = None
    phone: Annotated[str, MaxLen(40)] | None = None
    compulsory_until: date | None = None


@dataclass(frozen=True, slots=True)
class SavingsRow:
    """What one member has in one product; the day a term began, or what it is for."""

    row: int
    number: Number
    product: Short
    balance_rupiah: Rupiah
    term_from: date | None = None
    annual_percent: Percent | None = None
    roll_over: Literal["none", "principal", "all"] | None = None
    purpose: Short | None = None
    target_rupiah: Rupiah | None = None
    target_on: date | None = None


@dataclass(frozen=True, slots=True)
class LoanRow:
    """A loan that runs: what was lent, what is left of it, over how many instalments from which day."""

    row: int
    number: Number
    product: Short
    disbursed_on: date
    amount_rupiah: Positive
    outstanding_rupiah: Positive
    instalments: Annotated[int, Ge(1), Le(240)]
    next_due_on: date
    annual_percent: Percent | None = None
    purpose: Annotated[str, MaxLen(120)] | None = None


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """What stands in one account of the chart, on its own side."""

    row: int
    code: Annotated[str, MinLen(1), MaxLen(12)]
    balance_rupiah: Rupiah
    name: Annotated[str, MaxLen(80)] | None = None


ROW_OF = {MEMBERS: MemberRow, SAVINGS: SavingsRow, LOANS: LoanRow, BALANCES: BalanceRow}


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything that the workbook says, typed."""

    members: tuple[MemberRow, ...] = ()
    savings: tuple[SavingsRow, ...] = ()
    loans: tuple[LoanRow, ...] = ()
    balances: tuple[BalanceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """What there is to say about a cell. An error keeps the whole workbook out; anything else is for people to see."""

    sheet: str
    row: int
    column: str
    code: str
    text: str
    is_error: bool = True
