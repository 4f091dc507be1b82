"""Three walks through the service centre: all seventeen steps, a stopped offer that turns lawful, an objection."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.audit.verify import verify_chains
from desmigratif.cases.models import Case, CaseStep, LetterRequest, Objection
from desmigratif.cases.rules.journey import journey_on
from desmigratif.documents.models import Letter
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from journeys.helping import answer, tap, turn_page

KURIPAN = "33.07.10.2004"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAUDI = {
    "offer.country": "SAU", "offer.job": "domestic_worker", "offer.employer_type": "household", "offer.visa": "umrah",
}  # fmt: skip
HONG_KONG = {
    "offer.country": "HKG", "offer.job": "domestic_worker", "offer.employer_type": "household", "offer.scheme": "P3MI",
    "offer.agency.name": "PT Contoh Karya", "offer.agency.licence_active": "ya",
    "offer.agency.permit_for_job_order": "ya", "offer.visa": "work", "offer.written_contract": "ya",
    "offer.placement_agreement": "ya", "offer.training_planned": "ya",
}  # fmt: skip
FREELY_GIVEN = {
    "permission": "given", "giver_capacity": "husband", "disputed": "tidak", "pressure": "tidak",
    "candidate_confirms_alone": "ya",
}  # fmt: skip
REFUSED = {"permission": "refused", "candidate_confirms_alone": "ya"}


@pytest.fixture
def family(live_server: Any, settings: Any) -> None:
    """A couple of Kuripan with a child, and the village's letterhead; made up."""
    settings.PUBLIC_URL = live_server.url
    members = [
        {"resident_id": new_id(), "person_id": new_id(), "name": name, "sex": sex, "birth_date": born,
         "relation": relation, "marital_status": status}
        for name, sex, born, relation, status in (
            ("Budi Santoso", "M", date(1992, 1, 3), "head", "married"),
            ("Siti Aminah", "F", date(1996, 4, 21), "wife", "married"),
            ("Rini Lestari", "F", date(2016, 7, 9), "child", "single"),
        )
    ]  # fmt: skip
    given = {"village_code": KURIPAN, "on": date(2026, 1, 5), "household_id": new_id(), "members": members}
    officer = person(new_id(), "Petugas", ("village_officer", KURIPAN))
    do(officer, "people.register_household", given, now=timezone.now(), act_id=new_id())
    office = {
        "office_id": new_id(), "key_id": new_id(), "village_code": KURIPAN, "address": "Jalan Balai Desa 1",
        "head_name": "Suwarno Hadi", "letter_code": "DS-KRP",
    }  # fmt: skip
    administrator = person(new_id(), "Pengelola", ("administrator", KURIPAN))
    do(administrator, "documents.set_up_office", office, now=timezone.now(), act_id=new_id())


@pytest.fixture
def at_the_desk(
    new_context: Callable[..., Any], user_with: Callable[..., User], sign_in: Callable[[Page, User], None], family: None
) -> Callable[..., Page]:
    """`at_the_desk("phone")`: an officer of Kuripan who has signed in; another role and region by name."""

    def page_of(width: str, role: str = "village_officer", region: str = KURIPAN) -> Page:
        page: Page = new_context(width).new_page()
        sign_in(page, user_with((role, region), name="Wulan Setyowati"))
        return page

    return page_of


def case_page(page: Page) -> None:
    page.goto(f"/pelayanan/rencana/{Case.objects.in_village(KURIPAN).get().id}/")


def save(page: Page, answers: Mapping[str, str]) -> None:
    for path, value in answers.items():
        answer(page, path, value)
    turn_page(page, page.locator("main form").last.locator("button").first)


def state_the_wish(page: Page) -> None:
    """The visit and the plan, up to the questions about the offer."""
    page.goto("/cari/?q=sitti+aminah")
    tap(page, page.locator("main").get_by_role("link", name=re.compile("Siti Aminah")))
    tap(page, page.locator("a[href*='/rencana/baru/']", has_text="Siti Aminah"))
    turn_page(page, page.get_by_role("button", name="Simpan, lalu periksa tawaran"))
    expect(page).to_have_url(re.compile(r"/periksa/$"))


def hear_the_family(page: Page, answers: Mapping[str, str]) -> None:
    case_page(page)
    tap(page, page.locator("a[href*='/rencana/'][href$='/keluarga/']"))
    save(page, answers)
    expect(page).to_have_url(re.compile(r"/rencana/[0-9a-f-]+/$"))


def write_the_letter(page: Page) -> None:
    case_page(page)
    tap(page, page.get_by_role("link", name="Buat surat izin", include_hidden=True))
    hold = page.locator("[name=what_was_checked]")
    if hold.count():
        hold.fill("Perjanjian dibaca bersama calon; gaji, jam kerja, dan alamat sudah jelas.")
    save(page, {"contract_months": "24"})
    expect(page.get_by_role("link", name=re.compile("Cetak surat"))).to_be_visible()


def test_a_lawful_domestic_worker_from_the_question_to_the_departure(at_the_desk: Callable[..., Page]) -> None:
    page = at_the_desk("phone")
    state_the_wish(page)
    save(page, HONG_KONG)
    hear_the_family(page, FREELY_GIVEN)
    write_the_letter(page)
    explain_everything(page)
    for step in journey_on(today_in(KURIPAN, timezone.now())).steps:
        if step.written == "form":
            finish_step(page, step.code)
    leave(page)

    case, steps = Case.objects.in_village(KURIPAN).get(), CaseStep.objects.in_village(KURIPAN)
    assert (case.state, case.procedural_status) == ("DEPARTED", "PROCEDURAL")
    assert {row.step for row in steps if row.state == "done"} == {
        step.code for step in journey_on(case.opened_on).steps
    }
    page.goto(f"/warga/keluarga/{case.resident.household_id}/")
    for words in ("Siti: Paspor selesai", "Orientasi (OPP) dan E-PMI selesai", "Siti berangkat ke Hong Kong"):
        expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("Tanyakan siapa yang mengasuh anak-anak")).to_be_visible()
    assert verify_chains().broken == ()


def explain_everything(page: Page) -> None:
    case_page(page)
    tap(page, page.get_by_role("link", name="Catat penjelasan", include_hidden=True))
    for box in page.locator("label:has([name=topics])").all():
        if not box.locator("input").is_checked():
            box.click()
    page.locator("label:has([name=received])").click()
    save(page, {})
    expect(page).to_have_url(re.compile(r"/rencana/[0-9a-f-]+/$"))


def finish_step(page: Page, code: str) -> None:
    """From the checklist, by the link of the step that is open; papers with number and end where they are asked."""
    row = CaseStep.objects.in_village(KURIPAN).get(step=code)
    case_page(page)
    tap(page, page.locator(f"a[href$='/langkah/{row.id}/']"))
    answers = {"trips": "1", "places_visited": "1", "paid_rupiah": "0"}
    if page.locator("[name=paper_number]").count():
        answers["paper_number"] = f"NO-{code[:3].upper()}-1"
    if page.locator("[name=valid_until]").count():
        answers["valid_until"] = f"{today_in(KURIPAN, timezone.now()) + timedelta(days=900):%d-%m-%Y}"
    save(page, answers)
    expect(page).to_have_url(re.compile(r"/rencana/[0-9a-f-]+/$"))
    row.refresh_from_db()
    assert row.state == "done", code


def leave(page: Page) -> None:
    case_page(page)
    tap(page, page.get_by_role("link", name="Catat keberangkatan", include_hidden=True))
    save(page, {"agreed_contact_days": "14", "caregiver_named": "ya"})
    expect(page).to_have_url(re.compile(r"/rencana/[0-9a-f-]+/$"))


def test_a_stopped_offer_turns_lawful(at_the_desk: Callable[..., Page]) -> None:
    page = at_the_desk("desk")
    state_the_wish(page)
    save(page, SAUDI)
    for words in ("Berhenti", "260/2015", "Jalan yang sah"):
        expect(page.locator("main")).to_contain_text(words)
    hear_the_family(page, FREELY_GIVEN)
    expect(page.get_by_role("link", name="Buat surat izin")).to_have_count(0)
    assert not Letter.objects.in_village(KURIPAN).exists()

    tap(page, page.get_by_role("link", name="Periksa tawaran lain", include_hidden=True))
    save(page, HONG_KONG)
    expect(page.locator("main")).not_to_contain_text("Berhenti")
    write_the_letter(page)

    letter, case = Letter.objects.in_village(KURIPAN).get(), Case.objects.in_village(KURIPAN).get()
    assert (letter.revoked_on, case.state, case.country) == (None, "VILLAGE_CLEARED", "HKG")
    assert verify_chains().broken == ()


def test_an_objection_brings_the_letter(at_the_desk: Callable[..., Page]) -> None:
    page, regency = at_the_desk("phone"), at_the_desk("desk", "regency_coordinator", "33.07")
    state_the_wish(page)
    save(page, HONG_KONG)
    hear_the_family(page, REFUSED)
    case_page(page)
    tap(page, page.get_by_role("link", name="Calon meminta surat", include_hidden=True))
    save(page, {})
    tap(page, page.get_by_role("link", name="Jawab: belum bisa", include_hidden=True))
    save(page, {"reason": "permission_not_given"})
    tap(page, page.locator("a[href*='/permintaan/'][href$='/keberatan/']"))
    save(page, {"story": "Suami saya berubah pikiran."})

    regency.goto("/pelayanan/keberatan/")
    tap(regency, regency.get_by_role("link", name=re.compile("Siti Aminah")))
    expect(regency.get_by_text("Suami saya berubah pikiran.")).to_be_visible()
    tap(regency, regency.get_by_role("link", name=re.compile("Jawab")))
    save(regency, {"answer": "upheld", "explanation": "Dampingi lagi pembicaraan keluarga, lalu jawab dalam dua hari."})
    assert Objection.objects.in_village(KURIPAN).get().answer == "upheld"

    hear_the_family(page, FREELY_GIVEN)
    write_the_letter(page)
    asked = LetterRequest.objects.in_village(KURIPAN).get()
    assert (asked.issued_on, asked.refused_on) == (today_in(KURIPAN, timezone.now()), None)
    assert verify_chains().broken == ()
