"""A family that one pillar handed over to another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.scope import ScopedQuerySet
from desmigratif.people.models.families import Household, Resident
from desmigratif.people.rules.hand_overs import GOES_ON, PILLARS, standing_of
from desmigratif.shared.models import VillageOwned


class HandOverQuerySet(ScopedQuerySet["HandOver"]):
    """Whoever may see residents sees all of a village; a pillar asks `queries.hand_overs.waiting_for`."""


class HandOver(VillageOwned):
    """From one pillar to another, with a kind of regulations/hand_overs.yaml; it waits until it is answered.

    `caregiver_sealed`: who looks after the children, with the key of the resident. `went_on`: how it goes with what was
    taken, for whoever handed it over.

    One that asks for money says how much and for what, so that the receiving pillar need not ask again.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="hand_overs")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="hand_overs")
    kind = models.CharField(max_length=40)
    from_pillar = models.CharField(max_length=20, choices=list(PILLARS.items()))
    to_pillar = models.CharField(max_length=20, choices=list(PILLARS.items()))
    on = models.DateField()
    amount_rupiah = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=160, blank=True)
    answered_on = models.DateField(null=True)
    taken = models.BooleanField(null=True)
    declined_because = models.CharField(max_length=30, blank=True)
    caregiver_sealed = models.BinaryField(null=True)
    went_on = models.CharField(max_length=10, blank=True, choices=list(GOES_ON.items()))

    objects: ClassVar[HandOverQuerySet] = HandOverQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["village_code", "to_pillar", "answered_on"], name="handover_waiting_for")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, taken__isnull=True, declined_because="")
                | Q(answered_on__isnull=False, taken=True, declined_because="")
                | (Q(answered_on__isnull=False, taken=False) & ~Q(declined_because="")),
                name="handover_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(amount_rupiah__isnull=True) | Q(amount_rupiah__gt=0), name="handover_asks_for_a_sum"
            ),
            models.CheckConstraint(condition=Q(went_on="") | Q(taken=True), name="handover_goes_on_when_taken"),
            models.UniqueConstraint(
                fields=["village_code", "household", "resident", "kind"],
                condition=Q(answered_on__isnull=True, resident__isnull=False),
                name="handover_waits_once",
            ),
            models.UniqueConstraint(
                fields=["village_code", "household", "kind"],
                condition=Q(answered_on__isnull=True, resident__isnull=True),
                name="handover_of_a_family_waits_once",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "household", "resident", "from_pillar", "to_pillar", "on", "answered_on", "taken",
            "went_on",
        )  # fmt: skip
        personal = ("kind", "declined_because", "purpose")
        specific = ("amount_rupiah", "caregiver_sealed")

    @property
    def standing(self) -> str:
        """Where it stands, for whoever handed it over: a word and nothing of the matter."""
        return standing_of(taken=self.taken, went_on=self.went_on)
