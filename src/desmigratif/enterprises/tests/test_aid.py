"""Help given to a group: needed before it is sent, handed over with its condition, looked at again, reported."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from desmigratif.access.actor import Actor, person
from desmigratif.audit.models import FactDelta
from desmigratif.enterprises.models import Asset, AssetCheck, FaultTicket, Group, NeedsSheet, Photo
from desmigratif.enterprises.tests.conftest import KENANGA, KURIPAN, Village
from desmigratif.shared.ids import new_id

READY = dict.fromkeys(("power", "place", "skill", "supply", "buyer"), True)
GIVEN = {"kind": "equipment", "name": "Mesin pengupas", "giver_kind": "ministry", "giver": "Kementerian Contoh",
         "value_rupiah": 12_000_000}  # fmt: skip


def photo_with_a_place() -> bytes:
    """A photo as a telephone sends it: with the place where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Telepon Rahasia"
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 21.0, 36.0), 3: "E", 4: (109.0, 54.0, 12.0)})
    target = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(target, "JPEG", exif=exif)
    return target.getvalue()


class Help:
    """What a mentor does with one thing, step by step."""

    def __init__(self, village: Village, group_id: UUID) -> None:
        self.village, self.group_id = village, group_id
        group = Group.objects.in_village(KURIPAN).get(id=group_id)
        self.chair = group.members.in_village(KURIPAN).get(post="chair")

    def needs(self, **answers: bool | None) -> UUID:
        id = new_id()
        self.village.do("record_needs", needs_id=id, group_id=self.group_id, item="Mesin pengupas",
                        purpose="Mengupas singkong 50 kg sehari", answers={**READY, **answers})  # fmt: skip
        return id

    def promise(self, **changed: Any) -> UUID:
        id = new_id()
        given = {"asset_id": id, "group_id": self.group_id, "needs_id": None, **GIVEN, **changed}
        self.village.do("promise_help", **given)
        return id

    def here(self, **changed: Any) -> UUID:
        """A thing that came; usable if nothing else is said."""
        id = self.promise(needs_id=self.needs())
        state = {"condition": "good", "usable": True, **changed}
        self.village.do(
            "hand_help_over", asset_id=id, check_id=new_id(), receiver_id=self.chair.id, serial="SN-1", **state
        )
        return id

    def check(self, asset_id: UUID, **changed: Any) -> UUID:
        id = new_id()
        state = {"condition": "broken", "usable": False, "because": "broken", **changed}
        self.village.do("check_asset", asset_id=asset_id, check_id=id, **state)
        return id


@pytest.fixture
def help(village: Village) -> Help:
    return Help(village, village.group("siti", "wati"))


def asset(id: UUID) -> Asset:
    return Asset.objects.in_village(KURIPAN).get(id=id)


def usable() -> tuple[int, int, int, int]:
    """C5 by number and by value: usable of handed over."""
    sums = []
    for code in ("C5", "C5V"):
        rows = FactDelta.objects.filter(code=code)
        sums += [sum(row.numerator for row in rows), sum(row.denominator for row in rows)]
    return sums[0], sums[1], sums[2], sums[3]


def test_equipment_waits_for_the_needs_sheet(help: Help) -> None:
    village, given = help.village, {"asset_id": new_id(), "group_id": help.group_id, **GIVEN}

    assert village.refused("promise_help", **given) == ("no_needs_sheet", "needs_id")
    sheet = help.needs(power=False)
    assert village.refused("promise_help", **given, needs_id=sheet) == ("not_ready", "despite")
    assert village.refused("promise_help", **{**given, "value_rupiah": -1}, needs_id=sheet)[1] == "despite"
    assert not Asset.objects.in_village(KURIPAN).exists()

    help.promise(needs_id=sheet, despite="PLN menambah daya bulan depan.")
    assert asset(help.promise(kind="money", name="Modal awal")).needs_id is None


def test_a_thing_comes_with_its_condition_and_counts_once(help: Help) -> None:
    id = help.here()

    found = asset(id)
    assert (found.serial, found.usable, found.condition) == ("SN-1", True, "good")
    assert usable() == (1, 1, 12_000_000, 12_000_000)
    again = help.village.refused("hand_help_over", asset_id=id, check_id=new_id(), receiver_id=help.chair.id,
                                 condition="good", usable=True)  # fmt: skip
    assert again[0] == "handed_over"


def test_a_thing_that_came_broken_counts_as_granted_and_not_usable(help: Help) -> None:
    help.here(condition="good", usable=False, because="power")

    assert usable() == (0, 1, 0, 12_000_000)


def test_nothing_is_looked_at_before_it_came(help: Help) -> None:
    id = help.promise(needs_id=help.needs())

    refused = help.village.refused("check_asset", asset_id=id, check_id=new_id(), condition="good", usable=True)
    assert refused[0] == "not_handed_over"


def test_a_photo_of_a_stock_take_keeps_no_place_and_no_camera(help: Help) -> None:
    sent = photo_with_a_place()
    assert b"Telepon Rahasia" in sent
    help.check(help.here(), condition="worn", usable=True, because="", photo=sent)

    kept = bytes(Photo.objects.in_village(KURIPAN).get().content)
    with Image.open(io.BytesIO(kept)) as opened:
        assert (opened.size, dict(opened.getexif())) == ((640, 480), {})
    assert b"Exif" not in kept


@pytest.mark.parametrize(("sent", "code"), [(b"no picture", "not_a_copy"), (b"%PDF-1.4 broken", "not_a_photo")])
def test_what_is_no_photo_is_refused_and_nothing_is_written(
    help: Help, monkeypatch: pytest.MonkeyPatch, sent: bytes, code: str
) -> None:
    id = help.here()
    if code == "not_a_photo":
        from desmigratif.documents.rules import pdf_copies

        monkeypatch.setattr(pdf_copies, "written_again", lambda content: (content, 1))

    refused = help.village.refused(
        "check_asset", asset_id=id, check_id=new_id(), condition="worn", usable=True, photo=sent
    )
    assert refused[0] == code
    assert AssetCheck.objects.in_village(KURIPAN).filter(asset=id).count() == 1


def test_a_broken_machine_is_reported_answered_and_mended(help: Help) -> None:
    id, ticket_id = help.here(), new_id()
    help.check(id, tell_giver=True, ticket_id=ticket_id, note="Motornya mati")
    assert usable() == (0, 1, 0, 12_000_000)

    told_twice = {"asset_id": id, "check_id": new_id(), "condition": "broken", "usable": False, "because": "broken"}
    twice = help.village.refused("check_asset", **told_twice, tell_giver=True, ticket_id=new_id())
    assert twice == ("told_already", "tell_giver")

    help.village.do("answer_fault", ticket_id=ticket_id, check_id=new_id(), answer="repair")
    assert FaultTicket.objects.in_village(KURIPAN).get().settled_on is None
    help.village.do("answer_fault", ticket_id=ticket_id, check_id=new_id(), answer="made_good", note="Motor baru")
    again = help.village.refused("answer_fault", ticket_id=ticket_id, check_id=new_id(), answer="repair")

    assert (again[0], asset(id).usable, asset(id).condition) == ("settled", True, "good")
    assert usable() == (1, 1, 12_000_000, 12_000_000)


def test_a_thing_taken_back_or_lost_is_gone(help: Help) -> None:
    lost, taken, ticket_id = help.here(), help.here(), new_id()
    help.check(lost, condition="lost", because="lost")
    help.check(taken, tell_giver=True, ticket_id=ticket_id, because="size")
    help.village.do("answer_fault", ticket_id=ticket_id, check_id=new_id(), answer="taken_back")

    for id in (lost, taken):
        refused = help.village.refused("check_asset", asset_id=id, check_id=new_id(), condition="good", usable=True)
        assert (refused[0], asset(id).gone_on is not None) == ("gone", True)


def test_nothing_is_wrong_with_what_works(help: Help) -> None:
    given = {"asset_id": help.here(), "check_id": new_id(), "condition": "good", "usable": True}

    assert help.village.refused("check_asset", **given, tell_giver=True)[1] == "tell_giver"


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("enterprises.record_needs", {"needs_id": new_id(), "item": "Oven", "purpose": "Roti", "answers": READY}),
        ("enterprises.promise_help", {"asset_id": new_id(), **GIVEN, "kind": "money"}),
        ("enterprises.hand_help_over", {"check_id": new_id(), "condition": "good", "usable": True}),
        ("enterprises.check_asset", {"check_id": new_id(), "condition": "good", "usable": True}),
        ("enterprises.answer_fault", {"check_id": new_id(), "answer": "repair"}),
    ],
)
def test_a_stranger_and_who_only_looks_write_nothing_of_help(
    help: Help, stranger: Actor, action: str, given: dict[str, Any]
) -> None:
    asset_id, ticket_id = help.here(), new_id()
    help.check(asset_id, tell_giver=True, ticket_id=ticket_id)
    verb = action.partition(".")[2]
    about: dict[str, Any] = {
        "record_needs": {"group_id": help.group_id}, "promise_help": {"group_id": help.group_id},
        "hand_help_over": {"asset_id": asset_id, "receiver_id": help.chair.id}, "check_asset": {"asset_id": asset_id},
        "answer_fault": {"ticket_id": ticket_id},
    }[verb]  # fmt: skip
    head = person(new_id(), "Kepala desa", ("village_head", KURIPAN))
    other = person(new_id(), "Pendamping lain", ("enterprise_mentor", KENANGA))

    def counted() -> list[int]:
        models = (NeedsSheet, Asset, AssetCheck, FaultTicket)
        return [model.objects.in_village(KURIPAN).count() for model in models]  # type: ignore[attr-defined]

    before = counted()
    for somebody in (stranger, head, other):
        assert help.village.refused(verb, by=somebody, **given, **about)[0] == "not_found"
    assert counted() == before
    assert FaultTicket.objects.in_village(KURIPAN).get().answer == ""
