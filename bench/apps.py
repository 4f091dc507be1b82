"""The peers' tables live in an app of their own, without migrations."""

from __future__ import annotations

from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "bench"
