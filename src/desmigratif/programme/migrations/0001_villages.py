"""Villages in a programme, step by step."""

import desmigratif.shared.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ProgrammeVillage',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('programme', models.CharField(max_length=20)),
                ('decree', models.CharField(max_length=80)),
                ('decreed_on', models.DateField()),
                ('left_on', models.DateField(null=True)),
                ('left_because', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('village_code', 'programme'), name='village_once_in_a_programme'), models.CheckConstraint(condition=models.Q(models.Q(('left_because', ''), ('left_on', None)), models.Q(('left_on__gte', models.F('decreed_on')), models.Q(('left_because', ''), _negated=True)), _connector='OR'), name='village_left_a_programme_whole')],
            },
        ),
        migrations.CreateModel(
            name='VillageStep',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='programme.programmevillage')),
                ('step', models.CharField(max_length=30)),
                ('on', models.DateField()),
                ('paper', models.CharField(blank=True, max_length=80)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('membership', 'step'), name='village_step_taken_once')],
            },
        ),
    ]
