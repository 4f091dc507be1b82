"""A group's month: what it sold, spent, who worked; its profit, its picture and like groups. Plain Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import MONTHS, format_date
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

FILE = "enterprise_life"


def channels_on(day: date) -> Mapping[str, str]:
    found: Mapping[str, str] = value_on(f"{FILE}.channels", day)
    return found


def most_rupiah_on(day: date) -> int:
    most: int = value_on(f"{FILE}.most_rupiah", day)
    return most


def back_months_on(day: date) -> int:
    most: int = value_on(f"{FILE}.back_months", day)
    return most


def month_of(day: date) -> date:
    """The month of a day, as its first day."""
    return day.replace(day=1)


def months_back(month: date, count: int) -> date:
    """The month so many months before."""
    year, number = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(year, number + 1, 1)


def months_between(earlier: date, later: date) -> int:
    """Full calendar months from one month to another."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def month_words(month: date) -> str:
    """Oktober 2026."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def months_to_fill(*, formed_on: date, today: date, written: Collection[date]) -> list[date]:
    """Months that may still be written down, the newest first."""
    this = month_of(today)
    back = min(back_months_on(today), months_between(month_of(formed_on), this))
    return [month for count in range(back + 1) if (month := months_back(this, count)) not in written]


def reasons_not_to_record(
    *, month: date, formed_on: date, closed_on: date | None, written: bool, today: date
) -> list[Reason]:
    """Why this month cannot be written down; empty means it can. `written`: it was already."""
    this = month_of(today)
    if month != month_of(month):
        return [Reason("no_month", "Pilih bulannya.", field="month")]
    if month > this:
        text = f"{month_words(month)} belum tiba; sekarang {month_words(this)}."
        return [Reason("month_in_future", text, field="month", way_out="Pilih bulan yang sudah berjalan.")]
    if month < month_of(formed_on):
        text = f"Kelompok ini baru dibentuk {format_date(formed_on)}."
        return [Reason("before_group", text, field="month")]
    if closed_on is not None and month > month_of(closed_on):
        return [Reason("after_end", f"Kelompok ini berhenti {format_date(closed_on)}.", field="month")]
    if months_between(month, this) > back_months_on(today):
        text = f"Paling lama {back_months_on(today)} bulan ke belakang."
        return [Reason("too_long_ago", text, field="month")]
    if written:
        text = f"Catatan {month_words(month)} sudah ada."
        return [Reason("month_written", text, field="month", way_out="Pilih bulan lain, atau betulkan yang ada.")]
    return []


def reasons_against_amounts(
    *, sales_rupiah: int, cost_rupiah: int, workers: int, channels: Collection[str], on: date
) -> list[Reason]:
    """Why these figures cannot be a group's month; empty means they can."""
    reasons, most = [], most_rupiah_on(on)
    for field, amount, word in (("sales_rupiah", sales_rupiah, "Penjualan"), ("cost_rupiah", cost_rupiah, "Biaya")):
        if amount < 0:
            text = f"{word} tidak bisa kurang dari nol. Belum ada? Tulis 0."
            reasons.append(Reason("below_zero", text, field=field))
        elif amount > most:
            text = f"{word} sebulan paling banyak {format_rupiah(most)}. Periksa nolnya."
            reasons.append(Reason("too_much", text, field=field))
    if workers < 0:
        reasons.append(Reason("below_zero", "Jumlah orang tidak bisa kurang dari nol.", field="workers"))
    if set(channels) - set(channels_on(on)):
        reasons.append(Reason("unknown_channel", "Pilih tempat jual yang tersedia.", field="channels"))
    if sales_rupiah == 0 and channels:
        reasons.append(
            Reason("channel_without_sale", "Tidak ada penjualan, jadi kosongkan tempat jualnya.", field="channels")
        )
    return reasons


@dataclass(frozen=True, slots=True)
class Month:
    """One month as it was written down."""

    month: date
    sales_rupiah: int
    cost_rupiah: int
    workers: int

    @property
    def profit_rupiah(self) -> int:
        return self.sales_rupiah - self.cost_rupiah


def mean_profit(months: Sequence[Month]) -> int | None:
    """Whole rupiah a month, down to the nearest; None where nothing was written down."""
    return sum(one.profit_rupiah for one in months) // len(months) if months else None


def last_months(months: Sequence[Month], count: int, *, until: date) -> list[Month]:
    """Those written down of the last so many months, the month of `until` included."""
    first = months_back(month_of(until), count - 1)
    return [one for one in months if first <= one.month <= until]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """How like groups do: the middle of their mean monthly sales, or None where they are too few to be shown."""

    groups: int
    least: int
    median_rupiah: int | None


def benchmark_of(means: Sequence[int], on: date) -> Benchmark:
    """`means`: the mean monthly profit of each like group, without the one that asks."""
    least: int = value_on(f"{FILE}.benchmark", on)["least"]
    if len(means) < least:
        return Benchmark(len(means), least, None)
    return Benchmark(len(means), least, int(median(means)))


def benchmark_months_on(day: date) -> int:
    months: int = value_on(f"{FILE}.benchmark", day)["months"]
    return months


# --- the picture ---


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of the picture, in the units of its drawing: where it stands, how high its sale and its cost are."""

    month: date
    label: str
    x: int
    sales_y: int
    sales_height: int
    cost_y: int
    cost_height: int
    written: bool
    profit_rupiah: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Sales and costs side by side, month by month; a month that was not written down stays empty."""

    bars: tuple[Bar, ...]
    top_rupiah: int
    width: int
    height: int


_STEP, _HEIGHT, _MARGIN = 28, 96, 8


def picture_of(months: Sequence[Month], *, until: date, count: int = 12) -> Picture:
    """The last so many months as bars."""
    known = {one.month: one for one in months}
    wanted = [months_back(month_of(until), count - 1 - place) for place in range(count)]
    shown = [known[month] for month in wanted if month in known]
    top = max((max(one.sales_rupiah, one.cost_rupiah) for one in shown), default=0)
    bars = tuple(_bar(place, month, known.get(month), top) for place, month in enumerate(wanted))
    return Picture(bars, top, _MARGIN * 2 + _STEP * count, _HEIGHT + 24)


def _bar(place: int, month: date, found: Month | None, top: int) -> Bar:
    def high(amount: int) -> int:
        return max(1, round(amount * _HEIGHT / top)) if amount and top else 0

    sales, cost = (high(found.sales_rupiah), high(found.cost_rupiah)) if found else (0, 0)
    return Bar(
        month, MONTHS[month.month - 1][:3], _MARGIN + place * _STEP, _HEIGHT - sales, sales, _HEIGHT - cost, cost,
        found is not None, found.profit_rupiah if found else 0,
    )  # fmt: skip
