"""The health score of a savings-and-loan cooperative, by the form of the day: each ratio with its own figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from desmigratif.shared.dated import Dated, dated_on
from desmigratif.shared.reasons import Reason

FORMS = {"2016": "cooperative_health.forms", "2021": "cooperative_health.forms_2021"}
FIGURE_WORDS: dict[str, str] = {
    "own_capital": "Modal sendiri", "assets": "Total aset", "uncovered_loans": "Pinjaman tanpa agunan",
    "weighted_capital": "Modal tertimbang", "weighted_assets": "Aset tertimbang menurut risiko (ATMR)",
    "member_loans": "Pinjaman dan pembiayaan kepada anggota", "loans": "Pinjaman dan pembiayaan yang diberikan",
    "risk": "Risiko pinjaman bermasalah", "reserve": "Penyisihan dan cadangan risiko",
    "problem_loans": "Pinjaman kurang lancar, diragukan, dan macet", "member_cost": "Beban melayani anggota",
    "member_income": "Partisipasi bruto (pendapatan dari anggota)", "fixed_assets": "Aset tetap",
    "wages": "Gaji dan honor", "lent": "Pinjaman dan pembiayaan yang dicairkan setahun", "cash": "Kas dan bank",
    "current_liabilities": "Kewajiban lancar", "funds": "Dana yang diterima", "shu": "SHU",
    "interest_cost": "Jasa simpanan, bonus, dan bagi hasil penabung",
    "running_cost": "Beban usaha dan perkoperasian", "income": "Seluruh pendapatan",
    "member_capital": "Simpanan pokok dan wajib", "earning_assets": "Aktiva produktif",
    "equity": "Ekuitas, dengan SHU yang belum dibagi", "equity_before": "Ekuitas akhir tahun sebelumnya",
}  # fmt: skip
BEST_LEVEL = 4
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Ratio:
    """One line of the form. `percent` is None when there is nothing to divide by; `marks` is of 100, or a level, and
    None where the form does not say what nothing to divide by counts. `source` tells where its limits come from."""

    code: str
    label: str
    weight: Decimal
    over: tuple[tuple[str, int], ...]
    under: tuple[tuple[str, int], ...]
    percent: Decimal | None
    marks: Decimal | None
    source: str = ""

    @property
    def score(self) -> Decimal:
        return (self.marks or 0) * self.weight / 100


@dataclass(frozen=True, slots=True)
class Aspect:
    """Some ratios under one heading, with what they give and what they could have given.

    `percent` is the weight of the heading in the whole, where the form weighs headings; `unknown` names what it asks
    besides, and why that is not here.
    """

    title: str
    ratios: tuple[Ratio, ...]
    percent: int | None = None
    unknown: tuple[str, ...] = ()

    @property
    def score(self) -> Decimal:
        return sum((one.score for one in self.ratios), Decimal(0))

    @property
    def most(self) -> Decimal:
        return sum((one.weight for one in self.ratios), Decimal(0))


@dataclass(frozen=True, slots=True)
class Part:
    """One questionnaire of the management: how many questions, how many yes."""

    code: str
    label: str
    count: int
    yes: int | None
    each: Decimal

    @property
    def score(self) -> Decimal:
        return self.each * (self.yes or 0)


@dataclass(frozen=True, slots=True)
class Health:
    """The form filled in. `total` and `grade` only where every part of it is there; what is not stands in `unknown`."""

    form: str
    name: str
    is_level: bool
    aspects: tuple[Aspect, ...]
    parts: tuple[Part, ...]
    total: Decimal | None
    grade: str
    citation: str
    status: str
    unknown: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[Ratio, ...]:
        """The ratios that have a level."""
        return tuple(one for aspect in self.aspects for one in aspect.ratios if one.marks is not None)

    @property
    def reached(self) -> Decimal:
        """The levels of what is known, added."""
        return sum((one.marks for one in self.known if one.marks is not None), Decimal(0))

    @property
    def reachable(self) -> int:
        return BEST_LEVEL * len(self.known)


def form_on(form: str, on: date) -> Dated:
    """The form that holds on a day. Raises `NoValueOnDate` before its first."""
    return dated_on(FORMS[form], on)


def assess(form: str, figures: Mapping[str, int], answers: Mapping[str, int], on: date) -> Health:
    """Fill in a form from figures in rupiah and the yes-answers about the management."""
    law = form_on(form, on)
    shape = law.value
    aspects = tuple(
        Aspect(row["title"], tuple(_ratio(one, figures) for one in row["ratios"]), row.get("percent"),
               tuple(row.get("unknown", ())))
        for row in shape["aspects"]
    )  # fmt: skip
    parts = tuple(
        Part(row["code"], row["label"], row["count"], answers.get(row["code"]), Decimal(str(row["each"])))
        for row in shape["questions"]
    )
    is_level, unknown, total = shape["kind"] == "level", tuple(shape.get("unknown", ())), None
    if not is_level and all(part.yes is not None for part in parts):
        whole = sum((one.score for one in aspects), Decimal(0)) + sum((one.score for one in parts), Decimal(0))
        total = whole.quantize(_CENT, ROUND_HALF_UP)
    return Health(
        form, shape["name"], is_level, aspects, parts, total, "" if total is None else _grade(shape["grades"], total),
        law.citation, law.status, unknown,
    )  # fmt: skip


def _ratio(row: Mapping[str, Any], figures: Mapping[str, int]) -> Ratio:
    over, under = _terms(row["over"], figures), _terms(row["under"], figures)
    top, bottom = sum(amount for _name, amount in over), sum(amount for _name, amount in under)
    weight, source = Decimal(str(row.get("weight", 0))), row.get("source", "")
    if bottom <= 0:
        none = row.get("none", 0)
        marks = None if none is None else Decimal(none)
        return Ratio(row["code"], row["label"], weight, over, under, None, marks, source)
    percent = Decimal(top) * 100 / Decimal(bottom)
    return Ratio(row["code"], row["label"], weight, over, under, percent.quantize(_CENT, ROUND_HALF_UP),
                 _marks(row, percent), source)  # fmt: skip


def _terms(row: Mapping[str, int], figures: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((name, figures[name] * factor) for name, factor in row.items())


def _marks(row: Mapping[str, Any], percent: Decimal) -> Decimal:
    if "slope" in row:
        slope = row["slope"]
        fallen = (Decimal(slope["at"]) - percent) * Decimal(slope["add"])
        return max(Decimal(0), min(Decimal(slope["most"]), fallen))
    for band in row["bands"]:
        limit = band.get("to")
        if limit is None or percent < Decimal(str(limit)) or (percent == limit and not band.get("below")):
            return Decimal(band["marks"])
    raise ValueError(f"no band of {row['code']} takes {percent}")


def _grade(grades: list[dict[str, Any]], total: Decimal) -> str:
    return next(str(one["name"]) for one in grades if total >= one["from"])


def reasons_not_to_assess(*, year: int, first_year: int, today: date, is_classed: bool, has_form: bool) -> list[Reason]:
    """Why a year cannot be judged; an empty list means it can."""
    if year < first_year:
        text = f"Buku koperasi baru mulai tahun {first_year}; tahun {year} tidak ada."
        return [Reason("year_missing", text, field="year", way_out=f"Pilih tahun {first_year} atau sesudahnya.")]
    found = []
    if year >= today.year:
        text = f"Tahun {year} belum selesai, jadi belum dapat dinilai."
        found.append(Reason("year_not_over", text, field="year", way_out="Angkanya sampai hari ini tetap terlihat."))
    if not has_form:
        found.append(Reason("no_form", f"Formulir ini belum berlaku pada tahun {year}.", field="form"))
    if not is_classed:
        text = f"Pinjaman tahun {year} belum digolongkan lancar atau bermasalah."
        way_out = "Bendahara menghitung penyisihan Desember dulu (Pinjaman, Penyisihan)."
        found.append(Reason("not_classed", text, field="year", way_out=way_out))
    return found


def reasons_not_to_answer(answers: Mapping[str, int], form: Dated) -> list[Reason]:
    """Why these answers cannot be: more yes than questions, or a part that the form does not have."""
    counts = {row["code"]: row["count"] for row in form.value["questions"]}
    return [
        Reason("too_many_yes", f"Bagian ini hanya {counts.get(code, 0)} pertanyaan.", field=code)
        for code, yes in answers.items() if yes > counts.get(code, 0)
    ]  # fmt: skip


def word_on_sharia(sharia_since: date | None, year: int) -> str:
    """What to say beside the form of a year when the books were sharia in it; empty when they were not.

    Source: Perdep 07/2016 has a form of its own for a sharia cooperative; its measures were not read.
    """
    if sharia_since is None or sharia_since.year > year:
        return ""
    return (
        "Buku ini syariah. Dinas menilai koperasi syariah dengan formulir KSPPS (Perdep 07/2016) yang belum kami "
        "punya, jadi nilai di sini hanya gambaran."
    )
