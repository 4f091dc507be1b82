"""Moving closes one record and opens another; another village sees what was chosen and nothing else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import Act, do, perform
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.models import Share
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Event, Outcome, Signal, TimelineEntry
from desmigratif.audit.verify import verify_chains
from desmigratif.people import sealing
from desmigratif.people.exporting import export_residents
from desmigratif.people.importing import import_file
from desmigratif.people.models import Household, Move, Phone, Resident
from desmigratif.people.queries.household import household_file
from desmigratif.people.queries.moves import newcomers
from desmigratif.people.queries.values import resident_values
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
TODAY = date(2026, 11, 23)
NIK = "3307105205920418"
Family = dict[str, Resident]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def arrival(**changes: Any) -> dict[str, Any]:
    return {"resident_id": new_id(), "household_id": new_id(), "hamlet": "Sawah", "rt": "003", **changes}


def leaving(row: Resident, to: str = KENANGA, **changes: Any) -> dict[str, Any]:
    return {
        "village_code": KURIPAN, "move_id": new_id(), "resident_id": row.id, "seen_version": again(row).version,
        "on": TODAY, "to_village_code": to, "fields": ["nik", "birth_date"], **changes,
    }  # fmt: skip


def accepting(move_id: Any, **changes: Any) -> dict[str, Any]:
    return {"village_code": KENANGA, "move_id": move_id, "on": TODAY, "arrival": arrival(), **changes}


def transfer(by: Actor, now: datetime, row: Resident, to: str = KENANGA, **changes: Any) -> dict[str, Any]:
    return do(by, "people.transfer_resident", leaving(row, to, **changes), now=now, act_id=new_id())


def refused(by: Actor, now: datetime, name: str, given: dict[str, Any]) -> list[str]:
    receipt = perform(by, Act(name, new_id(), given), now=now)
    assert receipt.outcome == Outcome.REFUSED
    return [reason["code"] for reason in receipt.reasons]


def again(row: Resident) -> Resident:
    return Resident.objects.in_village(row.village_code).select_related("household").get(id=row.id)


def resident(village_code: str, resident_id: Any) -> Resident:
    return Resident.objects.in_village(village_code).select_related("household").get(id=resident_id)


def known(row: Resident) -> dict[str, Any]:
    return resident_values(row, sealing.open_resident(row, key_of(row.id)))


def kinds(row: Resident) -> set[str]:
    return set(TimelineEntry.objects.filter(resident_id=row.id).values_list("kind", flat=True))


def with_phone(by: Actor, now: datetime, row: Resident) -> None:
    given = {"village_code": KURIPAN, "resident_id": row.id, "on": TODAY, "number": "081234567890", "safe": False}
    do(by, "people.add_phone", {**given, "phone_id": new_id(), "note": "HP suami"}, now=now, act_id=new_id())


# --- inside the village ---


def test_inside_the_village_everything_goes_along_under_new_keys(officer: Actor, family: Family, now: datetime) -> None:
    siti = family["Siti"]
    with_phone(officer, now, siti)

    done = transfer(officer, now, siti, KURIPAN, fields=[], arrival=arrival(relation="head"))

    old, new = again(siti), resident(KURIPAN, done["arrived_as"])
    assert (old.life_status, new.life_status, new.relation) == ("moved", "alive", "head")
    assert new.person_id == old.person_id
    assert key_of(new.id) != key_of(old.id)
    same = {name: value for name, value in known(new).items() if name not in ("relation", "life_status")}
    assert same == {name: known(old)[name] for name in same}
    assert known(new)["religion"] == "1"
    phone = Phone.objects.in_village(KURIPAN).get(resident=new)
    assert (sealing.open_phone(phone, key_of(new.id)), phone.safe) == ("+6281234567890", False)
    assert {"resident.registered", "resident.moved_away"} <= kinds(old)
    assert kinds(new) == {"resident.moved_in"}


def test_somebody_may_join_a_family_that_stands(officer: Actor, family: Family, now: datetime) -> None:
    home = {
        "village_code": KURIPAN, "household_id": new_id(), "on": TODAY, "hamlet": "Krajan",
        "members": [{"resident_id": new_id(), "person_id": new_id(), "name": "Mbah Karso", "relation": "head"}],
    }  # fmt: skip
    do(officer, "people.register_household", home, now=now, act_id=new_id())

    transfer(officer, now, family["Rizky"], KURIPAN, arrival=arrival(household_id=home["household_id"]))

    standing = Household.objects.in_village(KURIPAN).get(id=home["household_id"])
    file = household_file(officer, standing, today=TODAY)
    assert [member.name for member in file.members] == ["Mbah Karso", "Rizky Riyadi"]
    assert standing.hamlet == "Krajan"


def test_who_moved_inside_is_exported_once_and_found_again_by_the_import(
    officer: Actor, family: Family, now: datetime
) -> None:
    for name in ("Siti", "Rizky"):
        transfer(officer, now, family[name], KURIPAN, arrival=arrival())

    made = export_residents(KURIPAN, by=officer, now=now, format="xlsx", reason="opensid")
    report = import_file(made.content, KURIPAN, by=officer, now=now, commit=True)

    assert (made.count, report.new, report.changed, report.unchanged) == (3, 0, 0, 3)


# --- to another village ---


def test_another_village_gets_the_chosen_fields_and_waits(
    officer: Actor, stranger: Actor, family: Family, now: datetime
) -> None:
    done = transfer(officer, now, family["Siti"])

    assert (done["arrived_as"], again(family["Siti"]).life_status) == (None, "moved")
    (waiting,) = newcomers(stranger, today=TODAY)
    assert waiting.name == "Siti Aminah"
    assert dict(waiting.facts) == {"NIK": "berakhir 0418", "Tanggal lahir": "12 Mei 1992"}
    assert newcomers(officer, today=TODAY) == []
    assert Signal.objects.get(kind="moved_in_waiting", until=None).resident_id == family["Siti"].id


def test_accepting_opens_a_record_of_the_same_person_with_those_fields_only(
    officer: Actor, stranger: Actor, family: Family, now: datetime
) -> None:
    with_phone(officer, now, family["Siti"])
    done = transfer(officer, now, family["Siti"])
    given = accepting(done["move"])

    do(stranger, "people.accept_resident", given, now=now, act_id=new_id())

    new = resident(KENANGA, given["arrival"]["resident_id"])
    told = {name: value for name, value in known(new).items() if value is not None}
    assert told == {"name": "Siti Aminah", "nik": NIK, "birth_date": date(1992, 5, 12), "life_status": "alive"}
    assert new.person_id == family["Siti"].person_id
    assert not Phone.objects.in_village(KENANGA).exists()
    assert "resident.arrived" in kinds(family["Siti"])
    assert kinds(new) == {"resident.moved_in"}
    assert not Signal.objects.filter(kind="moved_in_waiting", until=None).exists()
    assert not Resident.objects.visible_to(stranger, on=TODAY).filter(id=family["Siti"].id).exists()
    assert set(Event.objects.filter(event__startswith="resident.").values_list("event", "village_code")) >= {
        ("resident.transferred", KURIPAN), ("resident.hand_over_waits", KENANGA),
        ("resident.moved_in", KENANGA), ("resident.arrived", KURIPAN),
    }  # fmt: skip
    assert verify_chains().broken == ()


def test_phones_go_along_when_they_are_chosen(officer: Actor, stranger: Actor, family: Family, now: datetime) -> None:
    with_phone(officer, now, family["Siti"])
    done = transfer(officer, now, family["Siti"], fields=["phones"])

    do(stranger, "people.accept_resident", accepting(done["move"]), now=now, act_id=new_id())

    phone = Phone.objects.in_village(KENANGA).get()
    key = key_of(phone.resident_id)
    assert (sealing.open_phone(phone, key), phone.safe) == ("+6281234567890", False)
    assert sealing.open_text(key, phone.note_sealed, sealing.phone_note_place(phone.id)) == "HP suami"


def test_who_may_register_in_both_villages_opens_at_once(family: Family, now: datetime) -> None:
    both = person(new_id(), "Petugas dua desa", ("village_officer", KURIPAN), ("village_officer", KENANGA))

    done = transfer(both, now, family["Siti"], arrival=arrival())

    assert resident(KENANGA, done["arrived_as"]).person_id == family["Siti"].person_id
    assert not Move.objects.exists()


def test_a_later_move_takes_the_place_of_one_that_nobody_accepted(
    officer: Actor, stranger: Actor, family: Family, now: datetime
) -> None:
    first = transfer(officer, now, family["Siti"])
    back = {
        "village_code": KURIPAN, "resident_id": family["Siti"].id, "seen_version": again(family["Siti"]).version,
        "on": TODAY, "reason": "Batal", "source": "Warga", "changes": {"life_status": "alive"},
    }  # fmt: skip
    do(officer, "people.correct_resident", back, now=now, act_id=new_id())
    assert newcomers(stranger, today=TODAY) == []
    assert refused(stranger, now, "people.accept_resident", accepting(first["move"])) == ["taken_back"]

    second = transfer(officer, now, family["Siti"])

    assert [one.move_id for one in newcomers(stranger, today=TODAY)] == [Move.objects.get().id]
    assert refused(stranger, now, "people.accept_resident", accepting(first["move"])) == ["not_found"]
    do(stranger, "people.accept_resident", accepting(second["move"]), now=now, act_id=new_id())


# --- what is refused ---


def test_impossible_moves_are_sentences_and_nothing_is_half_done(officer: Actor, family: Family, now: datetime) -> None:
    siti = family["Siti"]
    wrong = {
        "village_unknown": leaving(siti, "99.99.99.9999"),
        "field_unknown": leaving(siti, fields=["relation"]),
        "changed_meanwhile": leaving(siti, seen_version=7),
        "arrival_missing": leaving(siti, KURIPAN),
        "same_household": leaving(siti, KURIPAN, arrival=arrival(household_id=siti.household_id)),
        "kk_in_village": leaving(siti, KURIPAN, arrival=arrival(kk_number="3307101203150093")),
        "id_taken": leaving(siti, KURIPAN, arrival=arrival(resident_id=siti.id)),
    }

    for code, given in wrong.items():
        assert refused(officer, now, "people.transfer_resident", given) == [code]

    assert again(siti).life_status == "alive"
    assert Resident.objects.in_village(KURIPAN).count() == 3
    assert not Share.objects.exists()
    transfer(officer, now, siti)
    assert refused(officer, now, "people.transfer_resident", leaving(siti)) == ["already_gone"]


def test_a_person_is_accepted_once_and_in_time(officer: Actor, stranger: Actor, family: Family, now: datetime) -> None:
    late = transfer(officer, now, family["Siti"])
    Share.objects.update(valid_until=TODAY)
    assert refused(stranger, now, "people.accept_resident", accepting(late["move"])) == ["share_over"]
    assert newcomers(stranger, today=TODAY + timedelta(days=1)) == []

    done = transfer(officer, now, family["Rizky"])
    do(stranger, "people.accept_resident", accepting(done["move"]), now=now, act_id=new_id())
    assert refused(stranger, now, "people.accept_resident", accepting(done["move"])) == ["already_accepted"]
    assert Resident.objects.in_village(KENANGA).count() == 1


def test_somebody_alike_in_the_receiving_village_is_asked_about(
    officer: Actor, stranger: Actor, family: Family, now: datetime
) -> None:
    other = {"resident_id": new_id(), "person_id": new_id(), "name": "Sitti Aminah", "birth_date": "1992-05-12"}
    home = {"village_code": KENANGA, "household_id": new_id(), "on": TODAY, "members": [other]}
    do(stranger, "people.register_household", home, now=now, act_id=new_id())
    done = transfer(officer, now, family["Siti"])

    assert refused(stranger, now, "people.accept_resident", accepting(done["move"])) == ["looks_known"]
    do(stranger, "people.accept_resident", accepting(done["move"], known_to_differ=True), now=now, act_id=new_id())

    assert Resident.objects.in_village(KENANGA).count() == 2


def test_strangers_and_lesser_roles_move_nobody(
    officer: Actor, stranger: Actor, ministry: Actor, family: Family, now: datetime
) -> None:
    head = person(new_id(), "Kades", ("village_head", KURIPAN))
    for by in (stranger, ministry, head):
        assert refused(by, now, "people.transfer_resident", leaving(family["Siti"])) == ["not_found"]
    own = {**leaving(family["Siti"]), "village_code": KENANGA, "to_village_code": KURIPAN}
    assert refused(stranger, now, "people.transfer_resident", own) == ["not_found"]
    assert again(family["Siti"]).life_status == "alive"

    move = transfer(officer, now, family["Siti"])["move"]
    kenanga_head = person(new_id(), "Kades", ("village_head", KENANGA))
    other_village = {**accepting(move), "village_code": KURIPAN}
    for by, given in ((officer, accepting(move)), (officer, other_village), (kenanga_head, accepting(move))):
        assert refused(by, now, "people.accept_resident", given) == ["not_found"]
    assert not Resident.objects.in_village(KENANGA).exists()


# --- pages ---


def form_of(page: Any) -> dict[str, Any]:
    form = page.context["form"]
    told = {name: form[name].value() for name in form.fields}
    return {name: f"{v:%d-%m-%Y}" if hasattr(v, "strftime") else v for name, v in told.items() if v is not None}


def test_a_move_walks_from_one_desk_to_the_other(desk: Client, sign_in: SignIn, family: Family) -> None:
    address = reverse("people:transfer_resident", args=[family["Siti"].id])
    elsewhere = {**form_of(desk.get(address)), "where": "elsewhere"}

    unknown = desk.post(address, {**elsewhere, "to_village": "Atlantis Raya"})
    assert "tidak ditemukan" in unknown.content.decode()
    assert desk.post(address, {**elsewhere, "to_village": "Kenanga"}).status_code == 302

    kenanga = sign_in("village_officer", KENANGA)
    accept = reverse("people:accept_resident", args=[Move.objects.get().id])
    assert accept in kenanga.get(reverse("people:arrivals")).content.decode()
    page = kenanga.get(accept)
    assert NIK not in page.content.decode()
    assert "berakhir 0418" in page.content.decode()
    assert kenanga.get(reverse("people:resident", args=[family["Siti"].id])).status_code == 404
    assert kenanga.post(accept, {**form_of(page), "hamlet": "Blok Tengah"}).status_code == 302
    assert Resident.objects.in_village(KENANGA).get().household.hamlet == "Blok Tengah"
    assert kenanga.get(accept).status_code == 404


def test_a_move_inside_joins_the_family_of_the_card(
    desk: Client, officer: Actor, family: Family, now: datetime
) -> None:
    home = {
        "village_code": KURIPAN, "household_id": new_id(), "on": TODAY, "kk_number": "3307101203150095",
        "members": [{"resident_id": new_id(), "person_id": new_id(), "name": "Mbah Karso"}],
    }  # fmt: skip
    do(officer, "people.register_household", home, now=now, act_id=new_id())
    address = reverse("people:transfer_resident", args=[family["Rizky"].id])

    desk.post(address, {**form_of(desk.get(address)), "kk_number": "3307101203150095", "relation": "grandchild"})

    new = Resident.objects.in_village(KURIPAN).get(person_id=family["Rizky"].person_id, life_status="alive")
    assert (new.household_id, new.relation) == (home["household_id"], "grandchild")


def test_strangers_and_a_village_head_find_no_such_pages(
    sign_in: SignIn, officer: Actor, family: Family, now: datetime
) -> None:
    move = transfer(officer, now, family["Siti"])["move"]
    pages = [
        reverse("people:transfer_resident", args=[family["Rizky"].id]),
        reverse("people:accept_resident", args=[move]),
    ]
    head = sign_in("village_head", KURIPAN)
    far = sign_in("village_officer", "53.08.12.2014")
    for client in (head, far):
        for page in pages:
            assert client.get(page).status_code == 404
            assert client.post(page, {"act_id": new_id()}).status_code == 404


@pytest.mark.parametrize(("page", "most"), [("transfer_resident", 4), ("arrivals", 13), ("accept_resident", 13)])
def test_a_page_asks_no_more_than_it_must(
    sign_in: SignIn, officer: Actor, family: Family, now: datetime, page: str, most: int, django_assert_num_queries: Any
) -> None:
    move = transfer(officer, now, family["Siti"])["move"]
    args = {"transfer_resident": [family["Rizky"].id], "accept_resident": [move], "arrivals": []}[page]
    client = sign_in("village_officer", KURIPAN if page == "transfer_resident" else KENANGA)
    address = reverse(f"people:{page}", args=args)
    client.get(address)

    with django_assert_num_queries(most):
        assert client.get(address).status_code == 200


def test_the_familys_page_says_that_the_move_waits(desk: Client, officer: Actor, family: Family, now: datetime) -> None:
    transfer(officer, now, family["Siti"])

    page = desk.get(reverse("people:household", args=[family["Siti"].household_id])).content.decode()

    assert "Menunggu diterima desa tujuan" in page
    assert "pindah ke Desa Kenanga" in page
