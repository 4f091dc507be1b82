"""Registering and correcting people: who may, what is refused, what is left behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor
from desmigratif.access.door import Act, do, perform
from desmigratif.access.keys.subject_keys import erase_key, key_of
from desmigratif.audit import memory
from desmigratif.audit.models import Change, Event, Outcome, Signal, TimelineEntry
from desmigratif.audit.verify import verify_chains
from desmigratif.people import actions, sealing
from desmigratif.people.actions.records import fact_value
from desmigratif.people.models import Consent, ContactWish, Fact, Household, Phone, Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.privacy import PrivacyClass
from desmigratif.shared.reasons import NeedsReview, Refusal

KURIPAN = "33.07.10.2004"
TODAY = date(2026, 11, 23)
SITI = {"name": "Siti Aminah", "sex": "F", "birth_date": "1992-05-12", "nik": "3307105205920417", "relation": "head"}
pytestmark = pytest.mark.django_db
assert actions


def member(**facts: Any) -> dict[str, Any]:
    return {"resident_id": str(new_id()), "person_id": str(new_id()), **SITI, **facts}


def register(by: Actor, now: datetime, *members: dict[str, Any], **facts: Any) -> Household:
    given = {
        "village_code": KURIPAN, "household_id": str(new_id()), "on": str(TODAY), "hamlet": "Krajan", "rt": "002",
        "members": list(members or [member()]), **facts,
    }  # fmt: skip
    result = do(by, "people.register_household", given, now=now, act_id=new_id())
    return Household.objects.in_village(KURIPAN).get(id=result["id"])


def the_resident(household: Household) -> Resident:
    return household.members.in_village(KURIPAN).get()


def correct(by: Actor, now: datetime, resident: Resident, seen_version: int, **changes: Any) -> dict[str, Any]:
    given = {
        "village_code": KURIPAN, "resident_id": str(resident.id), "seen_version": seen_version, "on": str(TODAY),
        "reason": "Cocok dengan KTP", "source": "KTP", "changes": changes,
    }  # fmt: skip
    return do(by, "people.correct_resident", given, now=now, act_id=new_id())


def refused(by: Actor, now: datetime, name: str, given: dict[str, Any]) -> list[str]:
    receipt = perform(by, Act(name, new_id(), given), now=now)
    assert receipt.outcome == Outcome.REFUSED
    return [reason["code"] for reason in receipt.reasons]


# --- registering ---


def test_a_family_is_registered_with_sealed_numbers(officer: Actor, now: datetime) -> None:
    household = register(officer, now, kk_number="3307101203150093")

    resident = the_resident(household)
    assert resident.name_key == "siti aminah"
    assert b"3307105205920417" not in bytes(resident.nik_sealed or b"")
    assert sealing.open_nik(resident) == "3307105205920417"
    assert sealing.open_kk(household) == "3307101203150093"
    assert resident.nik_index == sealing.nik_index("3307105205920417")


def test_registering_leaves_event_change_and_timeline(officer: Actor, now: datetime) -> None:
    household = register(officer, now)

    resident = the_resident(household)
    event = Event.objects.get()
    assert event.event == "household.registered"
    assert {s["type"] for s in event.subjects} == {"household", "resident"}
    assert set(Change.objects.values_list("record_id", flat=True)) >= {household.id, resident.id}
    assert TimelineEntry.objects.get().kind == "resident.registered"
    assert verify_chains().broken == ()


def test_details_are_sealed_and_read_back_with_their_types(officer: Actor, now: datetime) -> None:
    household = register(officer, now, member(religion="1", passport_expires_on="2031-01-02", latitude=-7.25))

    resident = the_resident(household)
    opened = sealing.open_resident(resident, key_of(resident.id))
    assert opened.details == {"religion": "1", "passport_expires_on": date(2031, 1, 2), "latitude": -7.25}


def test_an_erased_key_makes_numbers_unknown_and_nothing_else(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))

    erase_key(resident.id)

    assert sealing.open_nik(resident) is None
    assert sealing.open_resident(resident, None).details == {}


def test_a_birth_in_the_future_is_refused(officer: Actor, now: datetime) -> None:
    given = {
        "village_code": KURIPAN,
        "household_id": new_id(),
        "on": TODAY,
        "members": [member(birth_date="2027-01-01")],
    }

    assert refused(officer, now, "people.register_household", given) == ["born_in_future"]
    assert not Resident.objects.in_village(KURIPAN).exists()


def test_an_act_of_tomorrow_is_refused(officer: Actor, now: datetime) -> None:
    given = {"village_code": KURIPAN, "household_id": new_id(), "on": "2026-11-24", "members": [member()]}

    assert refused(officer, now, "people.register_household", given) == ["day_in_future"]


@pytest.mark.parametrize(
    ("again", "code"),
    [
        ({"name": "St. Aminah", "nik": None}, "looks_known"),
        ({"name": "Orang Lain", "birth_date": "1980-01-01"}, "looks_known"),
        ({"name": "Orang Lain", "nik": None}, None),
    ],
)
def test_somebody_alike_is_asked_about(officer: Actor, now: datetime, again: dict[str, Any], code: str | None) -> None:
    household = register(officer, now)
    given = {"village_code": KURIPAN, "household_id": household.id, "on": TODAY, "member": member(**again)}

    receipt = perform(officer, Act("people.register_resident", new_id(), given), now=now)

    assert [reason["code"] for reason in receipt.reasons] == ([code] if code else [])


def test_an_officer_may_say_that_it_is_somebody_else(officer: Actor, now: datetime) -> None:
    household = register(officer, now)
    given = {
        "village_code": KURIPAN, "household_id": household.id, "on": TODAY, "member": member(), "known_to_differ": True,
    }  # fmt: skip

    do(officer, "people.register_resident", given, now=now, act_id=new_id())

    assert household.members.in_village(KURIPAN).count() == 2


def test_a_kk_number_belongs_to_one_family_of_the_village(officer: Actor, now: datetime) -> None:
    register(officer, now, kk_number="3307101203150093")
    given = {
        "village_code": KURIPAN, "household_id": new_id(), "on": TODAY, "kk_number": "3307101203150093",
        "members": [member(name="Orang Lain", nik=None)],
    }  # fmt: skip

    assert refused(officer, now, "people.register_household", given) == ["kk_in_village"]


def test_an_id_that_is_taken_is_refused_in_words(officer: Actor, now: datetime) -> None:
    household = register(officer, now)
    given = {"village_code": KURIPAN, "household_id": household.id, "on": TODAY, "members": [member(nik=None)]}

    assert refused(officer, now, "people.register_household", given) == ["id_taken"]


# --- correcting ---


def test_a_correction_keeps_what_stood_before_with_its_source(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))

    correct(officer, now, resident, 1, name="Siti Aminah Rahayu")

    resident.refresh_from_db()
    key = key_of(resident.id)
    facts = [(fact_value(f, key), f.source, f.chosen) for f in Fact.objects.order_by("id")]
    assert (resident.name, resident.name_key, resident.version) == ("Siti Aminah Rahayu", "siti aminah rahayu", 2)
    assert facts == [("Siti Aminah", "Petugas desa", False), ("Siti Aminah Rahayu", "KTP", True)]
    assert Event.objects.get(event="resident.corrected").details == {"fields": ["name"], "version": 2}


def test_a_field_can_be_made_unknown_but_not_the_name(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))

    correct(officer, now, resident, 1, nik=None)
    with pytest.raises(Refusal) as refusal:
        correct(officer, now, resident, 2, name=None)

    resident.refresh_from_db()
    assert resident.nik_sealed is None
    assert resident.nik_index == ""
    assert refusal.value.reasons[0].code == "name_missing"


def test_corrections_of_different_fields_merge(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))

    correct(officer, now, resident, 1, name="Siti Aminah Rahayu")
    correct(officer, now, resident, 1, birth_place="Wonosobo", religion="1")

    resident.refresh_from_db()
    assert (resident.name, resident.birth_place, resident.version) == ("Siti Aminah Rahayu", "Wonosobo", 3)


def test_two_corrections_of_one_field_go_to_a_person(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))
    correct(officer, now, resident, 1, name="Siti Aminah Rahayu")

    with pytest.raises(NeedsReview) as review:
        correct(officer, now, resident, 1, name="Siti Aminatun", birth_place="Wonosobo")

    resident.refresh_from_db()
    assert review.value.reasons[0].field == "changes.name"
    assert (resident.name, resident.birth_place) == ("Siti Aminah Rahayu", "")


def test_the_same_correction_from_two_desks_is_no_clash(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))

    correct(officer, now, resident, 1, name="Siti Aminah Rahayu")
    again = correct(officer, now, resident, 1, name="Siti Aminah Rahayu")

    assert again["changed"] == []


def test_a_correction_of_a_specific_field_shows_only_to_who_may_see_it(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))

    correct(officer, now, resident, 1, disability="1")

    assert TimelineEntry.objects.get(kind="resident.corrected").privacy == PrivacyClass.SPECIFIC


def test_a_doubt_about_the_nik_ends_when_the_nik_fits(
    officer: Actor, now: datetime, working: Callable[..., Any]
) -> None:
    household = register(officer, now, member(nik="3307101205920417"))
    resident = the_resident(household)
    with working(officer):
        memory.set_signal(
            "nik_doubt", village_code=KURIPAN, household_id=household.id, resident_id=resident.id, since=TODAY
        )

    correct(officer, now, resident, 1, nik="3307105205920417")

    assert Signal.objects.get().until == TODAY


def test_a_doubt_can_be_settled_without_a_change(officer: Actor, now: datetime, working: Callable[..., Any]) -> None:
    household = register(officer, now)
    with working(officer):
        memory.set_signal("two_heads", village_code=KURIPAN, household_id=household.id, since=TODAY)
    given = {"village_code": KURIPAN, "household_id": household.id, "kind": "two_heads", "on": TODAY}

    assert do(officer, "people.settle_doubt", given, now=now, act_id=new_id()) == {"ended": 1}


def test_a_familys_address_is_corrected_and_a_stale_form_goes_to_a_person(officer: Actor, now: datetime) -> None:
    household = register(officer, now)
    given = {
        "village_code": KURIPAN, "household_id": household.id, "seen_version": 1, "on": TODAY, "reason": "Pindah RT",
        "source": "KK", "changes": {"rt": "003", "kk_number": "3307101203150093"},
    }  # fmt: skip

    do(officer, "people.correct_household", given, now=now, act_id=new_id())
    stale = perform(officer, Act("people.correct_household", new_id(), {**given, "changes": {"rt": "004"}}), now=now)

    household.refresh_from_db()
    assert (household.rt, household.version) == ("003", 2)
    assert sealing.open_kk(household) == "3307101203150093"
    assert stale.outcome == Outcome.NEEDS_REVIEW


# --- facts of several sources ---


def state(by: Actor, now: datetime, resident: Resident, *, chosen: bool, **stated: Any) -> UUID:
    fact_id = new_id()
    given = {
        "village_code": KURIPAN, "fact_id": fact_id, "resident_id": resident.id, "on": TODAY, "source": "Ijazah",
        "as_of": "2010-06-01", "stated": stated, "chosen": chosen,
    }  # fmt: skip
    do(by, "people.record_fact", given, now=now, act_id=new_id())
    return fact_id


def test_what_another_source_says_stands_beside_what_counts(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))

    state(officer, now, resident, chosen=False, birth_date="1992-05-21")

    resident.refresh_from_db()
    assert resident.birth_date == date(1992, 5, 12)
    assert fact_value(Fact.objects.get(), key_of(resident.id)) == date(1992, 5, 21)


def test_choosing_a_source_makes_its_value_count(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))
    fact_id = state(officer, now, resident, chosen=False, birth_date="1992-05-21")
    given = {"village_code": KURIPAN, "fact_id": fact_id, "on": TODAY, "reason": "Ijazah asli dilihat"}

    do(officer, "people.choose_fact", given, now=now, act_id=new_id())

    resident.refresh_from_db()
    assert resident.birth_date == date(1992, 5, 21)
    assert [fact.id for fact in Fact.objects.filter(chosen=True)] == [fact_id]


def test_a_fact_can_be_chosen_as_it_is_recorded(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))

    fact_id = state(officer, now, resident, chosen=True, birth_date="1992-05-21")

    resident.refresh_from_db()
    assert resident.birth_date == date(1992, 5, 21)
    assert [(fact.id, fact.source) for fact in Fact.objects.filter(chosen=True)] == [(fact_id, "Ijazah")]
    assert resident.source == "Petugas desa"  # for all that the certificate does not speak of


def test_one_fact_at_a_time(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))

    with pytest.raises(Refusal) as refusal:
        state(officer, now, resident, chosen=False, birth_date="1992-05-21", sex="F")

    assert refusal.value.reasons[0].code == "not_one_fact"


# --- contact and consent ---


def test_a_phone_is_kept_in_one_form_and_once(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))
    given = {"village_code": KURIPAN, "resident_id": resident.id, "on": TODAY, "number": "0812-3456-7890"}

    do(officer, "people.add_phone", {**given, "phone_id": new_id()}, now=now, act_id=new_id())
    codes = refused(officer, now, "people.add_phone", {**given, "phone_id": new_id(), "number": "+62 81234567890"})

    phone = Phone.objects.in_village(KURIPAN).get()
    assert sealing.open_phone(phone, key_of(resident.id)) == "+6281234567890"
    assert phone.safe is None
    assert codes == ["phone_known"]


def test_the_newest_wish_counts(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))
    given = {"village_code": KURIPAN, "resident_id": resident.id, "on": TODAY}

    for wish in ("Jangan telepon", "Lewat Bu RT saja"):
        do(
            officer, "people.record_contact_wish", {**given, "wish_id": new_id(), "wish": wish},
            now=now, act_id=new_id(),
        )  # fmt: skip

    kept = ContactWish.objects.get()
    opened = sealing.open_text(key_of(resident.id), kept.wish_sealed, sealing.wish_place(kept.id))
    assert opened == "Lewat Bu RT saja"


def consent(by: Actor, now: datetime, resident: Resident, **facts: Any) -> UUID:
    consent_id = new_id()
    given = {
        "village_code": KURIPAN, "consent_id": consent_id, "resident_id": resident.id, "on": TODAY,
        "purpose": "contact_family", "text_version": "1", "given": True, **facts,
    }  # fmt: skip
    do(by, "people.record_consent", given, now=now, act_id=new_id())
    return consent_id


def test_consent_is_withdrawn_as_easily_as_given(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))
    consent_id = consent(officer, now, resident)
    given = {"village_code": KURIPAN, "consent_id": consent_id, "on": TODAY}

    do(officer, "people.withdraw_consent", given, now=now, act_id=new_id())

    assert Consent.objects.get().withdrawn_on == TODAY
    assert refused(officer, now, "people.withdraw_consent", given) == ["not_standing"]


def test_a_newer_answer_takes_the_place_of_the_older(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now))
    consent(officer, now, resident)

    consent(officer, now, resident, given=False)

    assert list(Consent.objects.order_by("id").values_list("given", "withdrawn_on")) == [(True, TODAY), (False, None)]


def test_for_a_child_the_parent_answers(officer: Actor, now: datetime) -> None:
    resident = the_resident(register(officer, now, member(birth_date="2015-01-01", nik=None)))

    with pytest.raises(Refusal) as refusal:
        consent(officer, now, resident)
    consent(officer, now, resident, given_by="mother")

    assert refusal.value.reasons[0].code == "child_needs_guardian"
    assert Consent.objects.get().given_by == "mother"


# --- strangers ---


def every_act(resident: Resident, fact_id: UUID, consent_id: UUID) -> dict[str, dict[str, Any]]:
    """One valid payload per action about a resident of Kuripan."""
    base = {"village_code": KURIPAN, "on": str(TODAY)}
    about = {**base, "resident_id": resident.id}
    home = {**base, "household_id": resident.household_id}
    written = {"seen_version": 1, "reason": "KTP", "source": "KTP"}
    return {
        "people.register_household": {**base, "household_id": new_id(), "members": [member(nik=None, name="Baru")]},
        "people.register_resident": {**home, "member": member(nik=None, name="Lain Lagi")},
        "people.correct_resident": {**about, **written, "changes": {"name": "Diubah"}},
        "people.correct_household": {**home, **written, "changes": {"rt": "009"}},
        "people.settle_doubt": {**home, "kind": "two_heads"},
        "people.add_phone": {**about, "phone_id": new_id(), "number": "081234567890"},
        "people.record_contact_wish": {**about, "wish_id": new_id(), "wish": "Jangan"},
        "people.record_consent": {
            **about, "consent_id": new_id(), "purpose": "messages", "text_version": "1", "given": True,
        },
        "people.withdraw_consent": {**base, "consent_id": consent_id},
        "people.record_fact": {**about, "fact_id": new_id(), "source": "KK", "stated": {"sex": "M"}},
        "people.choose_fact": {**base, "fact_id": fact_id, "reason": "KK"},
    }  # fmt: skip


def test_a_stranger_finds_nobody_to_write_about(
    officer: Actor, stranger: Actor, ministry: Actor, now: datetime
) -> None:
    resident = the_resident(register(officer, now))
    fact_id = state(officer, now, resident, chosen=False, birth_date="1992-05-21")
    acts = every_act(resident, fact_id, consent(officer, now, resident))
    before = Change.objects.count()

    for by in (stranger, ministry):
        answers = {name: refused(by, now, name, given) for name, given in acts.items()}
        assert answers == {name: ["not_found"] for name in acts}

    assert Change.objects.count() == before
    assert all(
        perform(officer, Act(name, new_id(), given), now=now).outcome == Outcome.DONE for name, given in acts.items()
    )


def test_an_officer_cannot_reach_another_village_by_naming_their_own(
    officer: Actor, stranger: Actor, now: datetime
) -> None:
    resident = the_resident(register(officer, now))
    acts = every_act(resident, state(officer, now, resident, chosen=False, sex="M"), consent(officer, now, resident))
    new_people = ("people.register_household",)

    for name, given in acts.items():
        if name not in new_people:
            own_village = {**given, "village_code": "32.12.16.2004"}
            assert refused(stranger, now, name, own_village) == ["not_found"], name
