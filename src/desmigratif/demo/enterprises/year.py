"""A year of the demo's groups: one grows, one has a machine that stands still, one sells well, one falls asleep."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from desmigratif.demo.centre.stories import Teller
from desmigratif.enterprises.models import Group, Member
from desmigratif.shared.ids import new_id

NEEDS = ("power", "place", "skill", "supply", "buyer")


@dataclass(frozen=True, slots=True)
class Year:
    """What a group lived through. `sales` in thousands of rupiah, the last month first; the newest one is the last
    that is over. `sold_until`: so many months ago the last one was written down."""

    sales: tuple[int, ...]
    cost_percent: int
    workers: int
    before: int
    channels: tuple[str, ...]
    thing: tuple[str, str, str, int]  # name, kind of giver, giver, rupiah
    thing_is: str = "good"
    months_silent: int = 0
    visits: tuple[tuple[int, str, str], ...] = field(default=())  # days ago, finding, task


YEARS = {
    "Kelompok Sekar Krajan": Year(
        (4200, 3900, 4100, 3600, 3300, 3500, 2900, 2600, 2400, 2100, 1700, 1200), 58, 3, 700, ("market", "neighbours"),
        ("Mesin pengiris singkong", "ministry", "Kementerian Ketenagakerjaan (contoh)", 8_500_000),
        visits=(
            (190, "Rasa bagus, bungkus masih polos.", "Mencetak label dengan nomor PIRT"),
            (95, "Label sudah dipakai; minta tempat di bazar.", "Mendaftar bazar kecamatan"),
            (25, "Penjualan naik sesudah bazar.", "Menghitung harga pokok bersama"),
        ),
    ),
    "Kelompok Batik Sikapat": Year(
        (900, 1100, 800, 1400, 2600, 2400, 2700, 2200, 2000, 1800), 64, 2, 600, ("fair", "online"),
        ("Kompor batik listrik", "company", "PT Contoh Peduli", 6_000_000), thing_is="power",
        visits=(
            (120, "Kompor listrik tidak bisa menyala: daya rumah produksi 450 VA.", "Meminta pemberi menambah daya"),
            (40, "Masih memakai kompor minyak; pesanan menurun.", "Menanyakan lagi jawaban pemberi"),
        ),
    ),
    "Kelompok Kerupuk Kenanga": Year(
        (6800, 7100, 6500, 6900, 6200, 6400, 5900, 6100, 5600, 5200, 4800, 4300), 66, 4, 1500, ("reseller", "online"),
        ("Mesin pengering kerupuk", "village_budget", "Pemerintah Desa Kenanga", 15_000_000),
        visits=((60, "Pesanan dari luar kota mulai rutin.", "Mencatat stok setiap minggu"),),
    ),
    "Kelompok Tenun Nefo": Year(
        (300, 500, 700, 1100, 900), 70, 0, 400, ("neighbours",),
        ("Alat tenun", "agency", "Dinas Perindustrian (contoh)", 4_000_000), months_silent=5,
        visits=((210, "Benang habis, pembeli belum ada.", "Mencari penjual benang di Kupang"),),
    ),
}  # fmt: skip


def tell_group_years(teller: Teller) -> None:
    """The year of every group of a village."""
    for group in Group.objects.in_village(teller.plan.code).order_by("formed_on"):
        if group.name in YEARS:
            _Telling(teller, group).tell(YEARS[group.name])


class _Telling:
    """One group's year, day by day."""

    def __init__(self, teller: Teller, group: Group) -> None:
        self.teller, self.group = teller, group
        members = Member.objects.in_village(group.village_code).filter(group=group)
        self.chair = members.get(post="chair")

    def act(self, verb: str, on: date, hour: int, /, **given: Any) -> None:
        payload = {key: str(value) if hasattr(value, "hex") else value for key, value in given.items()}
        self.teller.act(f"enterprises.{verb}", on, self.teller.moment(on, hour), **payload)

    def tell(self, year: Year) -> None:
        self._given(year)
        self._sold(year)
        self._visited(year)
        self._money(year)

    def _given(self, year: Year) -> None:
        name, giver_kind, giver, rupiah = year.thing
        needs, asset, check = new_id(), new_id(), new_id()
        asked = self.group.formed_on + timedelta(days=20)
        came = asked + timedelta(days=45)
        answers = {code: None if (code, year.thing_is) == ("power", "power") else True for code in NEEDS}
        self.act("record_needs", asked, 9, needs_id=needs, group_id=self.group.id, item=name,
                 purpose="Supaya hasilnya lebih banyak dan sama bagusnya", answers=answers)  # fmt: skip
        self.act("promise_help", asked + timedelta(days=10), 10, asset_id=asset, group_id=self.group.id, needs_id=needs,
                 kind="equipment", name=name, giver_kind=giver_kind, giver=giver, value_rupiah=rupiah)  # fmt: skip
        found = {"condition": "good", "usable": True, "serial": f"SN-{rupiah // 1000}"}
        self.act("hand_help_over", came, 11, asset_id=asset, check_id=check, receiver_id=self.chair.id, **found)
        looked = self.teller.today - timedelta(days=35)
        state = {"condition": "good", "usable": year.thing_is == "good"}
        if year.thing_is != "good":
            state |= {"because": year.thing_is, "tell_giver": True, "ticket_id": str(new_id())}
        self.act("check_asset", looked, 13, asset_id=asset, check_id=new_id(), photo_id=new_id(), photo=_picture(),
                 **state)  # fmt: skip
        self.act("record_needs", looked, 14, needs_id=new_id(), group_id=self.group.id, item="Alat pres bungkus",
                 purpose="Bungkus rapat supaya tahan lama", answers={**answers, "supply": False})  # fmt: skip

    def _sold(self, year: Year) -> None:
        day = self.teller.today.replace(day=1)
        for _ in range(year.months_silent):
            day = (day - timedelta(days=1)).replace(day=1)
        told: dict[str, Any] = {"before_rupiah": year.before * 1000}
        rows = []
        for thousands in year.sales:
            day = (day - timedelta(days=1)).replace(day=1)
            rows.append((day, thousands))
        for month, thousands in reversed(rows):
            self.act(
                "record_month", min((month + timedelta(days=34)).replace(day=4), self.teller.today), 16,
                month_id=new_id(), group_id=self.group.id, month=month.isoformat(), workers=year.workers,
                sales_rupiah=thousands * 1000, cost_rupiah=thousands * 10 * year.cost_percent,
                channels=list(year.channels), **told,
            )  # fmt: skip
            told = {}

    def _visited(self, year: Year) -> None:
        open_task = ""
        for days, finding, task in year.visits:
            on, task_id = self.teller.today - timedelta(days=days), str(new_id())
            self.act("record_mentor_visit", on, 15, visit_id=new_id(), group_id=self.group.id, findings=finding,
                     tasks=[{"task_id": task_id, "text": task, "due_on": (on + timedelta(days=30)).isoformat()}],
                     done=[open_task] if open_task else [])  # fmt: skip
            open_task = task_id

    def _money(self, year: Year) -> None:
        """Who sells asks for money, tells of remittances and has the treasurer's link."""
        if year.months_silent:
            return
        on = self.teller.today - timedelta(days=6)
        self.act("make_month_link", on, 9, link_id=new_id(), group_id=self.group.id)
        self.act("record_remittance", on, 10, answer_id=new_id(), member_id=self.chair.id, received="to_three",
                 used={"enterprise": "to_one", "saving": "to_half", "education": "to_half"})  # fmt: skip
        if year.thing_is == "good":
            self.act("ask_for_capital", on, 11, need_id=new_id(), group_id=self.group.id, member_id=self.chair.id,
                     amount_rupiah=3_000_000, purpose="Bahan untuk pesanan hari raya", place="cooperative")  # fmt: skip


@cache
def _picture() -> str:
    """A drawn machine: no photo of anything real."""
    picture = Image.new("RGB", (640, 480), "#dfe8e6")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((180, 160, 460, 380), fill="#0b5c57")
    pen.ellipse((260, 210, 380, 330), fill="#f4f7f6")
    pen.rectangle((200, 380, 230, 440), fill="#333333")
    pen.rectangle((410, 380, 440, 440), fill="#333333")
    target = BytesIO()
    picture.save(target, "JPEG", quality=70)
    return base64.b64encode(target.getvalue()).decode()
