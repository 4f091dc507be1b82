"""A worry reaches whom it names and nobody else, and asks for help without telling why."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.models import User
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Event, TimelineEntry
from desmigratif.parenting.models import Worry
from desmigratif.parenting.queries.worries import readers_in
from desmigratif.parenting.tests.conftest import KENANGA, KURIPAN, Doing
from desmigratif.people.models import HandOver, Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

pytestmark = pytest.mark.django_db
STORY = "Lebambiru di lengannya, takut pulang."


@pytest.fixture
def reader(sign_in: SignIn) -> UUID:
    """An officer of Kuripan with an account, who will be named."""
    sign_in("village_officer", KURIPAN)
    return User.objects.get(username=f"village_officer-{KURIPAN}").id


@pytest.fixture
def worry(rizky: UUID, reader: UUID, doing: Doing, tutor: Actor) -> UUID:
    worry_id = new_id()
    doing("parenting.write_worry", by=tutor, worry_id=worry_id, child_id=rizky, text=STORY, readers=[reader])
    return worry_id


def test_only_the_writer_and_the_named_read_it(worry: UUID, reader: UUID, tutor: Actor, officer: Actor) -> None:
    named = person(reader, "Petugas", ("village_officer", KURIPAN))

    assert [one.id for one in Worry.objects.visible_to(named)] == [worry]
    assert [one.id for one in Worry.objects.visible_to(tutor)] == [worry]
    assert list(Worry.objects.visible_to(officer)) == [], "an officer who is not named finds nothing"


def test_nothing_of_it_stands_in_history_events_or_the_row(worry: UUID) -> None:
    row = Worry.objects.in_village(KURIPAN).get()
    written = Event.objects.get(event="worry.written")

    assert b"Lebambiru" not in bytes(row.text_sealed)
    assert not TimelineEntry.objects.filter(kind__startswith="worry").exists()
    assert [one["type"] for one in written.subjects] == ["worry"], "no event names the child"


def test_who_may_be_named_works_in_the_village_or_its_regency(reader: UUID, sign_in: SignIn, now: Any) -> None:
    sign_in("tutor", KURIPAN)
    sign_in("regency_coordinator", "33.07")
    sign_in("village_officer", KENANGA)
    sign_in("village_head", KURIPAN)

    roles = [one.role for one in readers_in(KURIPAN, now.date())]

    assert roles == ["Koordinator kabupaten", "Pengasuh rumah belajar", "Petugas Desmigratif"]


def test_somebody_must_be_named_who_may_read_it(rizky: UUID, doing: Doing, tutor: Actor) -> None:
    for readers in ([], [tutor.id], [new_id()]):
        with pytest.raises(Refusal, match="reader_missing"):
            doing(
                "parenting.write_worry", by=tutor, worry_id=new_id(), child_id=rizky, text=STORY, readers=readers
            )  # fmt: skip


def test_a_request_for_referral_tells_that_help_is_needed_and_not_why(
    worry: UUID, doing: Doing, tutor: Actor, family: dict[str, Resident]
) -> None:
    doing("parenting.ask_for_referral", by=tutor, worry_id=worry)

    handed = HandOver.objects.in_village(KURIPAN).get()
    assert (handed.kind, handed.to_pillar, handed.resident_id) == ("child_worry", "service_centre", family["Rizky"].id)
    with pytest.raises(Refusal, match="asked_already"):
        doing("parenting.ask_for_referral", by=tutor, worry_id=worry)


def test_it_ends_with_an_outcome_and_then_stands(worry: UUID, doing: Doing, tutor: Actor) -> None:
    with pytest.raises(Refusal, match="not_a_choice"):
        doing("parenting.close_worry", by=tutor, worry_id=worry, because="forgotten")
    doing("parenting.close_worry", by=tutor, worry_id=worry, because="helped", text="Tinggal dengan bibi.")

    for act in ({"because": "helped"}, {}):
        name = "parenting.close_worry" if act else "parenting.ask_for_referral"
        with pytest.raises(Refusal, match="worry_closed"):
            doing(name, by=tutor, worry_id=worry, **act)


def test_a_stranger_and_who_is_not_named_can_do_nothing(
    worry: UUID, rizky: UUID, reader: UUID, doing: Doing, officer: Actor, stranger: Actor, ministry: Actor
) -> None:
    for by in (officer, stranger, ministry):
        for name, more in (("ask_for_referral", {}), ("close_worry", {"because": "helped"})):
            with pytest.raises(Refusal, match="not_found"):
                doing(f"parenting.{name}", by=by, worry_id=worry, **more)
    for by in (stranger, ministry):
        with pytest.raises(Refusal, match="not_found"):
            doing("parenting.write_worry", by=by, worry_id=new_id(), child_id=rizky, text=STORY, readers=[reader])


def test_on_the_pages_the_named_read_and_the_others_find_no_page(worry: UUID, sign_in: SignIn, reader: UUID) -> None:
    from django.test import Client

    named = Client()
    named.force_login(User.objects.get(id=reader), backend="allauth.account.auth_backends.AuthenticationBackend")
    other = sign_in("tutor", KURIPAN)
    address = reverse("parenting:worry", args=[worry])

    assert STORY in named.get(address).content.decode()
    assert "Rizky" in named.get(reverse("parenting:worries")).content.decode()
    assert other.get(address).status_code == 404
    assert "Rizky" not in other.get(reverse("parenting:worries")).content.decode()
    assert "1 kekhawatiran tentang anak untuk Anda" in named.get("/").content.decode()
    assert "kekhawatiran" not in other.get("/").content.decode().casefold()
    assert named.post(reverse("parenting:ask_for_referral", args=[worry]), {"act_id": str(new_id())}).status_code == 302
    assert HandOver.objects.in_village(KURIPAN).count() == 1
    assert "Keadaannya: Menunggu." in named.get(address).content.decode()
    HandOver.objects.in_village(KURIPAN).update(answered_on=date(2026, 11, 23), taken=True, went_on="closed")
    assert "Keadaannya: Selesai." in named.get(address).content.decode()
