"""What village, regency and bodies agree on: visits and meetings with their minutes, and tasks with a due day."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.programme.models.partners import Partner
from desmigratif.shared.models import VillageOwned


class MinutesQuerySet(ScopedQuerySet["Minutes"]):
    see_permission = Permission.FIGURES_SEE

    def reviews_since(self, village_code: str, day: date) -> Self:
        """Yearly reviews of one village since it was named."""
        return self.filter(village_code=village_code, kind=Minutes.Kind.REVIEW, on__gte=day)


class SharedTaskQuerySet(ScopedQuerySet["SharedTask"]):
    see_permission = Permission.FIGURES_SEE

    def of_body(self, partner: Partner) -> Self:
        """What one body took on, for whoever signs in for it."""
        return self._mark_scoped().filter(partner=partner)

    def waiting(self) -> Self:
        """Not done yet, the first due first."""
        return self.filter(done_on=None).order_by("due_on", "id")


class Minutes(VillageOwned):
    """A visit, a meeting or a yearly review: when, who was there (bodies, no names), what was said."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Kunjungan")
        MEETING = "meeting", _("Rapat")
        REVIEW = "review", _("Penilaian tahunan")

    kind = models.CharField(max_length=20, choices=Kind)
    on = models.DateField()
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="minutes")
    present = models.CharField(max_length=200, blank=True)
    said = models.CharField(max_length=1000)

    objects: ClassVar[MinutesQuerySet] = MinutesQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "kind", "on", "partner", "present", "said")


class SharedTask(VillageOwned):
    """Something that the village, the regency or a body took on, due after so many working days."""

    class Owner(models.TextChoices):
        VILLAGE = "village", _("Pemerintah desa")
        REGENCY = "regency", _("Koordinator kabupaten")
        PARTNER = "partner", _("Lembaga mitra")

    what = models.CharField(max_length=160)
    owner = models.CharField(max_length=20, choices=Owner)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="tasks")
    asked_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    result = models.CharField(max_length=200, blank=True)

    objects: ClassVar[SharedTaskQuerySet] = SharedTaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner="partner", partner__isnull=False) | (~Q(owner="partner") & Q(partner=None)),
                name="shared_task_has_one_owner",
            )
        ]

    class Privacy:
        internal = ("id", "village_code", "what", "owner", "partner", "asked_on", "due_on", "done_on", "result")
