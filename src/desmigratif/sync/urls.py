"""Addresses of the door for phones and of the trial page."""

from __future__ import annotations

from django.urls import path

from desmigratif.sync import registry, views

app_name = "sync"
urlpatterns = [
    path("sync/v1/push", views.push, name="push"),
    path("sync/v1/pull", views.pull, name="pull"),
    path("sync/v1/sheet", views.take_sheet, name="take_sheet"),
    path("lapangan/sw.js", views.service_worker, name="service_worker"),
    path("lapangan/coba/", views.trial, name="trial"),
    path("lapangan/lembar/", views.sheet, name="sheet"),
]
registry.check()  # the server does not start with a field that must not lie on a phone
