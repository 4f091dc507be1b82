"""Whose key was erased is not written about again, by no door."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.keys.subject_keys import KeyErased, erase_key, erased_among, key_of
from desmigratif.people.models import Resident
from desmigratif.people.queries.register import load_register, planned
from desmigratif.people.rules.register_sheet.row import RegisterRow
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

KURIPAN = "33.07.10.2004"
Family = dict[str, Resident]
pytestmark = pytest.mark.django_db
ROW = RegisterRow(**dict.fromkeys(RegisterRow._fields))


def test_an_erased_key_is_not_made_anew_and_one_never_made_is() -> None:
    erased, fresh = uuid4(), uuid4()
    key_of(erased, make=True)

    assert erase_key(erased)
    assert not erase_key(erased)
    assert key_of(erased) is None
    with pytest.raises(KeyErased):
        key_of(erased, make=True)
    assert erased_among([erased]) == {erased}
    assert not erase_key(fresh)
    assert key_of(fresh, make=True)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("people.add_phone", {"phone_id": new_id(), "number": "0812-3456-7890"}),
        ("people.record_contact_wish", {"wish_id": new_id(), "wish": "Lewat Bu RT"}),
        (
            "people.correct_resident",
            {"seen_version": 1, "reason": "Salah", "source": "KTP", "changes": {"birth_place": "Garut"}},
        ),
        ("people.record_fact", {"fact_id": new_id(), "source": "Ijazah", "stated": {"birth_place": "Garut"}}),
    ],
)
def test_every_act_about_somebody_erased_is_refused_with_a_sentence(
    officer: Actor, family: Family, now: datetime, name: str, given: dict[str, Any]
) -> None:
    erase_key(family["Siti"].id)

    with pytest.raises(Refusal) as refused:
        content = {"village_code": KURIPAN, "resident_id": family["Siti"].id, "on": "2026-11-23", **given}
        do(officer, name, content, now=now, act_id=new_id())

    (reason,) = refused.value.reasons
    assert (reason.code, reason.text) == ("key_erased", "Data ini sudah dihapus, jadi tidak bisa ditulis lagi.")
    assert key_of(family["Siti"].id) is None


def test_a_form_says_so_and_keeps_what_was_typed(desk: Client, family: Family) -> None:
    erase_key(family["Siti"].id)
    address = reverse("people:contact_wish", args=[family["Siti"].id])
    form = desk.get(address).context["form"]
    hidden = {name: form[name].value() for name in ("act_id", "record_id")}

    said = desk.post(address, {**hidden, "wish": "Lewat Bu RT"}).content.decode()

    assert "sudah dihapus" in said
    assert "Lewat Bu RT" in said


def test_a_register_sheet_leaves_them_alone_with_a_warning(officer: Actor, family: Family, now: datetime) -> None:
    erase_key(family["Slamet"].id)
    row = ROW._replace(row=2, name="Slamet Riyadi", birth_date=family["Slamet"].birth_date, birth_place="Garut")
    Resident.objects.in_village(KURIPAN).filter(id=family["Slamet"].id).update(birth_place="Garut")

    plan = planned(load_register(KURIPAN), [row._replace(occupation="2")])

    assert (len(plan.changed), len(plan.new), [w.code for w in plan.warnings]) == (0, 0, ["data_erased"])
