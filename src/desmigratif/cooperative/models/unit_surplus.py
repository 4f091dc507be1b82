"""A unit's surplus on its way up: the unit offers it, a second person takes it into both books."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.shared.models import VillageOwned


class UnitSurplusQuerySet(CooperativeOwnedQuerySet["UnitSurplus"]):
    def standing(self) -> UnitSurplusQuerySet:
        """Offered or taken in; not what was taken back."""
        return self.exclude(status=HandUpStatus.REVERSED)


class HandUpStatus(models.TextChoices):
    OFFERED = "offered", "Menunggu orang kedua"
    TAKEN = "taken", "Sudah di buku induk"
    REVERSED = "reversed", "Dibatalkan"


class UnitSurplus(VillageOwned):
    """The SHU of a unit (a loss below zero) that goes to its cooperative with that of the book year `year`.

    `cooperative` is the unit, `head` whose meeting shares it. The sum is that of every closed year which did not go up
    before. `entry_id` stands in the unit's books, `head_entry_id` in the other's; each is undone only by its mirror.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    head = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    rupiah = models.BigIntegerField()
    status = models.CharField(max_length=8, choices=HandUpStatus.choices, default=HandUpStatus.OFFERED)
    offered_on = models.DateField()
    offered_by = models.UUIDField()
    taken_on = models.DateField(null=True)
    taken_by = models.UUIDField(null=True)
    entry_id = models.UUIDField(null=True)
    head_entry_id = models.UUIDField(null=True)
    reversed_on = models.DateField(null=True)
    reversed_by = models.UUIDField(null=True)
    reverse_reason = models.CharField(max_length=160, blank=True)

    objects: ClassVar[UnitSurplusQuerySet] = UnitSurplusQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["head", "year"], name="unit_surplus_of_a_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "year"], condition=~Q(status="reversed"), name="unit_surplus_goes_up_once"
            ),
            models.CheckConstraint(condition=~Q(rupiah=0), name="unit_surplus_is_a_sum"),
            models.CheckConstraint(condition=~Q(cooperative=F("head")), name="unit_surplus_goes_to_another"),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | ~Q(taken_by=F("offered_by")), name="unit_surplus_by_two"
            ),
            models.CheckConstraint(
                condition=Q(status="offered", taken_on__isnull=True, reversed_on__isnull=True)
                | Q(
                    status="taken", taken_on__isnull=False, taken_by__isnull=False, entry_id__isnull=False,
                    head_entry_id__isnull=False, reversed_on__isnull=True,
                )
                | Q(status="reversed", reversed_on__isnull=False, reversed_by__isnull=False),
                name="unit_surplus_goes_its_way",
            ),
        ]  # fmt: skip

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "head", "year", "rupiah", "status", "offered_on", "offered_by",
            "taken_on", "taken_by", "entry_id", "head_entry_id", "reversed_on", "reversed_by", "reverse_reason",
        )  # fmt: skip
