"""Numbers of a village's register: one after the other, each once, none ever free again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from desmigratif.documents.models import Letter
from desmigratif.documents.register import next_sequence
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
pytestmark = pytest.mark.django_db


def test_numbers_of_a_village_follow_each_other_and_begin_anew_each_year() -> None:
    given = [next_sequence(*which) for which in ((KURIPAN, 2026), (KURIPAN, 2026), (KENANGA, 2026), (KURIPAN, 2027))]

    assert given == [1, 2, 1, 1]
    assert next_sequence(KURIPAN, 2026) == 3


def make_letter(sequence: int) -> Letter:
    return Letter.objects.create(
        id=new_id(),
        village_code=KURIPAN,
        kind="family_permission",
        year=2026,
        sequence=sequence,
        number=f"474/{sequence}",
        issued_on=date(2026, 11, 23),
        resident_id=new_id(),
        household_id=new_id(),
        stage="permission",
        statement=b"",
        short_code=f"AAAA-BBBB-{sequence:04d}",
        content_sealed=b"",
    )


def test_a_letter_is_never_deleted() -> None:
    letter = make_letter(1)

    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.in_village(KURIPAN).filter(id=letter.id).delete()

    assert Letter.objects.in_village(KURIPAN).count() == 1


def test_the_database_refuses_a_number_that_is_taken() -> None:
    make_letter(1)

    with pytest.raises(DatabaseError), transaction.atomic():
        make_letter(1)


def change(letter: Letter, **values: object) -> None:
    with transaction.atomic():
        Letter.objects.in_village(KURIPAN).filter(id=letter.id).update(**values)


@pytest.mark.parametrize("column", [f.attname for f in Letter._meta.fields if not f.attname.startswith("revoked_")])
def test_nothing_that_a_letter_says_can_be_changed_in_the_database(column: str) -> None:
    letter = make_letter(1)
    other = make_letter(2)

    field = Letter._meta.get_field(column)
    value = {"BinaryField": b"x", "UUIDField": new_id(), "DateField": date(2020, 1, 1)}.get(
        field.get_internal_type(), "x" if field.get_internal_type() == "CharField" else 9
    )
    with pytest.raises(DatabaseError, match="a letter never changes"):
        change(letter, **{column: value})

    change(other, revoked_on=date(2026, 11, 24), revoked_reason="misused")


def test_a_revocation_stays_as_it_was_said() -> None:
    letter = make_letter(1)
    change(letter, revoked_on=date(2026, 11, 24), revoked_reason="misused")

    for later in ({"revoked_on": None, "revoked_reason": ""}, {"revoked_reason": "replaced"}):
        with pytest.raises(DatabaseError, match="only be revoked once"):
            change(letter, **later)
