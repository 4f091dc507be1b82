"""Children left behind, and their centre."""

import desmigratif.shared.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_foundation'),
        ('people', '0001_foundation'),
    ]

    operations = [
        migrations.CreateModel(
            name='BarredPerson',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('region_code', models.CharField(max_length=13)),
                ('name_index', models.CharField(max_length=32)),
                ('nik_index', models.CharField(blank=True, max_length=32)),
                ('because', models.CharField(max_length=20)),
                ('reference', models.CharField(max_length=80)),
                ('recorded_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['name_index'], name='barred_by_name'), models.Index(fields=['nik_index'], name='barred_by_nik')],
            },
        ),
        migrations.CreateModel(
            name='Centre',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('name', models.CharField(max_length=80)),
                ('place', models.CharField(max_length=160)),
                ('opened_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('last_held_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['closed_on', 'last_held_on'], name='centre_by_silence')],
                'constraints': [models.UniqueConstraint(fields=('village_code', 'name'), name='centre_one_per_name'), models.CheckConstraint(condition=models.Q(('closed_on', None), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='centre_closes_after_opening')],
            },
        ),
        migrations.CreateModel(
            name='Child',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='centre_records', to='people.resident')),
                ('enrolled_on', models.DateField()),
                ('left_on', models.DateField(null=True)),
                ('left_because', models.CharField(blank=True, max_length=20)),
                ('parent', models.CharField(blank=True, max_length=10)),
                ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children_left_behind', to='people.resident')),
                ('caregiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cares_for', to='people.resident')),
                ('caregiver_relation', models.CharField(blank=True, max_length=20)),
                ('caregiver_load', models.CharField(blank=True, max_length=10)),
                ('last_contact_on', models.DateField(null=True)),
                ('schooling', models.CharField(blank=True, max_length=20)),
                ('school', models.CharField(blank=True, max_length=100)),
                ('school_class', models.CharField(blank=True, max_length=20)),
                ('needs', models.JSONField(default=list)),
                ('risk', models.CharField(blank=True, max_length=10)),
                ('risk_because', models.JSONField(default=list)),
                ('basis', models.CharField(max_length=20)),
                ('given_by', models.CharField(blank=True, max_length=20)),
                ('counted', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'left_on', 'id'], name='child_by_village')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('resident',), name='child_enrolled_once'), models.CheckConstraint(condition=models.Q(models.Q(('left_because', ''), ('left_on', None)), models.Q(('left_on__isnull', False), models.Q(('left_because', ''), _negated=True)), _connector='OR'), name='child_left_with_reason'), models.CheckConstraint(condition=models.Q(('risk__in', ['', 'low', 'watch', 'high'])), name='child_known_risk')],
            },
        ),
        migrations.CreateModel(
            name='CallSlot',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='call_slots', to='parenting.child')),
                ('country', models.CharField(max_length=3)),
                ('time_zone', models.CharField(max_length=40)),
                ('weekdays', models.JSONField()),
                ('at', models.TimeField()),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('child',), name='call_slot_one_per_child'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='call_slot_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='ChildPlan',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='parenting.child')),
                ('made_on', models.DateField()),
                ('steps', models.JSONField()),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('helped', models.BooleanField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'done_on', 'due_on'], name='childplan_by_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('done_on', None)), fields=('child',), name='childplan_one_stands'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('made_on'))), name='childplan_due_later'), models.CheckConstraint(condition=models.Q(models.Q(('done_on', None), ('helped', None)), models.Q(('done_on__isnull', False), ('helped__isnull', False)), _connector='OR'), name='childplan_done_with_outcome')],
            },
        ),
        migrations.CreateModel(
            name='OwnTheme',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_themes', to='parenting.centre')),
                ('audience', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=100)),
                ('added_on', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'audience', 'title'), name='own_theme_once')],
            },
        ),
        migrations.CreateModel(
            name='ParentCall',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='parenting.callslot')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='parenting.child')),
                ('due_at', models.DateTimeField()),
                ('on', models.DateField()),
                ('missed_because', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'on'], name='parent_call_by_child')],
                'constraints': [models.UniqueConstraint(fields=('slot', 'due_at'), name='parent_call_once')],
            },
        ),
        migrations.CreateModel(
            name='Quarter',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quarters', to='parenting.child')),
                ('year', models.PositiveSmallIntegerField()),
                ('quarter', models.PositiveSmallIntegerField()),
                ('recorded_on', models.DateField()),
                ('school_days', models.PositiveSmallIntegerField(null=True)),
                ('attended', models.PositiveSmallIntegerField(null=True)),
                ('mark', models.PositiveSmallIntegerField(null=True)),
                ('progress', models.CharField(blank=True, max_length=10)),
                ('reading', models.CharField(blank=True, max_length=10)),
                ('height_cm', models.PositiveSmallIntegerField(null=True)),
                ('weight_tenths', models.PositiveSmallIntegerField(null=True)),
                ('immunisation', models.CharField(blank=True, max_length=10)),
                ('wellbeing', models.PositiveSmallIntegerField(null=True)),
                ('said_sealed', models.BinaryField(null=True)),
                ('picture', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.attachment')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('child', 'year', 'quarter'), name='quarter_once_a_child'), models.CheckConstraint(condition=models.Q(('quarter__gte', 1), ('quarter__lte', 4)), name='quarter_of_four'), models.CheckConstraint(condition=models.Q(('attended', None), models.Q(('attended__lte', models.F('school_days')), ('school_days__isnull', False)), _connector='OR'), name='quarter_attended_of_days'), models.CheckConstraint(condition=models.Q(models.Q(('mark', None), ('mark__lte', 100), _connector='OR'), models.Q(('wellbeing', None), ('wellbeing__lte', 100), _connector='OR')), name='quarter_of_a_hundred')],
            },
        ),
        migrations.CreateModel(
            name='Thing',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='things', to='parenting.centre')),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(max_length=20)),
                ('count', models.PositiveIntegerField()),
                ('usable_count', models.PositiveIntegerField()),
                ('counted_on', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'name'), name='thing_one_per_name'), models.CheckConstraint(condition=models.Q(('usable_count__lte', models.F('count'))), name='thing_usable_are_some_of_all')],
            },
        ),
        migrations.CreateModel(
            name='Volunteer',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='volunteers', to='parenting.centre')),
                ('name', models.CharField(max_length=100)),
                ('name_index', models.CharField(max_length=32)),
                ('nik_index', models.CharField(blank=True, max_length=32)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('check_paper', models.CharField(blank=True, max_length=20)),
                ('check_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('check_on', None), ('check_paper', '')), models.Q(('check_on__isnull', False), models.Q(('check_paper', ''), _negated=True)), _connector='OR'), name='volunteer_checked_by_a_paper'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='volunteer_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='TimetableSlot',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='parenting.centre')),
                ('weekday', models.PositiveSmallIntegerField()),
                ('at', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('leader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parenting.volunteer')),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='slot_on_a_weekday'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='slot_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='parenting.centre')),
                ('slot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parenting.timetableslot')),
                ('on', models.DateField()),
                ('at', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('theme', models.CharField(blank=True, max_length=30)),
                ('own_theme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parenting.owntheme')),
                ('leader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parenting.volunteer')),
                ('state', models.CharField(choices=[('planned', 'Direncanakan'), ('held', 'Terlaksana'), ('cancelled', 'Dibatalkan')], default='planned', max_length=10)),
                ('cancelled_because', models.CharField(blank=True, max_length=20)),
                ('present', models.PositiveSmallIntegerField(null=True)),
                ('excused', models.PositiveSmallIntegerField(null=True)),
                ('absent', models.PositiveSmallIntegerField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'state', 'on'], name='session_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('absent__isnull', False), ('excused__isnull', False), ('present__isnull', False), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('absent', None), ('excused', None), ('present', None)), _connector='OR'), name='session_counts_when_held'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancelled_because', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_because', '')), _connector='OR'), name='session_cancelled_with_reason'), models.CheckConstraint(condition=models.Q(('theme', ''), ('own_theme', None), _connector='OR'), name='session_has_one_theme'), models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('centre', 'on', 'at', 'kind'), name='session_once')],
            },
        ),
        migrations.CreateModel(
            name='RollMark',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='parenting.session')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll_marks', to='parenting.child')),
                ('on', models.DateField()),
                ('mark', models.CharField(max_length=8)),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'on'], name='roll_mark_by_child')],
                'constraints': [models.UniqueConstraint(fields=('session', 'child'), name='roll_mark_one_per_child'), models.CheckConstraint(condition=models.Q(('mark__in', ['present', 'excused', 'absent'])), name='roll_mark_known')],
            },
        ),
        migrations.CreateModel(
            name='Worry',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='worries', to='parenting.child')),
                ('on', models.DateField()),
                ('writer_id', models.UUIDField()),
                ('text_sealed', models.BinaryField()),
                ('hand_over', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.handover')),
                ('closed_on', models.DateField(null=True)),
                ('closed_because', models.CharField(blank=True, max_length=20)),
                ('closing_sealed', models.BinaryField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_because', ''), ('closed_on', None)), models.Q(('closed_on__isnull', False), models.Q(('closed_because', ''), _negated=True)), _connector='OR'), name='worry_closed_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='WorryReader',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('worry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readers', to='parenting.worry')),
                ('user_id', models.UUIDField()),
            ],
            options={
                'indexes': [models.Index(fields=['user_id'], name='worryreader_by_user')],
                'constraints': [models.UniqueConstraint(fields=('worry', 'user_id'), name='worryreader_once')],
            },
        ),
        migrations.CreateModel(
            name='CaregiverLink',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('caregiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='caregiver_links', to='people.resident')),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('made_on', models.DateField()),
                ('until', models.DateField()),
                ('ended_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('caregiver',), name='caregiver_link_one_of_a_caregiver'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('made_on'))), name='caregiver_link_lasts')],
            },
        ),
        migrations.CreateModel(
            name='CaregiverScore',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='parenting.session')),
                ('caregiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.resident')),
                ('before', models.PositiveSmallIntegerField(null=True)),
                ('after', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'caregiver'), name='caregiver_score_one_per_caregiver'), models.CheckConstraint(condition=models.Q(models.Q(('before', None), ('before__lte', 100), _connector='OR'), models.Q(('after', None), ('after__lte', 100), _connector='OR')), name='caregiver_score_in_range')],
            },
        ),
    ]
