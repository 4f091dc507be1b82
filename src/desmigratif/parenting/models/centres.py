"""The learning centre itself: where it is, what stands there, who helps, and what it teaches beside the lists."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet, region_filter
from desmigratif.shared.models import Identified, VillageOwned


class CentreQuerySet(ScopedQuerySet["Centre"]):
    see_permission = Permission.CENTRE_SEE

    def open(self) -> CentreQuerySet:
        return self.filter(closed_on=None)


class VolunteerQuerySet(ScopedQuerySet["Volunteer"]):
    see_permission = Permission.CENTRE_RUN

    def standing(self) -> VolunteerQuerySet:
        return self.filter(until=None)


class ThingQuerySet(ScopedQuerySet["Thing"]):
    see_permission = Permission.CENTRE_SEE


class OwnThemeQuerySet(ScopedQuerySet["OwnTheme"]):
    see_permission = Permission.CENTRE_SEE


class Centre(VillageOwned):
    """A place where children learn together. `last_held_on`: the newest session that was held (None = none yet)."""

    name = models.CharField(max_length=80)
    place = models.CharField(max_length=160)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    last_held_on = models.DateField(null=True)

    objects: ClassVar[CentreQuerySet] = CentreQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village_code", "name"], name="centre_one_per_name"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="centre_closes_after_opening"
            ),
        ]
        indexes = [models.Index(fields=["closed_on", "last_held_on"], name="centre_by_silence")]

    class Privacy:
        internal = ("id", "village_code", "name", "place", "opened_on", "closed_on", "last_held_on")


class Thing(VillageOwned):
    """Something that belongs to a centre: how many there are, and how many can be used."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="things")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    usable_count = models.PositiveIntegerField()
    counted_on = models.DateField()

    objects: ClassVar[ThingQuerySet] = ThingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="thing_one_per_name"),
            models.CheckConstraint(condition=Q(usable_count__lte=F("count")), name="thing_usable_are_some_of_all"),
        ]

    class Privacy:
        internal = ("id", "village_code", "centre", "name", "kind", "count", "usable_count", "counted_on")


class Volunteer(VillageOwned):
    """Who helps at a centre. `check_paper` and `check_on`: what was shown before they were with children.

    The indexes find the person on the list of those who may not be with children; the NIK itself is not kept.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="volunteers")
    name = models.CharField(max_length=100)
    name_index = models.CharField(max_length=32)
    nik_index = models.CharField(max_length=32, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    check_paper = models.CharField(max_length=20, blank=True)
    check_on = models.DateField(null=True)

    objects: ClassVar[VolunteerQuerySet] = VolunteerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(check_on=None, check_paper="") | (Q(check_on__isnull=False) & ~Q(check_paper="")),
                name="volunteer_checked_by_a_paper",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="volunteer_ends_after_start"
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "centre")
        personal = ("name", "name_index", "nik_index", "since", "until")
        specific = ("check_paper", "check_on")


class OwnTheme(VillageOwned):
    """A theme that a centre adds to those of the list."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="own_themes")
    audience = models.CharField(max_length=20)
    title = models.CharField(max_length=100)
    added_on = models.DateField()

    objects: ClassVar[OwnThemeQuerySet] = OwnThemeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "audience", "title"], name="own_theme_once")]

    class Privacy:
        internal = ("id", "village_code", "centre", "audience", "title", "added_on")


class BarredPersonQuerySet(ScopedQuerySet["BarredPerson"]):
    see_permission = Permission.BARRED_KEEP

    def visible_to(self, by: Actor, *, on: date | None = None) -> BarredPersonQuerySet:
        """The lists of this person's regions; a list belongs to no village."""
        return self._mark_scoped().filter(region_filter(by.regions_for(self.see_permission), "region_code"))


class BarredPerson(Identified):
    """Somebody who may not be with children. No name and no NIK is kept, only blind indexes that find them again.

    `region_code` is whose list it stands on; `reference` names the ruling. It holds in every village of the country.
    """

    region_code = models.CharField(max_length=13)
    name_index = models.CharField(max_length=32)
    nik_index = models.CharField(max_length=32, blank=True)
    because = models.CharField(max_length=20)
    reference = models.CharField(max_length=80)
    recorded_on = models.DateField()
    ended_on = models.DateField(null=True)

    objects: ClassVar[BarredPersonQuerySet] = BarredPersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["name_index"], name="barred_by_name"),
            models.Index(fields=["nik_index"], name="barred_by_nik"),
        ]

    class Privacy:
        internal = ("id", "region_code", "recorded_on", "ended_on")
        specific = ("name_index", "nik_index", "because", "reference")
