"""The pages of the national lists."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desmigratif.access.testing import SignIn
from desmigratif.placement.models import ListLoad
from desmigratif.placement.tests.conftest import AGENCIES, Loading


@pytest.fixture
def signed_in(sign_in: SignIn) -> Client:
    return sign_in("village_officer", "33.07.10.2004")


@pytest.fixture
def administrator(sign_in: SignIn) -> Client:
    return sign_in("administrator", "33.07")


def test_pages_without_any_list_say_so_and_guess_nothing(signed_in: Client, places: None) -> None:
    answer = signed_in.get("/daftar/").content.decode()

    assert answer.count("Belum dimuat") == 5
    assert "Muat daftar baru" not in answer
    assert signed_in.get("/daftar/p3mi/").status_code == signed_in.get("/daftar/lowongan/").status_code == 200


def test_a_company_is_found_by_part_of_its_name_with_its_state(signed_in: Client, loading: Loading) -> None:
    loading("agencies")

    answer = signed_in.get("/daftar/p3mi/?q=bahtera").content.decode()

    assert "PT Contoh Bahtera Asih" in answer
    assert "Dicabut" in answer
    assert "Karya Mandiri" not in answer
    assert "20 November 2026" in answer


def test_vacancies_are_shown_by_country_and_job_with_their_permit(signed_in: Client, loading: Loading) -> None:
    loading("permits")

    answer = signed_in.get("/daftar/lowongan/?negara=HKG&pekerjaan=domestic_worker").content.decode()

    assert "izin SIP-1" in answer
    assert "gaji HKD 4.990 sebulan" in answer
    assert "SIP-3" not in answer


def test_an_administrator_tries_a_file_then_keeps_it(administrator: Client, places: None) -> None:
    sheet = SimpleUploadedFile("p3mi.csv", AGENCIES.encode(), content_type="text/csv")
    sent = {"kind": "agencies", "as_of": "20-11-2026", "source": "Surat contoh", "sheet": sheet}

    tried = administrator.post("/daftar/muat/", sent)
    page = administrator.get(tried["Location"]).content.decode()

    assert "Siap dimuat" in page
    assert not ListLoad.objects.exists()
    administrator.post(tried["Location"])
    assert ListLoad.objects.get().region_code == "33.07"


def test_a_wrong_file_is_shown_row_by_row_and_cannot_be_kept(administrator: Client, places: None) -> None:
    sheet = SimpleUploadedFile("p3mi.csv", b"nama;status\nPT Contoh;entah\n", content_type="text/csv")
    sent = {"kind": "agencies", "as_of": "20-11-2026", "source": "Surat contoh", "sheet": sheet}

    tried = administrator.post("/daftar/muat/", sent)
    page = administrator.get(tried["Location"]).content.decode()
    administrator.post(tried["Location"])

    assert "tidak dikenal; tulis aktif" in page
    assert not ListLoad.objects.exists()


def test_an_officer_finds_no_page_for_loading(signed_in: Client, places: None) -> None:
    assert signed_in.get("/daftar/muat/").status_code == 404
