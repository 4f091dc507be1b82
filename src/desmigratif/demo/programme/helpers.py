"""Bodies that help the demo's villages: pledges kept and open, tasks in time and late, minutes, money. All made up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.demo.programme.villages import PEERS
from desmigratif.demo.world import CAMPLONG, GARUNG, KENANGA, KURIPAN
from desmigratif.regions.queries import today_in
from desmigratif.shared.ids import new_id

BODIES = {  # name -> kind, region
    "Kementerian Contoh Usaha Kecil": ("ministry", "ID"),
    "Dinas Contoh Pemberdayaan Wonosobo": ("regency", "33.07"),
    "PT Contoh Kopi Dieng": ("company", "33.07"),
    "Yayasan Contoh Anak Rantau": ("ngo", "33"),
    "Dinas Contoh Tenaga Kerja Indramayu": ("regency", "32.12"),
    "Universitas Contoh Kupang": ("university", "53"),
}
SIGNS_IN = ("mitra.kopi", "PT Contoh Kopi Dieng")
# body, village, pillar, what, rupiah, days ago, what the village answered ("" none; "said": only the giver spoke)
PLEDGES = (
    ("PT Contoh Kopi Dieng", KURIPAN, "enterprise", "Dua mesin sangrai kopi", 24_000_000, 200, "received"),
    ("PT Contoh Kopi Dieng", KURIPAN, "cooperative", "Pelatihan pembukuan tiga hari", None, 60, "said"),
    ("PT Contoh Kopi Dieng", GARUNG, "enterprise", "Bibit kopi 500 batang", 5_000_000, 40, ""),
    ("Yayasan Contoh Anak Rantau", KURIPAN, "parenting", "Buku bacaan 300 judul", None, 150, "partly"),
    ("Dinas Contoh Pemberdayaan Wonosobo", KURIPAN, "service_centre", "Komputer dan printer", 12_000_000, 260,
     "received"),
    ("Kementerian Contoh Usaha Kecil", KENANGA, "enterprise", "Pelatihan kemasan kerupuk", None, 120, "received"),
    ("Dinas Contoh Tenaga Kerja Indramayu", KENANGA, "service_centre", "Papan informasi migrasi", 2_500_000, 90, ""),
    ("Universitas Contoh Kupang", CAMPLONG, "parenting", "Pendamping belajar dua semester", None, 100, "received"),
)  # fmt: skip
MONEY = {  # village -> source -> allotted, spent
    KURIPAN.code: {"apbn": (60_000_000, 52_000_000), "apbdes": (25_000_000, 21_500_000), "company": (24_000_000,) * 2},
    KENANGA.code: {"apbn": (60_000_000, 44_000_000), "apbdes": (30_000_000, 30_000_000)},
    CAMPLONG.code: {"apbn": (60_000_000, 18_000_000), "apbdes": (8_000_000, 3_000_000)},
    GARUNG.code: {"apbd_regency": (15_000_000, 9_000_000), "apbdes": (10_000_000, 11_250_000)},
}


def tell_helpers(by: Actor, now: datetime) -> None:
    """Everything, village by village."""
    bodies = {name: _add(by, now, name, kind, region) for name, (kind, region) in BODIES.items()}
    _seat(by, now, bodies[SIGNS_IN[1]])
    for name, plan, pillar, what, rupiah, days, answer in PLEDGES:
        today = today_in(plan.code, now)
        pledge = {"village_code": plan.code, "pledge_id": new_id()}
        on = today - timedelta(days=days)
        given = {"partner_id": bodies[name], "pillar": pillar, "year": on.year, "what": what, "amount_rupiah": rupiah}
        _act(by, now, "record_pledge", {**pledge, **given, "on": on})
        _answer(by, now, pledge, answer, on + timedelta(days=days // 2))
    _together(by, now, bodies)
    for code, lines in {**MONEY, **money_of_peers()}.items():
        tell_money(by, now, code, lines)


def money_of_peers() -> dict[str, dict[str, tuple[int, int]]]:
    """Of the villages of which only steps and money are known."""
    return {code: {"apbn": (40_000_000, 400_000 * spent)} for code, _on, _steps, spent in PEERS}


def _answer(by: Actor, now: datetime, pledge: dict[str, Any], answer: str, on: date) -> None:
    """The giver speaks first, then the village."""
    if not answer:
        return
    _act(by, now, "say_delivered", {**pledge, "on": on})
    if answer != "said":
        village = person(new_id(), "kepala desa", ("village_head", pledge["village_code"]))
        remark = "Baru separuhnya yang datang" if answer == "partly" else ""
        said = {**pledge, "outcome": answer, "remark": remark, "on": on + timedelta(days=3)}
        do(village, "programme.answer_pledge", said, now=now, act_id=new_id(), via="demo")


def _add(by: Actor, now: datetime, name: str, kind: str, region: str) -> UUID:
    id = new_id()
    _act(by, now, "add_partner", {"partner_id": id, "region_code": region, "kind": kind, "name": name})
    return id


def _seat(by: Actor, now: datetime, body: UUID) -> None:
    user = User.objects.get(username=SIGNS_IN[0])
    on = today_in("33.07", now) - timedelta(days=60)
    _act(by, now, "seat_partner", {"partner_id": body, "seat_id": new_id(), "user_id": user.id, "on": on})


def _together(by: Actor, now: datetime, bodies: dict[str, UUID]) -> None:
    """A meeting in each village, a review of the year, and what came of them: one late, one done, one running."""
    coffee = {"owner": "partner", "partner_id": bodies["PT Contoh Kopi Dieng"]}
    for plan in (KURIPAN, KENANGA, CAMPLONG, GARUNG):
        today = today_in(plan.code, now)
        village = {"village_code": plan.code}
        met = {
            "present": "Kepala desa, petugas, PKK",
            "said": "Membagi tugas sampai akhir tahun.",
        }
        _act(by, now, "record_minutes", {
            **village, **met, "minutes_id": new_id(), "kind": "meeting", "on": today - timedelta(days=30),
        })  # fmt: skip
        _task(by, now, village, "Siapkan ruang layanan yang bisa ditutup", {"owner": "village"}, today, (45, 10, 30))
        _task(by, now, village, "Pasang nomor aduan di balai dusun", {"owner": "village"}, today, (12, 20, None))
    today = today_in(KURIPAN.code, now)
    kuripan = {"village_code": KURIPAN.code}
    review = {
        "kind": "review",
        "present": "Dinas kabupaten",
        "said": "Koperasi perlu pendamping.",
    }
    _act(by, now, "record_minutes", {**kuripan, **review, "minutes_id": new_id(), "on": today - timedelta(days=15)})
    _task(by, now, kuripan, "Kirim jadwal pelatihan pembukuan", coffee, today, (25, 5, None))
    _task(by, now, kuripan, "Cari pendamping koperasi", {"owner": "regency"}, today, (14, 15, None))


def _task(
    by: Actor, now: datetime, village: dict[str, str], what: str, owner: dict[str, Any], today: date,
    days: tuple[int, int, int | None],
) -> None:  # fmt: skip
    """`days`: asked so many days ago, due after so many working days, done so many days ago."""
    asked, due, done = days
    task = {**village, "task_id": new_id()}
    _act(by, now, "share_task", {**task, **owner, "what": what, "days": due, "on": today - timedelta(days=asked)})
    if done is not None:
        _act(by, now, "finish_task", {**task, "result": "Sudah dikerjakan", "on": today - timedelta(days=done)})


def tell_money(by: Actor, now: datetime, code: str, lines: dict[str, tuple[int, int]]) -> None:
    today = today_in(code, now)
    for source, (allotted, spent) in lines.items():
        remark = "Kekurangannya dari perubahan anggaran" if spent > allotted else ""
        for year, used in ((today.year - 1, allotted), (today.year, spent)):
            on = min(today, date(year, 12, 31))
            given = {"year": year, "source": source, "allotted_rupiah": allotted, "spent_rupiah": used, "on": on}
            _act(by, now, "set_budget", {
                "village_code": code, "line_id": new_id(), **given, "remark": remark if used > allotted else "",
            })  # fmt: skip


def _act(by: Actor, now: datetime, name: str, given: dict[str, Any]) -> None:
    do(by, f"programme.{name}", given, now=now, act_id=new_id(), via="demo")
