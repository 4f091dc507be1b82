"""The law behind the cooperative's sums as data: grounded, with worked examples that hold down every value."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
import yaml

from desmigratif.cooperative.rules.business import reasons_not_to_pass_on, reasons_not_to_take_capital
from desmigratif.cooperative.rules.days import Every
from desmigratif.cooperative.rules.loans.collectibility import (
    CLASSES,
    COLLATERAL_LABELS,
    Collateral,
    Standing,
    classify,
    is_suspended,
    lending_at_risk,
    required_provision,
)
from desmigratif.cooperative.rules.loans.effective_rate import check_loan_cap
from desmigratif.cooperative.rules.loans.limits import LendingFigures, reasons_not_to_lend_so_much
from desmigratif.cooperative.rules.loans.presets import seasons_on
from desmigratif.cooperative.rules.loans.schedule import make_schedule
from desmigratif.cooperative.rules.loans.terms import LoanTerms
from desmigratif.cooperative.rules.members.founding import Group, readiness
from desmigratif.cooperative.rules.members.membership import (
    founders_missing,
    reasons_not_to_serve,
    reasons_not_to_stay_candidate,
)
from desmigratif.cooperative.rules.rates import reasons_against_savings_rate
from desmigratif.cooperative.rules.savings.tax import monthly_tax
from desmigratif.cooperative.rules.write_off import reasons_not_to_write_off
from desmigratif.shared import dated

SUBJECTS = tuple(f"cooperative_{name}" for name in ("rates", "collectibility", "lending", "members", "tax", "business"))
TEXT = files("desmigratif.regulations").joinpath("examples/cooperative.yaml").read_text(encoding="utf-8")
EXAMPLES: list[dict[str, Any]] = yaml.safe_load(TEXT)
RHYTHMS = {"mingguan": Every(1, "week"), "bulanan": Every(), "enam bulanan": Every(6), "musiman": Every()}


def yes(reasons: list[Any]) -> str:
    return "tidak" if reasons else "boleh"


def loan_rate(known: dict[str, Any], on: Any) -> str:
    terms = LoanTerms(12_000_000, Decimal(known["persen"]), known["cara"], 12, on)
    return {True: "boleh", False: "tidak", None: "belum diketahui"}[check_loan_cap(make_schedule(terms)).within]


def loan_class(known: dict[str, Any], on: Any) -> str:
    standing = Standing(
        every=RHYTHMS[known["angsuran"]],
        is_bullet=known["angsuran"] == "musiman",
        principal_since=known.get("pokok_sejak"),
        interest_since=known.get("jasa_sejak"),
        debt=100,
        collateral=known.get("agunan", 0),
        rescuable=known.get("selamat", True),
        doubtful_since=known.get("diragukan_sejak"),
        handed_over=known.get("diserahkan", False),
        class_before=known.get("golongan_dulu", "current"),
        paid_since=known.get("angsuran_baru", 0),
    )
    answer = classify(standing, on)
    assert answer.reason.endswith(".") and answer.citation
    return answer.code


ANSWERS: dict[str, Callable[[dict[str, Any], Any], Any]] = {
    "bunga_pinjaman": loan_rate,
    "bunga_simpanan": lambda known, on: yes(reasons_against_savings_rate(Decimal(known["persen"]), on)),
    "pajak": lambda known, on: monthly_tax(known["jasa"], on),
    "pajak_shu": lambda known, on: known["shu"] * dated.value_on("cooperative_tax.shu_to_members_percent", on) // 100,
    "golongan": loan_class,
    "jasa_berjalan": lambda known, on: "ditunda" if is_suspended(known["golongan"], on) else "dihitung",
    "ppap": lambda known, on: required_provision(
        known["golongan"], 1_000_000, [Collateral(*item) for item in known["agunan"].items()], on
    ),
    "risiko": lending_at_risk,
    "bmpp": lambda known, on: yes(
        reasons_not_to_lend_so_much(
            known["minta"], known["peran"], LendingFigures(100_000_000, known["sudah"], 0), known["setuju"], on
        )
    ),
    "calon": lambda known, on: yes(reasons_not_to_stay_candidate(known["sejak"], on)),
    "layanan": lambda known, on: yes(reasons_not_to_serve(known["status"], on)),
    "kesiapan": lambda known, on: [
        item.code
        for item in readiness(Group(known["orang"], True, frozenset(known["tercatat"])), known["bentuk"], on)
        if not item.is_ready
    ],
    "penerima_penyertaan": lambda known, on: yes(reasons_not_to_take_capital(known["bentuk"], on)),
    "pengalihan": lambda known, on: yes(reasons_not_to_pass_on(known["sebab"], known["ada"], on)),
    "pendiri": lambda known, on: founders_missing(known["orang"], on),
    "hapus_buku": lambda known, on: yes(reasons_not_to_write_off(known["alasan"], known["golongan"], on)),
    "musim": lambda known, on: next(one.months for one in seasons_on(on) if one.code == known["tanaman"]),
}


def answer_to(example: dict[str, Any]) -> Any:
    try:
        return ANSWERS[example["jenis"]](example["diketahui"], example["tanggal"])
    except (dated.NoValueOnDate, KeyError, ValueError, ArithmeticError) as problem:
        return problem


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["judul"])
def test_a_worked_example_is_true(example):
    assert answer_to(example) == example["hasil"]


def test_every_value_is_dated_grounded_and_follows_the_one_before():
    for subject in SUBJECTS:
        for name, versions in dated.subject(subject).items():
            for version in versions:
                assert version.status in ("read", "press", "to_confirm"), name
                assert version.citation and version.source, name
                assert not re.search(r"\[[SCKM]\]", version.source), "sources by title and date"
            for earlier, later in itertools.pairwise(versions):
                assert earlier.until == later.since
            assert versions[-1].until is None


def test_every_kind_of_collateral_and_every_class_has_its_value():
    law = dated.subject("cooperative_collectibility")

    assert set(law["collateral_counted_percent"][0].value) == set(COLLATERAL_LABELS)
    assert set(law["provision_percent"][0].value) == set(CLASSES)


# What to add to a list so that somebody who reads the examples must object.
INTRUDERS = {
    "served": "candidate",
    "classes_with_collateral": "current",
    "classes_suspended": "current",
    "related_roles": "member",
    "takers": "savings_group",
    "related_party_approvals": None,  # there is no third body to ask
}


def changed_values(value: Any) -> Iterator[Any]:
    """The value with one thing changed, for each thing in it that could be written wrongly."""
    if isinstance(value, int):
        yield from (value - 1, value + 1)
    elif isinstance(value, str) and value.replace(".", "").isdigit():
        yield from (str(Decimal(value) - Decimal("0.1")), str(Decimal(value) + Decimal("0.1")))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            without = value[:number] + value[number + 1 :]
            if not isinstance(item, str):
                yield from ([*value[:number], other, *value[number + 1 :]] for other in changed_values(item))
            else:
                yield without
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from ({**value, key: other} for other in changed_values(item))


def mutations() -> Iterator[tuple[str, str, tuple[dated.Dated, ...]]]:
    """(subject, name, versions with one value or day changed), for every value in the law."""
    for subject in SUBJECTS:
        for name, versions in dated.subject(subject).items():
            for number, version in enumerate(versions):
                values = list(changed_values(version.value))
                if INTRUDERS.get(name):
                    values.append([*version.value, INTRUDERS[name]])
                for value in values:
                    yield subject, name, (
                        *versions[:number], replace(version, value=value), *versions[number + 1 :]
                    )  # fmt: skip
            for earlier, later in itertools.pairwise(versions):
                for days in (timedelta(days=-1), timedelta(days=1)):
                    day = later.since + days
                    yield subject, name, (replace(earlier, until=day), replace(later, since=day))


def test_no_value_of_the_law_can_be_changed_without_an_example_failing(monkeypatch):
    real = dated.subject
    wrong_laws = list(mutations())
    unnoticed = []
    for subject, name, versions in wrong_laws:
        law = {file: real(file) for file in SUBJECTS}
        law[subject] = {**law[subject], name: versions}
        monkeypatch.setattr(dated, "subject", law.__getitem__)
        if all(answer_to(example) == example["hasil"] for example in EXAMPLES):
            unnoticed.append((name, [(version.since, version.value) for version in versions]))
    monkeypatch.undo()

    assert len(wrong_laws) > 80
    assert unnoticed == []


@pytest.mark.parametrize("name", ["loan_cap_percent", "savings_cap_percent"])
def test_a_cap_holds_from_its_first_day(monkeypatch, name):
    (version,) = dated.subject("cooperative_rates")[name]

    for days in (timedelta(days=-1), timedelta(days=1)):
        law = {**dated.subject("cooperative_rates"), name: (replace(version, since=version.since + days),)}
        with monkeypatch.context() as patched:
            patched.setattr(dated, "subject", lambda file, law=law: law)
            mine = [one for one in EXAMPLES if one["jenis"].startswith("bunga")]
            assert any(answer_to(example) != example["hasil"] for example in mine)
