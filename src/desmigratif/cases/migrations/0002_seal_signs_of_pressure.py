"""Signs of pressure move under the candidate's key; the next migration takes the columns in clear away.

The sealing itself is `shared.crypto`: its format carries a version and is never changed, only added to.
"""

from __future__ import annotations

import json

from django.db import migrations, models

from desmigratif.shared import crypto


def _key(subject_keys, subject_id):
    wrapping, place = crypto.keyring().wrapping, f"subject-key:{subject_id}"
    known = subject_keys.objects.filter(subject_id=subject_id).first()
    if known is not None:
        return crypto.unseal(wrapping, known.wrapped, place=place)
    key = crypto.new_key()
    subject_keys.objects.create(subject_id=subject_id, wrapped=crypto.seal(wrapping, key, place=place))
    return key


def seal_signs(apps, schema_editor):
    talks = apps.get_model("cases", "FamilyTalk")._base_manager.using(schema_editor.connection.alias)
    for talk in talks.exclude(disputed=None, pressure=None).select_related("case"):
        key = _key(apps.get_model("access", "SubjectKey"), talk.case.resident_id)
        text = json.dumps({"disputed": talk.disputed, "pressure": talk.pressure})
        sealed = crypto.seal(key, text.encode(), place=f"cases.familytalk.signs:{talk.pk}")
        talks.filter(pk=talk.pk).update(signs_sealed=sealed)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_foundation"), ("access", "0001_foundation")]

    operations = [
        migrations.AddField("familytalk", "signs_sealed", models.BinaryField(null=True)),
        migrations.AddField("offercheck", "looked_into_sealed", models.BinaryField(null=True)),
        migrations.RunPython(seal_signs, migrations.RunPython.noop, elidable=True),
    ]
