"""Each fold leaves a stamp, under which figures may be kept until the next one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("indicators", "0004_a_shape_that_stood_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="foldstate",
            name="stamp",
            field=models.CharField(default="", max_length=32),
        ),
    ]
