"""From a wish to a file and to its end: two people, one reader, five times, and nothing of anybody in it."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import Act, perform
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.audit.models import Event
from desmigratif.cases.models import Case, Complaint
from desmigratif.extracts import sealing, tasks
from desmigratif.extracts.models import Extract, ExtractFile
from desmigratif.extracts.queries import register_of, waiting_for
from desmigratif.extracts.registry import SOURCES
from desmigratif.extracts.rules.files import as_csv, as_xlsx, as_zip, rows_in
from desmigratif.extracts.rules.marks import extracts_marked, print_of
from desmigratif.extracts.tests.conftest import ASKED, GARUNG, KURIPAN, PURPOSE, WONOSOBO, Desk
from desmigratif.people.models import SafeAddress
from desmigratif.people.safety import person_index
from desmigratif.reports.rules.files import csv_of
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

pytestmark = pytest.mark.django_db


def refused(desk: Desk, by: Actor, name: str, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        desk.act(by, name, **given)
    return refusal.value.reasons[0].code


def test_a_wish_becomes_a_file_whose_rows_are_alike_and_name_nobody(desk: Desk, plans: list[Case]) -> None:
    extract = desk.ready()

    sheet = sealing.sheet_of(extract)
    assert sheet is not None
    assert (extract.state, extract.row_count, extract.withheld_count) == ("ready", 38, 1)
    assert sheet.head == ("baris", "kode_wilayah", "wilayah", "jenis_kelamin", "umur", "negara", "keadaan")
    assert {row[1:6] for row in sheet.rows} == {
        (KURIPAN, "Desa Kuripan, Kec. Watumalang, Kab. Wonosobo", "perempuan", "30-34", "Hong Kong"),
        (GARUNG, "Desa Kuripan, Kec. Garung, Kab. Wonosobo", "perempuan", "30-34", "Hong Kong"),
        (KURIPAN, "Desa Kuripan, Kec. Watumalang, Kab. Wonosobo", "laki-laki", "30-34", "Malaysia"),
    }
    said = as_csv(sheet).decode()
    assert said.startswith(f"# {extract.name} untuk Sri Analis. Keperluan: {PURPOSE} Berlaku sampai 23 Desember 2026")
    for one in plans:
        for secret in (str(one.id), str(one.resident_id), "Rahasia", "1996", "2026-10-05", "Brunei"):
            assert secret not in said


def test_the_same_table_is_in_each_form_and_the_dictionary_says_how_it_was_written(desk: Desk) -> None:
    sheet = sealing.sheet_of(desk.ready())
    assert sheet is not None

    with zipfile.ZipFile(io.BytesIO(as_zip(sheet))) as book:
        data, words = (book.read(name).decode() for name in book.namelist())
    assert data == as_csv(sheet).decode() and as_xlsx(sheet).startswith(b"PK")
    assert 'umur,"Umur pada bulan itu, dalam rentang",per 5 tahun' in words
    assert "wilayah,Tempat menurut kode Kemendagri,per desa" in words and "kurang dari 5" in words


def test_a_few_rows_or_the_order_of_all_name_the_extract(desk: Desk) -> None:
    extract = desk.ready()
    sheet = sealing.sheet_of(extract)
    assert sheet is not None

    assert extracts_marked(sealing.mark_key(), "\n".join(row[0] for row in sheet.rows[:3])) == {extract.number: 3}
    assert print_of(sealing.order_key(), rows_in(as_csv(sheet).decode())) == extract.rows_print
    as_saved = csv_of([sheet.mark_line], [sheet.head, *sheet.rows]).decode()
    assert print_of(sealing.order_key(), rows_in(as_saved)) == extract.rows_print
    without = csv_of(sheet.head[1:], (row[1:] for row in sheet.rows)).decode()
    assert print_of(sealing.order_key(), rows_in(without)) == extract.rows_print


def test_who_is_in_hiding_and_what_is_for_the_regency_stand_in_no_row(desk: Desk, plans: list[Case]) -> None:
    hidden = plans[0].resident
    SafeAddress.objects.create(village_code=KURIPAN, subject_index=person_index(hidden.person_id), sealed=b"x")
    assert len(list(SOURCES["departures"].records(WONOSOBO, date(2026, 1, 1), date(2026, 12, 31)))) == len(plans) - 1
    for number, (tier, village, kind) in enumerate(
        [("village", KURIPAN, "UNPAID_WAGE"), ("protective", WONOSOBO, ""), ("regency", WONOSOBO, "UNPAID_WAGE"),
         ("village", KURIPAN, "TRAFFICKING")]
    ):  # fmt: skip
        Complaint.objects.create(
            village_code=village, tier=tier, kind=kind, channel="desk", received_on=date(2026, 10, 1 + number),
            received_at=desk.now, triage_due_at=desk.now, said_sealed=b"x", recorded_by="x",
            resident=None if tier == "protective" else plans[20].resident,
        )  # fmt: skip

    rows = list(SOURCES["complaints"].records(WONOSOBO, date(2026, 1, 1), date(2026, 12, 31)))
    assert [row.values["masalah"] for row in rows] == ["Upah dan pekerjaan"]


def test_no_source_offers_a_name_a_number_an_address_or_free_words() -> None:
    for source in SOURCES.values():
        offered = {one.code for one in source.columns}
        rows = list(source.records(WONOSOBO, date(2026, 1, 1), date(2026, 12, 31)))
        assert all(set(row.values) == offered for row in rows)
        assert not offered & {"nama", "nik", "kk", "hp", "alamat", "rt", "rw", "dusun", "tanggal", "cerita", "id"}


@pytest.mark.parametrize(("other", "code"), [
    ({"purpose": "kajian"}, "purpose_too_short"),
    ({"wanted_until": "2026-11-23"}, "until_over"),
    ({"wanted_until": "2027-05-23"}, "until_too_late"),
    ({"columns": ["nama"]}, "no_columns"),
    ({"period": "2027"}, "period_ahead"),
    ({"period": "2019"}, "period_too_old"),
    ({"ground": "curiosity"}, "not_a_choice"),
    ({"region_code": "33.08"}, "not_found"),
    ({"period": "2025"}, "nothing_left"),
])  # fmt: skip
def test_what_cannot_be_asked_for_is_told_and_nothing_is_kept(desk: Desk, other: dict[str, Any], code: str) -> None:
    assert refused(desk, desk.analyst, "ask_extract", **{"extract_id": new_id(), **ASKED, **other}) == code
    assert not Extract.objects.everywhere().exists()


def test_the_longest_life_is_half_a_year_and_names_the_last_day(desk: Desk) -> None:
    desk.asked(wanted_until="2027-05-22")
    with pytest.raises(Refusal) as refusal:
        desk.asked(wanted_until="2027-05-23", subject="loans")
    assert "22 Mei 2027" in refusal.value.reasons[0].text


def test_who_asked_cannot_approve_even_with_both_roles(desk: Desk, now: Any) -> None:
    both = person(new_id(), "Rangkap", ("ministry_analyst", "ID"), ("data_protection_officer", "ID"))
    id = desk.asked(both)

    assert refused(desk, both, "approve_extract", extract_id=id) == "same_person"
    assert refused(desk, both, "refuse_extract", extract_id=id, remark="Tidak jadi") == "same_person"
    assert not waiting_for(both).exists() and waiting_for(desk.guard).count() == 1
    extract = Extract.objects.everywhere().get(id=id)
    extract.state, extract.decided_by, extract.decided_on, extract.remark = "refused", both.id, now.date(), "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        extract.save()


def test_a_refusal_carries_its_reason_and_is_decided_once(desk: Desk) -> None:
    id = desk.asked()
    desk.act(desk.guard, "refuse_extract", extract_id=id, remark="Angka kokpit sudah cukup.")

    extract = Extract.objects.everywhere().get(id=id)
    assert (extract.state, extract.remark, extract.decided_name) == (
        "refused", "Angka kokpit sudah cukup.", "Dwi Pelindung",
    )  # fmt: skip
    assert refused(desk, desk.guard, "approve_extract", extract_id=id) == "not_waiting"
    assert not ExtractFile.objects.exists()


def test_a_second_file_of_the_same_records_is_refused_to_the_same_person_only(desk: Desk) -> None:
    extract = desk.ready()
    more = {**ASKED, "columns": ["umur", "cara_berangkat"], "region_code": "33", "period": "2026-Q4"}

    assert refused(desk, desk.analyst, "ask_extract", extract_id=new_id(), **more) == "overlaps"
    coordinator = person(new_id(), "Handoko", ("regency_coordinator", WONOSOBO))
    desk.asked(coordinator)
    desk.act(desk.analyst, "withdraw_extract", extract_id=extract.id)
    assert refused(desk, desk.analyst, "ask_extract", extract_id=new_id(), **more) == "overlaps"


def test_the_file_is_taken_five_times_by_who_asked_and_each_time_is_an_event(desk: Desk) -> None:
    extract = desk.ready()
    for _number in range(5):
        desk.take(extract)

    assert refused(desk, desk.analyst, "take_extract", extract_id=extract.id, taking_id=new_id(), form="csv") == (
        "taken_out"
    )
    assert list(extract.takings.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert Event.objects.filter(event="extract.taken").count() == 5
    for other in (desk.guard, person(new_id(), "Lain", ("ministry_analyst", "ID"))):
        with pytest.raises(Refusal, match="not_found"):
            desk.take(extract, other)


def test_on_the_day_after_its_last_the_file_and_its_key_are_gone_and_the_entry_stays(desk: Desk) -> None:
    extract = desk.ready()
    last = desk.now + timedelta(days=30)
    desk.take(extract, at=last)
    assert tasks.end_extracts(last) == 0
    after = last + timedelta(days=1)
    with pytest.raises(Refusal, match="file_gone"):
        desk.take(extract, at=after)

    assert tasks.end_extracts(after) == 1 and tasks.end_extracts(after) == 0
    extract.refresh_from_db()
    assert (extract.state, extract.ended_on, extract.row_count) == ("ended", date(2026, 12, 24), 38)
    assert not ExtractFile.objects.exists() and key_of(extract.id) is None and sealing.sheet_of(extract) is None
    assert [one.purpose for one in register_of(desk.analyst)] == [PURPOSE]


def test_the_file_is_sealed_where_it_lies(desk: Desk) -> None:
    desk.ready()

    sealed = bytes(ExtractFile.objects.get().sealed)
    assert b"Kuripan" not in sealed and b"baris" not in sealed


def test_what_waits_can_be_taken_back(desk: Desk) -> None:
    id = desk.asked()
    desk.act(desk.analyst, "withdraw_extract", extract_id=id)

    assert Extract.objects.everywhere().get(id=id).state == "withdrawn"
    assert refused(desk, desk.analyst, "withdraw_extract", extract_id=id) == "over_already"
    desk.asked()  # what was taken back stands in nobody's way


STRANGERS = (
    ("regency_coordinator", "32.12"), ("village_officer", KURIPAN), ("administrator", "ID"),
    ("data_protection_officer", "32.12"),
)  # fmt: skip


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_can_do_nothing_with_an_extract(desk: Desk, stranger: tuple[str, str]) -> None:
    by, id = person(new_id(), "Asing", stranger), desk.asked(region_code="33")
    desk.act(desk.guard, "approve_extract", extract_id=id)
    given: dict[str, dict[str, Any]] = {
        "extracts.ask_extract": {"extract_id": new_id(), **ASKED},
        "extracts.approve_extract": {"extract_id": id},
        "extracts.refuse_extract": {"extract_id": id, "remark": "Tidak boleh"},
        "extracts.withdraw_extract": {"extract_id": id},
        "extracts.take_extract": {"extract_id": id, "taking_id": new_id(), "form": "csv"},
        "extracts.end_extract": {"extract_id": id},
    }
    for name, payload in given.items():
        receipt = perform(by, Act(name, new_id(), payload), now=desk.now)
        assert [reason["code"] for reason in receipt.reasons] == ["not_found"], name
    extract = Extract.objects.everywhere().get()
    assert (extract.state, extract.taken_count) == ("ready", 0)


def test_only_the_clock_ends_a_file_and_not_before_its_day(desk: Desk) -> None:
    extract = desk.ready()

    assert refused(desk, desk.guard, "end_extract", extract_id=extract.id) == "not_found"
    assert tasks.end_extracts(desk.now) == 0
