"""Changes of a loan's table on the way: money that comes early, a new table, a pause, an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desmigratif.cooperative.rules.days import add_months, year_fraction
from desmigratif.cooperative.rules.loans.life.events import Moratorium, Reschedule
from desmigratif.cooperative.rules.loans.life.lines import Line, lines_of
from desmigratif.cooperative.rules.loans.life.work import Work
from desmigratif.cooperative.rules.loans.policy import Component, Effect
from desmigratif.cooperative.rules.loans.schedule import make_schedule
from desmigratif.cooperative.rules.loans.terms import NO_GRACE, Grace, LoanTerms
from desmigratif.cooperative.rules.rounding import shares

_ASKED_AT_THE_END: tuple[Component, ...] = ("principal", "interest", "fees", "late_fee")


def lower_principal(work: Work, event_id: str, on: date, amount: int, effect: Effect) -> int:
    """Take money off the principal that is not due yet and remake the rest; returns what was too much."""
    ahead = work.ahead(on)
    balance = sum(line.open("principal") for line in ahead)
    taken = min(amount, balance)
    if not taken:
        return amount
    if taken == balance and work.terms.method != "flat":
        close(work, on)
        return work.lay_out(event_id, on, amount, work.due(on))
    extra = _interest_on(work, ahead[0], on, taken)
    paid = Line.for_charge(on, 0)
    paid.n, paid.asked["principal"] = ahead[0].n, taken
    work.lines.append(paid)
    if work.terms.method == "flat":
        _remake_flat(work, ahead, taken, effect)
    else:
        _remake(work, ahead, balance - taken, extra, effect)
    work.lay_out(event_id, on, taken, [paid])
    return amount - taken


def _interest_on(work: Work, line: Line, on: date, amount: int) -> int:
    """Interest that money earned in the running period before it came back, and what a grace has put off."""
    is_free = line.n <= work.terms.grace.interest_free or on <= line.start
    years = Decimal(0) if is_free else year_fraction(line.start, on, work.terms.day_count)
    return work.terms.rounding.interest(amount * work.terms.rate * years) + work.deferred_before(line)


def _remake(work: Work, ahead: list[Line], balance: int, extra: int, effect: Effect) -> None:
    """A new table over the due dates that remain; what was paid in advance stays paid."""
    rows = make_schedule(_terms_of_rest(work, ahead, balance, effect)).rows
    for number, line in enumerate(ahead[: len(rows)]):
        row = rows[number]
        line.asked["principal"] = line.paid["principal"] + row.principal
        interest = row.interest + line.carried["interest"] + (extra if number == 0 else 0)
        line.asked["interest"] = max(line.paid["interest"], interest)
        line.reckoned = row.reckoned
        line.deferred = sum(earlier.reckoned - earlier.interest for earlier in rows[: number + 1])
    work.forget(ahead[len(rows) :])


def _terms_of_rest(work: Work, ahead: list[Line], balance: int, effect: Effect) -> LoanTerms:
    terms, dates = work.terms, [line.end for line in ahead]
    usual, instalment = ahead[-2:][0], None  # the first may lie in a grace, the last takes the remainder
    if effect == "shorter" and terms.method == "declining":
        # As many rows as the old equal principal needs.
        dates = dates[: -(-balance // max(usual.asked["principal"], 1))]
    elif effect == "shorter" and terms.method == "annuity":
        instalment = max(usual.asked["principal"] + usual.asked["interest"], 1)
    passed = ahead[0].n - 1
    grace = Grace(*(max(0, min(count - passed, len(dates) - 1)) for count in _graces(terms.grace)))
    return replace(
        _bare(terms),
        principal=balance,
        instalments=len(dates),
        disbursed_on=ahead[0].start,
        due_dates=tuple(dates),
        grace=grace,
        instalment=instalment,
    )


def _graces(grace: Grace) -> tuple[int, int, int]:
    return grace.principal, grace.interest, grace.interest_free


def _bare(terms: LoanTerms) -> LoanTerms:
    """The terms without what belongs to the first table alone."""
    return replace(
        terms,
        first_due_on=None,
        due_dates=(),
        disbursements=(),
        fees=tuple(fee for fee in terms.fees if fee.on == "each"),
        moves=(),
        grace=NO_GRACE,
        instalment=None,
        down_payment_percent=Decimal(0),
    )


def _remake_flat(work: Work, ahead: list[Line], taken: int, effect: Effect) -> None:
    """Flat interest was agreed on what was lent: smaller rows keep it, rows that fall away do not ask it."""
    if effect == "lower":
        for line, less in zip(ahead, shares(taken, [line.open("principal") for line in ahead]), strict=True):
            line.asked["principal"] -= less
        return
    for line in reversed(ahead):
        less = min(taken, line.open("principal"))
        line.asked["principal"] -= less
        taken -= less
        if less and not line.open("principal"):
            line.drop_table()
            if not line.open_total:
                work.forget([line])


def close(work: Work, on: date) -> None:
    """Ask everything that ends the loan on this day, in one line; nothing later."""
    ahead = work.ahead(on)
    if not ahead:
        return
    due = [line for line in work.lines if line.due_on <= on]
    to_pay = work.payoff(on)
    last = Line.for_charge(on, 0)
    last.n = ahead[0].n
    for component in _ASKED_AT_THE_END:
        last.asked[component] = to_pay.of(component) - sum(line.open(component) for line in due)
    work.forget(ahead)
    work.lines.append(last)


def reschedule(work: Work, event: Reschedule) -> None:
    """A new table for what is still owed. Nothing is forgiven by it."""
    running = work.interest_up_to(event.on)
    overdue = [line for line in work.lines if line.due_on <= event.on]
    late_interest = sum(line.open("interest") for line in overdue)
    late_fees = sum(line.open("fees") for line in overdue) + work.carried_ahead("fees", event.on)
    was_open = work.forget(list(work.lines))
    interest = late_interest + running
    principal = was_open["principal"] + (interest if event.capitalise else 0)
    if not principal:
        return
    work.capitalised += interest if event.capitalise else 0
    work.rescheduled_count += 1
    work.class_before = event.class_before
    work.terms = replace(
        _bare(work.terms),
        principal=principal,
        annual_rate_percent=_given(event.annual_rate_percent, work.terms.annual_rate_percent),
        method=event.method or work.terms.method,
        instalments=event.instalments,
        every=event.every,
        disbursed_on=event.on,
        first_due_on=event.first_due_on,
        grace=Grace(interest_free=event.interest_free),
    )
    after = work.new_table_after = max((line.n for line in work.lines), default=0)
    lines = lines_of(make_schedule(work.terms).rows, after=after)
    if event.interest_free:  # later changes count a grace by the number of the line
        work.terms = replace(work.terms, grace=Grace(interest_free=after + event.interest_free))
    lines[0].carry("interest", 0 if event.capitalise else interest)
    lines[0].carry("fees", late_fees)
    lines[0].carry("late_fee", was_open["late_fee"])
    lines[0].late_waived = -was_open["late_fee"]
    work.lines += lines


def _given(new: Decimal | None, old: Decimal) -> Decimal:
    return old if new is None else new


def pause(work: Work, event: Moratorium) -> None:
    """Everything not due yet falls due later, and lateness stands still meanwhile."""
    until = add_months(event.on, event.months)
    work.pauses.append((event.on, until))
    moving = [line for line in work.in_order() if line.due_on >= event.on and line.open_total]
    balance = sum(line.open("principal") for line in moving)
    for number, line in enumerate(moving):
        line.due_on = add_months(line.due_on, event.months)
        line.start, line.end = add_months(line.start, event.months), add_months(line.end, event.months)
        if number:
            line.from_on = add_months(line.from_on, event.months)
    if event.interest == "charged" and moving:
        extra = work.terms.rounding.interest(balance * work.terms.rate * event.months / 12)
        moving[0].asked["interest"] += extra
        moving[0].reckoned += extra
