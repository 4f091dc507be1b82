"""Guards inside the database: what must never change refuses to, whoever asks.

Declared here once. They are dropped before and made again after every migrate (`management/commands/migrate.py`),
because SQLite loses triggers in silence when a migration remakes a table. `missing_guards` is asked at start-up.
"""

from __future__ import annotations

from django.db import connections
from django.db.backends.utils import CursorWrapper

from desmigratif.shared.guards.ledger import LEDGER_GUARDS
from desmigratif.shared.guards.ledger_functions import LEDGER_FUNCTIONS
from desmigratif.shared.guards.sql import ONE_REFUSAL, create_sql
from desmigratif.shared.guards.types import Guard

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
    Guard("documents_officepaper", "DELETE", "a paper of the office keeps its number for ever"),
    Guard(
        "documents_officepaper", "UPDATE", "a paper of the office never changes, it can only be voided once",
        unless="OLD.voided_on IS NULL", only=("voided_on",),
    ),
    Guard("reports_villagereport", "DELETE", "a report of a village stays"),
    Guard(
        "reports_villagereport", "UPDATE", "a report that two people signed never changes, it can only be answered",
        unless="OLD.head_id IS NULL OR (NEW.figures = OLD.figures AND NEW.obstacles = OLD.obstacles "
        "AND NEW.follow_up = OLD.follow_up AND NEW.because = OLD.because AND NEW.village_code = OLD.village_code "
        "AND NEW.year = OLD.year AND NEW.month = OLD.month AND NEW.version = OLD.version "
        "AND NEW.officer_id = OLD.officer_id AND NEW.head_id = OLD.head_id AND NEW.sent_on = OLD.sent_on "
        "AND NEW.paper_id = OLD.paper_id)",
    ),
    Guard("reports_reportremark", "UPDATE", "what was remarked stays in its words"),
    Guard("reports_reportremark", "DELETE", "what was remarked stays"),
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
                for statement in create_sql(guard, connection.vendor, _columns_of(guard.table, cursor)):
                    cursor.execute(statement)


def _columns_of(table: str, cursor: CursorWrapper) -> list[str]:
    """By an empty answer: Django's own description reads the text that made the table, which takes a thousandfold."""
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608  a name of ours
    return [column[0] for column in cursor.description]


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
