"""A child comes to the centre once, with a lawful basis, and by somebody who may know the family."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from desmigratif.access.actor import Actor, person
from desmigratif.access.testing import SignIn
from desmigratif.audit.models import TimelineEntry
from desmigratif.parenting.models import Child
from desmigratif.parenting.queries.children import proposed_ends
from desmigratif.parenting.queries.situations import situations_of
from desmigratif.parenting.rules import children as rules
from desmigratif.parenting.rules.risk import signs_of
from desmigratif.parenting.tests.conftest import KENANGA, KURIPAN, Doing
from desmigratif.people.models import HandOver, Resident
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def enrol(doing: Doing, resident: Resident, **changes: Any) -> dict[str, Any]:
    given = {"child_id": new_id(), "resident_id": resident.id, "basis": "consent", "given_by": "father", **changes}
    return doing("parenting.enrol_child", **given)


def test_a_child_is_enrolled_with_who_is_abroad_and_who_cares(rizky: UUID) -> None:
    child = Child.objects.in_village(KURIPAN).get()

    assert (child.id, child.parent, child.caregiver_relation, child.schooling) == (
        rizky, "mother", "grandparent", "primary"
    )  # fmt: skip
    entry = TimelineEntry.objects.get(kind="child.enrolled")
    assert entry.privacy == "specific", "a line about a child is not for everybody who sees the family"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"given_by": None}, "giver_missing"),
        ({"basis": "curiosity"}, "not_a_choice"),
        ({"schooling": "university"}, "not_a_choice"),
        ({"needs": ["gold"]}, "not_a_choice"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(
    changes: dict[str, Any], code: str, family: dict[str, Resident], doing: Doing
) -> None:
    with pytest.raises(Refusal) as refusal:
        enrol(doing, family["Rizky"], **changes)

    assert [reason.code for reason in refusal.value.reasons] == [code]


def test_without_a_guardian_to_ask_the_childs_own_interest_is_basis_enough(
    family: dict[str, Resident], doing: Doing
) -> None:
    enrol(doing, family["Rizky"], basis="vital_interest", given_by=None)

    assert Child.objects.in_village(KURIPAN).get().basis == "vital_interest"


def test_a_child_is_not_enrolled_twice(rizky: UUID, family: dict[str, Resident], doing: Doing) -> None:
    with pytest.raises(Refusal) as refusal:
        enrol(doing, family["Rizky"])

    assert refusal.value.reasons[0].code == "already_enrolled"
    assert Child.objects.in_village(KURIPAN).count() == 1


def test_a_second_record_of_the_same_name_and_birthday_is_asked_about(
    rizky: UUID, family: dict[str, Resident], doing: Doing
) -> None:
    member = {"resident_id": new_id(), "person_id": new_id(), "name": "Rizky Riyadi", "birth_date": "2017-03-04"}
    doing("people.register_household", household_id=new_id(), members=[member], known_to_differ=True)
    other = Resident.objects.in_village(KURIPAN).get(id=member["resident_id"])

    with pytest.raises(Refusal) as refusal:
        enrol(doing, other)
    assert refusal.value.reasons[0].code == "looks_enrolled"

    enrol(doing, other, known_to_differ=True)
    assert Child.objects.in_village(KURIPAN).count() == 2


def test_a_grown_up_is_no_child_of_the_centre(family: dict[str, Resident], doing: Doing) -> None:
    with pytest.raises(Refusal) as refusal:
        enrol(doing, family["Siti"])

    assert refusal.value.reasons[0].code == "not_a_child"
    assert refusal.value.reasons[0].citation


@pytest.mark.parametrize(
    ("born", "child", "band", "must_learn"),
    [
        (date(2008, 11, 23), False, "", False),  # eighteen today
        (date(2008, 11, 24), True, "teen", False),
        (date(2013, 11, 23), True, "teen", True),
        (date(2014, 1, 1), True, "school", True),
        (date(2020, 11, 23), True, "school", False),
        (date(2021, 1, 1), True, "small", False),
    ],
)
def test_age_bands_and_school_age_by_hand(born: date, child: bool, band: str, must_learn: bool) -> None:
    found = (rules.is_child(born, TODAY), rules.band_of(born, TODAY), rules.must_learn(born, TODAY))

    assert found == (child, band, must_learn)


def test_a_tutor_enrols_only_from_families_handed_over(family: dict[str, Resident], doing: Doing, tutor: Actor) -> None:
    with pytest.raises(Refusal, match="not_found"):
        enrol(doing, family["Rizky"], by=tutor)

    handed = new_id()
    household = family["Rizky"].household_id
    doing("people.hand_over_household", hand_over_id=handed, household_id=household, kind="children_left_behind")
    enrol(doing, family["Rizky"], by=tutor, hand_over_id=handed)
    enrol(doing, family["Putri"], by=tutor)

    assert HandOver.objects.in_village(KURIPAN).get().taken
    assert Child.objects.in_village(KURIPAN).count() == 2


@pytest.mark.parametrize("role", ["village_officer", "tutor"])
def test_a_stranger_neither_enrols_nor_sees(role: str, rizky: UUID, sign_in: SignIn) -> None:
    stranger = sign_in(role, KENANGA)

    assert b"Rizky" not in stranger.get(reverse("parenting:children")).content
    resident = Child.objects.in_village(KURIPAN).get().resident_id
    assert stranger.get(f"{reverse('parenting:enrol')}?warga={resident}").status_code == 404


def test_a_stranger_cannot_act(family: dict[str, Resident], doing: Doing, stranger: Actor, ministry: Actor) -> None:
    for by in (stranger, ministry):
        with pytest.raises(Refusal, match="not_found"):
            enrol(doing, family["Rizky"], by=by)

    assert not Child.objects.in_village(KURIPAN).exists()


def test_an_officer_enrols_on_the_page_and_finds_the_child_in_the_list(
    family: dict[str, Resident], sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    desk = sign_in("village_officer", KURIPAN)
    address = f"{reverse('parenting:enrol')}?warga={family['Rizky'].id}"
    form = desk.get(address).context["form"]
    sent = {"act_id": form["act_id"].value(), "record_id": form["record_id"].value(), "on": "23-11-2026"}

    missing = desk.post(address, {**sent, "basis": "consent"})
    assert "Pilih siapa yang mengizinkan." in missing.content.decode()
    desk.post(address, {**sent, "basis": "consent", "given_by": "father", "schooling": "primary", "school_class": "4"})

    with django_assert_max_num_queries(16):
        page = desk.get(reverse("parenting:children")).content.decode()
    assert "Rizky Riyadi" in page
    assert "kelas 4" in page


def test_a_caregiver_on_the_list_of_those_who_may_not_be_with_children_is_refused(
    family: dict[str, Resident], doing: Doing
) -> None:
    regency = person(new_id(), "Koordinator", ("regency_coordinator", "33.07"))
    doing(
        "parenting.bar_person", by=regency, barred_id=new_id(), region_code="33.07", village_code=None,
        name="Yayah", birth_date="1961-01-30", because="convicted", reference="Putusan contoh",
    )  # fmt: skip

    with pytest.raises(Refusal) as refusal:
        enrol(doing, family["Rizky"], caregiver_id=family["Yayah"].id)

    assert (refusal.value.reasons[0].code, refusal.value.reasons[0].field) == ("barred", "caregiver_id")
    assert not Child.objects.in_village(KURIPAN).exists()


def test_three_absences_running_propose_a_look(rizky: UUID, doing: Doing) -> None:
    centre = new_id()
    doing("parenting.open_centre", centre_id=centre, name="Melati", place="Balai dusun", on="2026-09-01")
    for at in ("07:00", "08:00", "09:00"):
        session = new_id()
        given = {"at": at, "minutes": 45, "kind": "play"}
        doing("parenting.plan_session", centre_id=centre, session_id=session, **given)
        marks = [{"child_id": rizky, "mark": "absent"}]
        doing("parenting.call_roll", session_id=session, marks=marks, seen=1, on=None)
    child = Child.objects.in_village(KURIPAN).select_related("resident", "caregiver").get()

    assert situations_of([child], TODAY)[child.id].absences == 3
    assert "absences" in signs_of(situations_of([child], TODAY)[child.id], TODAY)


def move(doing: Doing, child: Resident, to: str, **arrival: Any) -> None:
    given = {"resident_id": child.id, "move_id": new_id(), "seen_version": 1, "to_village_code": to}
    doing("people.transfer_resident", **given, **arrival)


def test_who_moves_away_is_proposed_for_leaving_with_the_reason_ready(
    rizky: UUID, family: dict[str, Resident], doing: Doing, sign_in: SignIn
) -> None:
    desk, address = sign_in("village_officer", KURIPAN), reverse("parenting:child", args=[rizky])
    assert "Masih di rumah belajar?" not in desk.get(address).content.decode()

    move(doing, family["Rizky"], KENANGA)

    assert "anak ini sudah pindah dari desa" in desk.get(address).content.decode()
    assert "Pindah" in desk.get(reverse("parenting:children")).content.decode()
    leaving = reverse("parenting:leave_centre", args=[rizky])
    form = desk.get(leaving).context["form"]
    assert form["because"].value() == "moved"
    desk.post(leaving, {"act_id": form["act_id"].value(), "because": "moved", "on": "23-11-2026"})
    child = Child.objects.in_village(KURIPAN).get()
    assert (child.left_because, child.counted) == ("moved", {})


def test_who_moves_inside_the_village_stays(rizky: UUID, family: dict[str, Resident], doing: Doing) -> None:
    home = {"resident_id": new_id(), "household_id": new_id(), "relation": "child", "hamlet": "Sawah"}
    move(doing, family["Rizky"], KURIPAN, arrival=home)

    child = Child.objects.in_village(KURIPAN).select_related("resident").get()
    assert proposed_ends([child], TODAY) == {}
    assert proposed_ends([child], date(2036, 11, 23)) == {child.id: "grown_up"}
