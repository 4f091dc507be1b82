"""Groups of families and their businesses."""

import desmigratif.shared.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_foundation'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('name', models.CharField(max_length=80)),
                ('trade', models.CharField(max_length=20)),
                ('product', models.CharField(blank=True, max_length=80)),
                ('formed_on', models.DateField()),
                ('decree', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('village_code', 'name'), name='enterprise_group_name_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='enterprise_group_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Baseline',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='baseline', to='enterprises.group')),
                ('monthly_rupiah', models.BigIntegerField()),
                ('said_on', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GroupEnd',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ending', to='enterprises.group')),
                ('on', models.DateField()),
                ('cause', models.CharField(max_length=20)),
                ('note', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='enterprises.group')),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enterprise_members', to='people.resident')),
                ('post', models.CharField(choices=[('chair', 'Ketua'), ('secretary', 'Sekretaris'), ('treasurer', 'Bendahara'), ('member', 'Anggota')], default='member', max_length=10)),
                ('tie', models.CharField(choices=[('returnee', 'Pernah bekerja di luar negeri'), ('spouse', 'Suami atau istri'), ('child', 'Anak'), ('parent', 'Orang tua'), ('family', 'Keluarga lain'), ('none', 'Bukan keluarga PMI')], max_length=10)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('left_because', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'until'], name='enterprise_member_standing')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('group', 'resident'), name='enterprise_member_once_in_a_group'), models.UniqueConstraint(condition=models.Q(('until', None), models.Q(('post', 'member'), _negated=True)), fields=('group', 'post'), name='enterprise_post_held_once'), models.CheckConstraint(condition=models.Q(models.Q(('left_because', ''), ('until', None)), models.Q(('until__gte', models.F('since')), models.Q(('left_because', ''), _negated=True)), _connector='OR'), name='enterprise_member_left_whole')],
            },
        ),
        migrations.CreateModel(
            name='CapitalNeed',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='capital_needs', to='enterprises.group')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='capital_needs', to='enterprises.member')),
                ('amount_rupiah', models.BigIntegerField()),
                ('purpose', models.CharField(max_length=160)),
                ('place', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('hand_over_id', models.UUIDField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_rupiah__gt', 0)), name='enterprise_capital_of_a_sum')],
            },
        ),
        migrations.CreateModel(
            name='MentorVisit',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='enterprises.group')),
                ('on', models.DateField()),
                ('findings', models.TextField(max_length=1000)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'group', 'on'], name='enterprise_visit_of_a_group')],
            },
        ),
        migrations.CreateModel(
            name='MonthLink',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='month_links', to='enterprises.group')),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('made_on', models.DateField()),
                ('until', models.DateField()),
                ('ended_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('group',), name='enterprise_month_link_one_of_a_group'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('made_on'))), name='enterprise_month_link_lasts')],
            },
        ),
        migrations.CreateModel(
            name='NeedsSheet',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs_sheets', to='enterprises.group')),
                ('item', models.CharField(max_length=80)),
                ('purpose', models.CharField(max_length=200)),
                ('answers', models.JSONField(default=dict)),
                ('on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'group'], name='enterprise_needs_of_a_group')],
            },
        ),
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='enterprises.group')),
                ('needs', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='enterprises.needssheet')),
                ('kind', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('giver_kind', models.CharField(max_length=20)),
                ('giver', models.CharField(max_length=100)),
                ('value_rupiah', models.BigIntegerField()),
                ('despite', models.CharField(blank=True, max_length=200)),
                ('promised_on', models.DateField()),
                ('expected_on', models.DateField(null=True)),
                ('handed_on', models.DateField(null=True)),
                ('receiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprises.member')),
                ('serial', models.CharField(blank=True, max_length=60)),
                ('condition', models.CharField(blank=True, max_length=20)),
                ('usable', models.BooleanField(null=True)),
                ('unusable_because', models.CharField(blank=True, max_length=20)),
                ('checked_on', models.DateField(null=True)),
                ('gone_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'group'], name='enterprise_asset_of_a_group')],
                'constraints': [models.CheckConstraint(condition=models.Q(('value_rupiah__gte', 0)), name='enterprise_asset_worth_something'), models.CheckConstraint(condition=models.Q(models.Q(('checked_on', None), ('handed_on', None), ('receiver', None), ('usable', None)), models.Q(('handed_on__gte', models.F('promised_on')), ('receiver__isnull', False)), _connector='OR'), name='enterprise_asset_comes_after_its_promise'), models.CheckConstraint(condition=models.Q(models.Q(('usable', False), models.Q(('unusable_because', ''), _negated=True)), models.Q(('unusable_because', ''), models.Q(('usable', True), ('usable', None), _connector='OR')), _connector='OR'), name='enterprise_asset_unusable_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Permit',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='permits', to='enterprises.group')),
                ('kind', models.CharField(max_length=10)),
                ('number', models.CharField(max_length=60)),
                ('issued_on', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('is_latest', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'is_latest', 'valid_until'], name='group_permit_by_end')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_latest', True)), fields=('group', 'kind'), name='group_permit_latest_once'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('issued_on')), _connector='OR'), name='group_permit_ends_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='enterprises.group')),
                ('content', models.BinaryField()),
                ('size_bytes', models.PositiveIntegerField()),
                ('added_on', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AssetCheck',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='enterprises.asset')),
                ('on', models.DateField()),
                ('condition', models.CharField(max_length=20)),
                ('usable', models.BooleanField()),
                ('because', models.CharField(blank=True, max_length=20)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprises.photo')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('usable', True)), models.Q(('usable', False), models.Q(('because', ''), _negated=True)), _connector='OR'), name='enterprise_check_unusable_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='enterprises.group')),
                ('on', models.DateField()),
                ('unit', models.CharField(max_length=20)),
                ('price_rupiah', models.BigIntegerField()),
                ('units', models.PositiveIntegerField()),
                ('unit_cost_rupiah', models.BigIntegerField()),
                ('fixed_cost_rupiah', models.BigIntegerField()),
                ('tools_rupiah', models.BigIntegerField()),
                ('own_rupiah', models.BigIntegerField()),
                ('is_latest', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_latest', True)), fields=('group',), name='group_plan_latest_once'), models.CheckConstraint(condition=models.Q(('fixed_cost_rupiah__gte', 0), ('price_rupiah__gt', 0), ('unit_cost_rupiah__gte', 0), ('units__gt', 0), ('own_rupiah__gte', 0), ('tools_rupiah__gte', 0)), name='group_plan_of_whole_sums')],
            },
        ),
        migrations.CreateModel(
            name='Potential',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enterprise_potentials', to='people.resident')),
                ('on', models.DateField()),
                ('skills', models.JSONField(default=list)),
                ('trade', models.CharField(blank=True, max_length=20)),
                ('hours', models.CharField(blank=True, max_length=10)),
                ('capital', models.CharField(blank=True, max_length=10)),
                ('market', models.CharField(blank=True, max_length=12)),
                ('will', models.CharField(max_length=10)),
                ('is_latest', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'is_latest', 'will'], name='potential_of_village')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_latest', True)), fields=('resident',), name='potential_latest_once')],
            },
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='enterprises.group')),
                ('name', models.CharField(max_length=80)),
                ('unit', models.CharField(max_length=20)),
                ('price_rupiah', models.BigIntegerField()),
                ('about', models.CharField(blank=True, max_length=160)),
                ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprises.photo')),
                ('is_sold', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'name'), name='group_product_name_once'), models.CheckConstraint(condition=models.Q(('price_rupiah__gt', 0)), name='group_product_costs_something')],
            },
        ),
        migrations.CreateModel(
            name='RemittanceAnswer',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.resident')),
                ('on', models.DateField()),
                ('received', models.CharField(max_length=20)),
                ('used', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'resident'], name='enterprise_remittance_told')],
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('title', models.CharField(max_length=100)),
                ('trainer', models.CharField(max_length=100)),
                ('place', models.CharField(blank=True, max_length=100)),
                ('starts_on', models.DateField()),
                ('hours', models.PositiveSmallIntegerField()),
                ('closed_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', '-starts_on', '-id'], name='training_of_village')],
                'constraints': [models.CheckConstraint(condition=models.Q(('hours__gte', 1), ('hours__lte', 500)), name='training_of_some_hours')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='enterprises.training')),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enterprise_trainings', to='people.resident')),
                ('invited_on', models.DateField()),
                ('pre_score', models.PositiveSmallIntegerField(null=True)),
                ('post_score', models.PositiveSmallIntegerField(null=True)),
                ('certificate', models.CharField(blank=True, max_length=30)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('training', 'resident'), name='participant_once_in_a_training'), models.CheckConstraint(condition=models.Q(models.Q(('pre_score', None), ('pre_score__lte', 100), _connector='OR'), models.Q(('post_score', None), ('post_score__lte', 100), _connector='OR')), name='participant_scores_of_a_hundred'), models.UniqueConstraint(condition=models.Q(('certificate', ''), _negated=True), fields=('village_code', 'certificate'), name='training_certificate_once')],
            },
        ),
        migrations.CreateModel(
            name='TrainingDay',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='enterprises.training')),
                ('on', models.DateField()),
                ('hours', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('training', 'on'), name='training_day_once'), models.CheckConstraint(condition=models.Q(('hours__gte', 1), ('hours__lte', 12)), name='training_day_of_some_hours')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presences', to='enterprises.trainingday')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presences', to='enterprises.participant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'participant'), name='presence_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='VisitTask',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='enterprises.group')),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='enterprises.mentorvisit')),
                ('text', models.CharField(max_length=160)),
                ('due_on', models.DateField(null=True)),
                ('done_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'group', 'done_on'], name='enterprise_task_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='enterprise_task_says_what')],
            },
        ),
        migrations.CreateModel(
            name='FaultTicket',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='enterprises.asset')),
                ('told_on', models.DateField()),
                ('because', models.CharField(max_length=20)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('answer', models.CharField(blank=True, max_length=20)),
                ('answered_on', models.DateField(null=True)),
                ('answer_note', models.CharField(blank=True, max_length=200)),
                ('settled_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_on', None)), fields=('asset',), name='enterprise_fault_told_once_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_on', None), ('settled_on', None)), models.Q(('answered_on__gte', models.F('told_on')), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='enterprise_fault_answered_whole')],
            },
        ),
        migrations.CreateModel(
            name='Deliberation',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliberations', to='enterprises.group')),
                ('on', models.DateField()),
                ('present', models.PositiveSmallIntegerField()),
                ('decisions', models.CharField(max_length=1000)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'group', '-on'], name='deliberation_of_group')],
                'constraints': [models.CheckConstraint(condition=models.Q(('present__gte', 2)), name='deliberation_of_two_at_least')],
            },
        ),
        migrations.CreateModel(
            name='GroupMonth',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='months', to='enterprises.group')),
                ('month', models.DateField()),
                ('sales_rupiah', models.BigIntegerField()),
                ('cost_rupiah', models.BigIntegerField()),
                ('workers', models.PositiveSmallIntegerField()),
                ('channels', models.JSONField(default=list)),
                ('way', models.CharField(choices=[('desk', 'Di meja pendamping'), ('paper', 'Dari lembar kertas'), ('link', 'Lewat tautan bendahara')], max_length=5)),
                ('recorded_on', models.DateField()),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'month'], name='enterprise_month_of_a_village')],
                'constraints': [models.UniqueConstraint(fields=('group', 'month'), name='enterprise_month_once'), models.CheckConstraint(condition=models.Q(('cost_rupiah__gte', 0), ('sales_rupiah__gte', 0)), name='enterprise_month_not_below_zero')],
            },
        ),
    ]
