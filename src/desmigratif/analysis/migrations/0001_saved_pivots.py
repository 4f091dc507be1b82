"""Pivots that people keep."""

import desmigratif.shared.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='SavedPivot',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user_id', models.UUIDField()),
                ('region_code', models.CharField(max_length=13)),
                ('title', models.CharField(max_length=80)),
                ('query', models.CharField(max_length=600)),
                ('is_shared', models.BooleanField(default=False)),
                ('saved_on', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user_id', 'title'), name='savedpivot_one_of_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('query', ''), _negated=True)), name='savedpivot_says_something')],
            },
        ),
    ]
