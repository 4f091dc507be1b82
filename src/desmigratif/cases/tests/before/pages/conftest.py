"""Who walks through the pages of the service centre."""

from __future__ import annotations

from desmigratif.cases.tests.pages import desk, on_the_morning

__all__ = ["desk", "on_the_morning"]
