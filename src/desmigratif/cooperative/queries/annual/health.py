"""The figures of the health score, from the books of a year. Each name stands in `rules.annual.health.FIGURE_WORDS`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from desmigratif.cooperative.models import (
    Cooperative,
    HealthAnswers,
    Holding,
    Leg,
    Loan,
    LoanCollateral,
    ProvisionMonth,
)
from desmigratif.cooperative.queries.sharia.contracts import CAPITAL_USE
from desmigratif.cooperative.queries.sharia.quality import FINANCING, graded_contracts
from desmigratif.cooperative.queries.year.statements import BookYear, book_year
from desmigratif.cooperative.queries.year.sums import sums_of
from desmigratif.cooperative.rules.annual import health as rules
from desmigratif.cooperative.rules.loans.collectibility import lending_at_risk
from desmigratif.cooperative.rules.year.layout import AccountSum
from desmigratif.cooperative.rules.year.statements import left_of_before
from desmigratif.shared.dated import NoValueOnDate, value_on
from desmigratif.shared.reasons import Reason

OWN = ("savings_principal", "savings_compulsory", "grants", "reserve_general", "reserve_risk")
UNDIVIDED = ("shu_current", "shu_undivided")
SAVED = ("savings_voluntary", "savings_term", "savings_purpose", "savings_mudharabah")
PAID_TO_SAVERS = ("savings_interest", "wadiah_bonus", "savers_profit_share")
LENDING = ("loans", "murabahah_receivable", *CAPITAL_USE.values())
EARNING = ("bank", "savings_elsewhere", "business_capital", "ijarah_assets", "ijarah_depreciation")
CASH = ("cash", "petty_cash", "bank", "e_wallet", "cash_in_transit")


@dataclass(frozen=True, slots=True)
class Assessed:
    """A year's form with why it is not final, if it is not; `health` is None when there is no such year or form."""

    year: int
    reasons: list[Reason]
    health: rules.Health | None


def assessed(cooperative: Cooperative, year: int, form: str, today: date) -> Assessed:
    """The form of a year. At most ten queries."""
    on = min(date(year, 12, 31), today)
    try:
        rules.form_on(form, on)
        has_form = True
    except NoValueOnDate:
        has_form = False
    first = cooperative.opened_on.year
    last = _classes(cooperative, year) if year >= first else None
    is_classed = last is not None or not _has_loans(cooperative, year)
    reasons = rules.reasons_not_to_assess(
        year=year, first_year=first, today=today, is_classed=is_classed, has_form=has_form
    )
    if year < first or year > today.year or not has_form:
        return Assessed(year, reasons, None)
    figures = figures_of(cooperative, book_year(cooperative, year, today), last)
    return Assessed(year, reasons, rules.assess(form, figures, answers_of(cooperative, year), on))


def own_capital_on(cooperative: Cooperative, on: date) -> int:
    """Own capital of a cooperative and its units at the end of a day. One query."""
    legs = Leg.objects.filter(
        Q(entry__cooperative=cooperative) | Q(entry__cooperative__parent=cooperative), entry__seal__sealed=True,
        entry__on__lte=on, account__use__in=OWN,
    )  # fmt: skip
    return -int(legs.aggregate(held=Sum("amount_rupiah", default=0))["held"])


def judged_apart(cooperative: Cooperative) -> list[Cooperative]:
    """The other books of the same cooperative: its units, or of a unit its cooperative."""
    if cooperative.parent is not None:
        return [cooperative.parent]
    return list(Cooperative.objects.everywhere().filter(parent=cooperative).order_by("opened_on", "name", "id"))


def answers_of(cooperative: Cooperative, year: int) -> dict[str, int]:
    """What was answered about the management of a year; empty before."""
    row = HealthAnswers.objects.of(cooperative).filter(year=year).first()
    return dict(row.answers) if row else {}


def _has_loans(cooperative: Cooperative, year: int) -> bool:
    end = date(year, 12, 31)
    has_loans = Loan.objects.of(cooperative).filter(disbursed_on__lte=end).exists()
    return has_loans or bool(graded_contracts(cooperative, end))


def _classes(cooperative: Cooperative, year: int) -> ProvisionMonth | None:
    """The loans by class of a December; of a running year, the latest month."""
    rows = ProvisionMonth.objects.of(cooperative).filter(month__year=year)
    return rows.order_by("-month").first()


def figures_of(cooperative: Cooperative, year: BookYear, classes: ProvisionMonth | None) -> dict[str, int]:
    """Every figure of the forms, in rupiah, debit or credit turned to its own side."""
    sums = sums_of(cooperative, year.first, year.last)
    by_class = classes.by_class if classes else {}
    assets = _closing(sums, "asset")
    loans = _use(sums, "loans") + sum(_use(sums, use) for use in FINANCING)
    income, cost = -_moved(sums, "income"), _moved(sums, "expense")
    member_income = -sum(one.moved for one in sums if one.kind == "income" and one.member_side == "member")
    own = -sum(_use(sums, use) for use in OWN)
    interest = sum(one.moved for one in sums if one.use in PAID_TO_SAVERS)
    saved = -sum(_use(sums, use) for use in SAVED)
    borrowed = -_use(sums, "borrowings")
    equity, equity_before = _equity(sums, income - cost)
    return {
        "equity": equity, "equity_before": equity_before,
        "own_capital": own, "assets": assets, "loans": loans, "member_loans": loans,
        "uncovered_loans": max(loans - _covered(cooperative), 0),
        "weighted_capital": own + _part_of_participation(sums, year.last), "weighted_assets": _at_risk(sums, year.last),
        "risk": lending_at_risk(by_class, year.last),
        "problem_loans": sum(amount for code, amount in by_class.items() if code != "current"),
        "reserve": -_use(sums, "loan_provision") - _use(sums, "reserve_risk"),
        "member_cost": sum(one.moved for one in sums if one.kind == "expense" and one.member_side != "non_member"),
        "member_income": member_income, "income": income, "interest_cost": interest, "running_cost": cost - interest,
        "fixed_assets": _use(sums, "fixed_assets") + _use(sums, "depreciation"),
        "wages": sum(one.moved for one in sums if one.use == "wages"),
        "lent": _lent(sums), "cash": sum(_use(sums, use) for use in CASH),
        "current_liabilities": -_closing(sums, "liability") - borrowed, "funds": saved + borrowed,
        "shu": income - cost, "member_capital": -_use(sums, "savings_principal") - _use(sums, "savings_compulsory"),
        "earning_assets": loans + sum(_use(sums, use) for use in EARNING),
    }  # fmt: skip


def _equity(sums: Iterable[AccountSum], shu: int) -> tuple[int, int]:
    """Own capital with what was earned and not divided yet: at the end of the year, and before its first day."""
    held = [one for one in sums if one.use in OWN + UNDIVIDED]
    left = left_of_before(sums)  # of years that nobody closed
    return shu + left - sum(one.closing for one in held), left - sum(one.opening for one in held)


def _use(sums: Iterable[AccountSum], use: str) -> int:
    return sum(one.closing for one in sums if one.use == use)


def _lent(sums: Iterable[AccountSum]) -> int:
    """What was handed out in the time: loans, capital and qardh whole, a sale at what it cost."""
    out = sum(one.debit for one in sums if one.use in LENDING)
    return out - sum(one.credit for one in sums if one.use == "murabahah_deferred")


def _closing(sums: Iterable[AccountSum], kind: str) -> int:
    return sum(one.closing for one in sums if one.kind == kind)


def _moved(sums: Iterable[AccountSum], kind: str) -> int:
    return sum(one.moved for one in sums if one.kind == kind)


def _part_of_participation(sums: Iterable[AccountSum], on: date) -> int:
    percent: int = value_on("cooperative_health.participation_capital_percent", on)
    return -_use(sums, "participation_capital") * percent // 100


def _at_risk(sums: Iterable[AccountSum], on: date) -> int:
    """Assets, each counted for as much as it can be lost."""
    weights = value_on("cooperative_health.asset_weights_percent", on)
    exact = sum(
        (Decimal(one.closing) * weights.get(one.use, 100) / 100 for one in sums if one.kind == "asset"), Decimal(0)
    )
    return int(exact)


def _covered(cooperative: Cooperative) -> int:
    """What of the running loans stands behind a pledge, each loan at most for what is owed of it."""
    owed = dict(
        Holding.objects.filter(account__cooperative_id=cooperative.id, account__use="loans", balance_rupiah__gt=0)
        .values_list("holder_id", "balance_rupiah")
    )  # fmt: skip
    pledged: dict[object, int] = {}
    rows = LoanCollateral.objects.of(cooperative).filter(loan_id__in=owed).values_list("loan_id", "value_rupiah")
    for loan, value in rows:
        pledged[loan] = pledged.get(loan, 0) + value
    return sum(min(amount, pledged.get(loan, 0)) for loan, amount in owed.items())
