"""A complaint tied to its resident later, an outcome while a body has it, its history, and its code on paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Event, Signal, TimelineEntry
from desmigratif.cases.complaint_sealing import receipt_code, said_of
from desmigratif.cases.models import Complaint, ComplaintMove, Referral
from desmigratif.cases.rules.trouble.complaints import reasons_not_to_resolve, reasons_not_to_tie
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.pages import desk, fields_of, on_the_morning, send
from desmigratif.cases.tests.trouble.referring import MISSION, body_called, load_directory
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

__all__ = ["desk", "on_the_morning"]
REGENCY = "33.07"
WHY = "Majikan sudah membayar di depan keluarganya."


@pytest.fixture
def coordinator() -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", REGENCY))


def taken_in(doing: Doing, **said: Any) -> Complaint:
    complaint_id = str(new_id())
    about = {"name": "Siti dari dusun atas"}
    usual = {"channel": "letter", "story": "Anaknya belum digaji.", "kind": "UNPAID_WAGE", "about": about}
    doing("cases.record_complaint", complaint_id=complaint_id, **{**usual, **said})
    return Complaint.objects.everywhere().get(id=complaint_id)


def tied(by: Actor, row: Complaint, family: Family, now: datetime, minutes: int = 30) -> None:
    given = {"complaint_id": str(row.id), "village_code": row.village_code, "resident_id": str(family.siti.id)}
    do(by, "cases.tie_complaint", given, now=now + timedelta(minutes=minutes), act_id=new_id())


def triaged(by: Actor, row: Complaint, now: datetime, **more: Any) -> None:
    given = {"complaint_id": str(row.id), "village_code": row.village_code, "kind": "UNPAID_WAGE", "emergency": False}
    do(by, "cases.triage_complaint", {**given, **more}, now=now + timedelta(minutes=10), act_id=new_id())


def test_an_outcome_waits_for_a_body_unless_somebody_says_why_not() -> None:
    (reason,) = reasons_not_to_resolve(waiting_at=["KBRI", "Polres"], despite="")

    assert (reason.code, reason.field) == ("still_referred", "despite")
    assert "KBRI, Polres" in reason.text
    assert reasons_not_to_resolve(waiting_at=["KBRI"], despite=WHY) == []
    assert reasons_not_to_resolve(waiting_at=[], despite="") == []


def test_a_tie_is_made_once_and_carries_nothing_that_was_begun_elsewhere() -> None:
    assert reasons_not_to_tie(tied=False, elsewhere=True, begun=False) == []
    assert [one.code for one in reasons_not_to_tie(tied=True, elsewhere=False, begun=True)] == ["tied_already"]
    assert [one.code for one in reasons_not_to_tie(tied=False, elsewhere=True, begun=True)] == ["elsewhere"]


@pytest.mark.django_db
def test_tied_later_it_stands_in_the_familys_file_and_what_was_told_stays_sealed(
    doing: Doing, officer: Actor, family: Family, now: datetime
) -> None:
    row = taken_in(doing)
    triaged(officer, row, now)
    before = bytes(Complaint.objects.everywhere().get(id=row.id).said_sealed)

    tied(officer, row, family, now)

    after = Complaint.objects.in_village(KURIPAN).get(id=row.id)
    assert after.resident_id == family.siti.id
    assert bytes(after.said_sealed) == before
    assert Event.objects.filter(event="complaint.tied").count() == 1
    lines = TimelineEntry.objects.filter(resident_id=family.siti.id, link=f"cases:complaint:{row.id}")
    assert [line.kind for line in lines] == ["complaint.moved"]
    assert Signal.objects.filter(resident_id=family.siti.id, kind="unpaid_wage_case").exists()
    with pytest.raises(Refusal) as refusal:
        tied(officer, row, family, now, minutes=40)
    assert refusal.value.reasons[0].code == "tied_already"


@pytest.mark.django_db
def test_a_protective_one_names_nobody_outside_its_seal_when_it_is_tied(
    doing: Doing, coordinator: Actor, family: Family, now: datetime
) -> None:
    row = taken_in(doing, kind="VIOLENCE")

    tied(coordinator, row, family, now)

    after = Complaint.objects.in_village(REGENCY).get(id=row.id)
    assert (after.resident, after.case, after.kind) == (None, None, "")
    assert (said_of(after).resident_id, said_of(after).kind) == (str(family.siti.id), "VIOLENCE")
    assert not TimelineEntry.objects.filter(resident_id=family.siti.id).exists()
    (event,) = Event.objects.filter(event="complaint.tied")
    assert (event.subjects, set(event.details)) == ([], {"act", "about"})
    assert str(row.id) not in str(event.details)


@pytest.mark.django_db
def test_what_came_to_the_regency_goes_to_the_village_of_its_resident_while_nobody_began(
    doing: Doing, coordinator: Actor, officer: Actor, family: Family, now: datetime
) -> None:
    fresh, begun = (taken_in(doing, by=coordinator, village_code=REGENCY) for _ in range(2))
    triaged(coordinator, begun, now)

    tied(coordinator, fresh, family, now)
    with pytest.raises(Refusal) as refusal:
        tied(coordinator, begun, family, now)

    assert refusal.value.reasons[0].code == "elsewhere"
    assert Complaint.objects.visible_to(officer).get().id == fresh.id


@pytest.mark.django_db
def test_a_stranger_ties_nothing(doing: Doing, family: Family, now: datetime) -> None:
    row = taken_in(doing)
    for stranger in (("village_officer", "32.12.16.2004"), ("village_head", KURIPAN)):
        with pytest.raises(Refusal) as refusal:
            tied(person(new_id(), "Orang lain", stranger), row, family, now)
        assert refusal.value.reasons[0].code == NotFoundOrNotYours.code
    assert not ComplaintMove.objects.in_village(KURIPAN).filter(act="complaint.tied").exists()


def referred(desk: Client, doing: Doing, officer: Actor, family: Family, now: datetime) -> Complaint:
    load_directory(now)
    row = taken_in(doing, resident_id=str(family.siti.id), may_refer=True)
    triaged(officer, row, now)
    said = {"body_id": str(body_called(MISSION).id), "why": "Mohon ditagih.", "basis": "consent"}
    send(desk, f"{reverse('cases:send_referral')}?hal=complaint:{row.id}", **said)
    return row


@pytest.mark.django_db
def test_the_page_of_the_outcome_asks_to_wait_and_keeps_why_it_did_not(
    desk: Client, doing: Doing, officer: Actor, family: Family
) -> None:
    row = referred(desk, doing, officer, family, datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
    step = reverse("cases:complaint_step", args=[row.id, "hasil"])
    page = desk.get(step)
    assert f"Belum menjawab: {MISSION}" in page.content.decode()

    refused = desk.post(step, {**fields_of(page), "outcome": "money_back"}).content.decode()
    assert "belum dijawab. Tunggu jawabannya" in refused
    done = desk.post(step, {**fields_of(page), "outcome": "money_back", "despite": WHY}, follow=True).content.decode()

    assert Complaint.objects.in_village(KURIPAN).get(id=row.id).state == "RESOLVED"
    assert f"Rujukan ke {MISSION} belum dijawab: {WHY}" in done
    assert f"Dirujuk ke {MISSION}" in done
    assert "<b>Dirujuk</b>" not in done
    assert Referral.objects.in_village(KURIPAN).get().state == "sent"


@pytest.mark.django_db
def test_the_page_finds_the_resident_by_name_and_shows_who_it_is_before_it_ties(desk: Client, family: Family) -> None:
    page = desk.get(reverse("cases:record_complaint"))
    desk.post(reverse("cases:record_complaint"), {**fields_of(page), "story": "Siti belum digaji."})
    row = Complaint.objects.in_village(KURIPAN).get()
    here = reverse("cases:complaint_step", args=[row.id, "warga"])
    assert here in desk.get(reverse("cases:complaint", args=[row.id])).content.decode()

    found = desk.get(here, {"nama": family.siti.name}).content.decode()
    assert f"{here}?warga={family.siti.id}" in found
    chosen = desk.get(f"{here}?warga={family.siti.id}")
    after = desk.post(f"{here}?warga={family.siti.id}", fields_of(chosen), follow=True).content.decode()

    assert "Disambungkan ke warga terdata" in after
    assert here not in after
    assert "sudah tersambung" in desk.get(here, follow=True).content.decode()


def words_on(answer: Any) -> str:
    assert answer.headers["Content-Type"] == "application/pdf"
    return " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())


@pytest.mark.django_db
def test_the_slip_has_the_code_and_gives_nobody_away(desk: Client, sign_in: SignIn, family: Family) -> None:
    page = desk.get(f"{reverse('cases:record_complaint')}?warga={family.siti.id}")
    said = {"story": "Upah belum dibayar.", "reporter_birth_date": "03-01-1992", "reporter_name": "Kenari"}
    desk.post(f"{reverse('cases:record_complaint')}?warga={family.siti.id}", {**fields_of(page), **said})
    row = Complaint.objects.in_village(KURIPAN).get()
    address = reverse("cases:complaint_step", args=[row.id, "kode"])

    text = words_on(desk.get(address))

    assert receipt_code(row.id) in text
    assert "/status/ " in text
    for word in (family.siti.name.split()[0], "Kuripan", "Wonosobo", "engaduan", "apor", "upah", "Kenari", "desa"):
        assert word not in text
    for stranger in (sign_in("village_officer", "32.12.16.2004"), sign_in("village_head", KURIPAN)):
        assert stranger.get(address).status_code == 404


@pytest.mark.django_db
def test_whoever_took_in_what_the_village_must_not_see_prints_its_slip_and_nobody_else_does(
    desk: Client, sign_in: SignIn, family: Family
) -> None:
    page = desk.get(reverse("cases:record_complaint"))
    told = {**fields_of(page), "story": "Petugas minta uang.", "about_officer": "ya"}
    inbox = desk.post(reverse("cases:record_complaint"), told, follow=True)
    row = Complaint.objects.in_village(REGENCY).get()
    address = inbox.context["slip_url"]

    assert receipt_code(row.id) in words_on(desk.get(address))
    assert desk.get(address.split("?")[0]).status_code == 404
    assert sign_in("village_officer", "32.12.16.2004").get(address).status_code == 404
