"""A stack of paper sheets is worked through at the desk: number and name, the form of its kind, the next sheet."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.cases.models import Case, FamilyTalk, OfferCheck, Sheet, Visit
from desmigratif.cases.queries.before.sheets import sheet_text
from desmigratif.cases.tests.before.test_journey_steps import ready
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.before.test_sheets import stack
from desmigratif.cases.tests.conftest import KURIPAN, Doing, Family
from desmigratif.cases.tests.pages import kuripan, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
FIND = "/pelayanan/lembar/masukkan/"


@pytest.fixture
def desk(places: None) -> Client:
    return signed_in("village_officer")


def form_of(desk: Client, number: str, name: str = "siti", **more: str) -> str:
    """The address of the form to which a number and a name lead; its fragment is the browser's."""
    page = desk.get(FIND, {"nomor": number, "nama": name, **more})
    (row,) = page.context["rows"]
    return str(row["url"]).partition("#")[0]


def entered(desk: Client, number: str, **said: Any) -> Any:
    """A sheet as it is typed in: the day of the paper stands empty and is typed, too."""
    address = form_of(desk, number)
    assert not desk.get(address).context["form"]["on"].value()
    answer = send(desk, address, on="20-11-2026", **said)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def on_paper(kind: str) -> Sheet:
    found: Sheet = kuripan(Sheet).get(kind=kind, running=1)
    return found


def asks_next(answer: Any, done: Sheet, after: Sheet) -> bool:
    """The page that follows says what was entered and proposes the number below it, and its day."""
    assert urlsplit(answer["Location"]).path == FIND
    page = Client.get(answer.client, answer["Location"])
    said = page.content.decode()
    form = page.context["form"]
    return (
        f"Lembar {sheet_text(done)} sudah dimasukkan" in said
        and form["nomor"].value() == sheet_text(after)
        and form["tanggal"].value() == date(2026, 11, 20)
    )


def test_a_visit_on_paper_is_entered_and_the_next_sheet_is_asked_for(
    desk: Client, family: Family, doing: Doing
) -> None:
    first, second = stack(doing, count=2)

    answer = entered(desk, sheet_text(first), purpose="other")

    visit = kuripan(Visit).get()
    assert (visit.resident_id, visit.on, on_paper("visit").record) == (family.siti.id, date(2026, 11, 20), visit.id)
    assert asks_next(answer, first, second)
    day = parse_qs(urlsplit(answer["Location"]).query)["tanggal"][0]
    again = desk.get(form_of(desk, sheet_text(second), tanggal=day))
    assert again.context["form"]["on"].value() == date(2026, 11, 20)


def test_a_visitor_from_elsewhere_is_entered_by_name(desk: Client, family: Family, doing: Doing) -> None:
    (sheet,) = stack(doing)
    page = desk.get(FIND, {"nomor": sheet_text(sheet), "nama": ""})

    send(
        desk, page.context["stranger_url"].partition("#")[0],
        visitor_name="Bu Contoh", purpose="other", on="20-11-2026",
    )  # fmt: skip

    assert kuripan(Visit).get().visitor_name == "Bu Contoh"
    assert on_paper("visit").entered_on == date(2026, 11, 23)


def test_wish_offer_and_talk_on_paper_follow_each_other(desk: Client, family: Family, doing: Doing) -> None:
    sheets = {kind: stack(doing, kind, count=2) for kind in ("intention", "offer", "talk")}
    assert "Masukkan dulu lembar Niat bekerja" in str(
        desk.get(FIND, {"nomor": sheet_text(sheets["offer"][0]), "nama": "siti"}).context["rows"]
    )

    wish = entered(desk, sheet_text(sheets["intention"][0]), country="HKG", save="")
    assert asks_next(wish, *sheets["intention"])
    offer = entered(desk, sheet_text(sheets["offer"][0]), offer__country="SAU", offer__visa="umrah")
    result = desk.get(offer["Location"])
    assert "Berhenti" in result.content.decode(), "a stop is read before the next sheet"
    assert sheet_text(sheets["offer"][0]) in result.context["next_sheet_url"]
    assert "Lembar berikutnya" not in desk.get(offer["Location"].partition("?")[0]).content.decode()
    talk = entered(desk, sheet_text(sheets["talk"][0]), permission="refused")
    assert asks_next(talk, *sheets["talk"])

    case = kuripan(Case).get()
    records = {kind: on_paper(kind).record for kind in sheets}
    assert records == {
        "intention": case.id, "offer": kuripan(OfferCheck).get().id, "talk": kuripan(FamilyTalk).get().id,
    }  # fmt: skip
    assert {case.opened_on, kuripan(OfferCheck).get().on, kuripan(FamilyTalk).get().on} == {date(2026, 11, 20)}


def test_a_departure_on_paper_is_screened_and_entered(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    ready(family, doing, case_id)
    sheets = stack(doing, "departure", count=2)

    answer = entered_today(desk, sheet_text(sheets[0]), agreed_contact_days="7", caregiver_named="ya")

    case = kuripan(Case).get()
    assert (case.state, case.agreed_contact_days) == ("DEPARTED", 7)
    assert on_paper("departure").record == kuripan(OfferCheck).latest("id").id
    assert "sudah dimasukkan" in desk.get(answer["Location"]).content.decode()


def entered_today(desk: Client, number: str, **said: Any) -> Any:
    answer = send(desk, form_of(desk, number), on="23-11-2026", **said)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def test_what_is_refused_keeps_what_was_typed_and_the_sheet_blank(desk: Client, family: Family, doing: Doing) -> None:
    (sheet,) = stack(doing)
    address = form_of(desk, sheet_text(sheet))

    missing = send(desk, address, purpose="other", on="")
    late = send(desk, address, purpose="other", on="24-12-2026")

    assert missing.context["form"].errors.keys() == {"on"}
    assert "Tanggal kunjungan tidak boleh sesudah hari ini." in late.content.decode()
    assert (on_paper("visit").entered_on, kuripan(Visit).count()) == (None, 0)
    assert reverse("cases:record_visit") in address


def test_the_same_sheet_sent_twice_writes_one_record(desk: Client, family: Family, doing: Doing) -> None:
    (sheet,) = stack(doing)
    address = form_of(desk, sheet_text(sheet))
    page = desk.get(address)
    filled = {
        **{name: page.context["form"][name].value() for name in ("act_id", "record_id")},
        "purpose": "other", "place": "hall", "on": "20-11-2026",
    }  # fmt: skip

    assert [desk.post(address, filled).status_code for _ in range(2)] == [302, 302]
    assert kuripan(Visit).count() == 1
    used = desk.get(FIND, {"nomor": sheet_text(sheet), "nama": "siti"})
    assert "sudah dimasukkan pada 23 November 2026" in used.content.decode()
    assert kuripan(Sheet).filter(village_code=KURIPAN).count() == 1
