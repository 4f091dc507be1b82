from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_evidence_of_complaints")]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="giver_id",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
    ]
