"""Complaints of a made-up village: one that goes on, one that nobody looked at yet, one that waits for the reporter's
word, and one that the village itself does not see."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from desmigratif.access.door import do
from desmigratif.cases.models import Case, CaseState
from desmigratif.demo.centre.stories import Teller
from desmigratif.shared.ids import new_id


def tell_complaints(teller: Teller) -> None:
    """After the stories: whom they are about stands in them."""
    abroad = Case.objects.in_village(teller.plan.code).filter(state__in=[CaseState.WORKING, CaseState.DEPARTED])
    workers = [str(one) for one in abroad.order_by("opened_on", "id").values_list("id", flat=True)[:2]]
    _unpaid(teller, workers[0] if workers else None)
    _overcharged(teller)
    _not_heard_of(teller, workers[-1] if workers else None)
    _hidden(teller)


def _take_in(teller: Teller, days_ago: int, **said: Any) -> tuple[UUID, date]:
    on, complaint_id = teller.today - timedelta(days=days_ago), new_id()
    usual: dict[str, Any] = {"complaint_id": str(complaint_id), "channel": "desk"}
    teller.act("cases.record_complaint", on, teller.moment(on, 9), **{**usual, **said})
    return complaint_id, on


def _step(teller: Teller, name: str, complaint_id: UUID, at: datetime, **more: Any) -> None:
    given = {"complaint_id": str(complaint_id), "village_code": teller.plan.code, **more}
    do(teller.officer, f"cases.{name}", given, now=at, act_id=new_id(), via="demo")


def _unpaid(teller: Teller, case_id: str | None) -> None:
    told, on = _take_in(
        teller, 12, kind="UNPAID_WAGE", case_id=case_id, may_refer=True, wish="Upahnya dibayar, tetap bekerja.",
        story="Sejak tiga bulan upahnya tidak dikirim. Majikan bilang nanti saja.",
        about={"employer": "Perkebunan Contoh Jaya", "country": "MYS"},
        reporter={"relation": "spouse", "callback": "Datang ke rumah sore hari", "birth_date": "1992-01-03"},
    )  # fmt: skip
    day = on + timedelta(days=1)
    _step(teller, "triage_complaint", told, teller.moment(on, 11), kind="UNPAID_WAGE", emergency=False)
    _step(
        teller, "record_complaint_money", told, teller.moment(on, 12), on=on.isoformat(), item="wage",
        claimed_rupiah=9_600_000,
    )  # fmt: skip
    _step(teller, "verify_complaint", told, teller.moment(day, 10), found="Slip gaji ada sampai Agustus.", here=True)


def _overcharged(teller: Teller) -> None:
    told, on = _take_in(
        teller, 26, kind="OVERCHARGE", channel="letter", story="Diminta membayar lagi sebelum berangkat.",
        about={"name": "Tetangga dari dusun sebelah", "agency": "PT Contoh Karya"}, reporter={"relation": "parent"},
    )  # fmt: skip
    later = on + timedelta(days=14)
    _step(teller, "triage_complaint", told, teller.moment(on, 13), kind="OVERCHARGE", emergency=False)
    _step(teller, "verify_complaint", told, teller.moment(on, 15), found="Kuitansinya ada.", here=True)
    _step(
        teller, "record_complaint_money", told, teller.moment(later, 9), on=later.isoformat(), item="fee",
        claimed_rupiah=4_000_000, recovered_rupiah=4_000_000,
    )  # fmt: skip
    _step(teller, "resolve_complaint", told, teller.moment(later, 10), outcome="money_back", note="Sudah ditransfer.")


def _not_heard_of(teller: Teller, case_id: str | None) -> None:
    _take_in(
        teller, 1, kind="LOST_CONTACT", channel="phone", case_id=case_id, emergency=True,
        story="Sudah sebulan tidak bisa dihubungi, HP-nya mati.", reporter={"relation": "parent"},
    )  # fmt: skip


def _hidden(teller: Teller) -> None:
    _take_in(
        teller, 3, kind="VIOLENCE", story="Contoh pengaduan yang tidak terlihat di desa.",
        reporter={"relation": "friend", "callback": "Lewat kakaknya saja"},
    )  # fmt: skip
