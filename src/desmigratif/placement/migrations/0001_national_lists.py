"""What the ministry lists: agencies, permits, destinations."""

import desmigratif.shared.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ListLoad',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('agencies', 'Perusahaan penempatan (P3MI)'), ('permits', 'Izin perekrutan dan lowongan'), ('destinations', 'Negara tujuan penempatan'), ('bodies', 'Lembaga rujukan')], max_length=12)),
                ('region_code', models.CharField(max_length=13)),
                ('as_of', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('file_name', models.CharField(blank=True, max_length=120)),
                ('file_digest', models.CharField(max_length=64)),
                ('row_count', models.PositiveIntegerField()),
                ('loaded_at', models.DateTimeField()),
                ('loaded_by', models.CharField(max_length=40)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'region_code', 'as_of'], name='listload_by_day')],
            },
        ),
        migrations.CreateModel(
            name='JobOrder',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('load', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='job_orders', to='placement.listload')),
                ('agency_name', models.CharField(max_length=200)),
                ('agency_key', models.CharField(max_length=200)),
                ('country', models.CharField(max_length=3)),
                ('job', models.CharField(max_length=30)),
                ('title', models.CharField(max_length=120)),
                ('employer_type', models.CharField(blank=True, max_length=10)),
                ('permit_number', models.CharField(blank=True, max_length=80)),
                ('quota', models.PositiveIntegerField(null=True)),
                ('wage_amount', models.PositiveBigIntegerField(null=True)),
                ('wage_currency', models.CharField(blank=True, max_length=3)),
                ('sex', models.CharField(blank=True, max_length=1)),
                ('least_age', models.PositiveSmallIntegerField(null=True)),
                ('most_age', models.PositiveSmallIntegerField(null=True)),
                ('valid_until', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['load', 'agency_key', 'country'], name='joborder_by_agency'), models.Index(fields=['load', 'job', 'country', 'valid_until'], name='joborder_by_work'), models.Index(fields=['load', 'country', 'valid_until'], name='joborder_by_country')],
            },
        ),
        migrations.CreateModel(
            name='Destination',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('load', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='destinations', to='placement.listload')),
                ('country', models.CharField(max_length=3)),
                ('household_open', models.BooleanField(null=True)),
                ('company_open', models.BooleanField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('load', 'country'), name='destination_once_a_load')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('load', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='placement.listload')),
                ('kind', models.CharField(max_length=30)),
                ('region_code', models.CharField(max_length=13)),
                ('name', models.CharField(max_length=200)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('contact', models.CharField(blank=True, max_length=120)),
                ('country', models.CharField(blank=True, max_length=3)),
            ],
            options={
                'indexes': [models.Index(fields=['load', 'region_code', 'kind'], name='body_by_place')],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('load', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agencies', to='placement.listload')),
                ('name', models.CharField(max_length=200)),
                ('name_key', models.CharField(max_length=200)),
                ('licence_number', models.CharField(blank=True, max_length=80)),
                ('status', models.CharField(choices=[('active', 'Aktif'), ('suspended', 'Ditangguhkan'), ('revoked', 'Dicabut')], max_length=10)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('valid_until', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['load', 'name_key'], name='agency_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['active', 'suspended', 'revoked'])), name='agency_known_status')],
            },
        ),
    ]
