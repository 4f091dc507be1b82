"""Addresses of productive enterprise, at /usaha/."""

from __future__ import annotations

from django.urls import path

from desmigratif.enterprises.views import aid, groups, mentoring, months, offers, photos, training, will

app_name = "enterprises"
urlpatterns = [
    path("", groups.groups, name="groups"),
    path("keadaan/", mentoring.life, name="life"),
    path("kelompok/baru/", groups.form_group, name="form_group"),
    path("kelompok/<uuid:business_group_id>/", groups.group, name="group"),
    path("kelompok/<uuid:business_group_id>/masuk/", groups.join_group, name="join_group"),
    path("kelompok/<uuid:business_group_id>/usahanya/", offers.offers, name="offers"),
    path("kelompok/<uuid:business_group_id>/musyawarah/", offers.record_deliberation, name="record_deliberation"),
    path("kelompok/<uuid:business_group_id>/rencana/", offers.record_plan, name="record_plan"),
    path("kelompok/<uuid:business_group_id>/izin/", offers.record_permit, name="record_permit"),
    path("kelompok/<uuid:business_group_id>/produk/", offers.add_product, name="add_product"),
    path("produk/<uuid:group_product_id>/", offers.change_product, name="change_product"),
    path("izin/", offers.permits, name="permits"),
    path("katalog/", offers.catalogue, name="catalogue"),
    path("minat/", will.potentials, name="potentials"),
    path("minat/<uuid:resident_id>/", will.potential, name="potential"),
    path("pelatihan/", training.trainings, name="trainings"),
    path("pelatihan/baru/", training.plan_training, name="plan_training"),
    path("pelatihan/<uuid:training_id>/", training.training, name="training"),
    path("pelatihan/<uuid:training_id>/undang/", training.invite, name="invite"),
    path("pelatihan/<uuid:training_id>/hari/", training.record_day, name="record_day"),
    path("pelatihan/<uuid:training_id>/nilai/", training.record_scores, name="record_scores"),
    path("pelatihan/<uuid:training_id>/selesai/", training.close_training, name="close_training"),
    path("pelatihan/<uuid:training_id>/sertifikat/", training.certificates, name="certificates"),
    path("kelompok/<uuid:business_group_id>/bantuan/", aid.aid, name="aid"),
    path("kelompok/<uuid:business_group_id>/bantuan/kebutuhan/", aid.needs, name="needs"),
    path("kelompok/<uuid:business_group_id>/bantuan/janji/", aid.promise, name="promise"),
    path("kelompok/<uuid:business_group_id>/uang/", months.money, name="money"),
    path("kelompok/<uuid:business_group_id>/uang/bulan/", months.month, name="month"),
    path("kelompok/<uuid:business_group_id>/uang/lembar/", months.month_sheet, name="month_sheet"),
    path("kelompok/<uuid:business_group_id>/uang/lembar/isi/", months.sheet_entry, name="sheet_entry"),
    path("kelompok/<uuid:business_group_id>/uang/tautan/", months.link, name="month_link"),
    path("kelompok/<uuid:business_group_id>/uang/modal/", months.capital, name="capital"),
    path("kelompok/<uuid:business_group_id>/laporan/", months.report, name="report"),
    path("kelompok/<uuid:business_group_id>/pendampingan/", mentoring.mentoring, name="mentoring"),
    path("kelompok/<uuid:business_group_id>/berhenti/", mentoring.end_group, name="end_group"),
    path("bantuan/<uuid:asset_id>/", aid.asset, name="asset"),
    path("bantuan/<uuid:asset_id>/serah/", aid.hand_over, name="hand_over"),
    path("bantuan/<uuid:asset_id>/berita-acara/", aid.hand_over_act, name="hand_over_act"),
    path("bantuan/<uuid:asset_id>/tengok/", aid.check, name="check_asset"),
    path("bantuan/laporan/<uuid:fault_id>/", aid.fault, name="fault"),
    path("foto/<uuid:goods_photo_id>/", photos.photo, name="photo"),
    path("anggota/<uuid:group_member_id>/tugas/", groups.change_member, name="change_member"),
    path("anggota/<uuid:group_member_id>/keluar/", groups.leave_group, name="leave_group"),
    path("anggota/<uuid:group_member_id>/kiriman/", months.remittance, name="remittance"),
]
