"""One word for who looks after a child, in tables and in codes, as in the glossary."""

from collections.abc import Iterator

from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import Replace

SINGLE = (("Session", "kind"), ("Session", "theme"), ("TimetableSlot", "kind"), ("OwnTheme", "audience"))
LISTS = (("Child", "risk_because"), ("ChildPlan", "steps"))


def _in_other_words(apps, old: str, new: str) -> None:
    for model, field in SINGLE:
        rows = apps.get_model("parenting", model)._base_manager.filter(**{f"{field}__contains": old})
        rows.update(**{field: Replace(field, Value(old), Value(new))})
    for model, field in LISTS:
        for row in _those_with(apps.get_model("parenting", model)._base_manager.all(), field, old):
            setattr(row, field, [code.replace(old, new) for code in getattr(row, field)])
            row.save(update_fields=[field])


def _those_with(rows, field: str, old: str) -> Iterator:
    return (row for row in rows.iterator() if any(old in code for code in getattr(row, field)))


def forwards(apps, schema_editor) -> None:
    _in_other_words(apps, "carer", "caregiver")


def backwards(apps, schema_editor) -> None:
    _in_other_words(apps, "caregiver", "carer")


class Migration(migrations.Migration):

    dependencies = [("parenting", "0001_children")]

    operations = [
        migrations.RenameField("child", "carer", "caregiver"),
        migrations.RenameField("child", "carer_relation", "caregiver_relation"),
        migrations.RenameField("child", "carer_load", "caregiver_load"),
        migrations.RemoveConstraint("carerscore", "carer_score_one_per_carer"),
        migrations.RemoveConstraint("carerscore", "carer_score_in_range"),
        migrations.RenameField("carerscore", "carer", "caregiver"),
        migrations.RenameModel("CarerScore", "CaregiverScore"),
        migrations.AddConstraint(
            "caregiverscore",
            models.UniqueConstraint(fields=["session", "caregiver"], name="caregiver_score_one_per_caregiver"),
        ),
        migrations.AddConstraint(
            "caregiverscore",
            models.CheckConstraint(
                condition=(models.Q(before=None) | models.Q(before__lte=100))
                & (models.Q(after=None) | models.Q(after__lte=100)),
                name="caregiver_score_in_range",
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
