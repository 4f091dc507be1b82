"""Addresses of productive enterprise, at /usaha/."""

from __future__ import annotations

from django.urls import path

from desmigratif.enterprises.views import groups, photos

app_name = "enterprises"
urlpatterns = [
    path("", groups.groups, name="groups"),
    path("kelompok/baru/", groups.form_group, name="form_group"),
    path("kelompok/<uuid:business_group_id>/", groups.group, name="group"),
    path("kelompok/<uuid:business_group_id>/masuk/", groups.join_group, name="join_group"),
    path("foto/<uuid:goods_photo_id>/", photos.photo, name="photo"),
    path("anggota/<uuid:group_member_id>/tugas/", groups.change_member, name="change_member"),
    path("anggota/<uuid:group_member_id>/keluar/", groups.leave_group, name="leave_group"),
]
