"""How a group lives: selling, quiet, asleep or ended; who is alive after one, two, three years. Plain Python.

Nobody declares a group asleep: it is so when nothing was sold and nobody visited for a dated number of days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desmigratif.enterprises.rules.months import month_of, months_back, months_between
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

FILE = "enterprise_life"


class State(StrEnum):
    NEW = "new"
    ACTIVE = "active"
    QUIET = "quiet"
    ASLEEP = "asleep"
    CLOSED = "closed"


LABELS = {
    State.NEW: "Baru mulai",
    State.ACTIVE: "Berjalan",
    State.QUIET: "Belum menjual lagi",
    State.ASLEEP: "Tertidur",
    State.CLOSED: "Berhenti",
}
SIGNS = {
    State.NEW: "info", State.ACTIVE: "aman", State.QUIET: "cek", State.ASLEEP: "henti", State.CLOSED: "tidaktahu",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a group's life. `last_sale`: the last month with a sale, as its first day."""

    formed_on: date
    last_sale: date | None = None
    last_visit_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """A group's state, since when, and why in one sentence."""

    state: State
    since: date
    why: str

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def sign(self) -> str:
        return SIGNS[self.state]


def asleep_days_on(day: date) -> int:
    days: int = value_on(f"{FILE}.asleep_days", day)
    return days


def closing_causes_on(day: date) -> Mapping[str, str]:
    causes: Mapping[str, str] = value_on(f"{FILE}.closing_causes", day)
    return causes


def sold_until(month: date) -> date:
    """The last day of a month with a sale: the month does not say on which day."""
    return months_back(month, -1) - timedelta(days=1)


def life_of(facts: Facts, today: date) -> Life:
    """How a group stands on a day."""
    if facts.closed_on is not None and facts.closed_on <= today:
        return Life(State.CLOSED, facts.closed_on, f"Berhenti sejak {format_date(facts.closed_on)}.")
    limit = timedelta(days=asleep_days_on(today))
    sold = min(sold_until(facts.last_sale), today) if facts.last_sale else None
    if sold is not None and today - sold <= limit:
        return Life(State.ACTIVE, facts.formed_on, f"Menjual sampai {format_date(sold)}.")
    if sold is None and today - facts.formed_on <= limit:
        return Life(State.NEW, facts.formed_on, f"Dibentuk {format_date(facts.formed_on)}, belum ada penjualan.")
    quiet = (sold or facts.formed_on) + limit + timedelta(days=1)
    nothing = f"Tidak ada penjualan sejak {format_date(sold)}" if sold else "Belum pernah ada penjualan"
    if facts.last_visit_on is not None and today - facts.last_visit_on <= limit:
        return Life(State.QUIET, quiet, f"{nothing}; dikunjungi {format_date(facts.last_visit_on)}.")
    since = max(quiet, (facts.last_visit_on or facts.formed_on) + limit + timedelta(days=1))
    return Life(State.ASLEEP, since, f"{nothing}, dan tidak ada kunjungan pendamping.")


def reasons_not_to_close(
    *, cause: str, on: date, formed_on: date, last_month: date | None, closed_on: date | None
) -> list[Reason]:
    """Why a group cannot end on that day; empty means it can. `last_month`: the last one with a sale."""
    reasons = []
    if closed_on is not None:
        reasons.append(Reason("closed_already", f"Kelompok ini sudah berhenti {format_date(closed_on)}."))
    if cause not in closing_causes_on(on):
        reasons.append(Reason("unknown_cause", "Pilih sebab berhenti.", field="cause"))
    if on < formed_on:
        reasons.append(Reason("before_group", "Tanggal ini sebelum kelompok dibentuk.", field="on"))
    elif last_month is not None and month_of(on) < last_month:
        reasons.append(Reason("sold_later", "Sesudah tanggal itu masih ada penjualan.", field="on"))
    return reasons


@dataclass(frozen=True, slots=True)
class Survival:
    """Of the groups that are old enough, how many lived so many months after they were formed."""

    months: int
    alive: int
    of: int


def survival_of(groups: Sequence[tuple[Facts, Sequence[date]]], today: date) -> list[Survival]:
    """`groups`: what is known of each, and the months in which it sold. Alive at an age = not ended by then and a
    sale within the limit before it."""
    found = []
    for age in value_on(f"{FILE}.survival_months", today):
        old = [one for one in groups if months_back(month_of(one[0].formed_on), -age) <= month_of(today)]
        found.append(Survival(age, sum(_lived(facts, sold, age) for facts, sold in old), len(old)))
    return found


def _lived(facts: Facts, sold: Sequence[date], age: int) -> bool:
    at = months_back(month_of(facts.formed_on), -age)
    if facts.closed_on is not None and facts.closed_on < at:
        return False
    limit = timedelta(days=asleep_days_on(at))
    return any(month < at and at - sold_until(month) <= limit for month in sold)


def ages_reached(facts: Facts, sold: Sequence[date], today: date) -> list[tuple[int, date, bool]]:
    """The ages that a group has come to: months, the month in which it did, and whether it was alive then."""
    ages = [(age, months_back(month_of(facts.formed_on), -age)) for age in value_on(f"{FILE}.survival_months", today)]
    return [(age, at, _lived(facts, sold, age)) for age, at in ages if at <= month_of(today)]


def still_sells(facts: Facts, today: date) -> bool:
    """C1: whether a group that did not end sold something in this month or the three before it."""
    ended = facts.closed_on is not None and facts.closed_on <= today
    return not ended and facts.last_sale is not None and facts.last_sale >= months_back(month_of(today), 3)


def age_words(formed_on: date, today: date) -> str:
    """2 tahun 3 bulan."""
    years, months = divmod(max(0, months_between(formed_on, today) - (today.day < formed_on.day)), 12)
    parts = [f"{years} tahun"] if years else []
    return " ".join([*parts, f"{months} bulan"] if months or not years else parts)
