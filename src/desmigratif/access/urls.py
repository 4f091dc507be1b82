"""Addresses of the first run (`/mulai/`), the lock (`/kunci/`) and accounts (`/akun-desa/`)."""

from __future__ import annotations

from django.urls import path

from desmigratif.access.views import accounts, entry, lock, restoring, set_up, sheet, signins

app_name = "access"
urlpatterns = [
    path("mulai/", set_up.start, name="start"),
    path("mulai/wilayah/", set_up.region, name="start_region"),
    path("mulai/orang/", set_up.people, name="start_people"),
    path("mulai/lembar/", set_up.sheet, name="start_sheet"),
    path("mulai/lembar/periksa/", set_up.confirm, name="start_confirm"),
    path("masuk-pertama/", entry.enter, name="enter"),
    path("kunci/", lock.lock, name="lock"),
    path("kunci/sekarang/", lock.lock_now, name="lock_now"),
    path("kunci/hadir/", lock.present, name="present"),
    path("kunci/isian/", lock.kept_form, name="kept_form"),
    path("akun-desa/", accounts.accounts, name="accounts"),
    path("akun-desa/baru/", accounts.create, name="create_account"),
    path("akun-desa/saya/", accounts.mine, name="mine"),
    path("akun-desa/masuk/", signins.sign_ins, name="sign_ins"),
    path("akun-desa/masuk/ingat/", signins.enrol, name="enrol"),
    path("akun-desa/masuk/lainnya/keluar/", signins.end_other_sessions, name="end_other_sessions"),
    path("akun-desa/masuk/<uuid:public_id>/keluar/", signins.end_session, name="end_session"),
    path("akun-desa/peramban/<uuid:browser_id>/lupakan/", signins.forget_browser, name="forget_browser"),
    path("akun-desa/lembar/", sheet.replace, name="replace_sheet"),
    path("akun-desa/lembar/periksa/", sheet.confirm, name="confirm_sheet"),
    path("akun-desa/pengaman/", restoring.factor_resets, name="factor_resets"),
    path("akun-desa/pengaman/<uuid:reset_id>/", restoring.reset_factor, name="reset_factor"),
    path("akun-desa/<uuid:user_id>/kata-sandi/", restoring.renew_password, name="renew_password"),
    path("akun-desa/<uuid:user_id>/pengaman/", restoring.ask_factor_reset, name="ask_factor_reset"),
    path("akun-desa/<uuid:user_id>/tutup/", accounts.disable, name="disable_account"),
]
