"""What a worker may be charged: the worked examples hold, and hold down every value of the tables."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from desmigratif.cases.rules.before.costs import CostsInput, check_costs, parse_costs
from desmigratif.cases.rules.before.debt import by_placement_loan, flat
from desmigratif.shared.dated import subject, value_on
from desmigratif.shared.reasons import InvalidInput
from desmigratif.shared.tests.mutating import unnoticed

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Example:
    title: str
    on: date
    given: CostsInput
    lawful: int | None
    excess: int | None
    lines: dict[str, list[Any]]
    citation: str
    whole: bool
    by_employer: int | None


def examples() -> Iterator[Example]:
    """Every example; one with "untuk" comes once for each of its values."""
    text = files("desmigratif.regulations").joinpath("examples/check_costs.yaml").read_text(encoding="utf-8")
    for row in yaml.safe_load(text):
        names, values = list(row.get("untuk", {})), list(row.get("untuk", {}).values())
        for combination in itertools.product(*values):
            known = {**copy.deepcopy(row["diketahui"]), **dict(zip(names, combination, strict=True))}
            known["paid"] = [{"component": name, "amount": amount} for name, amount in known["paid"].items()]
            yield Example(
                f"{row['judul']} {combination if names else ''}", row["tanggal"], parse_costs(known), row["boleh"],
                row["lebih"], row.get("rincian", {}), row.get("dasar", ""), row.get("lengkap", False),
                row.get("pemberi_kerja"),
            )  # fmt: skip


EXAMPLES = tuple(examples())


def is_true(example: Example) -> bool:
    result = check_costs(example.given, on=example.on)
    lines = {line.component: [line.payer, line.lawful] for line in result.lines}
    return (
        (result.lawful_total, result.excess) == (example.lawful, example.excess)
        and (lines == example.lines if example.whole else lines.items() >= example.lines.items())
        and (example.by_employer is None or result.employer_total == example.by_employer)
        and (not example.citation or result.citation == example.citation)
    )


LOANS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/placement_loan.yaml").read_text(encoding="utf-8")
)


def loan_is_true(row: dict[str, Any]) -> bool:
    found = by_placement_loan(row["utang"], row["bulan"], on=row["tanggal"])
    if found is None or row["cicilan"] is None:
        return found is None and row["cicilan"] is None
    return found.each == row["cicilan"] and found.citation == row.get("dasar", found.citation)


@pytest.mark.parametrize("row", LOANS["kur"], ids=str)
def test_a_loan_of_the_government_is_reckoned_as_the_example_says(row: dict[str, Any]) -> None:
    assert loan_is_true(row)


@pytest.mark.parametrize("row", LOANS["biasa"], ids=str)
def test_a_lenders_loan_is_reckoned_as_the_example_says(row: dict[str, Any]) -> None:
    found = flat(row["utang"], Decimal(str(row["persen"])), row["bulan"])

    assert (found.each, found.total) == (row["cicilan"], row["seluruhnya"])
    assert found.each * found.months >= found.total


def test_an_instalment_is_a_share_of_the_wage() -> None:
    assert flat(12_000_000, Decimal(0), 12).share_of(4_000_000) == 25
    assert flat(12_000_000, Decimal(0), 12).share_of(None) is None


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_a_worked_example_is_true(example: Example) -> None:
    assert is_true(example), check_costs(example.given, on=example.on).as_dict()


def test_no_value_of_the_tables_can_be_changed_without_an_example_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_true() -> bool:
        try:
            return all(is_true(example) for example in EXAMPLES) and all(map(loan_is_true, LOANS["kur"]))
        except (LookupError, ValueError, TypeError):
            return False  # a shape that cannot be read is noticed too

    tried, missed = unnoticed(
        monkeypatch, "cost_tables", all_true, others=("placement_costs",), since_elsewhere=("zero_cost_payers",)
    )

    assert tried > 300
    assert missed == []


def test_the_lines_of_a_whole_table_add_up_to_its_total() -> None:
    tables = [
        version.value
        for name, versions in subject("cost_tables").items()
        for version in versions
        if name.startswith("table_") and version.value["whole"]
    ]

    sums = [sum(amount for _, payer, amount in table["lines"] if payer == "worker") for table in tables]
    assert sums == [table["total"] for table in tables] == [14_780_400, 34_218_100]


def test_the_tables_agree_with_the_caps_of_the_offer_check() -> None:
    for on in (date(2018, 1, 1), TODAY):
        for cap in value_on("placement_costs.worker_cost_caps", on):
            for job in cap["jobs"]:
                result = check_costs(CostsInput(country=cap["country"], job=job), on=on)
                foreign = cap.get("foreign", {"amount": 0, "rupiah_each_at_most": 0})
                zero = job in value_on("placement_costs.zero_cost_jobs", on)
                assert result.lawful_total == (
                    0 if zero else cap["rupiah"] + foreign["amount"] * foreign["rupiah_each_at_most"]
                )


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"paid": [{"component": "training", "amount": -1}]}, "paid.0.amount"),
        ({"paid": [{"component": "emas", "amount": 1}]}, "paid.0.component"),
        ({"country": "ZZZ"}, "country"),
        ({"country": "IDN"}, "country"),
        ({"contract_months": 0}, "contract_months"),
        ({"paid": "banyak"}, "paid"),
    ],
)
def test_impossible_values_are_refused_by_field(document: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_costs(document)

    assert [reason.field for reason in refused.value.reasons] == [field]


@settings(deadline=None)
@given(amounts=st.lists(st.integers(0, 10**12), max_size=6), more=st.integers(0, 10**9))
def test_paying_more_never_makes_less_excess(amounts: list[int], more: int) -> None:
    def excess(extra: int) -> int:
        paid = [{"component": "agency_fee", "amount": amount} for amount in [*amounts, extra]]
        found = check_costs(parse_costs({"country": "TWN", "job": "factory_worker", "paid": paid}), on=TODAY).excess
        assert found is not None
        return found

    assert 0 <= excess(0) <= excess(more)


def test_a_component_paid_twice_is_one_line() -> None:
    paid = [{"component": "medical", "amount": 500_000}, {"component": "medical", "amount": 600_000}]

    result = check_costs(parse_costs({"country": "HKG", "job": "domestic_worker", "paid": paid}), on=date(2013, 6, 1))

    (medical,) = [line for line in result.as_dict()["lines"] if line["component"] == "medical"]
    assert medical == {
        "component": "medical", "payer": "worker", "lawful": 700_000, "paid": 1_100_000, "excess": 400_000,
        "citation": "Kepmen 98/2012",
    }  # fmt: skip
