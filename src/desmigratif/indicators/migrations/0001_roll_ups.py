"""What facts add up to, months that were published, targets, boundaries of an operator."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='FoldState',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('last_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PublishedMonth',
            fields=[
                ('month', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('frozen_at', models.DateTimeField()),
                ('by_id', models.CharField(max_length=40)),
                ('facts', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='RollUp',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=20)),
                ('period', models.PositiveIntegerField()),
                ('region_code', models.CharField(max_length=13)),
                ('numerator', models.BigIntegerField()),
                ('denominator', models.BigIntegerField()),
                ('facts', models.BigIntegerField()),
                ('villages', models.PositiveIntegerField()),
                ('as_of', models.DateField()),
                ('late_numerator', models.BigIntegerField()),
                ('late_denominator', models.BigIntegerField()),
                ('late_facts', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'code', 'period', 'region_code'), name='rollup_once'), models.CheckConstraint(condition=models.Q(('level__lte', 4)), name='rollup_of_a_level')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('region_code', models.CharField(max_length=13)),
                ('code', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('value', models.DecimalField(decimal_places=2, max_digits=18)),
                ('source', models.CharField(max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('region_code', 'code', 'year'), name='target_once'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='target_not_below_nothing')],
            },
        ),
        migrations.CreateModel(
            name='Boundary',
            fields=[
                ('region_code', models.CharField(max_length=5, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('path', models.TextField()),
                ('source', models.CharField(max_length=200)),
                ('loaded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', (1, 2))), name='boundary_of_a_level')],
            },
        ),
    ]
