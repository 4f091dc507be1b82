"""Inputs of actions: what every door (form, API, command line, import, phone) hands over, checked once.

An input is a frozen pydantic model; `None` means unknown, nested rows are tuples of further inputs. JSON's
values and Python's both fit: a day is a `date` or the text "2026-01-31", an id a `UUID` or its text, rows a
list or a tuple; but an amount is a whole number and never the text "12". What does not fit is told in
Indonesian, by field path, and never repeats the value: it may be a NIK.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self, cast, get_args

import pydantic
from pydantic_core import ErrorDetails, PydanticKnownError, core_schema

from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import InvalidInput, Reason

VillageCode = Annotated[str, pydantic.Field(pattern=r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$")]

_PYDANTIC_KINDS = frozenset(get_args(core_schema.ErrorType))
_UNREADABLE = "Isian ini tidak dapat dibaca."

# pydantic's kind of error -> our stable code and one Indonesian sentence; {braces} come from the error.
_NUMBER = ("not_a_number", "Isi dengan angka bulat tanpa titik, koma, atau huruf.")
_DECIMAL = ("not_a_number", "Isi dengan angka.")
_CHOICE = ("not_a_choice", "Pilih salah satu pilihan yang tersedia.")
_YES_NO = ("not_yes_or_no", "Jawab ya atau tidak, atau kosongkan bila belum tahu.")
_TEXT = ("not_text", "Isi dengan tulisan.")
_DAY = ("not_a_date", "Tulis tanggal yang ada di kalender, contoh 2026-08-17.")
_MOMENT = ("not_a_moment", "Tulis tanggal dan jam, contoh 2026-08-17T14:30:00+07:00.")
_ID = ("not_an_id", "Nomor pengenal ini tidak sesuai bentuknya.")
_LIST = ("not_a_list", "Isi dengan daftar.")
_GROUP = ("not_a_group", "Bagian ini harus berupa kumpulan isian.")
_MESSAGES: dict[str, tuple[str, str]] = {
    "missing": ("missing", "Bagian ini wajib diisi."),
    "extra_forbidden": ("unknown_field", "Isian ini tidak dikenal."),
    "none_required": ("must_be_empty", "Bagian ini harus dikosongkan."),
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_parsing_size": ("too_large", "Angkanya terlalu besar."),
    "int_from_float": _NUMBER,
    "float_type": _DECIMAL,
    "float_parsing": _DECIMAL,
    "finite_number": _DECIMAL,
    "decimal_type": _DECIMAL,
    "decimal_parsing": _DECIMAL,
    "decimal_max_digits": ("too_many_digits", "Angkanya paling banyak {max_digits} digit."),
    "decimal_max_places": ("too_many_digits", "Paling banyak {decimal_places} angka di belakang koma."),
    "decimal_whole_digits": ("too_many_digits", "Paling banyak {whole_digits} angka di depan koma."),
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "string_type": _TEXT,
    "string_unicode": ("not_text", "Tulisan ini memuat tanda yang tidak dapat dibaca."),
    "string_too_short": ("too_short", "Tulisannya paling sedikit {min_length} huruf atau angka."),
    "string_too_long": ("too_long", "Tulisannya paling panjang {max_length} huruf atau angka."),
    "string_pattern_mismatch": ("wrong_shape", "Bentuk tulisannya belum sesuai."),
    "greater_than_equal": ("too_small", "Angkanya paling sedikit {ge}."),
    "greater_than": ("too_small", "Angkanya harus lebih dari {gt}."),
    "less_than_equal": ("too_large", "Angkanya paling banyak {le}."),
    "less_than": ("too_large", "Angkanya harus kurang dari {lt}."),
    "multiple_of": ("not_a_multiple", "Angkanya harus kelipatan {multiple_of}."),
    "literal_error": _CHOICE,
    "enum": _CHOICE,
    "union_tag_invalid": _CHOICE,
    "union_tag_not_found": _CHOICE,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": ("not_a_date", "Tulis tanggal saja, tanpa jam."),
    "date_past": ("not_past", "Tanggal ini harus sudah lewat."),
    "date_future": ("not_future", "Tanggal ini harus di masa depan."),
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "datetime_object_invalid": _MOMENT,
    "timezone_aware": ("not_a_moment", "Jam ini perlu keterangan zona waktu, contoh +07:00."),
    "time_type": ("not_a_time", "Tulis jam, contoh 14:30."),
    "time_parsing": ("not_a_time", "Tulis jam, contoh 14:30."),
    "uuid_type": _ID,
    "uuid_parsing": _ID,
    "uuid_version": _ID,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "too_short": ("too_few", "Daftarnya paling sedikit berisi {min_length}."),
    "too_long": ("too_many", "Daftarnya paling banyak berisi {max_length}."),
    "dict_type": _GROUP,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "json_invalid": ("not_json", "Berkas ini tidak dapat dibaca sebagai JSON."),
}

# The same limits when they are days: the name of the limit in the error, code, sentence.
_BOUNDS = {
    "greater_than_equal": ("ge", "too_early", "Tanggalnya paling awal {}."),
    "greater_than": ("gt", "too_early", "Tanggalnya harus sesudah {}."),
    "less_than_equal": ("le", "too_late", "Tanggalnya paling akhir {}."),
    "less_than": ("lt", "too_late", "Tanggalnya harus sebelum {}."),
}
_ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}")


def _without_strange_coercion(node: Any) -> Any:
    """A copy of a pydantic core schema in which "5" and 5.0 are no integer, 1 is no yes, 0 is no day."""
    if isinstance(node, (list, tuple)):
        return type(node)(_without_strange_coercion(item) for item in node)
    if not isinstance(node, dict):
        return node
    if node.get("function", {}).get("function") is _no_timestamp:  # a nested input, done before
        return node
    copy = {key: node[key] if key in _NOT_SCHEMA else _without_strange_coercion(node[key]) for key in node}
    kind = copy.get("type")
    if kind in ("int", "float", "bool"):
        return {**copy, "strict": True}
    if kind in ("date", "datetime", "time"):
        return core_schema.no_info_before_validator_function(_no_timestamp, cast(Any, copy))
    return copy


_NOT_SCHEMA = frozenset({"metadata", "default", "cls", "config", "function", "expected", "members", "serialization"})


def _no_timestamp(value: Any) -> Any:
    """Refuse what pydantic would read as seconds since 1970."""
    if isinstance(value, (int, float, Decimal)) or (isinstance(value, str) and _IS_NUMBER.match(value)):
        raise PydanticKnownError("date_parsing", {"error": "a number"})
    return value


_IS_NUMBER = re.compile(r"^\s*[-+]?\d*\.?\d*\s*$")


class Input(pydantic.BaseModel):
    """The base of every action's input: frozen, nothing unexpected, text stripped, numbers strict."""

    model_config = pydantic.ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
        defer_build=True,  # a validator is built when its first document comes: of four hundred a day needs fifty
    )

    @classmethod
    def read(cls, document: Any) -> Self:
        """The input held by a document (as JSON or a form gives it). Raises `InvalidInput` with reasons."""
        try:
            return cls.model_validate(document)
        except pydantic.ValidationError as error:
            raise InvalidInput(reasons_from(error)) from error

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[pydantic.BaseModel], handler: pydantic.GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        # pydantic's own strictness would also refuse ISO text, ids as text and lists in Python mode, which
        # every door sends; so only the types that it coerces strangely are made strict.
        return cast(core_schema.CoreSchema, _without_strange_coercion(handler(source)))


def reasons_from(error: pydantic.ValidationError) -> list[Reason]:
    """What is wrong with an input, one reason for each field path, in the order of the fields.

    A validator of our own raises `ValueError("Satu kalimat.")`: its words are taken over as they are
    (code `impossible`), or `PydanticCustomError(code, "Satu kalimat.")` to give its own code.
    """
    details = error.errors(include_url=False, include_input=False)
    return [_reason(detail) for detail in details]


def _reason(detail: ErrorDetails) -> Reason:
    field = ".".join(str(part) for part in detail["loc"])
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind in ("value_error", "assertion_error"):
        return Reason("impossible", str(context.get("error") or _UNREADABLE), field=field)
    if kind in _BOUNDS and (bound := _ISO_DAY.match(str(context[_BOUNDS[kind][0]]))):
        _, code, text = _BOUNDS[kind]
        return Reason(code, text.format(format_date(date.fromisoformat(bound.group()))), field=field)
    if kind in _MESSAGES:
        code, text = _MESSAGES[kind]
        return Reason(code, text.format(**context), field=field)
    if kind not in _PYDANTIC_KINDS:  # a validator of ours made it up
        return Reason(kind, detail["msg"], field=field)
    return Reason("unreadable", _UNREADABLE, field=field)


def _from_base64(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    try:
        return base64.b64decode(given, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("Isi berkas ini tidak dapat dibaca.") from None


def _to_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


# A file: bytes inside, base64 in a document.
FileContent = Annotated[
    bytes, pydantic.BeforeValidator(_from_base64), pydantic.PlainSerializer(_to_base64, when_used="json")
]
