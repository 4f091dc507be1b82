"""Photos of goods and machines: written anew without the camera's place and time, never of a person's paper."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.enterprises.models.groups import Group
from desmigratif.shared.models import VillageOwned


class PhotoQuerySet(ScopedQuerySet["Photo"]):
    see_permission = Permission.ENTERPRISE_SEE


class Photo(VillageOwned):
    """One photo of something that a group makes or was given; always a JPEG."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="photos")
    content = models.BinaryField()
    size_bytes = models.PositiveIntegerField()
    added_on = models.DateField()

    objects: ClassVar[PhotoQuerySet] = PhotoQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "group", "size_bytes", "added_on")
        personal = ("content",)
