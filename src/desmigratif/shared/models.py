"""What every village-owned table has: an id made by its creator, and the village's stable code."""

from __future__ import annotations

from django.db import models

from desmigratif.shared.ids import new_id


class Identified(models.Model):
    """A row with a UUIDv7 that whoever creates it may choose."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class VillageOwned(Identified):
    """A row that belongs to one village.

    `village_code` is the official code when the row was made and is never rewritten: it is the scope, the sync
    unit, the roll-up prefix and the distribution column.
    """

    village_code = models.CharField(max_length=13)

    class Meta:
        abstract = True
