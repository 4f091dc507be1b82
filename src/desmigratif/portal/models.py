"""How often somebody knocked: a count for each door, address or code, and quarter of an hour. Nothing in clear."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from desmigratif.shared.models import Identified


class DoorTry(Identified):
    """One window of one knocker; `key_index` is a keyed print of the address or code, and goes after a day."""

    door = models.CharField(max_length=10)
    key_index = models.CharField(max_length=32)
    window_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[DoorTry]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["door", "key_index", "window_at"], name="doortry_once")]
        indexes = [models.Index(fields=["window_at"], name="doortry_by_window")]

    class Privacy:
        internal = ("id", "door", "window_at", "count")
        personal = ("key_index",)
