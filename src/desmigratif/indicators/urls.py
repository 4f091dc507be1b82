"""Addresses of targets and published months, at /ukuran/."""

from __future__ import annotations

from django.urls import path

from desmigratif.indicators.views import aims

app_name = "indicators"
urlpatterns = [
    path("target/", aims.targets, name="targets"),
    path("bulan/", aims.months, name="months"),
]
