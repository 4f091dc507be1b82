"""The programme's addresses, and the admin of the same people at /admin/."""

from __future__ import annotations

from django.urls import path

from bench.admin_peer import site
from desmigratif.config.urls import handler500
from desmigratif.config.urls import urlpatterns as ours

__all__ = ["handler500", "urlpatterns"]
urlpatterns = [path("admin/", site.urls), *ours]
