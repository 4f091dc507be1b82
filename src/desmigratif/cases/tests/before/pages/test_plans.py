"""From the wish to the letter, page by page, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.models import User
from desmigratif.audit.models import EventSubject, Receipt
from desmigratif.cases.models import Case, FamilyTalk, OfferCheck, Visit
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.pages import checked, fields_of, kuripan, lettered, main_buttons, send, talked
from desmigratif.documents.models import Letter
from desmigratif.people.models import Person, Resident
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db


def test_from_the_household_to_the_letter_in_five_submits(desk: Client, family: Family, office: None) -> None:
    address = f"{reverse('cases:record_visit')}?warga={family.siti.id}"
    to_plan = send(desk, address, purpose="report_intention", done="")
    to_check = send(desk, to_plan.url, country="HKG", job="domestic_worker", check="")
    to_result = send(
        desk, to_check.url, offer__scheme="P3MI", offer__agency__name="PT Contoh Karya",
        offer__agency__licence_active="ya", offer__visa="work",
        candidate__can_name=["employer", "city", "wage", "hours", "contact"],
    )  # fmt: skip
    result = desk.get(to_result.url)
    assert result.context["check"].level == "clear"
    to_talk = result.context["actions"][0]["url"]
    to_case = send(desk, to_talk, permission="given", candidate_confirms_alone="ya", pressure="tidak", disputed="tidak")
    plan = desk.get(to_case.url)
    assert plan.context["next"] == "letter"
    to_letter = send(desk, plan.context["steps"][0]["steps"][4]["act_url"], contract_months="24")

    letter = kuripan(Letter).get()
    assert to_letter.url == reverse("documents:letter", args=[letter.id])
    assert kuripan(FamilyTalk).get().giver_id == family.budi.id
    assert Receipt.objects.filter(outcome="done", actor_id=str(User.objects.get().id)).count() == 5
    assert desk.get(to_letter.url).status_code == 200


def test_every_form_acts_once_when_it_is_sent_twice(desk: Client, family: Family, office: None, doing: Doing) -> None:
    def twice(address: str, **changes: Any) -> None:
        data = {**fields_of(desk.get(address)), **changes}
        first, second = desk.post(address, data), desk.post(address, data)
        assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)

    twice(f"{reverse('cases:record_visit')}?warga={family.siti.id}", purpose="other")
    twice(reverse("cases:record_visit"), visitor_name="Bu Parti", purpose="other", wait="")
    twice(reverse("cases:finish_visit", args=[kuripan(Visit).get(resident=None).id]))
    twice(f"{reverse('cases:open_case')}?warga={family.siti.id}", country="HKG", job="cook")
    case_id = kuripan(Case).get().id
    twice(reverse("cases:check_offer", args=[case_id]), offer__visa="work")
    twice(reverse("cases:record_family_talk", args=[case_id]), permission="given", candidate_confirms_alone="ya")
    twice(reverse("cases:issue_letter", args=[case_id]))
    twice(f"{reverse('cases:open_case')}?warga={family.budi.id}")
    twice(reverse("cases:withdraw_case", args=[kuripan(Case).get(resident=family.budi).id]))

    counts = [kuripan(m).count() for m in (Visit, Case, OfferCheck, FamilyTalk, Letter)]
    assert counts == [2, 2, 1, 1, 1]


def test_whoever_has_a_plan_is_led_to_it(desk: Client, family: Family, case_id: str) -> None:
    answer = desk.get(f"{reverse('cases:open_case')}?warga={family.siti.id}")

    assert answer.url == reverse("cases:case", args=[case_id])


def test_a_stopped_offer_shows_article_and_lawful_way(desk: Client, family: Family, doing: Doing, case_id: str) -> None:
    answer = send(
        desk, reverse("cases:check_offer", args=[case_id]),
        offer__country="SAU", offer__job="domestic_worker", offer__employer_type="household",
    )  # fmt: skip

    page = desk.get(answer.url).content.decode()
    assert "Berhenti" in page
    assert "Kepmenaker 260/2015" in page
    assert "Jalan yang sah:" in page
    assert "Menurut aturan yang berlaku 23 November 2026" in page
    assert "pastikan ke Disnaker" in page


def test_a_calm_result_says_how_much_was_not_asked(desk: Client, family: Family, doing: Doing, case_id: str) -> None:
    page = desk.get(reverse("cases:offer_result", args=[checked(doing, case_id)]))

    unanswered = len(page.context["ask_next"]) + len(page.context["ask_later"])
    assert page.context["verdict"] == {"name": "aman", "label": "Aman"}
    assert page.context["meaning"].endswith(f"Yang belum dijawab: {unanswered} pertanyaan.")


def test_an_empty_sheet_is_never_called_safe(desk: Client, family: Family, doing: Doing, case_id: str) -> None:
    answer = send(desk, reverse("cases:check_offer", args=[case_id]))

    page = desk.get(answer.url)
    assert page.context["check"].level == "clear"
    assert page.context["verdict"] == {"name": "tidaktahu", "label": "Belum bisa dinilai"}
    assert "Ini belum berarti aman." in page.context["meaning"]
    assert page.context["actions"][0]["label"] == "Tanyakan, lalu periksa lagi"
    for url in (reverse("cases:case", args=[case_id]), reverse("cases:cases"), "/"):
        shown = desk.get(url).content.decode()
        assert "Belum bisa dinilai" in shown, url
        assert "Aman</span>" not in shown, url


def test_the_second_check_remembers_the_first(desk: Client, family: Family, doing: Doing, case_id: str) -> None:
    checked(doing, case_id, refuses=[], fees=[{"component": "training", "amount": 500_000}])

    fields = fields_of(desk.get(reverse("cases:check_offer", args=[case_id])))

    assert fields["offer__agency__name"] == "PT Contoh Karya"
    assert (fields["offer__refuses"], fields["fee_0_component"]) == (["-"], "training")


def test_the_result_asks_at_most_eight_questions_at_once(
    desk: Client, family: Family, doing: Doing, case_id: str
) -> None:
    check_id = str(new_id())
    doing("cases.check_offer", check_id=check_id, case_id=case_id, answers={})

    page = desk.get(reverse("cases:offer_result", args=[check_id]))

    assert page.context["ask_next"][0] == "Mau bekerja ke negara mana?"
    assert len(page.context["ask_next"]) == 8
    assert page.context["ask_later"]
    assert "keluarga mengizinkan" not in page.content.decode()


def test_a_wrong_answer_keeps_all_others(desk: Client, family: Family, case_id: str) -> None:
    answer = send(
        desk, reverse("cases:check_offer", args=[case_id]),
        offer__agency__name="PT Sumber Makmur", offer__wage__amount="lima juta",
    )  # fmt: skip

    page = answer.content.decode()
    assert "PT Sumber Makmur" in page
    assert "lima juta" in page
    assert "Tulis angka bulat" in page


def test_the_husband_is_proposed_as_giver(desk: Client, family: Family, case_id: str) -> None:
    fields = fields_of(desk.get(reverse("cases:record_family_talk", args=[case_id])))

    assert (fields["giver_capacity"], fields["giver_id"]) == ("husband", str(family.budi.id))


def test_only_adults_may_be_givers_and_the_spouse_comes_first(desk: Client, family: Family, case_id: str) -> None:
    grandmother = family.budi
    grandmother.pk, grandmother.person, grandmother.name = new_id(), Person.objects.create(), "Mbah Sumirah"
    grandmother.birth_date, grandmother.sex, grandmother.marital_status = date(1950, 1, 1), "F", "widowed"
    grandmother.save(force_insert=True)

    form = desk.get(reverse("cases:record_family_talk", args=[case_id])).context["form"]

    named = [str(word) for _, word in form.fields["giver_id"].choices]
    assert named == ["Budi Santoso, 34 tahun", "Mbah Sumirah, 76 tahun", "Orang lain, tulis namanya"]


def test_somebody_outside_the_household_may_be_named(desk: Client, family: Family, case_id: str) -> None:
    send(
        desk, reverse("cases:record_family_talk", args=[case_id]),
        permission="given", giver_capacity="husband", giver_id="", giver_name="Joko",
    )  # fmt: skip

    talk = kuripan(FamilyTalk).get()
    assert (talk.giver_id, talk.giver_name) == (None, "Joko")


def test_a_talk_without_a_giver_says_so_at_the_field(desk: Client, family: Family, case_id: str) -> None:
    answer = send(
        desk, reverse("cases:record_family_talk", args=[case_id]), permission="given", giver_capacity="", giver_id=""
    )

    assert set(answer.context["form"].errors) == {"giver_capacity", "giver_name"}


def test_the_letter_page_says_what_is_missing_and_where_to_go(desk: Client, family: Family, case_id: str) -> None:
    page = desk.get(reverse("cases:issue_letter", args=[case_id]))

    assert "Tawaran kerjanya belum diperiksa." in page.content.decode()
    assert "Kop surat desa belum diisi." in page.content.decode()
    assert page.context["first_do"]["url"] == reverse("cases:check_offer", args=[case_id])


def test_an_unknown_marital_status_leads_to_the_residents_own_form(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    Resident.objects.in_village(KURIPAN).filter(id=family.siti.id).update(marital_status="")
    checked(doing, case_id)
    talked(doing, family, case_id)

    plan = desk.get(reverse("cases:case", args=[case_id]))
    letter = desk.get(reverse("cases:issue_letter", args=[case_id]))

    to_form = reverse("people:correct_resident", args=[family.siti.id])
    assert plan.context["next"] == "register"
    assert main_buttons(plan) == 1
    assert to_form in plan.content.decode()
    assert letter.context["first_do"]["url"] == to_form


def test_the_familys_paper_holds_five_reasons_and_nothing_of_the_familys_own(
    desk: Client, family: Family, doing: Doing, case_id: str
) -> None:
    many = {
        "family": {"pressure": True},
        "offer": {
            "country": "SAU", "employer_type": "household", "job": "domestic_worker", "visa": "umrah",
            "advance_to_family": 1, "papers_made_elsewhere": True, "papers_held_by_recruiter": ["ktp"],
            "destination_changed_after_signing": True, "departure": {"secret": True},
        },
        "candidate": {"deported_before": True},
    }  # fmt: skip
    check_id = str(new_id())
    doing("cases.check_offer", check_id=check_id, case_id=case_id, answers=many)

    page = desk.get(reverse("cases:offer_result", args=[check_id]))

    printed = [reason for reason in page.context["reasons"] if reason["on_paper"]]
    (private,) = [reason for reason in page.context["reasons"] if reason["private"]]
    assert (len(printed), private["on_paper"]) == (5, False)
    assert f"Masih ada {page.context['not_on_paper']} tanda bahaya lain" in page.content.decode()


@pytest.mark.parametrize("step", ["open", "checked", "talked", "letter", "withdrawn"])
def test_a_plan_has_at_most_one_main_button(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str, step: str
) -> None:
    reached = ["open", "checked", "talked", "letter"].index(step) if step != "withdrawn" else 0
    if reached >= 1:
        checked(doing, case_id)
    if reached >= 2:
        talked(doing, family, case_id)
    if reached >= 3:
        doing("cases.issue_family_permission", letter_id=str(new_id()), case_id=case_id,
              agency="PT Contoh Karya")  # fmt: skip
    if step == "withdrawn":
        doing("cases.withdraw_case", case_id=case_id)

    page = desk.get(reverse("cases:case", args=[case_id]))

    expected = {"open": "check", "checked": "talk", "talked": "letter", "letter": "information", "withdrawn": "closed"}
    assert page.context["next"] == expected[step]
    assert main_buttons(page) == (0 if step == "withdrawn" else 1)


def test_days_are_read_day_first_whatever_language_the_browser_asks_for(desk: Client, family: Family) -> None:
    address = f"{reverse('cases:open_case')}?warga={family.siti.id}"
    page = desk.get(address, headers={"accept-language": "en-US"})
    assert 'value="23-11-2026"' in page.content.decode()

    desk.post(address, {**fields_of(page), "on": "02-03-2026"}, headers={"accept-language": "en-US"})

    assert kuripan(Case).get().opened_on.isoformat() == "2026-03-02"


def test_a_hold_asks_what_was_checked_before_the_letter(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    checked(doing, case_id, channel="social_media", agency={"name": "PT Contoh Karya"})
    talked(doing, family, case_id)
    address = reverse("cases:issue_letter", args=[case_id])

    too_short = send(desk, address, what_was_checked="sudah")
    send(desk, address, what_was_checked="Izin perusahaan dicek di daftar P3MI: aktif.")

    assert "Tulis apa yang sudah dicek" in too_short.content.decode()
    assert kuripan(Letter).count() == 1


def test_a_plan_can_be_taken_back(desk: Client, family: Family, case_id: str) -> None:
    send(desk, reverse("cases:withdraw_case", args=[case_id]))

    assert kuripan(Case).get().state == "WITHDREW"
    assert "sudah ditutup" in desk.get(reverse("cases:case", args=[case_id])).content.decode()
    assert desk.get(reverse("cases:check_offer", args=[case_id])).status_code == 302


def test_taking_a_plan_back_takes_its_letter_back_too(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    checked(doing, case_id)
    talked(doing, family, case_id)
    number = lettered(doing, case_id).number
    address = reverse("cases:withdraw_case", args=[case_id])

    asked = desk.get(address).content.decode()
    send(desk, address)

    assert f"surat izin nomor {number} ikut dicabut" in asked
    assert (kuripan(Letter).get().revoked_reason, kuripan(Case).get().state) == ("plan_withdrawn", "WITHDREW")


def test_a_list_of_plans_says_when_a_letter_was_taken_back(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    checked(doing, case_id)
    talked(doing, family, case_id)
    letter = lettered(doing, case_id)
    before = desk.get(reverse("cases:cases")).context["rows"][0]["waits"]["label"]

    doing("documents.revoke_letter", letter_id=str(letter.id), reason="misused")

    after = desk.get(reverse("cases:cases")).context["rows"][0]["waits"]["label"]
    assert (str(before), str(after)) == ("Surat terbit", "Surat dicabut")
    assert "Surat dicabut" in desk.get(reverse("cases:case", args=[case_id])).content.decode()


def test_whoever_gives_a_permission_can_ask_who_read_the_letter(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    checked(doing, case_id)
    talked(doing, family, case_id)
    letter = lettered(doing, case_id)

    desk.get(reverse("documents:letter", args=[letter.id]))
    desk.get(reverse("documents:letter_pdf", args=[letter.id]))
    send(desk, reverse("documents:revoke_letter", args=[letter.id]), reason="misused")

    rows = EventSubject.objects.filter(subject_id=family.budi.id, event__event__startswith="letter.")
    told = set(rows.values_list("event__event", flat=True))
    assert told == {"letter.issued", "letter.opened", "letter.printed", "letter.revoked"}
