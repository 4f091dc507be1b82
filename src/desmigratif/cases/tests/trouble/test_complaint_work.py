"""From triage to the reporter's last word: in time or late, raised or handed down, with the money that came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.audit.models import FactDelta, TimelineEntry
from desmigratif.cases.complaint_sealing import said_of
from desmigratif.cases.models import Complaint, ComplaintMoney, ComplaintMove, Evidence
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.papers.test_papers import photo
from desmigratif.documents.models import Attachment
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

REGENCY = "33.07"
At = Callable[..., dict[str, Any]]


@pytest.fixture
def coordinator() -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", REGENCY))


@pytest.fixture
def told(doing: Doing, family: Family) -> str:
    complaint_id = str(new_id())
    doing(
        "cases.record_complaint", complaint_id=complaint_id, channel="kin", kind="UNPAID_WAGE",
        resident_id=str(family.siti.id), story="Upah tiga bulan belum dibayar.",
    )  # fmt: skip
    return complaint_id


@pytest.fixture
def act(officer: Actor, now: datetime, told: str) -> At:
    """An act on the complaint, so many minutes after it came in."""

    def run(name: str, *, by: Actor = officer, minutes: int = 0, code: str = KURIPAN, **payload: Any) -> dict[str, Any]:
        given = {"complaint_id": told, "village_code": code, **payload}
        return do(by, f"cases.{name}", given, now=now + timedelta(minutes=minutes), act_id=new_id())

    return run


def figures(code: str) -> tuple[int, int]:
    rows = FactDelta.objects.filter(code=code)
    return sum(row.numerator for row in rows), sum(row.denominator for row in rows)


@pytest.mark.parametrize(("minutes", "counted"), [(23 * 60 + 59, 1), (24 * 60 + 1, 0)])
def test_triage_a_minute_late_is_late(act: At, minutes: int, counted: int) -> None:
    act("triage_complaint", minutes=minutes, kind="UNPAID_WAGE", emergency=False)

    assert figures("B2") == (counted, 1)


def test_a_complaint_goes_from_triage_to_the_reporters_word_and_back(act: At, told: str) -> None:
    act("triage_complaint", kind="UNDERPAID", emergency=False, note="Slip gaji ada.")
    act("verify_complaint", found="Majikan mengakui.", here=True)
    act("resolve_complaint", outcome="money_back", note="Ditransfer.")
    assert (figures("B6"), figures("B3")) == ((0, 1), (0, 1))
    act("hear_reporter", satisfied=True)
    assert (figures("B6"), figures("B3")) == ((1, 1), (1, 1))
    act("hear_reporter", satisfied=False, note="Baru separuh.")
    assert (figures("B6"), figures("B3")) == ((0, 0), (0, 1))
    act("take_up_complaint")

    complaint = Complaint.objects.in_village(KURIPAN).get(id=told)
    assert (complaint.state, complaint.kind, complaint.resolved_on) == ("IN_PROCESS", "UNDERPAID", None)
    states = ComplaintMove.objects.in_village(KURIPAN).order_by("id").values_list("to_state", flat=True)
    assert list(states) == [
        "RECEIVED", "TRIAGED", "VERIFIED", "IN_PROCESS", "RESOLVED", "CONFIRMED_BY_REPORTER", "REOPENED", "IN_PROCESS",
    ]  # fmt: skip


def test_a_step_taken_twice_and_an_unknown_word_are_refused(act: At) -> None:
    with pytest.raises(Refusal, match="unknown_kind"):
        act("triage_complaint", kind="NONE_OF_OURS", emergency=False)
    act("triage_complaint", kind="UNPAID_WAGE", emergency=False)
    with pytest.raises(Refusal, match="not_the_next_state"):
        act("triage_complaint", kind="UNPAID_WAGE", emergency=False)
    with pytest.raises(Refusal, match="unknown_outcome"):
        act("resolve_complaint", outcome="nobody_knows")


def test_what_turns_out_to_be_trafficking_leaves_the_village_without_a_trace(
    act: At, told: str, officer: Actor, coordinator: Actor, family: Family
) -> None:
    act("add_complaint_evidence", evidence_id=str(new_id()), on="2026-11-23", what="chat", picture=photo())
    act("triage_complaint", kind="TRAFFICKING", emergency=True, note="Paspornya ditahan.")

    assert not Complaint.objects.visible_to(officer).exists()
    kept = Complaint.objects.visible_to(coordinator).get()
    assert (kept.village_code, kept.kind, kept.resident_id) == (REGENCY, "", None)
    assert (said_of(kept).kind, said_of(kept).about_name) == ("TRAFFICKING", "Siti Aminah")
    assert not TimelineEntry.objects.filter(kind="complaint.moved").exists()
    for rows in (ComplaintMove.objects, Evidence.objects, Attachment.objects):
        assert not rows.in_village(KURIPAN).exists()
    with pytest.raises(Refusal):
        act("verify_complaint", found="Benar.")
    act("verify_complaint", by=coordinator, code=REGENCY, found="Benar.")


def test_what_came_in_without_a_village_goes_to_the_village_of_whom_it_is_about(
    now: datetime, coordinator: Actor, officer: Actor, family: Family
) -> None:
    told = str(new_id())
    given = {"village_code": REGENCY, "on": "2026-11-23", "complaint_id": told, "channel": "web", "story": "Tolong."}
    do(coordinator, "cases.record_complaint", given, now=now, act_id=new_id())
    assert not Complaint.objects.visible_to(officer).exists()
    triage = {
        "complaint_id": told, "village_code": REGENCY, "kind": "LOST_CONTACT", "emergency": False,
        "resident_id": str(family.siti.id),
    }  # fmt: skip
    do(coordinator, "cases.triage_complaint", triage, now=now, act_id=new_id())

    assert Complaint.objects.visible_to(officer).get().village_code == KURIPAN


def test_money_is_kept_per_item_as_it_stands(act: At) -> None:
    act("record_complaint_money", on="2026-11-23", item="wage", claimed_rupiah=9_000_000)
    act("record_complaint_money", on="2026-11-23", item="fee", claimed_rupiah=4_000_000, recovered_rupiah=4_000_000)
    act("record_complaint_money", on="2026-11-23", item="wage", claimed_rupiah=9_000_000, recovered_rupiah=2_500_000)

    assert figures("B9") == (6_500_000, 13_000_000)
    assert ComplaintMoney.objects.in_village(KURIPAN).count() == 2
    with pytest.raises(Refusal, match="more_than_claimed"):
        act("record_complaint_money", on="2026-11-23", item="wage", claimed_rupiah=1, recovered_rupiah=2)


def test_evidence_is_sealed_and_counts_for_the_complaint(act: At, told: str) -> None:
    evidence_id = str(new_id())
    act("add_complaint_evidence", evidence_id=evidence_id, on="2026-11-23", what="receipt", picture=photo())

    row = Evidence.objects.in_village(KURIPAN).select_related("copy").get()
    assert (str(row.complaint_id), str(row.copy.resident_id)) == (told, told)


STEPS: dict[str, dict[str, Any]] = {
    "cases.triage_complaint": {"kind": "UNPAID_WAGE", "emergency": False},
    "cases.verify_complaint": {"found": "Benar."},
    "cases.take_up_complaint": {},
    "cases.resolve_complaint": {"outcome": "helped"},
    "cases.hear_reporter": {"satisfied": True},
    "cases.record_complaint_money": {"on": "2026-11-23", "item": "wage", "claimed_rupiah": 1},
    "cases.add_complaint_evidence": {
        "evidence_id": str(new_id()),
        "on": "2026-11-23",
        "what": "chat",
        "picture": "YQ==",
    },
}


@pytest.mark.parametrize("name", sorted(STEPS))
def test_a_stranger_does_nothing_with_it(act: At, stranger: Actor, name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        act(name.removeprefix("cases."), by=stranger, **STEPS[name])

    assert refusal.value.reasons[0].code == NotFoundOrNotYours.code
    assert Complaint.objects.in_village(KURIPAN).get().state == "RECEIVED"


def test_triage_never_lowers_who_may_see_it(now: datetime, coordinator: Actor, officer: Actor, family: Family) -> None:
    told = str(new_id())
    given = {
        "village_code": KURIPAN, "on": "2026-11-23", "complaint_id": told, "channel": "desk", "tier": "regency",
        "story": "Hanya untuk kabupaten.",
    }  # fmt: skip
    do(officer, "cases.record_complaint", given, now=now, act_id=new_id())
    triage = {
        "complaint_id": told, "village_code": REGENCY, "kind": "UNPAID_WAGE", "emergency": False, "tier": "village",
        "resident_id": str(family.siti.id),
    }  # fmt: skip
    do(coordinator, "cases.triage_complaint", triage, now=now, act_id=new_id())

    kept = Complaint.objects.visible_to(coordinator).get()
    assert (kept.tier, kept.village_code) == ("regency", REGENCY)
    assert not Complaint.objects.visible_to(officer).exists()
