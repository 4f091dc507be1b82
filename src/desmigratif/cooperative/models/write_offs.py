"""Proposals that a loan or a contract leaves the books: one person proposes, another decides."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.cooperative.models.loans import Loan
from desmigratif.cooperative.models.sharia import ShariaContract
from desmigratif.shared.models import VillageOwned


class WriteOffQuerySet(CooperativeOwnedQuerySet["WriteOff"]):
    def waiting(self) -> WriteOffQuerySet:
        return self.filter(decided_on__isnull=True)


class WriteOff(VillageOwned):
    """One proposal, about a loan or about a contract. `ground` is a code of the dated data; `is_agreed` is known once
    somebody decided."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, null=True, related_name="+")
    contract = models.ForeignKey(ShariaContract, on_delete=models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=20)
    reason = models.CharField(max_length=160)
    proposed_on = models.DateField()
    proposed_by = models.UUIDField()
    decided_on = models.DateField(null=True)
    decided_by = models.UUIDField(null=True)
    is_agreed = models.BooleanField(null=True)
    decision = models.CharField(max_length=160, blank=True)

    objects: ClassVar[WriteOffQuerySet] = WriteOffQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(loan__isnull=False, contract__isnull=True) | Q(loan__isnull=True, contract__isnull=False),
                name="write_off_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, decided_by__isnull=True, is_agreed__isnull=True)
                | Q(decided_on__isnull=False, decided_by__isnull=False, is_agreed__isnull=False),
                name="write_off_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(is_agreed=True) | ~Q(decided_by=F("proposed_by")), name="write_off_by_two_persons"
            ),
            models.UniqueConstraint(
                fields=["loan"], condition=Q(decided_on__isnull=True), name="write_off_one_waits_for_a_loan"
            ),
            models.UniqueConstraint(
                fields=["contract"], condition=Q(decided_on__isnull=True), name="write_off_one_waits_for_a_contract"
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "loan", "contract", "proposed_on", "proposed_by", "decided_on",
            "decided_by", "is_agreed",
        )  # fmt: skip
        specific = ("ground", "reason", "decision")
