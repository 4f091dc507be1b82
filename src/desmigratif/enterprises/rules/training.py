"""Trainings: days, scores, certificates. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason

MOST_SCORE = 100


def reasons_not_to_hold(*, on: date, starts_on: date, closed_on: date | None) -> list[Reason]:
    """Why a day cannot be written down for a training; empty means it can."""
    reasons = closed(closed_on)
    if on < starts_on:
        reasons.append(Reason("before_training", "Tanggalnya sebelum pelatihan dimulai.", field="on"))
    return reasons


def closed(closed_on: date | None) -> list[Reason]:
    if closed_on is None:
        return []
    return [Reason("training_closed", "Pelatihan ini sudah selesai dan sertifikatnya sudah dibuat.")]


def reasons_against_score(score: int | None, field: str) -> list[Reason]:
    """A score is of a hundred; one that was not taken stays empty."""
    if score is None or 0 <= score <= MOST_SCORE:
        return []
    text = f"Nilai dari 0 sampai {MOST_SCORE}; yang tertulis {score}."
    return [Reason("score_out_of_range", text, field=field)]


def earns_certificate(*, attended_hours: int, held_hours: int, on: date) -> bool:
    """Whether enough of what was held was attended. Nothing held, nothing earned."""
    least: int = value_on("enterprises.certificate", on)["attended_percent"]
    return held_hours > 0 and 100 * attended_hours >= least * held_hours


def reasons_not_to_close(*, held_hours: int, earning: int, closed_on: date | None) -> list[Reason]:
    """Why a training cannot be ended; empty means it can."""
    reasons = closed(closed_on)
    if held_hours == 0:
        reasons.append(Reason("nothing_held", "Belum ada hari pelatihan yang dicatat."))
    elif earning == 0:
        text = "Belum ada peserta yang cukup hadir untuk mendapat sertifikat."
        reasons.append(Reason("nobody_earned", text, way_out="Periksa lagi daftar hadirnya."))
    return reasons


@dataclass(frozen=True, slots=True)
class Gain:
    """Mean scores of those who gave both."""

    people: int
    before: int
    after: int

    @property
    def points(self) -> int:
        return self.after - self.before


def gain_of(scores: list[tuple[int | None, int | None]]) -> Gain | None:
    """How much was learnt; None while nobody gave both scores."""
    both = [(pre, post) for pre, post in scores if pre is not None and post is not None]
    if not both:
        return None
    people = len(both)
    return Gain(people, round(sum(pre for pre, _ in both) / people), round(sum(post for _, post in both) / people))


def certificate_number(place: int, year: int) -> str:
    """PLT-2026-007: the seventh of the village in that year."""
    return f"PLT-{year}-{place:03d}"
