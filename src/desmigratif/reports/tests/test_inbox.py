"""Reports come by themselves to who asked, on their day, once, with the eyes of who asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.models import Grant, User
from desmigratif.access.queries import actor_for
from desmigratif.access.testing import signed_in_browser
from desmigratif.reports import tasks
from desmigratif.reports.models import InboxFile, Subscription
from desmigratif.reports.rules.table import table_from
from desmigratif.reports.tests.conftest import WONOSOBO
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal

pytestmark = pytest.mark.django_db
ON_THE_DAY = datetime(2026, 12, 14, 3, tzinfo=UTC)


@pytest.fixture
def analyst(october: None, now: datetime) -> User:
    return user("analis", "ministry_analyst", "ID", now)


def user(name: str, role: str, region: str, now: datetime) -> User:
    made = User.objects.create(id=new_id(), username=name, name=name.title())
    Grant.objects.create(
        id=new_id(), user=made, role=role, region_code=region, valid_from=now.date() - timedelta(days=9)
    )
    return made


def asked(by: Actor, now: datetime, **given: Any) -> UUID:
    id = new_id()
    payload = {"subscription_id": id, "region_code": WONOSOBO, "every": "M", **given}
    do(by, "reports.subscribe", payload, now=now, act_id=new_id())
    return id


def test_a_file_comes_on_its_day_and_not_before_or_twice(analyst: User, now: datetime) -> None:
    asked(actor_for(analyst, today=now.date()), now)

    assert [tasks.fill_inboxes(moment) for moment in (now, ON_THE_DAY - timedelta(days=3), ON_THE_DAY)] == [0, 0, 1]
    assert tasks.fill_inboxes(ON_THE_DAY + timedelta(days=1)) == 0
    made = InboxFile.objects.get()
    assert (made.period, table_from(made.figures).region_code) == ("2026-11", WONOSOBO)


def test_who_lost_the_region_gets_nothing_more_and_cannot_open_what_came(analyst: User, now: datetime) -> None:
    asked(actor_for(analyst, today=now.date()), now)
    tasks.fill_inboxes(ON_THE_DAY)
    Grant.objects.filter(user=analyst).update(region_code="53")

    assert tasks.fill_inboxes(ON_THE_DAY + timedelta(days=31)) == 0
    browser = signed_in_browser(analyst)
    assert browser.get(f"/laporan/kotak/?berkas={InboxFile.objects.get().id}&bentuk=csv").status_code == 404


def test_the_page_asks_lists_gives_the_file_and_stops(analyst: User, now: datetime) -> None:
    browser = signed_in_browser(analyst)
    page = browser.get(f"/laporan/kotak/?wilayah={WONOSOBO}")
    form = page.context["form"]
    sent = {"act_id": form["act_id"].value(), "record_id": form["record_id"].value(), "every": "Q"}
    assert browser.post(f"/laporan/kotak/?wilayah={WONOSOBO}", sent).status_code == 302
    assert "Setiap triwulan" in browser.get("/laporan/kotak/").content.decode()
    _file_comes(browser, now)
    standing = Subscription.objects.get()
    browser.post("/laporan/kotak/", {"act_id": new_id(), "subscription_id": standing.id})
    standing.refresh_from_db()
    assert standing.ended_on is not None


def _file_comes(browser: Client, now: datetime) -> None:
    assert tasks.fill_inboxes(datetime(2027, 1, 20, 3, tzinfo=UTC)) == 1
    made = InboxFile.objects.get()
    answer = browser.get(f"/laporan/kotak/?berkas={made.id}&bentuk=csv")
    assert answer.status_code == 200 and answer.content.startswith(b"kode_wilayah,")
    assert "triwulan IV 2026" in browser.get("/laporan/kotak/").content.decode()


def test_the_same_wish_twice_is_told(analyst: User, now: datetime) -> None:
    by = actor_for(analyst, today=now.date())
    asked(by, now)

    with pytest.raises(Refusal) as refusal:
        asked(by, now)
    assert refusal.value.reasons[0].code == "subscribed_already"


def test_a_stranger_has_no_part_in_it(analyst: User, stranger: Actor, now: datetime) -> None:
    id = asked(actor_for(analyst, today=now.date()), now)
    given: dict[str, dict[str, Any]] = {
        "reports.subscribe": {"subscription_id": new_id(), "region_code": WONOSOBO, "every": "M"},
        "reports.unsubscribe": {"subscription_id": id},
        "reports.fill_inbox": {"subscription_id": id, "file_id": new_id(), "period": "2026-10"},
    }
    for name, payload in given.items():
        with pytest.raises(Refusal) as refusal:
            do(stranger, name, payload, now=now, act_id=new_id())
        assert refusal.value.reasons[0].code == NotFoundOrNotYours.code
    assert Subscription.objects.get().ended_on is None and not InboxFile.objects.exists()
