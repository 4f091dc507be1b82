"""The pack of the annual meeting, the picture for the wall, the sheet for ODS, and what the office above may see."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
import python_calamine
from django.test import Client
from pypdf import PdfReader

from desmigratif.access.actor import Actor
from desmigratif.access.models import Grant, User
from desmigratif.cooperative.models import Cooperative, MeetingReport
from desmigratif.cooperative.queries.annual.annex import annex_on
from desmigratif.cooperative.tests.annual.test_meeting import DAY, PAPERS_ON, Assembly
from desmigratif.cooperative.tests.conftest import KENANGA, KURIPAN
from desmigratif.cooperative.views.annual import pack
from desmigratif.shared.ids import new_id

WONOSOBO, INDRAMAYU = "33.07", "32.12"


@pytest.fixture
def assembly(places: None, board: Actor, treasurer: Actor, now: datetime) -> Assembly:
    return Assembly(board, treasurer, now)


@pytest.fixture
def held(assembly: Assembly, supervisor: Actor) -> UUID:
    """An annual meeting that was held, with reports, a decision and a chair."""
    meeting = assembly.call()
    assembly.come(meeting, *range(1, 8))
    words = {"meeting_id": meeting, "report_id": new_id()}
    assembly.do("write_report", **words, text="Anggota bertambah, kas dijaga berdua.")
    assembly.do("write_report", supervisor, **{**words, "report_id": new_id()}, text="Kas dihitung, semuanya cocok.")
    assembly.do("open_meeting", meeting_id=meeting)
    assembly.decide(meeting, "accounts")
    assembly.do("close_meeting", meeting_id=meeting, led_by="Anggota A", written_by="Anggota B")
    return meeting


def signed_in(settings: Any, role: str, region: str) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    user = User.objects.create(username=f"{role}.{region}", name="Orang Uji")
    Grant.objects.create(user=user, role=role, region_code=region, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_the_pack_carries_reports_statements_minutes_and_every_member(
    assembly: Assembly, held: UUID, settings: Any
) -> None:
    board = signed_in(settings, "cooperative_board", KURIPAN)

    text = text_of(board.get(f"/koperasi/rapat/{held}/cetak/?isi=lengkap"))

    for words in (
        "kas dijaga berdua", "semuanya cocok", "Posisi keuangan", "arus kas", "Laporan diterima", "Kesehatan koperasi",
        "7 dari 10 anggota", "Anggota J", "600.000",
    ):  # fmt: skip
        assert words.casefold() in text.casefold(), words


def test_the_pack_says_whether_an_accountant_had_to_look_and_what_was_found(
    assembly: Assembly, held: UUID, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, address = signed_in(settings, "cooperative_board", KURIPAN), f"/koperasi/rapat/{held}/cetak/?isi=lengkap"

    small = text_of(board.get(address))
    with monkeypatch.context() as grown:
        grown.setattr(pack, "own_capital_on", lambda *_: 5_000_000_000)
        large = text_of(board.get(address))
    MeetingReport.objects.create(
        id=new_id(), village_code=KURIPAN, cooperative=assembly.row, meeting_id=held, kind="auditor",
        text="KAP Contoh: wajar dalam semua hal.", written_on=PAPERS_ON, person_id="x",
    )  # fmt: skip
    audited = text_of(board.get(address))

    assert "tidak wajib diperiksa akuntan publik" in " ".join(small.split())
    assert "Laporannya belum ada" in " ".join(large.split())
    assert "wajar dalam semua hal" in audited and "akuntan publik" not in audited


def test_the_form_of_health_judges_each_of_the_books_and_says_so(assembly: Assembly, held: UUID, settings: Any) -> None:
    unit = new_id()
    assembly.do(
        "open_unit", unit_id=unit, name="Unit Toko", on=PAPERS_ON, is_sharia=False, decision="Rapat anggota"
    )  # fmt: skip
    board = signed_in(settings, "cooperative_board", KURIPAN)

    page = board.get(f"/koperasi/{assembly.row.id}/kesehatan/").content.decode()
    of_unit = board.get(f"/koperasi/{unit}/kesehatan/").content.decode()
    text = " ".join(text_of(board.get(f"/koperasi/rapat/{held}/cetak/?isi=lengkap")).split())

    assert f"/koperasi/{unit}/kesehatan/" in page and "dinilai sendiri" in page
    assert f"/koperasi/{assembly.row.id}/kesehatan/" in of_unit
    assert "Buku unit dinilai sendiri: Unit Toko." in text
    assert "KSPPS" not in page + of_unit + text


def test_a_sharia_book_is_told_beside_its_score_that_its_form_is_another(
    assembly: Assembly, held: UUID, settings: Any
) -> None:
    unit = new_id()
    assembly.do("open_unit", unit_id=unit, name="Unit Mikro", on=PAPERS_ON, is_sharia=True, decision="Rapat anggota")
    board = signed_in(settings, "cooperative_board", KURIPAN)

    assert "formulir KSPPS" in board.get(f"/koperasi/{unit}/kesehatan/").content.decode()
    Cooperative.objects.in_village(KURIPAN).filter(id=assembly.row.id).update(sharia_since=PAPERS_ON)
    text = " ".join(text_of(board.get(f"/koperasi/rapat/{held}/cetak/?isi=lengkap")).split())
    assert "formulir KSPPS" in text


def test_the_annex_adds_up_to_the_books(assembly: Assembly) -> None:
    lines = annex_on(assembly.row, PAPERS_ON)
    assert [line.number for line in lines] == list(range(1, 11))
    assert sum(line.sums["savings_principal"] for line in lines) == 500_000
    assert {line.sums["savings_compulsory"] for line in lines} == {10_000}
    assert annex_on(assembly.row, date(2025, 12, 30))[0].sums["savings_principal"] == 0


def test_the_wall_shows_the_year_without_anybodys_name(assembly: Assembly, settings: Any) -> None:
    board = signed_in(settings, "cooperative_board", KURIPAN)
    text = text_of(board.get(f"/koperasi/{assembly.id}/gambar-tahun/?tahun=2025"))
    assert "600.000" in text and "2025" in text and "Anggota A" not in text


def test_the_sheet_for_ods_tells_heads_and_sums(assembly: Assembly, held: UUID, settings: Any) -> None:
    board = signed_in(settings, "cooperative_board", KURIPAN)
    answer = board.get(f"/koperasi/rapat/{held}/cetak/?isi=ods")
    sheet = python_calamine.load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = {str(row[0]): row[1] for row in sheet.to_python()}
    assert (rows["Anggota"], rows["Modal sendiri"], rows["Tahun buku"]) == (10, 600_000, 2025)


def test_an_extraordinary_meeting_has_no_pack(assembly: Assembly, settings: Any) -> None:
    meeting = assembly.call(kind="extraordinary", book_year=None, matters=("Gedung",))
    board = signed_in(settings, "cooperative_board", KURIPAN)
    assert board.get(f"/koperasi/rapat/{meeting}/cetak/?isi=lengkap").status_code == 404
    assert board.get(f"/koperasi/rapat/{meeting}/cetak/?isi=berita-acara").status_code == 404


def test_the_office_sees_figures_of_its_regency_and_nobodys_name(
    assembly: Assembly, held: UUID, settings: Any, django_assert_max_num_queries: Any
) -> None:
    office = signed_in(settings, "cooperative_office", WONOSOBO)
    with django_assert_max_num_queries(20):
        text = office.get("/koperasi/pembinaan/").content.decode()
    assert "Koperasi Melati" in text and "Rp600.000" in text
    with django_assert_max_num_queries(35):
        page = office.get(f"/koperasi/pembinaan/{assembly.id}/").content.decode()
    assert "7 dari 10 hadir" in page and "Anggota A" not in page and "Kas dihitung" not in page
    for closed in (f"/koperasi/{assembly.id}/", f"/koperasi/{assembly.id}/anggota/", f"/koperasi/rapat/{held}/"):
        assert office.get(closed).status_code == 404


@pytest.mark.parametrize(("role", "region"), [("cooperative_office", INDRAMAYU), ("cooperative_board", KENANGA)])
def test_another_regency_and_another_cooperative_see_nothing(
    assembly: Assembly, settings: Any, role: str, region: str
) -> None:
    stranger = signed_in(settings, role, region)
    assert stranger.get(f"/koperasi/pembinaan/{assembly.id}/").status_code == 404
    assert "Koperasi Melati" not in stranger.get("/koperasi/pembinaan/").content.decode()


def test_an_office_meeting_day_is_the_meetings_own(assembly: Assembly, held: UUID, settings: Any) -> None:
    """A reader of the meeting's page sees who came, what was said and that the office still waits for the report."""
    reader = signed_in(settings, "cooperative_supervisor", KURIPAN)
    page = reader.get(f"/koperasi/rapat/{held}/").content.decode()
    assert "23 Desember 2026" in page and "Semua setuju" in page and "Berkas RAT lengkap" in page
    assert "Catat keputusan" not in page and str(DAY.year) in page
