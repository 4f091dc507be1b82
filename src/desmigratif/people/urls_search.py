"""The address of search, at the root: `/cari/`."""

from __future__ import annotations

from django.urls import path

from desmigratif.people.views import lists

urlpatterns = [path("cari/", lists.search, name="people_search")]
