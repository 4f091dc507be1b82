"""Pivots that somebody keeps: a name and an address, no figure. Whoever opens one reads with their own eyes."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import region_filter
from desmigratif.shared.models import Identified


class SavedPivotQuerySet(models.QuerySet["SavedPivot"]):
    def of(self, by: Actor) -> Self:
        """One's own."""
        return self.filter(user_id=by.id)

    def visible_to(self, by: Actor) -> Self:
        """One's own, and what offices share whose whole region one sees the figures of."""
        shared = Q(is_shared=True) & region_filter(by.regions_for(Permission.FIGURES_SEE), "region_code")
        return self.filter(Q(user_id=by.id) | shared)


class SavedPivot(Identified):
    """A pivot under a name. `region_code`: whose office made it; `query`: its address as `rules.state` writes it."""

    user_id = models.UUIDField()
    region_code = models.CharField(max_length=13)
    title = models.CharField(max_length=80)
    query = models.CharField(max_length=600)
    is_shared = models.BooleanField(default=False)
    saved_on = models.DateField()

    objects = SavedPivotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "title"], name="savedpivot_one_of_a_name"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(query=""), name="savedpivot_says_something"),
        ]

    class Privacy:
        internal = ("id", "user_id", "region_code", "title", "query", "is_shared", "saved_on")
