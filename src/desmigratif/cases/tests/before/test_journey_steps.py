"""The journey walked through its actions: step by step, held, left out, put right, ended, found abroad."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.audit.models import Event, FactDelta, Signal, TimelineEntry
from desmigratif.cases.models import Case, CaseState, CaseStep, OfferCheck, StepCorrection, TopicTold
from desmigratif.cases.queries.before.steps import measures_of
from desmigratif.cases.rules.before.visits import topics_on
from desmigratif.cases.rules.journey import journey_on
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing, Family
from desmigratif.documents.models import Letter
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db
OFFICE_STEPS = [step.code for step in journey_on(TODAY).steps if step.written == "form"]
ALL_TOPICS = list(topics_on(TODAY))


def case_now() -> Case:
    return Case.objects.in_village(KURIPAN).get()


def row(code: str) -> CaseStep:
    return CaseStep.objects.in_village(KURIPAN).get(step=code)


def seen(code: str) -> int:
    found = CaseStep.objects.in_village(KURIPAN).filter(step=code).first()
    return found.version if found else 0


def codes(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        act()
    return [reason.code for reason in refusal.value.reasons]


def check(doing: Doing, case_id: str, **offer: Any) -> None:
    answers = copy.deepcopy(LAWFUL_OFFER)
    answers["offer"] |= offer
    doing("cases.check_offer", check_id=str(new_id()), case_id=case_id, answers=answers)


def cleared(family: Family, doing: Doing, case_id: str) -> None:
    """Up to the letter."""
    check(doing, case_id)
    doing(
        "cases.record_family_talk", talk_id=str(new_id()), case_id=case_id, permission="given",
        giver_capacity="husband", giver_id=str(family.budi.id), candidate_confirms_alone=True,
    )  # fmt: skip
    doing("cases.issue_family_permission", letter_id=str(new_id()), case_id=case_id, agency="PT Contoh Karya")


def record(doing: Doing, case_id: str, code: str, **changes: Any) -> None:
    given = {"trips": 1, "places_visited": 1, "paid_rupiah": 0, "seen": seen(code), **changes}
    doing("cases.record_step_result", case_id=case_id, step=code, **given)


def inform(doing: Doing, case_id: str, topics: list[str] = ALL_TOPICS, *, received: bool = True, **more: Any) -> None:
    doing("cases.record_information", case_id=case_id, topics=topics, received=received, **more)


def ready(family: Family, doing: Doing, case_id: str) -> None:
    """Every step but the departure."""
    cleared(family, doing, case_id)
    inform(doing, case_id)
    for code in OFFICE_STEPS:
        record(doing, case_id, code)


def leave(doing: Doing, case_id: str, **changes: Any) -> None:
    given = {"check_id": str(new_id()), "seen": case_now().version, **changes}
    doing("cases.record_departure", case_id=case_id, **given)


# --- steps open, run and end -----------------------------------------------------------------------


def test_a_wish_opens_the_first_steps_with_their_clocks(family: Family, doing: Doing, case_id: str) -> None:
    rows = {r.step: r for r in CaseStep.objects.in_village(KURIPAN)}

    assert set(rows) == {"information", "intention", "offer_check", "civil_papers"}
    assert (rows["offer_check"].since, rows["offer_check"].due_on) == (TODAY, date(2026, 11, 25))
    assert rows["civil_papers"].holder == "civil_registry"


def test_check_talk_and_letter_finish_their_steps(family: Family, doing: Doing, office: None, case_id: str) -> None:
    cleared(family, doing, case_id)

    done = set(CaseStep.objects.in_village(KURIPAN).filter(state="done").values_list("step", flat=True))
    assert done == {"intention", "offer_check", "family_permission"}
    assert case_now().state == CaseState.VILLAGE_CLEARED
    assert seen("jobseeker_registration") == 0


def test_the_whole_journey_in_its_order(family: Family, doing: Doing, office: None, case_id: str) -> None:
    cleared(family, doing, case_id)
    inform(doing, case_id)
    states = []
    for code in OFFICE_STEPS:
        record(doing, case_id, code)
        states.append(case_now().state)
    leave(doing, case_id)

    assert list(dict.fromkeys(states)) == [
        "VILLAGE_CLEARED", "REGISTERED", "SELECTED", "AGREED", "DOCUMENTED", "CONTRACTED", "ORIENTED",
    ]  # fmt: skip
    case = case_now()
    assert (case.state, case.procedural_status, case.departed_on) == ("DEPARTED", "PROCEDURAL", TODAY)
    told = set(TimelineEntry.objects.filter(kind="case.step_done").values_list("params__step", flat=True))
    assert told == set(OFFICE_STEPS)
    assert {s.kind for s in Signal.objects.filter(until=None)} == {"worker_abroad", "permission_letter_stands"}


def test_no_step_is_skipped(family: Family, doing: Doing, office: None, case_id: str) -> None:
    assert codes(lambda: record(doing, case_id, "jobseeker_registration")) == ["out_of_order"]
    cleared(family, doing, case_id)
    assert codes(lambda: record(doing, case_id, "passport")) == ["out_of_order"]
    assert codes(lambda: record(doing, case_id, "terbang_saja")) == ["unknown_step"]
    assert codes(lambda: record(doing, case_id, "departure")) == ["out_of_order"]
    assert codes(lambda: record(doing, case_id, "information")) == ["own_page"]
    assert not CaseStep.objects.in_village(KURIPAN).filter(step="passport").exists()


def test_what_was_done_before_is_written_down_and_not_counted(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)
    inform(doing, case_id)
    before = FactDelta.objects.count()

    record(doing, case_id, "civil_papers", elsewhere=True)

    assert (row("civil_papers").elsewhere, FactDelta.objects.count()) == (True, before)


def test_a_stop_found_later_closes_every_step_after_it(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)
    inform(doing, case_id)
    record(doing, case_id, "civil_papers")

    check(doing, case_id, visa="umrah")

    assert codes(lambda: record(doing, case_id, "jobseeker_registration")) == ["out_of_order"]
    check(doing, case_id)
    record(doing, case_id, "jobseeker_registration")
    assert case_now().state == CaseState.REGISTERED


def test_a_letter_that_was_taken_back_closes_every_step_after_it(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)
    inform(doing, case_id)
    record(doing, case_id, "civil_papers")
    doing("documents.revoke_letter", letter_id=str(Letter.objects.in_village(KURIPAN).get().id), reason="wrong_data")

    assert codes(lambda: record(doing, case_id, "jobseeker_registration")) == ["out_of_order"]


def test_a_family_that_changes_its_mind_opens_the_talk_again(family: Family, doing: Doing, case_id: str) -> None:
    said = {"case_id": case_id, "giver_capacity": "husband", "giver_id": str(family.budi.id)}
    doing("cases.record_family_talk", talk_id=str(new_id()), permission="given", **said)
    assert row("intention").state == "done"

    doing("cases.record_family_talk", talk_id=str(new_id()), permission="refused", **said)

    assert row("intention").state == "open"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"on": "2026-11-24"}, "date_in_future"),
        ({"on": "2026-11-22"}, "before_the_step_before"),
        ({"valid_until": "2026-11-22"}, "expired"),
        ({"paid_rupiah": -1}, "too_small"),
        ({"trips": 100}, "too_large"),
    ],
)
def test_a_result_that_cannot_be_is_refused_and_nothing_is_written(
    family: Family, doing: Doing, case_id: str, changes: dict[str, Any], code: str
) -> None:
    assert codes(lambda: record(doing, case_id, "civil_papers", **changes)) == [code]
    assert (row("civil_papers").state, row("civil_papers").version) == ("open", 1)


# --- two officers ----------------------------------------------------------------------------------


def test_the_second_of_two_officers_is_told_and_overwrites_nothing(family: Family, doing: Doing, case_id: str) -> None:
    both_saw = seen("civil_papers")
    doing("cases.take_step", case_id=case_id, step="civil_papers", seen=both_saw, holder="candidate")

    with pytest.raises(Refusal) as refusal:
        record(doing, case_id, "civil_papers", seen=both_saw, trips=9)

    (reason,) = refusal.value.reasons
    assert reason.code == "changed_meanwhile"
    assert "sekarang: berjalan" in reason.text
    assert (row("civil_papers").holder, row("civil_papers").trips) == ("candidate", None)


def test_the_same_act_sent_twice_acts_once(family: Family, doing: Doing, case_id: str) -> None:
    act_id, given = new_id(), {"case_id": case_id, "step": "civil_papers", "seen": 1, "trips": 1}

    first = doing("cases.record_step_result", act_id=act_id, **given)
    second = doing("cases.record_step_result", act_id=act_id, **given)

    assert first == second
    assert FactDelta.objects.filter(code="MUDAH").count() == 1


# --- hands, hindrances, what the law does not ask ----------------------------------------------------


def test_who_holds_it_is_known(family: Family, doing: Doing, case_id: str) -> None:
    doing("cases.take_step", case_id=case_id, step="civil_papers", seen=1, holder="village_officer")

    assert (row("civil_papers").holder, row("civil_papers").state) == ("village_officer", "open")
    assert TimelineEntry.objects.get(kind="case.step_taken").params == {
        "step": "civil_papers", "holder": "village_officer",
    }  # fmt: skip
    assert codes(lambda: doing("cases.take_step", case_id=case_id, step="civil_papers", seen=2, holder="tetangga")) == [
        "unknown_holder"
    ]


def test_a_hindrance_counts_papers_asked_again_and_goes_on(family: Family, doing: Doing, case_id: str) -> None:
    hold = {"case_id": case_id, "step": "civil_papers"}
    doing("cases.hold_step", seen=1, reason="papers_returned", **hold)
    doing("cases.hold_step", seen=2, reason="queue", holder="civil_registry", **hold)
    assert (row("civil_papers").state, row("civil_papers").asked_again) == ("held", 1)
    assert codes(lambda: doing("cases.hold_step", seen=3, reason="malas", **hold)) == ["unknown_reason"]

    record(doing, case_id, "civil_papers", trips=2)

    assert (row("civil_papers").state, row("civil_papers").reason) == ("done", "")
    assert FactDelta.objects.get(code="MUDAH").numerator == 0


def test_a_step_is_left_out_only_by_law(family: Family, doing: Doing, office: None, case_id: str) -> None:
    cleared(family, doing, case_id)
    inform(doing, case_id)
    record(doing, case_id, "civil_papers")
    record(doing, case_id, "jobseeker_registration")
    given = {"case_id": case_id, "step": "selection"}

    assert codes(lambda: doing("cases.leave_out_step", seen=1, reason="passport_still_valid", **given)) == [
        "not_left_out_by_law"
    ]
    doing("cases.leave_out_step", seen=1, reason="individual", **given)

    assert row("selection").state == "left_out"
    assert case_now().state == CaseState.SELECTED
    assert row("placement_agreement").state == "open"


# --- put right -----------------------------------------------------------------------------------------


def test_a_correction_keeps_what_stood_and_counts_anew(family: Family, doing: Doing, case_id: str) -> None:
    record(doing, case_id, "civil_papers", trips=3, paid_rupiah=50_000)

    doing_correct(doing, case_id, trips=1, paid_rupiah=0)

    kept = StepCorrection.objects.in_village(KURIPAN).get()
    assert (kept.before["trips"], kept.after["trips"], kept.reason) == (3, 1, "mistyped")
    sums = {m.code: (m.numerator, m.denominator) for m in measures_of(person(new_id(), "Angka", ("auditor", "33.07")))}
    assert (sums["MUDAH"], sums["MURAH"]) == ((1, 1), (1, 1))


def doing_correct(doing: Doing, case_id: str, step: str = "civil_papers", **changes: Any) -> None:
    given = {"seen": seen(step), "reason": "mistyped", **changes}
    doing("cases.correct_step", case_id=case_id, step=step, **given)


def test_a_correction_says_why_and_changes_something(family: Family, doing: Doing, case_id: str) -> None:
    assert codes(lambda: doing_correct(doing, case_id, trips=1)) == ["not_finished"]
    record(doing, case_id, "civil_papers", trips=3)

    assert codes(lambda: doing_correct(doing, case_id, trips=3)) == ["nothing_changed"]
    assert codes(lambda: doing_correct(doing, case_id, trips=1, reason="bosan")) == ["unknown_reason"]
    assert codes(lambda: doing_correct(doing, case_id, done_on="2026-11-20")) == ["before_it_began"]
    assert codes(lambda: doing_correct(doing, case_id, trips=1, seen=1)) == ["changed_meanwhile"]


def test_a_step_is_not_opened_again_under_what_rests_on_it(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)
    inform(doing, case_id)
    record(doing, case_id, "civil_papers")
    record(doing, case_id, "jobseeker_registration")

    assert codes(lambda: doing_correct(doing, case_id, reopen=True)) == ["others_rest_on_it"]
    assert codes(lambda: doing_correct(doing, case_id, "family_permission", reopen=True)) == ["own_page"]
    doing_correct(doing, case_id, "jobseeker_registration", reopen=True)

    assert row("jobseeker_registration").state == "open"
    assert case_now().state == CaseState.VILLAGE_CLEARED


# --- information ----------------------------------------------------------------------------------------


def test_the_talk_is_finished_when_everything_was_received(family: Family, doing: Doing, case_id: str) -> None:
    inform(doing, case_id, ALL_TOPICS[:4])
    inform(doing, case_id, ALL_TOPICS[4:], received=False)
    assert row("information").state == "open"

    inform(doing, case_id, ALL_TOPICS[4:])

    assert row("information").state == "done"
    assert TopicTold.objects.in_village(KURIPAN).filter(received=True).count() == len(ALL_TOPICS)
    assert not FactDelta.objects.filter(code="A3").exists()  # it counts with the village letter


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"topics": []}, "no_topic"),
        ({"topics": ["gosip"]}, "unknown_topic"),
        ({"topics": ["costs"], "on": "2026-11-22"}, "before_case"),
    ],
)
def test_what_was_not_explained_is_not_written(
    family: Family, doing: Doing, case_id: str, given: dict[str, Any], code: str
) -> None:
    assert codes(lambda: doing("cases.record_information", case_id=case_id, **given)) == [code]


# --- ends, departures, and those who left long ago ------------------------------------------------------


def test_a_departure_runs_the_screening_once_more(family: Family, doing: Doing, office: None, case_id: str) -> None:
    ready(family, doing, case_id)

    leave(doing, case_id, agreed_contact_days=7, note="Majikan: Ibu Chan")

    last = OfferCheck.objects.in_village(KURIPAN).get(stage="departure")
    assert last.level in ("clear", "advise", "hold")
    assert b"Chan" not in bytes(case_now().departure_note_sealed or b"")
    safe = FactDelta.objects.get(code="AMAN")
    assert (safe.numerator, safe.denominator) == (5, 5)
    assert FactDelta.objects.get(code="A5").numerator == 1


def test_an_offer_that_turned_bad_stops_the_departure(family: Family, doing: Doing, office: None, case_id: str) -> None:
    ready(family, doing, case_id)
    check(doing, case_id, destination_changed_after_signing=True)

    assert set(codes(lambda: leave(doing, case_id))) == {"out_of_order", "offer_stopped"}
    assert case_now().state == CaseState.ORIENTED


def test_who_left_in_spite_of_everything_is_registered_all_the_same(family: Family, doing: Doing, case_id: str) -> None:
    check(doing, case_id, visa="umrah")

    leave(doing, case_id, left_anyway=True)

    case = case_now()
    assert (case.state, case.procedural_status) == ("DEPARTED", "NON_PROCEDURAL")
    assert Signal.objects.get(kind="worker_abroad").until is None
    assert codes(lambda: leave(doing, case_id, left_anyway=True)) == ["already_abroad"]
    assert codes(lambda: doing("cases.withdraw_case", case_id=case_id)) == ["already_abroad"]


def test_a_departure_of_yesterdays_page_is_told_so(family: Family, doing: Doing, case_id: str) -> None:
    assert codes(lambda: leave(doing, case_id, seen=0)) == ["changed_meanwhile"]


def test_somebody_found_abroad_enters_there(family: Family, doing: Doing) -> None:
    given = {"case_id": str(new_id()), "resident_id": str(family.siti.id), "country": "MYS"}

    doing("cases.record_found_abroad", departed_on="2019-02-01", procedural_status="NON_PROCEDURAL", **given)

    case = case_now()
    assert (case.state, case.found_abroad, case.departed_on) == ("WORKING", True, date(2019, 2, 1))
    assert Signal.objects.get().kind == "worker_abroad"
    assert (FactDelta.objects.get(code="A4").numerator, FactDelta.objects.get(code="A5").numerator) == (0, 0)
    again = {**given, "case_id": str(new_id())}
    assert codes(lambda: doing("cases.record_found_abroad", **again)) == ["case_already_open"]


@pytest.mark.parametrize(
    ("changes", "code"), [({"country": "ZZZ"}, "unknown_country"), ({"departed_on": "2026-11-24"}, "departed_later")]
)
def test_a_stay_that_cannot_be_is_refused(family: Family, doing: Doing, changes: dict[str, Any], code: str) -> None:
    given = {"case_id": str(new_id()), "resident_id": str(family.siti.id), **changes}

    assert codes(lambda: doing("cases.record_found_abroad", **given)) == [code]


def test_a_plan_ends_only_by_a_way_that_is_open(family: Family, doing: Doing, office: None, case_id: str) -> None:
    assert codes(lambda: doing("cases.exit_case", case_id=case_id, exit="UNFIT")) == ["no_such_exit"]
    cleared(family, doing, case_id)

    doing("cases.exit_case", case_id=case_id, exit="REJECTED")

    assert (case_now().state, case_now().closed_on) == ("REJECTED", TODAY)
    assert Letter.objects.in_village(KURIPAN).get().revoked_reason == "plan_withdrawn"
    assert Signal.objects.get(kind="plans_to_work_abroad").until == TODAY
    assert codes(lambda: record(doing, case_id, "civil_papers")) == ["case_over"]


def test_a_ground_that_is_somebodys_health_stays_in_the_case(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)
    inform(doing, case_id)
    for code in ("civil_papers", "jobseeker_registration", "selection", "placement_agreement"):
        record(doing, case_id, code)

    doing("cases.exit_case", case_id=case_id, exit="UNFIT")

    memory = str(list(TimelineEntry.objects.values())) + str(list(Event.objects.values()))
    assert case_now().state == "UNFIT"
    assert "UNFIT" not in memory


# --- measures, strangers -----------------------------------------------------------------------------


def test_measures_are_summed_for_a_village_and_a_country(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    ready(family, doing, case_id)
    auditor = person(new_id(), "Angka", ("auditor", "33.07"))

    of_village = measures_of(auditor, village_code=KURIPAN)

    assert of_village == measures_of(auditor, country="HKG")
    assert {m.code: m.numerator == m.denominator for m in of_village[1:]} == {
        "CEPAT": True, "MUDAH": True, "MURAH": True,
    }  # fmt: skip
    assert [m.denominator for m in measures_of(auditor, country="TWN")] == [0, 0, 0, 0]
    assert [m.denominator for m in measures_of(person(new_id(), "Lain", ("auditor", "32.12")))] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("cases.take_step", {"step": "civil_papers", "seen": 1, "holder": "candidate"}),
        ("cases.record_step_result", {"step": "civil_papers", "seen": 1}),
        ("cases.hold_step", {"step": "civil_papers", "seen": 1, "reason": "queue"}),
        ("cases.leave_out_step", {"step": "passport", "seen": 0, "reason": "passport_still_valid"}),
        ("cases.correct_step", {"step": "civil_papers", "seen": 1, "reason": "mistyped", "trips": 1}),
        ("cases.exit_case", {"exit": "WITHDREW"}),
        ("cases.record_information", {"topics": ["costs"]}),
        ("cases.record_departure", {"seen": 1, "left_anyway": True}),
        ("cases.record_found_abroad", {}),
    ],
)
def test_strangers_get_nothing_done(
    family: Family, doing: Doing, stranger: Actor, case_id: str, name: str, payload: dict[str, Any]
) -> None:
    head = person(new_id(), "Kepala desa", ("village_head", KURIPAN))
    payload = {"case_id": case_id, **payload}
    if name == "cases.record_departure":
        payload["check_id"] = str(new_id())
    if name == "cases.record_found_abroad":
        payload |= {"case_id": str(new_id()), "resident_id": str(family.budi.id)}
    before = Case.objects.in_village(KURIPAN).count(), list(CaseStep.objects.in_village(KURIPAN).values())

    for outsider in (stranger, head):
        assert codes(lambda: doing(name, by=outsider, **payload)) == ["not_found"]  # noqa: B023

    assert (Case.objects.in_village(KURIPAN).count(), list(CaseStep.objects.in_village(KURIPAN).values())) == before
