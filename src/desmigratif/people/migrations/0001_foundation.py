"""Households and residents of a village."""

import desmigratif.shared.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('file_name', models.CharField(max_length=120)),
                ('file_digest', models.CharField(max_length=64)),
                ('imported_on', models.DateField()),
                ('row_count', models.PositiveIntegerField()),
                ('new_count', models.PositiveIntegerField()),
                ('changed_count', models.PositiveIntegerField()),
                ('unchanged_count', models.PositiveIntegerField()),
                ('warning_count', models.PositiveIntegerField()),
                ('undone_on', models.DateField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NameWord',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('word', models.CharField(max_length=120, unique=True)),
                ('people', models.PositiveIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SafeAddress',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('subject_index', models.CharField(max_length=32, unique=True)),
                ('home_index', models.CharField(blank=True, max_length=32)),
                ('sealed', models.BinaryField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('kk_sealed', models.BinaryField(null=True)),
                ('kk_index', models.CharField(blank=True, max_length=32)),
                ('hamlet', models.CharField(blank=True, max_length=100)),
                ('rw', models.CharField(blank=True, max_length=10)),
                ('rt', models.CharField(blank=True, max_length=10)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'hamlet', 'rw', 'rt'], name='household_by_place'), models.Index(fields=['village_code', 'kk_index'], name='household_by_kk')],
            },
        ),
        migrations.CreateModel(
            name='HouseholdChange',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='people.household')),
                ('version', models.PositiveIntegerField()),
                ('on', models.DateField()),
                ('source', models.CharField(max_length=60)),
                ('before_sealed', models.BinaryField()),
                ('reason_sealed', models.BinaryField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProtectiveKey',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('region_code', models.CharField(max_length=13)),
                ('recipient', models.CharField(max_length=80)),
                ('secret_locked', models.BinaryField()),
                ('made_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('region_code',), name='protectivekey_one_stands')],
            },
        ),
        migrations.CreateModel(
            name='Envelope',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='envelopes', to='people.protectivekey')),
                ('on', models.DateField()),
                ('sealed', models.BinaryField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Resident',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residents', to='people.person')),
                ('name', models.CharField(max_length=100)),
                ('name_key', models.CharField(max_length=120)),
                ('name_key_2', models.CharField(blank=True, default='', max_length=120)),
                ('name_key_3', models.CharField(blank=True, default='', max_length=120)),
                ('passport_name', models.CharField(blank=True, max_length=100)),
                ('sex', models.CharField(blank=True, choices=[('M', 'Laki-laki'), ('F', 'Perempuan')], max_length=1)),
                ('birth_place', models.CharField(blank=True, max_length=100)),
                ('birth_date', models.DateField(null=True)),
                ('relation', models.CharField(blank=True, max_length=20)),
                ('marital_status', models.CharField(blank=True, choices=[('single', 'Belum kawin'), ('married', 'Kawin'), ('divorced', 'Cerai hidup'), ('widowed', 'Cerai mati')], max_length=10)),
                ('occupation', models.CharField(blank=True, max_length=4)),
                ('life_status', models.CharField(choices=[('alive', 'Hidup'), ('dead', 'Meninggal'), ('moved', 'Pindah'), ('missing', 'Hilang'), ('away', 'Pergi'), ('invalid', 'Tidak valid')], default='alive', max_length=10)),
                ('nik_sealed', models.BinaryField(null=True)),
                ('nik_index', models.CharField(blank=True, max_length=32)),
                ('nik_last4_index', models.CharField(blank=True, max_length=32)),
                ('details_sealed', models.BinaryField(null=True)),
                ('passport_index', models.CharField(blank=True, default='', max_length=32)),
                ('source', models.CharField(blank=True, max_length=60)),
                ('source_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('field_versions', models.JSONField(default=dict)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_records', to='people.resident')),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'name_key'], name='resident_by_name'), models.Index(fields=['name_key', 'birth_date'], name='resident_by_name_key', opclasses=['varchar_pattern_ops', 'date_ops']), models.Index(fields=['name_key_2', 'birth_date'], name='resident_by_name_key_2', opclasses=['varchar_pattern_ops', 'date_ops']), models.Index(fields=['name_key_3', 'name_key', 'birth_date'], name='resident_by_name_key_3', opclasses=['varchar_pattern_ops', 'varchar_pattern_ops', 'date_ops']), models.Index(fields=['nik_index'], name='resident_by_nik'), models.Index(fields=['passport_index'], name='resident_by_passport'), models.Index(fields=['village_code', 'nik_last4_index'], name='resident_by_last4')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='resident_has_a_name'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('life_status', 'invalid'), models.Q(('merged_into', models.F('id')), _negated=True)), _connector='OR'), name='resident_merged_is_closed')],
            },
        ),
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phones', to='people.resident')),
                ('number_sealed', models.BinaryField()),
                ('number_index', models.CharField(max_length=32)),
                ('safe', models.BooleanField(null=True)),
                ('note_sealed', models.BinaryField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'number_index'], name='phone_by_number')],
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='people.resident')),
                ('to_village_code', models.CharField(max_length=13)),
                ('share_id', models.UUIDField()),
                ('moved_on', models.DateField()),
                ('state', models.CharField(choices=[('waiting', 'Menunggu desa tujuan'), ('arrived', 'Sudah diterima')], default='waiting', max_length=10)),
                ('arrived_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='people.resident')),
                ('arrived_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['to_village_code', 'state'], name='move_waiting_for')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('arrived_as__isnull', True), ('arrived_on__isnull', True), ('state', 'waiting')), models.Q(('arrived_as__isnull', False), ('arrived_on__isnull', False), ('state', 'arrived')), _connector='OR'), name='move_arrived_as_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='people.resident')),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merged_by', to='people.resident')),
                ('merged_on', models.DateField()),
                ('version_after', models.PositiveIntegerField()),
                ('merged_status', models.CharField(choices=[('alive', 'Hidup'), ('dead', 'Meninggal'), ('moved', 'Pindah'), ('missing', 'Hilang'), ('away', 'Pergi'), ('invalid', 'Tidak valid')], max_length=10)),
                ('before_sealed', models.BinaryField()),
                ('reason_sealed', models.BinaryField()),
                ('undone_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'undone_on'], name='merge_standing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='merge_is_of_two')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='people.household')),
                ('resident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='people.resident')),
                ('kind', models.CharField(max_length=40)),
                ('from_pillar', models.CharField(choices=[('service_centre', 'Pusat layanan migrasi'), ('enterprise', 'Usaha produktif'), ('parenting', 'Rumah belajar'), ('cooperative', 'Koperasi')], max_length=20)),
                ('to_pillar', models.CharField(choices=[('service_centre', 'Pusat layanan migrasi'), ('enterprise', 'Usaha produktif'), ('parenting', 'Rumah belajar'), ('cooperative', 'Koperasi')], max_length=20)),
                ('on', models.DateField()),
                ('amount_rupiah', models.BigIntegerField(null=True)),
                ('purpose', models.CharField(blank=True, max_length=160)),
                ('answered_on', models.DateField(null=True)),
                ('taken', models.BooleanField(null=True)),
                ('declined_because', models.CharField(blank=True, max_length=30)),
                ('caregiver_sealed', models.BinaryField(null=True)),
                ('went_on', models.CharField(blank=True, choices=[('in_process', 'Sedang dikerjakan'), ('closed', 'Selesai')], max_length=10)),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', 'to_pillar', 'answered_on'], name='handover_waiting_for')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('declined_because', ''), ('taken__isnull', True)), models.Q(('answered_on__isnull', False), ('declined_because', ''), ('taken', True)), models.Q(('answered_on__isnull', False), ('taken', False), models.Q(('declined_because', ''), _negated=True)), _connector='OR'), name='handover_answered_whole'), models.CheckConstraint(condition=models.Q(('amount_rupiah__isnull', True), ('amount_rupiah__gt', 0), _connector='OR'), name='handover_asks_for_a_sum'), models.CheckConstraint(condition=models.Q(('went_on', ''), ('taken', True), _connector='OR'), name='handover_goes_on_when_taken'), models.UniqueConstraint(condition=models.Q(('answered_on__isnull', True), ('resident__isnull', False)), fields=('village_code', 'household', 'resident', 'kind'), name='handover_waits_once'), models.UniqueConstraint(condition=models.Q(('answered_on__isnull', True), ('resident__isnull', True)), fields=('village_code', 'household', 'kind'), name='handover_of_a_family_waits_once')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='people.resident')),
                ('field', models.CharField(max_length=40)),
                ('value_sealed', models.BinaryField()),
                ('source', models.CharField(max_length=60)),
                ('as_of', models.DateField(null=True)),
                ('chosen', models.BooleanField(default=False)),
                ('reason_sealed', models.BinaryField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['resident', 'field'], name='fact_by_field')],
            },
        ),
        migrations.CreateModel(
            name='ContactWish',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('resident', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='contact_wish', to='people.resident')),
                ('wish_sealed', models.BinaryField()),
                ('recorded_on', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('resident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.resident')),
                ('purpose', models.CharField(max_length=40)),
                ('basis', models.CharField(max_length=20)),
                ('text_version', models.CharField(max_length=20)),
                ('given', models.BooleanField()),
                ('given_by', models.CharField(max_length=20)),
                ('recorded_on', models.DateField()),
                ('withdrawn_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('given', True), _connector='OR'), name='consent_withdrawn_was_given')],
            },
        ),
        migrations.CreateModel(
            name='ToldApart',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told_apart_from', to='people.resident')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told_apart_of', to='people.resident')),
                ('decided_on', models.DateField()),
                ('decided_by', models.UUIDField()),
                ('taken_back_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_on__isnull', True)), fields=('first', 'second'), name='told_apart_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='told_apart_is_of_two')],
            },
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='people.importbatch')),
                ('sheet_row', models.PositiveIntegerField()),
                ('resident_id', models.UUIDField()),
                ('is_new', models.BooleanField()),
                ('version_after', models.PositiveIntegerField()),
                ('before_sealed', models.BinaryField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['resident_id'], name='importedrow_by_resident')],
            },
        ),
    ]
