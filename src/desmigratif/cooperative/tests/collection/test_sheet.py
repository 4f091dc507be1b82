"""A meeting on one sheet: simpanan wajib, savings and instalments, all of it or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from desmigratif.access.actor import Actor
from desmigratif.access.models import Grant, User
from desmigratif.cooperative.models import MoneySlip, TillDay
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.till import expected_in
from desmigratif.cooperative.tests.conftest import KURIPAN
from desmigratif.cooperative.tests.lender import SINCE, Lender
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason, Refusal

NIKS = [f"330710410785000{n}" for n in range(1, 4)]


class Meeting(Lender):
    """Three members with savings; the first borrowed, and a month has passed."""

    def __init__(self) -> None:
        super().__init__()
        product = new_id()
        self.do(
            self.board, "add_savings_product", product_id=product, name="Sukarela", kind="voluntary", since=SINCE,
            annual_percent="4",
        )  # fmt: skip
        self.members = [self.member(nik) for nik in NIKS]
        self.accounts = [new_id() for _ in self.members]
        for member, account in zip(self.members, self.accounts, strict=True):
            self.do(
                self.cashier, "open_savings_account", account_id=account, member_id=member, product_id=product,
                on=self.today,
            )  # fmt: skip
        self.loan_id = self.running(member=self.members[0])
        self.later(31)

    def reason(self, by: Actor, action: str, **given: Any) -> Reason:
        with pytest.raises(Refusal) as refusal:
            self.do(by, action, **given)
        return refusal.value.reasons[0]

    def sheet(self, **other: Any) -> dict[str, Any]:
        usual = {
            "on": self.today,
            "lines": [{"entry_id": new_id(), "loan_id": self.loan_id, "amount_rupiah": 112_000}],
            "compulsory": [{"entry_id": new_id(), "member_id": id, "amount_rupiah": 20_000} for id in self.members[:2]],
            "savings": [{"entry_id": new_id(), "account_id": self.accounts[2], "amount_rupiah": 50_000}],
        }
        return {**usual, **other}


@pytest.fixture
def meeting(db: None) -> Meeting:
    return Meeting()


def test_everything_of_a_meeting_is_one_seal_with_a_slip_for_each(meeting: Meeting) -> None:
    before = meeting.balances()["cash"]

    done = meeting.do(meeting.cashier, "take_collection", **meeting.sheet())

    assert (done["count"], done["total_rupiah"]) == (4, 202_000)
    slips = MoneySlip.objects.of(meeting.cooperative).filter(number=done["number"])
    assert sorted(slip.amount_rupiah for slip in slips) == [20_000, 20_000, 50_000, 112_000]
    assert meeting.balances()["cash"] == before + 202_000
    till = TillDay.objects.of(meeting.cooperative).open_of(meeting.cashier.id).get()
    assert expected_in(till) == before + 202_000
    assert verify_books(meeting.cooperative.id).broken == ()


def wrong_sheets(meeting: Meeting) -> list[tuple[str, str, dict[str, Any]]]:
    sheet = meeting.sheet()
    compulsory, saving, line = sheet["compulsory"][0], sheet["savings"][0], sheet["lines"][0]
    return [
        ("nothing", "lines", {"lines": [], "compulsory": [], "savings": []}),
        ("twice", "compulsory", {"compulsory": [compulsory, {**compulsory, "entry_id": new_id()}]}),
        ("twice", "savings", {"savings": [saving, {**saving, "entry_id": new_id()}]}),
        ("not_found", "savings.0.account_id", {"savings": [{**saving, "account_id": new_id()}]}),
        ("not_found", "compulsory.0.member_id", {"compulsory": [{**compulsory, "member_id": new_id()}]}),
        ("more_than_owed", "lines.0.amount_rupiah", {"lines": [{**line, "amount_rupiah": 99_000_000}]}),
        ("too_far_ahead", "compulsory.0.amount_rupiah", {"compulsory": [{**compulsory, "amount_rupiah": 2_000_000}]}),
        ("not_what_was_counted", "counted_rupiah", {"counted_rupiah": 201_000}),
    ]


@pytest.mark.parametrize("which", range(8))
def test_one_wrong_line_stops_the_whole_sheet_and_is_named(meeting: Meeting, which: int) -> None:
    code, field, wrong = wrong_sheets(meeting)[which]
    before = meeting.balances()

    reason = meeting.reason(meeting.cashier, "take_collection", **meeting.sheet(**wrong))

    assert (reason.code, reason.field) == (code, field)
    assert meeting.balances() == before


def test_the_same_sheet_twice_is_entered_once(meeting: Meeting) -> None:
    sheet = meeting.sheet(lines=[])
    meeting.do(meeting.cashier, "take_collection", **sheet)
    after = meeting.balances()

    assert meeting.refused(meeting.cashier, "take_collection", **sheet) == "entry_exists"
    assert meeting.balances() == after


# --- the page ---


@pytest.fixture
def browser(places: None, settings: Any, meeting: Meeting) -> Callable[[], Client]:
    settings.SECOND_FACTOR_REQUIRED = False
    user = User.objects.create(id=meeting.cashier.id, username="kasir", name="Kasir")
    Grant.objects.create(user=user, role="cooperative_cashier", region_code=KURIPAN, valid_from=date(2020, 1, 1))

    def entering() -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return entering


def names(meeting: Meeting) -> tuple[list[str], list[str], str]:
    wajib, simpan = [f"wajib_{id}" for id in meeting.members], [f"simpan_{id}" for id in meeting.accounts]
    return wajib, simpan, f"pay_{meeting.loan_id}"


def test_the_sheet_asks_for_what_is_owed_and_takes_what_was_brought(
    meeting: Meeting, browser: Callable[[], Client]
) -> None:
    wajib, simpan, pay = names(meeting)
    address = f"/koperasi/{meeting.id}/pinjaman/setoran/"
    with time_machine.travel(meeting.now, tick=False):
        client = browser()
        page = client.get(address)
        form = page.context["form"]
        asked = {name: form[name].value() for name in (*wajib, pay)}
        assert all(asked.values()) and not any(form[name].value() for name in simpan)
        ids = {name: form[name].value() for name in ("act_id", "record_id")}
        wrong = client.post(address, {**ids, wajib[0]: "dua puluh ribu", simpan[1]: "30.000"})
        assert "Tulis jumlahnya dengan angka" in wrong.content.decode() and "30.000" in wrong.content.decode()
        none = client.post(address, {**ids, "counted_rupiah": "20.000"})
        assert "Isi paling sedikit satu jumlah." in none.content.decode()
        before = meeting.balances()["cash"]

        brought = int(asked[wajib[0]].replace(".", "")) + 142_000
        sent = {**ids, wajib[0]: asked[wajib[0]], simpan[1]: "30.000", pay: "112.000"}
        fewer = client.post(address, {**sent, "counted_rupiah": str(brought - 20_000)})
        assert "uang yang dihitung kurang Rp20.000" in fewer.content.decode()
        sent["counted_rupiah"] = str(brought)
        for _twice in range(2):
            assert client.post(address, sent).status_code == 302

    assert meeting.balances()["cash"] == before + brought


def test_who_owes_nothing_is_on_the_sheet_of_everybody(meeting: Meeting, browser: Callable[[], Client]) -> None:
    with time_machine.travel(meeting.now, tick=False):
        address = f"/koperasi/{meeting.id}/pinjaman/setoran/"
        owed = {one["member"].id for one in browser().get(address).context["rows"]}
        paying: list[dict[str, Any]] = [
            {"entry_id": new_id(), "member_id": id, "amount_rupiah": 500_000} for id in meeting.members
        ]
        meeting.do(
            meeting.cashier, "take_collection", on=meeting.today, compulsory=paying
        )  # fmt: skip
        left: set[UUID] = {one["member"].id for one in browser().get(address).context["rows"]}
        everybody = {one["member"].id for one in browser().get(f"{address}?pilih=semua").context["rows"]}

    assert owed == everybody == set(meeting.members)
    assert left == {meeting.members[0]}  # the loan alone


def test_a_meeting_of_one_group_or_one_hamlet_has_its_own_sheet(
    meeting: Meeting, browser: Callable[[], Client]
) -> None:
    group = new_id()
    meeting.do(
        meeting.board, "form_group", group_id=group, name="Kelompok Melati", on=meeting.today,
        member_ids=meeting.members[1:],
    )  # fmt: skip
    far = meeting.member("3307104107850004", address="Dusun Gondang RT 2")
    address = f"/koperasi/{meeting.id}/pinjaman/setoran/"

    def people(query: str) -> set[UUID]:
        return {row["member"].id for row in browser().get(f"{address}?{query}").context["rows"]}

    with time_machine.travel(meeting.now, tick=False):
        assert people(f"kelompok={group}&pilih=semua") == set(meeting.members[1:])
        assert people("tempat=gondang&pilih=semua") == {far}
        assert people(f"tempat=gondang&kelompok={group}&pilih=semua") == set()
        assert people("kelompok=bukan&pilih=semua") == {*meeting.members, far}
        page = browser().get(f"{address}?tempat=gondang").content.decode()
    assert f"{address}?pilih=semua&amp;tempat=gondang" in page  # the choice of the place stays
    assert "Kelompok Melati" in page and "Dusun Gondang RT 2" not in page


def test_a_large_meeting_has_several_sheets_and_says_so(
    meeting: Meeting, browser: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desmigratif.cooperative.views.collection.MOST", 2)
    address = f"/koperasi/{meeting.id}/pinjaman/setoran/"
    with time_machine.travel(meeting.now, tick=False):
        client = browser()
        first, second = client.get(address), client.get(f"{address}?lembar=2")
        form = second.context["form"]
        sent = {name: form[name].value() for name in ("act_id", "record_id")}
        ids = [row["member"].id for each in (first, second) for row in each.context["rows"]]
        answer = client.post(f"{address}?lembar=2", {**sent, f"wajib_{ids[2]}": "20.000", "counted_rupiah": "20.000"})

    assert "3 anggota" in first.content.decode() and "Ini lembar 1, 2 anggota" in first.content.decode()
    assert "Ini lembar 2, 1 anggota" in second.content.decode()
    assert sorted(ids) == sorted(meeting.members)
    assert answer["Location"] == f"{address}?lembar=2"
    slip = MoneySlip.objects.of(meeting.cooperative).filter(member_id=ids[2], kind="capital.paid").latest("number")
    assert slip.amount_rupiah == 20_000
