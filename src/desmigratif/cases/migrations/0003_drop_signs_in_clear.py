from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_seal_signs_of_pressure")]

    operations = [
        migrations.RemoveField("familytalk", "disputed"),
        migrations.RemoveField("familytalk", "pressure"),
    ]
