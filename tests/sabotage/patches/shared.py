"""Patches of `shared`: the guards of the database and the keys."""

from __future__ import annotations

from .parts import BOOKS, MEMORY, Patch, tests

_GUARDS = tests("shared", "triggers")

SHARED: tuple[Patch, ...] = (
    Patch(
        "events may be rewritten", "the database itself must refuse",
        "shared/triggers.py", '    Guard("audit_event", "UPDATE", "audit events never change"),\n', "", MEMORY,
    ),
    Patch(
        "events may be deleted", "the database itself must refuse",
        "shared/triggers.py", '    Guard("audit_event", "DELETE", "audit events are never deleted"),\n', "", MEMORY,
    ),
    Patch(
        "finished receipts may be rewritten", "an acknowledgement must stay what it was",
        "shared/triggers.py", 'unless="OLD.outcome = \'refused\'"', 'unless="1 = 1"', _GUARDS,
    ),
    Patch(
        "a letter may be deleted", "a number would be free again",
        "shared/triggers.py", '    Guard("documents_letter", "DELETE", "a letter keeps its number for ever"),\n', "",
        tests("documents", "register"),
    ),
    Patch(
        "a letter may be rewritten", "what was signed and what the register says would differ",
        "shared/guards/sql.py", 'f\'NEW."{name}" {same} OLD."{name}"\' for name in columns if name not in guard.only',
        "'1 = 1'", tests("documents", "register"),
    ),
    Patch(
        "a revocation may be taken back", "a letter that opened no door yesterday would open it today",
        "shared/triggers.py", 'unless="OLD.revoked_on IS NULL"', 'unless="1 = 1"', tests("documents", "register"),
    ),
    Patch(
        "guards are not made again after a migration", "SQLite loses triggers in silence",
        "shared/management/commands/migrate.py", "            create_guards(database)", "            pass", _GUARDS,
    ),
    Patch(
        "the chain's digest has no key", "whoever can write the database could forge the chain",
        "shared/crypto.py", "digest = _keyed(key).copy()", 'digest = _keyed(b"").copy()',
        tests("audit", "forging"),
    ),
    Patch(
        "parts of a digest run into each other", "two different contents would have one digest",
        "shared/crypto.py", 'b"".join(map(_framed, parts))', 'b"".join(parts)', tests("shared", "crypto"),
    ),
    Patch(
        "a sealed value can be moved to another row", "a NIK could be shown as somebody else's",
        "shared/crypto.py", "place.encode()", "None", tests("shared", "crypto"), times=3,
    ),
    Patch(
        "values sealed together share a nonce", "two sealed values under one key would give each other away",
        "shared/crypto.py", "noise[_NONCE * number : _NONCE * (number + 1)]", "noise[:_NONCE]",
        tests("shared", "crypto"),
    ),
    Patch(
        "ledger: a row is added under a closed seal", "an entry could appear in a day that was printed",
        "shared/guards/ledger.py", "WHERE s.id = NEW.seal_id)", "WHERE s.id IS NULL)", BOOKS,
    ),
)  # fmt: skip
