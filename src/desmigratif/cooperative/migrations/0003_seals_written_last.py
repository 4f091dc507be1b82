"""A seal is written last, closed. No table changes; running this makes the guards anew, as they ask now."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cooperative", "0002_mudharabah_savings")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("seal", "sealed", models.BooleanField(default=True)),
            ],
        ),
    ]
