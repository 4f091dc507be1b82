"""Addresses of the cockpit, at /kokpit/."""

from __future__ import annotations

from django.urls import path

from desmigratif.indicators.views.cockpit import cockpit

app_name = "cockpit"
urlpatterns = [
    path("", cockpit, name="home"),
    path("<str:region_code>/", cockpit, name="region"),
]
