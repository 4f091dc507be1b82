"""The register goes out as a file: the same as it came in, never live, never without its trace."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.testing import SignIn
from desmigratif.audit import memory, unit
from desmigratif.audit.models import Event, EventSubject
from desmigratif.audit.verify import verify_chains
from desmigratif.people.exporting import CannotExport, Exported, export_residents
from desmigratif.people.importing import import_file
from desmigratif.people.models import Resident
from desmigratif.people.rules.register_sheet.give import FORMULA_STARTS, as_csv, as_sheet, not_live
from desmigratif.people.rules.register_sheet.row import COLUMNS
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours

KURIPAN = "33.07.10.2004"
Family = dict[str, Resident]
ADDRESS = "people:export"


def export(by: Actor, now: datetime, **options: Any) -> Exported:
    return export_residents(KURIPAN, by=by, now=now, **{"format": "xlsx", "reason": "opensid", **options})


def sheet_of(content: bytes) -> list[dict[str, Any]]:
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    header = next(rows)
    return [dict(zip(header, row, strict=True)) for row in rows]


def lines_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


# --- never live ---

LIVE = [f"{sign}SUM(1)" for sign in FORMULA_STARTS]


@pytest.mark.parametrize("text", LIVE)
def test_a_text_like_a_formula_is_text_in_a_sheet(text: str) -> None:
    content = as_sheet([{"nama": "Siti", "alamat": text}])

    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
    assert cell.data_type in ("s", "inlineStr")
    assert str(cell.value).replace("_x000D_", "").split() == text.split()  # a sheet escapes a carriage return


@given(st.one_of(st.sampled_from(LIVE), st.text(max_size=30)))
def test_no_cell_of_the_csv_begins_like_a_formula_and_none_is_lost(text: str) -> None:
    (row,) = lines_of(as_csv([{"nama": 'Siti; "Ami"', "alamat": text}]))

    assert not row["alamat"].lstrip(" ").startswith(FORMULA_STARTS)
    assert row["alamat"].removeprefix("'") == text.removeprefix("'")
    assert row["nama"] == 'Siti; "Ami"'


def test_a_harmless_text_stays_as_it_is() -> None:
    assert not_live("Jl. Desa 1-2") == "Jl. Desa 1-2"


# --- what goes out ---


@pytest.mark.django_db
def test_importing_the_export_changes_nothing(officer: Actor, family: Family, now: datetime) -> None:
    first = export(officer, now, with_specific=True)

    report = import_file(first.content, KURIPAN, by=officer, now=now, commit=True)

    assert (report.rows, report.new, report.changed, report.unchanged) == (3, 0, 0, 3)
    assert report.errors == []
    assert sheet_of(export(officer, now, with_specific=True).content) == sheet_of(first.content)


@pytest.mark.django_db
def test_the_sheet_and_the_csv_hold_the_same(officer: Actor, family: Family, now: datetime) -> None:
    sheet = sheet_of(export(officer, now).content)
    given = export(officer, now, format="csv")
    lines = lines_of(given.content)

    assert given.content.startswith(b"\xef\xbb\xbf")
    assert list(lines[0]) == [column.header for column in COLUMNS]
    for left, right in zip(sheet, lines, strict=True):
        assert {h: _said(v) for h, v in left.items()} == right
    assert {line["nik"] for line in lines} == {"3307100302880417", "3307105205920418", "0"}


def _said(value: Any) -> str:
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value or "")


@pytest.mark.django_db
def test_specific_facts_stay_at_home_unless_asked_for(officer: Actor, family: Family, now: datetime) -> None:
    def religions(**options: Any) -> set[Any]:
        return {row["agama_id"] for row in sheet_of(export(officer, now, **options).content)}

    assert religions() == {None}
    assert religions(with_specific=True) == {None, "1"}


@pytest.mark.django_db
def test_the_supplement_names_families_of_migrants_and_ends_with_hashes(
    officer: Actor, family: Family, now: datetime, working: Any
) -> None:
    with working(officer):
        memory.set_signal(
            "worker_abroad", village_code=KURIPAN, household_id=family["Siti"].household_id,
            resident_id=family["Siti"].id, since=date(2026, 3, 1),
        )  # fmt: skip

    made = export(officer, now, format="suplemen")

    book = openpyxl.load_workbook(io.BytesIO(made.content))
    assert book.sheetnames == ["Peserta"]
    assert list(book["Peserta"].iter_rows(values_only=True)) == [
        ("peserta", "keterangan"),
        ("3307100302880417", "Keluarga pekerja migran"),
        ("3307105205920418", "Bekerja di luar negeri sejak 1 Maret 2026"),
        ("###", "###"),
    ]
    assert (made.count, made.left_out) == (2, 1)


@pytest.mark.django_db
def test_a_village_without_migrants_gets_a_sentence(officer: Actor, family: Family, now: datetime) -> None:
    with pytest.raises(CannotExport) as refusal:
        export(officer, now, format="suplemen")

    assert refusal.value.reasons[0].code == "nobody"
    assert not Event.objects.filter(event="residents.exported").exists()


@pytest.mark.django_db
def test_somebody_marked_invalid_is_not_exported(officer: Actor, family: Family, now: datetime) -> None:
    given = {
        "village_code": KURIPAN, "resident_id": family["Rizky"].id, "seen_version": 1, "on": "2026-11-23",
        "reason": "Salah tulis", "source": "KK", "changes": {"life_status": "invalid"},
    }  # fmt: skip
    do(officer, "people.correct_resident", given, now=now, act_id=new_id())

    assert export(officer, now).count == 2


# --- who, why, and its trace ---


@pytest.mark.django_db
def test_one_event_says_how_many_why_and_whom(officer: Actor, family: Family, now: datetime) -> None:
    export(officer, now, reason="check_with_rt", format="csv")

    event = Event.objects.get(event="residents.exported")
    assert {name: event.details[name] for name in ("format", "reason", "count", "with_specific")} == {
        "format": "csv", "reason": "check_with_rt", "count": 3, "with_specific": False,
    }  # fmt: skip
    assert set(EventSubject.objects.filter(event=event).values_list("subject_id", flat=True)) == {
        row.id for row in family.values()
    }
    assert verify_chains().broken == ()


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "iseng"}, {"format": "pdf"}])
def test_without_a_reason_or_a_form_there_is_no_file(
    officer: Actor, family: Family, now: datetime, wrong: dict[str, str]
) -> None:
    with pytest.raises(CannotExport):
        export(officer, now, **wrong)

    assert not Event.objects.filter(event="residents.exported").exists()


@pytest.mark.django_db
def test_strangers_and_lesser_roles_export_nothing(
    stranger: Actor, ministry: Actor, family: Family, now: datetime
) -> None:
    head = person(new_id(), "Kades", ("village_head", KURIPAN))
    coordinator = person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))

    for by in (stranger, ministry, head, coordinator):
        with pytest.raises(NotFoundOrNotYours):
            export(by, now)

    assert not Event.objects.filter(event="residents.exported").exists()


def _broken(*args: Any, **kwargs: Any) -> None:
    raise DatabaseError("disk I/O error")


@pytest.mark.django_db
def test_what_cannot_be_noted_is_not_exported(desk: Client, family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit, "record", _broken)

    answer = desk.post(reverse(ADDRESS), {"reason": "opensid", "format": "csv"})

    assert answer.headers["Content-Type"].startswith("text/html")
    assert "belum bisa dicatat" in answer.content.decode()


@pytest.mark.django_db
def test_the_page_answers_with_the_file(desk: Client, family: Family) -> None:
    answer = desk.post(reverse(ADDRESS), {"reason": "opensid", "format": "csv"})

    assert answer.headers["Content-Disposition"] == 'attachment; filename="warga-33.07.10.2004-2026-11-23.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(lines_of(answer.content)) == 3


@pytest.mark.django_db
def test_the_page_asks_for_the_reason(desk: Client, family: Family) -> None:
    answer = desk.post(reverse(ADDRESS), {"format": "csv"})

    assert "Pilih dulu untuk apa" in answer.content.decode()
    assert not Event.objects.filter(event="residents.exported").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "region"), [("village_head", KURIPAN), ("regency_coordinator", "33.07"), ("administrator", "ID")]
)
def test_lesser_roles_find_no_such_page(sign_in: SignIn, family: Family, role: str, region: str) -> None:
    client = sign_in(role, region)

    assert client.get(reverse(ADDRESS)).status_code == 404
    assert client.post(reverse(ADDRESS), {"reason": "opensid", "format": "csv"}).status_code == 404


@pytest.mark.django_db
def test_the_page_asks_no_more_than_it_must(desk: Client, family: Family, django_assert_num_queries: Any) -> None:
    desk.get(reverse(ADDRESS))

    with django_assert_num_queries(3):
        desk.get(reverse(ADDRESS))
    told = 2 if connection.vendor == "postgresql" else 0  # on whose behalf it reads, and that it is over
    with django_assert_num_queries(12 + told):  # 3 who asks, 4 the register with its keys, 5 the trace
        desk.post(reverse(ADDRESS), {"reason": "opensid", "format": "csv"})
