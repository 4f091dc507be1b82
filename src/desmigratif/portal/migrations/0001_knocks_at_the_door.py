"""Knocks at the door of who has no account."""

import desmigratif.shared.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DoorTry',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('door', models.CharField(max_length=10)),
                ('key_index', models.CharField(max_length=32)),
                ('window_at', models.DateTimeField()),
                ('count', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['window_at'], name='doortry_by_window')],
                'constraints': [models.UniqueConstraint(fields=('door', 'key_index', 'window_at'), name='doortry_once')],
            },
        ),
    ]
