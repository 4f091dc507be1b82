"""Addresses of the analyst's desk, at /analisis/."""

from __future__ import annotations

from django.urls import path

from desmigratif.analysis.views import pivots

app_name = "analysis"
urlpatterns = [
    path("", pivots.pivots, name="pivots"),
    path("<uuid:pivot_id>/", pivots.kept_pivot, name="pivot"),
]
