"""Letters and copies of papers."""

import desmigratif.shared.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='VillageKey',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('kid', models.CharField(max_length=32, unique=True)),
                ('public_key', models.BinaryField()),
                ('private_sealed', models.BinaryField()),
                ('certificate', models.BinaryField(null=True)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('resident_id', models.UUIDField()),
                ('paper', models.CharField(max_length=40)),
                ('media', models.CharField(max_length=40)),
                ('size_bytes', models.PositiveIntegerField()),
                ('pages', models.PositiveSmallIntegerField()),
                ('added_on', models.DateField()),
                ('removed_on', models.DateField(null=True)),
                ('removed_because', models.CharField(blank=True, max_length=30)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'resident_id'], name='attachment_by_resident')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('removed_because', ''), ('removed_on__isnull', True)), models.Q(('removed_on__isnull', False), models.Q(('removed_because', ''), _negated=True)), _connector='OR'), name='attachment_removed_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='AttachmentContent',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='content', to='documents.attachment')),
                ('sealed', models.BinaryField()),
                ('sealed_sha256', models.CharField(max_length=64)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LetterCounter',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('year', models.PositiveSmallIntegerField()),
                ('last_number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('village_code', 'year'), name='lettercounter_one_per_year')],
            },
        ),
        migrations.CreateModel(
            name='VillageOffice',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('address', models.CharField(max_length=160)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('head_title', models.CharField(default='Kepala Desa', max_length=40)),
                ('head_name', models.CharField(max_length=100)),
                ('letter_code', models.CharField(max_length=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('village_code',), name='villageoffice_one_per_village')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('kind', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('sequence', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=60)),
                ('issued_on', models.DateField()),
                ('resident_id', models.UUIDField()),
                ('household_id', models.UUIDField()),
                ('giver_id', models.UUIDField(null=True)),
                ('stage', models.CharField(max_length=20)),
                ('statement', models.BinaryField()),
                ('short_code', models.CharField(max_length=20)),
                ('content_sealed', models.BinaryField()),
                ('revoked_on', models.DateField(null=True)),
                ('revoked_reason', models.CharField(blank=True, max_length=40)),
                ('valid_until', models.DateField(null=True)),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='documents.letter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('village_code', 'year', 'sequence'), name='letter_one_per_number'), models.UniqueConstraint(fields=('short_code',), name='letter_one_per_short_code'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_on__isnull', True), ('revoked_reason', '')), models.Q(('revoked_on__isnull', False), models.Q(('revoked_reason', ''), _negated=True)), _connector='OR'), name='letter_revoked_with_reason'), models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('replaces', models.F('id')), _negated=True), _connector='OR'), name='letter_replaces_another')],
            },
        ),
        migrations.CreateModel(
            name='OfficePaper',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('kind', models.CharField(max_length=40)),
                ('number', models.CharField(max_length=60)),
                ('issued_on', models.DateField()),
                ('statement', models.BinaryField()),
                ('short_code', models.CharField(max_length=20)),
                ('content', models.TextField()),
                ('voided_on', models.DateField(null=True)),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='documents.officepaper')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('village_code', 'number'), name='officepaper_one_per_number'), models.UniqueConstraint(fields=('short_code',), name='officepaper_one_per_short_code'), models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('replaces', models.F('id')), _negated=True), _connector='OR'), name='officepaper_replaces_another')],
            },
        ),
    ]
