"""What a worker may be charged for going, against what was paid. Plain Python.

Jobs that are free of cost go first; then the table of the country in force; without one, only the list of personal
costs is known, and what is not known is never guessed (None).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from desmigratif.cases.rules.offer.input import Component, EmployerType, Job, Money
from desmigratif.regulations.countries import country_names
from desmigratif.shared import dated
from desmigratif.shared.dated import NoValueOnDate, dated_on
from desmigratif.shared.inputs import Input
from desmigratif.shared.reasons import InvalidInput, Reason


class Paid(Input):
    """What was asked of, or paid by, the worker for one thing, in whole rupiah."""

    component: Component
    amount: Money


class CostsInput(Input):
    """The work and what was paid for it; unknown = null or left out."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    job: Job | None = None
    employer_type: EmployerType | None = None
    contract_months: Annotated[int, Field(ge=1, le=120)] | None = None
    paid: Annotated[
        tuple[Paid, ...], Field(max_length=200), BeforeValidator(lambda rows: () if rows is None else rows)
    ] = ()


@dataclass(frozen=True, slots=True)
class CostLine:
    """One component. `payer`: worker | employer | local_government | worker_or_employer; None = nobody may be
    charged for it, or it is not known. `lawful`: the most that the worker may be charged; None = not known."""

    component: str
    payer: str | None
    lawful: int | None
    paid: int
    citation: str

    @property
    def excess(self) -> int | None:
        return None if self.lawful is None else max(0, self.paid - self.lawful)

    def as_dict(self) -> dict[str, Any]:
        row = asdict(self)
        return {
            name: self.excess if name == "excess" else row[name]
            for name in ("component", "payer", "lawful", "paid", "excess", "citation")
        }


@dataclass(frozen=True, slots=True)
class CostsResult:
    """Totals and lines; `excess` is total paid over total lawful, never below 0. None = not known.

    `employer_total` is what the table lays on the employer.
    """

    lawful_total: int | None
    lines: tuple[CostLine, ...]
    citation: str
    status: str
    employer_total: int | None = None

    @property
    def paid_total(self) -> int:
        return sum(line.paid for line in self.lines)

    @property
    def excess(self) -> int | None:
        return None if self.lawful_total is None else max(0, self.paid_total - self.lawful_total)

    @property
    def has_findings(self) -> bool:
        return bool(self.excess) or (self.lawful_total is None and any(line.excess for line in self.lines))

    def as_dict(self) -> dict[str, Any]:
        """The document that other programs read."""
        return {
            "lawful_total": self.lawful_total,
            "paid_total": self.paid_total,
            "excess": self.excess,
            "lines": [line.as_dict() for line in self.lines],
        }


def parse_costs(document: Any) -> CostsInput:
    """Read a document (as JSON gives it). Raises `InvalidInput` with Indonesian reasons by field path."""
    given = CostsInput.read(document)
    if given.country is not None and (given.country not in country_names() or given.country == "IDN"):
        raise InvalidInput(Reason("unknown_country", "Negara tujuan ini tidak ada dalam daftar.", field="country"))
    return given


def check_costs(given: CostsInput, *, on: date) -> CostsResult:
    """Lawful against paid, by the rules of a day."""
    paid = _summed((row.component, row.amount) for row in given.paid)
    if given.job in _value("placement_costs.zero_cost_jobs", on, ()):
        return _zero_cost(paid, on)
    if table := _table_for(given, on):
        return _by_table(table, paid)
    return _personal_only(given, paid, on)


def _zero_cost(paid: dict[str, int], on: date) -> CostsResult:
    ground = dated_on("cost_tables.zero_cost_payers", on)
    payers: dict[str, str] = ground.value
    lines = [CostLine(name, payer, 0, paid.get(name, 0), ground.citation) for name, payer in payers.items()]
    lines += [CostLine(name, None, 0, paid[name], ground.citation) for name in paid if name not in payers]
    return CostsResult(0, tuple(lines), ground.citation, ground.status)


def _by_table(ground: dated.Dated, paid: dict[str, int]) -> CostsResult:
    """Lines by component: a component that the worker may be charged for shows the worker's part."""
    table: dict[str, Any] = ground.value
    of_worker = _summed((name, amount) for name, payer, amount in table["lines"] if payer == "worker")
    payers = {name: payer for name, payer, _ in table["lines"]} | dict.fromkeys(of_worker, "worker")
    lines = [
        CostLine(name, payer, of_worker.get(name, 0), paid.get(name, 0), ground.citation)
        for name, payer in payers.items()
    ]
    beyond = CostLine("", None, 0 if table["whole"] else None, 0, ground.citation)
    lines += [replace(beyond, component=name, paid=amount) for name, amount in paid.items() if name not in payers]
    foreign = table.get("foreign", {"amount": 0, "rupiah_each_at_most": 0})
    total = table["total"] + foreign["amount"] * foreign["rupiah_each_at_most"]
    by_employer = sum(amount for _, payer, amount in table["lines"] if payer == "employer")
    return CostsResult(total, tuple(lines), ground.citation, ground.status, by_employer)


def _personal_only(given: CostsInput, paid: dict[str, int], on: date) -> CostsResult:
    try:
        ground = dated_on("cost_tables.personal_costs", on)
    except NoValueOnDate:
        return CostsResult(None, tuple(CostLine(name, None, None, amount, "") for name, amount in paid.items()), "", "")
    shared: list[str] = ground.value
    premium = social_security(given.contract_months, on=on)
    lines = []
    for name in [*shared, *(name for name in paid if name not in shared)]:
        payer = "worker_or_employer" if name in shared else None
        line = CostLine(name, payer, None, paid.get(name, 0), ground.citation)
        if name == "social_security" and premium is not None:
            line = replace(line, lawful=premium, citation=dated_on("cost_tables.social_security", on).citation)
        lines.append(line)
    return CostsResult(None, tuple(lines), ground.citation, ground.status)


def social_security(contract_months: int | None, *, on: date) -> int | None:
    """The premium before, while and after a contract of so many months, in rupiah; None if not known."""
    prices = _value("cost_tables.social_security", on, None)
    if contract_months is None or prices is None:
        return None
    during: dict[int, int] = prices["during"]
    enough = [months for months in during if months >= contract_months]
    longest = max(during)
    if enough:
        return int(prices["before"] + during[min(enough)])
    return int(prices["before"] + during[longest] + (contract_months - longest) * prices["each_month_beyond"])


def _table_for(given: CostsInput, on: date) -> dated.Dated | None:
    """The table in force for this country and this job, or this kind of employer."""
    for name, versions in dated.subject("cost_tables").items():
        for ground in versions if name.startswith("table_") else ():
            table = ground.value
            fits = given.job in table["jobs"] if "jobs" in table else given.employer_type == table["employer_type"]
            if ground.holds_on(on) and given.country == table["country"] and fits:
                return ground
    return None


def _summed(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, amount in rows:
        sums[name] = sums.get(name, 0) + amount
    return sums


def _value(path: str, on: date, otherwise: Any) -> Any:
    try:
        return dated_on(path, on).value
    except NoValueOnDate:
        return otherwise
