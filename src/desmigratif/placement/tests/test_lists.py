"""Loading national lists, and what they answer."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.audit.models import Event
from desmigratif.placement.loading import ListFile, load_file
from desmigratif.placement.models import Agency, JobOrder, ListLoad, Placed
from desmigratif.placement.queries import (
    ListAnswer,
    Wish,
    active_keys,
    ask_lists,
    live_orders,
    loaded_destinations,
    newest_load,
    newest_loads,
    placed_among,
)
from desmigratif.placement.tests.conftest import AGENCIES, Loading
from desmigratif.shared import crypto
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

KURIPAN = "33.07.10.2004"
TODAY = date(2026, 11, 23)


def asked(name: str | None, **offer: str | None) -> ListAnswer:
    work = {"country": "HKG", "job": "domestic_worker", "employer_type": "household", **offer}
    return ask_lists(name, **work, loads=newest_loads(KURIPAN, TODAY), on=TODAY)


def test_trying_a_list_writes_nothing_and_keeping_it_leaves_an_event(loading: Loading) -> None:
    assert loading("agencies", commit=False).load is None
    assert not ListLoad.objects.exists()

    report = loading("agencies")

    load = ListLoad.objects.get(id=report.load)
    assert (load.row_count, load.as_of, load.source) == (3, date(2026, 11, 20), "Daftar contoh")
    assert Event.objects.get(event="list.loaded").details["rows"] == 3


def test_a_file_with_one_wrong_row_is_not_kept_at_all(loading: Loading) -> None:
    report = loading("agencies", AGENCIES + "PT Lain;entah;;\n")

    assert [(one.row, one.code) for one in report.errors] == [(5, "status_wrong")]
    assert not Agency.objects.exists()


def test_a_sheet_is_read_as_well_as_a_csv_with_dates_as_dates(places: None, now: datetime) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["nama", "status", "berlaku sampai"])
    sheet.write_row(1, 0, ["PT Contoh", "aktif"])
    sheet.write_datetime(1, 2, datetime(2027, 5, 1), book.add_format({"num_format": "dd-mm-yyyy"}))  # noqa: DTZ001
    book.close()
    file = ListFile("agencies", target.getvalue(), "p3mi.xlsx", "ID", TODAY, "Daftar contoh")

    report = load_file(file, by=person(new_id(), "Pengelola", ("administrator", "ID")), now=now, commit=True)

    assert not report.errors
    assert Agency.objects.get().valid_until == date(2027, 5, 1)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 x", b"<html>", b"PK\x03\x04 not a zip", b"\x00\x01\x02"])
def test_a_file_that_is_no_list_is_refused_with_a_sentence(places: None, now: datetime, content: bytes) -> None:
    file = ListFile("agencies", content, "p3mi.xlsx", "ID", TODAY, "Daftar contoh")

    report = load_file(file, by=person(new_id(), "Pengelola", ("administrator", "ID")), now=now, commit=True)

    (error,) = report.errors
    assert error.message.endswith(".")
    assert "penduduk" not in error.message


def test_a_list_of_tomorrow_is_refused(loading: Loading) -> None:
    with pytest.raises(Refusal) as refusal:
        loading("agencies", as_of=date(2026, 11, 24))

    assert refusal.value.reasons[0].code == "date_in_future"


def test_a_stranger_cannot_load_a_list_for_another_region(loading: Loading, now: datetime, officer: Actor) -> None:
    elsewhere = person(new_id(), "Pengelola Indramayu", ("administrator", "32.12"))
    for by in (elsewhere, officer):
        with pytest.raises(NotFoundOrNotYours):
            loading("agencies", by=by, region="33.07")
    payload = {
        "load_id": new_id(), "region_code": "33.07", "kind": "agencies", "as_of": "2026-11-20", "source": "Daftar",
        "file_digest": "0" * 64, "agencies": [{"name": "PT Contoh", "status": "active"}],
    }  # fmt: skip
    with pytest.raises(Refusal) as refusal:
        do(elsewhere, "placement.load_list", payload, now=now, act_id=new_id())
    assert refusal.value.reasons[0].code == NotFoundOrNotYours.code
    assert not ListLoad.objects.exists()


def test_rows_of_another_kind_are_refused(places: None, now: datetime) -> None:
    payload = {
        "load_id": new_id(), "region_code": "ID", "kind": "permits", "as_of": "2026-11-20", "source": "Daftar",
        "file_digest": "0" * 64, "agencies": [{"name": "PT Contoh", "status": "active"}],
    }  # fmt: skip
    with pytest.raises(Refusal) as refusal:
        do(person(new_id(), "P", ("administrator", "ID")), "placement.load_list", payload, now=now, act_id=new_id())

    assert refusal.value.reasons[0].code == "wrong_rows"


def test_a_village_reads_the_lists_of_its_regions_and_not_of_others(loading: Loading) -> None:
    loading("agencies", region="33.07", as_of=date(2026, 11, 1))
    loading("agencies", region="32.12", as_of=date(2026, 11, 22))

    load = newest_load("agencies", KURIPAN, TODAY)

    assert load is not None
    assert load.region_code == "33.07"


def test_the_newest_list_of_that_day_answers_and_the_older_ones_stay(loading: Loading) -> None:
    loading("agencies", as_of=date(2026, 10, 1))
    loading("agencies", AGENCIES.replace("Mandiri;aktif", "Mandiri;ditangguhkan"))

    assert asked("PT Contoh Karya Mandiri").licence_active is False
    before = ask_lists(
        "PT Contoh Karya Mandiri", country=None, job=None, employer_type=None,
        loads=newest_loads(KURIPAN, date(2026, 11, 1)), on=date(2026, 11, 1),
    )  # fmt: skip
    assert before.licence_active is True
    assert ListLoad.objects.count() == 2


def test_the_newest_list_of_each_kind_is_read_in_one_question(loading: Loading, django_assert_num_queries: Any) -> None:
    for kind in ("agencies", "permits"):
        loading(kind, as_of=date(2026, 10, 1))
        loading(kind, as_of=date(2026, 11, 1))

    with django_assert_num_queries(1):
        found = newest_loads(KURIPAN, TODAY)
    assert found == {kind: newest_load(kind, KURIPAN, TODAY) for kind in ("agencies", "permits")}
    assert {load.as_of for load in newest_loads(KURIPAN, date(2026, 10, 15)).values()} == {date(2026, 10, 1)}
    assert newest_loads(KURIPAN, date(2026, 9, 30)) == {}


@pytest.mark.parametrize(
    ("name", "active"),
    [
        ("pt contoh karja mandiri", True), ("PT Contoh Bahtera Asih", False), ("PT Contoh Cahaya Utama", False),
        ("PT Tidak Ada", None), ("PT Contoh Karya Mandiri Abadi", None), (None, None),
    ],
)  # fmt: skip
def test_a_licence_is_filled_from_the_list_or_left_unknown(
    loading: Loading, name: str | None, active: bool | None
) -> None:
    loading("agencies")

    answer = asked(name)

    assert answer.licence_active is active
    assert answer.agencies_as_of == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("country", "job", "permit"),
    [
        ("HKG", "domestic_worker", True),
        ("TWN", "factory_worker", False),  # ended on 1 November
        ("SGP", "domestic_worker", False),
        ("MYS", "factory_worker", None),  # there is one for a title that we do not know
        (None, "domestic_worker", None),
    ],
)
def test_a_permit_is_looked_up_by_country_and_job(
    loading: Loading, country: str | None, job: str, permit: bool | None
) -> None:
    loading("agencies")
    loading("permits")

    answer = asked(
        "PT Contoh Karya Mandiri", country=country, job=job, employer_type="company" if permit is None else None
    )

    assert answer.permit_for_job_order is permit


def test_a_permit_for_a_company_is_none_for_a_household(loading: Loading) -> None:
    loading("agencies")
    loading("permits")

    assert asked("PT Contoh Karya Mandiri", employer_type="household").permit_number == "SIP-1"
    assert asked("PT Contoh Karya Mandiri", employer_type="company").permit_for_job_order is False


def test_an_old_list_answers_nothing_and_says_that_it_is_old(loading: Loading) -> None:
    loading("agencies", as_of=date(2026, 9, 23))
    loading("permits", as_of=date(2026, 10, 1))

    answer = asked("PT Contoh Karya Mandiri")

    assert (answer.licence_active, answer.permit_for_job_order) == (None, None)
    assert answer.agencies_old
    assert answer.permits_old


def test_live_orders_fit_the_wish_in_country_job_sex_and_age(loading: Loading) -> None:
    load_id = loading("permits").load
    load = ListLoad.objects.get(id=load_id)

    def found(**wish: object) -> list[str]:
        return sorted(row.permit_number for row in live_orders(load, Wish(**wish), TODAY))  # type: ignore[arg-type]

    assert found() == ["SIP-1", "SIP-3", "SIP-4"]
    assert found(country="HKG", job="domestic_worker", sex="F", age=30) == ["SIP-1", "SIP-4"]
    assert found(country="HKG", sex="M") == ["SIP-4"]
    assert found(country="HKG", age=19) == ["SIP-4"]


def test_only_companies_that_a_fresh_list_calls_active_are_active(loading: Loading) -> None:
    loading("agencies")
    loading("permits")
    keys = set(JobOrder.objects.values_list("agency_key", flat=True))

    assert len(keys) == 2
    assert len(active_keys(newest_load("agencies", KURIPAN, TODAY), keys, TODAY)) == 1
    assert not active_keys(None, keys, TODAY)


def test_a_loaded_list_of_destinations_is_read_with_what_it_says_of_households(loading: Loading) -> None:
    assert loaded_destinations(KURIPAN, TODAY) is None
    loading("destinations")

    loaded = loaded_destinations(KURIPAN, TODAY)

    assert loaded is not None
    assert loaded.countries["SAU"] == (False, True)
    assert set(loaded.countries) == {"HKG", "TWN", "SAU"}


# --- placements --------------------------------------------------------------------------------------

PRINT = crypto.blind_index("nik", "3307104101900001")


def test_of_a_list_of_placements_only_prints_are_kept_and_only_those_of_the_newest(loading: Loading) -> None:
    assert placed_among(KURIPAN, [PRINT], TODAY) is None  # nothing is known without a list
    loading("placements", as_of=date(2026, 10, 1))
    assert placed_among(KURIPAN, [PRINT, "", "x"], TODAY) == {PRINT}
    kept = Placed.objects.get()
    assert (kept.nik_index, kept.country, kept.left_on) == (PRINT, "MYS", date(2025, 2, 3))

    loading("placements", "nik;negara\n3307104101900002;Taiwan\n")
    assert (placed_among(KURIPAN, [PRINT], TODAY), Placed.objects.count()) == (frozenset(), 1)
    loading("placements", as_of=date(2026, 9, 1))  # an older one comes too late
    assert Placed.objects.get().country == "TWN"


def test_a_regency_s_list_is_its_own(loading: Loading) -> None:
    loading("placements", region="32.12")

    assert placed_among(KURIPAN, [PRINT], TODAY) is None
    assert placed_among("32.12.16.2004", [PRINT], TODAY) == {PRINT}


@pytest.mark.parametrize("nik", ["33071041019000", "3307.1041.0190.000x", "3,30710E+15", "0"])
def test_a_nik_that_is_none_is_told_by_its_row_and_never_repeated(loading: Loading, nik: str) -> None:
    report = loading("placements", f"nik;negara\n{nik};Malaysia\n")

    (error,) = report.errors
    assert (error.row, error.column) == (2, "nik") and "NIK harus 16 angka" in error.message
    assert nik not in error.message and not Placed.objects.exists()
