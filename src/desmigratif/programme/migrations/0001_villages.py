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
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('year', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=20)),
                ('allotted_rupiah', models.BigIntegerField()),
                ('spent_rupiah', models.BigIntegerField(default=0)),
                ('on', models.DateField()),
                ('remark', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('village_code', 'year', 'source'), name='budget_line_once'), models.CheckConstraint(condition=models.Q(('allotted_rupiah__gte', 0), ('spent_rupiah__gte', 0), models.Q(('spent_rupiah__lte', models.F('allotted_rupiah')), models.Q(('remark', ''), _negated=True), _connector='OR')), name='budget_line_overspent_says_why')],
            },
        ),
        migrations.CreateModel(
            name='CandidateVillage',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('programme', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('proposed_on', models.DateField()),
                ('signs', models.JSONField(default=dict)),
                ('surveyed_on', models.DateField(null=True)),
                ('agreed', models.BooleanField(null=True)),
                ('deliberated_on', models.DateField(null=True)),
                ('minutes', models.CharField(blank=True, max_length=80)),
                ('membership', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidate', to='programme.programmevillage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('village_code', 'programme', 'year'), name='candidate_once_a_year'), models.CheckConstraint(condition=models.Q(models.Q(('agreed', None), ('deliberated_on', None)), models.Q(('agreed__isnull', False), ('deliberated_on__isnull', False)), _connector='OR'), name='candidate_deliberated_whole'), models.CheckConstraint(condition=models.Q(('membership', None), ('agreed', True), _connector='OR'), name='candidate_named_after_deliberation')],
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('region_code', models.CharField(max_length=13)),
                ('kind', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('region_code', 'name'), name='partner_once_in_a_region')],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('kind', models.CharField(choices=[('visit', 'Kunjungan'), ('meeting', 'Rapat'), ('review', 'Penilaian tahunan')], max_length=20)),
                ('on', models.DateField()),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='programme.partner')),
                ('present', models.CharField(blank=True, max_length=200)),
                ('said', models.CharField(max_length=1000)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PartnerSeat',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='programme.partner')),
                ('user_id', models.UUIDField()),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('user_id',), name='partner_seat_one_body')],
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='programme.partner')),
                ('pillar', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('what', models.CharField(max_length=160)),
                ('amount_rupiah', models.BigIntegerField(null=True)),
                ('pledged_on', models.DateField()),
                ('said_on', models.DateField(null=True)),
                ('answered_on', models.DateField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('received', 'Sudah diterima'), ('partly', 'Baru sebagian'), ('not_received', 'Belum diterima')], max_length=20)),
                ('remark', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'year'], name='pledge_by_village_and_year')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('outcome', '')), models.Q(('answered_on__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='pledge_answered_whole'), models.CheckConstraint(condition=models.Q(('amount_rupiah', None), ('amount_rupiah__gt', 0), _connector='OR'), name='pledge_amount_is_positive')],
            },
        ),
        migrations.CreateModel(
            name='SharedTask',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('what', models.CharField(max_length=160)),
                ('owner', models.CharField(choices=[('village', 'Pemerintah desa'), ('regency', 'Koordinator kabupaten'), ('partner', 'Lembaga mitra')], max_length=20)),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='programme.partner')),
                ('asked_on', models.DateField()),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('result', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('owner', 'partner'), ('partner__isnull', False)), models.Q(models.Q(('owner', 'partner'), _negated=True), ('partner', None)), _connector='OR'), name='shared_task_has_one_owner')],
            },
        ),
        migrations.CreateModel(
            name='VillageFigure',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('metric', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('value', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=120)),
                ('noted_on', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('village_code', 'metric', 'year', 'source'), name='village_figure_once_of_a_source')],
            },
        ),
        migrations.CreateModel(
            name='VillageQuota',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('region_code', models.CharField(max_length=13)),
                ('year', models.PositiveSmallIntegerField()),
                ('villages', models.PositiveSmallIntegerField()),
                ('paper', models.CharField(blank=True, max_length=80)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('region_code', 'year'), name='village_quota_once')],
            },
        ),
    ]
