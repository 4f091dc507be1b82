"""Addresses of extracts: the register, asking, one extract with its next step, and a found file."""

from __future__ import annotations

from django.urls import path

from desmigratif.extracts import views

app_name = "extracts"
urlpatterns = [
    path("", views.extracts, name="extracts"),
    path("minta/", views.ask_extract, name="ask_extract"),
    path("periksa/", views.check_file, name="check_file"),
    path("<uuid:extract_id>/", views.extract, name="extract"),
]
