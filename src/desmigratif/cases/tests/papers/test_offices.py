"""Bundles at offices outside the village: sent, accepted, returned, answered; what is counted; who may not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pytest
import yaml
from django.db.models import Sum

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.rules import reasons_not_to_grant
from desmigratif.audit.models import Event, FactDelta, TimelineEntry
from desmigratif.cases.models import Bundle
from desmigratif.cases.queries.papers.offices import bundles_at_offices, inbox_counts, inbox_of
from desmigratif.cases.rules.journey import journey_on
from desmigratif.cases.rules.papers import offices as rules
from desmigratif.cases.tests.before.test_journey_steps import (
    OFFICE_STEPS,
    case_now,
    cleared,
    codes,
    inform,
    record,
    row,
    seen,
)
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.documents.models import Letter
from desmigratif.shared import dated
from desmigratif.shared.ids import new_id
from desmigratif.shared.tests.mutating import unnoticed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
SAID: dict[str, Any] = yaml.safe_load(
    files("desmigratif.regulations").joinpath("examples/offices.yaml").read_text(encoding="utf-8")
)
PAPERS = ["ktp", "kk", "birth_certificate"]


def all_true() -> bool:
    try:
        firsts = {versions[0].since for versions in dated.subject("offices").values()}
        named = {}
        for step, (_, sent_on, *_rest) in SAID["kantor"].items():
            if (office := rules.office_for(step, sent_on)) is None:
                return False
            named[step] = [office.code, sent_on, rules.answer_due(office, sent_on), list(office.shows)]
        return (
            firsts == {SAID["mulai"]}
            and named == SAID["kantor"]
            and sum(len(office.steps) for office in rules.offices_on(TODAY)) == len(named)
            and not any(rules.office_for(step, TODAY) for step in SAID["tanpa_kantor"])
            and {why.code: [why.label, why.way_out] for why in rules.reasons_to_return(TODAY)} == SAID["dikembalikan"]
        )
    except (LookupError, TypeError):
        return False


def test_offices_clocks_and_reasons_are_as_the_examples_say() -> None:
    assert all_true()
    assert {step.code for step in journey_on(TODAY).steps} == {*SAID["kantor"], *SAID["tanpa_kantor"]}
    assert {office.code for office in rules.offices_on(TODAY)} <= set(journey_on(TODAY).holders)


def test_no_value_of_the_offices_can_be_changed_without_an_example_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, missed = unnoticed(monkeypatch, "offices", all_true)

    assert tried > 60
    assert missed == []


def test_every_reason_to_return_has_its_words_in_the_history() -> None:
    text = files("desmigratif.regulations").joinpath("timeline.yaml").read_text(encoding="utf-8")
    words = yaml.safe_load(text)["bundle.returned"]["words"]

    assert set(words["reason"]) == {why.code for why in rules.reasons_to_return(TODAY)}
    assert set(words["office"]) == {office.code for office in rules.offices_on(TODAY)}


@pytest.mark.parametrize(
    ("role", "region", "may"),
    [("manpower_officer", "33.07", True), ("protection_officer", "33", True), ("registrar", KURIPAN, False),
     ("manpower_officer", "33.07.10", False), ("manpower_officer", "ID", False)],
)  # fmt: skip
def test_an_office_works_for_a_regency_or_a_province(role: str, region: str, may: bool) -> None:
    assert (reasons_not_to_grant(role, region, frozenset({role})) == []) == may


@pytest.fixture
def registry(places: None) -> Actor:
    return person(new_id(), "Dukcapil", ("registrar", "33.07"))


@pytest.fixture
def manpower(places: None) -> Actor:
    return person(new_id(), "Disnaker", ("manpower_officer", "33.07"))


@pytest.fixture
def registered(family: Family, doing: Doing, office: None, case_id: str) -> str:
    """Siti has her letter and her papers: the next step is the manpower office's."""
    cleared(family, doing, case_id)
    inform(doing, case_id)
    record(doing, case_id, "civil_papers")
    return case_id


def bundle() -> Bundle:
    return Bundle.objects.in_village(KURIPAN).latest("round")


def send(doing: Doing, case_id: str, step: str, papers: list[str] = PAPERS, **changes: Any) -> str:
    given = {"bundle_id": str(new_id()), "case_id": case_id, "step": step, "seen": seen(step), "papers": papers}
    doing("cases.send_bundle", **{**given, **changes})
    return str(given["bundle_id"])


def judge(doing: Doing, by: Actor, verb: str, bundle_id: str, **given: Any) -> None:
    content = {"bundle_id": bundle_id, "seen": bundle().version, **given}
    doing(f"cases.{verb}_bundle", by=by, **content)


def first_time_right() -> tuple[int, int]:
    sums = FactDelta.objects.filter(code="A12").aggregate(n=Sum("numerator"), d=Sum("denominator"))
    return sums["n"] or 0, sums["d"] or 0


def test_a_sent_bundle_lies_at_the_office_with_a_clock(family: Family, doing: Doing, case_id: str) -> None:
    send(doing, case_id, "civil_papers")

    sent = bundle()
    assert (sent.office, sent.round, sent.due_on, sent.state) == ("civil_registry", 1, date(2026, 11, 30), "sent")
    assert sent.shows == ["name", "birth_date", "birth_place", "sex", "marital_status"]
    step = row("civil_papers")
    assert (step.state, step.holder, step.holder_since) == ("open", "civil_registry", TODAY)
    assert codes(lambda: send(doing, case_id, "civil_papers")) == ["already_sent"]


def test_an_accepted_and_answered_bundle_finishes_its_step(registered: str, doing: Doing, manpower: Actor) -> None:
    bundle_id = send(doing, registered, "jobseeker_registration")
    judge(doing, manpower, "accept", bundle_id)
    assert bundle().state == "accepted"
    assert codes(lambda: judge(doing, manpower, "accept", bundle_id)) == ["already_accepted"]

    judge(doing, manpower, "answer", bundle_id, paper_number="AK1-77", valid_until="2028-11-23")

    step = row("jobseeker_registration")
    assert (step.state, step.done_on, step.paper_number) == ("done", TODAY, "AK1-77")
    assert case_now().state == "REGISTERED"
    assert row("selection").state == "open"
    assert (bundle().state, bundle().answered_on, bundle().by_hand) == ("answered", TODAY, False)
    assert first_time_right() == (1, 1)
    assert codes(lambda: judge(doing, manpower, "return", bundle_id, reason="name_differs")) == ["not_at_office"]
    kinds = set(TimelineEntry.objects.values_list("kind", flat=True))
    assert {"bundle.sent", "bundle.accepted", "bundle.answered"} <= kinds
    told = Event.objects.get(event="bundle.answered")
    assert told.village_code == KURIPAN
    assert {"type": "resident", "id": str(case_now().resident_id)} in told.subjects


def test_a_returned_bundle_counts_as_asked_again_and_can_be_sent_once_more(
    registered: str, doing: Doing, manpower: Actor, officer: Actor
) -> None:
    bundle_id = send(doing, registered, "jobseeker_registration")
    judge(doing, manpower, "return", bundle_id, reason="paper_missing", papers=["photo"], note="Latar merah")

    step = row("jobseeker_registration")
    assert (step.state, step.reason, step.asked_again) == ("held", "papers_returned", 1)
    assert step.holder == "village_officer"
    assert [b.state for b in bundles_at_offices(officer)] == ["returned"]
    again = send(doing, registered, "jobseeker_registration", [*PAPERS, "photo"])
    assert [(b.round, b.state) for b in bundles_at_offices(officer)] == [(2, "sent")]
    judge(doing, manpower, "answer", again)
    assert list(bundles_at_offices(officer)) == []
    assert first_time_right() == (0, 1)


def test_a_bundle_returned_after_it_was_accepted_was_not_right(registered: str, doing: Doing, manpower: Actor) -> None:
    bundle_id = send(doing, registered, "jobseeker_registration")
    judge(doing, manpower, "accept", bundle_id)
    judge(doing, manpower, "return", bundle_id, reason="name_differs")

    assert first_time_right() == (0, 1)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": "no_mood"}, "unknown_reason"),
        ({"reason": "paper_missing"}, "paper_not_named"),
        ({"reason": "paper_missing", "papers": ["land_title"]}, "not_asked_by_law"),
        ({"reason": "name_differs", "on": "2026-11-24"}, "date_in_future"),
    ],
)
def test_a_bundle_goes_back_for_a_reason_of_the_list_only(
    registered: str, doing: Doing, manpower: Actor, given: dict[str, Any], said: str
) -> None:
    bundle_id = send(doing, registered, "jobseeker_registration")

    assert codes(lambda: judge(doing, manpower, "return", bundle_id, **given)) == [said]
    assert bundle().state == "sent"


@pytest.mark.parametrize(
    ("step", "papers", "said"),
    [
        ("civil_papers", [], "no_papers"),
        ("civil_papers", ["photo"], "unknown_paper"),  # first asked for by a later step
        ("information", ["ktp"], "own_page"),
        ("jobseeker_registration", ["ktp"], "out_of_order"),
    ],
)
def test_what_cannot_be_sent_is_said(
    family: Family, doing: Doing, case_id: str, step: str, papers: list[str], said: str
) -> None:
    assert codes(lambda: send(doing, case_id, step, papers)) == [said]
    assert not Bundle.objects.in_village(KURIPAN).exists()


def test_a_step_without_an_office_is_sent_nowhere(registered: str, doing: Doing) -> None:
    for code in OFFICE_STEPS[1:5]:
        record(doing, registered, code)

    assert codes(lambda: send(doing, registered, "passport")) == ["no_office"]


def test_an_office_without_a_desk_is_written_down_by_the_village(registered: str, doing: Doing) -> None:
    send(doing, registered, "jobseeker_registration")
    doing(
        "cases.hold_step", case_id=registered, step="jobseeker_registration", seen=seen("jobseeker_registration"),
        reason="papers_returned", holder="candidate",
    )  # fmt: skip
    assert (bundle().state, bundle().by_hand, first_time_right()) == ("returned", True, (0, 1))

    send(doing, registered, "jobseeker_registration")
    record(doing, registered, "jobseeker_registration", paper_number="AK1-9")

    assert (bundle().state, bundle().by_hand, bundle().round) == ("answered", True, 2)


def test_a_closed_plan_calls_its_papers_back(registered: str, doing: Doing, manpower: Actor) -> None:
    bundle_id = send(doing, registered, "jobseeker_registration")
    version = bundle().version
    doing("cases.withdraw_case", case_id=registered)

    assert bundle().state == "recalled"
    told = codes(lambda: judge(doing, manpower, "answer", bundle_id, seen=version))
    assert told == ["case_over"]


def test_a_revoked_letter_stops_the_office_too(registered: str, doing: Doing, manpower: Actor) -> None:
    bundle_id = send(doing, registered, "jobseeker_registration")
    letter = Letter.objects.in_village(KURIPAN).get()
    doing("documents.revoke_letter", letter_id=str(letter.id), reason="wrong_data")

    assert codes(lambda: judge(doing, manpower, "answer", bundle_id)) == ["out_of_order"]
    assert row("jobseeker_registration").state == "open"


def test_two_officers_at_once_keep_each_others_work(registered: str, doing: Doing, manpower: Actor) -> None:
    bundle_id = send(doing, registered, "jobseeker_registration")
    version = bundle().version
    judge(doing, manpower, "accept", bundle_id)

    told = codes(lambda: judge(doing, manpower, "return", bundle_id, reason="name_differs", seen=version))

    assert told == ["changed_meanwhile"]
    assert bundle().state == "accepted"


@pytest.mark.parametrize("verb", ["accept", "return", "answer"])
def test_strangers_cannot_judge_a_bundle(registered: str, doing: Doing, verb: str, officer: Actor) -> None:
    bundle_id = send(doing, registered, "jobseeker_registration")
    name = {"accept": "cases.accept_bundle", "return": "cases.return_bundle", "answer": "cases.answer_bundle"}[verb]
    strangers = [
        person(new_id(), "Dukcapil", ("registrar", "33.07")),
        person(new_id(), "Disnaker lain", ("manpower_officer", "32.12")),
        person(new_id(), "Koordinator", ("regency_coordinator", "33.07")),
        officer,
    ]
    given = {"bundle_id": bundle_id, "seen": 1, **({"reason": "name_differs"} if verb == "return" else {})}

    for stranger in strangers:
        assert codes(lambda: doing(name, by=stranger, **given)) == ["not_found"]  # noqa: B023
    assert bundle().state == "sent"


def test_a_stranger_and_an_office_cannot_send_a_bundle(
    family: Family, doing: Doing, case_id: str, stranger: Actor, registry: Actor
) -> None:
    given = {"bundle_id": str(new_id()), "case_id": case_id, "step": "civil_papers", "seen": 1, "papers": ["ktp"]}

    for outsider in (stranger, registry):
        assert codes(lambda: doing("cases.send_bundle", by=outsider, **given)) == ["not_found"]  # noqa: B023


def test_an_office_sees_what_was_sent_to_it_and_nothing_else(
    registered: str, doing: Doing, manpower: Actor, registry: Actor
) -> None:
    send(doing, registered, "jobseeker_registration")
    elsewhere = person(new_id(), "Disnaker lain", ("manpower_officer", "32.12"))
    both = person(new_id(), "Dua kantor", ("manpower_officer", "32.12"), ("registrar", "33.07"))

    assert len(inbox_of(manpower)) == 1
    assert [len(inbox_of(by)) for by in (registry, elsewhere, both)] == [0, 0, 0]
    assert inbox_counts(manpower, date(2026, 11, 26)) == {"sent": 1, "late": 1}
    assert list(bundles_at_offices(manpower)) == []


def test_the_days_to_the_letter_and_to_the_departure_are_facts(registered: str, doing: Doing, officer: Actor) -> None:
    for code in OFFICE_STEPS[1:]:
        record(doing, registered, code)
    case = case_now()
    type(case).objects.in_village(KURIPAN).update(opened_on=date(2026, 11, 13))
    given = {"case_id": registered, "village_code": KURIPAN, "check_id": str(new_id()), "seen": case.version}
    later = datetime(2026, 12, 1, 3, tzinfo=UTC)
    do(officer, "cases.record_departure", {**given, "on": "2026-12-01"}, now=later, act_id=new_id())

    facts = {f.code: (f.numerator, f.denominator) for f in FactDelta.objects.filter(code__in=["A10", "A11"])}
    assert facts == {"A10": (0, 1), "A11": (8, 1)}


def test_a_second_letter_replaces_the_days_of_the_first(
    family: Family, doing: Doing, office: None, case_id: str, officer: Actor
) -> None:
    cleared(family, doing, case_id)
    letter = Letter.objects.in_village(KURIPAN).get()
    doing("documents.revoke_letter", letter_id=str(letter.id), reason="wrong_data")
    given = {"letter_id": str(new_id()), "case_id": case_id, "village_code": KURIPAN, "agency": "PT Contoh Karya"}
    later = datetime(2026, 11, 26, 3, tzinfo=UTC)
    do(officer, "cases.issue_family_permission", {**given, "on": "2026-11-26"}, now=later, act_id=new_id())

    sums = FactDelta.objects.filter(code="A10").aggregate(n=Sum("numerator"), d=Sum("denominator"))
    assert sums == {"n": 3, "d": 1}
