"""Addresses of the programme, at /program/."""

from __future__ import annotations

from django.urls import path

from desmigratif.programme import views

app_name = "programme"
urlpatterns = [
    path("", views.programme, name="programme"),
    path("desa/", views.published_villages, name="published_villages"),
    path("kebutuhan/", views.needs, name="needs"),
    path("wilayah/<str:region_code>/", views.region, name="region"),
]
