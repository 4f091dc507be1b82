"""Coming back: what fits together, when an origin is sure, what is due, how it went. Plain Python.

Kinds, causes, needs and questions are data (regulations/returns.yaml); here is what they mean. Dates come in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desmigratif.cases.rules.papers.papers import last_day
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

DEPORTED, DEAD = "deported", "dead"
HIGHEST = 2  # of one answer


def listed(name: str, day: date) -> Mapping[str, Any]:
    """A list of regulations/returns.yaml on a day: code -> label, or what the file says of it."""
    rows: Mapping[str, Any] = value_on(f"returns.{name}", day)
    return rows


def labels(name: str, day: date) -> dict[str, str]:
    """code -> label."""
    return {code: said if isinstance(said, str) else said["label"] for code, said in listed(name, day).items()}


@dataclass(frozen=True, slots=True)
class Reported:
    """What was said of a return."""

    kind: str
    cause: str
    on: date
    source: str
    travel_paper: str = ""


def reasons_not_to_record(said: Reported, *, left_on: date | None, today: date) -> list[Reason]:
    """Why a return cannot be written down so; empty means it can."""
    reasons = []
    if said.on > today:
        reasons.append(Reason("date_in_future", "Tanggal pulang tidak boleh sesudah hari ini.", field="returned_on"))
    if left_on is not None and said.on < left_on:
        text = f"Tanggal pulang tidak boleh sebelum berangkat, {format_date(left_on)}."
        reasons.append(Reason("before_departure", text, field="returned_on"))
    if said.kind not in listed("kinds", today):
        reasons.append(Reason("unknown_kind", "Pilih bagaimana pulangnya.", field="kind"))
    causes = listed("causes", today)
    if said.cause not in causes:
        reasons.append(Reason("unknown_cause", "Pilih sebabnya, atau Belum diketahui.", field="cause"))
    elif said.kind not in causes[said.cause]["kinds"]:
        text = "Sebab ini tidak cocok dengan cara pulangnya."
        way_out = "Pilih sebab lain, atau Belum diketahui."
        reasons.append(Reason("cause_does_not_fit", text, field="cause", way_out=way_out))
    if said.source not in listed("sources", today):
        reasons.append(Reason("unknown_source", "Pilih dari siapa kabarnya.", field="source"))
    if said.travel_paper and said.travel_paper not in listed("travel_papers", today):
        reasons.append(Reason("unknown_paper", "Pilih surat perjalanannya.", field="travel_paper"))
    return reasons


def reasons_not_to_join(standing: str, said: str) -> list[Reason]:
    """Why a second report does not belong to a return that stands; empty means both tell of the same one."""
    if standing == said:
        return []
    if standing == DEAD:
        text = "Warga ini sudah tercatat meninggal."
        way_out = "Bila kabar itu keliru, tarik dulu catatannya; semua isinya tetap tersimpan."
    else:
        text = "Kepulangan warga ini sudah tercatat."
        way_out = "Buka kepulangannya. Bila meninggal sesudah pulang, catat lewat Berhenti karena sebab lain."
    return [Reason("told_otherwise", text, field="kind", way_out=way_out)]


def is_sure(confirmer: str, proofs: Collection[str], day: date) -> bool:
    """Whether an origin stands: somebody who knows the family, and a paper or a body that cannot be mistaken."""
    confirmers, known = listed("origin_confirmers", day), listed("origin_proofs", day)
    return bool(confirmers[confirmer]["strong"] and any(known[proof]["strong"] for proof in proofs))


def reasons_not_to_confirm(confirmer: str, proofs: Collection[str], *, today: date) -> list[Reason]:
    """Why this confirmation of an origin cannot be written down."""
    reasons = []
    if confirmer not in listed("origin_confirmers", today):
        reasons.append(Reason("unknown_confirmer", "Pilih siapa yang memastikan.", field="confirmed_by"))
    if not proofs:
        reasons.append(Reason("no_proof", "Pilih paling sedikit satu bukti.", field="proofs"))
    elif not set(proofs) <= set(listed("origin_proofs", today)):
        reasons.append(Reason("unknown_proof", "Pilih buktinya dari daftar.", field="proofs"))
    return reasons


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of a reintegration plan as the regulations describe it."""

    code: str
    label: str
    holder: str
    days: int
    hand_over: str = ""

    def due_after(self, on: date) -> date:
        return on + timedelta(days=self.days)


def plan_steps(day: date) -> dict[str, PlannedStep]:
    return {code: PlannedStep(code=code, **said) for code, said in listed("plan_steps", day).items()}


def steps_for(needs: Collection[str], day: date) -> list[str]:
    """The steps that answer these needs, in the order of the list."""
    return [said["step"] for code, said in listed("needs", day).items() if code in needs]


def reasons_not_to_plan(
    chosen: Collection[str], *, standing: Collection[str], target_on: date | None, on: date, today: date
) -> list[Reason]:
    """Why these steps cannot be planned. `standing`: steps of the plan that are open already."""
    reasons = []
    known = plan_steps(today)
    if not chosen:
        reasons.append(Reason("nothing_chosen", "Pilih paling sedikit satu langkah.", field="steps"))
    elif not set(chosen) <= set(known):
        reasons.append(Reason("unknown_step", "Pilih langkah dari daftar.", field="steps"))
    elif both := [known[code].label for code in chosen if code in standing]:
        text = f"Sudah ada di rencana: {', '.join(both)}."
        reasons.append(Reason("planned_before", text, field="steps", way_out="Hapus centangnya, lalu simpan lagi."))
    if target_on is not None and target_on < on:
        reasons.append(Reason("before_plan", "Tanggal target tidak boleh sebelum rencana dibuat.", field="target_on"))
    return reasons


def reasons_about_silence(*, needs: Collection[str], wish: str | None, note: str | None) -> list[Reason]:
    """Somebody who was asked said something: an empty sheet would end the question for good."""
    if needs or wish or note:
        return []
    way_out = "Centang kebutuhannya atau pilih keinginannya. Bila belum mau bicara, tulis itu di ceritanya."
    return [Reason("nothing_said", "Belum ada yang diisi.", way_out=way_out, field="needs")]


def reasons_about_empty_experience(said: Iterable[object]) -> list[Reason]:
    """The experience of a migration is written down once: not as an empty sheet."""
    if any(one is not None for one in said):
        return []
    way_out = "Jawab paling sedikit satu pertanyaan, atau tulis ceritanya."
    return [Reason("nothing_told", "Belum ada yang diceritakan.", way_out=way_out, field="story")]


def aftercare_days(returned_on: date) -> dict[int, date]:
    """Month -> the day by which a returnee is visited again."""
    months: list[int] = value_on("returns.aftercare", returned_on)["months"]
    return {month: last_day(returned_on, month) or returned_on for month in months}


def questions_on(day: date) -> list[Mapping[str, Any]]:
    """What is asked at such a visit: code, text, answers."""
    asked: list[Mapping[str, Any]] = value_on("returns.aftercare", day)["questions"]
    return asked


def score_of(answers: Mapping[str, int]) -> int | None:
    """Hundredths of the highest score, over what was answered; None when nothing was."""
    return round(100 * sum(answers.values()) / (HIGHEST * len(answers))) if answers else None


def few_answered(answered: int, day: date) -> str:
    """In words that a score stands on less than half of what is asked: good news of one answer is none yet."""
    asked = len(questions_on(day))
    return f"Baru {answered} dari {asked} pertanyaan terjawab" if 0 < answered * 2 < asked else ""


def band_of(score: int | None, day: date) -> tuple[str, str]:
    """(state, words) of a score; unknown says so."""
    if score is None:
        return "tidaktahu", ""
    bands = value_on("returns.aftercare", day)["bands"]
    band = next(one for one in bands if score >= one.get("from", 0))
    return band["state"], band["label"]


def reasons_about_answers(answers: Mapping[str, int], *, met: bool, today: date) -> list[Reason]:
    """Why these answers cannot be kept. Who was not met answered nothing."""
    codes = {asked["code"] for asked in questions_on(today)}
    reasons = [
        Reason("unknown_answer", "Pilih salah satu jawaban yang tersedia.", field=code)
        for code, score in answers.items()
        if code not in codes or not 0 <= score <= HIGHEST
    ]
    if met and not answers:
        text = "Belum ada jawaban."
        way_out = "Tanyakan paling sedikit satu hal, atau pilih Belum bisa ditemui."
        reasons.append(Reason("no_answer", text, way_out=way_out, field="met"))
    return reasons


def in_time(returned_on: date, known_on: date) -> bool:
    """Whether a return was written down soon enough to count so (A21)."""
    days: int = value_on("returns.registered_days", returned_on)
    return (known_on - returned_on).days <= days


def counts_as_re_migration(returned_on: date, left_on: date) -> bool:
    """Whether somebody left again so soon that it counts (A22)."""
    months: int = value_on("returns.re_migration_months", returned_on)
    until = last_day(returned_on, months)
    return until is not None and left_on <= until
