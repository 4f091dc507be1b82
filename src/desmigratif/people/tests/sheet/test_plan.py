from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desmigratif.people.rules.register_sheet.plan import ExistingIndex, birth_key, plan_import
from desmigratif.people.rules.register_sheet.row import FIELDS, RegisterRow

BORN = date(1990, 8, 15)
NIK = "3307105508900001"
EMPTY = dict.fromkeys(FIELDS)


def row(number=2, **fields):
    return RegisterRow(
        number, **{**EMPTY, "name": "Siti Aminah", "birth_place": "Wonosobo", "birth_date": BORN, **fields}
    )


def known(*residents, **more):
    """An index of residents 0, 1, ... from their field values."""
    by_birth = {}
    for number, fields in enumerate(residents):
        key = birth_key(fields["name"], fields["birth_place"], fields["birth_date"])
        by_birth.setdefault(key, []).append(number)
    return ExistingIndex(
        by_nik={fields["nik"]: number for number, fields in enumerate(residents) if fields["nik"]},
        by_birth=by_birth,
        values=dict(enumerate(residents)),
        without_nik={number for number, fields in enumerate(residents) if not fields["nik"]},
        **more,
    )


def fields(**changes):
    return {**row()._asdict(), **changes}


def codes(plan):
    return [(warning.row, warning.code) for warning in plan.warnings]


def test_into_an_empty_village_everybody_is_new():
    plan = plan_import([row(2, nik=NIK), row(3, name="Ali")], ExistingIndex())

    assert [new.row for new in plan.new] == [2, 3]
    assert not plan.changed and not plan.unchanged and not plan.warnings


def test_the_same_row_again_changes_nothing():
    plan = plan_import([row(nik=NIK)], known(fields(nik=NIK, occupation="9")))

    assert plan.unchanged == [(row(nik=NIK), 0)]
    assert not plan.new and not plan.changed


def test_only_filled_cells_that_differ_are_changes():
    plan = plan_import(
        [row(nik=NIK, name="Siti Aminah Rahayu", occupation=None, religion="1", marital_status="married")],
        known(fields(nik=NIK, occupation="9", religion="1", marital_status="single")),
    )

    (change,) = plan.changed
    assert change.resident == 0
    assert change.fields == {"name": "Siti Aminah Rahayu", "marital_status": "married"}


def test_a_row_without_nik_is_found_by_name_birthplace_and_birth_date_in_any_spelling():
    plan = plan_import([row(name="ST. AMINAH", birth_place="Kab. Wonosobo")], known(fields(nik=NIK)))

    (change,) = plan.changed
    assert set(change.fields) == {"name", "birth_place"}


@pytest.mark.parametrize(
    "differs", [{"name": "Siti Aisyah"}, {"birth_place": "Kebumen"}, {"birth_date": date(1990, 8, 16)}]
)
def test_a_row_without_nik_that_differs_in_one_of_the_three_is_new(differs):
    assert len(plan_import([row(**differs)], known(fields(nik=NIK))).new) == 1


def test_a_nik_that_has_become_known_is_added_to_the_resident_who_had_none():
    plan = plan_import([row(nik=NIK)], known(fields(nik=None)))

    assert plan.changed[0].fields == {"nik": NIK}


def test_a_namesake_with_another_nik_stays_another_person():
    plan = plan_import([row(nik="3307105508900002")], known(fields(nik=NIK)))

    assert len(plan.new) == 1 and not plan.changed


def test_several_possible_residents_are_never_guessed():
    plan = plan_import([row()], known(fields(nik=NIK), fields(nik="3307105508900002")))

    assert plan.unclear == [row()] and codes(plan) == [(2, "several_match")]
    assert not plan.new and not plan.changed


def test_two_rows_for_one_resident_leave_the_second_alone():
    plan = plan_import([row(2, nik=NIK), row(3)], known(fields(nik=NIK)))

    assert len(plan.unchanged) == 1 and codes(plan) == [(3, "same_person_twice")]
    assert "baris 2" in plan.warnings[0].message


def test_the_same_newcomer_without_nik_twice_becomes_one():
    plan = plan_import([row(2), row(3, name="SITI AMINAH")], ExistingIndex())

    assert [new.row for new in plan.new] == [2] and codes(plan) == [(3, "same_person_twice")]


def test_niks_may_be_looked_up_by_a_keyed_index():
    def keyed(nik):
        return hash(("key", nik))

    index = ExistingIndex(by_nik={keyed(NIK): "a"}, values={"a": fields(nik=NIK)}, nik_key=keyed)

    assert plan_import([row(nik=NIK)], index).unchanged == [(row(nik=NIK), "a")]


people = st.builds(
    row,
    st.just(2),
    name=st.sampled_from(["Siti", "Ali", "Muhammad Ali", "Moh. Ali"]),
    nik=st.none() | st.sampled_from([NIK, "3307105508900002", "3307105508900003"]),
    birth_date=st.none() | st.just(BORN),
    occupation=st.none() | st.sampled_from(["1", "9"]),
)


@given(st.lists(people, max_size=8), st.lists(people, max_size=5))
def test_every_row_gets_exactly_one_fate_and_no_resident_two(rows, residents):
    rows = [person._replace(row=number) for number, person in enumerate(rows, 2)]

    plan = plan_import(rows, known(*(person._asdict() for person in residents)))

    fates = [
        *plan.new, *(change.row for change in plan.changed), *(seen for seen, _ in plan.unchanged), *plan.unclear,
    ]  # fmt: skip
    assert sorted(fate.row for fate in fates) == [person.row for person in rows]
    met = [change.resident for change in plan.changed] + [resident for _, resident in plan.unchanged]
    assert len(met) == len(set(met))
    assert [warning.row for warning in plan.warnings] == [unclear.row for unclear in plan.unclear]
    for change in plan.changed:
        assert None not in change.fields.values()
