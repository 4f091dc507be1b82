"""Addresses of the national lists, at /daftar/."""

from __future__ import annotations

from django.urls import path

from desmigratif.placement import views, views_loading

app_name = "placement"
urlpatterns = [
    path("", views.lists, name="lists"),
    path("p3mi/", views.agencies, name="agencies"),
    path("lowongan/", views.job_orders, name="job_orders"),
    path("muat/", views_loading.load, name="load"),
    path("muat/<uuid:upload_id>/", views_loading.tried, name="tried"),
]
