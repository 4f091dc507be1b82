"""A caregiver tells the centre something by an address on paper, without an account, and reads nothing of a child."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from desmigratif.access.models import Grant, User
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Event
from desmigratif.parenting.caregiver_links import holder_of, link_of, token_of
from desmigratif.parenting.models import CallSlot, CaregiverLink, ParentCall, Worry, WorryReader
from desmigratif.parenting.tests.conftest import KURIPAN, Doing
from desmigratif.people.models import Resident
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
SUNDAY = "2026-11-22T19:00:00+08:00"  # of last week, by the clock of Hong Kong


@pytest.fixture
def link(rizky: UUID, doing: Doing) -> CaregiverLink:
    """The grandmother's address; Rizky and his mother talk on Sundays."""
    slot = {"slot_id": new_id(), "country": "HKG", "weekdays": [6], "at": "19:00"}
    doing("parenting.agree_call", child_id=rizky, **slot, on="2026-11-02")
    doing("parenting.make_caregiver_link", link_id=new_id(), child_id=rizky)
    return CaregiverLink.objects.in_village(KURIPAN).get()


@pytest.fixture
def officer_account(db: None) -> User:
    user = User.objects.create(username="wulan", name="Wulan Setyowati")
    Grant.objects.create(user=user, role="village_officer", region_code=KURIPAN, valid_from="2026-01-01")
    return user


@pytest.fixture
def hers(now: Any, link: CaregiverLink, officer_account: User) -> Any:
    """The grandmother's telephone."""
    with time_machine.travel(now, tick=False):
        yield Client()


def address(link: CaregiverLink) -> str:
    return reverse("portal:caregiver", args=[token_of(link.id)])


def hidden(form: Any) -> dict[str, str]:
    return {form.add_prefix(field.name): str(field.value()) for field in form.hidden_fields()}


def test_her_page_asks_for_the_call_and_tells_nothing_of_the_child(hers: Client, link: CaregiverLink) -> None:
    answer = hers.get(address(link))
    page = answer.content.decode()

    assert "Rizky" in page and "di Hong Kong 19.00" in page
    for kept in ("Riyadi", "SD Negeri", "Bantuan belajar", "kelas 4"):
        assert kept not in page
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert Event.objects.filter(event="child.caregiver_page_opened", actor_role="caregiver").count() == 1


def test_she_notes_a_call_once_and_leaves_a_message_for_whom_she_chooses(
    hers: Client, link: CaregiverLink, officer_account: User
) -> None:
    page = hers.get(address(link))
    call = {**hidden(page.context["call"]), "telepon-went": "no_signal"}
    assert "Teleponnya sudah dicatat" in hers.post(address(link), call, follow=True).content.decode()
    again = hers.post(address(link), {**call, "telepon-act_id": str(new_id()), "telepon-record_id": str(new_id())})
    assert "Telepon ini sudah dicatat." in again.content.decode()
    assert ParentCall.objects.in_village(KURIPAN).get().missed_because == "no_signal"

    message = page.context["message"]
    said = {**hidden(message), "pesan-child_id": message["child_id"].value(), "pesan-text": "Saya sakit, tolong jemput"}
    unread = hers.post(address(link), said)
    assert "Pilih paling sedikit satu orang" in unread.content.decode()
    assert "Saya sakit, tolong jemput" in unread.content.decode()
    sent = hers.post(address(link), {**said, "pesan-readers": [str(officer_account.id)]}, follow=True).content.decode()
    assert "Pesan Anda sudah sampai" in sent and "Saya sakit" not in sent
    worry = Worry.objects.in_village(KURIPAN).get()
    assert worry.writer_id == link.id
    readers = set(WorryReader.objects.filter(village_code=KURIPAN).values_list("user_id", flat=True))
    assert readers == {link.id, officer_account.id}


def test_an_address_opens_the_own_children_only_and_ends_with_the_next_one(
    link: CaregiverLink, family: dict[str, Resident], rizky: UUID, doing: Doing, officer_account: User,
    refused: Callable[..., list[str]],
) -> None:  # fmt: skip
    other = new_id()
    doing("parenting.enrol_child", child_id=other, resident_id=family["Putri"].id, basis="consent", given_by="father")
    holder = holder_of(link)
    told = {"text": "Sering sakit", "readers": [officer_account.id], "by": holder}

    assert refused("parenting.write_worry", worry_id=new_id(), child_id=other, **told) == ["not_found"]
    facts = {"child_id": rizky, "seen": 1, "by": holder}
    assert refused("parenting.change_child", **facts) == ["not_found"]
    doing("parenting.make_caregiver_link", link_id=new_id(), child_id=rizky)
    assert refused("parenting.write_worry", worry_id=new_id(), child_id=rizky, **told) == ["not_found"]
    call = {"call_id": new_id(), "slot_id": CallSlot.objects.in_village(KURIPAN).get().id}
    assert refused("parenting.record_call", due_at=SUNDAY, by=holder, on=None, **call) == ["not_found"]
    assert link_of(token_of(link.id)) is not None and link_of("bukan token") is None


def test_wrong_and_old_addresses_read_alike(hers: Client, link: CaregiverLink, rizky: UUID, doing: Doing) -> None:
    doing("parenting.make_caregiver_link", link_id=new_id(), child_id=rizky)
    old, wrong = hers.get(address(link)), reverse("portal:caregiver", args=["AAAA-BBBB-CCCC-DDDD"])

    assert old.status_code == 404 and "tidak berlaku" in old.content.decode()
    assert [hers.get(wrong).status_code for _ in range(20)] == [404] * 19 + [429]


def test_the_centre_prints_the_address_and_a_stranger_does_not(
    rizky: UUID, sign_in: SignIn, refused: Callable[..., list[str]], stranger: Any, doing: Doing,
    family: dict[str, Resident],
) -> None:  # fmt: skip
    desk, page = sign_in("village_officer", KURIPAN), reverse("parenting:caregiver_link", args=[rizky])
    form = desk.get(page).context["form"]
    made = desk.post(page, {name: form[name].value() for name in ("act_id", "link_id")}, follow=True).content.decode()
    assert "/pengasuh/" in made and "Cetak untuk pengasuh" in made

    given = {"link_id": new_id(), "child_id": rizky}
    assert refused("parenting.make_caregiver_link", by=stranger, **given) == ["not_found"]
    nobody = new_id()
    doing("parenting.enrol_child", child_id=nobody, resident_id=family["Putri"].id, basis="consent", given_by="father")
    assert refused("parenting.make_caregiver_link", link_id=new_id(), child_id=nobody) == ["caregiver_missing"]
