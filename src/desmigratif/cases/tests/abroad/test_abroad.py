"""Whoever works abroad is heard of as agreed, and silence is noticed by somebody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Sum

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.audit.models import FactDelta, Signal, TimelineEntry
from desmigratif.cases import tasks
from desmigratif.cases.models import Case, Contact, ContractChange, OfferCheck, RemittanceNote, Stay
from desmigratif.cases.queries.abroad.stays import silent_workers
from desmigratif.cases.rules.trouble.complaints import outcomes_on
from desmigratif.cases.sealing import stay_said
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.people.models import HandOver
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

LEFT_ON = "2026-11-20"
# She left on the 20th and calls every three days: until the end of the 23rd, by the clock of Central Java.
DUE = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
Later = Any


def leave(doing: Doing, case_id: str, **more: Any) -> None:
    case = Case.objects.in_village(KURIPAN).get(id=case_id)
    given = {"left_anyway": True, "agreed_contact_days": 3, "on": LEFT_ON, **more}
    doing("cases.record_departure", check_id=new_id(), case_id=case_id, seen=case.version, **given)


@pytest.fixture
def abroad(doing: Doing, family: Family) -> str:
    """Siti's case: gone to Hong Kong on 20 November."""
    case_id = str(new_id())
    doing("cases.open_case", case_id=case_id, resident_id=str(family.siti.id), on=LEFT_ON, country="HKG")
    leave(doing, case_id)
    return case_id


@pytest.fixture
def later(officer: Actor) -> Later:
    """`later(moment, "cases.record_contact", ...)`: an act of the officer at another moment."""

    def run(moment: datetime, name: str, /, **payload: Any) -> dict[str, Any]:
        on = (moment + timedelta(hours=7)).date().isoformat()
        return do(officer, name, {"village_code": KURIPAN, "on": on, **payload}, now=moment, act_id=new_id())

    return run


def case() -> Case:
    return Case.objects.in_village(KURIPAN).get()


def stay() -> Stay:
    return Stay.objects.in_village(KURIPAN).get()


def alarms() -> list[date]:
    live = Signal.objects.filter(kind="contact_overdue", until=None)
    return list(live.values_list("since", flat=True))


def figures() -> dict[str, tuple[int, int]]:
    rows = FactDelta.objects.filter(code__in=["A14", "A15", "A18", "A20"]).order_by().values("code")
    return {row["code"]: (row["n"], row["d"]) for row in rows.annotate(n=Sum("numerator"), d=Sum("denominator"))}


def lines() -> list[str]:
    return [e.kind for e in TimelineEntry.objects.order_by("at", "id") if not e.kind.startswith(("offer.", "case."))]


def contact(case_id: str, **more: Any) -> dict[str, Any]:
    return {"contact_id": new_id(), "case_id": case_id, "source": "worker", **more}


def codes(run: Any) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        run()
    return [reason.code for reason in refusal.value.reasons]


def test_a_departure_says_with_whom_and_begins_the_clock(doing: Doing, family: Family) -> None:
    case_id = str(new_id())
    doing("cases.open_case", case_id=case_id, resident_id=str(family.siti.id), on=LEFT_ON, country="HKG")
    facts = {
        "employer": "Nyonya Contoh", "address": "Jalan Contoh 7", "kin_id": str(family.budi.id),
        "contact_weekdays": [6], "contact_time": "19:00",
    }  # fmt: skip
    leave(doing, case_id, stay=facts, hand_overs=["children_left_behind", "saving_plan"])

    row = stay()
    assert (row.time_zone, row.due_at, row.kin, row.contact_weekdays) == ("Asia/Hong_Kong", DUE, family.budi, [6])
    assert stay_said(row, key_of(family.siti.id)) == {"employer": "Nyonya Contoh", "address": "Jalan Contoh 7"}
    assert b"Contoh" not in bytes(row.said_sealed or b"")
    assert set(HandOver.objects.in_village(KURIPAN).values_list("kind", "to_pillar")) == {
        ("children_left_behind", "parenting"), ("saving_plan", "cooperative"),
    }  # fmt: skip


def test_nothing_is_handed_over_by_itself(abroad: str) -> None:
    assert not HandOver.objects.in_village(KURIPAN).exists()


@pytest.mark.parametrize(("minutes", "raised"), [(-1, 0), (0, 0), (1, 1)], ids=["71:59", "72:00", "72:01"])
def test_silence_becomes_an_alarm_after_the_last_agreed_minute(abroad: str, minutes: int, raised: int) -> None:
    now = DUE + timedelta(minutes=minutes)

    assert tasks.review_stays(now) == raised
    assert len(alarms()) == raised


def test_the_job_raises_an_alarm_once_with_the_twentieth_flag(abroad: str) -> None:
    now = DUE + timedelta(minutes=1)

    assert [tasks.review_stays(now), tasks.review_stays(now + timedelta(hours=5))] == [1, 0]

    check = OfferCheck.objects.in_village(KURIPAN).get(stage="abroad")
    flags = {flag["code"]: flag["reason"] for flag in check.flags}
    assert alarms() == [date(2026, 11, 24)]
    assert "4 hari tanpa kabar" in flags["ALARM_AFTER_DEPARTURE"]
    assert lines() == ["contact.overdue"]
    assert figures()["A20"] == (0, 1)


def test_who_reads_sees_the_silence_before_the_job_came_by(abroad: str, officer: Actor, stranger: Actor) -> None:
    at = DUE + timedelta(seconds=1)

    assert [row.id for row in silent_workers(officer, DUE)] == []
    assert [str(row.id) for row in silent_workers(officer, at)] == [abroad]
    assert list(silent_workers(stranger, at)) == []


def test_a_call_ends_the_alarm_and_shows_that_she_is_at_work(abroad: str, later: Later) -> None:
    tasks.review_stays(DUE + timedelta(hours=1))
    called = DUE + timedelta(hours=10)  # 24 November, 10.00 WIB

    later(called, "cases.record_contact", **contact(abroad, at="09:30"))

    row = stay()
    assert (alarms(), row.overdue_since, case().state) == ([], None, "WORKING")
    assert row.due_at == datetime(2026, 11, 27, 2, 30, tzinfo=UTC)
    assert figures()["A20"] == (1, 1)


def test_an_old_call_moves_nothing_back_and_ends_no_alarm_that_still_holds(abroad: str, later: Later) -> None:
    now = DUE + timedelta(days=2)
    tasks.review_stays(now)

    later(now, "cases.record_contact", **contact(abroad, on="2026-11-21", at="08:00"))

    assert (len(alarms()), case().state) == (1, "DEPARTED")
    assert stay().due_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def test_a_call_that_was_tried_in_vain_is_written_down_and_counts_for_nothing(abroad: str, doing: Doing) -> None:
    doing("cases.record_contact", **contact(abroad, source="nobody"))

    assert (stay().due_at, lines()) == (DUE, ["contact.tried"])


def test_who_is_lost_is_looked_for_and_is_at_work_again_when_heard_of(abroad: str, later: Later) -> None:
    lost = DUE + timedelta(hours=2)
    later(lost, "cases.record_contact", **contact(abroad, source="nobody", lost=True))
    assert (case().state, alarms()) == ("LOST_CONTACT", [date(2026, 11, 24)])

    later(lost + timedelta(hours=5), "cases.record_contact", **contact(abroad, source="friend"))

    assert (case().state, alarms(), lines()) == (
        "WORKING", [], ["contact.overdue", "contact.lost", "contact.recorded"],
    )  # fmt: skip


def test_who_was_heard_of_is_not_lost(abroad: str, doing: Doing) -> None:
    assert codes(lambda: doing("cases.record_contact", **contact(abroad, lost=True))) == ["heard_of"]


def test_a_ransom_is_answered_with_the_flag_and_is_read_nowhere_else(abroad: str, doing: Doing) -> None:
    doing("cases.record_contact", **contact(abroad, ransom_asked=True, note="Diminta 40 juta"))

    check = OfferCheck.objects.in_village(KURIPAN).get(stage="abroad")
    (flag,) = [flag for flag in check.flags if flag["code"] == "ALARM_AFTER_DEPARTURE"]
    row = Contact.objects.in_village(KURIPAN).get()
    assert "Jangan mengirim uang" in flag["lawful_alternative"]
    assert b"ransom" not in bytes(row.said_sealed or b"")
    assert TimelineEntry.objects.get(kind="contact.recorded").params == {"source": "worker"}


def test_a_check_of_somebody_abroad_says_nothing_about_the_offer(abroad: str, doing: Doing, officer: Actor) -> None:
    before = case().version
    doing("cases.record_contact", **contact(abroad, source="nobody", passport_taken=True))

    assert (case().state, case().version) == ("DEPARTED", before)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"at": "10:16"}, "later_than_now"),
        ({"on": "2026-11-19"}, "before_departure"),
        ({"on": "2026-11-24"}, "date_in_future"),
    ],
)
def test_a_call_that_cannot_have_been_is_refused(abroad: str, doing: Doing, more: dict[str, Any], code: str) -> None:
    assert codes(lambda: doing("cases.record_contact", **contact(abroad, **more))) == [code]


def test_before_the_departure_nobody_is_heard_of_from_abroad(doing: Doing, case_id: str) -> None:
    assert codes(lambda: doing("cases.record_contact", **contact(case_id))) == ["not_abroad"]


def test_who_was_found_abroad_is_asked_to_agree_before_there_are_alarms(doing: Doing, family: Family) -> None:
    case_id = str(new_id())
    doing(
        "cases.record_found_abroad", case_id=case_id, resident_id=str(family.siti.id), country="MYS",
        departed_on="2019-02-01",
    )  # fmt: skip
    assert tasks.review_stays(DUE + timedelta(days=400)) == 0

    doing("cases.record_stay", case_id=case_id, seen=stay().version, agreed_contact_days=7)

    assert stay().due_at == datetime(2026, 11, 30, 3, 15, tzinfo=UTC)
    assert figures()["A20"] == (1, 1)


def test_two_officers_who_write_at_once_are_told(abroad: str, doing: Doing) -> None:
    seen = stay().version
    doing("cases.record_stay", case_id=abroad, seen=seen, facts={"employer": "Nyonya Contoh"})

    assert codes(lambda: doing("cases.record_stay", case_id=abroad, seen=seen)) == ["changed_meanwhile"]


def test_what_is_left_out_stays_as_it_was(abroad: str, doing: Doing, family: Family) -> None:
    doing("cases.record_stay", case_id=abroad, seen=stay().version, facts={"employer": "A", "phone": "0812"})
    doing("cases.record_stay", case_id=abroad, seen=stay().version, facts={"employer": "B"})

    assert stay_said(stay(), key_of(family.siti.id)) == {"employer": "B", "phone": "0812"}


def test_where_somebody_is_may_become_known_later_and_brings_its_clock(doing: Doing, family: Family) -> None:
    case_id = str(new_id())
    doing("cases.record_found_abroad", case_id=case_id, resident_id=str(family.siti.id))
    zones = [stay().time_zone]
    for country in ("TWN", "ITA"):
        doing("cases.record_stay", case_id=case_id, seen=stay().version, country=country)
        zones.append(stay().time_zone)

    assert (zones, case().country) == (["", "Asia/Taipei", "Europe/Rome"], "ITA")
    said = codes(lambda: doing("cases.record_stay", case_id=case_id, seen=stay().version, country="IDN"))
    assert said == ["unknown_country"]


@pytest.mark.parametrize("facts", [{"time_zone": "Europe/Rome"}, {"kin_id": "self"}])
def test_nonsense_about_a_stay_is_refused(abroad: str, doing: Doing, family: Family, facts: dict[str, Any]) -> None:
    facts = {name: str(family.siti.id) if value == "self" else value for name, value in facts.items()}
    said = codes(lambda: doing("cases.record_stay", case_id=abroad, seen=stay().version, facts=facts))

    assert said in (["unknown_zone"], ["kin_is_worker"])


def test_the_mission_is_told_once(abroad: str, doing: Doing) -> None:
    given = {"case_id": abroad, "how": "visit"}
    doing("cases.report_to_mission", **given)

    assert (stay().reported_on, stay().reported_how) == (date(2026, 11, 23), "visit")
    assert codes(lambda: doing("cases.report_to_mission", **given)) == ["reported_before"]
    assert codes(lambda: doing("cases.report_to_mission", **given, on="2026-11-01")) != []


def change(case_id: str, **more: Any) -> dict[str, Any]:
    return {"change_id": new_id(), "case_id": case_id, "kind": "extension", "until": "2027-11-30", **more}


def test_a_contract_goes_on_and_its_premium_is_counted(abroad: str, doing: Doing) -> None:
    facts = {"contract_until": "2026-11-30", "cover_until": "2026-11-30"}
    doing("cases.record_stay", case_id=abroad, seen=stay().version, facts=facts)
    assert figures()["A15"] == (1, 1)

    doing("cases.change_contract", **change(abroad))
    row = ContractChange.objects.in_village(KURIPAN).get()
    assert (row.months, row.premium_rupiah, case().state) == (12, 162_000, "EXTENDED")
    assert figures()["A15"] == (0, 1)  # until somebody pays for the months more

    doing("cases.change_contract", **change(abroad, until="2028-11-30", paid=True))
    assert (figures()["A15"], stay().cover_until) == ((1, 1), date(2028, 11, 30))


def test_whoever_was_extended_before_silence_is_extended_again_after_it(abroad: str, doing: Doing) -> None:
    doing("cases.change_contract", **change(abroad))
    doing("cases.record_contact", **contact(abroad, source="nobody", lost=True))
    doing("cases.record_contact", **contact(abroad, at="10:15"))

    assert case().state == "EXTENDED"


def test_another_employer_takes_the_old_address_along(abroad: str, doing: Doing, family: Family) -> None:
    doing("cases.record_stay", case_id=abroad, seen=stay().version, facts={"employer": "A", "address": "Jalan A"})
    doing("cases.change_contract", **change(abroad, kind="employer", until=None, employer="B"))

    assert stay_said(stay(), key_of(family.siti.id)) == {"employer": "B"}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"until": None}, "until_missing"),
        ({"until": "2026-11-23"}, "not_later"),
        ({"until": "2062-11-23"}, "too_long"),
        ({"kind": "employer", "until": None}, "employer_missing"),
    ],
)
def test_a_change_that_cannot_be_is_refused(abroad: str, doing: Doing, more: dict[str, Any], code: str) -> None:
    assert codes(lambda: doing("cases.change_contract", **change(abroad, **more))) == [code]


def note(case_id: str, **more: Any) -> dict[str, Any]:
    return {"note_id": new_id(), "case_id": case_id, "willing": True, "band": "from_1_to_3", "uses": ["school"], **more}


def test_a_family_tells_of_money_only_when_it_wants_to(abroad: str, doing: Doing) -> None:
    doing("cases.note_remittance", **note(abroad))

    assert RemittanceNote.objects.in_village(KURIPAN).get().uses == ["school"]
    assert TimelineEntry.objects.get(kind="remittance.noted").privacy == "specific"
    assert codes(lambda: doing("cases.note_remittance", **note(abroad, willing=False))) == ["not_willing"]
    assert codes(lambda: doing("cases.note_remittance", **note(abroad, band="millions"))) == ["unknown_choice"]


def test_figures_follow_the_calendar_and_end_with_the_journey(abroad: str, later: Later) -> None:
    assert figures() == {"A14": (0, 1), "A15": (0, 1), "A18": (1, 1), "A20": (1, 1)}

    tasks.review_stays(DUE + timedelta(days=100))
    assert figures()["A18"] == (0, 1)

    later(DUE + timedelta(days=101), "cases.exit_case", case_id=abroad, exit="DIED")
    assert set(figures().values()) == {(0, 0)}
    assert alarms() == []


def complain(doing: Doing, family: Family, **said: Any) -> str:
    complaint_id = str(new_id())
    doing(
        "cases.record_complaint", complaint_id=complaint_id, channel="kin", kind="UNPAID_WAGE",
        resident_id=str(family.siti.id), story="Upah belum dibayar.", **said,
    )  # fmt: skip
    return complaint_id


@pytest.fixture
def handle(officer: Actor, now: datetime) -> Later:
    """An act on a complaint, by the officer, now."""

    def run(name: str, complaint_id: str, **payload: Any) -> dict[str, Any]:
        given = {"complaint_id": complaint_id, "village_code": KURIPAN, **payload}
        return do(officer, f"cases.{name}", given, now=now, act_id=new_id())

    return run


def test_a_complaint_that_is_dealt_with_is_trouble_until_it_is_resolved(
    abroad: str, doing: Doing, handle: Later, family: Family
) -> None:
    told = complain(doing, family)
    assert case().state == "DEPARTED"
    handle("triage_complaint", told, kind="UNPAID_WAGE", emergency=False)
    assert case().state == "PROBLEM"
    handle("verify_complaint", told, found="Benar.", here=True)
    handle("resolve_complaint", told, outcome=next(iter(outcomes_on(date(2026, 11, 23)))))

    assert case().state == "WORKING"


def test_a_complaint_that_the_village_must_not_see_moves_nothing(
    abroad: str, doing: Doing, handle: Later, family: Family
) -> None:
    handle("triage_complaint", complain(doing, family), kind="TRAFFICKING", emergency=True)

    assert case().state == "DEPARTED"


def test_whoever_is_in_trouble_stays_so_while_silent(abroad: str, doing: Doing, handle: Later, family: Family) -> None:
    handle("triage_complaint", complain(doing, family), kind="UNPAID_WAGE", emergency=False)
    doing("cases.record_contact", **contact(abroad, source="nobody", lost=True))

    assert (case().state, len(alarms())) == ("PROBLEM", 1)


def test_whoever_is_back_is_waited_for_no_more_and_again_when_that_was_wrong(abroad: str, later: Later) -> None:
    return_id = str(new_id())
    later(
        DUE, "cases.record_return", return_id=return_id, resident_id=str(case().resident_id), case_id=abroad,
        returned_on="2026-11-23", kind="normal", cause="contract_ended", source="family",
    )  # fmt: skip
    assert (stay().due_at, tasks.review_stays(DUE + timedelta(days=30))) == (None, 0)

    later(DUE + timedelta(hours=1), "cases.withdraw_return", return_id=return_id, reason="mistyped")

    assert stay().due_at == DUE
    assert tasks.review_stays(DUE + timedelta(hours=1)) == 1


def test_a_case_from_before_there_were_stays_gets_one(abroad: str) -> None:
    Stay.objects.in_village(KURIPAN).delete()

    assert tasks.review_stays(DUE + timedelta(minutes=1)) == 1


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("cases.record_stay", {"seen": 0}),
        ("cases.report_to_mission", {"how": "visit"}),
        ("cases.record_contact", {"contact_id": new_id(), "source": "worker"}),
        ("cases.change_contract", {"change_id": new_id(), "kind": "terms"}),
        ("cases.note_remittance", {"note_id": new_id(), "band": "none", "willing": True}),
    ],
)
def test_a_stranger_writes_nothing_about_somebody_abroad(
    abroad: str, doing: Doing, stranger: Actor, name: str, payload: dict[str, Any]
) -> None:
    with pytest.raises(Refusal, match="not_found"):
        doing(name, by=stranger, case_id=abroad, **payload)


def test_a_stranger_does_not_review_the_stays_of_a_village(abroad: str, doing: Doing, stranger: Actor) -> None:
    with pytest.raises(Refusal, match="not_found"):
        doing("cases.review_stays", by=stranger)
