from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_referrals")]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="giver_id",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
    ]
