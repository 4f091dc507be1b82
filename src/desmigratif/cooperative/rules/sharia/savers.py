"""Mudharabah savings: what a month's realised income leaves for the savers, and each saver's share. Plain Python.

Income counts when it came in: margin, rent and profit shares, less the losses of ventures. Of it belongs to the savers
what their money bore of all that was at work; the products take their parts by average balance and weight, the nisbah
parts each of them between savers and cooperative, and the accounts share by their average balance of every day.
Everything adds up to the rupiah. Nobody is promised anything, and nobody's share is below nought: a month of losses
shares nothing. What is lost beyond the month's income is not carried on; it stands apart for a meeting to speak of. A
loss that is taken back later comes to the savers again only as far as their income had borne it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from desmigratif.cooperative.rules.ledger import month_end
from desmigratif.cooperative.rules.rounding import shares, whole_fraction
from desmigratif.shared.dated import dated_on, value_on
from desmigratif.shared.dates import MONTHS, format_date
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

HUNDRED, NO_RATE = Decimal(100), Decimal(0)
DAYS_IN_YEAR = 365


@dataclass(frozen=True, slots=True)
class Realised:
    """What came in of a month's income, and what ventures lost of their capital in it.

    `loss` is below nought where a loss of an earlier month was taken back; `borne` is what earlier months' income had
    borne of losses and did not get back yet.
    """

    margin: int
    profit_share: int
    rent: int
    loss: int = 0
    borne: int = 0

    @property
    def income(self) -> int:
        return self.margin + self.profit_share + self.rent

    @property
    def given_back(self) -> int:
        """What of a loss that was taken back is shared: no more than was taken from shares for it."""
        return min(max(0, -self.loss), self.borne)

    @property
    def to_share(self) -> int:
        """Never below nought: what is lost beyond the income is capital and no negative share."""
        return max(0, self.income - max(0, self.loss) + self.given_back)

    @property
    def not_carried(self) -> int:
        """What was lost beyond the month's income: the cooperative's, and no later month's."""
        return max(0, self.loss - max(0, self.income))


def borne_after(months: Iterable[Realised]) -> int:
    """What the income of these months, in their order, bore of losses that were not taken back."""
    borne = 0
    for one in months:
        borne += min(one.loss, max(0, one.income)) if one.loss > 0 else -min(-one.loss, borne)
    return borne


@dataclass(frozen=True, slots=True)
class Fund:
    """The savings of one product in a month: rupiah times days, the savers' nisbah, and the weight."""

    product: UUID
    balance_days: int
    saver_percent: Decimal
    weight_percent: Decimal = HUNDRED


@dataclass(frozen=True, slots=True)
class ProductPart:
    """What of the pool is one product's, and what of that is its savers' by the nisbah."""

    fund: Fund
    income: int
    savers: int


def balance_days(closing: int, moves: Iterable[tuple[date, int]], first: date, last: date) -> int:
    """Rupiah times days from the balance at the end of a month and the month's movements (into the account above 0).

    Money that came on a day was not there on the days before it.
    """
    return closing * ((last - first).days + 1) - sum(amount * (on - first).days for on, amount in moves)


def days_of(first: date, last: date) -> int:
    return (last - first).days + 1


def average(balance_days: int, days: int) -> int:
    """The mean balance of so many days, in whole rupiah."""
    return whole_fraction(balance_days, days) if balance_days > 0 else 0


def counts(balance_days: int, minimum_balance: int, days: int) -> bool:
    """Whether an account takes part: something stood there, and on the average no less than the product asks."""
    return balance_days >= max(minimum_balance * days, 1)


def pool_of(realised: Realised, savers_days: int, at_work_days: int) -> int:
    """What of the income belongs to the savers: all of it, unless the cooperative's own money was at work too."""
    own = max(0, at_work_days - savers_days)
    return shares(realised.to_share, [savers_days, own])[0] if savers_days > 0 else 0


def parts_of(pool: int, funds: Iterable[Fund]) -> list[ProductPart]:
    """The pool among products by average balance and weight, each parted by its nisbah; whatever their order."""
    ordered = sorted((fund for fund in funds if fund.balance_days > 0), key=lambda fund: fund.product.int)
    if not ordered:
        return []
    incomes = shares(pool, [fund.balance_days * fund.weight_percent for fund in ordered])
    return [
        ProductPart(fund, income, shares(income, [fund.saver_percent, HUNDRED - fund.saver_percent])[0])
        for fund, income in zip(ordered, incomes, strict=True)
    ]


def shares_of(savers: int, days: Mapping[UUID, int]) -> dict[UUID, int]:
    """The savers' part of one product among its accounts by rupiah times days; nil is left out."""
    holders = sorted((holder for holder, weight in days.items() if weight > 0), key=lambda holder: holder.int)
    if not holders:
        return {}
    parts = shares(savers, [days[holder] for holder in holders])
    return {holder: part for holder, part in zip(holders, parts, strict=True) if part}


def equivalent_percent(share: int, balance_days: int) -> Decimal:
    """What a share would be in a year, in percent of the average balance. It looks back and promises nothing."""
    if balance_days <= 0:
        return Decimal(0)
    return (Decimal(share * DAYS_IN_YEAR * 100) / balance_days).quantize(Decimal("0.01"))


def percent_text(percent: Decimal) -> str:
    """As people write it: 60, or 33,33."""
    text = f"{percent:f}"
    return text.rstrip("0").rstrip(".").replace(".", ",") if "." in text else text


def why_nothing(realised: Realised, pool: int) -> str:
    """The sentence for a month without a share; empty when there is one."""
    if pool > 0:
        return ""
    if realised.income <= 0:
        return "Bulan ini tidak ada pendapatan yang sungguh diterima, jadi bagi hasilnya nol."
    if not realised.to_share:
        return (
            f"Rugi pembiayaan {format_rupiah(realised.loss)} lebih besar daripada pendapatan yang diterima "
            f"{format_rupiah(realised.income)}, jadi bagi hasilnya nol. Simpanan tidak dipotong, dan sisanya "
            f"{format_rupiah(realised.not_carried)} tidak dibawa ke bulan berikutnya; rapat anggota membicarakannya."
        )
    return "Pendapatan bulan ini terlalu kecil untuk dibagi dalam rupiah."


# --- what may be done ---


@dataclass(frozen=True, slots=True)
class Nisbah:
    """How a product parts its income, in percent."""

    savers: Decimal
    cooperative: Decimal
    weight: Decimal = HUNDRED


def reasons_against_nisbah(nisbah: Nisbah, on: date) -> list[Reason]:
    """Why a product cannot part its income like this; an empty list means it can."""
    citation = dated_on("cooperative_sharia.savers_pool", on).citation
    found = []
    if nisbah.savers + nisbah.cooperative != HUNDRED:
        together = percent_text(nisbah.savers + nisbah.cooperative)
        text = f"Nisbah penabung dan koperasi harus berjumlah 100; yang tertulis {together}."
        found.append(Reason("not_hundred", text, field="cooperative_percent", citation=citation))
    elif not 0 < nisbah.savers < HUNDRED:
        text = "Keduanya harus mendapat bagian, jadi nisbah di antara 0 dan 100."
        found.append(Reason("nisbah_range", text, field="saver_percent", citation=citation))
    if nisbah.weight <= 0:
        found.append(Reason("no_weight", "Bobotnya harus lebih dari nol; biasanya 100.", field="weight_percent"))
    return found


def reasons_not_to_change_nisbah(*, since: date, told_on: date, on: date) -> list[Reason]:
    """Why another nisbah cannot hold from this day: savers are told first, and it begins with a month of its own."""
    rule = dated_on("cooperative_sharia.nisbah_notice_days", on)
    found = []
    if told_on > on:
        found.append(Reason("told_later", "Penabung harus diberi tahu dulu, sebelum nisbah diubah.", field="told_on"))
    if since.day != 1 or since <= on:
        text = "Nisbah baru berlaku mulai tanggal 1 bulan berikutnya, supaya satu bulan memakai satu nisbah."
        found.append(Reason("not_next_month", text, field="since"))
    elif since - told_on < timedelta(days=rule.value):
        text = f"Penabung harus tahu paling lambat {rule.value} hari sebelumnya, supaya sempat mengambil simpanannya."
        way_out = f"Pilih bulan sesudah {format_date(told_on + timedelta(days=rule.value))}."
        found.append(Reason("too_soon", text, field="since", citation=rule.citation, way_out=way_out))
    return found


@dataclass(frozen=True, slots=True)
class MonthAsked:
    """What is known of a month whose income is to be shared. `standing` is the status of what was prepared for it."""

    last_on: date
    closed_until: date | None
    standing: str
    has_product: bool
    savers_days: int


def reasons_not_to_prepare(asked: MonthAsked) -> list[Reason]:
    """Why a month's income cannot be shared (yet, or again); an empty list means it can."""
    if asked.last_on != month_end(asked.last_on):
        return [Reason("not_month_end", "Pilih hari terakhir bulan itu.", field="last_on")]
    month = f"{MONTHS[asked.last_on.month - 1]} {asked.last_on.year}"
    if asked.standing == "posted":
        text = f"Bagi hasil {month} sudah dibukukan."
        return [Reason("posted_already", text, field="last_on", way_out="Kalau salah, batalkan dulu pembagiannya.")]
    if asked.standing:
        text = f"Bagi hasil {month} sudah disiapkan dan menunggu orang kedua."
        return [Reason("prepared_already", text, field="last_on")]
    if not asked.has_product:
        text = "Belum ada simpanan mudharabah."
        return [Reason("no_product", text, field="last_on", way_out="Tambah dulu simpanannya di Pengaturan.")]
    if asked.closed_until is None or asked.closed_until < asked.last_on:
        text = f"Bulan {month} belum ditutup, jadi pendapatannya masih dapat berubah."
        return [Reason("month_open", text, field="last_on", way_out="Tutup dulu bulan itu di Buku.")]
    if asked.savers_days <= 0:
        text = f"Tidak ada saldo simpanan mudharabah dalam {month}."
        return [Reason("nobody_saved", text, field="last_on")]
    return []


def reasons_not_to_post(*, status: str, is_preparer: bool, is_same: bool) -> list[Reason]:
    """Why what was prepared cannot be entered; an empty list means it can."""
    if status == "posted":
        return [Reason("posted_already", "Bagi hasil ini sudah dibukukan.")]
    if status == "reversed":
        return [Reason("reversed_already", "Pembagian ini sudah dibatalkan.", way_out="Siapkan yang baru.")]
    if is_preparer:
        text = "Yang menyiapkan dan yang membukukan harus dua orang."
        return [Reason("same_person", text, way_out="Minta pengurus atau bendahara yang lain memeriksanya.")]
    if not is_same:
        text = "Angkanya tidak lagi sama dengan yang disiapkan."
        return [Reason("changed", text, way_out="Batalkan, lalu siapkan sekali lagi.")]
    return []


def reasons_not_to_take_back(*, status: str, is_poster: bool, spent: int) -> list[Reason]:
    """Why a distribution stays as it is; an empty list means it can be taken back."""
    if status == "reversed":
        return [Reason("reversed_already", "Pembagian ini sudah dibatalkan.")]
    if is_poster:
        return [Reason("same_person", "Yang membukukan dan yang membatalkan harus dua orang.")]
    if spent:
        text = f"Ada {spent} penabung yang saldonya kurang dari bagi hasil itu, jadi tidak dapat ditarik lagi."
        return [Reason("spent", text, way_out="Bicarakan dengan penabungnya; selisihnya dibetulkan dengan jurnal.")]
    return []


def at_work(on: date) -> Sequence[str]:
    """The accounts, by use, in which money is at work and earns."""
    found: Sequence[str] = value_on("cooperative_sharia.savers_pool", on)["at_work"]
    return found
