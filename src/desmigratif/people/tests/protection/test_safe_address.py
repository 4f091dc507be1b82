"""A safe address: who keeps it, what leaves the register for it, and that nothing tells of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import OperationalError
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.access.keys.subject_keys import erase_key, key_of
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import Event, EventSubject, Receipt, TimelineEntry
from desmigratif.people import sealing
from desmigratif.people.models import Fact, Household, Resident, SafeAddress
from desmigratif.people.queries.protection import records_of_human, safe_address_of
from desmigratif.people.queries.register import load_register, planned
from desmigratif.people.rules.register_sheet.row import RegisterRow
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

KURIPAN, WONOSOBO = "33.07.10.2004", "33.07"
Family = dict[str, Resident]
pytestmark = pytest.mark.django_db
ROW = RegisterRow(**dict.fromkeys(RegisterRow._fields))


@pytest.fixture
def coordinator(places: None) -> Actor:
    return person(new_id(), "Koordinator", ("regency_coordinator", WONOSOBO))


def keep(by: Actor, resident: Resident, now: datetime, **said: Any) -> None:
    given = {"record_id": new_id(), "resident_id": resident.id, "on": "2026-11-23", "address": "Rumah Bibi 7", **said}
    do(by, "people.keep_safe_address", given, now=now, act_id=new_id())


def end(by: Actor, resident: Resident, now: datetime) -> None:
    given = {"resident_id": resident.id, "on": "2026-11-23"}
    do(by, "people.end_safe_address", given, now=now, act_id=new_id())


def fresh(resident: Resident) -> Resident:
    return Resident.objects.in_village(KURIPAN).select_related("household").get(id=resident.id)


def whereabouts(officer: Actor, resident: Resident, now: datetime, text: str) -> None:
    given = {
        "village_code": KURIPAN, "resident_id": resident.id, "seen_version": fresh(resident).version,
        "on": "2026-11-23", "reason": "Pindah kontrakan", "source": "RT", "changes": {"current_address": text},
    }  # fmt: skip
    do(officer, "people.correct_resident", given, now=now, act_id=new_id())


def details(resident: Resident) -> Any:
    return sealing.open_resident(fresh(resident), key_of(resident.id)).details


def test_a_coordinator_keeps_it_and_reads_it_again(coordinator: Actor, family: Family, now: datetime) -> None:
    keep(coordinator, family["Siti"], now, contact="Bu Lik 0812")

    kept = safe_address_of(coordinator, records_of_human(coordinator, family["Siti"]))
    assert kept is not None
    assert (kept.address, kept.contact) == ("Rumah Bibi 7", "Bu Lik 0812")
    assert b"Rumah Bibi" not in bytes(SafeAddress.objects.get().sealed)


def test_a_stranger_and_the_village_itself_cannot_keep_or_end_one(
    stranger: Actor, officer: Actor, coordinator: Actor, family: Family, now: datetime
) -> None:
    elsewhere = person(new_id(), "Koordinator lain", ("regency_coordinator", "32.12"))
    keep(coordinator, family["Siti"], now)

    for nobody in (stranger, officer, elsewhere):
        for act in (keep, end):
            with pytest.raises(Refusal) as refused:
                act(nobody, family["Siti"], now)
            assert refused.value.reasons[0].code == "not_found"
        assert safe_address_of(nobody, [family["Siti"]]) is None
    assert SafeAddress.objects.count() == 1


def test_whereabouts_and_home_leave_the_register_and_come_back(
    officer: Actor, coordinator: Actor, family: Family, now: datetime
) -> None:
    siti = family["Siti"]
    whereabouts(officer, siti, now, "Kontrakan Blok C")

    keep(coordinator, siti, now, hide_home=True)
    hidden = fresh(siti)
    home = hidden.household
    assert (home.hamlet, home.rt, home.rw, home.address) == ("", "", "", "")
    assert "current_address" not in details(siti)
    assert not Fact.objects.filter(resident=siti, field="current_address").exists()

    end(coordinator, siti, now)
    shown = fresh(siti)
    assert (shown.household.hamlet, shown.household.rt) == ("Krajan", "002")
    assert details(siti)["current_address"] == "Kontrakan Blok C"
    assert Fact.objects.get(resident=siti, field="current_address").chosen
    assert not SafeAddress.objects.exists()


def test_what_was_written_meanwhile_is_not_overwritten(
    officer: Actor, coordinator: Actor, family: Family, now: datetime
) -> None:
    keep(coordinator, family["Siti"], now, hide_home=True)
    Household.objects.in_village(KURIPAN).update(hamlet="Ngadisari")

    end(coordinator, family["Siti"], now)

    home = fresh(family["Siti"]).household
    assert (home.hamlet, home.rt) == ("Ngadisari", "002")


def test_a_second_saving_hides_what_was_written_since(coordinator: Actor, family: Family, now: datetime) -> None:
    keep(coordinator, family["Siti"], now, hide_home=True)
    Household.objects.in_village(KURIPAN).update(hamlet="Ngadisari")

    keep(coordinator, family["Siti"], now, hide_home=True, address="Rumah Paman 3")

    assert fresh(family["Siti"]).household.hamlet == ""
    kept = safe_address_of(coordinator, [family["Siti"]])
    assert kept is not None
    assert kept.homes[str(family["Siti"].household_id)] == {"hamlet": "Ngadisari", "rt": "002", "rw": "001"}
    assert (kept.address, SafeAddress.objects.count()) == ("Rumah Paman 3", 1)


def test_without_the_tick_the_home_stands_in_the_register_again(
    coordinator: Actor, family: Family, now: datetime
) -> None:
    keep(coordinator, family["Siti"], now, hide_home=True)

    keep(coordinator, family["Siti"], now)

    assert fresh(family["Siti"]).household.hamlet == "Krajan"
    assert SafeAddress.objects.get().home_index == ""


def test_an_address_or_somebody_to_ask_must_be_named(coordinator: Actor, family: Family, now: datetime) -> None:
    with pytest.raises(Refusal) as refused:
        keep(coordinator, family["Siti"], now, address=None)

    assert [reason.field for reason in refused.value.reasons] == ["address"]


def test_it_follows_its_person_to_another_family(
    officer: Actor, coordinator: Actor, family: Family, now: datetime
) -> None:
    keep(coordinator, family["Siti"], now)
    arrived = new_id()
    given = {
        "village_code": KURIPAN, "move_id": new_id(), "resident_id": family["Siti"].id, "on": "2026-11-23",
        "seen_version": fresh(family["Siti"]).version, "to_village_code": KURIPAN,
        "arrival": {"resident_id": arrived, "household_id": new_id(), "relation": "head"},
    }  # fmt: skip
    do(officer, "people.transfer_resident", given, now=now, act_id=new_id())

    now_here = Resident.objects.in_village(KURIPAN).get(id=arrived)
    kept = safe_address_of(coordinator, records_of_human(coordinator, now_here))
    assert kept is not None
    assert kept.address == "Rumah Bibi 7"


def test_it_goes_with_the_key_of_the_resident(coordinator: Actor, family: Family, now: datetime) -> None:
    keep(coordinator, family["Siti"], now)

    erase_key(family["Siti"].id)

    assert safe_address_of(coordinator, [family["Siti"]]) is None


def test_nothing_of_the_village_tells_of_it(coordinator: Actor, family: Family, now: datetime) -> None:
    told = TimelineEntry.objects.count(), Event.objects.filter(village_code=KURIPAN).count()
    about = EventSubject.objects.count()

    keep(coordinator, family["Siti"], now, hide_home=True)

    event = Event.objects.get(event="protective.kept")
    assert (event.village_code, event.subjects) == (WONOSOBO, [])
    assert str(family["Siti"].id) not in str(event.details)
    assert (TimelineEntry.objects.count(), Event.objects.filter(village_code=KURIPAN).count()) == told
    assert EventSubject.objects.count() == about
    receipt = Receipt.objects.get(action="people.keep_safe_address")
    assert (receipt.village_code, receipt.result) == (WONOSOBO, {})


def test_a_register_sheet_does_not_put_it_back_nor_tell_of_it(
    officer: Actor, coordinator: Actor, family: Family, now: datetime
) -> None:
    siti = family["Siti"]
    whereabouts(officer, siti, now, "Kontrakan Blok C")
    said = ROW._replace(
        row=2, name="Siti Aminah", nik="3307105205920418", kk_number="3307101203150093", hamlet="Krajan", rt="002",
        rw="001", current_address="Kontrakan Blok C",
    )  # fmt: skip
    newborn = ROW._replace(row=3, name="Bayi Riyadi", kk_number="3307101203150093", hamlet="Krajan", rt="002")
    before = planned(load_register(KURIPAN), [said, newborn])

    keep(coordinator, siti, now, hide_home=True)

    after = planned(load_register(KURIPAN), [said, newborn])
    counts = [(len(plan.new), len(plan.changed), len(plan.unchanged)) for plan in (before, after)]
    assert counts == [(1, 0, 1), (1, 0, 1)]
    assert after.new[0].hamlet is None


def test_the_page_is_for_the_coordinator_and_looks_away_from_everybody_else(
    sign_in: SignIn, coordinator: Actor, family: Family, now: datetime
) -> None:
    keep(coordinator, family["Siti"], now, hide_home=True)
    address = reverse("people:protection", args=[family["Siti"].id])

    page = sign_in("regency_coordinator", WONOSOBO).get(address)
    shut = [sign_in(role, KURIPAN).get(address).status_code for role in ("village_officer", "village_head")]

    assert "Rumah Bibi 7" in page.content.decode()
    assert "Krajan" in page.content.decode()
    assert shut == [404, 404]
    assert Event.objects.filter(event="protective.opened", village_code=WONOSOBO, subjects=[]).count() == 1


def test_keeping_and_ending_on_the_page(sign_in: SignIn, family: Family) -> None:
    browser = sign_in("regency_coordinator", WONOSOBO)
    address = reverse("people:protection", args=[family["Siti"].id])
    form = browser.get(address).context["form"]
    hidden = {name: form[name].value() for name in ("act_id", "record_id")}

    empty = browser.post(address, {**hidden, "address": ""})
    saved = browser.post(address, {**hidden, "address": "Rumah Bibi 7", "hide_home": "on"})
    ended = browser.post(
        reverse("people:end_protection", args=[family["Siti"].id]), {"act_id": str(new_id())}, follow=True
    )

    assert "Tulis alamat amannya" in empty.content.decode()
    assert saved.status_code == 302
    assert "Alamat aman sudah dihapus." in ended.content.decode()
    assert fresh(family["Siti"]).household.hamlet == "Krajan"


def test_the_page_stays_closed_when_the_look_cannot_be_noted(
    sign_in: SignIn, coordinator: Actor, family: Family, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(coordinator, family["Siti"], now)
    browser = sign_in("regency_coordinator", WONOSOBO)

    def disk_is_full(*args: Any, **kwargs: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("desmigratif.audit.unit._flush", disk_is_full)

    page = browser.get(reverse("people:protection", args=[family["Siti"].id])).content.decode()

    assert "Rumah Bibi" not in page
    assert "tertutup" in page


def test_the_page_costs_a_fixed_number_of_queries(
    sign_in: SignIn, coordinator: Actor, family: Family, now: datetime, django_assert_num_queries: Any
) -> None:
    keep(coordinator, family["Siti"], now, hide_home=True)
    browser = sign_in("regency_coordinator", WONOSOBO)
    browser.get("/")

    with django_assert_num_queries(12):
        browser.get(reverse("people:protection", args=[family["Siti"].id]))
