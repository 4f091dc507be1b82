"""What happened: events in chains, receipts, clocks of villages."""

import desmigratif.shared.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='VillageClock',
            fields=[
                ('village_code', models.CharField(max_length=13, primary_key=True, serialize=False)),
                ('change_no', models.BigIntegerField(default=0)),
                ('audit_no', models.BigIntegerField(default=0)),
                ('audit_head', models.CharField(default='', max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('change_no', models.BigIntegerField()),
                ('model', models.CharField(max_length=60)),
                ('record_id', models.UUIDField()),
                ('gone', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('village_code', 'change_no'), name='change_one_per_number')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('audit_no', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('actor_id', models.CharField(max_length=40)),
                ('actor_role', models.CharField(blank=True, max_length=40)),
                ('via', models.CharField(max_length=20)),
                ('act_id', models.UUIDField(null=True)),
                ('event', models.CharField(max_length=60)),
                ('subjects', models.JSONField(default=list)),
                ('details', models.JSONField(default=dict)),
                ('prev_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'event', 'at'], name='event_by_kind')],
                'constraints': [models.UniqueConstraint(fields=('village_code', 'audit_no'), name='event_one_per_number')],
            },
        ),
        migrations.CreateModel(
            name='FactDelta',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('code', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('numerator', models.BigIntegerField()),
                ('denominator', models.BigIntegerField()),
                ('key', models.CharField(blank=True, max_length=80)),
                ('folded_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['folded_at', 'village_code'], name='factdelta_unfolded')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('act_id', models.UUIDField()),
                ('actor_id', models.CharField(max_length=40)),
                ('action', models.CharField(max_length=60)),
                ('version', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('outcome', models.CharField(choices=[('done', 'Selesai'), ('refused', 'Ditolak'), ('needs_review', 'Perlu diputuskan petugas')], max_length=12)),
                ('reasons', models.JSONField(default=list)),
                ('result', models.JSONField(default=dict)),
                ('village_code', models.CharField(max_length=13)),
                ('via', models.CharField(max_length=20)),
                ('made_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('actor_id', 'act_id'), name='receipt_one_per_act')],
            },
        ),
        migrations.CreateModel(
            name='ReviewDecision',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review_decision', to='audit.receipt')),
                ('decision', models.CharField(choices=[('applied', 'Dipakai'), ('discarded', 'Dibuang')], max_length=10)),
                ('actor_id', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReviewPayload',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='review_payload', to='audit.receipt')),
                ('sealed', models.BinaryField()),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Signal',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('household_id', models.UUIDField()),
                ('resident_id', models.UUIDField(null=True)),
                ('kind', models.CharField(max_length=40)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('privacy', models.CharField(max_length=10)),
            ],
            options={
                'indexes': [models.Index(fields=['household_id', 'until'], name='signal_live_of_household')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='signal_ends_after_it_began')],
            },
        ),
        migrations.CreateModel(
            name='TimelineEntry',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('household_id', models.UUIDField()),
                ('resident_id', models.UUIDField(null=True)),
                ('kind', models.CharField(max_length=60)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('params', models.JSONField(default=dict)),
                ('privacy', models.CharField(max_length=10)),
                ('link', models.CharField(blank=True, max_length=120)),
                ('actor_id', models.CharField(max_length=40)),
            ],
            options={
                'indexes': [models.Index(fields=['household_id', '-on', '-at'], name='timeline_of_household')],
            },
        ),
        migrations.CreateModel(
            name='EventSubject',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='subject_rows', to='audit.event')),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
            ],
            options={
                'indexes': [models.Index(fields=['subject_id'], name='eventsubject_by_id')],
            },
        ),
    ]
