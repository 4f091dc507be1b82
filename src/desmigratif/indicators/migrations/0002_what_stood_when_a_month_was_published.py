"""What came too late for a published month, of indicators that stand. `indicators rebuild` fills it for older facts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("indicators", "0001_roll_ups"),
    ]

    operations = [
        migrations.CreateModel(
            name="LateStock",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("region_code", models.CharField(max_length=13)),
                ("code", models.CharField(max_length=20)),
                ("published", models.PositiveIntegerField()),
                ("month", models.PositiveIntegerField()),
                ("numerator", models.BigIntegerField()),
                ("denominator", models.BigIntegerField()),
                ("facts", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("region_code", "code", "published", "month"), name="late_stock_once"
                    )
                ],
            },
        ),
    ]
