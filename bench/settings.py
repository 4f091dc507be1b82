"""The settings of the programme, and what its peers need beside them: Django's admin and django-import-export."""

from __future__ import annotations

from desmigratif.config.settings import *  # noqa: F403
from desmigratif.config.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "django.contrib.admin", "import_export", "bench"]
ROOT_URLCONF = "bench.urls"
SECOND_FACTOR_REQUIRED = False
