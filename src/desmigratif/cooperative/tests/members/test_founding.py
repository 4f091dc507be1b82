"""A savings group becomes a cooperative when it is ready, and its books go on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from desmigratif.access.actor import Actor
from desmigratif.access.models import Grant, User
from desmigratif.audit.models import Event
from desmigratif.cooperative.importing import write_workbook
from desmigratif.cooperative.models import Cooperative, FoundingStep, Member
from desmigratif.cooperative.queries.ledger.books import trial_balance
from desmigratif.cooperative.rules.opening_sheet.write import workbook_bytes
from desmigratif.cooperative.tests.conftest import KURIPAN
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

Acting = Callable[..., dict[str, Any]]
OPENED, ON, TODAY = date(2026, 9, 1), date(2026, 10, 31), date(2026, 11, 23)
STEPS = ("meeting", "articles", "board", "deed")


class Group:
    """A savings group of Kuripan, led by its board."""

    def __init__(self, act: Acting, board: Actor, treasurer: Actor, now: Any) -> None:
        self.act, self.board, self.treasurer, self.now, self.id = act, board, treasurer, now, new_id()
        self.do(
            "set_up_cooperative", village_code=KURIPAN, name="Kelompok Melati", kind="savings_group", opened_on=OPENED
        )
        self.do(
            "set_membership_terms", terms_id=new_id(), since=OPENED, principal_rupiah=50_000, compulsory_rupiah=10_000,
            decision="Rapat kelompok",
        )  # fmt: skip

    @property
    def row(self) -> Cooperative:
        return Cooperative.objects.in_village(KURIPAN).get(id=self.id)

    def do(self, verb: str, by: Actor | None = None, **given: Any) -> dict[str, Any]:
        return self.act(by or self.board, f"cooperative.{verb}", cooperative_id=self.id, **given)

    def refused(self, verb: str, by: Actor | None = None, **given: Any) -> list[str]:
        with pytest.raises(Refusal) as refusal:
            self.do(verb, by, **given)
        return [reason.code for reason in refusal.value.reasons]

    def join(self, count: int) -> None:
        """So many members at once, from the group's paper book."""
        rows = [
            [n, f"Anggota {chr(64 + n)}", f"33071001078500{n:02d}", "P", "", date(1985, 7, 1), "", "Krajan", "", OPENED,
             50_000, 10_000]
            for n in range(1, count + 1)
        ]  # fmt: skip
        content = workbook_bytes({"Anggota": rows, "Neraca": [["1-1001", "Kas", 60_000 * count]]})
        write_workbook(
            content, self.row, ON, by=self.treasurer, now=self.now, import_id=new_id(), act_id=new_id(),
            file_name="kelompok.xlsx",
        )  # fmt: skip

    def record(self, *codes: str) -> None:
        for code in codes:
            self.do("record_founding_step", step_id=new_id(), code=code, on=TODAY, proof="Notulen 1/2026")

    def becoming(self, kind: str = "cooperative", **other: Any) -> dict[str, Any]:
        usual = {"kind": kind, "name": "Koperasi Melati", "legal_number": "AHU-0001/2026", "on": TODAY}
        return {**usual, **other}


@pytest.fixture
def group(places: None, act: Acting, board: Actor, treasurer: Actor, now: Any) -> Group:
    return Group(act, board, treasurer, now)


def test_a_group_that_is_ready_goes_on_as_a_cooperative_with_the_same_books(group: Group) -> None:
    group.join(9)
    group.record(*STEPS)
    before = trial_balance(group.row, TODAY)

    group.do("become_cooperative", **group.becoming())

    row = group.row
    assert (row.kind, row.name, row.became_on) == ("cooperative", "Koperasi Melati", TODAY)
    assert trial_balance(row, TODAY) == before
    assert Member.objects.of(row).belonging().count() == 9
    assert Event.objects.filter(event="cooperative.became").count() == 1


def test_what_is_missing_is_named_with_its_article(group: Group) -> None:
    group.join(8)
    group.record("meeting", "board")

    with pytest.raises(Refusal) as refusal:
        group.do("become_cooperative", **group.becoming(legal_number=""))

    reasons = {reason.code: reason for reason in refusal.value.reasons}
    assert set(reasons) == {"founders", "articles", "deed", "legal_number"}
    assert "8 anggota" in reasons["founders"].text and "Pasal 6" in reasons["founders"].citation
    assert group.row.kind == "savings_group"


@pytest.mark.parametrize("kind", ["village_enterprise_unit", "kdmp_unit"])
def test_a_unit_needs_no_founders_of_its_own(group: Group, kind: str) -> None:
    assert group.refused("become_cooperative", **group.becoming(kind, legal_number="")) == ["meeting", "board"]
    group.record("meeting", "board")

    group.do("become_cooperative", **group.becoming(kind, legal_number=""))

    assert group.row.kind == kind


def test_a_step_is_written_down_once_and_a_cooperative_has_no_way_back(group: Group) -> None:
    group.record("meeting", "board")
    again = {"step_id": new_id(), "code": "meeting", "on": TODAY, "proof": "Notulen lain"}
    assert group.refused("record_founding_step", **again) == ["recorded_already"]
    assert group.refused("become_cooperative", **group.becoming("kdmp_unit", on=date(2026, 8, 31))) == ["before_books"]
    group.do("become_cooperative", **group.becoming("kdmp_unit"))

    assert group.refused("become_cooperative", **group.becoming()) == ["no_group"]
    assert group.refused("record_founding_step", **{**again, "code": "deed"}) == ["no_group"]


def test_a_stranger_founds_nothing(group: Group, stranger: Actor, treasurer: Actor) -> None:
    """ "cooperative.record_founding_step" and "cooperative.become_cooperative" are the board's."""
    step = {"step_id": new_id(), "code": "meeting", "on": TODAY, "proof": "Notulen"}
    for by in (stranger, treasurer):
        assert group.refused("record_founding_step", by, **step) == ["not_found"]
        assert group.refused("become_cooperative", by, **group.becoming()) == ["not_found"]
    assert not FoundingStep.objects.of(group.row).exists()


# --- pages ---


@pytest.fixture
def browser(places: None, settings: Any) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    user = User.objects.create(username="pengurus", name="Ketua Kelompok")
    Grant.objects.create(user=user, role="cooperative_board", region_code=KURIPAN, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def hidden(client: Client, address: str) -> dict[str, UUID]:
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in ("act_id", "record_id") if name in form.fields}


def test_the_checklist_leads_step_by_step_to_a_cooperative(group: Group, browser: Client) -> None:
    here = f"/koperasi/{group.id}/kesiapan/"
    assert "Kesiapan menjadi koperasi" in browser.get(f"/koperasi/{group.id}/").content.decode()
    page = browser.get(here).content.decode()
    assert "1 dari 6 sudah siap" in page and "0 anggota; perlu paling sedikit 9." in page

    for code in ("meeting", "board"):
        step = {"code": code, "on": "01-11-2026", "proof": "Notulen 1/2026", **hidden(browser, f"{here}catat/")}
        assert browser.post(f"{here}catat/", step).status_code == 302

    unit = browser.get(f"{here}?bentuk=kdmp_unit").content.decode()
    assert "3 dari 3 sudah siap" in unit and "Jadikan koperasi" in unit
    wish = {"kind": "cooperative", "name": "Koperasi Melati", "on": "01-11-2026", **hidden(browser, f"{here}lanjut/")}
    refused = browser.post(f"{here}lanjut/", wish).content.decode()
    assert "Pendiri cukup: belum siap." in refused and "Nomor badan hukum belum diisi." in refused
    assert browser.post(f"{here}lanjut/", {**wish, "kind": "kdmp_unit"}).status_code == 302
    assert group.row.kind == "kdmp_unit"

    behind = browser.get(here).content.decode()
    assert "Sudah menjadi Unit Koperasi Desa Merah Putih sejak 1 November 2026." in behind
    assert "Rapat pembentukan" in behind and "sudah siap" not in behind and "Jadikan koperasi" not in behind
