"""What complaints, referrals and stays leave for the indicators B4, B5, B7 and B8."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import Sum

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.audit.models import FactDelta
from desmigratif.cases.models import Complaint, Referral
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.trouble.referring import POLICE, load_directory, sending, the_referral
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
REGENCY = "33.07"


def figures(code: str, **where: Any) -> tuple[int, int]:
    rows = FactDelta.objects.filter(code=code, **where).aggregate(n=Sum("numerator"), d=Sum("denominator"))
    return rows["n"] or 0, rows["d"] or 0


def tell(doing: Doing, **said: Any) -> str:
    usual = {"channel": "desk", "kind": "UNPAID_WAGE", "story": "Upah tiga bulan belum dibayar."}
    doing("cases.record_complaint", complaint_id=(told := str(new_id())), **{**usual, **said})
    return told


def test_the_age_of_a_complaint_counts_until_it_was_resolved_and_is_taken_back_when_it_was_not(
    doing: Doing, officer: Actor, places: None, now: datetime
) -> None:
    told = {"complaint_id": tell(doing, on="2026-11-20"), "village_code": KURIPAN}

    def act(name: str, days: int, **said: Any) -> None:
        do(officer, f"cases.{name}", {**told, **said}, now=now + timedelta(days=days), act_id=new_id())

    act("triage_complaint", 0, kind="UNPAID_WAGE", emergency=False)
    act("resolve_complaint", 2, outcome="money_back", note="Ditransfer.")
    act("hear_reporter", 9, satisfied=True)
    assert figures("B4") == (5, 1)

    act("hear_reporter", 10, satisfied=False)
    assert figures("B4") == (0, 0)


def test_a_referral_is_acknowledged_by_the_first_word_and_counts_once(
    doing: Doing, case_id: str, family: Family, now: datetime
) -> None:
    load_directory(now)
    doing("cases.send_referral", **sending(case_id))
    assert figures("B5") == (0, 1)

    for reply in ("accepted", "in_process"):
        row = the_referral()
        doing("cases.record_referral_answer", referral_id=row.id, seen=row.version, reply=reply)
    assert figures("B5") == (1, 1)


def test_what_was_taken_back_before_anybody_read_it_is_not_owed_an_answer(
    doing: Doing, case_id: str, family: Family, now: datetime
) -> None:
    load_directory(now)
    doing("cases.send_referral", **sending(case_id))
    doing("cases.recall_referral", referral_id=the_referral().id, seen=the_referral().version, because="mistake")
    assert figures("B5") == (0, 0)


def test_a_suspicion_of_trafficking_is_counted_in_the_regency_and_once_when_the_police_hear_of_it(
    doing: Doing, family: Family, now: datetime
) -> None:
    load_directory(now)
    tell(doing, kind="TRAFFICKING", resident_id=str(family.siti.id))
    complaint = Complaint.objects.in_village(REGENCY).get()
    assert figures("B7", village_code=REGENCY) == (0, 1) == figures("B7")
    coordinator = person(new_id(), "Koordinator", ("regency_coordinator", REGENCY))
    triaged = {"complaint_id": complaint.id, "village_code": REGENCY, "kind": "TRAFFICKING", "emergency": True}
    do(coordinator, "cases.triage_complaint", triaged, now=now, act_id=new_id())
    given = sending(
        complaint.id, POLICE, matter_kind="complaint", village_code=REGENCY, about="harm", fields=[], basis="vital",
        on="2026-11-23",
    )  # fmt: skip
    do(coordinator, "cases.send_referral", given, now=now, act_id=new_id())

    assert figures("B7", village_code=REGENCY) == (1, 1)
    assert Referral.objects.in_village(REGENCY).get().resident_id is None


def test_who_is_abroad_stands_under_deaths_by_how_they_left_and_moves_with_what_is_found_out(
    doing: Doing, family: Family
) -> None:
    case_id = str(new_id())
    doing(
        "cases.record_found_abroad", case_id=case_id, resident_id=str(family.siti.id), on="2026-06-01",
        departed_on="2025-11-01", country="HKG", procedural_status="NON_PROCEDURAL",
    )  # fmt: skip
    assert figures("B8", key=f"NON_PROCEDURAL:{case_id}") == (0, 1) == figures("B8")

    doing(
        "cases.record_return", return_id=str(new_id()), resident_id=str(family.siti.id), case_id=case_id, kind="dead",
        cause="illness", source="mission", returned_on="2026-11-20",
    )  # fmt: skip
    assert figures("B8") == (1, 0)
