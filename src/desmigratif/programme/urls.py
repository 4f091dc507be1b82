"""Addresses of the programme, at /program/."""

from __future__ import annotations

from django.urls import path

from desmigratif.programme.views import candidates, figures, partners, record, villages

app_name = "programme"
urlpatterns = [
    path("", figures.programme, name="programme"),
    path("berita/desa/", figures.published_villages, name="published_villages"),
    path("kebutuhan/", figures.needs, name="needs"),
    path("wilayah/<str:region_code>/", figures.region, name="region"),
    path("mitra/", partners.partners, name="partners"),
    path("mitra/catat/", record.record, name="record"),
    path("mitra/<uuid:partner_id>/", partners.partner, name="partner"),
    path("calon/", candidates.candidates, name="candidates"),
    path("calon/<uuid:candidate_village_id>/", candidates.candidate, name="candidate"),
    path("desa/", villages.villages, name="villages"),
    path("desa/baru/", villages.join_programme, name="join_programme"),
    path("desa/<uuid:programme_village_id>/", villages.programme_village, name="programme_village"),
    path("desa/<uuid:programme_village_id>/keluar/", villages.leave_programme, name="leave_programme"),
    path("desa/<uuid:programme_village_id>/<str:village_step>/", villages.take_step, name="take_step"),
]
