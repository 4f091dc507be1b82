"""Extracts: who asked for what and why, who decided, the sealed file while it lives, and each time it was taken."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet, region_filter
from desmigratif.extracts.rules.asking import ENDED, READY, REFUSED, STATES, WAITING, WITHDRAWN, Stretch, name_of
from desmigratif.regions.rules import path_of
from desmigratif.shared.models import Identified

_UNDECIDED = Q(decided_by=None, decided_on=None)
_DECIDED = Q(decided_by__isnull=False, decided_on__isnull=False)


class ExtractQuerySet(ScopedQuerySet["Extract"]):
    see_permission = Permission.EXTRACT_SEE

    def visible_to(self, by: Actor, *, on: object = None) -> Self:
        """Extracts about a region inside one's own; and, once there was a file, about one in which it lies."""
        regions = by.regions_for(self.see_permission)
        condition = region_filter(regions, "region_code")
        if regions and NATION not in regions:
            above = {NATION, *(code for region in regions for code in path_of(region))}
            condition |= Q(region_code__in=above, state__in=(READY, ENDED))
        return self._mark_scoped().filter(condition)


class Counter(models.Model):
    """The last number given to an extract: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last = models.PositiveIntegerField(default=0)

    class Privacy:
        internal = ("id", "last")


class Extract(Identified):
    """One wish for de-identified rows. It stays in the register when its file is gone.

    `levels`: how coarsely each column was written; `rows_print`: a keyed print of the rows in their order.
    """

    number = models.PositiveIntegerField(unique=True)
    subject = models.CharField(max_length=20)
    region_code = models.CharField(max_length=13)
    since = models.DateField()
    until = models.DateField()
    columns = models.JSONField()
    purpose = models.TextField(max_length=600)
    ground = models.CharField(max_length=20)
    study = models.CharField(max_length=120, blank=True)
    wanted_until = models.DateField()
    asked_by = models.UUIDField()
    asked_name = models.CharField(max_length=100)
    asked_on = models.DateField()
    state = models.CharField(max_length=10, default=WAITING)
    decided_by = models.UUIDField(null=True)
    decided_name = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True)
    remark = models.CharField(max_length=500, blank=True)
    expires_on = models.DateField(null=True)
    row_count = models.PositiveIntegerField(null=True)
    withheld_count = models.PositiveIntegerField(null=True)
    levels = models.JSONField(default=dict)
    rows_print = models.CharField(max_length=64, blank=True)
    taken_count = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True)

    objects: ClassVar[ExtractQuerySet] = ExtractQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="extract_state"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="extract_period"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="extract_two_people"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=[WAITING, WITHDRAWN]) & _UNDECIDED)
                | (Q(state=REFUSED) & _DECIDED & ~Q(remark=""))
                | (
                    Q(state__in=[READY, ENDED], expires_on__isnull=False, row_count__gt=0, withheld_count__isnull=False)
                    & _DECIDED
                ),
                name="extract_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=ENDED, ended_on__isnull=False) | (~Q(state=ENDED) & Q(ended_on=None)),
                name="extract_ended_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "expires_on"], name="extract_by_expiry")]

    class Privacy:
        internal = (
            "id", "number", "subject", "region_code", "since", "until", "columns", "ground", "wanted_until",
            "asked_by", "asked_name", "asked_on", "state", "decided_by", "decided_name", "decided_on", "expires_on",
            "row_count", "withheld_count", "levels", "rows_print", "taken_count", "ended_on",
        )  # fmt: skip
        personal = ("purpose", "study", "remark")  # free words: a name may have slipped in

    @property
    def name(self) -> str:
        """EKS-2026-0007."""
        return name_of(self.number, self.asked_on)

    @property
    def about(self) -> Stretch:
        return Stretch(self.subject, self.region_code, self.since, self.until)


class ExtractFile(models.Model):
    """The table of an approved extract, sealed with a key of its own, until its day; then the row and its key go."""

    extract = models.OneToOneField(Extract, on_delete=models.PROTECT, primary_key=True, related_name="file")
    sealed = models.BinaryField()

    class Privacy:
        internal = ("extract",)
        specific = ("sealed",)


class Taking(Identified):
    """One time that the file was handed to who asked for it."""

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="takings")
    number = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=4)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["extract", "number"], name="taking_numbered_once")]

    class Privacy:
        internal = ("id", "extract", "number", "form", "at")
