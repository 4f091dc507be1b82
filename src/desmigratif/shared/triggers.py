"""Guards inside the database: what must never change refuses to, whoever asks.

Declared here once. They are dropped before and made again after every migrate (`management/commands/migrate.py`),
because SQLite loses triggers in silence when a migration remakes a table. `missing_guards` is asked at start-up.
"""

from __future__ import annotations

from django.db import connections

from desmigratif.shared.guard_sql import ONE_REFUSAL, create_sql
from desmigratif.shared.guard_types import Guard
from desmigratif.shared.ledger_functions import LEDGER_FUNCTIONS
from desmigratif.shared.ledger_guards import LEDGER_GUARDS

GUARDS: tuple[Guard, ...] = (
    Guard("audit_event", "UPDATE", "audit events never change"),
    Guard("audit_event", "DELETE", "audit events are never deleted"),
    Guard("audit_eventsubject", "UPDATE", "audit subjects never change"),
    Guard("audit_eventsubject", "DELETE", "audit subjects are never deleted"),
    Guard("audit_change", "UPDATE", "the change log never changes"),
    Guard("audit_change", "DELETE", "the change log is never deleted"),
    Guard("audit_receipt", "UPDATE", "a finished receipt never changes", unless="OLD.outcome = 'refused'"),
    Guard("audit_receipt", "DELETE", "receipts are never deleted"),
    Guard("audit_reviewdecision", "UPDATE", "what was decided never changes"),
    Guard("audit_reviewdecision", "DELETE", "decisions are never deleted"),
    Guard("documents_letter", "DELETE", "a letter keeps its number for ever"),
    Guard(
        "documents_letter", "UPDATE", "a letter never changes, it can only be revoked once",
        unless="OLD.revoked_on IS NULL", only=("revoked_on", "revoked_reason"),
    ),
    *LEDGER_GUARDS,
)  # fmt: skip


def guards_of(vendor: str) -> tuple[Guard, ...]:
    """The guards that should stand in a database of this kind."""
    return tuple(guard for guard in GUARDS if guard.stands_in(vendor))


def create_guards(using: str = "default") -> None:
    """Make every guard whose table exists (again)."""
    connection = connections[using]
    drop_guards(using)
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ONE_REFUSAL)
            for function in LEDGER_FUNCTIONS:  # their tables are looked for when they are called
                cursor.execute(function)
        for guard in guards_of(connection.vendor):
            if guard.table in tables:
                columns = [row.name for row in connection.introspection.get_table_description(cursor, guard.table)]
                for statement in create_sql(guard, connection.vendor, columns):
                    cursor.execute(statement)


def drop_guards(using: str = "default") -> None:
    connection = connections[using]
    present = present_guards(using)
    with connection.cursor() as cursor:
        for guard in GUARDS:
            if guard.name in present:
                place = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{place}")


def present_guards(using: str = "default") -> set[str]:
    """Names of the guards that stand in the database now."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()} & {guard.name for guard in GUARDS}


def missing_guards(using: str = "default") -> set[str]:
    """Names of guards that should stand and do not."""
    return {guard.name for guard in guards_of(connections[using].vendor)} - present_guards(using)
