"""Pages of the service centre, walked as an officer, a head and a stranger walk them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desmigratif.access import reads
from desmigratif.access.models import Grant, User
from desmigratif.audit.models import Event, EventSubject, Receipt
from desmigratif.cases.models import Case, FamilyTalk, OfferCheck, Visit
from desmigratif.cases.tests.conftest import KURIPAN, LAWFUL_OFFER, Doing, Family
from desmigratif.documents.models import Letter
from desmigratif.people.models import Person, Resident
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
NOW = "2026-11-23T03:15:00Z"
Sign = Callable[[str, str], Client]


@pytest.fixture(autouse=True)
def morning(settings: Any) -> Iterator[None]:
    settings.SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sign_in(places: None) -> Sign:
    def make(role: str, region: str) -> Client:
        user = User.objects.create(username=f"{role}-{region}", name="Petugas")
        Grant.objects.create(user=user, role=role, region_code=region, valid_from="2026-01-01")
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.fixture
def desk(sign_in: Sign) -> Client:
    return sign_in("village_officer", KURIPAN)


def fields_of(page: Any) -> dict[str, Any]:
    """What a browser would send back of the page's form as it was shown."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    said = {name: value for name, value in values.items() if value is not None}
    return {name: f"{v:%d-%m-%Y}" if hasattr(v, "strftime") else v for name, v in said.items()}


def send(client: Client, address: str, **changes: Any) -> Any:
    """Open a page, change some of its form and send it."""
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, {**fields_of(page), **changes})


def main_buttons(page: Any) -> int:
    """How many things the page asks to be done now; what waits in a template is not on it."""
    return re.sub(r"<template.*?</template>", "", page.content.decode(), flags=re.DOTALL).count("btn-main")


def kuripan(model: Any) -> Any:
    return model.objects.in_village(KURIPAN)


def checked(doing: Doing, case_id: str, **offer: Any) -> str:
    answers = {**LAWFUL_OFFER, "offer": {**LAWFUL_OFFER["offer"], **offer}}
    check_id = str(new_id())
    doing("cases.check_offer", check_id=check_id, case_id=case_id, answers=answers)
    return check_id


def talked(doing: Doing, family: Family, case_id: str, **changes: Any) -> None:
    said = {
        "permission": "given", "giver_capacity": "husband", "giver_id": str(family.budi.id), "disputed": False,
        "pressure": False, "candidate_confirms_alone": True, **changes,
    }  # fmt: skip
    doing("cases.record_family_talk", talk_id=str(new_id()), case_id=case_id, **said)


# --- visits ---------------------------------------------------------------------------------------


def test_a_known_visitor_is_written_down_and_led_to_the_plan(desk: Client, family: Family) -> None:
    address = f"{reverse('cases:record_visit')}?warga={family.siti.id}"

    answer = send(desk, address, purpose="report_intention", topics=["costs"], note="Tanya gaji", done="")

    visit = kuripan(Visit).get()
    assert (visit.resident_id, visit.topics, visit.served_at is None) == (family.siti.id, ["costs"], False)
    assert answer.url == f"{reverse('cases:open_case')}?warga={family.siti.id}"


def test_a_visitor_without_a_file_can_wait_and_is_served_later(desk: Client, family: Family) -> None:
    send(desk, reverse("cases:record_visit"), visitor_name="Bu Parti", purpose="papers", wait="")
    visit = kuripan(Visit).get()
    assert visit.served_at is None

    send(desk, reverse("cases:finish_visit", args=[visit.id]), topics=["procedure"])

    visit.refresh_from_db()
    assert visit.served_at is not None
    assert "sudah dilayani" in desk.get(reverse("cases:finish_visit", args=[visit.id])).content.decode()


def test_a_visit_without_name_or_purpose_is_asked_for_them(desk: Client, family: Family) -> None:
    answer = send(desk, reverse("cases:record_visit"), note="Menunggu di luar")

    assert set(answer.context["form"].errors) == {"visitor_name", "purpose"}
    assert "Menunggu di luar" in answer.content.decode()


def test_a_visit_in_the_future_is_refused_and_nothing_is_lost(desk: Client, family: Family) -> None:
    address = f"{reverse('cases:record_visit')}?warga={family.siti.id}"

    answer = send(desk, address, purpose="other", note="Cerita panjang", on="24-11-2026")

    assert "tidak boleh sesudah hari ini" in answer.content.decode()
    assert "Cerita panjang" in answer.content.decode()
    assert not kuripan(Visit).exists()


def test_a_visitor_who_is_registered_as_dead_is_kept_for_a_second_look(desk: Client, family: Family) -> None:
    Resident.objects.in_village(KURIPAN).filter(id=family.siti.id).update(life_status="dead")
    address = f"{reverse('cases:record_visit')}?warga={family.siti.id}"

    answer = send(desk, address, purpose="other")

    assert "tercatat meninggal" in answer.content.decode()


def test_the_month_counts_visits_and_distinct_people(desk: Client, family: Family, doing: Doing) -> None:
    for _ in range(2):
        doing("cases.record_visit", visit_id=str(new_id()), resident_id=str(family.siti.id), purpose="offer")
    doing("cases.record_visit", visit_id=str(new_id()), visitor_name="Bu Parti", purpose="papers", waiting=True)

    page = desk.get(reverse("cases:visits"))
    only_papers = desk.get(reverse("cases:visits") + "?pilih=papers")

    assert (page.context["counts"].visits, page.context["counts"].people, page.context["counts"].waiting) == (3, 2, 1)
    assert [row["name"] for row in only_papers.context["rows"]] == ["Bu Parti"]


# --- from the wish to the letter ------------------------------------------------------------------


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
    assert page.context["level"] == "Aman"
    assert page.context["meaning"].endswith(f"Yang belum dijawab: {unanswered} pertanyaan.")


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


def lettered(doing: Doing, case_id: str) -> Letter:
    """The plan's letter, issued today."""
    doing("cases.issue_family_permission", letter_id=str(new_id()), case_id=case_id, agency="PT Contoh Karya")
    return kuripan(Letter).get()


# --- what is seen, and by whom --------------------------------------------------------------------


def test_opening_a_plan_leaves_a_trace(desk: Client, family: Family, case_id: str) -> None:
    desk.get(reverse("cases:case", args=[case_id]))

    event = Event.objects.get(event="case.opened_page")
    assert {row["type"] for row in event.subjects} == {"case", "resident"}


def test_without_a_trace_the_rest_opens_and_the_secret_stays_closed(
    desk: Client, family: Family, doing: Doing, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(doing, case_id)
    talked(doing, family, case_id, pressure=True, note="Dipaksa kakaknya")
    monkeypatch.setattr(reads, "opened", lambda *args, **kwargs: False)

    plan = desk.get(reverse("cases:case", args=[case_id])).content.decode()
    questions = fields_of(desk.get(reverse("cases:check_offer", args=[case_id])))
    letter = desk.get(reverse("cases:issue_letter", args=[case_id])).content.decode()

    assert "belum bisa dicatat" in plan
    assert "tekanan" not in letter
    assert "Dipaksa" not in plan
    assert "tekanan" not in plan
    assert questions["offer__agency__name"] == ""


@pytest.mark.parametrize("name", ["check_offer", "record_family_talk", "issue_letter"])
def test_a_form_that_comes_back_leaves_a_trace_too(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str, name: str
) -> None:
    checked(doing, case_id)
    talked(doing, family, case_id)

    answer = desk.post(reverse(f"cases:{name}", args=[case_id]), {})

    assert "Siti Aminah" in answer.content.decode()
    assert Event.objects.filter(event="case.opened_page").count() == 1


def test_a_flag_that_may_tell_of_pressure_is_for_officers(
    desk: Client, sign_in: Sign, family: Family, doing: Doing, case_id: str
) -> None:
    check_id = str(new_id())
    doing("cases.check_offer", check_id=check_id, case_id=case_id, answers={"family": {"pressure": True}})
    address = reverse("cases:offer_result", args=[check_id])

    officer, head = desk.get(address).content.decode(), sign_in("village_head", KURIPAN).get(address).content.decode()

    assert "ada tekanan dari keluarga" in officer
    assert "tekanan" not in head


def test_pressure_is_told_to_officers_only_and_never_printed(
    desk: Client, sign_in: Sign, family: Family, doing: Doing, case_id: str
) -> None:
    checked(doing, case_id)
    talked(doing, family, case_id, pressure=True, note="Dipaksa kakaknya")
    address = reverse("cases:case", args=[case_id])

    officer, head = desk.get(address).content.decode(), sign_in("village_head", KURIPAN).get(address).content.decode()

    assert "Dipaksa kakaknya" in officer
    assert re.search(r'<details class="fold no-print"><summary>Hanya untuk petugas', officer)
    assert "Dipaksa" not in head
    assert "tekanan" not in head
    assert "ditekan" not in head


def test_a_village_head_sees_the_plan_and_cannot_act(sign_in: Sign, family: Family, case_id: str) -> None:
    head = sign_in("village_head", KURIPAN)

    page = head.get(reverse("cases:case", args=[case_id]))

    assert page.status_code == 200
    assert "Periksa tawaran</a>" not in page.content.decode()
    assert head.get(reverse("cases:check_offer", args=[case_id])).status_code == 404


PAGES = ("case", "check_offer", "record_family_talk", "issue_letter", "withdraw_case")


@pytest.mark.parametrize("name", PAGES)
def test_strangers_find_no_plan(sign_in: Sign, family: Family, case_id: str, name: str) -> None:
    stranger = sign_in("village_officer", "32.12.16.2004")
    address = reverse(f"cases:{name}", args=[case_id])

    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {}).status_code in (404, 405)
    assert Client().get(address).status_code == 302


def test_strangers_find_no_result_no_visit_and_no_resident(
    sign_in: Sign, family: Family, doing: Doing, case_id: str
) -> None:
    stranger = sign_in("village_officer", "32.12.16.2004")
    check_id, visit_id = checked(doing, case_id), str(new_id())
    doing("cases.record_visit", visit_id=visit_id, resident_id=str(family.siti.id), purpose="offer", waiting=True)

    addresses = [
        reverse("cases:offer_result", args=[check_id]),
        reverse("cases:finish_visit", args=[visit_id]),
        f"{reverse('cases:record_visit')}?warga={family.siti.id}",
        f"{reverse('cases:open_case')}?warga={family.siti.id}",
        f"{reverse('cases:open_case')}?warga=bukan-nomor",
        reverse("cases:open_case"),
    ]
    assert [stranger.get(address).status_code for address in addresses] == [404] * 6
    assert stranger.get(reverse("cases:visits")).context["rows"] == []
    assert stranger.get(reverse("cases:cases")).context["rows"] == []


def test_an_analyst_finds_no_pages_here(sign_in: Sign, family: Family, case_id: str) -> None:
    analyst = sign_in("ministry_analyst", "ID")

    assert [analyst.get(reverse(f"cases:{name}")).status_code for name in ("visits", "cases")] == [404, 404]


def test_a_coordinator_sees_which_village_a_plan_is_of(sign_in: Sign, family: Family, case_id: str) -> None:
    page = sign_in("regency_coordinator", "33.07").get(reverse("cases:cases"))

    assert page.context["rows"][0]["village"] == "Desa Kuripan, Kec. Watumalang"


# --- how much each page asks of the database ------------------------------------------------------


def many_plans(family: Family, number: int) -> None:
    for _ in range(number):
        resident = Resident(
            id=new_id(), village_code=KURIPAN, household=family.household, person=Person.objects.create(),
            name="Warga", name_key="warga",
        )  # fmt: skip
        resident.save(force_insert=True)
        Case.objects.create(id=new_id(), village_code=KURIPAN, resident=resident, opened_on="2026-11-01")


def test_the_list_of_plans_asks_the_same_of_the_database_at_any_size(
    desk: Client, family: Family, django_assert_num_queries: Any
) -> None:
    address = reverse("cases:cases")
    desk.get(address)
    for more in (3, 120):
        many_plans(family, more)
        with django_assert_num_queries(11):
            page = desk.get(address)
    assert len(page.context["rows"]) == 50
    assert page.context["page"].cursor
    assert page.context["chips"][0]["count"] == 123


@pytest.mark.parametrize(
    ("name", "queries"),
    [("case", 23), ("check_offer", 13), ("record_family_talk", 12), ("issue_letter", 22), ("withdraw_case", 5)],
)
def test_the_pages_of_a_plan_ask_a_fixed_number_of_questions(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str, django_assert_num_queries: Any,
    name: str, queries: int,
) -> None:  # fmt: skip
    checked(doing, case_id)
    talked(doing, family, case_id)
    address = reverse(f"cases:{name}", args=[case_id])
    desk.get(address)
    with django_assert_num_queries(queries):
        desk.get(address)


def test_the_other_pages_ask_a_fixed_number_of_questions(
    desk: Client, family: Family, doing: Doing, case_id: str, django_assert_num_queries: Any
) -> None:
    check_id, visit_id = checked(doing, case_id), str(new_id())
    doing("cases.record_visit", visit_id=visit_id, resident_id=str(family.siti.id), purpose="offer", waiting=True)
    pages = {
        reverse("cases:visits"): 12,
        f"{reverse('cases:record_visit')}?warga={family.siti.id}": 4,
        reverse("cases:finish_visit", args=[visit_id]): 4,
        f"{reverse('cases:open_case')}?warga={family.budi.id}": 5,
        reverse("cases:offer_result", args=[check_id]): 10,
    }
    for address, queries in pages.items():
        desk.get(address)
        with django_assert_num_queries(queries):
            desk.get(address)


@pytest.mark.parametrize(("name", "event"), [("visits", "visits.listed"), ("cases", "cases.listed")])
def test_a_list_with_names_leaves_one_trace(desk: Client, family: Family, case_id: str, name: str, event: str) -> None:
    desk.get(reverse(f"cases:{name}"))

    assert list(Event.objects.filter(event__endswith=".listed").values_list("event", flat=True)) == [event]


def test_a_name_in_capitals_is_shown_softly(desk: Client, family: Family, case_id: str) -> None:
    Resident.objects.in_village(KURIPAN).filter(id=family.siti.id).update(name="SITI AMINAH")

    row = desk.get(reverse("cases:cases")).context["rows"][0]
    page = desk.get(row["url"])

    assert (row["name"], page.context["person"]["name"]) == ("Siti Aminah", "Ibu Siti Aminah")
