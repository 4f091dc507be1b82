"""Reports of a village's month, and what people asked to be given regularly."""

import desmigratif.shared.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_foundation'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportDue',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('year', models.PositiveSmallIntegerField()),
                ('month', models.PositiveSmallIntegerField()),
                ('due_on', models.DateField()),
                ('sent_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sent_on', None)), fields=['due_on'], name='reportdue_unsent')],
                'constraints': [models.UniqueConstraint(fields=('village_code', 'year', 'month'), name='reportdue_once_a_month'), models.CheckConstraint(condition=models.Q(('month__gte', 1), ('month__lte', 12)), name='reportdue_month')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('user_id', models.UUIDField()),
                ('region_code', models.CharField(max_length=13)),
                ('every', models.CharField(max_length=1)),
                ('since', models.DateField()),
                ('ended_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('user_id', 'region_code', 'every'), name='subscription_once'), models.CheckConstraint(condition=models.Q(('every__in', ['M', 'Q', 'Y'])), name='subscription_every')],
            },
        ),
        migrations.CreateModel(
            name='VillageReport',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('year', models.PositiveSmallIntegerField()),
                ('month', models.PositiveSmallIntegerField()),
                ('version', models.PositiveSmallIntegerField()),
                ('state', models.CharField(default='draft', max_length=10)),
                ('obstacles', models.TextField(blank=True, max_length=600)),
                ('follow_up', models.TextField(blank=True, max_length=600)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('figures', models.JSONField(null=True)),
                ('officer_id', models.UUIDField(null=True)),
                ('officer_name', models.CharField(blank=True, max_length=100)),
                ('officer_signed_on', models.DateField(null=True)),
                ('head_id', models.UUIDField(null=True)),
                ('head_name', models.CharField(blank=True, max_length=100)),
                ('sent_on', models.DateField(null=True)),
                ('answered_on', models.DateField(null=True)),
                ('paper', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='report', to='documents.officepaper')),
                ('earlier', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='reports.villagereport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('village_code', 'year', 'month', 'version'), name='villagereport_one_per_version'), models.CheckConstraint(condition=models.Q(('month__gte', 1), ('month__lte', 12)), name='villagereport_month'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'checked', 'sent', 'returned', 'accepted'])), name='villagereport_state'), models.CheckConstraint(condition=models.Q(models.Q(('earlier', None), ('version', 1)), models.Q(('earlier__isnull', False), ('version__gt', 1)), _connector='OR'), name='villagereport_follows_an_earlier'), models.CheckConstraint(condition=models.Q(models.Q(('figures', None), ('officer_id', None), ('officer_signed_on', None), ('state', 'draft')), models.Q(('figures__isnull', False), ('officer_id__isnull', False), ('officer_signed_on__isnull', False), ('state__in', ('checked', 'sent', 'returned', 'accepted'))), _connector='OR'), name='villagereport_checked_whole'), models.CheckConstraint(condition=models.Q(models.Q(('head_id', None), ('paper', None), ('sent_on', None), ('state__in', ['draft', 'checked'])), models.Q(('head_id__isnull', False), ('paper__isnull', False), ('sent_on__isnull', False), ('state__in', ['sent', 'returned', 'accepted'])), _connector='OR'), name='villagereport_sent_whole'), models.CheckConstraint(condition=models.Q(('head_id', None), models.Q(('head_id', models.F('officer_id')), _negated=True), _connector='OR'), name='villagereport_two_people')],
            },
        ),
        migrations.CreateModel(
            name='ReportRemark',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='reports.villagereport')),
                ('by_office', models.CharField(max_length=10)),
                ('by_name', models.CharField(max_length=100)),
                ('text', models.TextField(max_length=500)),
                ('on', models.DateField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('by_office__in', ['village', 'regency'])), name='reportremark_office'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='reportremark_says_something')],
            },
        ),
        migrations.CreateModel(
            name='InboxFile',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='reports.subscription')),
                ('period', models.CharField(max_length=7)),
                ('made_on', models.DateField()),
                ('figures', models.JSONField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subscription', 'period'), name='inboxfile_once_a_period')],
            },
        ),
    ]
