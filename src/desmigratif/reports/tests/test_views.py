"""The pages of reports: one flow from hand to hand, every refusal in words, and figures for whoever asks."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.models import Grant, User
from desmigratif.access.testing import signed_in_browser
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.reports.models import VillageReport
from desmigratif.reports.rules.figures import Figure
from desmigratif.reports.tests.conftest import KURIPAN, WONOSOBO, Round, fact
from desmigratif.reports.views.region import parts_of
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
OCTOBER_PAGE = f"/laporan/tulis/?desa={KURIPAN}&bulan=2026-10"


def browser(role: str, region: str, now: datetime, name: str = "") -> Client:
    user = User.objects.create(id=new_id(), username=name or role, name=name or role)
    Grant.objects.create(id=new_id(), user=user, role=role, region_code=region, valid_from=now.date() - timedelta(9))
    return signed_in_browser(user)


def step(client: Client, report: VillageReport, **more: str) -> str:
    """Take the next step as the form on the report's page offers it; returns what the page says then."""
    here = reverse("reports:village_report", args=[report.id])
    form = client.get(here).context["form"]
    ids = {name: form[name].value() for name in ("act_id", "record_id")}
    return client.post(f"{here}langkah/", {**ids, **more}, follow=True).content.decode()


def test_a_report_from_click_to_signed_pdf_and_accepted(october: None, now: datetime) -> None:
    officer, head = browser("village_officer", KURIPAN, now), browser("village_head", KURIPAN, now)
    coordinator = browser("regency_coordinator", WONOSOBO, now)
    form = officer.get(OCTOBER_PAGE).context["form"]
    sent = {"act_id": form["act_id"].value(), "record_id": form["record_id"].value(), "obstacles": "Sinyal putus"}
    assert "Sinyal putus" in officer.post(OCTOBER_PAGE, sent, follow=True).content.decode()
    report = VillageReport.objects.in_village(KURIPAN).get()
    assert "menunggu kepala desa" in step(officer, report)
    assert "Wajib" in step(head, report, decision="back") or "Tulis apa yang perlu" in step(
        head, report, decision="back"
    )
    assert "terkirim ke kabupaten" in step(head, report, decision="sign")
    pdf = coordinator.get(reverse("reports:village_report", args=[report.id]) + "?bentuk=pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert "sudah diterima" in step(coordinator, report, decision="accept")
    assert "Diterima" in officer.get("/laporan/").content.decode()


def test_a_month_that_is_not_over_keeps_what_was_written(october: None, now: datetime) -> None:
    officer = browser("village_officer", KURIPAN, now)
    page = officer.post(f"/laporan/tulis/?desa={KURIPAN}&bulan=2026-11",
                        {"act_id": new_id(), "record_id": new_id(), "obstacles": "Banjir di Sikapat"})  # fmt: skip

    said = page.content.decode()
    assert "belum selesai" in said and "1 Desember 2026" in said and "Banjir di Sikapat" in said


def test_whoever_is_not_next_is_told_and_nothing_changes(going: Round, now: datetime) -> None:
    report = VillageReport.objects.in_village(KURIPAN).get(id=going.checked())
    coordinator = browser("regency_coordinator", WONOSOBO, now)

    said = coordinator.post(reverse("reports:report_step", args=[report.id]), {}, follow=True).content.decode()
    report.refresh_from_db()
    assert "tidak sedang menunggu Anda" in said and report.state == "checked"


def test_the_list_says_who_is_late_and_costs_few_queries(
    going: Round, now: datetime, django_assert_max_num_queries: object
) -> None:
    going.act(going.officer, "owe_report", year=2026, month=9)
    going.sent()
    coordinator = browser("regency_coordinator", WONOSOBO, now)
    coordinator.get("/laporan/")

    with django_assert_max_num_queries(16):  # type: ignore[operator]
        page = coordinator.get("/laporan/?lihat=terlambat").content.decode()
    assert "September 2026" in page and "dikirim" not in page
    assert "1 menunggu Anda baca; 1 terlambat." in page
    assert "Oktober 2026" in coordinator.get("/laporan/?lihat=menunggu").content.decode()


def test_nobody_is_told_that_nothing_waits_for_them(now: datetime) -> None:
    coordinator = browser("regency_coordinator", WONOSOBO, now)

    said = coordinator.get("/laporan/").content.decode()
    assert "Tidak ada yang menunggu Anda baca; tidak ada yang terlambat." in said


def test_a_count_whose_whole_is_reckoned_at_night_is_no_share_of_nothing() -> None:
    figure = Figure("D1", "33.07.10.2004", 40, 0, 0, None, 1)

    assert parts_of(figure) == "40; pembandingnya belum dihitung"
    assert (parts_of(replace(figure, denominator=60)), parts_of(replace(figure, numerator=0))) == (
        "40 dari 60", "0 dari 0",
    )  # fmt: skip


def test_a_region_is_told_on_the_page_and_in_every_file(october: None, now: datetime) -> None:
    analyst = browser("ministry_analyst", "ID", now)
    here = f"/laporan/wilayah/?wilayah={WONOSOBO}&masa=2026-10"

    page = analyst.get(here).content.decode()
    assert "85,7%" in page and "Kecamatan Watumalang" in page
    for form, opening in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"kode_wilayah"), ("sdmx", b"STRUCTURE,")):
        assert analyst.get(f"{here}&bentuk={form}").content.startswith(opening)
    values = json.loads(analyst.get(f"{here}&bentuk=dhis2").content)["dataValues"]
    assert {"dataElement": "DESMIGRATIF_A5_N", "period": "202610", "orgUnit": WONOSOBO, "value": "6"} in values


@pytest.mark.parametrize(("masa", "said"), [("2026-11", "belum selesai"), ("kemarin", "ditulis seperti")])
def test_a_period_that_cannot_be_is_told(october: None, now: datetime, masa: str, said: str) -> None:
    analyst = browser("ministry_analyst", "ID", now)

    assert said in analyst.get(f"/laporan/wilayah/?masa={masa}&bentuk=pdf").content.decode()


def test_a_coordinator_has_no_report_of_another_regency(october: None, now: datetime) -> None:
    coordinator = browser("regency_coordinator", WONOSOBO, now)

    assert coordinator.get("/laporan/wilayah/?wilayah=32.12&bentuk=csv").status_code == 404


def open_rows(client: Client, query: str) -> dict[tuple[str, str], dict[str, str]]:
    text = client.get(f"/publik/data/?bentuk=csv&{query}").content.decode()
    return {(one["kode_wilayah"], one["kode_ukuran"]): one for one in csv.DictReader(io.StringIO(text))}


def test_the_public_gets_no_small_number_and_nothing_to_work_it_out_from(places: None, now: datetime) -> None:
    day = date(2025, 9, 9)
    for village, denominator in ((KURIPAN, 400), ("32.12.16.2004", 90), ("53.08.12.2014", 3)):
        fact("A5", 2, denominator, village=village, on=day)
        fact("A1", 9, 0, village=village, on=day)
    fold(now)
    client = Client()

    rows = open_rows(client, "masa=2025")
    assert (rows["ID", "A5"]["dari"], rows["33", "A5"]["dari"], rows["53", "A1"]["bagian"]) == ("493", "400", "9")
    for closed in ("53", "32"):
        assert (rows[closed, "A5"]["ditutup"], rows[closed, "A5"]["dari"], rows[closed, "A5"]["hasil"]) == ("1", "", "")
    inside = open_rows(client, "wilayah=32&masa=2025")
    assert {inside[code, "A5"]["dari"] for code in ("32", "32.12")} == {""}


def test_the_public_page_names_licence_and_dictionary_and_gives_no_village_or_unfinished_year(
    october: None, now: datetime
) -> None:
    client = Client()
    page = client.get("/publik/data/").content.decode()

    assert "CC BY 4.0" in page and "?bentuk=kamus" in page
    assert "A1,Kunjungan" in client.get("/publik/data/?bentuk=kamus").content.decode()
    for query in ("wilayah=33.07", f"wilayah={KURIPAN}", "masa=2025-Q4", "masa=2025-10", "masa=2026", "masa=x"):
        assert client.get(f"/publik/data/?{query}").status_code == 404
