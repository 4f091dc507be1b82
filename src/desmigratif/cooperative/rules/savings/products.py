"""Savings with a rule of their own: entry (pokok), compulsory (wajib), time deposits (berjangka), purpose savings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from desmigratif.cooperative.rules.days import add_months, months_between
from desmigratif.cooperative.rules.rounding import percent_of, to_multiple, whole
from desmigratif.cooperative.rules.savings.daily_rate import daily_rate, interest_of
from desmigratif.shared.dates import MONTHS, format_date
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

# --- entry and compulsory savings ---


def entry_savings_missing(amount: int, paid: int) -> int:
    """What is still to be paid of the simpanan pokok, which is paid once and is the same for all."""
    return max(0, amount - paid)


def reasons_not_to_take_entry_savings(amount: int, paid: int, given: int) -> list[Reason]:
    missing = entry_savings_missing(amount, paid)
    if given <= 0:
        return [Reason("too_small", "Jumlahnya harus lebih dari nol.", field="amount")]
    if given <= missing:
        return []
    text = f"Simpanan pokok dibayar sekali, {format_rupiah(amount)}; kurangnya {format_rupiah(missing)}."
    return [Reason("paid_once", text, field="amount")]


MOST_MONTHS_AHEAD = 36  # a contract abroad and a year; what is above is a slip of the hand, and cannot be taken out


def reasons_not_to_take_so_far_ahead(monthly: int, owed: int, given: int) -> list[Reason]:
    """Why simpanan wajib of this sum may not be taken at once: it would pay for years that nobody has asked for."""
    most = owed + MOST_MONTHS_AHEAD * monthly
    if not monthly or given <= most:
        return []
    months = f"{given // monthly:,}".replace(",", ".")
    text = f"Simpanan wajib {format_rupiah(monthly)} sebulan; {format_rupiah(given)} cukup untuk {months} bulan."
    way_out = f"Paling banyak {format_rupiah(most)} sekali bayar. Selebihnya setorkan ke simpanan sukarela."
    return [Reason("too_far_ahead", text, field="amount_rupiah", way_out=way_out)]


@dataclass(frozen=True, slots=True)
class MonthOwed:
    """One month of simpanan wajib: what was asked and what is open."""

    month: date
    asked: int
    open: int

    @property
    def label(self) -> str:
        return f"{MONTHS[self.month.month - 1]} {self.month.year}"


def compulsory_arrears(
    amounts: Sequence[tuple[date, int]], joined_on: date, paid: int, on: date, left_on: date | None = None
) -> list[MonthOwed]:
    """The months of simpanan wajib that are open, oldest first; the month of joining and the running one count.

    `amounts` are (first month, rupiah a month), so that a raise holds from its month. Money pays the oldest month.
    """
    until = min(on, left_on) if left_on else on
    month, found = joined_on.replace(day=1), []
    while month <= until:
        asked = _amount_in(amounts, month)
        covered = min(asked, paid)
        paid -= covered
        if covered < asked:
            found.append(MonthOwed(month, asked, asked - covered))
        month = add_months(month, 1)
    return found


def _amount_in(amounts: Sequence[tuple[date, int]], month: date) -> int:
    known = [(since, amount) for since, amount in amounts if since <= month]
    return max(known)[1] if known else 0


# --- time deposits ---

RollOver = Literal["none", "principal", "all"]


@dataclass(frozen=True, slots=True)
class EarlyBreak:
    """What an early break leaves: a part of the rate for the days that passed, less a penalty on the principal."""

    kept_percent_of_rate: Decimal = Decimal(0)
    penalty_percent: Decimal = Decimal(0)


NOTHING_KEPT = EarlyBreak()


@dataclass(frozen=True, slots=True)
class TimeDeposit:
    """A deposit for `months` at a fixed rate. `roll_over`: again with the principal, or with the interest too."""

    amount: int
    annual_percent: Decimal
    months: int
    opened_on: date
    roll_over: RollOver = "none"
    early_break: EarlyBreak = NOTHING_KEPT

    @property
    def matures_on(self) -> date:
        return add_months(self.opened_on, self.months)

    @property
    def interest(self) -> int:
        """Interest of the whole term, a twelfth of the rate for each month."""
        return whole(self.amount * self.annual_percent * self.months / 1200)


def interest_by_month(deposit: TimeDeposit) -> list[tuple[date, int]]:
    """(day, rupiah) when interest is paid each month; the last month takes what rounding left."""
    each = whole(deposit.amount * deposit.annual_percent / 1200, "down")
    days = [add_months(deposit.opened_on, month) for month in range(1, deposit.months + 1)]
    return [(day, each) for day in days[:-1]] + [(days[-1], deposit.interest - each * (deposit.months - 1))]


@dataclass(frozen=True, slots=True)
class Matured:
    """What a term brought: interest for the member to take (`paid_out`), the deposit that follows, if one does."""

    on: date
    interest: int
    paid_out: int
    next: TimeDeposit | None


def mature(deposit: TimeDeposit, new_percent: Decimal | None = None) -> Matured:
    """The end of a term. `new_percent` is the product's rate on that day, for the next term."""
    on, interest = deposit.matures_on, deposit.interest
    if deposit.roll_over == "none":
        return Matured(on, interest, deposit.amount + interest, None)
    added = interest if deposit.roll_over == "all" else 0
    rate = deposit.annual_percent if new_percent is None else new_percent
    following = replace(deposit, amount=deposit.amount + added, opened_on=on, annual_percent=rate)
    return Matured(on, interest, interest - added, following)


def terms_until(deposit: TimeDeposit, on: date) -> list[Matured]:
    """Every term that has ended by a day, in order, at an unchanged rate."""
    found: list[Matured] = []
    running: TimeDeposit | None = deposit
    while running is not None and running.matures_on <= on:
        found.append(mature(running))
        running = found[-1].next
    return found


@dataclass(frozen=True, slots=True)
class Broken:
    """An early break: interest the member keeps, the penalty, and what is handed out in all."""

    interest: int
    penalty: int
    handed_out: int


def break_early(deposit: TimeDeposit, on: date, interest_paid: int = 0) -> Broken:
    """What a member gets back before the end. Interest paid already beyond what is kept is taken off again.

    Raises `ValueError` for a day outside the term.
    """
    if not deposit.opened_on <= on < deposit.matures_on:
        raise ValueError("not within the term")
    rate = deposit.annual_percent * deposit.early_break.kept_percent_of_rate / 100
    kept = interest_of(deposit.amount * (on - deposit.opened_on).days, daily_rate(rate))
    penalty = percent_of(deposit.amount, deposit.early_break.penalty_percent)
    handed_out = max(0, deposit.amount + kept - interest_paid - penalty)
    return Broken(kept, penalty, handed_out)


# --- savings for a purpose ---


@dataclass(frozen=True, slots=True)
class Goal:
    """Savings for something: school, a home-coming, a sacrificial animal. Locked until the day it is for."""

    target: int
    by: date


@dataclass(frozen=True, slots=True)
class GoalOutlook:
    """How far a goal is: what is missing, months left (this one counts), what each must bring, and if that is met."""

    missing: int
    months_left: int
    needed_monthly: int
    is_reached: bool
    is_late: bool


def goal_outlook(goal: Goal, saved: int, on: date, *, planned_monthly: int = 0, step: int = 1_000) -> GoalOutlook:
    """What reaches a goal in time, in steps of `step` rupiah, up. Late when the standing plan is too small."""
    missing = max(0, goal.target - saved)
    months = max(0, months_between(on, goal.by)) + (1 if goal.by >= on else 0)
    if not missing:
        return GoalOutlook(0, months, 0, True, False)
    needed = to_multiple(Decimal(missing) / months, step, "up") if months else missing
    return GoalOutlook(missing, months, needed, False, months == 0 or planned_monthly * months < missing)


def plan_open(planned_monthly: int, paid_this_month: int, missing: int) -> int:
    """What the standing plan still asks this month; never more than the goal lacks."""
    return min(max(0, planned_monthly - paid_this_month), missing)


def reasons_not_to_unlock(kind: str, locked_until: date | None, unlocked_on: date | None, on: date) -> list[Reason]:
    """Why savings cannot be opened before their day; an empty list means they can."""
    if kind != "purpose" or locked_until is None:
        text = "Hanya simpanan khusus yang dapat dibuka sebelum waktunya."
        way_out = "Simpanan berjangka dicairkan lewat Cairkan sebelum jatuh tempo."
        return [Reason("not_for_a_purpose", text, field="account_id", way_out=way_out)]
    if unlocked_on is not None or on >= locked_until:
        return [Reason("unlocked_already", "Simpanan ini sudah dapat diambil.", field="account_id")]
    return []


def from_remittance(received: int, percent: Decimal, at_most: int | None = None) -> int:
    """The part of money sent home that a standing plan puts aside, never more than is still needed."""
    part = percent_of(received, percent, "down")
    return part if at_most is None else min(part, at_most)


def reasons_not_to_save_from(received: int, percent: int | None, missing: int) -> list[Reason]:
    """Why nothing of money that was sent home goes into these savings; an empty list means some does."""
    if percent is None:
        text = "Untuk simpanan ini tidak ada bagian kiriman yang disepakati."
        return [Reason("no_share", text, field="account_id", way_out="Setor seperti biasa.")]
    if not missing:
        text = "Tujuan simpanan ini sudah tercapai."
        return [Reason("goal_reached", text, field="account_id", way_out="Setor seperti biasa, atau buka yang baru.")]
    if from_remittance(received, Decimal(percent), missing) < 1:
        return [Reason("too_small", "Bagian dari kiriman itu kurang dari satu rupiah.", field="received_rupiah")]
    return []


# --- taking money out ---

Kind = Literal["entry", "compulsory", "voluntary", "deposit", "purpose"]


@dataclass(frozen=True, slots=True)
class Account:
    """A savings account as it stands. `held` stands as collateral for a loan; `locked_until` for deposits and goals."""

    kind: Kind
    balance: int
    minimum_balance: int = 0
    held: int = 0
    locked_until: date | None = None


def reasons_not_to_withdraw(account: Account, amount: int, on: date) -> list[Reason]:
    """Why this sum may not be taken out today; an empty list means it may."""
    if amount <= 0:
        return [Reason("too_small", "Jumlahnya harus lebih dari nol.", field="amount")]
    if account.kind in ("entry", "compulsory"):
        return [
            Reason(
                "only_on_leaving",
                "Simpanan pokok dan wajib hanya diambil saat keluar dari koperasi.",
                citation="UU 25/1992 Pasal 41",
                field="amount",
            )
        ]
    if account.locked_until is not None and on < account.locked_until:
        text = f"Simpanan ini baru dapat diambil mulai {format_date(account.locked_until)}."
        way_out = "Kalau keperluannya datang lebih awal, minta bendahara membukanya di halaman anggota."
        if account.kind != "purpose":
            way_out = "Bila perlu lebih awal, pakai Cairkan sebelum jatuh tempo; jasanya dapat berkurang."
        return [Reason("locked", text, field="on", way_out=way_out)]
    free = max(0, account.balance - account.held - account.minimum_balance)
    if amount <= free:
        return []
    text = f"Yang dapat diambil paling banyak {format_rupiah(free)}."
    if not account.held:
        return [Reason("above_balance", text, field="amount")]
    held = f"{format_rupiah(account.held)} diblokir sebagai agunan pinjaman sampai lunas."
    return [Reason("above_balance", f"{text} {held}", field="amount")]
