"""A village register comes in from a sheet, again and again, and can go out again."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.models import SubjectKey
from desmigratif.audit.models import Change, Event, Signal, TimelineEntry
from desmigratif.audit.verify import verify_chains
from desmigratif.people import sealing
from desmigratif.people.importing import ImportReport, import_file, undo
from desmigratif.people.inputs import SheetRow
from desmigratif.people.models import Household, ImportBatch, ImportedRow, Person, Resident
from desmigratif.people.rules.register_sheet.row import COLUMNS, FIELDS
from desmigratif.people.rules.register_sheet.write import write_sheet
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

KURIPAN = "33.07.10.2004"
KK_A, KK_B = "3307101203150093", "3307101203150094"
pytestmark = pytest.mark.django_db


def row(name: str, **cells: Any) -> dict[str, Any]:
    return {
        "nama": name, "no_kk": KK_A, "nik": "0", "sex": "1", "tempatlahir": "Wonosobo",
        "tanggallahir": date(1990, 1, 2), "dusun": "Krajan", "rw": "1", "rt": "2",
        "alamat": "Jl. Desa 1", "kk_level": "4", "agama_id": "1", **cells,
    }  # fmt: skip


SLAMET = row("Slamet Riyadi", nik="3307100201900001", kk_level="1")
SITI = row("Siti Aminah", nik="3307104201900002", sex="2", kk_level="3")
RIZKY = row("Rizky Riyadi", tanggallahir=date(2017, 3, 4))
FAMILY = (SLAMET, SITI, RIZKY)


def sheet(*rows: dict[str, Any]) -> bytes:
    target = io.BytesIO()
    write_sheet(rows, target)
    return target.getvalue()


def bring_in(by: Actor, now: datetime, *rows: dict[str, Any], commit: bool = True, **options: Any) -> ImportReport:
    return import_file(sheet(*rows), KURIPAN, by=by, now=now, commit=commit, **options)


def counts(report: ImportReport) -> tuple[int, int, int]:
    return report.new, report.changed, report.unchanged


def residents() -> dict[str, Resident]:
    return {r.name: r for r in Resident.objects.in_village(KURIPAN).select_related("household")}


def test_a_dry_run_writes_nothing_and_says_what_it_would_do(officer: Actor, now: datetime) -> None:
    report = bring_in(officer, now, *FAMILY, commit=False)

    assert report.as_dict() == {
        "rows": 3, "new": 3, "changed": 0, "unchanged": 0, "warnings": [], "errors": [], "batch": None,
    }  # fmt: skip
    assert not Resident.objects.in_village(KURIPAN).exists()
    assert not Event.objects.exists()


def test_an_import_makes_families_with_sealed_numbers(officer: Actor, now: datetime) -> None:
    report = bring_in(officer, now, *FAMILY)

    people = residents()
    (household,) = Household.objects.in_village(KURIPAN)
    assert counts(report) == (3, 0, 0)
    assert {p.household_id for p in people.values()} == {household.id}
    assert sealing.open_kk(household) == KK_A
    assert sealing.open_nik(people["Siti Aminah"]) == "3307104201900002"
    assert people["Rizky Riyadi"].nik_sealed is None
    assert (household.hamlet, household.rw, household.rt) == ("Krajan", "001", "002")
    assert Person.objects.count() == 3


def test_an_import_is_one_event_one_line_per_family_and_a_change_per_record(officer: Actor, now: datetime) -> None:
    report = bring_in(officer, now, *FAMILY)

    event = Event.objects.get()
    entry = TimelineEntry.objects.get()
    assert (event.event, event.details["new"], event.subjects[0]["id"]) == ("register.imported", 3, str(report.batch))
    assert (entry.kind, entry.params["new"]) == ("register.imported", 3)
    assert Change.objects.filter(model="people.resident").count() == 3
    assert Change.objects.filter(model="people.household").count() == 1
    assert verify_chains().broken == ()


def test_the_same_sheet_again_changes_nothing(officer: Actor, now: datetime) -> None:
    other_address = {**SITI, "alamat": "Jl. Lain 9", "rt": "5"}
    bring_in(officer, now, SLAMET, other_address, RIZKY)

    again = bring_in(officer, now, SLAMET, other_address, RIZKY)

    assert counts(again) == (0, 0, 3)
    assert residents()["Slamet Riyadi"].version == 1
    assert Household.objects.in_village(KURIPAN).get().address == "Jl. Desa 1"


def test_an_empty_cell_changes_nothing_and_a_filled_one_only_its_field(officer: Actor, now: datetime) -> None:
    bring_in(officer, now, *FAMILY)

    report = bring_in(officer, now, {**SITI, "agama_id": "", "pekerjaan_id": "88", "dusun": ""})

    siti = residents()["Siti Aminah"]
    assert counts(report) == (0, 1, 0)
    assert (siti.occupation, siti.version, siti.field_versions) == ("88", 2, {"occupation": 2})
    assert siti.household.hamlet == "Krajan"


def test_a_family_that_moved_house_is_one_change(officer: Actor, now: datetime) -> None:
    bring_in(officer, now, *FAMILY)

    report = bring_in(officer, now, *[{**r, "rt": "7"} for r in FAMILY])

    household = Household.objects.in_village(KURIPAN).get()
    assert counts(report) == (0, 1, 2)
    assert (household.rt, household.version) == ("007", 2)
    assert counts(bring_in(officer, now, *[{**r, "rt": "7"} for r in FAMILY])) == (0, 0, 3)


def test_a_new_kk_number_moves_a_person_to_another_family(officer: Actor, now: datetime) -> None:
    bring_in(officer, now, *FAMILY)
    moved = {**SITI, "no_kk": KK_B, "kk_level": "1", "rt": "8"}

    report = bring_in(officer, now, moved)

    siti = residents()["Siti Aminah"]
    assert counts(report) == (0, 1, 0)
    assert siti.household_id != residents()["Slamet Riyadi"].household_id
    assert (sealing.open_kk(siti.household), siti.household.rt) == (KK_B, "008")
    assert counts(bring_in(officer, now, moved)) == (0, 0, 1)


def test_a_family_without_a_kk_number_gets_it_later_and_stays_together(officer: Actor, now: datetime) -> None:
    without = [{**r, "no_kk": ""} for r in (SLAMET, SITI)]
    bring_in(officer, now, *without)

    report = bring_in(officer, now, SLAMET, SITI)

    homes = {p.household_id for p in residents().values()}
    assert counts(report)[0] == 0
    assert len(homes) == 1
    assert sealing.open_kk(residents()["Siti Aminah"].household) == KK_A
    assert counts(bring_in(officer, now, SLAMET, SITI)) == (0, 0, 2)


def test_strangers_without_a_kk_number_do_not_share_a_file(officer: Actor, now: datetime) -> None:
    bring_in(officer, now, row("Ani", no_kk="", alamat=""), row("Budi", no_kk="", alamat=""))

    assert len({p.household_id for p in residents().values()}) == 2


def test_a_resident_without_nik_is_found_again_and_gets_it(officer: Actor, now: datetime) -> None:
    bring_in(officer, now, *FAMILY)

    report = bring_in(officer, now, {**RIZKY, "nik": "3307100403170003"})

    assert counts(report) == (0, 1, 0)
    assert sealing.open_nik(residents()["Rizky Riyadi"]) == "3307100403170003"


def test_errors_stop_everything_unless_their_rows_are_skipped(officer: Actor, now: datetime) -> None:
    wrong = row("Lahir Besok", tanggallahir=date(2026, 11, 24))

    stopped = bring_in(officer, now, SLAMET, wrong)
    skipped = bring_in(officer, now, SLAMET, wrong, skip_errors=True)

    assert stopped.batch is None
    assert [(e.row, e.column, e.code) for e in stopped.errors] == [(3, "tanggallahir", "date_future")]
    assert skipped.batch is not None
    assert list(residents()) == ["Slamet Riyadi"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"halo, ini bukan lembar kerja\n" * 9, "csv"),
        (sheet(), "no_rows"),
    ],
)
def test_a_file_that_is_no_register_ends_in_one_sentence(
    officer: Actor, now: datetime, content: bytes, code: str
) -> None:
    report = import_file(content, KURIPAN, by=officer, now=now, commit=True, skip_errors=True)

    assert [error.code for error in report.errors] == [code]
    assert (report.batch, report.file_refused) == (None, True)
    assert not ImportBatch.objects.exists()


def test_more_rows_than_the_page_takes_are_refused_there_and_taken_by_the_command(
    officer: Actor, now: datetime
) -> None:
    rows = [row(f"Warga {'abcdefgh'[n]}", tanggallahir=date(1980, 1, 1) + timedelta(n)) for n in range(4)]

    page = bring_in(officer, now, *rows, row_limit=3)
    command = bring_in(officer, now, *rows)

    assert [(e.row, e.code) for e in page.errors] == [(5, "too_many_rows")]
    assert page.batch is None
    assert command.new == 4


def test_doubts_become_tasks_once(officer: Actor, now: datetime) -> None:
    wrong_sex = {**SITI, "sex": "1"}

    bring_in(officer, now, SLAMET, wrong_sex)
    bring_in(officer, now, SLAMET, {**wrong_sex, "pekerjaan_id": "88"})

    signal = Signal.objects.get()
    assert (signal.kind, signal.resident_id) == ("nik_doubt", residents()["Siti Aminah"].id)


def test_the_same_batch_writes_once(officer: Actor, now: datetime) -> None:
    batch_id = new_id()
    content = sheet(*FAMILY)

    for _ in range(2):
        report = import_file(content, KURIPAN, by=officer, now=now, commit=True, batch_id=batch_id)

    assert report.batch == batch_id
    assert ImportBatch.objects.count() == 1
    assert len(residents()) == 3


def test_a_stranger_can_neither_try_nor_do_nor_undo(
    officer: Actor, stranger: Actor, ministry: Actor, now: datetime
) -> None:
    report = bring_in(officer, now, *FAMILY)
    assert report.batch

    for by in (stranger, ministry):
        for commit in (False, True):
            with pytest.raises(NotFoundOrNotYours):
                bring_in(by, now, *FAMILY, commit=commit)
        with pytest.raises(NotFoundOrNotYours):
            undo(report.batch, by=by, now=now)
        batch = {"village_code": KURIPAN, "batch_id": report.batch, "on": "2026-11-23"}
        rows = {**batch, "batch_id": new_id(), "file_name": "a.xlsx", "file_digest": "0" * 64, "rows": []}
        for name, given in (("people.undo_import", batch), ("people.import_register", rows)):
            with pytest.raises(Refusal) as refusal:
                do(by, name, given, now=now, act_id=new_id())
            assert refusal.value.reasons[0].code == "not_found"

    assert len(residents()) == 3


def test_a_batch_that_the_door_gets_from_elsewhere_is_checked_like_a_sheet(officer: Actor, now: datetime) -> None:
    rows = [{"row": 2, "name": "Ani", "religion": "77"}, {"row": 3, "name": "Budi", "kk_number": "1", "nik": "12"}]
    given = {
        "village_code": KURIPAN, "batch_id": new_id(), "on": "2026-11-23", "file_name": "a.xlsx",
        "file_digest": "0" * 64, "rows": rows,
    }  # fmt: skip

    with pytest.raises(Refusal) as refusal:
        do(officer, "people.import_register", given, now=now, act_id=new_id())

    assert [r.field for r in refusal.value.reasons] == ["rows.0.religion", "rows.1.kk_number", "rows.1.nik"]


# --- taking it back ---


def test_an_unused_import_is_taken_back_without_a_trace_of_the_people(officer: Actor, now: datetime) -> None:
    report = bring_in(officer, now, *FAMILY)
    assert report.batch

    undone = undo(report.batch, by=officer, now=now)

    assert undone.as_dict() == {"batch": str(report.batch), "removed": 3, "restored": 0, "kept": []}
    assert not residents()
    assert not Household.objects.in_village(KURIPAN).exists()
    assert not SubjectKey.objects.exists()
    assert not Person.objects.exists()
    assert not TimelineEntry.objects.exists()
    assert Change.objects.filter(gone=True).count() == 4
    assert verify_chains().broken == ()


def test_what_an_import_changed_goes_back_to_what_it_was(officer: Actor, now: datetime) -> None:
    bring_in(officer, now, *FAMILY)
    second = bring_in(
        officer, now,
        {**SLAMET, "rt": "7", "nama": "Slamet Riyanto"},
        {**SITI, "no_kk": KK_B, "tanggal_akhir_paspor": date(2030, 1, 1), "status_dasar": "6"},
    )  # fmt: skip
    assert second.batch

    undone = undo(second.batch, by=officer, now=now)

    people = residents()
    siti = people["Siti Aminah"]
    assert (undone.removed, undone.restored, undone.kept) == (0, 2, [])
    assert people["Slamet Riyadi"].household.rt == "002"
    assert siti.household_id == people["Slamet Riyadi"].household_id
    assert siti.life_status == "alive"
    assert Household.objects.in_village(KURIPAN).count() == 1
    assert counts(bring_in(officer, now, *FAMILY)) == (0, 0, 3)


def test_who_was_used_since_stays_and_is_named(officer: Actor, now: datetime) -> None:
    report = bring_in(officer, now, *FAMILY)
    people = residents()
    base = {"village_code": KURIPAN, "on": "2026-11-23"}
    phone = {**base, "resident_id": people["Siti Aminah"].id, "phone_id": new_id(), "number": "081234567890"}
    do(officer, "people.add_phone", phone, now=now, act_id=new_id())
    changes = {
        **base, "resident_id": people["Rizky Riyadi"].id, "seen_version": 1, "reason": "Akta", "source": "Akta",
        "changes": {"birth_place": "Temanggung"},
    }  # fmt: skip
    do(officer, "people.correct_resident", changes, now=now, act_id=new_id())
    assert report.batch

    undone = undo(report.batch, by=officer, now=now)

    assert undone.removed == 1
    assert [(kept["row"], kept["code"]) for kept in undone.kept] == [(3, "used_since"), (4, "changed_since")]
    assert sorted(residents()) == ["Rizky Riyadi", "Siti Aminah"]
    assert TimelineEntry.objects.filter(kind="register.import_undone").count() == 1


def test_a_change_of_an_import_stays_when_it_was_corrected_since(officer: Actor, now: datetime) -> None:
    bring_in(officer, now, *FAMILY)
    second = bring_in(officer, now, {**SLAMET, "nama": "Slamet Riyanto"})
    slamet = residents()["Slamet Riyanto"]
    correction = {
        "village_code": KURIPAN, "on": "2026-11-23", "resident_id": slamet.id, "seen_version": slamet.version,
        "reason": "KTP", "source": "KTP", "changes": {"name": "Slamet Riyadi Putra"},
    }  # fmt: skip
    do(officer, "people.correct_resident", correction, now=now, act_id=new_id())
    assert second.batch

    undone = undo(second.batch, by=officer, now=now)

    assert (undone.restored, [kept["code"] for kept in undone.kept]) == (0, ["changed_since"])
    assert "Slamet Riyadi Putra" in residents()


def test_an_undone_import_cannot_be_undone_again(officer: Actor, now: datetime) -> None:
    report = bring_in(officer, now, *FAMILY)
    assert report.batch
    undo(report.batch, by=officer, now=now)

    with pytest.raises(Refusal) as refusal:
        undo(report.batch, by=officer, now=now)

    assert refusal.value.reasons[0].code == "already_undone"
    assert counts(bring_in(officer, now, *FAMILY)) == (3, 0, 0)


def test_nobody_is_taken_back_by_an_import_that_left_them_unchanged(officer: Actor, now: datetime) -> None:
    bring_in(officer, now, *FAMILY)
    again = bring_in(officer, now, *FAMILY)
    assert again.batch

    undo(again.batch, by=officer, now=now)

    assert len(residents()) == 3
    assert ImportedRow.objects.filter(batch_id=again.batch).count() == 0


# --- shapes that must not drift apart ---


def test_the_input_of_an_import_has_the_fields_of_the_sheet() -> None:
    assert set(SheetRow.model_fields) == {"row", *FIELDS}


def test_texts_may_be_as_long_as_the_sheet_allows() -> None:
    texts = {c.field: c.longest for c in COLUMNS if c.longest}
    schema = SheetRow.model_json_schema()["properties"]

    allowed = {name: _longest(schema[name]) for name in texts}

    assert allowed == texts


def _longest(prop: dict[str, Any]) -> int | None:
    options = prop.get("anyOf", [prop])
    return next((option["maxLength"] for option in options if "maxLength" in option), None)
