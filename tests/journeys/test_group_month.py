"""A group's month: its treasurer writes it from her telephone, the mentor visits, and a broken machine is reported."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, Request, expect

from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.enterprises.models import FaultTicket, GroupMonth, Member, Photo, VisitTask
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id
from journeys.helping import answer, turn_page

KURIPAN = "33.07.10.2004"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Group:
    """A group of two since three months, with a machine that came."""

    def __init__(self, user_with: Callable[..., User]) -> None:
        self.mentor = user_with(("enterprise_mentor", KURIPAN), name="Ratih Lestari")
        self.officer = user_with(("village_officer", KURIPAN))
        self.now = timezone.now()
        self.today = today_in(KURIPAN, self.now)
        self.id, self.asset, chair = new_id(), new_id(), new_id()
        people = [new_id(), new_id()]
        names = ("Siti Aminah", "Wati Rahayu")
        rows = [
            {"resident_id": id, "person_id": new_id(), "name": name} for id, name in zip(people, names, strict=True)
        ]
        self._do(self.officer, "people.register_household", household_id=new_id(), members=rows)
        began = self.today - timedelta(days=95)
        seats = [{"member_id": id, "resident_id": who, "post": post}
                 for id, who, post in ((chair, people[0], "chair"), (new_id(), people[1], "treasurer"))]  # fmt: skip
        about = {"group_id": self.id}
        self._do(self.mentor, "enterprises.form_group", name="Kelompok Melati", trade="food", members=seats,
                 on=began, **about)  # fmt: skip
        needs = {"needs_id": new_id()}
        self._do(
            self.mentor, "enterprises.record_needs", item="Mesin", purpose="Mengiris", answers={}, **needs, **about
        )
        given = {"kind": "equipment", "name": "Mesin pengiris", "giver_kind": "company", "giver": "PT Contoh"}
        thing = {"asset_id": self.asset}
        self._do(self.mentor, "enterprises.promise_help", value_rupiah=5_000_000, **given, **needs, **thing, **about)
        self._do(self.mentor, "enterprises.hand_help_over", check_id=new_id(), receiver_id=chair, condition="good",
                 usable=True, **thing)  # fmt: skip
        assert Member.objects.in_village(KURIPAN).count() == 2

    def _do(self, user: User, name: str, /, **given: Any) -> None:
        payload = {"village_code": KURIPAN, "on": self.today, **given}
        do(actor_for(user, today=self.today), name, payload, now=self.now, act_id=new_id())


def photo() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(target, "JPEG")
    return target.getvalue()


def treasurer_writes(hers: Page, path: str, record_property: Callable[[str, Any], None]) -> None:
    """From her own telephone, without an account; a slip first."""
    requests: list[Request] = []
    hers.on("requestfinished", lambda one: requests.append(one))
    hers.goto(path)
    for name, value in (("sales_rupiah", "-10.000.000"), ("cost_rupiah", "1.800.000"), ("channels", "market")):
        answer(hers, name, value)
    turn_page(hers, hers.get_by_role("button", name="Simpan"))
    expect(hers.get_by_text("Penjualan tidak bisa kurang dari nol. Belum ada? Tulis 0.").first).to_be_visible()
    requests.clear()
    hers.goto(path)
    said = {"sales_rupiah": "3.000.000", "cost_rupiah": "1.800.000", "workers": "2", "channels": "market"}
    for name, value in said.items():
        answer(hers, name, value)
    turn_page(hers, hers.get_by_role("button", name="Simpan"))
    expect(hers.get_by_text("sudah tersimpan")).to_be_visible()
    expect(hers.get_by_text("Rp1.200.000").first).to_be_visible()
    expect(hers.get_by_text("Siti")).to_have_count(0)
    taps = len(said) + 1
    record_property("taps of a group's month", taps)
    record_property("bytes of a group's month", sum(one.sizes()["responseBodySize"] for one in requests))
    assert taps <= 5


def mentor_visits(page: Page, group: Group) -> None:
    page.goto(f"/usaha/kelompok/{group.id}/pendampingan/")
    expect(page.get_by_text("Berjalan").first).to_be_visible()
    answer(page, "findings", "Label belum ada.")
    answer(page, "task_1", "Membuat label")
    turn_page(page, page.get_by_role("button", name="Simpan kunjungan"))
    expect(page.get_by_text("Membuat label").first).to_be_visible()


def machine_stands_still(page: Page, group: Group) -> None:
    """A photo, and its giver is told and answers."""
    page.goto(f"/usaha/bantuan/{group.asset}/tengok/")
    for name, value in (("condition", "broken"), ("usable", "tidak"), ("because", "broken")):
        answer(page, name, value)
    page.get_by_text("Laporkan ke pemberi").click()
    page.get_by_label("Foto barangnya").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    turn_page(page, page.get_by_role("button", name="Simpan"))
    expect(page.get_by_text("Belum bisa dipakai: rusak").first).to_be_visible()
    turn_page(page, page.get_by_role("link", name="Dilaporkan"))
    answer(page, "answer", "repair")
    turn_page(page, page.get_by_role("button", name="Simpan jawaban"))
    expect(page.get_by_text("Akan diperbaiki, paling lambat").first).to_be_visible()


def test_a_month_a_visit_and_a_broken_machine(
    page: Page, new_context: Callable[..., Any], user_with: Callable[..., User], sign_in: Callable[[Page, User], None],
    record_property: Callable[[str, Any], None],
) -> None:  # fmt: skip
    group = Group(user_with)
    sign_in(page, group.mentor)
    page.goto(f"/usaha/kelompok/{group.id}/uang/tautan/")
    turn_page(page, page.get_by_role("button", name="Buat tautan"))
    address = page.locator("b.wrap").inner_text()

    treasurer_writes(new_context("phone").new_page(), address[address.index("/bulan/") :], record_property)
    mentor_visits(page, group)
    machine_stands_still(page, group)

    row = GroupMonth.objects.in_village(KURIPAN).get()
    assert (row.way, row.workers, row.channels) == ("link", 2, ["market"])
    assert VisitTask.objects.in_village(KURIPAN).get().done_on is None
    assert FaultTicket.objects.in_village(KURIPAN).get().answer == "repair"
    assert Photo.objects.in_village(KURIPAN).count() == 1
