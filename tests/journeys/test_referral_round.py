"""From somebody found abroad and not paid to a closed referral: the village and a body without an account."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.utils import timezone
from playwright.sync_api import Page, expect

from desmigratif.access.actor import operator, person
from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.audit.verify import verify_chains
from desmigratif.cases.models import Complaint, Referral
from desmigratif.placement.loading import ListFile, load_file
from desmigratif.shared.ids import new_id
from journeys.helping import answer, tap, turn_page

KURIPAN, MOST_SUBMITS = "33.07.10.2004", 9
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODIES = b"jenis lembaga;kode wilayah;nama lembaga;alamat\nBP3MI;33;BP3MI Contoh;Jalan Contoh 1\n"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WRONG = """async rules => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`);
}"""


@pytest.fixture
def tini(live_server: Any, settings: Any) -> str:
    """A woman of Kuripan whom the register calls gone, and the bodies of the province."""
    settings.PUBLIC_URL = live_server.url
    resident = new_id()
    member = {
        "resident_id": resident, "person_id": new_id(), "name": "Tini Contoh", "sex": "F", "relation": "head",
        "birth_date": date(1990, 3, 5),
    }  # fmt: skip
    given = {"village_code": KURIPAN, "on": date(2026, 1, 5), "household_id": new_id(), "members": [member]}
    officer = person(new_id(), "Petugas", ("village_officer", KURIPAN))
    do(officer, "people.register_household", given, now=timezone.now(), act_id=new_id())
    file = ListFile("bodies", BODIES, "lembaga.csv", "ID", date(2026, 1, 5), "Daftar contoh")
    assert load_file(file, by=operator(), now=timezone.now(), commit=True).load is not None
    return str(resident)


class Submits:
    """Sends forms and counts them, on both sides together."""

    def __init__(self) -> None:
        self.count = 0

    def send(self, page: Page, answers: Mapping[str, str]) -> None:
        for path, value in answers.items():
            answer(page, path, value)
        self.count += 1
        turn_page(page, page.locator("main form").last.locator("button.btn-main"))


def deed(page: Page, name: str) -> None:
    complaint = Complaint.objects.in_village(KURIPAN).get()
    page.goto(f"/pelayanan/pengaduan/{complaint.id}/")
    tap(page, page.get_by_role("link", name=name, exact=True))


def test_found_abroad_and_not_paid_to_a_closed_referral(
    new_context: Callable[..., Any], user_with: Callable[..., User], sign_in: Callable[[Page, User], None], tini: str
) -> None:
    village, body = new_context("desk").new_page(), new_context("phone").new_page()
    sign_in(village, user_with(("village_officer", KURIPAN), name="Wulan Setyowati"))
    sent = Submits()
    village.goto(f"/pelayanan/rencana/di-luar-negeri/?warga={tini}")
    sent.send(village, {"country": "MYS", "job": "plantation_worker"})
    expect(village).to_have_url(re.compile(r"/rencana/[0-9a-f-]+/$"))
    village.goto(f"/pelayanan/pengaduan/baru/?warga={tini}")
    sent.send(village, {"story": "Enam bulan tidak digaji.", "kind": "UNPAID_WAGE", "may_refer": "ya"})
    deed(village, "Pilah sekarang")
    sent.send(village, {"emergency": "tidak"})
    deed(village, "Rujuk ke lembaga")
    sent.send(village, {"why": "Mohon ditagih ke majikan.", "basis": "consent"})
    expect(village.locator("main")).to_contain_text("Dirujuk ke BP3MI Contoh.")
    address = village.locator(".code", has_text="/jawab/").inner_text()

    body.goto(address)
    expect(body.locator("main")).to_contain_text("Mohon ditagih ke majikan.")
    expect(body.locator("main")).to_contain_text("Tini Contoh")
    body.evaluate(AXE_SCRIPT)
    assert body.evaluate(WRONG, RULES) == []
    sent.send(body, {"reply": "accepted", "reference": "PMI/77"})
    expect(body.locator("main")).to_contain_text("Jawaban sebelumnya sudah tersimpan")
    sent.send(body, {"reply": "answered", "outcome": "helped", "note": "Gaji sudah dibayar penuh."})
    expect(body.locator("main")).to_contain_text("Terima kasih")
    body.goto(address)
    expect(body.locator("main")).to_contain_text("Alamat jawaban ini sudah dipakai")
    expect(body.locator("main")).not_to_contain_text("Tini")

    village.reload()
    expect(village.locator("main")).to_contain_text("Gaji sudah dibayar penuh.")
    sent.send(village, {"solved": "ya"})
    expect(village.locator("main")).to_contain_text("Ditutup pengirim: sudah tertolong")
    deed(village, "Catat hasilnya")
    sent.send(village, {"outcome": "money_back"})
    deed(village, "Catat kata pelapor")
    sent.send(village, {"satisfied": "ya"})
    expect(village.locator("main")).to_contain_text("Selesai menurut pelapor")

    referral, complaint = Referral.objects.in_village(KURIPAN).get(), Complaint.objects.in_village(KURIPAN).get()
    assert (referral.state, referral.reference, referral.solved) == ("confirmed", "PMI/77", True)
    assert complaint.state == "CONFIRMED_BY_REPORTER"
    assert sent.count <= MOST_SUBMITS
    assert verify_chains().broken == ()
