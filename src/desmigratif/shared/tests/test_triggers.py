"""Guards stand in the database, and stand again after a migration has remade their table."""

from __future__ import annotations

import copy

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from desmigratif.shared import triggers
from desmigratif.shared.triggers import GUARDS, guards_of

TABLES = sorted({guard.table for guard in GUARDS})
MODEL_OF = {model._meta.db_table: model for model in apps.get_models()}


def test_every_guard_names_a_table_of_ours() -> None:
    assert set(TABLES) <= set(MODEL_OF)


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_remakes_the_tables_keeps_their_guards() -> None:
    """On SQLite a changed column means a new table, and the old one's triggers are gone without a word."""
    everything = {guard.name for guard in guards_of(connection.vendor)}
    fields = {model: first_text_of(model) for model in map(MODEL_OF.__getitem__, TABLES)}

    for change in (1, -1):
        triggers.drop_guards()
        with connection.schema_editor() as editor:
            for model, old in fields.items():
                wider = copy.copy(old)
                wider.max_length = (old.max_length or 0) + 1
                editor.alter_field(model, *(old, wider)[::change])
        assert triggers.missing_guards() == everything

        call_command("migrate", verbosity=0)

        assert triggers.missing_guards() == set()


def first_text_of(model: type[models.Model]) -> models.CharField[str, str]:
    return next(f for f in model._meta.concrete_fields if isinstance(f, models.CharField) and not f.primary_key)


@pytest.mark.django_db(transaction=True)
def test_a_refused_receipt_may_change_and_a_finished_one_may_not(refused_and_done: tuple[str, str]) -> None:
    refused, done = refused_and_done
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_receipt SET via = 'x' WHERE id = %s", [refused])
    with pytest.raises(DatabaseError, match="finished receipt"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_receipt SET via = 'x' WHERE id = %s", [done])


@pytest.fixture
def refused_and_done(transactional_db: None) -> tuple[str, str]:
    """Two receipts, by their ids as this database writes them."""
    receipt = apps.get_model("audit.Receipt")
    rows = [
        receipt.objects.create(
            act_id=f"0199a000-0000-7000-8000-00000000000{number}", actor_id="x", action="test.knock", version=1,
            digest="d", outcome=outcome, village_code="33.07.10.2004", via="test", at="2026-11-23T00:00:00Z",
        )
        for number, outcome in enumerate(("refused", "done"))
    ]  # fmt: skip
    refused, done = (row.id.hex if connection.vendor == "sqlite" else str(row.id) for row in rows)
    return refused, done
