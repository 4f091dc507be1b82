"""Addresses of the cooperative, at /koperasi/."""

from __future__ import annotations

from django.urls import path

from desmigratif.cooperative.views import books, home, leaving, members, slips, till

app_name = "cooperative"
urlpatterns = [
    path("", home.home, name="home"),
    path("baru/", home.set_up, name="set_up"),
    path("<uuid:cooperative_id>/", home.cooperative, name="cooperative"),
    path("<uuid:cooperative_id>/pengaturan/", home.settings, name="settings"),
    path("<uuid:cooperative_id>/pengaturan/iuran/", home.set_terms, name="set_terms"),
    path("<uuid:cooperative_id>/pengaturan/batas/", home.set_limit, name="set_limit"),
    path("<uuid:cooperative_id>/pengaturan/simpanan/", home.add_product, name="add_product"),
    path("produk/<uuid:product_id>/jasa/", home.change_rate, name="change_rate"),
    path("<uuid:cooperative_id>/anggota/", members.members, name="members"),
    path("<uuid:cooperative_id>/anggota/baru/", members.apply, name="apply"),
    path("<uuid:cooperative_id>/anggota/daftar/", members.register, name="register"),
    path("anggota/<uuid:member_id>/", members.member, name="member"),
    path("calon/<uuid:candidate_id>/terima/", members.admit, name="admit"),
    path("anggota/<uuid:member_id>/terkait/", members.connect, name="connect"),
    path("terkait/<uuid:connection_id>/akhiri/", members.disconnect, name="disconnect"),
    path("anggota/<uuid:member_id>/simpanan/", members.open_savings, name="open_savings"),
    path("anggota/<uuid:member_id>/buku/", members.passbook, name="passbook"),
    path("anggota/<uuid:member_id>/keluar/", leaving.leave, name="leave"),
    path("anggota/<uuid:member_id>/pajak/", books.tax_slip_of, name="tax_slip"),
    path("simpanan/<uuid:account_id>/cairkan/", leaving.break_term, name="break_term"),
    path("<uuid:cooperative_id>/kas/", till.till, name="till"),
    path("<uuid:cooperative_id>/kas/buka/", till.begin, name="open_till"),
    path("<uuid:cooperative_id>/kas/tutup/", till.end, name="close_till"),
    path("<uuid:cooperative_id>/kas/bank/", till.carry, name="move_cash"),
    path("anggota/<uuid:member_id>/kas/", till.counter, name="counter"),
    path("anggota/<uuid:member_id>/setujui/", till.approve, name="approve"),
    path("bukti/<uuid:slip_id>/", slips.slip, name="slip"),
    path("bukti/<uuid:slip_id>/batal/", slips.reverse, name="reverse"),
    path("<uuid:cooperative_id>/kode/", slips.check_code, name="check_code"),
    path("<uuid:cooperative_id>/buku/", books.books, name="books"),
    path("<uuid:cooperative_id>/buku/catat/", books.post_entry, name="post_entry"),
    path("<uuid:cooperative_id>/buku/tutup/", books.close_month, name="close_month"),
    path("<uuid:cooperative_id>/buku/jasa/", books.pay_interest, name="pay_interest"),
    path("<uuid:cooperative_id>/buku/jatuh-tempo/", books.mature, name="mature"),
    path("<uuid:cooperative_id>/buku/pajak/", books.tax_slips, name="tax_slips"),
    path("akun/<uuid:ledger_id>/", books.account, name="account"),
]
