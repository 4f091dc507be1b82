"""How villages come to be chosen: figures of a village, candidates, and how many villages a region may name."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.programme.models.villages import ProgrammeVillage
from desmigratif.shared.models import Identified, VillageOwned


class VillageFigureQuerySet(ScopedQuerySet["VillageFigure"]):
    see_permission = Permission.FIGURES_SEE


class CandidateQuerySet(ScopedQuerySet["CandidateVillage"]):
    see_permission = Permission.FIGURES_SEE

    def open(self) -> Self:
        """Not named yet, and the village did not say no."""
        return self.filter(membership=None).exclude(agreed=False)


class VillageFigure(VillageOwned):
    """One figure of a village from one source; two sources that differ stand side by side.

    `metric`: need_weights of regulations/programme.yaml.
    """

    metric = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()
    source = models.CharField(max_length=120)
    noted_on = models.DateField()

    objects: ClassVar[VillageFigureQuerySet] = VillageFigureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village_code", "metric", "year", "source"], name="village_figure_once_of_a_source"
            )
        ]

    class Privacy:
        public = ("village_code", "metric", "year", "value", "source", "noted_on")
        internal = ("id",)

    # What the index of need asks of a figure (rules/need.py).
    @property
    def region(self) -> str:
        return self.village_code

    @property
    def period(self) -> str:
        return str(self.year)

    @property
    def what(self) -> str:
        return ""


class CandidateVillage(VillageOwned):
    """A village that may be named: proposed, surveyed, deliberated in the village, then named by a decree.

    `signs`: criterion of the programme -> yes, partly, no or unknown. `agreed`: what the village's deliberation said.
    """

    programme = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    proposed_on = models.DateField()
    signs = models.JSONField(default=dict)
    surveyed_on = models.DateField(null=True)
    agreed = models.BooleanField(null=True)
    deliberated_on = models.DateField(null=True)
    minutes = models.CharField(max_length=80, blank=True)
    membership = models.OneToOneField(ProgrammeVillage, on_delete=models.PROTECT, null=True, related_name="candidate")

    objects: ClassVar[CandidateQuerySet] = CandidateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village_code", "programme", "year"], name="candidate_once_a_year"),
            models.CheckConstraint(
                condition=Q(agreed=None, deliberated_on=None) | Q(agreed__isnull=False, deliberated_on__isnull=False),
                name="candidate_deliberated_whole",
            ),
            models.CheckConstraint(
                condition=Q(membership=None) | Q(agreed=True), name="candidate_named_after_deliberation"
            ),
        ]

    class Privacy:
        public = ("village_code", "programme", "year", "proposed_on", "agreed", "deliberated_on", "membership")
        internal = ("id", "signs", "surveyed_on", "minutes")


class VillageQuota(Identified):
    """How many villages a region is to name in a year, and the paper that says so."""

    region_code = models.CharField(max_length=13)
    year = models.PositiveSmallIntegerField()
    villages = models.PositiveSmallIntegerField()
    paper = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region_code", "year"], name="village_quota_once")]

    class Privacy:
        public = ("region_code", "year", "villages", "paper")
        internal = ("id",)
