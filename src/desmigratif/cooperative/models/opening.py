"""The one time that a cooperative's paper books were brought in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.shared.models import VillageOwned


class OpeningImportQuerySet(CooperativeOwnedQuerySet["OpeningImport"]):
    pass


class OpeningImport(VillageOwned):
    """A workbook that became the opening balances: once for each cooperative. Its id is the entry's."""

    cooperative = models.OneToOneField(Cooperative, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    file_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    actor_id = models.UUIDField()
    member_count = models.PositiveIntegerField()
    savings_count = models.PositiveIntegerField()
    loan_count = models.PositiveIntegerField()
    debit_rupiah = models.BigIntegerField()
    difference_rupiah = models.BigIntegerField()
    seal_number = models.BigIntegerField()

    objects: ClassVar[OpeningImportQuerySet] = OpeningImportQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "on", "file_name", "written_at", "actor_id", "member_count",
            "savings_count", "loan_count", "debit_rupiah", "difference_rupiah", "seal_number",
        )  # fmt: skip
