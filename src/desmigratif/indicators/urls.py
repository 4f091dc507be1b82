"""Addresses of targets, published months and shapes of the map, at /ukuran/."""

from __future__ import annotations

from django.urls import path

from desmigratif.indicators.views import aims, boundaries

app_name = "indicators"
urlpatterns = [
    path("target/", aims.targets, name="targets"),
    path("batas/", boundaries.boundaries, name="boundaries"),
    path("bulan/", aims.months, name="months"),
]
