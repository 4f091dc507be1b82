"""The village's own letters: who gets which, what is missing, one in the place of another, and their pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.keys.subject_keys import erase_key
from desmigratif.audit.models import Event, FactDelta, Signal, TimelineEntry
from desmigratif.cases.queries import standing_letter
from desmigratif.cases.tests.before.test_journey_steps import case_now, check, cleared, codes
from desmigratif.cases.tests.before.test_journey_views import signed_in
from desmigratif.cases.tests.conftest import Doing, Family
from desmigratif.cases.tests.pages import fields_of, kuripan, main_buttons, send
from desmigratif.documents.models import Letter, VillageKey
from desmigratif.documents.queries import key_set, letter_content, letter_pdf
from desmigratif.documents.rules.letter_page import page_count
from desmigratif.documents.rules.verify_pdf import verify_pdf
from desmigratif.documents.rules.village_kinds import kinds_on
from desmigratif.documents.rules.village_text import VillageLetterContent
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
TODAY = date(2026, 11, 23)
FACTS = {
    "marital_status": {"basis": "Buku nikah", "purpose": "Syarat bekerja"},
    "skck_cover": {"purpose": "Melamar kerja di Hong Kong"},
    "passport_cover": {"addressed_to": "Kantor Imigrasi Wonosobo"},
    "general_cover": {"addressed_to": "Puskesmas", "purpose": "Berobat"},
    "domicile": {"purpose": "Membuka rekening"},
    "identity_difference": {
        "paper": "Ijazah SMP", "other_name": "Siti Aminnah", "basis": "KTP dan ijazah", "correction": "20-11-2026",
    },
    "travel": {
        "destination": "Kota Semarang", "purpose": "Menengok orang tua", "leaves_on": "2026-11-25",
        "returns_on": "2026-11-28",
    },
    "poverty": {"basis": "Kunjungan rumah", "purpose": "Bantuan hukum"},
}  # fmt: skip


@pytest.fixture
def desk(places: None) -> Client:
    return signed_in("village_officer")


def write(doing: Doing, resident: Resident, kind: str, *, facts: dict[str, str] | None = None, **more: Any) -> str:
    letter_id = str(new_id())
    given = {"asked_by": "self", "facts": FACTS[kind] if facts is None else facts, **more}
    doing("cases.issue_village_letter", letter_id=letter_id, resident_id=str(resident.id), kind=kind, **given)
    return letter_id


def content_of(officer: Actor, letter_id: Any) -> VillageLetterContent:
    _letter, content = letter_content(officer, letter_id)
    assert isinstance(content, VillageLetterContent)
    return content


def rows_of(content: VillageLetterContent) -> dict[str, str]:
    return {fact.label: fact.value for block in content.page().blocks if isinstance(block, tuple) for fact in block}


def page_for(resident: Resident, kind: str) -> str:
    return f"{reverse('cases:issue_village_letter')}?warga={resident.id}&jenis={kind}"


# --- the act ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(FACTS))
def test_every_kind_is_numbered_signed_and_agrees_with_its_own_paper(
    family: Family, doing: Doing, officer: Actor, office: None, case_id: str, kind: str
) -> None:
    check(doing, case_id)
    letter_id = write(doing, family.siti, kind)

    letter, content = letter_content(officer, letter_id)
    verdict = verify_pdf(letter_pdf(letter, content), key_set(as_of=TODAY), today=TODAY)
    assert (verdict.valid, verdict.matches_text) == (True, True)
    assert verdict.statement is not None and verdict.statement.kind == letter.kind == kind
    assert letter.number.endswith("/001/DS-KRP/XI/2026")
    assert verdict.statement.valid_until == letter.valid_until is not None
    assert "Siti Aminah" not in str(verdict.facts)


def test_kinds_share_one_counter_and_carry_their_own_classification(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)
    for kind in ("skck_cover", "identity_difference"):
        write(doing, family.siti, kind)

    numbers = kuripan(Letter).order_by("sequence").values_list("number", flat=True)
    assert [number.split("/")[:2] for number in numbers] == [["474", "001"], ["331", "002"], ["471.1", "003"]]


def test_the_register_fills_in_what_it_knows(family: Family, doing: Doing, officer: Actor, office: None) -> None:
    rows = rows_of(content_of(officer, write(doing, family.siti, "marital_status")))

    assert rows["Nama lengkap"] == "Siti Aminah"
    assert rows["Tempat, tanggal lahir"] == "Wonosobo, 21 April 1996"
    assert (rows["Status perkawinan"], rows["Dasar"]) == ("Kawin", "Buku nikah")
    assert "Sejak" not in rows
    assert len(rows["NIK"]) == 16


def test_everything_missing_is_told_at_once_one_sentence_each(family: Family, doing: Doing, office: None) -> None:
    Resident.objects.in_village("33.07.10.2004").filter(id=family.siti.id).update(marital_status="", birth_date=None)

    missing = codes(lambda: write(doing, family.siti, "marital_status", facts={"since": "2015"}))

    assert missing == ["birth_date_unknown", "marital_status_unknown", "basis_missing", "purpose_missing"]
    assert not kuripan(Letter).exists()


@pytest.mark.parametrize("kind", ["marital_status", "skck_cover", "passport_cover"])
def test_no_such_letter_for_a_minor(family: Family, doing: Doing, office: None, kind: str) -> None:
    assert "under_age" in codes(lambda: write(doing, family.rini, kind))


@pytest.mark.parametrize("kind", ["general_cover", "domicile", "identity_difference", "travel", "poverty"])
def test_for_a_child_only_a_parent_or_guardian_asks(family: Family, doing: Doing, office: None, kind: str) -> None:
    for wrong in ("self", "spouse", "proxy"):
        assert codes(lambda: write(doing, family.rini, kind, asked_by=wrong)) == ["asker_not_entitled"]  # noqa: B023
    write(doing, family.rini, kind, asked_by="parent")

    assert codes(lambda: write(doing, family.budi, kind, asked_by="parent")) == ["asker_not_entitled"]


def test_nobody_else_asks_for_somebodys_police_letter(family: Family, doing: Doing, office: None) -> None:
    assert codes(lambda: write(doing, family.siti, "skck_cover", asked_by="spouse")) == ["asker_not_entitled"]


def test_a_passport_cover_rests_on_a_plan_whose_offer_was_not_stopped(
    family: Family, doing: Doing, office: None
) -> None:
    def ask() -> str:
        return write(doing, family.siti, "passport_cover")

    assert codes(ask) == ["no_plan"]
    case_id = str(new_id())
    doing("cases.open_case", case_id=case_id, resident_id=str(family.siti.id))
    assert codes(ask) == ["offer_not_checked"]
    check(doing, case_id, country="SAU")
    assert "COUNTRY_CLOSED_OR_HIGH_RISK" in codes(ask)
    check(doing, case_id)

    assert ask()


def test_what_does_not_fit_together_is_said_where_it_stands(family: Family, doing: Doing, office: None) -> None:
    def ask(kind: str, **facts: str) -> list[str]:
        return codes(lambda: write(doing, family.siti, kind, facts={**FACTS[kind], **facts}))

    assert ask("travel", returns_on="2026-11-24") == ["returns_too_early"]
    assert ask("travel", leaves_on="2026-02-30") == ["not_a_date"]
    assert ask("identity_difference", other_name=" SITI  aminah") == ["same_name"]
    assert ask("identity_difference", paper="x" * 49) == ["too_long"]
    assert ask("skck_cover", colour="merah") == ["unknown_fact"]


def test_a_kind_that_does_not_exist_and_a_resident_who_died_get_no_letter(
    family: Family, doing: Doing, office: None
) -> None:
    assert codes(lambda: write(doing, family.siti, "free_ticket", facts={})) == ["unknown_kind"]
    Resident.objects.in_village("33.07.10.2004").filter(id=family.siti.id).update(life_status="dead")
    assert codes(lambda: write(doing, family.siti, "domicile")) == ["resident_gone"]


def test_while_one_holds_a_second_is_written_only_in_its_place(family: Family, doing: Doing, office: None) -> None:
    write(doing, family.siti, "skck_cover")
    write(doing, family.siti, "general_cover")
    write(doing, family.siti, "general_cover")

    assert codes(lambda: write(doing, family.siti, "skck_cover")) == ["letter_stands"]


def test_one_that_is_over_stands_in_nobodys_way(family: Family, doing: Doing, office: None) -> None:
    VillageKey.objects.update(valid_from="2026-01-01")
    write(doing, family.siti, "skck_cover", on="2026-08-22")

    assert write(doing, family.siti, "skck_cover")


@pytest.mark.parametrize("outsider", ["stranger", "village_head", "regency_coordinator"])
def test_strangers_and_other_roles_write_no_letter(
    family: Family, doing: Doing, office: None, stranger: Actor, outsider: str
) -> None:
    by = stranger if outsider == "stranger" else person(new_id(), "Lain", (outsider, "33.07.10.2004"))

    assert codes(lambda: write(doing, family.siti, "domicile", by=by)) == ["not_found"]


def test_a_village_letter_is_no_permission_to_leave(family: Family, doing: Doing, office: None, case_id: str) -> None:
    write(doing, family.siti, "skck_cover")

    assert standing_letter(case_now()) is None
    assert not Signal.objects.filter(kind="permission_letter_stands").exists()
    assert not FactDelta.objects.filter(code="A7").exists()


def test_the_history_says_which_letter_and_keeps_poverty_for_those_who_may_see_it(
    family: Family, doing: Doing, office: None
) -> None:
    write(doing, family.siti, "domicile")
    write(doing, family.siti, "poverty")

    lines = TimelineEntry.objects.filter(kind="village_letter.issued").order_by("at", "id")
    assert {line.params["letter"]: line.privacy for line in lines} == {"domicile": "personal", "poverty": "specific"}
    event = Event.objects.filter(event="village_letter.issued").first()
    assert event is not None and "Siti" not in str(event.details)


# --- one in the place of another -------------------------------------------------------------------


def test_a_corrected_letter_and_the_old_one_name_each_other(
    family: Family, doing: Doing, officer: Actor, office: None
) -> None:
    old_id = write(doing, family.siti, "skck_cover")
    new = write(doing, family.siti, "skck_cover", facts={"purpose": "Melamar kerja"}, replaces=old_id,
                reason="wrong_data")  # fmt: skip

    old = kuripan(Letter).get(id=old_id)
    assert (old.revoked_on, old.revoked_reason, str(old.replaced_by.id)) == (TODAY, "wrong_data", new)
    letter, content = letter_content(officer, old_id)
    verdict = verify_pdf(letter_pdf(letter, content), key_set(as_of=TODAY), today=TODAY)
    assert (verdict.valid, verdict.revoked) == (False, True)
    assert f"Penggantinya surat nomor {old.replaced_by.number}." in verdict.reason
    assert content_of(officer, new).replaces == old.number


def test_only_a_letter_that_holds_of_the_same_person_and_kind_is_replaced(
    family: Family, doing: Doing, office: None
) -> None:
    old = write(doing, family.siti, "domicile")

    def instead(resident: Resident, kind: str, **more: Any) -> list[str]:
        return codes(lambda: write(doing, resident, kind, replaces=old, **more))

    assert instead(family.budi, "domicile") == ["not_the_same"]
    assert instead(family.siti, "general_cover") == ["not_the_same"]
    assert instead(family.siti, "domicile", on="2026-11-22")[0] == "before_replaced"
    assert kuripan(Letter).get().revoked_on is None
    write(doing, family.siti, "domicile", replaces=old)
    assert instead(family.siti, "domicile")[0] == "already_revoked"


def test_the_familys_permission_is_replaced_too_and_counted_once(
    family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)
    old = kuripan(Letter).get()
    given = {"letter_id": str(new_id()), "case_id": case_id, "agency": "PT Contoh Karya", "contract_months": 36}
    doing("cases.issue_family_permission", **given, replaces=str(old.id), reason="wrong_data")

    standing = standing_letter(case_now())
    assert standing is not None and standing.replaces_id == old.id
    assert case_now().state == "VILLAGE_CLEARED"
    assert Signal.objects.filter(kind="permission_letter_stands", until=None).count() == 1
    assert FactDelta.objects.filter(code="A7").count() == 1


# --- the pages -------------------------------------------------------------------------------------


def test_from_the_residents_page_to_the_numbered_letter(desk: Client, family: Family, office: None) -> None:
    listed = reverse("cases:letters_of_resident") + f"?warga={family.siti.id}"
    assert listed in desk.get(reverse("people:resident", args=[family.siti.id])).content.decode()
    page = desk.get(listed)
    offered = {kind["label"]: bool(kind["url"]) for kind in page.context["kinds"]}
    assert offered.pop("Surat pengantar paspor") is False
    assert all(offered.values()) and len(offered) == len(kinds_on(TODAY)) - 1

    address = page_for(family.siti, "domicile")
    shown = desk.get(address)
    assert main_buttons(shown) == 1
    assert "Siti Aminah" in shown.content.decode() and family.siti.nik_index not in shown.content.decode()
    answer = send(desk, address, purpose="Membuka rekening")
    letter = kuripan(Letter).get()
    assert answer["Location"] == reverse("documents:letter", args=[letter.id])
    opened = desk.get(answer["Location"]).content.decode()
    assert "Surat keterangan domisili" in opened and "Membuka rekening" in opened
    assert "NIK berakhir" in opened
    assert letter.number in desk.get(listed).content.decode()


def test_what_is_missing_is_said_beside_each_field_and_nothing_is_lost(
    desk: Client, family: Family, office: None
) -> None:
    page = send(desk, page_for(family.siti, "travel"), destination="Kota Semarang", leaves_on="25-11-2026")

    errors = page.context["form"].errors
    assert errors["purpose"] == ["Tulis untuk keperluan apa surat ini."]
    assert errors["returns_on"] == ["Tulis tanggal kembali."]
    assert 'value="Kota Semarang"' in page.content.decode() and 'value="25-11-2026"' in page.content.decode()
    refused = send(desk, page_for(family.siti, "travel"), destination="Semarang", purpose="Menengok",
                   leaves_on="25-11-2026", returns_on="24-11-2026")  # fmt: skip
    assert list(refused.context["form"].errors) == ["returns_on"]


def test_a_plan_fills_in_the_purpose(desk: Client, family: Family, doing: Doing, office: None, case_id: str) -> None:
    check(doing, case_id)

    assert "Syarat bekerja di Hong Kong" in desk.get(page_for(family.siti, "skck_cover")).content.decode()


def test_replacing_asks_nothing_twice(desk: Client, family: Family, doing: Doing, office: None) -> None:
    old_id = write(doing, family.siti, "travel")
    address = reverse("cases:replace_letter", args=[old_id])
    assert address in desk.get(reverse("documents:letter", args=[old_id])).content.decode()

    send(desk, address, reason="wrong_data", destination="Kota Salatiga")

    new = kuripan(Letter).get(replaces=old_id)
    old_page = desk.get(reverse("documents:letter", args=[old_id])).content.decode()
    assert new.number in old_page and "Diganti dengan surat nomor" in old_page
    assert "Menggantikan surat nomor" in desk.get(reverse("documents:letter", args=[new.id])).content.decode()
    assert desk.get(address).status_code == 302


def test_replacing_a_permission_starts_from_what_it_said(
    desk: Client, family: Family, doing: Doing, office: None, case_id: str
) -> None:
    cleared(family, doing, case_id)
    old = kuripan(Letter).get()

    to_fill_in = desk.get(reverse("cases:replace_letter", args=[old.id]))["Location"]
    assert desk.get(to_fill_in).context["form"]["agency"].value() == "PT Contoh Karya"
    send(desk, to_fill_in, reason="wrong_data", contract_months="36")

    assert kuripan(Letter).get(replaces=old.id).revoked_on is None


def test_without_a_letterhead_the_page_says_so(desk: Client, family: Family) -> None:
    page = desk.get(page_for(family.siti, "domicile"))

    assert [reason.code for reason in page.context["reasons"]] == ["office_not_set_up"]


def test_strangers_and_readers_find_no_form(family: Family, doing: Doing, office: None) -> None:
    letter_id = write(doing, family.siti, "domicile")
    stranger, head = signed_in("village_officer", "32.12.16.2004"), signed_in("village_head")
    listed = reverse("cases:letters_of_resident") + f"?warga={family.siti.id}"

    assert head.get(listed).context["kinds"] == []
    for client in (stranger, head):
        assert client.get(page_for(family.siti, "domicile")).status_code == 404
        assert client.get(reverse("cases:replace_letter", args=[letter_id])).status_code == 404
    assert stranger.get(listed).status_code == 404
    assert stranger.get(reverse("cases:letters_of_resident")).status_code == 404


def test_a_letter_whose_key_was_erased_is_closed(desk: Client, family: Family, doing: Doing, office: None) -> None:
    letter_id = write(doing, family.siti, "domicile")
    erase_key(family.siti.id)

    assert desk.get(reverse("documents:letter", args=[letter_id])).status_code == 404


@pytest.mark.parametrize(("name", "queries"), [("letters_of_resident", 18), ("issue_village_letter", 20)])
def test_the_pages_cost_few_queries(
    desk: Client, family: Family, office: None, name: str, queries: int, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(queries):
        desk.get(reverse(f"cases:{name}") + f"?warga={family.siti.id}&jenis=domicile")


# --- many at once ----------------------------------------------------------------------------------


def test_many_letters_at_once_each_with_its_number_and_who_was_left_out(
    desk: Client, family: Family, doing: Doing, officer: Actor, office: None, case_id: str
) -> None:
    for other in (family.budi, family.rini):
        doing("cases.open_case", case_id=str(new_id()), resident_id=str(other.id))
    address = reverse("cases:batch_letters") + "?jenis=skck_cover"
    everybody = [str(one.id) for one in (family.siti, family.budi, family.rini)]
    page = desk.get(address)
    assert not page.context["form"]["people"].value()
    sent = {**fields_of(page), "people": everybody, "purpose": "Melamar kerja", "on": "23-11-2026"}

    for _again in range(2):  # the same page sent twice writes nothing twice
        done = desk.post(address, sent)
        assert [row["number"][:7] for row in done.context["rows"]] == ["331/001", "331/002"]
        assert [one["name"] for one in done.context["left_out"]] == ["Rini Lestari"]
        assert done.context["left_out"][0]["reasons"][0].code == "under_age"
    assert kuripan(Letter).count() == 2

    pdf = desk.get(done.context["pdf_url"])
    assert page_count(pdf.content) == 2
    printed = Event.objects.filter(event="letter.printed").get()
    assert {family.siti.id, family.budi.id} <= {row.subject_id for row in printed.subject_rows.all()}
    has = dict(desk.get(address).context["form"].fields["people"].choices)
    assert "sudah punya 331/" in has[str(family.siti.id)] and "sudah punya" not in has[str(family.rini.id)]


def test_nobody_chosen_or_nothing_filled_in_writes_nothing(
    desk: Client, family: Family, office: None, case_id: str
) -> None:
    address = reverse("cases:batch_letters")
    page = desk.post(address, {**fields_of(desk.get(address)), "people": [], "purpose": ""})

    assert set(page.context["form"].errors) == {"people", "purpose"}
    assert not kuripan(Letter).exists()


def test_nobody_can_slip_in_a_resident_without_a_plan(desk: Client, family: Family, office: None, case_id: str) -> None:
    address = reverse("cases:batch_letters")
    page = desk.post(
        address, {**fields_of(desk.get(address)), "people": [str(family.budi.id)], "purpose": "Melamar kerja"}
    )

    assert "people" in page.context["form"].errors


def test_strangers_write_and_print_nothing_together(family: Family, doing: Doing, office: None, case_id: str) -> None:
    letter_id = write(doing, family.siti, "skck_cover")
    stranger = signed_in("village_officer", "32.12.16.2004")

    assert not stranger.get(reverse("cases:batch_letters")).context["form"].fields["people"].choices
    together = reverse("documents:letters_pdf")
    for query in (f"?surat={letter_id}", "", "?surat=x", "?" + "&".join(f"surat={new_id()}" for _ in range(51))):
        assert stranger.get(together + query).status_code == 404
    assert signed_in("village_head").get(reverse("cases:batch_letters")).status_code == 404


# --- the archive -----------------------------------------------------------------------------------


def test_the_archive_filters_by_kind_and_state(desk: Client, family: Family, doing: Doing, office: None) -> None:
    VillageKey.objects.update(valid_from="2026-01-01")
    over = write(doing, family.siti, "skck_cover", on="2026-03-02")
    wrong = write(doing, family.siti, "domicile")
    right = write(doing, family.siti, "domicile", replaces=wrong)
    taken_back = write(doing, family.siti, "poverty")
    doing("documents.revoke_letter", letter_id=taken_back, reason="misused")
    here = reverse("documents:letters")

    def listed(query: str) -> set[str]:
        return {row["url"].split("/")[-2] for row in desk.get(f"{here}?{query}").context["rows"]}

    assert listed("jenis=domicile") == {wrong, right}
    assert listed("keadaan=berlaku") == {right}
    assert listed("keadaan=diganti") == {wrong}
    assert listed("keadaan=dicabut") == {taken_back}
    assert listed("keadaan=habis") == {over}
    assert listed("jenis=domicile&keadaan=habis") == set()
    assert "Tidak ada surat yang cocok" in desk.get(f"{here}?jenis=travel").content.decode()
    assert listed("jenis=bukan&keadaan=apa") == {over, wrong, right, taken_back}
    chips = {chip["label"]: chip.get("count") for chip in desk.get(here).context["states"]}
    assert chips == {"Semua": None, "Berlaku": 1, "Diganti": 1, "Dicabut": 1, "Habis masanya": 1}


def test_the_book_has_every_number_in_its_order(desk: Client, family: Family, doing: Doing, office: None) -> None:
    wrong = write(doing, family.siti, "domicile")
    write(doing, family.budi, "travel")
    write(doing, family.siti, "domicile", replaces=wrong)

    book = desk.get(reverse("documents:letter_book"))

    rows = book.context["rows"]
    assert [row["sequence"] for row in rows] == [1, 2, 3]
    assert [row["name"] for row in rows] == ["Siti Aminah", "Budi Santoso", "Siti Aminah"]
    assert (rows[0]["state"], rows[0]["replaced_by"]) == ("Diganti", rows[2]["number"])
    assert rows[1]["purpose"] == "Menengok orang tua"
    assert Event.objects.filter(event="letters.book_opened").count() == 1
    erase_key(family.budi.id)
    assert "data sudah dihapus" in desk.get(reverse("documents:letter_book")).content.decode()


def test_the_book_is_one_villages(family: Family, office: None) -> None:
    coordinator = signed_in("regency_coordinator", "33.07")

    assert coordinator.get(reverse("documents:letter_book"))["Location"] == reverse("documents:letters")
