"""What is remembered of residents: their answers, what sources say, and imports of the register."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from desmigratif.people.models.families import Resident
from desmigratif.shared.models import VillageOwned


class Consent(VillageOwned):
    """A resident's yes or no to one purpose, to a text of one version; withdrawal is as easy as giving."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    basis = models.CharField(max_length=20)
    text_version = models.CharField(max_length=20)
    given = models.BooleanField()
    given_by = models.CharField(max_length=20)
    recorded_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(given=True), name="consent_withdrawn_was_given"
            )
        ]

    class Privacy:
        internal = (
            "id",
            "village_code",
            "resident",
            "purpose",
            "basis",
            "text_version",
            "recorded_on",
            "withdrawn_on",
        )
        personal = ("given", "given_by")


class Fact(VillageOwned):
    """A value that a source states about a resident's field, kept where sources conflict or a value was corrected.

    The value is sealed JSON; `reason_sealed` says why it was written or chosen, in the officer's words.
    """

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="facts")
    field = models.CharField(max_length=40)
    value_sealed = models.BinaryField()
    source = models.CharField(max_length=60)
    as_of = models.DateField(null=True)
    chosen = models.BooleanField(default=False)
    reason_sealed = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["resident", "field"], name="fact_by_field")]

    class Privacy:
        internal = ("id", "village_code", "resident", "field", "source", "as_of", "chosen")
        specific = ("value_sealed", "reason_sealed")


class ImportBatch(VillageOwned):
    """One import of a village register: what it did, so that it can be taken back."""

    file_name = models.CharField(max_length=120)
    file_digest = models.CharField(max_length=64)
    imported_on = models.DateField()
    row_count = models.PositiveIntegerField()
    new_count = models.PositiveIntegerField()
    changed_count = models.PositiveIntegerField()
    unchanged_count = models.PositiveIntegerField()
    warning_count = models.PositiveIntegerField()
    undone_on = models.DateField(null=True)

    class Privacy:
        internal = (
            "id", "village_code", "file_name", "file_digest", "imported_on", "row_count", "new_count",
            "changed_count", "unchanged_count", "warning_count", "undone_on",
        )  # fmt: skip


class ImportedRow(VillageOwned):
    """One row of a batch: which resident it made or changed, and (sealed) how it stood before."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="rows")
    sheet_row = models.PositiveIntegerField()
    resident_id = models.UUIDField()
    is_new = models.BooleanField()
    version_after = models.PositiveIntegerField()
    before_sealed = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["resident_id"], name="importedrow_by_resident")]

    class Privacy:
        internal = ("id", "village_code", "batch", "sheet_row", "resident_id", "is_new", "version_after")
        specific = ("before_sealed",)
