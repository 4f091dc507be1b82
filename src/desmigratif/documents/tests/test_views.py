"""Pages of letters and of the village office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access import reads
from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.keys.subject_keys import erase_key
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Event
from desmigratif.documents import views
from desmigratif.documents.forms import OfficeForm
from desmigratif.documents.models import Letter, VillageKey, VillageOffice
from desmigratif.documents.queries import key_set
from desmigratif.documents.register import LetterDraft, write_letter
from desmigratif.documents.rules.keys import fingerprint
from desmigratif.documents.rules.letter_page import CannotPrint
from desmigratif.documents.rules.letter_text import Person
from desmigratif.documents.rules.verify_pdf import verify_pdf
from desmigratif.shared.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
KURIPAN, KENANGA = "33.07.10.2004", "32.12.16.2004"
TODAY = date(2026, 11, 23)
Issue = Callable[..., Letter]


@pytest.fixture
def desk(sign_in: SignIn) -> Client:
    return sign_in("village_officer", KURIPAN)


@pytest.fixture
def issue(places: None, officer: Actor, working: Callable[..., Any], now: datetime) -> Issue:
    """`issue()`: one more letter in Kuripan's register; `year=` for another one."""
    administrator = person(new_id(), "Pengelola", ("administrator", "33.07"))
    office = {
        "office_id": str(new_id()), "key_id": str(new_id()), "village_code": KURIPAN, "letter_code": "DS-KRP",
        "address": "Jalan Balai Desa 1", "head_name": "Sutrisno",
    }  # fmt: skip
    do(administrator, "documents.set_up_office", office, now=now, act_id=new_id())
    VillageKey.objects.update(valid_from=date(2020, 1, 1))

    def write(name: str = "Siti Aminah", *, on: date = TODAY) -> Letter:
        draft = LetterDraft(
            letter_id=new_id(), village_code=KURIPAN, kind="family_permission", issued_on=on, resident_id=new_id(),
            household_id=new_id(), giver=Person("Budi Santoso"), capacity="husband", relation="",
            receiver=Person(name, nik="3307104104960001"), country="HKG", job="Juru masak", agency=None,
            employer_type="household", contract_months=24,
        )  # fmt: skip
        with working(officer):
            return write_letter(by=officer, draft=draft)

    return write


def at(name: str, letter: Letter) -> str:
    return reverse(f"documents:{name}", args=[letter.id])


def fields_of(page: Any) -> dict[str, Any]:
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {
        name: f"{value:%d-%m-%Y}" if hasattr(value, "strftime") else value
        for name, value in values.items()
        if value is not None
    }


def test_the_register_lists_a_year_with_names(desk: Client, issue: Issue) -> None:
    issue("Rumiyati", on=date(2025, 5, 2))
    issue("Siti Aminah")

    this_year, last_year = (
        desk.get(reverse("documents:letters")),
        desk.get(reverse("documents:letters") + "?tahun=2025"),
    )

    assert [row["name"] for row in this_year.context["rows"]] == ["Siti Aminah"]
    assert [row["name"] for row in last_year.context["rows"]] == ["Rumiyati"]
    assert "474/001/DS-KRP/XI/2026" in this_year.content.decode()


def test_the_register_asks_the_same_of_the_database_at_any_size(
    desk: Client, issue: Issue, django_assert_num_queries: Any
) -> None:
    issue()
    desk.get(reverse("documents:letters"))
    for more in (1, 8):
        for _ in range(more):
            issue()
        with django_assert_num_queries(13):
            desk.get(reverse("documents:letters"))


def test_the_register_leaves_one_trace_of_each_look(desk: Client, issue: Issue) -> None:
    issue()
    desk.get(reverse("documents:letters"))

    (seen,) = Event.objects.filter(event="letters.listed")
    assert (seen.village_code, seen.subjects) == (KURIPAN, [])


def test_an_erased_person_has_no_name_in_the_register(desk: Client, issue: Issue) -> None:
    letter = issue()
    erase_key(letter.resident_id)

    assert "data sudah dihapus" in desk.get(reverse("documents:letters")).content.decode()
    assert desk.get(at("letter", letter)).status_code == 404


def test_a_letter_shows_what_it_says_and_hides_the_number_of_the_person(desk: Client, issue: Issue) -> None:
    letter = issue()

    page = desk.get(at("letter", letter)).content.decode()

    assert "Surat ini berlaku." in page
    assert "NIK berakhir 0001" in page
    assert "3307104104960001" not in page
    assert letter.short_code in page
    assert "<svg" in page.split('class="qr"')[1]
    assert Event.objects.filter(event="letter.opened").count() == 1


def test_a_letter_asks_a_fixed_number_of_questions(desk: Client, issue: Issue, django_assert_num_queries: Any) -> None:
    letter = issue()
    desk.get(at("letter", letter))

    with django_assert_num_queries(11):
        desk.get(at("letter", letter))


def test_the_printed_letter_is_genuine_and_every_print_leaves_a_trace(desk: Client, issue: Issue) -> None:
    letter = issue()

    answer = desk.get(at("letter_pdf", letter))

    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("application/pdf", True)
    assert answer["Content-Disposition"] == 'inline; filename="474-001-DS-KRP-XI-2026.pdf"'
    assert verify_pdf(answer.content, key_set(as_of=TODAY), today=TODAY).valid
    event = Event.objects.get(event="letter.printed")
    assert {row["type"] for row in event.subjects} == {"letter", "resident"}


def test_only_a_letter_in_force_is_signed_inside_its_file(
    desk: Client, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = issue()
    monkeypatch.setattr(views, "sealed", lambda pdf, now: pdf + b"%signed")

    in_force = desk.get(at("letter_pdf", letter)).content
    Letter.objects.in_village(letter.village_code).update(revoked_on=TODAY, revoked_reason="misused")
    taken_back = desk.get(at("letter_pdf", letter)).content

    assert in_force.endswith(b"%signed")
    assert taken_back.startswith(b"%PDF")
    assert not taken_back.endswith(b"%signed")


def test_without_a_trace_nothing_is_printed(desk: Client, issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = issue()
    monkeypatch.setattr(reads, "opened", lambda *args, **kwargs: False)

    assert desk.get(at("letter_pdf", letter)).status_code == 503
    assert "belum bisa dicatat" in desk.get(at("letter", letter)).content.decode()


def test_a_letter_that_cannot_be_printed_says_why(desk: Client, issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> bytes:
        raise CannotPrint("Surat belum bisa dicetak; periksa logo desa, lalu coba lagi.")

    monkeypatch.setattr(views, "letter_pdf", broken)

    answer = desk.get(at("letter_pdf", issue()))

    assert answer.status_code == 503
    assert "periksa logo desa" in answer.content.decode()
    assert not Event.objects.filter(event="letter.printed").exists()


def test_a_letter_is_taken_back_once_with_a_reason(desk: Client, issue: Issue) -> None:
    letter = issue()
    page = desk.get(at("revoke_letter", letter))
    without_reason = desk.post(at("revoke_letter", letter), fields_of(page))
    data = {**fields_of(page), "reason": "misused"}

    first, second = desk.post(at("revoke_letter", letter), data), desk.post(at("revoke_letter", letter), data)

    assert "Pilih alasannya." in without_reason.content.decode()
    assert (first.status_code, second.status_code) == (302, 302)
    assert Event.objects.filter(event="letter.revoked").count() == 1
    shown = desk.get(at("letter", letter)).content.decode()
    assert "DICABUT: tidak berlaku sejak 23 November 2026" in shown
    assert "Surat disalahgunakan" in shown
    assert "Cabut surat</a>" not in shown
    assert desk.get(at("revoke_letter", letter))["Location"] == at("letter", letter)  # not asked once more


def test_a_letter_taken_back_already_says_so_and_stays(desk: Client, issue: Issue) -> None:
    letter = issue()
    open_in_two_tabs = [fields_of(desk.get(at("revoke_letter", letter))) for _ in range(2)]

    for fields in open_in_two_tabs:
        answer = desk.post(at("revoke_letter", letter), {**fields, "reason": "replaced"})

    assert answer.status_code == 200
    assert "sudah dicabut sebelumnya" in answer.content.decode()


@pytest.mark.parametrize("name", ["letter", "letter_pdf", "revoke_letter"])
def test_strangers_find_no_letter(sign_in: SignIn, issue: Issue, name: str) -> None:
    letter = issue()
    stranger = sign_in("village_officer", KENANGA)

    assert stranger.get(at(name, letter)).status_code == 404
    assert stranger.post(at(name, letter), {"reason": "misused"}).status_code in (404, 405)
    assert stranger.get(reverse("documents:letters")).context["rows"] == []
    assert sign_in("tutor", KURIPAN).get(at(name, letter)).status_code == 404
    assert Client().get(at(name, letter)).status_code == 302
    letter.refresh_from_db()
    assert letter.revoked_on is None


def test_an_administrator_fills_in_the_letterhead_and_sees_the_fingerprint(sign_in: SignIn) -> None:
    administrator = sign_in("administrator", "33.07")
    address = f"{reverse('documents:office')}?wilayah={KURIPAN}"
    given = {"address": "Jalan Balai Desa 1", "head_name": "Sutrisno", "letter_code": "DS-KRP"}
    data = {**fields_of(administrator.get(address)), **given}

    first, second = administrator.post(address, data), administrator.post(address, data)

    assert (first.url, second.url) == (address, address)
    key = VillageKey.objects.get()
    assert fingerprint(bytes(key.public_key)) in administrator.get(address).content.decode()
    assert VillageOffice.objects.get().head_name == "Sutrisno"


def test_a_letterhead_can_be_corrected_and_keeps_its_key(sign_in: SignIn, issue: Issue) -> None:
    administrator = sign_in("administrator", KURIPAN)
    data = {**fields_of(administrator.get(reverse("documents:office"))), "head_name": "Wahyudi"}

    administrator.post(reverse("documents:office"), data)

    assert (VillageOffice.objects.get().head_name, VillageKey.objects.count()) == ("Wahyudi", 1)


def test_a_letterhead_with_mistakes_keeps_what_was_typed(sign_in: SignIn) -> None:
    administrator = sign_in("administrator", KURIPAN)
    page = administrator.get(reverse("documents:office"))

    answer = administrator.post(
        reverse("documents:office"), {**fields_of(page), "address": "Jalan Merdeka 17", "letter_code": "ds krp"}
    )

    assert set(answer.context["form"].errors) == {"head_name", "letter_code"}
    assert "Jalan Merdeka 17" in answer.content.decode()
    assert not VillageOffice.objects.exists()


def test_an_administrator_of_a_regency_chooses_the_village(sign_in: SignIn, issue: Issue) -> None:
    page = sign_in("administrator", "33.07").get(reverse("documents:office"))

    assert [row["title"] for row in page.context["offices"]] == ["Desa Kuripan, Kec. Watumalang, Kab. Wonosobo"]
    assert "wilayah/pilih" in page.content.decode()


@pytest.mark.parametrize("code", [KENANGA, "33.07.10.9999", "bukan kode", "33.07"])
def test_nobody_sets_up_another_village(sign_in: SignIn, code: str) -> None:
    administrator = sign_in("administrator", "33.07")

    assert administrator.get(f"{reverse('documents:office')}?wilayah={code}").status_code == 404


def test_an_officer_does_not_set_up_the_office(desk: Client) -> None:
    assert desk.get(reverse("documents:office")).status_code == 404


@pytest.mark.parametrize(("kind", "head"), [("Desa", "Kepala Desa"), ("Kelurahan", "Lurah")])
def test_a_new_letterhead_proposes_who_heads_that_kind_of_office(kind: str, head: str) -> None:
    assert OfficeForm(office=None, kind=kind)["head_title"].value() == head
