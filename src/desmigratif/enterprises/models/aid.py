"""Help given to a group: what it needs, what was promised and came, how it is found later, what is wrong with it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.enterprises.models.groups import Group, Member
from desmigratif.enterprises.models.photos import Photo
from desmigratif.shared.models import VillageOwned


class NeedsSheetQuerySet(ScopedQuerySet["NeedsSheet"]):
    see_permission = Permission.ENTERPRISE_SEE


class AssetQuerySet(ScopedQuerySet["Asset"]):
    see_permission = Permission.ENTERPRISE_SEE


class AssetCheckQuerySet(ScopedQuerySet["AssetCheck"]):
    see_permission = Permission.ENTERPRISE_SEE


class FaultTicketQuerySet(ScopedQuerySet["FaultTicket"]):
    see_permission = Permission.ENTERPRISE_SEE


class NeedsSheet(VillageOwned):
    """What a group asks for, and whether it could use it: in `answers` a question's code -> yes, no or unknown."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="needs_sheets")
    item = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200)
    answers = models.JSONField(default=dict)
    on = models.DateField()

    objects: ClassVar[NeedsSheetQuerySet] = NeedsSheetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["village_code", "group"], name="enterprise_needs_of_a_group")]

    class Privacy:
        internal = ("id", "village_code", "group", "item", "purpose", "answers", "on")


class Asset(VillageOwned):
    """Something that a giver promised to a group, and perhaps handed over. `usable` is what was found last; None for
    what has no condition (money, material) or did not come yet."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="assets")
    needs = models.ForeignKey(NeedsSheet, on_delete=models.PROTECT, null=True, related_name="assets")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    giver_kind = models.CharField(max_length=20)
    giver = models.CharField(max_length=100)
    value_rupiah = models.BigIntegerField()
    despite = models.CharField(max_length=200, blank=True)
    promised_on = models.DateField()
    expected_on = models.DateField(null=True)
    handed_on = models.DateField(null=True)
    receiver = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    serial = models.CharField(max_length=60, blank=True)
    condition = models.CharField(max_length=20, blank=True)
    usable = models.BooleanField(null=True)
    unusable_because = models.CharField(max_length=20, blank=True)
    checked_on = models.DateField(null=True)
    gone_on = models.DateField(null=True)

    objects: ClassVar[AssetQuerySet] = AssetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value_rupiah__gte=0), name="enterprise_asset_worth_something"),
            models.CheckConstraint(
                condition=Q(handed_on=None, receiver=None, usable=None, checked_on=None)
                | Q(handed_on__gte=F("promised_on"), receiver__isnull=False),
                name="enterprise_asset_comes_after_its_promise",
            ),
            models.CheckConstraint(
                condition=(Q(usable=False) & ~Q(unusable_because=""))
                | (Q(unusable_because="") & (Q(usable=True) | Q(usable=None))),
                name="enterprise_asset_unusable_says_why",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "group"], name="enterprise_asset_of_a_group")]

    class Privacy:
        internal = (
            "id", "village_code", "group", "needs", "kind", "name", "giver_kind", "giver", "value_rupiah", "despite",
            "promised_on", "expected_on", "handed_on", "serial", "condition", "usable", "unusable_because",
            "checked_on", "gone_on",
        )  # fmt: skip
        personal = ("receiver",)


class AssetCheck(VillageOwned):
    """How a thing was found on a day: when it came, and at each stock-take."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="checks")
    on = models.DateField()
    condition = models.CharField(max_length=20)
    usable = models.BooleanField()
    because = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=200, blank=True)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[AssetCheckQuerySet] = AssetCheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(usable=True, because="") | (Q(usable=False) & ~Q(because="")),
                name="enterprise_check_unusable_says_why",
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "asset", "on", "condition", "usable", "because", "note", "photo")


class FaultTicket(VillageOwned):
    """A giver is told that a thing cannot be used, and answers or does not."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="tickets")
    told_on = models.DateField()
    because = models.CharField(max_length=20)
    note = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=20, blank=True)
    answered_on = models.DateField(null=True)
    answer_note = models.CharField(max_length=200, blank=True)
    settled_on = models.DateField(null=True)

    objects: ClassVar[FaultTicketQuerySet] = FaultTicketQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(settled_on=None), name="enterprise_fault_told_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None, settled_on=None)
                | (Q(answered_on__gte=F("told_on")) & ~Q(answer="")),
                name="enterprise_fault_answered_whole",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "asset", "told_on", "because", "note", "answer", "answered_on", "answer_note",
            "settled_on",
        )  # fmt: skip
