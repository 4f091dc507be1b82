"""The papers of a candidate: number, last day, what they say of who somebody is, and where the copy lies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.documents.models import Attachment
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class PaperQuerySet(ScopedQuerySet["Paper"]):
    see_permission = Permission.CASE_SEE


class Paper(VillageOwned):
    """One paper of one person (`kind` is a code of regulations/required_papers.yaml), as it is today.

    What it says (number, name, birth date) is sealed with the person's key; the days are in clear, for reminders.
    `number_index` is the keyed print of a passport's number, so that somebody is found by it; of other papers none.
    """

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=40)
    said_sealed = models.BinaryField(null=True)
    number_index = models.CharField(max_length=32, blank=True, default="")
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    copy = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[PaperQuerySet] = PaperQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resident", "kind"], name="paper_one_of_a_kind")]
        indexes = [
            models.Index(fields=["village_code", "valid_until"], name="paper_by_last_day"),
            models.Index(fields=["number_index"], name="paper_by_number"),
        ]

    class Privacy:
        internal = ("id", "village_code", "resident", "copy", "recorded_on", "version")
        personal = ("kind", "issued_on", "valid_until", "number_index")
        specific = ("said_sealed",)
