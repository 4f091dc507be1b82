"""Sharia contracts, their results, and units with books of their own."""

import desmigratif.shared.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cooperative', '0001_ledger'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShariaContract',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('kind', models.CharField(choices=[('murabahah', 'Murabahah (jual beli)'), ('mudharabah', 'Mudharabah (modal dari koperasi)'), ('musyarakah', 'Musyarakah (modal bersama)'), ('ijarah', 'Ijarah (sewa)'), ('qardh', 'Qardh (pinjaman kebajikan)')], max_length=10)),
                ('goods', models.CharField(max_length=100)),
                ('amount_rupiah', models.BigIntegerField()),
                ('margin_rupiah', models.BigIntegerField(default=0)),
                ('rent_rupiah', models.BigIntegerField(default=0)),
                ('residual_rupiah', models.BigIntegerField(default=0)),
                ('share_percent', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('members_capital_rupiah', models.BigIntegerField(default=0)),
                ('instalments', models.PositiveSmallIntegerField(null=True)),
                ('first_due_on', models.DateField(null=True)),
                ('late_charge_rupiah', models.BigIntegerField(default=0)),
                ('by_agent', models.BooleanField(default=False)),
                ('fee_rupiah', models.BigIntegerField(default=0)),
                ('fee_for', models.CharField(blank=True, max_length=80)),
                ('status', models.CharField(choices=[('asked', 'Menunggu keputusan'), ('agreed', 'Disetujui'), ('declined', 'Tidak disetujui')], default='asked', max_length=8)),
                ('asked_on', models.DateField()),
                ('asked_by', models.UUIDField()),
                ('decided_on', models.DateField(null=True)),
                ('decided_by', models.UUIDField(null=True)),
                ('decision', models.CharField(blank=True, max_length=160)),
                ('rebate_rupiah', models.BigIntegerField(default=0)),
                ('rebate_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='ShariaResult',
            fields=[
                ('id', models.UUIDField(default=desmigratif.shared.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('village_code', models.CharField(max_length=13)),
                ('on', models.DateField()),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('result_rupiah', models.BigIntegerField()),
                ('cooperative_rupiah', models.BigIntegerField()),
                ('by_negligence', models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name='cooperative',
            name='parent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='cooperative.cooperative'),
        ),
        migrations.AddField(
            model_name='cooperative',
            name='sharia_since',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='businessmove',
            name='kind',
            field=models.CharField(choices=[('stake.paid_in', 'Modal penyertaan masuk'), ('stake.result_paid', 'Bagi hasil dibayarkan'), ('stake.returned', 'Modal penyertaan dikembalikan'), ('stake.passed_on', 'Modal penyertaan beralih'), ('capital.handed_out', 'Modal usaha diserahkan'), ('capital.paid_back', 'Modal usaha kembali'), ('capital.result_received', 'Hasil usaha diterima'), ('purchase.bought', 'Barang dibeli'), ('purchase.handed_out', 'Barang diserahkan'), ('purchase.paid', 'Barang dibayar'), ('consigned.sold', 'Barang titipan terjual'), ('consigned.returned', 'Barang titipan diambil kembali'), ('consigned.paid_out', 'Hasil titipan dibayarkan'), ('sharia.bought', 'Barang akad dibeli'), ('sharia.agent_paid', 'Uang wakalah diserahkan'), ('sharia.agent_bought', 'Barang dibeli lewat wakalah'), ('sharia.sold', 'Barang murabahah dijual'), ('sharia.handed_out', 'Pembiayaan diserahkan'), ('sharia.fee', 'Biaya administrasi akad'), ('sharia.paid', 'Angsuran akad'), ('sharia.result', 'Hasil usaha dilaporkan'), ('sharia.share_received', 'Bagi hasil diterima'), ('sharia.lease_ended', 'Sewa berakhir'), ('fund.late', 'Denda keterlambatan'), ('fund.donated', 'Infak dan sedekah'), ('fund.not_halal', 'Penerimaan nonhalal'), ('fund.returned', 'Penerimaan kebajikan lain'), ('fund.poor', 'Bantuan bagi yang membutuhkan'), ('fund.education', 'Sumbangan pendidikan'), ('fund.public', 'Kepentingan umum')], max_length=24),
        ),
        migrations.AddConstraint(
            model_name='cooperative',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='unit_of_another'),
        ),
        migrations.AddField(
            model_name='shariacontract',
            name='cooperative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cooperative.cooperative'),
        ),
        migrations.AddField(
            model_name='shariacontract',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cooperative.member'),
        ),
        migrations.AddField(
            model_name='shariaresult',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='cooperative.shariacontract'),
        ),
        migrations.AddField(
            model_name='shariaresult',
            name='cooperative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cooperative.cooperative'),
        ),
        migrations.AddIndex(
            model_name='shariacontract',
            index=models.Index(fields=['cooperative', 'asked_on'], name='sharia_contract_by_day'),
        ),
        migrations.AddConstraint(
            model_name='shariacontract',
            constraint=models.CheckConstraint(condition=models.Q(('amount_rupiah__gt', 0), ('fee_rupiah__gte', 0), ('late_charge_rupiah__gte', 0), ('margin_rupiah__gte', 0), ('members_capital_rupiah__gte', 0), ('rebate_rupiah__gte', 0), ('rent_rupiah__gte', 0), ('residual_rupiah__gte', 0)), name='sharia_sums_are_sums'),
        ),
        migrations.AddConstraint(
            model_name='shariacontract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'murabahah'), ('margin_rupiah__gt', 0)), models.Q(models.Q(('kind', 'murabahah'), _negated=True), ('margin_rupiah', 0)), _connector='OR'), name='sharia_margin_in_sales_only'),
        ),
        migrations.AddConstraint(
            model_name='shariacontract',
            constraint=models.CheckConstraint(condition=models.Q(('share_percent__isnull', True), ('kind__in', ('mudharabah', 'musyarakah')), _connector='OR'), name='sharia_share_in_ventures_only'),
        ),
        migrations.AddConstraint(
            model_name='shariacontract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('decided_on__isnull', True), ('status', 'asked')), models.Q(models.Q(('status', 'asked'), _negated=True), ('decided_by__isnull', False), ('decided_on__isnull', False)), _connector='OR'), name='sharia_contract_decided_whole'),
        ),
        migrations.AddConstraint(
            model_name='shariaresult',
            constraint=models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='sharia_result_ends_later'),
        ),
    ]
