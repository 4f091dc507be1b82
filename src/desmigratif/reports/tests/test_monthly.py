"""A monthly report goes from the officer to the head to the regency; what two people signed never changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.audit.models import Event, FactDelta
from desmigratif.documents.office_papers import paper_content, paper_pdf
from desmigratif.documents.queries import check_short_code, key_set
from desmigratif.documents.rules.verify_pdf import verify_pdf
from desmigratif.indicators.models import PublishedMonth
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.programme.tests.test_villages import joined
from desmigratif.reports import tasks
from desmigratif.reports.models import ReportDue, ReportRemark, VillageReport
from desmigratif.reports.queries.monthly import months_of, owed, remarks_on, waiting_for
from desmigratif.reports.rules import monthly as rules
from desmigratif.reports.rules.figures import figures_from
from desmigratif.reports.tests.conftest import KURIPAN, OCTOBER, Round, fact
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
Found = Callable[[UUID], VillageReport]
GIVEN: dict[str, dict[str, Any]] = {
    "reports.owe_report": OCTOBER,
    "reports.write_report": {"report_id": None, **OCTOBER},
    "reports.sign_report": {"report_id": None},
    "reports.hand_back": {"report_id": None, "remark_id": new_id(), "text": "Belum lengkap"},
    "reports.send_report": {"report_id": None, "paper_id": new_id()},
    "reports.return_report": {"report_id": None, "remark_id": new_id(), "text": "Belum lengkap"},
    "reports.accept_report": {"report_id": None},
}


def refused(going: Round, by: Actor, name: str, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        going.act(by, name, **given)
    return refusal.value.reasons[0].code


def test_a_report_goes_from_click_to_accepted_and_carries_both_names(going: Round, report_of: Found) -> None:
    id = going.sent(obstacles="Sinyal putus tiga hari.", follow_up="Catatan kertas dimasukkan Senin.")
    going.act(going.coordinator, "accept_report", report_id=id)

    report = report_of(id)
    assert (report.state, report.officer_name, report.head_name) == ("accepted", going.officer.label, "Suwarno Hadi")
    said = {one.code: one.said for one in figures_from(report.figures or [])}
    assert (said["A1"], said["A5"], said["C1"]) == ("84", "85,7%", "belum ada data")
    events = [f"report.{verb}" for verb in ("owed", "begun", "signed", "sent", "accepted")]
    assert [
        one
        for one in Event.objects.filter(village_code=KURIPAN).order_by("audit_no").values_list("event", flat=True)
        if one in events
    ] == events


def test_its_paper_is_checked_without_a_network_and_by_its_short_code(going: Round, report_of: Found) -> None:
    paper = report_of(going.sent()).paper

    assert paper is not None
    verdict = verify_pdf(paper_pdf(paper), key_set(as_of=TODAY), today=TODAY)
    assert (verdict.code, verdict.matches_text) == ("valid", True)
    assert verdict.statement is not None and verdict.statement.number == "560/LAP-2026.10.1/DS-KRP/XI/2026"
    typed = check_short_code(paper.short_code, as_of=TODAY)
    assert typed is not None and typed.valid


def test_the_fingerprint_on_the_paper_changes_with_every_figure(going: Round, report_of: Found) -> None:
    report = report_of(going.sent())
    assert report.paper is not None
    said = rules.Said(KURIPAN, 2026, 10, 1, report.figures or [], "", "")

    assert paper_content(report.paper).says == rules.says(said)
    other = [{**one, "numerator": 85} if one["code"] == "A1" else one for one in report.figures or []]
    assert rules.fingerprint_of(said) != rules.fingerprint_of(rules.Said(KURIPAN, 2026, 10, 1, other, "", ""))


def test_a_month_that_is_not_over_and_a_frozen_one_are_refused_with_the_way_out(going: Round) -> None:
    PublishedMonth.objects.create(month=202609, frozen_at=timezone.now(), by_id="x", facts=0)

    for month, code, way_out in ((11, "month_not_over", "1 Desember 2026"), (9, "month_frozen", "ralat")):
        with pytest.raises(Refusal) as refusal:
            going.act(going.officer, "write_report", report_id=new_id(), year=2026, month=month)
        (reason,) = refusal.value.reasons
        assert reason.code == code and way_out in reason.way_out
    assert not VillageReport.objects.everywhere().exists()


def test_what_was_returned_before_the_month_froze_is_mended_with_the_figures_it_had(
    going: Round, report_of: Found, now: datetime
) -> None:
    first = going.returned()
    PublishedMonth.objects.create(month=202610, frozen_at=timezone.now(), by_id="x", facts=0)
    fact("A13", 2, 0)
    fold(now)
    second = going.checked(follow_up="Dokumen disusulkan.")

    assert report_of(second).figures == report_of(first).figures
    assert waiting_for(going.officer, TODAY).to_write == 0


def test_a_frozen_month_that_never_came_waits_for_nobody(going: Round) -> None:
    going.act(going.officer, "owe_report", **OCTOBER)
    assert waiting_for(going.officer, TODAY).to_write == waiting_for(going.coordinator, TODAY).late == 1
    PublishedMonth.objects.create(month=202610, frozen_at=timezone.now(), by_id="x", facts=0)

    assert waiting_for(going.officer, TODAY).to_write == waiting_for(going.coordinator, TODAY).late == 0
    assert not owed(going.coordinator, look="terlambat", today=TODAY).exists()
    (month,) = months_of(going.coordinator, owed(going.coordinator, look="", today=TODAY))
    assert month.frozen and month.report is None


def test_the_head_hands_back_in_the_same_version_and_the_words_stay(going: Round, report_of: Found) -> None:
    id = going.checked()
    going.act(going.head, "hand_back", report_id=id, remark_id=new_id(), text="Kendala belum ditulis.")

    report = report_of(id)
    assert (report.state, report.version, report.figures, report.officer_id) == ("draft", 1, None, None)
    assert [one.text for one in remarks_on(going.officer, report)] == ["Kendala belum ditulis."]


def test_what_the_regency_returns_is_mended_as_a_new_version_that_shows_both(
    going: Round, report_of: Found, now: datetime
) -> None:
    first = going.returned()
    fact("A13", 2, 0)
    fold(now)
    second = going.written()
    going.act(going.officer, "sign_report", report_id=second)
    going.act(going.head, "send_report", report_id=second, paper_id=new_id())

    old, new = report_of(first), report_of(second)
    assert (new.version, new.earlier_id, old.state) == (2, first, "returned")
    assert old.paper is not None and new.paper is not None
    page = str(paper_content(new.paper).blocks)
    assert "5 dari 7" in page and "7 dari 7" in page
    assert check_short_code(old.paper.short_code, as_of=TODAY).revoked is True  # type: ignore[union-attr]
    assert [one.text for one in remarks_on(going.officer, new)] == ["Lengkapi A13 di Sikapat."]


def test_an_accepted_report_is_corrected_only_with_a_reason(going: Round, report_of: Found) -> None:
    id = going.sent()
    going.act(going.coordinator, "accept_report", report_id=id)

    assert refused(going, going.officer, "write_report", report_id=new_id(), **OCTOBER) == "reason_needed"
    second = going.written(because="Satu keberangkatan terlambat dicatat.")
    assert (report_of(second).version, report_of(second).because) == (2, "Satu keberangkatan terlambat dicatat.")
    assert report_of(id).state == "accepted"


def test_nobody_acts_out_of_turn(going: Round) -> None:
    id = going.written()
    assert refused(going, going.head, "send_report", report_id=id, paper_id=new_id()) == "other_step"
    going.act(going.officer, "sign_report", report_id=id)
    assert refused(going, going.officer, "sign_report", report_id=id) == "other_step"
    assert refused(going, going.officer, "write_report", report_id=new_id(), **OCTOBER) == "waits_for_head"
    assert refused(going, going.coordinator, "accept_report", report_id=id) == "not_waiting"
    going.act(going.head, "send_report", report_id=id, paper_id=new_id())
    assert refused(going, going.officer, "write_report", report_id=new_id(), **OCTOBER) == "waits_for_regency"


def test_one_person_with_both_roles_cannot_sign_twice(going: Round) -> None:
    both = person(new_id(), "Dua peran", ("village_officer", KURIPAN), ("village_head", KURIPAN))
    id = going.written()
    going.act(both, "sign_report", report_id=id)

    assert refused(going, both, "send_report", report_id=id, paper_id=new_id()) == "two_people"


def test_the_database_lets_nobody_change_what_two_people_signed(going: Round, report_of: Found) -> None:
    id = going.returned()
    report, remark = report_of(id), ReportRemark.objects.everywhere().get()
    figures = [{**one, "numerator": 99} for one in report.figures or []]

    for change in ({"figures": figures}, {"obstacles": "lain"}, {"sent_on": date(2026, 11, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            VillageReport.objects.everywhere().filter(id=id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportRemark.objects.everywhere().filter(id=remark.id).update(text="lain")
    with pytest.raises(DatabaseError), transaction.atomic():
        VillageReport.objects.everywhere().filter(id=id).delete()


def test_on_time_counts_once_in_the_month_that_is_reported(going: Round, now: datetime) -> None:
    going.returned()  # sent on 23 November; due on the 6th
    again = going.written()
    going.act(going.officer, "sign_report", report_id=again)
    going.act(going.head, "send_report", report_id=again, paper_id=new_id())
    december = Round(datetime(2026, 12, 7, 3, tzinfo=now.tzinfo), going.officer, going.head, going.coordinator)
    id = new_id()
    december.act(december.officer, "write_report", report_id=id, year=2026, month=11)
    december.act(december.officer, "sign_report", report_id=id)
    december.act(december.head, "send_report", report_id=id, paper_id=new_id())

    facts = FactDelta.objects.filter(code="F5").values_list("on", "numerator", "denominator")
    assert sorted(facts) == [(date(2026, 10, 31), 0, 1), (date(2026, 11, 30), 0, 1), (date(2026, 11, 30), 1, 0)]


def test_time_makes_the_month_due_once_for_villages_of_a_programme(going: Round, now: datetime) -> None:
    joined(going.coordinator, now)
    first = datetime(2026, 12, 1, 1, tzinfo=now.tzinfo)

    assert [tasks.owe_reports(first), tasks.owe_reports(first + timedelta(days=3))] == [1, 0]
    due = ReportDue.objects.in_village(KURIPAN).get()
    assert (due.year, due.month, due.due_on) == (2026, 11, date(2026, 12, 7))
    assert waiting_for(going.officer, date(2026, 12, 7)).to_write == 1
    assert waiting_for(going.coordinator, date(2026, 12, 7)).late == 0
    assert waiting_for(going.coordinator, date(2026, 12, 8)).late == 1


def test_each_sees_what_waits_for_them(going: Round) -> None:
    id = going.checked()
    assert (waiting_for(going.head, TODAY).to_sign, waiting_for(going.coordinator, TODAY).to_read) == (1, 0)
    going.act(going.head, "send_report", report_id=id, paper_id=new_id())
    assert (waiting_for(going.head, TODAY).to_sign, waiting_for(going.coordinator, TODAY).to_read) == (0, 1)
    assert waiting_for(going.officer, TODAY).to_write == 0


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_a_stranger_learns_and_changes_nothing(going: Round, stranger: Actor, now: datetime, name: str) -> None:
    id = going.checked()
    payload = {"village_code": KURIPAN, **{key: value or id for key, value in GIVEN[name].items()}}
    others = [stranger, person(new_id(), "Kades lain", ("village_head", "33.07.12.2007")),
              person(new_id(), "Koordinator lain", ("regency_coordinator", "32.12")),
              person(new_id(), "Analis", ("ministry_analyst", "ID"))]  # fmt: skip

    for by in others:
        with pytest.raises(Refusal) as refusal:
            do(by, name, payload, now=now, act_id=new_id())
        assert [one.code for one in refusal.value.reasons] == [NotFoundOrNotYours.code]
    assert list(VillageReport.objects.everywhere().values_list("state", flat=True)) == ["checked"]
    assert not ReportRemark.objects.everywhere().exists()
