"""Addresses of productive enterprise, at /usaha/."""

from __future__ import annotations

from django.urls import path

from desmigratif.enterprises.views import groups, photos, training, will

app_name = "enterprises"
urlpatterns = [
    path("", groups.groups, name="groups"),
    path("kelompok/baru/", groups.form_group, name="form_group"),
    path("kelompok/<uuid:business_group_id>/", groups.group, name="group"),
    path("kelompok/<uuid:business_group_id>/masuk/", groups.join_group, name="join_group"),
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
    path("foto/<uuid:goods_photo_id>/", photos.photo, name="photo"),
    path("anggota/<uuid:group_member_id>/tugas/", groups.change_member, name="change_member"),
    path("anggota/<uuid:group_member_id>/keluar/", groups.leave_group, name="leave_group"),
]
