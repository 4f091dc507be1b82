"""Proposals that a loan gets a new table: one person proposes, another decides."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.cooperative.models.loans import Loan
from desmigratif.shared.models import VillageOwned


class RescheduleQuerySet(CooperativeOwnedQuerySet["Reschedule"]):
    def waiting(self) -> RescheduleQuerySet:
        return self.filter(decided_on__isnull=True)


class Reschedule(VillageOwned):
    """One proposal, with the table it asks for. `is_agreed` is known once somebody decided."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="+")
    instalments = models.PositiveSmallIntegerField()
    first_due_on = models.DateField()
    interest_free = models.PositiveSmallIntegerField(default=0)
    capitalise = models.BooleanField(default=False)
    reason = models.CharField(max_length=160)
    proposed_on = models.DateField()
    proposed_by = models.UUIDField()
    decided_on = models.DateField(null=True)
    decided_by = models.UUIDField(null=True)
    is_agreed = models.BooleanField(null=True)
    decision = models.CharField(max_length=160, blank=True)

    objects: ClassVar[RescheduleQuerySet] = RescheduleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(instalments__gte=1, interest_free__lte=F("instalments")), name="reschedule_of_instalments"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, decided_by__isnull=True, is_agreed__isnull=True)
                | Q(decided_on__isnull=False, decided_by__isnull=False, is_agreed__isnull=False),
                name="reschedule_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(is_agreed=True) | ~Q(decided_by=F("proposed_by")), name="reschedule_by_two_persons"
            ),
            models.UniqueConstraint(
                fields=["loan"], condition=Q(decided_on__isnull=True), name="reschedule_one_waits_for_a_loan"
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "loan", "proposed_on", "proposed_by", "decided_on", "decided_by",
            "is_agreed",
        )  # fmt: skip
        specific = ("instalments", "first_due_on", "interest_free", "capitalise", "reason", "decision")
