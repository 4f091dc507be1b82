"""A visit logged without a signal arrives once, whatever happens on the way."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

from desmigratif.access.models import DeskSession, User
from desmigratif.audit.models import Receipt
from desmigratif.cases.models import Visit
from desmigratif.sync.rules import outbox

KURIPAN = "33.07.10.2004"
PAGE = "/lapangan/coba/"
RULES_JS = Path(__file__).parents[2] / "frontend" / "src" / "outbox" / "rules.js"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer_user(user_with: Callable[..., User]) -> User:
    return user_with(("village_officer", KURIPAN), name="Petugas Kuripan")


@pytest.fixture
def field(page: Page, officer_user: User, sign_in: Callable[[Page, User], None]) -> Page:
    """The trial page, open and ready to be used without a signal."""
    sign_in(page, officer_user)
    page.goto(PAGE)
    expect(page.locator("[data-slot=ready]")).to_be_visible()
    return page


def log_visit(page: Page, name: str, on: str = "") -> None:
    page.get_by_label("Nama tamu").fill(name)
    page.get_by_text("Minta tawaran diperiksa", exact=True).click()
    if on:
        page.get_by_label("Tanggal").fill(on)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_label("Nama tamu")).to_have_value("")


def expect_queue(page: Page, count: int) -> None:
    expect(page.locator("[data-slot=count]")).to_have_text(str(count))


def names_on_server() -> list[str]:
    return list(Visit.objects.in_village(KURIPAN).values_list("visitor_name", flat=True))


@pytest.mark.every_database
def test_a_visit_logged_without_a_signal_arrives_exactly_once(field: Page) -> None:
    field.context.set_offline(True)
    log_visit(field, "Tukinem")
    expect_queue(field, 1)

    field.reload()
    expect_queue(field, 1)
    expect(field.get_by_text("Tukinem")).to_be_visible()
    expect(field.get_by_text("Belum terkirim", exact=True).first).to_be_visible()
    expect(field.locator("[data-slot=ready]")).to_contain_text("Aman dipakai tanpa sinyal")
    assert names_on_server() == []

    field.context.set_offline(False)
    field.evaluate("window.dispatchEvent(new Event('online'))")
    expect_queue(field, 0)
    expect(field.get_by_text("Sampai", exact=True).first).to_be_visible()
    field.reload()
    expect_queue(field, 0)
    assert names_on_server() == ["Tukinem"]
    assert Receipt.objects.count() == 1


@pytest.mark.every_database
def test_an_answer_that_is_lost_after_the_act_doubles_nothing(field: Page) -> None:
    lost: list[str] = []

    def lose_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().text())
        route.abort()

    field.context.route("**/sync/v1/push", lose_first_answer)
    log_visit(field, "Wagiyem")
    expect(field.locator("[data-slot=net-no-answer]")).to_be_visible()
    expect_queue(field, 1)
    assert names_on_server() == ["Wagiyem"]

    field.evaluate("window.dispatchEvent(new Event('online'))")
    expect_queue(field, 0)
    assert json.loads(lost[0])["receipts"][0]["outcome"] == "done"
    assert names_on_server() == ["Wagiyem"]
    assert Receipt.objects.count() == 1


def test_a_refused_visit_says_why_and_can_be_put_right(field: Page) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=2)).isoformat()
    log_visit(field, "Parjo", on=tomorrow)

    refused = field.get_by_role("alert")
    expect(refused).to_contain_text("Tanggal kunjungan tidak boleh sesudah hari ini.")
    expect_queue(field, 1)
    refused.get_by_role("button", name="Perbaiki").click()
    expect(field.get_by_label("Nama tamu")).to_have_value("Parjo")
    field.get_by_label("Tanggal").fill(timezone.localdate().isoformat())
    field.get_by_role("button", name="Simpan").click()

    expect_queue(field, 0)
    expect(field.get_by_role("alert")).to_have_count(0)
    assert names_on_server() == ["Parjo"]


def test_a_refused_visit_is_thrown_away_only_by_a_second_tap(field: Page) -> None:
    log_visit(field, "Salah tulis", on="2999-01-01")
    field.get_by_role("button", name="Buang").click()
    expect_queue(field, 1)

    field.get_by_role("button", name="Ya, buang catatan ini").click()

    expect_queue(field, 0)
    assert names_on_server() == []


def test_a_signed_out_phone_keeps_its_work_until_the_next_sign_in(
    field: Page, officer_user: User, sign_in: Callable[[Page, User], None]
) -> None:
    DeskSession.objects.all().delete()
    log_visit(field, "Sutinah")
    expect(field.locator("[data-slot=net-signed-out]")).to_be_visible()
    expect_queue(field, 1)

    sign_in(field, officer_user)
    field.evaluate("window.dispatchEvent(new Event('online'))")

    expect_queue(field, 0)
    assert names_on_server() == ["Sutinah"]


def test_work_on_a_shared_phone_never_arrives_under_another_name(
    field: Page, officer_user: User, user_with: Callable[..., User], sign_in: Callable[[Page, User], None]
) -> None:
    field.context.set_offline(True)
    log_visit(field, "Milik petugas pertama")
    colleague = user_with(("village_officer", KURIPAN), name="Petugas kedua")
    sign_in(field, colleague)
    field.context.set_offline(False)

    field.evaluate("window.dispatchEvent(new Event('online'))")
    expect(field.locator("[data-slot=net-signed-out]")).to_be_visible()
    field.reload()
    expect_queue(field, 0)
    log_visit(field, "Milik petugas kedua")
    expect_queue(field, 0)
    assert names_on_server() == ["Milik petugas kedua"]

    sign_in(field, officer_user)
    field.reload()
    expect(field.get_by_text("Milik petugas pertama")).to_be_visible()
    expect_queue(field, 0)
    owners = {str(row.result["id"]): row.actor_id for row in Receipt.objects.all()}
    first = Visit.objects.in_village(KURIPAN).get(visitor_name="Milik petugas pertama")
    assert owners[str(first.id)] == str(officer_user.id)


def test_a_restored_server_gets_back_what_it_forgot(field: Page, settings: Any) -> None:
    log_visit(field, "Sebelum dipulihkan")
    expect_queue(field, 0)
    expect(field.locator("[data-slot=kept]")).to_have_text("1")

    Visit.objects.in_village(KURIPAN).update(visitor_name="dari cadangan lama")  # the restored server differs
    (settings.DATA_DIR / "epoch").write_text("f" * 32, "ascii")
    field.evaluate("window.dispatchEvent(new Event('online'))")

    expect(field.get_by_text("dari cadangan lama")).to_be_visible()
    expect_queue(field, 0)
    assert Receipt.objects.count() == 1
    (settings.DATA_DIR / "epoch").unlink()


def test_signing_out_leaves_nothing_on_the_device(field: Page) -> None:
    log_visit(field, "Tidak tertinggal")
    expect_queue(field, 0)

    sign_out(field)

    left = field.evaluate("async () => [(await indexedDB.databases()).length, (await caches.keys()).length]")
    assert left == [0, 0]


def test_signing_out_with_unsent_work_asks_first(field: Page) -> None:
    field.context.route("**/sync/v1/push", lambda route: route.abort())
    log_visit(field, "Belum sampai")
    expect_queue(field, 1)

    field.get_by_text("Menu", exact=True).click()
    field.get_by_role("button", name="Keluar").click()
    expect(field.get_by_text("Masih ada catatan yang belum sampai di server")).to_be_visible()
    expect_queue(field, 1)

    field.get_by_role("button", name="Tetap keluar dan buang").click()
    field.wait_for_url(lambda url: PAGE not in url)
    assert field.evaluate("async () => (await indexedDB.databases()).length") == 0


def sign_out(page: Page) -> None:
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url(lambda url: PAGE not in url)


def test_the_rules_in_the_browser_are_the_rules_in_python(browser: Browser) -> None:
    rng = random.Random(1)
    receipts = [
        {"outcome": "done", "mark": 5, "reasons": []},
        {"outcome": "refused", "mark": None, "reasons": [{"code": "x", "text": "Belum."}]},
        {"outcome": "needs_review", "mark": 7, "reasons": [{"code": "y", "text": "Dicek."}]},
        {"outcome": "toString"},
        {"outcome": "soon"},
    ]
    steps = [
        {"op": rng.choice(("receipt", "receipt", "again", "mend", "seen", "decide")), "receipt": rng.choice(receipts),
         "late": rng.random() < 0.2, "payload": {"n": n}, "safe": rng.randint(3, 8)}
        for n in range(2000)
    ]  # fmt: skip
    page = browser.new_page()
    page.goto("about:blank")

    in_browser = page.evaluate(
        PLAY_JS, {"rules": "data:text/javascript," + quote(RULES_JS.read_text("utf-8")), "steps": steps}
    )

    page.close()
    assert in_browser == play_in_python(steps)
    assert {row["state"] for row in in_browser} == {state.value for state in outbox.State}


PLAY_JS = """async ({ rules, steps }) => {
  const r = await import(rules);
  const fresh = { id: "a", action: "x", payload: {}, state: "waiting", turn: 0, mark: null, reasons: [] };
  let item = { ...fresh, asks: true, undecided: false, decision: null };
  return steps.map((step) => {
    if (step.op === "receipt") item = r.withReceipt(item, item.turn - (step.late ? 1 : 0), step.receipt);
    if (step.op === "again") item = r.offeredAgain(item);
    if (step.op === "mend") item = r.mended(item, step.payload);
    if (step.op === "seen") item = r.seen(item);
    if (step.op === "decide") item = r.withDecision(item, step.payload);
    const asked = r.toAskAbout([item]).length;
    const [safe, discard, sent] = [r.isSafe(item, step.safe), r.mayDiscard(item), r.toSend([item]).length];
    return { ...item, asked, safe, discard, sent };
  });
}"""


def play_in_python(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    item = outbox.Item("a", "x", {}, asks=True)
    rows = []
    for step in steps:
        if step["op"] == "receipt":
            item = outbox.with_receipt(item, item.turn - (1 if step["late"] else 0), step["receipt"])
        elif step["op"] == "again":
            item = outbox.offered_again(item)
        elif step["op"] == "mend":
            item = outbox.mended(item, step["payload"])
        elif step["op"] == "decide":
            item = outbox.with_decision(item, step["payload"])
        else:
            item = outbox.seen(item)
        rows.append(
            {
                **asdict(item),
                "state": item.state.value,
                "reasons": list(item.reasons),
                "asked": len(outbox.to_ask_about([item])),
                "safe": outbox.is_safe(item, step["safe"]),
                "discard": outbox.may_discard(item),
                "sent": len(outbox.to_send([item])),
            }
        )
    return rows
