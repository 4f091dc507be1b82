"""The address by which a caregiver tells the centre something, without an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class CaregiverLinkQuerySet(ScopedQuerySet["CaregiverLink"]):
    see_permission = Permission.CHILD_RECORD


class CaregiverLink(VillageOwned):
    """One caregiver's address; only the token's digest is kept."""

    caregiver = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="caregiver_links")
    token_digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    until = models.DateField()
    ended_on = models.DateField(null=True)

    objects: ClassVar[CaregiverLinkQuerySet] = CaregiverLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["caregiver"], condition=Q(ended_on=None), name="caregiver_link_one_of_a_caregiver"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("made_on")), name="caregiver_link_lasts"),
        ]

    class Privacy:
        internal = ("id", "village_code", "made_on", "until", "ended_on")
        personal = ("caregiver",)
        specific = ("token_digest",)
