"""Letters: a numbered register per village and year, signed so that they can be checked without a network; and copies
of the papers that people bring."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.shared.models import VillageOwned


class LetterQuerySet(ScopedQuerySet["Letter"]):
    see_permission = Permission.LETTER_SEE


class AttachmentQuerySet(ScopedQuerySet["Attachment"]):
    see_permission = Permission.CASE_SEE


class VillageOffice(VillageOwned):
    """What a letterhead needs: the office's address and who signs."""

    address = models.CharField(max_length=160)
    phone = models.CharField(max_length=30, blank=True)
    head_title = models.CharField(max_length=40, default="Kepala Desa")
    head_name = models.CharField(max_length=100)
    letter_code = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village_code"], name="villageoffice_one_per_village")]

    class Privacy:
        public = ("id", "village_code", "address", "phone", "head_title", "head_name", "letter_code")


class VillageKey(VillageOwned):
    """A village's Ed25519 signing key; the private half is sealed by the installation's master key."""

    kid = models.CharField(max_length=32, unique=True)
    public_key = models.BinaryField()
    private_sealed = models.BinaryField()
    certificate = models.BinaryField(null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Privacy:
        public = ("id", "village_code", "kid", "public_key", "certificate", "valid_from", "valid_until")
        protective = ("private_sealed",)


class LetterCounter(VillageOwned):
    """The last number given in one village and year."""

    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village_code", "year"], name="lettercounter_one_per_year")]

    class Privacy:
        internal = ("id", "village_code", "year", "last_number")


class Letter(VillageOwned):
    """One letter: a number for ever, the signed statement in its QR, and the sealed text as it was printed."""

    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    resident_id = models.UUIDField()
    household_id = models.UUIDField()
    giver_id = models.UUIDField(null=True)
    stage = models.CharField(max_length=20)
    statement = models.BinaryField()
    short_code = models.CharField(max_length=20)
    content_sealed = models.BinaryField()
    revoked_on = models.DateField(null=True)
    revoked_reason = models.CharField(max_length=40, blank=True)
    valid_until = models.DateField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village_code", "year", "sequence"], name="letter_one_per_number"),
            models.UniqueConstraint(fields=["short_code"], name="letter_one_per_short_code"),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_reason="")
                | (Q(revoked_on__isnull=False) & ~Q(revoked_reason="")),
                name="letter_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="letter_replaces_another"
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "kind", "year", "sequence", "number", "issued_on", "resident_id", "household_id",
            "giver_id", "stage", "short_code", "revoked_on", "revoked_reason", "valid_until", "replaces",
        )  # fmt: skip
        personal = ("statement", "content_sealed")


class OfficePaper(VillageOwned):
    """A signed paper of the village about no resident, such as its monthly report: number, statement, what it says."""

    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    statement = models.BinaryField()
    short_code = models.CharField(max_length=20)
    content = models.TextField()
    voided_on = models.DateField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village_code", "number"], name="officepaper_one_per_number"),
            models.UniqueConstraint(fields=["short_code"], name="officepaper_one_per_short_code"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="officepaper_replaces_another"
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "kind", "number", "issued_on", "statement", "short_code", "content",
                    "voided_on", "replaces")  # fmt: skip


class Attachment(VillageOwned):
    """The copy of a paper of somebody: what it is, since when, and whether it was taken away again and why.

    The copy itself lies in `AttachmentContent`, so that no list ever loads one.
    """

    resident_id = models.UUIDField()
    paper = models.CharField(max_length=40)
    media = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    added_on = models.DateField()
    removed_on = models.DateField(null=True)
    removed_because = models.CharField(max_length=30, blank=True)

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_because="")
                | (Q(removed_on__isnull=False) & ~Q(removed_because="")),
                name="attachment_removed_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "resident_id"], name="attachment_by_resident")]

    class Privacy:
        internal = ("id", "village_code", "resident_id", "media", "size_bytes", "pages", "added_on", "removed_on",
                    "removed_because")  # fmt: skip
        personal = ("paper",)


class AttachmentContent(VillageOwned):
    """A copy, sealed with the key of the person it is of; its digest proves that it is what was put away.

    Whose key is erased, of them no copy can be opened any more. Taken away, the row goes.
    """

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="content")
    sealed = models.BinaryField()
    sealed_sha256 = models.CharField(max_length=64)

    class Privacy:
        internal = ("id", "village_code", "attachment", "sealed_sha256")
        specific = ("sealed",)
