"""Monthly reports of the demo: a year of Kuripan's, one corrected, the last one returned; others are late."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor, operator
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.demo.world import GARUNG, KURIPAN
from desmigratif.indicators.rules.periods import Month
from desmigratif.regions.queries import today_in
from desmigratif.reports import tasks
from desmigratif.reports.rules.monthly import due_on, inbox_on
from desmigratif.reports.rules.table import last_period
from desmigratif.shared.ids import new_id

MONTHS = 12
WORDS = (
    ("Sinyal di dusun atas sering putus, catatan kertas baru masuk pekan berikutnya.",
     "Petugas membawa ponsel lapangan dan menyamakannya di balai desa setiap Jumat."),
    ("Dua keluarga belum tahu nomor kontrak pekerjanya.", "Ditanyakan lagi saat telepon bersama hari Minggu."),
    ("", "Penyuluhan berikutnya di RT 3 bersama posyandu."),
)  # fmt: skip
REMARK = "Kelengkapan dokumen belum dijelaskan: tulis mengapa dua keberangkatan tanpa jaminan sosial."


def tell_reports(now: datetime) -> None:
    """After everything else of the demo has been told and added up: a report is made of figures."""
    officer, head, coordinator = (
        _actor(name, now) for name in ("petugas.kuripan", "kades.kuripan", "koordinator.wonosobo")
    )
    month = Month.of(today_in(KURIPAN.code, now)).previous()
    months = [month]
    while len(months) < MONTHS:
        months.insert(0, months[0].previous())
    for number, one in enumerate(months):
        last, corrected = one == month, one == months[-2]
        id = _sent(officer, head, one, number, late=number % 5 == 4)
        if last or corrected:
            _act(coordinator, _day(one, 4), "return_report", report_id=id, remark_id=new_id(), text=REMARK)
        if corrected:
            id = _sent(officer, head, one, number, late=True)
        if not last:
            _act(coordinator, _day(one, 8), "accept_report", report_id=id)
    for one in months[-2:]:
        _act(operator("demo"), _day(one, 1), "owe_report", GARUNG.code, **_named(one))
    tasks.owe_reports(now)
    _inbox(coordinator, now)


def _actor(username: str, now: datetime) -> Actor:
    """Somebody with an account, in the role they have today; in the demo they always had it."""
    user = User.objects.get(username=username)
    return actor_for(user, today=now.date())


def _named(month: Month) -> dict[str, Any]:
    return {"year": month.year, "month": month.month}


def _day(month: Month, days: int) -> datetime:
    """So many days after the day on which its report is due, at nine in Java."""
    day = due_on(month.year, month.month) + timedelta(days=days)
    return datetime.combine(day, time(2), tzinfo=UTC)


def _sent(officer: Actor, head: Actor, month: Month, number: int, *, late: bool) -> UUID:
    id, obstacles_and_plan = new_id(), WORDS[number % len(WORDS)]
    words = dict(zip(("obstacles", "follow_up"), obstacles_and_plan, strict=True))
    day = _day(month, 5 if late else -1)
    _act(officer, day, "write_report", report_id=id, **_named(month), **words)
    _act(officer, day, "sign_report", report_id=id)
    _act(head, day + timedelta(hours=3), "send_report", report_id=id, paper_id=new_id())
    return id


def _inbox(coordinator: Actor, now: datetime) -> None:
    """The coordinator asked for every quarter of the regency before the last one came."""
    last = last_period("Q", now.date()).last.last
    asked = datetime.combine(last - timedelta(days=20), time(2), tzinfo=UTC)
    given = {"subscription_id": new_id(), "region_code": "33.07", "every": "Q"}
    do(coordinator, "reports.subscribe", given, now=asked, act_id=new_id(), via="demo")
    tasks.fill_inboxes(min(now, datetime.combine(inbox_on(last), time(2), tzinfo=UTC)))


def _act(by: Actor, at: datetime, name: str, village_code: str = KURIPAN.code, **given: Any) -> None:
    do(by, f"reports.{name}", {"village_code": village_code, **given}, now=at, act_id=new_id(), via="demo")
