"""Addresses of the learning centre, at /rumah-belajar/."""

from __future__ import annotations

from django.urls import path

from desmigratif.parenting.views import children

app_name = "parenting"
urlpatterns = [
    path("anak/", children.children, name="children"),
    path("anak/daftar/", children.enrol, name="enrol"),
]
