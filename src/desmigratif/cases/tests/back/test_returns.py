"""Whoever comes back is written down once, however many tell of it, and what proves wrong is taken back whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib.resources import files
from typing import Any

import pytest
import yaml
from django.db.models import Sum

from desmigratif.access.actor import Actor
from desmigratif.audit.models import FactDelta, Signal, TimelineEntry
from desmigratif.cases.models import Aftercare, Case, CaseState, Origin, Return, ReturnSource
from desmigratif.cases.rules.back import returns as rules
from desmigratif.cases.rules.back.experience import told_alike
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.people.models import Resident
from desmigratif.shared import dated
from desmigratif.shared.dated import NoValueOnDate
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal
from desmigratif.shared.tests.mutating import unnoticed

EXAMPLES = yaml.safe_load(files("desmigratif.regulations").joinpath("examples/returns.yaml").read_text("utf-8"))
TODAY = date(2026, 11, 23)
Back = Callable[..., str]


def all_examples_hold() -> bool:
    try:
        return _examples_hold()
    except (KeyError, TypeError, StopIteration, NoValueOnDate):
        return False


def _examples_hold() -> bool:
    lists = {
        name: {code: _flat(said) for code, said in rules.listed(name, TODAY).items()} for name in EXAMPLES["daftar"]
    }
    asked = {one["code"]: [one["text"], *one["answers"]] for one in rules.questions_on(TODAY)}
    bands = {score: list(rules.band_of(score, TODAY)) for score in EXAMPLES["nilai"]}
    in_time = {day: rules.in_time(date(2026, 11, 1), day) for day in EXAMPLES["tercatat"]}
    again = {day: rules.counts_as_re_migration(date(2026, 1, 15), day) for day in EXAMPLES["berangkat_lagi"]}
    told = {count: bool(told_alike({"paid_more": count}, TODAY)) for count in EXAMPLES["cerita"]}
    found = (lists, rules.aftercare_days(date(2026, 8, 31)), asked, bands, in_time, again, told)
    names = ("daftar", "tengokan", "pertanyaan", "nilai", "tercatat", "berangkat_lagi", "cerita")
    return found == tuple(EXAMPLES[name] for name in names) and all(
        _since(name) == EXAMPLES["sejak"] for name in dated.subject("returns")
    )


def _since(name: str) -> date:
    (version,) = dated.subject("returns")[name]
    return version.since


def _flat(said: Any) -> Any:
    return said if isinstance(said, str) else list(said.values())


def test_the_worked_examples_of_returns_hold_and_no_value_is_wrong_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all_examples_hold()
    tried, missed = unnoticed(monkeypatch, "returns", all_examples_hold)
    assert (tried >= 100, missed) == (True, [])


@pytest.fixture
def abroad(family: Family, doing: Doing) -> str:
    """Siti works in Hong Kong since last year."""
    case_id = str(new_id())
    doing(
        "cases.record_found_abroad", case_id=case_id, resident_id=str(family.siti.id), on="2026-06-01",
        departed_on="2025-11-01", country="HKG", procedural_status="NON_PROCEDURAL",
    )  # fmt: skip
    return case_id


@pytest.fixture
def back(family: Family, doing: Doing) -> Back:
    def run(**more: Any) -> str:
        said: dict[str, Any] = {
            "return_id": str(new_id()), "resident_id": str(family.siti.id), "case_id": str(new_id()),
            "returned_on": "2026-11-15", "kind": "normal", "cause": "contract_ended", "source": "family", **more,
        }  # fmt: skip
        return str(doing("cases.record_return", **said)["id"])

    return run


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        call()
    return refusal.value.reasons[0].code


def facts(code: str) -> tuple[int, int]:
    rows = FactDelta.objects.filter(code=code, village_code=KURIPAN).aggregate(n=Sum("numerator"), d=Sum("denominator"))
    return rows["n"] or 0, rows["d"] or 0


def test_a_return_ends_the_time_abroad_and_sets_the_days_of_two_visits(abroad: str, back: Back, family: Family) -> None:
    back(note="Ingin istirahat dulu", travel_paper="passport")

    case = Case.objects.in_village(KURIPAN).get(id=abroad)
    live = set(Signal.objects.filter(resident_id=family.siti.id, until=None).values_list("kind", flat=True))
    visits = list(Aftercare.objects.in_village(KURIPAN).order_by("month").values_list("month", "due_on"))
    assert (case.state, live) == (CaseState.RETURNED, {"returned"})
    assert visits == [(6, date(2027, 5, 15)), (12, date(2027, 11, 15))]
    assert (facts("A21"), facts("A22")) == ((1, 1), (0, 1))
    assert TimelineEntry.objects.filter(resident_id=family.siti.id, kind="return.recorded", on="2026-11-15").exists()
    assert b"istirahat" not in bytes(Return.objects.in_village(KURIPAN).get().note_sealed or b"")


def test_a_return_written_down_late_counts_as_late(abroad: str, back: Back) -> None:
    back(returned_on="2026-11-08")

    assert facts("A21") == (0, 1)


def test_a_death_told_by_two_is_one_death_with_two_sources(abroad: str, back: Back, family: Family) -> None:
    first = back(kind="dead", cause="illness", source="mission")
    second = back(kind="dead", cause="unknown", source="family", returned_on="2026-11-16")

    resident = Resident.objects.in_village(KURIPAN).get(id=family.siti.id)
    sources = ReturnSource.objects.in_village(KURIPAN).order_by("id").values_list("source", flat=True)
    assert (first == second, list(sources), resident.life_status) == (True, ["mission", "family"], "dead")
    assert Case.objects.in_village(KURIPAN).get(id=abroad).state == CaseState.DIED
    assert (facts("B8"), facts("A21")) == ((1, 0), (1, 1))
    assert FactDelta.objects.get(code="B8", numerator=1).key == f"NON_PROCEDURAL:{abroad}"
    assert not Aftercare.objects.in_village(KURIPAN).exists()
    assert not Signal.objects.filter(resident_id=family.siti.id, until=None).exists()


@pytest.mark.parametrize("went", [True, False], ids=["known abroad", "left unnoticed"])
def test_who_is_dead_in_the_register_already_dies_no_second_time(
    went: bool, family: Family, doing: Doing, back: Back, request: pytest.FixtureRequest
) -> None:
    if went:
        request.getfixturevalue("abroad")
    siti = Resident.objects.in_village(KURIPAN).get(id=family.siti.id)
    doing(
        "people.correct_resident", resident_id=siti.id, seen_version=siti.version, reason="Kata keluarga",
        source="keluarga", changes={"life_status": "dead"},
    )  # fmt: skip

    first = back(kind="dead", cause="illness", source="mission", country="HKG")

    assert back(kind="dead", cause="unknown", source="family") == first
    assert Case.objects.in_village(KURIPAN).get().state == CaseState.DIED
    assert facts("B8") == (1, 0)
    assert Resident.objects.in_village(KURIPAN).get(id=siti.id).life_status == "dead"


def test_news_that_says_otherwise_is_told_and_not_mixed_in(abroad: str, back: Back) -> None:
    back(kind="dead", cause="unknown")

    assert refused(lambda: back()) in ("told_otherwise", "resident_gone")
    assert ReturnSource.objects.in_village(KURIPAN).count() == 1


def test_a_death_that_was_not_one_is_taken_back_whole(abroad: str, back: Back, doing: Doing, family: Family) -> None:
    wrong = back(kind="dead", cause="unknown", source="news")
    assert refused(lambda: doing("cases.withdraw_return", return_id=wrong, reason="lain")) == "unknown_reason"
    doing("cases.withdraw_return", return_id=wrong, reason="wrong_case")

    case = Case.objects.in_village(KURIPAN).get(id=abroad)
    live = set(Signal.objects.filter(resident_id=family.siti.id, until=None).values_list("kind", flat=True))
    assert (case.state, case.closed_on, live) == (CaseState.WORKING, None, {"worker_abroad"})
    assert Resident.objects.in_village(KURIPAN).get(id=family.siti.id).life_status == "alive"
    assert (facts("B8"), facts("A21")) == ((0, 1), (0, 0))  # abroad again, and alive
    assert ReturnSource.objects.in_village(KURIPAN).count() == 1
    assert refused(lambda: doing("cases.withdraw_return", return_id=wrong, reason="wrong_case")) == "withdrawn"
    back()
    assert Case.objects.in_village(KURIPAN).get(id=abroad).state == CaseState.RETURNED


def test_who_left_unnoticed_is_written_down_when_they_come_back(back: Back, family: Family) -> None:
    back(kind="deported", cause="no_papers", country="MYS", source="protection_office")

    case = Case.objects.in_village(KURIPAN).get()
    assert (case.state, case.country, case.found_abroad) == (CaseState.RETURNED, "MYS", True)


def test_who_never_left_cannot_have_come_back(back: Back, case_id: str) -> None:
    assert refused(lambda: back()) == "not_departed"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"returned_on": "2025-10-01"}, "before_departure"),
        ({"returned_on": "2026-11-24"}, "date_in_future"),
        ({"cause": "illness"}, "cause_does_not_fit"),
        ({"cause": "apa_saja"}, "unknown_cause"),
        ({"source": "bisikan"}, "unknown_source"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_kept(
    abroad: str, back: Back, wrong: dict[str, str], code: str
) -> None:
    assert refused(lambda: back(**wrong)) == code
    assert not Return.objects.in_village(KURIPAN).exists()


@pytest.mark.parametrize(
    ("confirmer", "proofs", "sure"),
    [("family", ["kk"], True), ("fellow_worker", ["passport"], False), ("family", ["photo", "told"], False)],
)
def test_an_origin_is_sure_by_one_who_knows_and_one_paper_that_cannot_be_mistaken(
    abroad: str, back: Back, doing: Doing, confirmer: str, proofs: list[str], sure: bool
) -> None:
    doing(
        "cases.confirm_origin", origin_id=str(new_id()), return_id=back(), confirmed_by=confirmer, proofs=proofs,
        confirmer="Bapak Contoh, paman",
    )  # fmt: skip

    origin = Origin.objects.in_village(KURIPAN).get()
    assert origin.is_sure is sure
    assert b"Contoh" not in bytes(origin.confirmer_sealed or b"")


def test_an_origin_without_a_proof_is_not_confirmed(abroad: str, back: Back, doing: Doing) -> None:
    said = {"origin_id": str(new_id()), "return_id": back(), "confirmed_by": "family"}
    assert refused(lambda: doing("cases.confirm_origin", **said, proofs=[])) == "no_proof"
    assert refused(lambda: doing("cases.confirm_origin", **said, proofs=["mimpi"])) == "unknown_proof"


def test_a_stranger_writes_nothing_about_somebody_who_came_back(
    abroad: str, back: Back, doing: Doing, family: Family, stranger: Actor
) -> None:
    mine = back()
    tries: dict[str, dict[str, Any]] = {
        "cases.record_return": {
            "return_id": str(new_id()), "resident_id": str(family.budi.id), "case_id": str(new_id()),
            "returned_on": "2026-11-15", "kind": "normal", "cause": "unknown", "source": "family",
        },
        "cases.withdraw_return": {"return_id": mine, "reason": "mistyped"},
        "cases.confirm_origin": {
            "origin_id": str(new_id()), "return_id": mine, "confirmed_by": "family", "proofs": ["ktp"],
        },
    }  # fmt: skip
    for name, payload in tries.items():
        assert refused(partial(doing, name, by=stranger, **payload)) == NotFoundOrNotYours.code
    assert Return.objects.in_village(KURIPAN).get().withdrawn_on is None
