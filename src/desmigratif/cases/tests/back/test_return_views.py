"""The pages of coming back, walked as an officer, a head and a stranger walk them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from desmigratif.audit.models import Event
from desmigratif.cases.models import Aftercare, Case, CaseState, Return
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.pages import fields_of, main_buttons
from desmigratif.people.models import HandOver
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def desk(places: None) -> Client:
    return signed_in("village_officer")


@pytest.fixture
def abroad(family: Family, doing: Doing) -> str:
    case_id = str(new_id())
    doing(
        "cases.record_found_abroad", case_id=case_id, resident_id=str(family.siti.id), on="2025-06-01",
        departed_on="2025-01-01", country="HKG",
    )  # fmt: skip
    return case_id


def sent(desk: Client, address: str, **more: Any) -> Any:
    return desk.post(address, {**fields_of(desk.get(address)), **more}, follow=True)


def page(name: str, back: Return) -> str:
    return reverse(f"cases:{name}", args=[back.id])


def test_from_the_case_to_settled_in_the_village(
    desk: Client, family: Family, abroad: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case_page = desk.get(reverse("cases:case", args=[abroad])).content.decode()
    record = f"{reverse('cases:record_return')}?warga={family.siti.id}"
    assert record in case_page

    shown = sent(
        desk, record, kind="sick", cause="work_accident", source="family", returned_on="20-05-2026", teller="Bu Contoh",
        note="Tangan kiri belum sembuh",
    )  # fmt: skip
    back = Return.objects.in_village(KURIPAN).get()
    assert shown.redirect_chain[-1][0] == page("back", back)
    assert (shown.context["next"]["label"], main_buttons(shown)) == ("Pastikan asalnya", 1)
    sent(desk, page("confirm_origin", back), confirmed_by="family", proofs=["kk"])
    shown = sent(desk, page("assess_needs", back), needs=["health", "work"], wish="stay")
    assert shown.context["next"]["label"] == "Susun rencana"
    plan = desk.get(page("plan_reintegration", back))
    assert set(plan.context["form"]["steps"].initial) == {"health_check", "join_group"}
    sent(desk, page("plan_reintegration", back), steps=["health_check", "join_group"])
    assert HandOver.objects.in_village(KURIPAN).get().kind == "returnee_group"
    sent(
        desk, page("record_experience", back), agency="PT Contoh", promises_kept="tidak", broker_name="Bang Contoh",
        complaint="false_promise",
    )  # fmt: skip
    with django_assert_max_num_queries(19):
        shown = desk.get(page("back", back))
    text = shown.content.decode()
    for said in ("Kecelakaan kerja", "Tangan kiri belum sembuh", "Bu Contoh", "Periksa di puskesmas", "Bang Contoh"):
        assert said in text
    visit = Aftercare.objects.in_village(KURIPAN).get(month=6)
    assert shown.context["next"]["url"] == reverse("cases:record_aftercare", args=[visit.id])
    sent(desk, reverse("cases:record_aftercare", args=[visit.id]), met="ya", income="2", work="2", health="1")
    shown = sent(desk, page("close_return", back), ends="stays")

    assert Case.objects.in_village(KURIPAN).get(id=abroad).state == CaseState.SETTLED
    assert "Sudah kuat" in shown.content.decode()
    assert "Siti" in desk.get(reverse("cases:returns")).content.decode()


def test_a_second_news_of_a_death_is_thanked_for_and_counted_once(desk: Client, family: Family, abroad: str) -> None:
    record = f"{reverse('cases:record_return')}?warga={family.siti.id}"
    said = {"kind": "dead", "cause": "illness", "returned_on": "20-05-2026"}
    first = sent(desk, record, source="mission", **said).content.decode()
    again = sent(desk, f"{record}&lagi=1", source="family", **{**said, "returned_on": "21-05-2026"}).content.decode()

    back = Return.objects.in_village(KURIPAN).get()
    assert "Kabar kematian Ibu Siti" in first
    assert "Tanggal meninggal" in first
    assert f"{reverse('cases:benefits')}?kejadian=20-05-2026" in first
    assert "sudah tercatat lebih dulu" in again
    assert "Menurut kabar ini tanggalnya 21 Mei 2026." in again
    assert "Pulang dari negara mana?" not in desk.get(f"{record}&lagi=1").content.decode()
    assert back.sources.in_village(KURIPAN).count() == 2


def test_who_goes_again_lands_on_a_new_plan_that_shows_the_earlier_one(
    desk: Client, family: Family, abroad: str
) -> None:
    record = f"{reverse('cases:record_return')}?warga={family.siti.id}"
    sent(desk, record, kind="normal", cause="contract_ended", source="officer_met", returned_on="20-11-2026")
    back = Return.objects.in_village(KURIPAN).get()

    shown = sent(desk, page("close_return", back), ends="goes_again", country="TWN")

    new = Case.objects.in_village(KURIPAN).get(previous_id=abroad)
    assert shown.redirect_chain[-1][0] == reverse("cases:case", args=[new.id])
    assert "Kepergian sebelumnya" in shown.content.decode()


def test_what_was_typed_stays_when_it_does_not_fit(desk: Client, family: Family, abroad: str) -> None:
    record = f"{reverse('cases:record_return')}?warga={family.siti.id}"

    shown = sent(
        desk, record, kind="dead", cause="contract_ended", source="family", returned_on="20-11-2026", note="Ya"
    )

    text = shown.content.decode()
    assert "tidak cocok dengan cara pulangnya" in text
    assert 'name="note"' in text
    assert ">\nYa</textarea>" in text
    assert not Return.objects.in_village(KURIPAN).exists()


def test_a_head_sees_that_somebody_is_back_and_not_how(desk: Client, family: Family, abroad: str) -> None:
    record = f"{reverse('cases:record_return')}?warga={family.siti.id}"
    sent(desk, record, kind="deported", cause="no_papers", source="police", returned_on="20-11-2026", note="Rahasia")
    back = Return.objects.in_village(KURIPAN).get()

    text = signed_in("village_head").get(page("back", back)).content.decode()

    assert "20 November 2026" in text
    assert not any(said in text for said in ("Dideportasi", "Tidak punya dokumen", "Rahasia"))


def test_a_stranger_opens_no_return(desk: Client, family: Family, abroad: str) -> None:
    record = f"{reverse('cases:record_return')}?warga={family.siti.id}"
    sent(desk, record, kind="normal", cause="unknown", source="family", returned_on="20-11-2026")
    back = Return.objects.in_village(KURIPAN).get()
    stranger = signed_in("village_officer", "32.12.16.2004")

    for address in (record, page("back", back), page("assess_needs", back), page("close_return", back)):
        assert stranger.get(address).status_code == 404
    assert "Siti" not in stranger.get(reverse("cases:returns")).content.decode()


def test_the_card_of_an_origin_is_printed_once_it_is_sure_and_says_no_more_than_the_way_home(
    desk: Client, family: Family, abroad: str
) -> None:
    sent(desk, f"{reverse('cases:record_return')}?warga={family.siti.id}", kind="sick", cause="work_accident",
         source="family", returned_on="20-05-2026", note="Tangan kiri belum sembuh")  # fmt: skip
    back = Return.objects.in_village(KURIPAN).get()
    sent(desk, page("confirm_origin", back), confirmed_by="family", proofs=["photo"])
    assert "Asalnya belum dipastikan" in desk.get(page("origin_card", back)).content.decode()
    assert desk.get(page("back", back)).context["next"]["url"] == page("confirm_origin", back)

    sent(desk, page("confirm_origin", back), confirmed_by="village_head", proofs=["kk"], confirmer="Pak Contoh")
    assert page("origin_card", back) in desk.get(page("back", back)).content.decode()
    card = desk.get(page("origin_card", back)).content.decode()

    for said in ("Siti Aminah", "21 April 1996", "Kab. Wonosobo", "oleh kepala desa, dengan Kartu keluarga"):
        assert said in card
    for hidden in ("Kecelakaan", "Tangan kiri", "Pak Contoh", "Krajan"):
        assert hidden not in card[card.index("<main") :].replace("Watumalang", "")
    assert Event.objects.filter(event="return.card_printed").count() == 2


def test_a_stranger_prints_no_card(family: Family, abroad: str, doing: Doing) -> None:
    doing(
        "cases.record_return", return_id=str(new_id()), resident_id=str(family.siti.id), case_id=abroad, kind="sick",
        cause="illness", source="family", returned_on="2026-05-20",
    )  # fmt: skip
    back = Return.objects.in_village(KURIPAN).get()
    far = signed_in("village_officer", "32.12.16.2004")
    assert far.get(page("origin_card", back)).status_code == 404
