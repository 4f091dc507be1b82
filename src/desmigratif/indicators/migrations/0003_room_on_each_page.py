"""PostgreSQL leaves room on each page of the roll-ups, so that adding to a row need not touch its indexes."""

from django.db import migrations


def leave_room(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE indicators_rollup SET (fillfactor = 70)")


class Migration(migrations.Migration):

    dependencies = [
        ("indicators", "0002_what_stood_when_a_month_was_published"),
    ]

    operations = [migrations.RunPython(leave_room, migrations.RunPython.noop)]
