"""Addresses of the regions, at /wilayah/."""

from __future__ import annotations

from django.urls import path

from desmigratif.regions import views

app_name = "regions"
urlpatterns = [
    path("cari/", views.search, name="search"),
    path("isi/", views.children, name="children"),
    path("pilih/", views.choose, name="choose"),
]
