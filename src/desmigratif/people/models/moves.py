"""Two records of one person, and people who move."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from desmigratif.people.models.families import LifeStatus, Resident
from desmigratif.shared.models import VillageOwned


class Merge(VillageOwned):
    """Two records of one person made one, and (sealed with the key of the kept one) what it filled in, so that it
    can be taken back exactly. No row moves: what is written about the merged record stays with it."""

    kept = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="merged_by")
    merged_on = models.DateField()
    version_after = models.PositiveIntegerField()
    merged_status = models.CharField(max_length=10, choices=LifeStatus.choices)
    before_sealed = models.BinaryField()
    reason_sealed = models.BinaryField()
    undone_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["village_code", "undone_on"], name="merge_standing")]
        constraints = [models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_is_of_two")]

    class Privacy:
        internal = ("id", "village_code", "kept", "merged", "merged_on", "version_after", "undone_on")
        personal = ("merged_status",)
        specific = ("before_sealed", "reason_sealed")


class ToldApart(VillageOwned):
    """Somebody looked at two records that seem to be one person and says: they are two. `first` has the lesser id."""

    first = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="told_apart_from")
    second = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="told_apart_of")
    decided_on = models.DateField()
    decided_by = models.UUIDField()
    taken_back_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(taken_back_on__isnull=True), name="told_apart_once"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="told_apart_is_of_two"),
        ]

    class Privacy:
        internal = ("id", "village_code", "first", "second", "decided_on", "decided_by", "taken_back_on")


class MoveState(models.TextChoices):
    WAITING = "waiting", "Menunggu desa tujuan"
    ARRIVED = "arrived", "Sudah diterima"


class Move(VillageOwned):
    """A resident left for another village: what the receiving village may copy, through which share, and which
    record it opened. `village_code` is the village that is left."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="moves")
    to_village_code = models.CharField(max_length=13)
    share_id = models.UUIDField()
    moved_on = models.DateField()
    state = models.CharField(max_length=10, choices=MoveState.choices, default=MoveState.WAITING)
    arrived_as = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="arrivals")
    arrived_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["to_village_code", "state"], name="move_waiting_for")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", arrived_as__isnull=True, arrived_on__isnull=True)
                | Q(state="arrived", arrived_as__isnull=False, arrived_on__isnull=False),
                name="move_arrived_as_somebody",
            )
        ]

    class Privacy:
        internal = (
            "id", "village_code", "resident", "to_village_code", "share_id", "moved_on", "state", "arrived_as",
            "arrived_on",
        )  # fmt: skip
