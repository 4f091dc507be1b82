"""The address by which a caregiver tells the centre something."""

import desmigratif.shared.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parenting', '0002_who_cares_is_a_caregiver'),
        ('people', '0002_who_cares_is_a_caregiver'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaregiverLink',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('made_on', models.DateField()),
                ('until', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('caregiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='caregiver_links', to='people.resident')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('caregiver',), name='caregiver_link_one_of_a_caregiver'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('made_on'))), name='caregiver_link_lasts')],
            },
        ),
    ]
