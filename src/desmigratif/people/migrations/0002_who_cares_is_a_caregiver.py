"""One word for who looks after a child, as in the glossary."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("people", "0001_foundation")]

    operations = [migrations.RenameField("handover", "carer_sealed", "caregiver_sealed")]
