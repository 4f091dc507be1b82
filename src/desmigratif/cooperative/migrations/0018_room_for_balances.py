"""Half of each page of balances stays free on PostgreSQL, so that a balance is rewritten where it stands.

Month-end rewrites all of them at once; without room every one moved to another page and into both indexes again.
SQLite writes in place anyway.
"""

from django.db import migrations


def _in_postgresql(statement):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("cooperative", "0017_surplus"),
    ]

    operations = [
        migrations.RunPython(
            _in_postgresql("ALTER TABLE cooperative_holding SET (fillfactor = 45)"),
            _in_postgresql("ALTER TABLE cooperative_holding RESET (fillfactor)"),
        ),
    ]
