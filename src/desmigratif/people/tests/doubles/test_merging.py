"""Two records become one and two again: nothing is lost, nothing is half done."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import Act, do, perform
from desmigratif.access.keys.subject_keys import erase_key, key_of
from desmigratif.access.testing import SignIn
from desmigratif.audit import memory
from desmigratif.audit.models import Event, Outcome, TimelineEntry
from desmigratif.audit.verify import verify_chains
from desmigratif.people import sealing
from desmigratif.people.actions.records import fact_value
from desmigratif.people.importing import import_file, undo
from desmigratif.people.models import Fact, Household, Merge, Resident, ToldApart
from desmigratif.people.queries.doubles import pairs_alike
from desmigratif.people.queries.household import household_file
from desmigratif.people.queries.search import search_residents
from desmigratif.people.queries.values import resident_values
from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.people.tests.pages import fields_of
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
TODAY = date(2026, 11, 23)
NIK, OTHER_NIK, KK_NUMBER = "3307105205920418", "3307105205920499", "3307101203150093"
Family = dict[str, Resident]
pytestmark = pytest.mark.django_db


@pytest.fixture
def double(family: Family, officer: Actor, now: datetime) -> Resident:
    """Siti once more, in a family of her own: spelled otherwise, without NIK, with a passport and another job."""
    one = {
        "resident_id": new_id(), "person_id": new_id(), "name": "St. Aminah", "birth_date": "1992-05-12", "sex": "F",
        "relation": "head", "passport_number": "C1234567", "birth_place": "Wonosobo", "disability": "7",
    }  # fmt: skip
    given = {
        "village_code": KURIPAN, "household_id": new_id(), "on": "2026-11-21", "hamlet": "Sawah", "source": "KK lama",
        "members": [one], "known_to_differ": True,
    }  # fmt: skip
    do(officer, "people.register_household", given, now=now, act_id=new_id())
    ToldApart.objects.all().delete()  # as if nobody had been asked yet whether they differ
    return Resident.objects.in_village(KURIPAN).select_related("household").get(name="St. Aminah")


def again(row: Resident) -> Resident:
    return Resident.objects.in_village(row.village_code).select_related("household").get(id=row.id)


def payload(kept: Resident, merged: Resident, **changes: Any) -> dict[str, Any]:
    return {
        "village_code": KURIPAN, "merge_id": new_id(), "kept_id": kept.id, "merged_id": merged.id, "on": TODAY,
        "seen_kept": again(kept).version, "seen_merged": again(merged).version, "reason": "KTP sama", **changes,
    }  # fmt: skip


def merge(by: Actor, now: datetime, kept: Resident, merged: Resident) -> UUID:
    return UUID(do(by, "people.merge_residents", payload(kept, merged), now=now, act_id=new_id())["id"])


def unmerge(by: Actor, now: datetime, merge_id: UUID) -> dict[str, Any]:
    given = {"village_code": KURIPAN, "merge_id": merge_id, "on": TODAY}
    return do(by, "people.unmerge_residents", given, now=now, act_id=new_id())


def refused(by: Actor, now: datetime, name: str, given: dict[str, Any]) -> list[str]:
    receipt = perform(by, Act(name, new_id(), given), now=now)
    assert receipt.outcome == Outcome.REFUSED
    return [reason["code"] for reason in receipt.reasons]


def correct(by: Actor, now: datetime, row: Resident, seen_version: int, **changes: Any) -> None:
    given = {
        "village_code": KURIPAN, "resident_id": row.id, "seen_version": seen_version, "on": TODAY, "reason": "KTP",
        "source": "KTP", "changes": changes,
    }  # fmt: skip
    do(by, "people.correct_resident", given, now=now, act_id=new_id())


def values(row: Resident) -> dict[str, Any]:
    row = again(row)
    return resident_values(row, sealing.open_resident(row, key_of(row.id)))


def facts(row: Resident) -> set[tuple[str, Any, str, bool]]:
    key = key_of(row.id)
    return {(f.field, fact_value(f, key), f.source, f.chosen) for f in Fact.objects.filter(resident=row)}


def state(*rows: Resident) -> list[Any]:
    """Everything that taking a merge back must bring back."""
    return [
        (values(row), facts(row), again(row).source, again(row).source_on, again(row).merged_into_id) for row in rows
    ]


# --- merging ---


def test_the_kept_record_learns_what_only_the_other_knew(
    officer: Actor, family: Family, double: Resident, now: datetime
) -> None:
    merge(officer, now, family["Siti"], double)

    known = values(family["Siti"])
    assert (known["passport_number"], known["birth_place"], known["name"]) == ("C1234567", "Wonosobo", "Siti Aminah")
    assert known["relation"] == "wife"
    assert ("passport_number", "C1234567", "KK lama", True) in facts(family["Siti"])


def test_where_they_disagree_both_stay_with_their_source(
    officer: Actor, family: Family, double: Resident, now: datetime
) -> None:
    merge(officer, now, family["Siti"], double)

    told = {fact for fact in facts(family["Siti"]) if fact[0] == "name"}
    assert told == {("name", "Siti Aminah", "Petugas desa", True), ("name", "St. Aminah", "KK lama", False)}


def test_the_other_record_closes_and_points_to_the_kept_one(
    officer: Actor, family: Family, double: Resident, now: datetime
) -> None:
    merge(officer, now, family["Siti"], double)

    closed = again(double)
    assert (closed.life_status, closed.merged_into_id) == ("invalid", family["Siti"].id)
    assert values(double)["name"] == "St. Aminah"
    event = Event.objects.get(event="resident.merged")
    assert {one["id"] for one in event.subjects} == {str(family["Siti"].id), str(double.id)}
    assert verify_chains().broken == ()


def test_the_household_reads_both_histories_and_what_stands_of_both(
    officer: Actor, family: Family, double: Resident, now: datetime, working: Any
) -> None:
    with working(officer):
        memory.set_signal(
            "worker_abroad", village_code=KURIPAN, household_id=double.household_id, resident_id=double.id,
            since=date(2026, 3, 1),
        )  # fmt: skip
        memory.add_timeline(
            village_code=KURIPAN, household_id=double.household_id, resident_id=double.id, kind="visit.recorded",
            on=TODAY,
        )  # fmt: skip

    merge(officer, now, family["Siti"], double)

    file = household_file(officer, family["Siti"].household, today=TODAY)
    siti = next(member for member in file.members if member.id == family["Siti"].id)
    assert siti.is_abroad
    assert "visit.recorded" in {moment.entry.kind for moment in file.moments}
    assert double.id not in {member.id for member in file.members}
    assert TimelineEntry.objects.filter(household_id=double.household_id, kind="visit.recorded").exists()


def test_a_search_leads_to_the_record_that_stands(
    officer: Actor, family: Family, double: Resident, now: datetime
) -> None:
    correct(officer, now, double, 1, nik=OTHER_NIK)
    given = {"village_code": KURIPAN, "resident_id": double.id, "on": TODAY, "number": "081234567890"}
    do(officer, "people.add_phone", {**given, "phone_id": new_id()}, now=now, act_id=new_id())

    merge(officer, now, family["Siti"], double)

    for text in (OTHER_NIK, NIK, "081234567890", "st aminah"):
        assert [one.id for one in search_residents(officer, text, today=TODAY)] == [family["Siti"].id], text


# --- taking it back ---


def test_a_merge_is_taken_back_exactly(officer: Actor, family: Family, double: Resident, now: datetime) -> None:
    correct(officer, now, family["Siti"], 1, occupation="2")
    correct(officer, now, family["Siti"], 2, birth_place=None, education="5")
    before = state(family["Siti"], double)

    assert unmerge(officer, now, merge(officer, now, family["Siti"], double))["stays"] == []

    assert state(family["Siti"], double) == before
    assert Merge.objects.get().undone_on == TODAY


def test_a_field_made_unknown_before_is_unknown_again(
    officer: Actor, family: Family, double: Resident, now: datetime
) -> None:
    correct(officer, now, family["Siti"], 1, birth_place="Magelang")
    correct(officer, now, family["Siti"], 2, birth_place=None)
    before = state(family["Siti"], double)

    merge_id = merge(officer, now, family["Siti"], double)
    assert values(family["Siti"])["birth_place"] == "Wonosobo"
    unmerge(officer, now, merge_id)

    assert state(family["Siti"], double) == before


def test_what_was_changed_since_stays_and_is_named(
    officer: Actor, family: Family, double: Resident, now: datetime
) -> None:
    merge_id = merge(officer, now, family["Siti"], double)
    correct(officer, now, family["Siti"], again(family["Siti"]).version, passport_number="E7654321")

    assert unmerge(officer, now, merge_id)["stays"] == ["passport_number"]

    known = values(family["Siti"])
    assert (known["passport_number"], known["birth_place"]) == ("E7654321", None)
    assert values(double)["passport_number"] == "C1234567"


def test_an_erased_person_can_still_be_unmerged(
    officer: Actor, family: Family, double: Resident, now: datetime
) -> None:
    merge_id = merge(officer, now, family["Siti"], double)
    erase_key(family["Siti"].id)

    unmerge(officer, now, merge_id)

    assert again(double).merged_into_id is None


def test_a_merge_is_not_taken_back_twice(officer: Actor, family: Family, double: Resident, now: datetime) -> None:
    merge_id = merge(officer, now, family["Siti"], double)
    unmerge(officer, now, merge_id)
    before = state(family["Siti"], double)

    given = {"village_code": KURIPAN, "merge_id": merge_id, "on": TODAY}
    assert refused(officer, now, "people.unmerge_residents", given) == ["already_unmerged"]
    assert state(family["Siti"], double) == before


# --- what is refused ---


def test_a_merged_record_is_not_merged_again(officer: Actor, family: Family, double: Resident, now: datetime) -> None:
    merge(officer, now, family["Siti"], double)
    before = state(*family.values(), double)

    for kept, merged in ((family["Slamet"], double), (double, family["Slamet"])):
        assert refused(officer, now, "people.merge_residents", payload(kept, merged)) == ["already_merged"]
    assert state(*family.values(), double) == before


def test_other_impossible_merges_are_sentences(officer: Actor, family: Family, double: Resident, now: datetime) -> None:
    siti, slamet = family["Siti"], family["Slamet"]
    assert refused(officer, now, "people.merge_residents", payload(siti, siti)) == ["same_record"]
    stale = payload(siti, double, seen_kept=1, seen_merged=7)
    assert refused(officer, now, "people.merge_residents", stale) == ["changed_meanwhile"]
    merge(officer, now, siti, double)
    assert refused(officer, now, "people.merge_residents", payload(slamet, siti)) == ["holds_others"]
    correct(officer, now, slamet, 1, life_status="moved")
    assert refused(officer, now, "people.merge_residents", payload(siti, slamet)) == ["record_closed"]


def test_a_closed_record_is_not_written_on(officer: Actor, family: Family, double: Resident, now: datetime) -> None:
    merge(officer, now, family["Siti"], double)
    given = {
        "village_code": KURIPAN, "resident_id": double.id, "seen_version": 2, "on": TODAY, "reason": "KTP",
        "source": "KTP", "changes": {"life_status": "alive"},
    }  # fmt: skip

    assert refused(officer, now, "people.correct_resident", given) == ["merged_away"]


def test_strangers_and_lesser_roles_merge_nobody(
    officer: Actor, stranger: Actor, ministry: Actor, family: Family, double: Resident, now: datetime
) -> None:
    given = payload(family["Siti"], double)
    head = person(new_id(), "Kades", ("village_head", KURIPAN))
    for by in (stranger, ministry, head):
        assert refused(by, now, "people.merge_residents", {**given, "merge_id": new_id()}) == ["not_found"]
    own = {**given, "village_code": KENANGA, "merge_id": new_id()}
    assert refused(stranger, now, "people.merge_residents", own) == ["not_found"]

    merge_id = merge(officer, now, family["Siti"], double)
    for by, code in ((stranger, KURIPAN), (stranger, KENANGA), (ministry, KURIPAN), (head, KURIPAN)):
        back = {"village_code": code, "merge_id": merge_id, "on": TODAY}
        assert refused(by, now, "people.unmerge_residents", back) == ["not_found"]
    assert again(double).merged_into_id == family["Siti"].id


# --- imports meet a merged record ---


def sheet(**cells: Any) -> bytes:
    target = io.BytesIO()
    row = {"nama": "Siti Aminah", "no_kk": KK_NUMBER, "tanggallahir": date(1992, 5, 12), **cells}
    write_sheet([row], target)
    return target.getvalue()


def test_the_nik_of_a_merged_record_finds_the_one_that_stands_and_does_not_replace_its_nik(
    officer: Actor, family: Family, double: Resident, now: datetime
) -> None:
    correct(officer, now, double, 1, nik=OTHER_NIK)
    merge(officer, now, family["Siti"], double)

    report = import_file(sheet(nik=OTHER_NIK, tempatlahir="Semarang"), KURIPAN, by=officer, now=now, commit=True)

    known = values(family["Siti"])
    assert (report.new, report.changed) == (0, 1)
    assert (known["nik"], known["birth_place"]) == (NIK, "Semarang")
    assert values(double)["birth_place"] == "Wonosobo"


def test_an_undone_import_keeps_who_was_merged_since_and_is_not_undone_twice(
    officer: Actor, family: Family, now: datetime
) -> None:
    report = import_file(
        sheet(nama="Siti Aminah", nik=OTHER_NIK, no_kk="3307101203150094"), KURIPAN, by=officer, now=now, commit=True
    )
    assert report.batch is not None
    imported = Resident.objects.in_village(KURIPAN).exclude(id__in=[r.id for r in family.values()]).get()
    merge(officer, now, family["Siti"], imported)

    taken_back = undo(report.batch, by=officer, now=now)

    assert [(line["code"], taken_back.removed) for line in taken_back.kept] == [("changed_since", 0)]
    assert again(imported).merged_into_id == family["Siti"].id
    given = {"village_code": KURIPAN, "batch_id": report.batch, "on": TODAY}
    assert refused(officer, now, "people.undo_import", given) == ["already_undone"]


# --- two tabs ---


def test_two_tabs_keep_both_changes_and_ask_about_the_same_field(desk: Client, family: Family) -> None:
    address = reverse("people:correct_resident", args=[family["Siti"].id])
    first, second = (fields_of(desk.get(address)) for _ in range(2))
    why = {"source": "KTP", "reason": "Cocok"}

    desk.post(address, {**first, **why, "birth_place": "Wonosobo", "name": "Siti Aminah R"})
    merged = desk.post(address, {**second, **why, "occupation": "2"})
    clash = desk.post(address, {**fields_of(desk.get(address)), **second, **why, "act_id": new_id(), "name": "Siti A"})

    known = values(family["Siti"])
    assert merged.status_code == 302
    assert (known["birth_place"], known["occupation"], known["name"]) == ("Wonosobo", "2", "Siti Aminah R")
    said = clash.content.decode()
    assert "Nama sudah diubah orang lain" in said
    assert 'value="Siti A"' in said, "what was typed is gone"
    assert said.count("Siti Aminah R") >= 1, "what stands now is not shown"


def test_two_tabs_on_one_address_keep_both_changes_and_name_the_same_field(desk: Client, family: Family) -> None:
    address = reverse("people:correct_household", args=[family["Siti"].household_id])
    first, second = (fields_of(desk.get(address)) for _ in range(2))
    third = fields_of(desk.get(address))
    why = {"source": "RT", "reason": "Pindah rumah"}

    desk.post(address, {**first, **why, "rt": "005"})
    merged = desk.post(address, {**second, **why, "hamlet": "Ngadisari"})
    clash = desk.post(address, {**third, **why, "rt": "009"})

    home = again(family["Siti"]).household
    said = clash.content.decode()
    assert merged.status_code == 302
    assert (home.rt, home.hamlet) == ("005", "Ngadisari")
    assert "RT sudah diubah orang lain" in said
    assert 'value="009"' in said, "what was typed is gone"
    assert reverse("desk:reviews") in said
    assert 'type="submit">Simpan' not in said, "a second saving would only meet its own number"
    assert "Ngadisari" in said, "what stands now is not shown"


def test_a_change_that_is_not_known_field_by_field_goes_to_a_person(desk: Client, family: Family) -> None:
    address = reverse("people:correct_household", args=[family["Siti"].household_id])
    form = fields_of(desk.get(address))
    Household.objects.in_village(KURIPAN).update(version=2)  # as an import does

    answer = desk.post(address, {**form, "source": "RT", "reason": "Pindah", "rt": "009"})

    assert "sudah diubah orang lain sejak dibuka" in answer.content.decode()
    assert again(family["Siti"]).household.rt == "002"


# --- pages ---


def test_the_list_names_pairs_once_and_forgets_merged_ones(
    officer: Actor, family: Family, double: Resident, now: datetime
) -> None:
    pairs, count = pairs_alike(officer, KURIPAN)
    assert [(pair.first.id, pair.second.id, pair.why) for pair in pairs] == [
        (family["Siti"].id, double.id, "same_birth")
    ]
    assert count == 1

    merge(officer, now, family["Siti"], double)

    assert pairs_alike(officer, KURIPAN) == ([], 0)


def test_a_pair_is_compared_merged_and_taken_apart_on_pages(desk: Client, family: Family, double: Resident) -> None:
    siti = family["Siti"]
    compare = reverse("people:compare", args=[siti.id, double.id])
    assert compare in desk.get(reverse("people:doubles")).content.decode()
    page = desk.get(compare)
    assert NIK not in page.content.decode()

    done = desk.post(compare, {**fields_of(page), "reason": "KTP sama"}, follow=True)
    merge_id = Merge.objects.get().id
    apart = reverse("people:unmerge", args=[merge_id])
    assert apart in done.content.decode()
    assert "sudah digabung" in desk.get(reverse("people:resident", args=[double.id])).content.decode()
    assert "sudah digabung" in desk.get(compare).content.decode()

    assert desk.get(apart).status_code == 200
    desk.post(apart, {"act_id": new_id()})
    assert again(double).merged_into_id is None
    twice = desk.post(apart, {"act_id": new_id()}, follow=True)
    assert "sudah dipisahkan pada" in twice.content.decode()


def test_strangers_and_a_village_head_find_no_such_pages(
    sign_in: SignIn, officer: Actor, family: Family, double: Resident, now: datetime
) -> None:
    merge_id = merge(officer, now, family["Siti"], double)
    pages = [
        reverse("people:compare", args=[family["Siti"].id, double.id]),
        reverse("people:unmerge", args=[merge_id]),
    ]
    for role, region in (("village_officer", KENANGA), ("village_head", KURIPAN), ("ministry_analyst", "ID")):
        client = sign_in(role, region)
        for page in pages:
            assert client.get(page).status_code == 404
            assert client.post(page, {"act_id": new_id()}).status_code == 404
    assert again(double).merged_into_id == family["Siti"].id


@pytest.mark.parametrize(("page", "most"), [("doubles", 12), ("compare", 13), ("unmerge", 11)])
def test_a_page_asks_no_more_than_it_must(
    desk: Client, officer: Actor, family: Family, double: Resident, now: datetime, page: str, most: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    args: list[Any] = [] if page == "doubles" else [family["Siti"].id, double.id]
    if page == "unmerge":
        args = [merge(officer, now, family["Siti"], double)]
    address = reverse(f"people:{page}", args=args)
    desk.get(address)

    with django_assert_num_queries(most):
        assert desk.get(address).status_code == 200
