"""The shape of every action's input, and how it says in Indonesian what does not fit."""

import json
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError
from pydantic_core._pydantic_core import list_all_errors

from desmigratif.shared import inputs
from desmigratif.shared.inputs import Input, reasons_from
from desmigratif.shared.reasons import InvalidInput, Reason

SOME_ID = "01890a5d-ac96-774b-bcce-b302099a8057"


class Colour(StrEnum):
    RED = "red"


class Row(Input):
    name: str | None = None
    amount: Annotated[int, pydantic.Field(ge=0)] | None = None


class Sample(Input):
    id: UUID | None = None
    on: date | None = None
    at: datetime | None = None
    yes: bool | None = None
    price: Decimal | None = None
    kind: Literal["a", "b"] | None = None
    colour: Colour | None = None
    rows: tuple[Row, ...] | None = None
    kk: str | None = None

    @pydantic.field_validator("kk")
    @classmethod
    def _sixteen(cls, kk: str | None) -> str | None:
        if kk is not None and len(kk) != 16:
            raise ValueError(f"Nomor KK harus 16 angka; yang tertulis {len(kk)}.")
        return kk


def reasons_for(document: object) -> list[Reason]:
    with pytest.raises(InvalidInput) as refused:
        Sample.read(document)
    return list(refused.value.reasons)


def test_what_json_can_say_is_read_as_what_it_means():
    read = Sample.read(
        {"id": SOME_ID, "on": "2026-01-31", "at": "2026-01-31T08:00:00+07:00", "price": "1.50",
         "kind": "a", "colour": "red", "rows": [{"name": "  Siti ", "amount": 5}]}
    )  # fmt: skip

    assert read.id == UUID(SOME_ID)
    assert read.on == date(2026, 1, 31)
    assert read.at is not None
    assert read.at.hour == 8
    assert read.price == Decimal("1.50")
    assert read.colour is Colour.RED
    assert read.rows == (Row(name="Siti", amount=5),)
    assert read.yes is None


def test_values_of_python_are_read_too_as_forms_and_imports_have_them():
    given_values = {
        "id": UUID(SOME_ID),
        "on": date(2026, 1, 31),
        "rows": [Row(amount=5)],
        "price": Decimal("1.50"),
    }

    read = Sample.read(given_values)

    assert read == Sample(id=UUID(SOME_ID), on=date(2026, 1, 31), rows=(Row(amount=5),), price=Decimal("1.50"))


@pytest.mark.parametrize(
    ("document", "field", "code"),
    [
        ({"rows": [{"amount": "5"}]}, "rows.0.amount", "not_a_number"),
        ({"rows": [{"amount": 5.0}]}, "rows.0.amount", "not_a_number"),
        ({"rows": [{"amount": True}]}, "rows.0.amount", "not_a_number"),
        ({"rows": [{"amount": float("nan")}]}, "rows.0.amount", "not_a_number"),
        ({"rows": [{"amount": -1}]}, "rows.0.amount", "too_small"),
        ({"rows": [{}, {"nama": "x"}]}, "rows.1.nama", "unknown_field"),
        ({"rows": {"name": "x"}}, "rows", "not_a_list"),
        ({"rows": ["x"]}, "rows.0", "not_a_group"),
        ({"yes": 1}, "yes", "not_yes_or_no"),
        ({"yes": "ya"}, "yes", "not_yes_or_no"),
        ({"on": 0}, "on", "not_a_date"),
        ({"on": "31-01-2026"}, "on", "not_a_date"),
        ({"on": "2026-02-30"}, "on", "not_a_date"),
        ({"on": "1700000000"}, "on", "not_a_date"),
        ({"on": "2026-01-31T08:00:00"}, "on", "not_a_date"),
        ({"at": "kemarin"}, "at", "not_a_moment"),
        ({"id": "123"}, "id", "not_an_id"),
        ({"kind": "c"}, "kind", "not_a_choice"),
        ({"colour": "blue"}, "colour", "not_a_choice"),
        ({"kk": 12}, "kk", "not_text"),
        ({"kk": "123"}, "kk", "impossible"),
        ([], "", "not_a_group"),
        (None, "", "not_a_group"),
        ("{", "", "not_a_group"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_by_field_and_code(document, field, code):
    (reason,) = reasons_for(document)

    assert (reason.field, reason.code) == (field, code)


def test_a_validator_that_looks_first_does_not_change_how_values_are_read():
    class Outer(Input):
        inner: Annotated[Sample, pydantic.BeforeValidator(lambda value: value or {})]

    document = {"inner": {"on": "2026-01-31", "id": SOME_ID, "rows": [{"amount": 1}], "colour": "red"}}

    assert Outer.read(document).inner == Sample.read(document["inner"])
    assert Outer.model_validate_json(json.dumps(document)) == Outer.read(document)
    with pytest.raises(InvalidInput):
        Outer.read({"inner": {"rows": [{"amount": "1"}]}})


def test_a_rows_default_is_kept_as_it_is():
    class Counted(Input):
        counts: dict[str, int] = {"type": 1}

    assert Counted.read({}).counts == {"type": 1}
    with pytest.raises(InvalidInput):
        Counted.read({"counts": {"type": "1"}})


def test_the_schema_for_other_programs_still_says_date_and_integer():
    schema = Sample.model_json_schema()

    assert {"type": "string", "format": "date"} in schema["properties"]["on"]["anyOf"]
    assert schema["$defs"]["Row"]["properties"]["amount"]["anyOf"][0] == {"minimum": 0, "type": "integer"}


def test_a_validators_own_words_reach_the_screen():
    (reason,) = reasons_for({"kk": "123456789012345"})

    assert reason.text == "Nomor KK harus 16 angka; yang tertulis 15."


def test_a_limit_on_a_day_is_told_as_a_day():
    class Born(Input):
        on: Annotated[date, pydantic.Field(ge=date(1900, 1, 1))]

    with pytest.raises(InvalidInput) as refused:
        Born.read({"on": "1899-12-31"})

    assert refused.value.reasons == (Reason("too_early", "Tanggalnya paling awal 1 Januari 1900.", field="on"),)


def test_a_limit_on_a_decimal_is_told_as_a_number():
    class Priced(Input):
        percent: Annotated[Decimal, pydantic.Field(ge=Decimal("0.5"))]

    with pytest.raises(InvalidInput) as refused:
        Priced.read({"percent": "0.4"})

    assert refused.value.reasons == (Reason("too_small", "Angkanya paling sedikit 0.5.", field="percent"),)


def test_a_validator_may_give_its_own_code():
    class Picky(Input):
        x: int

        @pydantic.field_validator("x")
        @classmethod
        def _never(cls, x: int) -> int:
            raise PydanticCustomError("too_early", "Belum waktunya.")

    with pytest.raises(pydantic.ValidationError) as error:
        Picky(x=1)

    assert reasons_from(error.value) == [Reason("too_early", "Belum waktunya.", field="x")]


def test_an_input_cannot_be_changed_afterwards():
    row = Row(name="Siti")

    with pytest.raises(pydantic.ValidationError):
        row.name = "Sita"


def test_the_value_that_was_typed_is_never_repeated():
    reasons = reasons_for({"id": "3307104505900001", "nik": "3307104505900001", "on": "3307104505900001"})

    assert len(reasons) == 3
    assert "3307104505900001" not in repr(reasons)


def test_every_kind_of_error_we_translate_exists_and_its_sentence_can_be_filled_in():
    examples = {row["type"]: row.get("example_context") or {} for row in list_all_errors()}

    for kind, (code, text) in inputs._MESSAGES.items():
        sentence = text.format(**examples[kind])
        assert sentence.endswith("."), kind
        assert "{" not in sentence, kind
        assert code.isidentifier(), kind


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(document=ANYTHING | st.dictionaries(st.sampled_from(sorted(Sample.model_fields)), ANYTHING))
def test_any_document_is_read_or_refused_with_reasons(document):
    try:
        read = Sample.read(document)
    except InvalidInput as refused:
        assert all(reason.code and reason.text.endswith(".") for reason in refused.reasons)
    else:
        assert isinstance(read, Sample)
