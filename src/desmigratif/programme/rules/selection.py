"""Choosing villages: what a candidate scores, when it may be named, and which quota and which need stay unmet.

A score is the mean of what is known, by the weights of regulations/programme.yaml: the index of need of the village
among the villages whose figures are known, and the signs that the survey found. What nobody knows is left out and
said, never counted as nothing. Own construction, no official formula was found. Plain Python.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desmigratif.programme.rules.quotas import Needy
from desmigratif.programme.rules.steps import types_on
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

YES, PARTLY, NO, UNKNOWN = "yes", "partly", "no", "unknown"
WORTH = {YES: 100.0, PARTLY: 50.0, NO: 0.0}


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100, with its two parts; None = nothing known. `known` of `of` signs were answered."""

    total: float | None
    need: float | None
    signs: float | None
    known: int
    of: int

    @property
    def is_whole(self) -> bool:
        """Whether both parts are known."""
        return self.need is not None and self.signs is not None


def weights_on(day: date) -> Mapping[str, int]:
    """What the need and the signs of a village weigh, in hundredths."""
    weights: Mapping[str, int] = value_on("programme.selection_weights", day)
    return weights


def criteria_on(programme: str, day: date) -> Mapping[str, str]:
    """Criterion -> its words; empty for a programme that nobody knows."""
    criteria: Mapping[str, str] = types_on(day).get(programme, {}).get("criteria", {})
    return criteria


def score(*, need: float | None, signs: Mapping[str, str], criteria: Iterable[str], on: date) -> Score:
    """What a candidate scores."""
    wanted = list(criteria)
    worth = [WORTH[signs[code]] for code in wanted if signs.get(code) in WORTH]
    of_signs = round(sum(worth) / len(worth), 1) if worth else None
    weights = weights_on(on)
    parts = [(weights["need"], need), (weights["signs"], of_signs)]
    known = [(weight, value) for weight, value in parts if value is not None]
    total = (
        round(sum(weight * value for weight, value in known) / sum(weight for weight, _ in known), 1) if known else None
    )
    return Score(total, need, of_signs, len(worth), len(wanted))


def reasons_not_to_propose(*, programme: str, year: int, is_in: bool, is_proposed: bool, on: date) -> list[Reason]:
    """Why a village cannot become a candidate; empty means it can."""
    if programme not in types_on(on):
        return [Reason("unknown_programme", "Pilih salah satu program yang tersedia.", field="programme")]
    if is_in:
        return [Reason("in_already", "Desa ini sudah ada dalam program itu.", field="programme")]
    if is_proposed:
        return [Reason("proposed_already", f"Desa ini sudah menjadi calon untuk {year}.", field="year")]
    if not on.year <= year <= on.year + 2:
        text = f"Calon diusulkan untuk {on.year} sampai {on.year + 2}."
        return [Reason("year_out_of_range", text, field="year")]
    return []


def reasons_not_to_survey(
    *, signs: Mapping[str, str], criteria: Collection[str], since: date, is_named: bool, on: date
) -> list[Reason]:
    """Why what a survey found cannot be written down."""
    if is_named:
        return [_named()]
    if set(signs) - set(criteria) or set(signs.values()) - {*WORTH, UNKNOWN}:
        return [Reason("unknown_sign", "Jawaban ini tidak dikenal.", field="signs")]
    return _before(since, on)


def reasons_not_to_deliberate(*, surveyed_on: date | None, is_named: bool, on: date) -> list[Reason]:
    """Why what the village said cannot be written down: the village hears the survey first."""
    if is_named:
        return [_named()]
    if surveyed_on is None:
        text = "Survei desa ini belum dicatat."
        return [Reason("not_surveyed", text, way_out="Catat surveinya dulu, lalu musyawarahnya.")]
    return _before(surveyed_on, on)


def reasons_not_to_name(*, agreed: bool | None, deliberated_on: date | None, on: date, today: date) -> list[Reason]:
    """Why a decree cannot stand without its deliberation. Decrees of earlier years are history and are taken over."""
    if on.year < today.year:
        return []
    if deliberated_on is None:
        text = "Musyawarah desa sebagai calon belum dicatat."
        return [Reason("not_deliberated", text, way_out="Catat calon, survei, dan musyawarahnya dulu.")]
    if not agreed:
        return [Reason("village_said_no", f"Musyawarah desa {format_date(deliberated_on)} tidak menyetujui.")]
    if on < deliberated_on:
        text = f"Tanggalnya sebelum musyawarah desa, {format_date(deliberated_on)}."
        return [Reason("before_deliberation", text, field="on")]
    return []


def _named() -> Reason:
    return Reason("named_already", "Calon ini sudah ditetapkan.")


def _before(since: date, on: date) -> list[Reason]:
    if on >= since:
        return []
    return [Reason("too_early", f"Tanggalnya sebelum langkah sebelumnya, {format_date(since)}.", field="on")]


@dataclass(frozen=True, slots=True)
class Plan:
    """A region's quota of a year: how many are named, how many wait, how many are missing, who is left out."""

    region: str
    year: int
    villages: int
    paper: str
    named: int
    waiting: int
    left_out: tuple[str, ...]

    @property
    def unmet(self) -> int:
        return max(self.villages - self.named, 0)


def without_anybody(needs: Iterable[Needy], region: str, village_codes: Iterable[str], least: float) -> tuple[str, ...]:
    """Regencies of a region that need the programme and have no village in it, named or waiting; neediest first."""
    there = {".".join(code.split(".")[:2]) for code in village_codes}
    return tuple(
        one.region
        for one in needs
        if (region == "ID" or one.region == region or one.region.startswith(f"{region}."))
        and one.score >= least
        and one.region not in there
    )
