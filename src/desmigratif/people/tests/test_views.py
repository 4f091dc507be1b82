"""The pages on people as an officer, a village head and a stranger walk them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.audit import memory, unit
from desmigratif.audit.models import Event, Receipt
from desmigratif.people import sealing, uploads
from desmigratif.people.models import Consent, Household, ImportBatch, Phone, Resident
from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.people.uploads import Upload
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db
Family = dict[str, Resident]
Sign = Callable[[str, str], Client]
FULL_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")


def html(answer: Any) -> str:
    return str(answer.content.decode())


def events(kind: str) -> int:
    return Event.objects.filter(event=kind).count()


def fields_of(page: Any) -> dict[str, Any]:
    """What a browser would send back of the page's form as it was shown, hidden copies included."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    for name, field in form.fields.items():
        if field.show_hidden_initial:
            values[form[name].html_initial_name] = form[name].initial
    said = {name: value for name, value in values.items() if value is not None}
    return {name: f"{v:%d-%m-%Y}" if hasattr(v, "strftime") else v for name, v in said.items()}


def send(client: Client, address: str, **changes: Any) -> Any:
    """Open a page, change some of its form and send it."""
    page = client.get(address)
    assert page.status_code == 200
    return client.post(address, {**fields_of(page), **changes})


def pages_of(family: Family) -> dict[str, str]:
    siti = family["Siti"]
    return {
        "list": reverse("people:residents"),
        "search": f"{reverse('people_search')}?q=siti",
        "household": reverse("people:household", args=[siti.household_id]),
        "resident": reverse("people:resident", args=[siti.id]),
        "correct": reverse("people:correct_resident", args=[siti.id]),
        "correct_household": reverse("people:correct_household", args=[siti.household_id]),
        "new": reverse("people:new_household"),
        "member": reverse("people:new_member", args=[siti.household_id]),
        "phone": reverse("people:add_phone", args=[siti.id]),
        "wish": reverse("people:contact_wish", args=[siti.id]),
        "consent": reverse("people:consent", args=[siti.id, "photo"]),
        "import": reverse("people:import"),
        "template": reverse("people:import_template"),
        "history": reverse("people:import_history"),
    }


@pytest.mark.parametrize("page", ["list", "search", "household", "resident", "correct", "new", "import", "history"])
def test_no_page_shows_a_full_number(desk: Client, family: Family, page: str) -> None:
    answer = desk.get(pages_of(family)[page])

    assert answer.status_code == 200
    assert FULL_NUMBER.findall(html(answer)) == []


# What a page asks: 3 for who is asking (session, user, grants), 5 for a read event where there is one (transaction,
# clock, event, subjects), the rest is the page.
QUERIES = {
    "list": 11, "search": 11, "household": 17, "resident": 17, "correct": 11, "correct_household": 4, "new": 3,
    "member": 4, "phone": 4, "wish": 4, "consent": 4, "import": 4, "template": 3, "history": 4,
}  # fmt: skip


@pytest.mark.parametrize("page", list(QUERIES))
def test_a_page_asks_no_more_than_it_must(
    desk: Client, family: Family, page: str, django_assert_num_queries: Any
) -> None:
    address = pages_of(family)[page]
    desk.get(address)

    with django_assert_num_queries(QUERIES[page]):
        assert desk.get(address).status_code == 200


def test_the_list_asks_the_same_at_any_size(
    desk: Client, officer: Actor, family: Family, now: datetime, django_assert_num_queries: Any, working: Any
) -> None:
    with working(officer):
        homes = [Household(village_code=KURIPAN, hamlet=f"Dusun {n % 7}") for n in range(120)]
        Household.objects.bulk_create(homes)
        Resident.objects.bulk_create(
            Resident(village_code=KURIPAN, household=home, person=family["Siti"].person, name="A", name_key="a")
            for home in homes
        )
        unit.record("test.filled", village_code=KURIPAN)
    address = reverse("people:residents")
    desk.get(address)

    with django_assert_num_queries(QUERIES["list"]):
        answer = desk.get(address, {"hal": "2"})

    assert len(answer.context["rows"]) == 50


def test_a_stranger_finds_no_page_of_this_family(sign_in: Sign, family: Family) -> None:
    stranger = sign_in("village_officer", KENANGA)
    about = ("household", "resident", "correct", "correct_household", "member", "phone", "wish", "consent")

    answers = {name: stranger.get(pages_of(family)[name]).status_code for name in about}
    unmask = stranger.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": "nik"})

    assert answers == dict.fromkeys(about, 404)
    assert unmask.status_code == 404
    assert "Siti" not in html(stranger.get(pages_of(family)["list"]))
    assert "Aminah" not in html(stranger.get(pages_of(family)["search"]))


def test_who_may_only_see_figures_finds_no_people(sign_in: Sign, family: Family) -> None:
    analyst = sign_in("ministry_analyst", "ID")

    assert {analyst.get(address).status_code for address in pages_of(family).values()} == {404}


def test_a_village_head_looks_and_changes_nothing(sign_in: Sign, family: Family) -> None:
    head = sign_in("village_head", KURIPAN)
    pages = pages_of(family)

    assert {head.get(pages[name]).status_code for name in ("list", "search", "household", "resident")} == {200}
    assert {head.get(pages[name]).status_code for name in ("correct", "new", "phone", "consent", "import")} == {404}
    assert head.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": "nik"}).status_code == 404
    assert "Islam" not in html(head.get(pages["resident"]))


def test_nobody_comes_in_without_signing_in(family: Family, places: None) -> None:
    answer = Client().get(pages_of(family)["household"])

    assert answer.status_code == 302
    assert "/akun/" in answer["Location"]


# --- looking ---


def test_the_household_page_tells_who_is_here_and_what_happened(
    desk: Client, officer: Actor, family: Family, working: Callable[..., Any]
) -> None:
    home = family["Siti"].household_id
    with working(officer):
        for kind in ("worker_abroad", "contact_overdue"):
            memory.set_signal(
                kind, village_code=KURIPAN, household_id=home, resident_id=family["Slamet"].id, since=date(2025, 3, 3)
            )

    answer = desk.get(pages_of(family)["household"])
    text = html(answer)

    assert [member["name"] for member in answer.context["members"]] == ["Slamet Riyadi", "Siti Aminah", "Rizky Riyadi"]
    assert answer.context["members"][0]["place"] == "Di luar negeri"
    assert "sejak 3 Maret 2025" in text
    assert "Hubungi keluarga tentang kabar Slamet" in text
    assert "Tanyakan siapa yang mengasuh anak-anak" in text
    assert "Siti dicatat sebagai warga" in text
    assert "NIK belum diketahui" in text
    assert f"{reverse('cases:record_visit')}?warga={family['Slamet'].id}" in text


def test_opening_a_file_is_an_event_with_everybody_in_it(desk: Client, family: Family) -> None:
    desk.get(pages_of(family)["household"])

    event = Event.objects.get(event="household.opened")
    assert {subject["id"] for subject in event.subjects} >= {str(row.id) for row in family.values()}


def test_a_result_page_is_one_event_and_typing_is_none(desk: Client, family: Family) -> None:
    address = reverse("people_search")

    live = desk.get(address, {"q": "siti"}, headers={"HX-Request": "true"})
    typed = events("residents.searched")
    page = desk.get(address, {"q": "siti"})

    assert "data-search-list" in html(live)
    assert "<html" not in html(live)
    assert "Siti" in html(page)
    assert (typed, events("residents.searched")) == (0, 1)


def test_when_the_trace_cannot_be_written_the_rest_opens_with_a_banner(
    desk: Client, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(unit, "_flush", broken)
    page = html(desk.get(pages_of(family)["resident"]))
    unmasked = html(desk.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": "nik"}))

    assert "Jejak pembukaan tidak dapat ditulis" in page
    assert "Islam" not in page
    assert FULL_NUMBER.findall(unmasked) == []


@pytest.mark.parametrize(
    ("what", "number", "event"),
    [
        ("nik", "3307105205920418", "resident.nik_unmasked"),
        ("kk_number", "3307101203150093", "household.kk_unmasked"),
    ],
)
def test_a_number_is_shown_once_and_leaves_a_trace(
    desk: Client, family: Family, what: str, number: str, event: str
) -> None:
    shown = desk.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": what})
    again = desk.get(pages_of(family)["resident"])

    assert FULL_NUMBER.findall(html(shown)) == [number]
    assert "no-store" in shown["Cache-Control"]
    assert FULL_NUMBER.findall(html(again)) == []
    assert events(event) == 1


def test_a_number_is_never_shown_by_following_a_link(desk: Client, family: Family) -> None:
    assert desk.get(reverse("people:unmask", args=[family["Siti"].id])).status_code == 405
    assert desk.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": "x"}).status_code == 404


# --- writing ---


def test_a_new_family_is_registered_and_a_double_click_acts_once(desk: Client) -> None:
    address = reverse("people:new_household")
    said = fields_of(desk.get(address)) | {
        "name": "Bambang Prasetyo",
        "hamlet": "Sidorejo",
        "nik": "3307 1001 0290 0005",
    }

    first = desk.post(address, said)
    second = desk.post(address, said)

    resident = Resident.objects.in_village(KURIPAN).get()
    assert first["Location"] == second["Location"] == reverse("people:household", args=[resident.household_id])
    assert sealing.open_nik(resident) == "3307100102900005"
    assert resident.relation == "head"


def test_somebody_alike_is_shown_and_can_be_told_apart(desk: Client, family: Family) -> None:
    address = reverse("people:new_household")
    said = fields_of(desk.get(address)) | {"name": "Sitti Aminah", "birth_date": "12-05-1992"}

    asked = desk.post(address, said)
    done = desk.post(address, {**said, "known_to_differ": "on"})

    assert "Mungkin orang ini sudah tercatat" in html(asked)
    assert reverse("people:household", args=[family["Siti"].household_id]) in html(asked)
    assert done.status_code == 302


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "tidak boleh kosong"),
        ({"name": "R2D2"}, "Nama hanya boleh berisi huruf"),
        ({"nik": "123"}, "NIK harus 16 angka; yang terbaca 3."),
        ({"kk_number": "33071012031500"}, "Nomor KK harus 16 angka; yang tertulis 14."),
        ({"birth_date": "24-11-2026"}, "Tanggal lahir masih di masa depan"),
        ({"birth_date": "31-02-1990"}, "tanggal"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(
    desk: Client, wrong: dict[str, str], sentence: str
) -> None:
    answer = send(desk, reverse("people:new_household"), **{"name": "Bambang Prasetyo", **wrong})

    assert answer.status_code == 200
    assert sentence in html(answer)
    assert list(answer.context["form"].errors) == list(wrong)
    assert not Resident.objects.in_village(KURIPAN).exists()


def test_an_answer_of_the_search_leads_to_that_person_within_the_family(desk: Client, family: Family) -> None:
    (found,) = [row for row in desk.get(pages_of(family)["search"]).context["results"] if "Siti" in row["name"]]
    address, _, anchor = found["url"].partition("#")

    assert address == pages_of(family)["household"]
    assert f'id="{anchor}"' in html(desk.get(address))


def test_a_member_is_added(desk: Client, family: Family) -> None:
    answer = send(desk, pages_of(family)["member"], name="Mbah Karti", relation="parent")

    assert answer.status_code == 302
    assert family["Siti"].household.members.in_village(KURIPAN).count() == 4


def test_a_correction_sends_only_what_was_changed(desk: Client, family: Family) -> None:
    answer = send(
        desk, pages_of(family)["correct"], name="Siti Aminah Rahayu", source="KTP", reason="Nama di KTP lebih panjang"
    )

    siti = family["Siti"]
    siti.refresh_from_db()
    assert answer.status_code == 302
    assert (siti.name, siti.field_versions) == ("Siti Aminah Rahayu", {"name": 2})
    assert sealing.open_nik(siti) == "3307105205920418"


def test_the_source_of_most_facts_is_said_once_and_another_stands_out(desk: Client, family: Family) -> None:
    send(desk, pages_of(family)["correct"], birth_place="Banjarnegara", source="KTP", reason="Tertulis di KTP")

    page = desk.get(pages_of(family)["resident"]).context

    stated = {fact["label"]: fact["source"] for fact in page["facts"]}
    assert page["usual_source"].startswith("Petugas desa")
    assert page["usual_source"] not in stated.values()
    assert [label for label, source in stated.items() if source.startswith("KTP")] == ["Tempat lahir"]


def test_two_tabs_correcting_one_field_end_in_a_sentence(desk: Client, family: Family) -> None:
    address = pages_of(family)["correct"]
    why = {"source": "KTP", "reason": "Cocok"}
    first, second = fields_of(desk.get(address)), fields_of(desk.get(address))

    desk.post(address, {**first, **why, "name": "Siti Aminah Rahayu"})
    clash = desk.post(address, {**second, **why, "name": "Siti Aminatun"})
    other = desk.post(address, {**second, **why, "act_id": new_id(), "birth_place": "Wonosobo"})

    siti = family["Siti"]
    siti.refresh_from_db()
    assert "Nama sudah diubah orang lain sejak berkas ini dibuka" in html(clash)
    assert other.status_code == 302
    assert (siti.name, siti.birth_place) == ("Siti Aminah Rahayu", "Wonosobo")


def test_a_family_moves_house(desk: Client, family: Family, household: Household) -> None:
    answer = send(desk, pages_of(family)["correct_household"], rt="7", source="RT", reason="Pindah rumah")

    household.refresh_from_db()
    assert answer.status_code == 302
    assert (household.rt, sealing.open_kk(household)) == ("007", "3307101203150093")


def test_phone_wish_and_consent_are_recorded_and_shown(desk: Client, family: Family) -> None:
    pages = pages_of(family)
    send(desk, pages["phone"], number="0812 3456 7890", safe="false")
    send(desk, pages["wish"], wish="Lewat Bu RT saja")
    send(desk, pages["consent"], given="true", given_by="self")

    text = html(desk.get(pages["resident"]))

    assert "Jangan ditelepon" in text
    assert "Lewat Bu RT saja" in text
    assert "81234567890" not in text
    assert Consent.objects.get().purpose == "photo"


def test_a_phone_is_unmasked_by_its_id(desk: Client, family: Family) -> None:
    send(desk, pages_of(family)["phone"], number="0812 3456 7890")
    phone = Phone.objects.in_village(KURIPAN).get()

    text = html(desk.post(reverse("people:unmask", args=[family["Siti"].id]), {"nomor": str(phone.id)}))

    assert "0812-3456-7890" in text


def test_consent_is_withdrawn_with_one_button(desk: Client, family: Family) -> None:
    send(desk, pages_of(family)["consent"], given="true", given_by="self")
    consent = Consent.objects.get()
    address = reverse("people:withdraw_consent", args=[family["Siti"].id, consent.id])

    desk.post(address, {"act_id": new_id()})

    consent.refresh_from_db()
    assert consent.withdrawn_on == TODAY


def test_a_doubt_that_was_none_is_settled_from_the_page(
    desk: Client, officer: Actor, family: Family, working: Callable[..., Any]
) -> None:
    home, siti = family["Siti"].household_id, family["Siti"].id
    with working(officer):
        memory.set_signal("nik_doubt", village_code=KURIPAN, household_id=home, resident_id=siti, since=TODAY)
    page = html(desk.get(pages_of(family)["household"]))

    said = {"act_id": new_id(), "kind": "nik_doubt", "resident_id": siti}
    desk.post(reverse("people:settle_doubt", args=[home]), said)

    assert "Cocokkan NIK Siti dengan KTP" in page
    assert "Cocokkan NIK" not in html(desk.get(pages_of(family)["household"]))


def test_another_source_is_chosen(desk: Client, family: Family) -> None:
    send(desk, pages_of(family)["correct"], name="Siti Aminatun", source="KK", reason="Salah baca")
    page = desk.get(pages_of(family)["resident"])
    (other,) = [fact for fact in page.context["others"] if not fact.chosen]

    send(desk, reverse("people:choose_fact", args=[family["Siti"].id, other.id]), reason="KTP asli dilihat")

    family["Siti"].refresh_from_db()
    assert other.value == "Siti Aminah"
    assert family["Siti"].name == "Siti Aminah"


# --- importing on the page ---


def sheet(*names: str, **cells: Any) -> bytes:
    target = io.BytesIO()
    rows = [
        {"nama": name, "nik": "0", "no_kk": "3307101203150095", "dusun": "Sidorejo", "kk_level": "4", **cells}
        for name in names
    ]
    write_sheet(rows, target)
    return target.getvalue()


def give(client: Client, content: bytes, name: str = "register.xlsx") -> Any:
    return client.post(reverse("people:import"), {"sheet": SimpleUploadedFile(name, content)})


def batch_of(answer: Any) -> UUID:
    return UUID(answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def test_a_sheet_is_tried_written_and_taken_back(desk: Client) -> None:
    tried = give(desk, sheet("Ani Lestari", "Budi Santoso"))
    report = desk.get(tried["Location"])
    nothing_yet = Resident.objects.in_village(KURIPAN).exists()
    desk.post(tried["Location"])
    done = desk.get(tried["Location"])
    people = Resident.objects.in_village(KURIPAN).count()
    undone = desk.post(reverse("people:undo_import", args=[batch_of(tried)]), {"act_id": new_id()})

    assert "Siap dimasukkan" in html(report)
    assert (nothing_yet, people) == (False, 2)
    assert "Register yang dimasukkan" in html(done)
    assert "2 warga dihapus" in html(undone)
    assert "sudah dibatalkan" in html(desk.get(tried["Location"]))
    assert not Resident.objects.in_village(KURIPAN).exists()
    asked_again = desk.get(reverse("people:undo_import", args=[batch_of(tried)]))
    assert asked_again["Location"] == reverse("people:import_batch", args=[batch_of(tried)])


def test_a_double_click_on_write_writes_once(desk: Client) -> None:
    tried = give(desk, sheet("Ani Lestari"))

    first, second = desk.post(tried["Location"]), desk.post(tried["Location"])

    assert (first.status_code, second.status_code) == (302, 200)
    assert ImportBatch.objects.count() == 1


def test_each_wrong_cell_is_named_by_row_and_column(desk: Client) -> None:
    tried = give(desk, sheet("Ani Lestari", "Budi Santoso", tanggallahir="24-11-2026"))

    text = html(desk.get(tried["Location"]))

    assert "Baris 2" in text
    assert "Tanggal lahir (tanggallahir)" in text
    assert "masih di masa depan" in text
    assert "Tidak ada baris yang bisa dimasukkan" in text
    desk.post(tried["Location"])
    assert not ImportBatch.objects.exists()


def bomb() -> bytes:
    """A small file that unpacks to 400 MB."""
    target = io.BytesIO(sheet("Ani Lestari"))
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/image1.bin", "w") as picture,
    ):
        for _ in range(400):
            picture.write(bytes(1 << 20))
    return target.getvalue()


def wrong_header() -> bytes:
    source = io.BytesIO(sheet("Ani Lestari"))
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b">nama<", b">nma<"))
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (lambda: b"bukan lembar kerja sama sekali\n" * 5, "bukan .xlsx"),
        (lambda: b"%PDF-1.7 ...", "PDF"),
        (lambda: b"", "kosong"),
        (bomb, "terlalu besar"),
        (wrong_header, "tidak dikenal"),
        (lambda: sheet(), "tidak berisi satu warga pun"),
        (lambda: sheet(*["Warga"] * 20_001), "lebih dari 20.000 baris"),
    ],
    ids=["text", "pdf", "empty", "bomb", "header", "no-rows", "20001-rows"],
)
def test_what_is_no_register_ends_in_one_sentence_and_nothing_is_kept(
    desk: Client, tmp_path: Path, content: Callable[[], bytes], sentence: str
) -> None:
    answer = give(desk, content())

    assert answer.status_code == 200
    assert sentence in html(answer)
    assert not Receipt.objects.exists()
    assert list((tmp_path / "uploads").glob("*.sealed")) == []


def test_a_kept_sheet_is_sealed_bound_to_its_owner_and_forgotten_after_an_hour(
    desk: Client, tmp_path: Path, now: datetime
) -> None:
    content = sheet("Ani Lestari")
    tried = give(desk, content)
    (file,) = (tmp_path / "uploads").glob("*.sealed")

    colleague = new_id()

    assert content not in file.read_bytes()
    assert uploads.fetch(batch_of(tried), owner_id=colleague, village_code=KURIPAN, now=now) is None
    uploads.forget_old(now + uploads.LASTS * 2)
    assert desk.get(tried["Location"])["Location"] == reverse("people:import")


def test_a_kept_sheet_comes_back_to_its_owner(now: datetime, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    upload_id, owner = new_id(), new_id()
    kept = Upload(b"isi", "a.xlsx", {"rows": 1})

    uploads.keep(upload_id, kept, owner_id=owner, village_code=KURIPAN, now=now)

    assert uploads.fetch(upload_id, owner_id=owner, village_code=KURIPAN, now=now) == kept
    assert uploads.fetch(upload_id, owner_id=owner, village_code=KENANGA, now=now) is None
    assert uploads.fetch(upload_id, owner_id=owner, village_code=KURIPAN, now=now + uploads.LASTS * 1.1) is None


def test_the_template_is_a_sheet_that_can_be_imported(desk: Client) -> None:
    template = desk.get(reverse("people:import_template")).content

    assert "tidak berisi satu warga pun" in html(give(desk, template))


def test_a_stranger_cannot_see_or_undo_an_import(desk: Client, sign_in: Sign) -> None:
    tried = give(desk, sheet("Ani Lestari"))
    desk.post(tried["Location"])
    stranger = sign_in("village_officer", KENANGA)
    undo_address = reverse("people:undo_import", args=[batch_of(tried)])

    assert stranger.get(tried["Location"])["Location"] == reverse("people:import")
    assert stranger.get(undo_address).status_code == 404
    assert stranger.post(undo_address).status_code == 404
    assert Resident.objects.in_village(KURIPAN).count() == 1
