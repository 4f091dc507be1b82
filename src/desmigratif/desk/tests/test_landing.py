"""The first page of each office above the desk: what needs a call, never a resident's name."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.audit.models import VillageClock
from desmigratif.cases.tasks import raise_overdue
from desmigratif.desk.tests.conftest import KURIPAN, Acting, Family, SignIn, issue
from desmigratif.parenting.models import Centre
from desmigratif.shared.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
GARUNG = "33.07.12.2007"


@pytest.fixture
def two_villages(places: None) -> None:
    """Officers of two villages of one regency, and one of another province."""
    for code in (KURIPAN, GARUNG, "32.12.16.2004"):
        user = User.objects.create(username=f"petugas.{code}", name=f"Petugas {code}")
        Grant.objects.create(user=user, role="village_officer", region_code=code, valid_from="2026-01-01")


def block(page: Any, title: str) -> Any:
    return next(one for one in page.context["blocks"] if one.title == title)


def test_a_coordinator_sees_first_which_village_needs_a_call(
    sign_in: SignIn, two_villages: None, family: Family, acting: Acting, now: datetime
) -> None:
    acting("cases.open_case", at=now - timedelta(days=20), case_id=new_id(), resident_id=family.siti.id)
    acting("cases.record_visit", visit_id=new_id(), resident_id=family.budi.id, purpose="other", waiting=True)

    page = sign_in("regency_coordinator", "33.07").get("/")

    villages = block(page, "Desa-desa Anda")
    assert villages.sentence == "2 desa; 1 sepi lebih dari dua minggu, 1 rencana tertahan."
    assert villages.rows == [
        ["Desa Kuripan, Kec. Garung, Kab. Wonosobo", 0, 0, 0, 0, 0, {"state": "cek", "label": "Belum pernah ada tamu"}],
        [
            "Desa Kuripan, Kec. Watumalang, Kab. Wonosobo",
            1,
            {"url": f"/pelayanan/rencana/?desa={KURIPAN}", "label": "1"},
            {"state": "cek", "label": "1"},
            {"url": f"/pelayanan/rencana/?desa={KURIPAN}&terlambat=on", "label": "1"},
            0,
            "23 November 2026",
        ],
    ]


def test_a_coordinator_sees_what_waited_too_long_in_a_village(
    sign_in: SignIn, two_villages: None, acting: Acting, now: datetime
) -> None:
    told = {"complaint_id": new_id(), "channel": "desk", "kind": "SICK", "story": "Sakit keras.", "emergency": True}
    acting("cases.record_complaint", at=now - timedelta(days=1), **told)
    raise_overdue(now)

    page = sign_in("regency_coordinator", "33.07").get("/")

    place = "Desa Kuripan, Kec. Watumalang"
    link = {"url": "/pelayanan/pengaduan/", "label": "Laporan darurat"}
    assert block(page, "Naik dari desa").rows == [[place, link, "22 November 2026"]]


@pytest.mark.parametrize(
    ("role", "region"),
    [("regency_coordinator", "33.07"), ("ministry_analyst", "ID"), ("auditor", "ID"), ("administrator", "33.07")],
)
def test_no_resident_is_named_to_anybody_above_the_desk(
    sign_in: SignIn, two_villages: None, family: Family, acting: Acting, role: str, region: str
) -> None:
    acting("cases.record_visit", visit_id=new_id(), resident_id=family.siti.id, purpose="other", waiting=True)

    page = sign_in(role, region).get("/").content.decode()

    assert [name for name in ("Siti", "Aminah", "Budi") if name in page] == []


def test_the_ministry_reads_how_many_villages_work(
    sign_in: SignIn, two_villages: None, family: Family, acting: Acting
) -> None:
    acting("cases.record_visit", visit_id=new_id(), resident_id=family.siti.id, purpose="other")

    figures = block(sign_in("ministry_analyst", "ID").get("/"), "Desa yang bekerja bulan ini")

    assert figures.sentence == "1 dari 3 desa sudah mencatat pelayanan bulan ini; 2 belum."
    assert ["Kabupaten Wonosobo", 2, 1, 1] in figures.rows


@pytest.mark.parametrize("role", ["auditor", "data_protection_officer"])
def test_whoever_checks_the_memory_sees_each_chain_and_how_it_was_read(
    sign_in: SignIn, family: Family, role: str
) -> None:
    desk = sign_in("village_officer", KURIPAN)
    desk.get(reverse("people:resident", args=[family.siti.id]))
    desk.post(reverse("people:unmask", args=[family.siti.id]), {"nomor": "nik"})

    (row,) = block(sign_in(role, "ID").get("/"), "Jejak dan pembacaan tujuh hari terakhir").rows

    assert row[0] == "Desa Kuripan, Kec. Watumalang, Kab. Wonosobo"
    assert row[1] == {"state": "aman", "label": "Cocok"}
    assert row[2:7] == [1, 1, 0, 0, "1\u00a0orang"]


def test_a_chain_whose_end_was_touched_is_shown(sign_in: SignIn, family: Family) -> None:
    VillageClock.objects.filter(village_code=KURIPAN).update(audit_head="0" * 64)

    chains = block(sign_in("auditor", "ID").get("/"), "Jejak dan pembacaan tujuh hari terakhir")

    assert chains.rows[0][1] == {"state": "henti", "label": "Tidak cocok"}
    assert "1 rantai ujungnya tidak cocok" in chains.sentence


def test_an_administrator_sees_which_village_cannot_write_letters(
    sign_in: SignIn, two_villages: None, office: None
) -> None:
    block_ = block(sign_in("administrator", "33.07").get("/"), "Akun dan desa")

    assert block_.rows == [["Desa Kuripan, Kec. Garung, Kab. Wonosobo"]]
    assert block_.sentence.startswith("3 akun aktif.")


def test_the_head_meets_the_newest_letters(sign_in: SignIn, family: Family, acting: Acting, office: None) -> None:
    letter_id = issue(acting, family)

    (row,) = sign_in("village_head", KURIPAN).get("/").context["letters"]

    assert (row["title"], row["url"]) == ("Siti Aminah", reverse("documents:letter", args=[letter_id]))
    assert row["detail"].endswith("· 23 November 2026")


@pytest.mark.parametrize(
    ("role", "region", "most"),
    [
        ("regency_coordinator", "33.07", 22),
        ("ministry_analyst", "ID", 9),
        ("auditor", "ID", 11),
        ("administrator", "33.07", 14),
    ],
)
def test_more_villages_cost_no_more_questions(
    sign_in: SignIn, two_villages: None, django_assert_max_num_queries: Any, role: str, region: str, most: int
) -> None:
    desk = sign_in(role, region)
    desk.get("/")
    with django_assert_max_num_queries(most):
        desk.get("/")


def test_a_silent_centre_reaches_the_village_and_then_the_regency(
    sign_in: SignIn, two_villages: None, acting: Acting, now: datetime
) -> None:
    opened = {"centre_id": new_id(), "name": "Rumah Belajar Melati", "place": "Balai dusun"}
    acting("parenting.open_centre", at=now - timedelta(days=32), **opened)
    officer, coordinator = sign_in("village_officer", KURIPAN), sign_in("regency_coordinator", "33.07")

    assert "1 rumah belajar diam" in officer.get("/").content.decode()
    assert block(coordinator.get("/"), "Rumah belajar").sentence == "Semua rumah belajar masih berkegiatan."
    Centre.objects.in_village(KURIPAN).update(opened_on=now.date() - timedelta(days=37))
    assert block(coordinator.get("/"), "Rumah belajar").sentence.startswith("1 rumah belajar lama tanpa kegiatan.")


def test_a_tutor_is_one_tap_from_the_roll_of_today(
    sign_in: SignIn, two_villages: None, acting: Acting, officer: Actor, now: datetime
) -> None:
    centre, session = new_id(), new_id()
    acting("parenting.open_centre", centre_id=centre, name="Rumah Belajar Melati", place="Balai dusun")
    planned = {"session_id": session, "centre_id": centre, "at": "16:00", "minutes": 60, "kind": "homework"}
    today = {"village_code": KURIPAN, "on": "2026-11-23"}
    do(officer, "parenting.plan_session", {**planned, **today}, now=now, act_id=new_id())

    page = sign_in("tutor", KURIPAN).get("/")

    assert block(page, "Rumah belajar").links[0] == {
        "label": "Daftar hadir: Bantuan PR 16.00", "icon": "clipboard-check",
        "url": reverse("parenting:roll", args=[session]),
    }  # fmt: skip
