"""What a backup says about itself, and what is counted and summed to prove it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import pydantic
from django.conf import settings

from desmigratif.access.backup.rows import Rows
from desmigratif.shared.crypto import keyed_digest
from desmigratif.shared.keyring import Keyring

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE_MEMBER = "database.sqlite3"
KEYS_MEMBER = "keys.json"

# name -> table, columns. Sums that a person would miss: heads of the audit chains, numbers of letters given out.
SUMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "chain_heads": ("audit_villageclock", ("village_code", "change_no", "audit_no", "audit_head")),
    "letter_numbers": ("documents_lettercounter", ("village_code", "year", "last_number")),
}


class TableFacts(pydantic.BaseModel):
    """Rows of one table; for a PostgreSQL archive also its columns and into how many parts it was cut."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid")

    rows: int
    columns: tuple[str, ...] = ()
    parts: int = 0


class Manifest(pydantic.BaseModel):
    """The last member of an archive. `members` maps every other member to its SHA-256 (hex)."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid")

    format: int
    app_version: str
    made_at: datetime
    engine: Literal["sqlite", "postgresql"]
    migrations: tuple[tuple[str, str], ...]
    tables: dict[str, TableFacts]
    sums: dict[str, tuple[tuple[str, ...], ...]]
    members: dict[str, str]
    keys_id: str
    keys_included: bool


def app_version() -> str:
    return str(settings.APP_VERSION)


def keys_id(keyring: Keyring) -> str:
    """A short name of a keyring that tells nothing about it."""
    return keyed_digest(keyring.key_for("name-of-keyring"), b"")[:16]


def sums_of(rows: Rows) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The sums over the tables that exist."""
    tables = set(rows.tables())
    return {
        name: tuple(sorted(tuple(str(value) for value in row) for row in rows.rows(table, columns)))
        for name, (table, columns) in SUMS.items()
        if table in tables
    }


def migrations_of(rows: Rows) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(app), str(name)) for app, name in rows.rows("django_migrations", ("app", "name"))))
