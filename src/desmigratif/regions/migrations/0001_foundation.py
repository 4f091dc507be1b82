"""The country, from nation to village."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LoadedList',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('basis', models.CharField(max_length=60)),
                ('regions', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=13, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'Provinsi'), (2, 'Kabupaten/Kota'), (3, 'Kecamatan'), (4, 'Desa/Kelurahan')])),
                ('kind', models.CharField(max_length=24)),
                ('name', models.CharField(max_length=80)),
                ('parent_code', models.CharField(blank=True, max_length=8)),
                ('search_key', models.CharField(max_length=80)),
                ('postal_code', models.CharField(blank=True, max_length=5)),
                ('utc_offset', models.PositiveSmallIntegerField(null=True)),
                ('basis', models.CharField(max_length=60)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['parent_code'], name='region_by_parent'), models.Index(fields=['search_key', 'level'], name='region_by_name')],
            },
        ),
        migrations.CreateModel(
            name='RegionAlias',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('old_code', models.CharField(max_length=13)),
                ('new_code', models.CharField(max_length=13)),
                ('on', models.DateField()),
                ('basis', models.CharField(max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('old_code', 'new_code'), name='regionalias_once')],
            },
        ),
    ]
