"""Guards inside the database: what must never change refuses to, whoever asks.

Declared here once. They are dropped before and made again after every migrate (`management/commands/migrate.py`),
because SQLite loses triggers in silence when a migration remakes a table. `missing_guards` is asked at start-up.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse an operation on a table.

    `unless`: SQL over OLD that lets a row pass. `only`: an update may change these columns and no others; whatever
    column the table gets later is guarded from its first day.
    """

    table: str
    operation: str
    message: str
    unless: str = ""
    only: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"guard_{self.table}_{self.operation.lower()}"


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
)  # fmt: skip

_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION desmigratif_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$
"""


def _create_sql(guard: Guard, vendor: str, columns: list[str]) -> str:
    """SQL that makes a guard; `columns` are those of its table."""
    passes = guard.unless
    if guard.only:
        same = "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM"
        kept = [f'NEW."{name}" {same} OLD."{name}"' for name in columns if name not in guard.only]
        passes = " AND ".join(filter(None, (f"({guard.unless})" if guard.unless else "", *kept)))
    when = f" WHEN (NOT ({passes}))" if passes else ""
    if vendor == "sqlite":
        return (
            f"CREATE TRIGGER {guard.name} BEFORE {guard.operation} ON {guard.table} FOR EACH ROW{when} "
            f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        )
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.operation} ON {guard.table} FOR EACH ROW{when} "
        f"EXECUTE FUNCTION desmigratif_refuse('{guard.message}')"
    )


def create_guards(using: str = "default") -> None:
    """Make every guard whose table exists (again)."""
    connection = connections[using]
    drop_guards(using)
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PG_FUNCTION)
        for guard in GUARDS:
            if guard.table in tables:
                columns = [row.name for row in connection.introspection.get_table_description(cursor, guard.table)]
                cursor.execute(_create_sql(guard, connection.vendor, columns))


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
    return {guard.name for guard in GUARDS} - present_guards(using)
