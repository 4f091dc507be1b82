"""Many rows in one statement: what an import needs and `bulk_create` does several times slower.

All run inside the caller's transaction; nothing here decides anything. `insert_columns` takes a table column by
column, so that ten thousand rows need no ten thousand objects; `insert` and `update` take model instances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from typing import Any

from django.db import connection, models

Column = Sequence[Any]


def insert_columns(model: type[models.Model], columns: Mapping[str, Column], same: Mapping[str, Any]) -> None:
    """Insert as many rows as the columns are long. Names are attribute names ("household_id").

    `columns` hold one value a row, `same` one value for all rows; a field in neither takes its plain default.
    Raises `ValueError` when columns differ in length or a field without a plain default is left out.
    """
    count = len(next(iter(columns.values())))
    fields: Sequence[Any] = model._meta.concrete_fields
    prepared = [
        _prepared(columns[field.attname], field)
        if field.attname in columns
        else repeat(field.get_db_prep_save(_only_value(field, same), connection), count)
        for field in fields
    ]
    if count:
        _insert(model, fields, list(zip(*prepared, strict=True)))


def insert(rows: Sequence[models.Model]) -> None:
    """Insert instances of one model, in their order."""
    if rows:
        fields: Sequence[Any] = rows[0]._meta.concrete_fields
        _insert(type(rows[0]), fields, _values(rows, fields))


def update(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of instances that exist already, found by their primary key."""
    if not rows:
        return
    meta: Any = rows[0]._meta
    fields = [meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    assignments = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table, key = quote(meta.db_table), quote(meta.pk.column)
    values = _values(rows, [*fields, meta.pk])
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {assignments} WHERE {key} = %s", values)  # noqa: S608


def _insert(model: type[models.Model], fields: Sequence[Any], values: list[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})",  # noqa: S608
            values,
        )


def _only_value(field: Any, same: Mapping[str, Any]) -> Any:
    if field.attname in same:
        return same[field.attname]
    if field.primary_key or not (field.has_default() or field.null or field.blank):
        raise ValueError(f"{field.model.__name__}.{field.attname} has no value")
    return field.get_default()


def _values(rows: Sequence[models.Model], fields: Sequence[Any]) -> list[tuple[Any, ...]]:
    columns = [_prepared(list(map(attrgetter(field.attname), rows)), field) for field in fields]
    return list(zip(*columns, strict=True))


def _prepared(values: Column, field: Any) -> Column:
    """One column as the database takes it. Texts, numbers and bytes are taken as they are."""
    kind = field.target_field if field.is_relation else field
    if isinstance(kind, models.CharField | models.IntegerField | models.BooleanField | models.BinaryField):
        return values
    if isinstance(kind, models.UUIDField):
        if connection.features.has_native_uuid_field:
            return values
        return [value.hex if value is not None else None for value in values]
    if isinstance(kind, models.DateField) and not isinstance(kind, models.DateTimeField):
        prepare_day = connection.ops.adapt_datefield_value
        return [prepare_day(value) for value in values]
    prepare = field.get_db_prep_save
    return [prepare(value, connection) for value in values]
