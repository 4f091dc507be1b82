"""Paper sheets with a number: printed, entered once, or written off. No name of a person stands in this table."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.cases.models.cases import Case
from desmigratif.shared.models import VillageOwned


class SheetQuerySet(ScopedQuerySet["Sheet"]):
    see_permission = Permission.VISIT_RECORD


class SheetKind(models.TextChoices):
    VISIT = "visit", "Kedatangan tamu"
    INTENTION = "intention", "Niat bekerja"
    OFFER = "offer", "Pemeriksaan tawaran"
    TALK = "talk", "Pembicaraan keluarga"
    DEPARTURE = "departure", "Keberangkatan"


class SheetSpoiled(models.TextChoices):
    TORN = "torn", "Rusak atau basah"
    MISWRITTEN = "miswritten", "Salah tulis"
    BADLY_PRINTED = "badly_printed", "Cetakannya jelek"
    LOST = "lost", "Hilang"


class Sheet(VillageOwned):
    """One sheet of paper. Blank until it is entered (once) or spoiled."""

    kind = models.CharField(max_length=10, choices=SheetKind.choices)
    running = models.PositiveIntegerField()
    batch = models.UUIDField()
    printed_on = models.DateField()
    entered_on = models.DateField(null=True)
    record = models.UUIDField(null=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="sheets")
    spoiled_on = models.DateField(null=True)
    spoiled_because = models.CharField(max_length=15, choices=SheetSpoiled.choices, blank=True)

    objects: ClassVar[SheetQuerySet] = SheetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village_code", "kind", "running"], name="sheet_number_once"),
            models.CheckConstraint(
                condition=Q(entered_on=None, record=None) | Q(entered_on__isnull=False, record__isnull=False),
                name="sheet_entered_as_record",
            ),
            models.CheckConstraint(
                condition=Q(spoiled_on=None, spoiled_because="")
                | (Q(spoiled_on__isnull=False, entered_on=None) & ~Q(spoiled_because="")),
                name="sheet_spoiled_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "batch"], name="sheet_by_batch")]

    class Privacy:
        internal = (
            "id", "village_code", "kind", "running", "batch", "printed_on", "entered_on", "record", "case",
            "spoiled_on", "spoiled_because",
        )  # fmt: skip
