"""Meetings, surplus and health by the law's values: every worked example is true, and no value changes unnoticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
import yaml

from desmigratif.cooperative.rules.annual import delegates, health, meeting
from desmigratif.cooperative.rules.year.shu import Fund, MemberBasis, share_out
from desmigratif.cooperative.tests.test_rules_law import yes
from desmigratif.shared import dated

SUBJECTS = ("cooperative_meetings", "cooperative_health")
TEXT = files("desmigratif.regulations").joinpath("examples/cooperative_year.yaml").read_text(encoding="utf-8")
EXAMPLES: list[dict[str, Any]] = yaml.safe_load(TEXT)
FAR = date(2099, 1, 1)


def invited(known: dict[str, Any], on: date) -> str:
    after = known.get("kedua_sesudah")
    return yes(
        meeting.reasons_not_to_call(
            book_year=None, invited_on=on - timedelta(days=known["hari"]), on=on, is_second=after is not None,
            adjourned_on=None if after is None else on - timedelta(days=after), proxies_each=0, today=FAR,
            articles=meeting.Articles(notice_days=known.get("menurut_anggaran_dasar")),
        )
    )  # fmt: skip


def needed(known: dict[str, Any], on: date) -> int:
    articles = meeting.Articles(quorum_percent=known.get("menurut_anggaran_dasar"))
    is_second = known.get("kedua", False)
    return meeting.quorum_of(
        members=known["anggota"], present=0, is_second=is_second, on=on, articles=articles
    ).needed  # fmt: skip


def representing(known: dict[str, Any], on: date) -> str:
    called = meeting.reasons_not_to_call(
        book_year=None, invited_on=on - timedelta(days=60), on=on, is_second=False, adjourned_on=None,
        proxies_each=known["orang"], today=FAR,
    )  # fmt: skip
    return yes(called)


def serving(known: dict[str, Any], on: date) -> str:
    return yes(
        meeting.reasons_not_to_elect(
            office="chair", holds=frozenset(), taken=False, votes=None, present=9, since=on, until=known["sampai"],
            on=on,
        )
    )  # fmt: skip


def share(known: dict[str, Any], _on: date) -> int:
    parts = [Decimal(known["jasa_modal"]), Decimal(known["jasa_anggota"])]
    funds = [
        Fund("jasa_modal", parts[0], "members_by_savings"), Fund("jasa_anggota", parts[1], "members_by_use"),
        Fund("cadangan", 100 - sum(parts), "reserve"),
    ]  # fmt: skip
    (saved, all_saved), (used, all_used) = known["simpanan"], known["jasa"]
    one = MemberBasis("A-1", saved, used)
    return share_out(known["shu"], funds, [one], total_savings=all_saved, total_use=all_used).members[0].total


def ratio(known: dict[str, Any], on: date, percent: float | None) -> float | None:
    """The marks of one ratio, from figures that make it so many percent; None = nothing to divide by, or no marks."""
    row = next(
        one for aspect in health.form_on(known["formulir"], on).value["aspects"]
        for one in aspect["ratios"] if one["code"] == known["ukuran"]
    )  # fmt: skip
    figures = dict.fromkeys(health.FIGURE_WORDS, 0)
    figures |= {next(iter(row["under"])): 0 if percent is None else 10_000}
    first, *others = row["over"]
    rest = sum(figures[name] * row["over"][name] for name in others)
    figures |= {first: round((percent or 0) * 100) - rest}
    found = health.assess(known["formulir"], figures, {}, on)
    (marks,) = (
        one.marks for aspect in found.aspects for one in aspect.ratios if one.code == known["ukuran"]
    )  # fmt: skip
    return None if marks is None else float(marks)


def filled_in(known: dict[str, Any], on: date) -> dict[str, Any]:
    """A form from whole figures: levels reached of those that could be, and whether there is a total."""
    found = health.assess(known["formulir"], {**dict.fromkeys(health.FIGURE_WORDS, 0), **known["angka"]}, {}, on)
    unknown = sum(len(aspect.unknown) for aspect in found.aspects) + len(found.unknown)
    return {
        "bobot": [aspect.percent for aspect in found.aspects], "skor": int(found.reached), "dari": found.reachable,
        "belum_diketahui": unknown, "nilai_akhir": found.total, "predikat": found.grade,
    }  # fmt: skip


ANSWERS: dict[str, Callable[[dict[str, Any], date], Any]] = {
    "batas_rat": lambda known, on: meeting.due_on(known["tahun"]),
    "batas_lapor": lambda known, on: meeting.report_due_on(on),
    "laporan_siap": lambda known, on: meeting.report_ready_on(on),
    "audit": lambda known, on: meeting.must_be_audited(known["modal"], on),
    "sertifikat": lambda known, on: meeting.certificate_until(on),
    "tanpa_laporan": lambda known, on: meeting.is_long_unreported(known["tahun"], on),
    "undangan": invited,
    "kuorum": needed,
    "mewakili": representing,
    "delegasi": lambda known, on: delegates.modelled(known["anggota"], on),
    "suara": lambda known, on: (
        "diterima" if meeting.is_carried(meeting.Vote(False, known["setuju"], known["tidak"]), on) else "ditolak"
    ),
    "jabatan": serving,
    "acara": lambda known, on: [
        one["kind"] for one in meeting.agenda_for(is_annual=True, has_election=False, matters=(), on=on)
    ],
    "cara_hadir": lambda known, on: dated.value_on("cooperative_meetings.ways_to_attend", on),
    "shu": share,
    "rasio": lambda known, on: [ratio(known, on, percent) for percent in known["persen"]],
    "rasio_tanpa": lambda known, on: ratio(known, on, None),
    "formulir": filled_in,
}


def answer_to(example: dict[str, Any]) -> Any:
    try:
        return ANSWERS[example["jenis"]](example["diketahui"], example["tanggal"])
    except (dated.NoValueOnDate, KeyError, ValueError, ArithmeticError, IndexError) as problem:
        return problem


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["judul"])
def test_a_worked_example_is_true(example: dict[str, Any]) -> None:
    assert answer_to(example) == example["hasil"]


# Held by the test of a whole form (weights, questions, grades, what is unknown) or of the books (amounts behind
# ratios); `most` of a slope lies above what it can reach.
HELD_ELSEWHERE = {
    "weight", "percent", "unknown", "questions", "grades", "most", "asset_weights_percent",
    "participation_capital_percent",
}  # fmt: skip


def changed(value: Any) -> Iterator[Any]:
    """The value with one number or one word of a list changed, for each that could be written wrongly."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from (value - 1, value + 1)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            if isinstance(item, str):
                yield value[:place] + value[place + 1 :]
            yield from ([*value[:place], other, *value[place + 1 :]] for other in changed(item))
    elif isinstance(value, dict):
        for key in value.keys() - HELD_ELSEWHERE - {"over", "under"}:
            yield from ({**value, key: other} for other in changed(value[key]))


def test_no_value_of_meetings_and_ratios_can_be_changed_without_an_example_failing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, count, unnoticed = dated.subject, 0, []
    for subject in SUBJECTS:
        of_ratios = subject == "cooperative_health"
        examples = [one for one in EXAMPLES if one["jenis"].startswith(("rasio", "formulir")) == of_ratios]
        for name, versions in real(subject).items():
            if name in HELD_ELSEWHERE:
                continue
            for number, version in enumerate(versions):
                for value in changed(version.value):
                    count += 1
                    wrong = (*versions[:number], replace(version, value=value), *versions[number + 1 :])
                    law = {**{one: real(one) for one in SUBJECTS}, subject: {**real(subject), name: wrong}}
                    monkeypatch.setattr(dated, "subject", law.__getitem__)
                    if all(answer_to(example) == example["hasil"] for example in examples):
                        unnoticed.append((name, value))
                    monkeypatch.undo()

    assert count > 200
    assert unnoticed == []
