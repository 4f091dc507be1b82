"""Does the workbook fit itself, the cooperative's decisions and the chart? Each row that does not gets a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from desmigratif.cooperative.rules.days import Every
from desmigratif.cooperative.rules.opening_sheet.rows import (
    BALANCES,
    LOANS,
    MEMBERS,
    SAVINGS,
    BalanceRow,
    LoanRow,
    MemberRow,
    Message,
    Opening,
    SavingsRow,
)
from desmigratif.shared.dates import age_on
from desmigratif.shared.rupiah import format_rupiah

USE_OF_KIND = {
    "voluntary": "savings_voluntary", "term": "savings_term", "purpose": "savings_purpose",
    "mudharabah": "savings_mudharabah",
}  # fmt: skip
BALANCING = "opening_balances"
YOUNGEST = 17


@dataclass(frozen=True, slots=True)
class KnownSavings:
    """A savings product as it is offered on the day of the workbook."""

    id: UUID
    name: str
    kind: str
    term_months: int | None
    annual_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class KnownLoan:
    """A loan product with the conditions of the day."""

    product_id: UUID
    terms_id: UUID
    name: str
    method: str
    annual_percent: Decimal
    every: Every


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """A line of the chart."""

    id: UUID
    name: str
    side: int
    use: str
    has_holders: bool
    may_overdraw: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the cooperative has decided and who is written down already. Names are in lower case."""

    on: date
    accounts: Mapping[str, KnownAccount]
    savings: Mapping[str, KnownSavings] = field(default_factory=dict)
    loans: Mapping[str, KnownLoan] = field(default_factory=dict)
    principal_rupiah: int | None = None
    numbers_taken: frozenset[int] = frozenset()
    nik_taken: Callable[[str], bool] = lambda _nik: False


@dataclass(frozen=True, slots=True)
class Totals:
    """What the workbook brings: heads, and rupiah by code of the chart on the account's own side."""

    members: int
    savings: int
    loans: int
    by_code: Mapping[str, int]
    debit_rupiah: int
    credit_rupiah: int

    @property
    def difference_rupiah(self) -> int:
        """What would stand in the balancing account; above nought the credits are missing."""
        return self.debit_rupiah - self.credit_rupiah


def check_opening(opening: Opening, known: Known) -> list[Message]:
    """Everything there is to say, in the order of the sheets."""
    found = [*_members(opening, known)]
    numbers = {row.number for row in opening.members}
    found += [said for row in opening.savings for said in _savings(row, known, numbers)]
    found += _savings_twice(opening.savings)
    found += [said for row in opening.loans for said in _loan(row, known, numbers)]
    found += _balances(opening, known)
    return found


def control_totals(opening: Opening, known: Known) -> Counter[str]:
    """The sum of what members have, by use of the account; rows of unknown products are left out."""
    sums: Counter[str] = Counter()
    for member in opening.members:
        sums["savings_principal"] += member.principal_rupiah
        sums["savings_compulsory"] += member.compulsory_rupiah
    for row in opening.savings:
        if product := known.savings.get(row.product.casefold()):
            sums[USE_OF_KIND[product.kind]] += row.balance_rupiah
    for loan in opening.loans:
        sums["loans"] += loan.outstanding_rupiah
    return sums


def totals_of(opening: Opening, known: Known) -> Totals:
    """What the trial balance will say once the workbook is in the books."""
    by_use = control_totals(opening, known)
    by_code: dict[str, int] = {}
    for row in opening.balances:
        account = known.accounts.get(row.code)
        if account is not None and not account.has_holders and row.balance_rupiah:
            by_code[row.code] = row.balance_rupiah
    for code, account in known.accounts.items():
        if by_use.get(account.use):
            by_code[code] = by_use[account.use]
    debit = sum(sum_ for code, sum_ in by_code.items() if known.accounts[code].side > 0)
    credit = sum(sum_ for code, sum_ in by_code.items() if known.accounts[code].side < 0)
    return Totals(len(opening.members), len(opening.savings), len(opening.loans), by_code, debit, credit)


# --- one sheet each ---


def _members(opening: Opening, known: Known) -> Iterator[Message]:
    numbers = Counter(row.number for row in opening.members)
    niks = Counter(row.nik for row in opening.members)
    for row in opening.members:
        if numbers[row.number] > 1 or row.number in known.numbers_taken:
            yield Message(MEMBERS, row.row, "Nomor", "number_taken", f"Nomor {row.number} sudah dipakai anggota lain.")
        if niks[row.nik] > 1 or known.nik_taken(row.nik):
            yield Message(MEMBERS, row.row, "NIK", "nik_taken", "NIK ini sudah dipakai anggota lain di koperasi ini.")
        yield from _one_member(row, known)


def _one_member(row: MemberRow, known: Known) -> Iterator[Message]:
    if row.joined_on > known.on:
        text = "Tanggal masuk sesudah tanggal saldo awal."
        yield Message(MEMBERS, row.row, "Tanggal Masuk", "after_opening", text)
    if age_on(row.birth_date, known.on) < YOUNGEST:
        text = f"Anggota paling muda {YOUNGEST} tahun (UU 25/1992 Pasal 18); periksa tanggal lahirnya."
        yield Message(MEMBERS, row.row, "Tanggal Lahir", "age", text)
    if row.compulsory_until is not None and row.compulsory_until < row.joined_on.replace(day=1):
        text = "Wajib lunas sampai sebelum tanggal masuk; kosongkan bila belum pernah dibayar."
        yield Message(MEMBERS, row.row, "Wajib Lunas Sampai", "before_joining", text)
    if known.principal_rupiah is not None and row.principal_rupiah < known.principal_rupiah:
        text = f"Simpanan pokoknya kurang dari keputusan rapat ({format_rupiah(known.principal_rupiah)})."
        yield Message(MEMBERS, row.row, "Simpanan Pokok", "principal_short", text, is_error=False)


def _stranger(sheet: str, row: SavingsRow | LoanRow, numbers: set[int]) -> Iterator[Message]:
    if row.number not in numbers:
        text = f"Nomor {row.number} tidak ada di lembar Anggota: simpan pinjam hanya untuk anggota."
        yield Message(sheet, row.row, "Nomor Anggota", "closed_loop", text)


def _savings(row: SavingsRow, known: Known, numbers: set[int]) -> Iterator[Message]:
    yield from _stranger(SAVINGS, row, numbers)
    product = known.savings.get(row.product.casefold())
    if product is None or product.annual_percent is None:
        text = f"Simpanan “{row.product[:30]}” belum ditawarkan pada tanggal itu; tambahkan dulu di Pengaturan."
        yield Message(SAVINGS, row.row, "Simpanan", "not_offered", text)
        return
    if product.kind == "term":
        if row.term_from is None:
            yield Message(SAVINGS, row.row, "Mulai", "missing", "Simpanan berjangka perlu tanggal mulainya.")
        elif row.term_from > known.on:
            yield Message(SAVINGS, row.row, "Mulai", "after_opening", "Mulai sesudah tanggal saldo awal.")
        if not row.balance_rupiah:
            yield Message(SAVINGS, row.row, "Saldo", "too_small", "Simpanan berjangka tidak boleh kosong.")
    if product.kind == "purpose" and not (row.purpose and row.target_rupiah and row.target_on):
        text = "Simpanan khusus perlu Untuk Apa, Target, dan Tanggal Target."
        yield Message(SAVINGS, row.row, "Untuk Apa", "purpose", text)


def _savings_twice(rows: tuple[SavingsRow, ...]) -> Iterator[Message]:
    """The same line copied twice is a mistake; a member may have two terms that began on different days."""
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        key = (row.number, row.product.casefold(), row.term_from, row.purpose)
        if key in seen:
            text = "Anggota ini sudah punya baris simpanan yang sama di lembar ini."
            yield Message(SAVINGS, row.row, "Simpanan", "twice", text)
        seen.add(key)


def _loan(row: LoanRow, known: Known, numbers: set[int]) -> Iterator[Message]:
    yield from _stranger(LOANS, row, numbers)
    if row.product.casefold() not in known.loans:
        text = f"Pinjaman “{row.product[:30]}” belum ditawarkan pada tanggal itu; tambahkan dulu di Pinjaman."
        yield Message(LOANS, row.row, "Pinjaman", "not_offered", text)
    if row.disbursed_on > known.on:
        yield Message(LOANS, row.row, "Tanggal Cair", "after_opening", "Tanggal cair sesudah tanggal saldo awal.")
    if row.next_due_on <= row.disbursed_on:
        text = "Jatuh tempo berikutnya harus sesudah tanggal cair."
        yield Message(LOANS, row.row, "Jatuh Tempo Berikutnya", "too_early", text)
    if row.outstanding_rupiah > row.amount_rupiah:
        text = f"Sisa pokok lebih besar dari pokok awal ({format_rupiah(row.amount_rupiah)})."
        yield Message(LOANS, row.row, "Sisa Pokok", "more_than_lent", text)


def _balances(opening: Opening, known: Known) -> Iterator[Message]:
    sums = control_totals(opening, known)
    codes = Counter(row.code for row in opening.balances)
    for row in opening.balances:
        account = known.accounts.get(row.code)
        if account is None or not account.is_open:
            text = f"Kode akun {row.code[:12]} tidak ada di bagan akun koperasi ini."
            yield Message(BALANCES, row.row, "Kode Akun", "wrong_account", text)
        elif codes[row.code] > 1:
            yield Message(BALANCES, row.row, "Kode Akun", "twice", f"Akun {row.code} ada lebih dari satu kali.")
        elif account.has_holders:
            yield from _control(row, account, sums)
        elif account.use == BALANCING:
            text = "Penyeimbang dihitung sendiri oleh program; hapus baris ini."
            yield Message(BALANCES, row.row, "Kode Akun", "balancing", text)
    totals = totals_of(opening, known)
    if totals.difference_rupiah:
        text = (
            f"Debit {format_rupiah(totals.debit_rupiah)} dan kredit {format_rupiah(totals.credit_rupiah)} belum sama; "
            f"selisih {format_rupiah(abs(totals.difference_rupiah))} akan berdiri di Penyeimbang saldo awal."
        )
        yield Message(BALANCES, 1, "Saldo", "unbalanced", text, is_error=False)


def _control(row: BalanceRow, account: KnownAccount, sums: Counter[str]) -> Iterator[Message]:
    """The total of an account whose parts stand on another sheet."""
    of_parts = sums.get(account.use, 0)
    if row.balance_rupiah == of_parts:
        return
    text = (
        f"{account.name}: di lembar Neraca {format_rupiah(row.balance_rupiah)}, jumlah rinciannya "
        f"{format_rupiah(of_parts)}. Samakan dulu."
    )
    yield Message(BALANCES, row.row, "Saldo", "parts_differ", text)
