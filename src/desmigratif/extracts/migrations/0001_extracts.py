"""Who asked for de-identified rows, the file while it lives, and each time it was taken."""

import desmigratif.shared.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Extract',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('subject', models.CharField(max_length=20)),
                ('region_code', models.CharField(max_length=13)),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('columns', models.JSONField()),
                ('purpose', models.TextField(max_length=600)),
                ('ground', models.CharField(max_length=20)),
                ('study', models.CharField(blank=True, max_length=120)),
                ('wanted_until', models.DateField()),
                ('asked_by', models.UUIDField()),
                ('asked_name', models.CharField(max_length=100)),
                ('asked_on', models.DateField()),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_name', models.CharField(blank=True, max_length=100)),
                ('decided_on', models.DateField(null=True)),
                ('remark', models.CharField(blank=True, max_length=500)),
                ('expires_on', models.DateField(null=True)),
                ('row_count', models.PositiveIntegerField(null=True)),
                ('withheld_count', models.PositiveIntegerField(null=True)),
                ('levels', models.JSONField(default=dict)),
                ('rows_print', models.CharField(blank=True, max_length=64)),
                ('taken_count', models.PositiveSmallIntegerField(default=0)),
                ('ended_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Taking',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('form', models.CharField(max_length=4)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ExtractFile',
            fields=[
                ('extract', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='file', serialize=False, to='extracts.extract')),
                ('sealed', models.BinaryField()),
            ],
        ),
        migrations.AddIndex(
            model_name='extract',
            index=models.Index(fields=['state', 'expires_on'], name='extract_by_expiry'),
        ),
        migrations.AddConstraint(
            model_name='extract',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'refused', 'withdrawn', 'ready', 'ended'])), name='extract_state'),
        ),
        migrations.AddConstraint(
            model_name='extract',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='extract_period'),
        ),
        migrations.AddConstraint(
            model_name='extract',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='extract_two_people'),
        ),
        migrations.AddConstraint(
            model_name='extract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['waiting', 'withdrawn']), ('decided_by', None), ('decided_on', None)), models.Q(('state', 'refused'), ('decided_by__isnull', False), ('decided_on__isnull', False), models.Q(('remark', ''), _negated=True)), models.Q(('expires_on__isnull', False), ('row_count__gt', 0), ('state__in', ['ready', 'ended']), ('withheld_count__isnull', False), ('decided_by__isnull', False), ('decided_on__isnull', False)), _connector='OR'), name='extract_decided_whole'),
        ),
        migrations.AddConstraint(
            model_name='extract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_on', None)), _connector='OR'), name='extract_ended_on_a_day'),
        ),
        migrations.AddField(
            model_name='taking',
            name='extract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takings', to='extracts.extract'),
        ),
        migrations.AddConstraint(
            model_name='taking',
            constraint=models.UniqueConstraint(fields=('extract', 'number'), name='taking_numbered_once'),
        ),
    ]
