"""A group's money: its months, what it earned before, the link by which its treasurer writes them down."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.enterprises.models.groups import Group, Member
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class GroupMonthQuerySet(ScopedQuerySet["GroupMonth"]):
    see_permission = Permission.ENTERPRISE_SEE


class BaselineQuerySet(ScopedQuerySet["Baseline"]):
    see_permission = Permission.ENTERPRISE_SEE


class MonthLinkQuerySet(ScopedQuerySet["MonthLink"]):
    see_permission = Permission.ENTERPRISE_SEE


class CapitalNeedQuerySet(ScopedQuerySet["CapitalNeed"]):
    see_permission = Permission.ENTERPRISE_SEE


class RemittanceAnswerQuerySet(ScopedQuerySet["RemittanceAnswer"]):
    see_permission = Permission.ENTERPRISE_SEE


class Way(models.TextChoices):
    """How a month came in."""

    DESK = "desk", "Di meja pendamping"
    PAPER = "paper", "Dari lembar kertas"
    LINK = "link", "Lewat tautan bendahara"


class GroupMonth(VillageOwned):
    """What a group sold, spent and who worked in one month, by its own notes."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="months")
    month = models.DateField()
    sales_rupiah = models.BigIntegerField()
    cost_rupiah = models.BigIntegerField()
    workers = models.PositiveSmallIntegerField()
    channels = models.JSONField(default=list)
    way = models.CharField(max_length=5, choices=Way.choices)
    recorded_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[GroupMonthQuerySet] = GroupMonthQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "month"], name="enterprise_month_once"),
            models.CheckConstraint(
                condition=Q(sales_rupiah__gte=0, cost_rupiah__gte=0), name="enterprise_month_not_below_zero"
            ),
        ]
        indexes = [models.Index(fields=["village_code", "month"], name="enterprise_month_of_a_village")]

    class Privacy:
        internal = (
            "id", "village_code", "group", "month", "sales_rupiah", "cost_rupiah", "workers", "channels", "way",
            "recorded_on", "version",
        )  # fmt: skip


class Baseline(VillageOwned):
    """What a group's members earned together in a month before there was a group."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="baseline")
    monthly_rupiah = models.BigIntegerField()
    said_on = models.DateField()

    objects: ClassVar[BaselineQuerySet] = BaselineQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "group", "monthly_rupiah", "said_on")


class MonthLink(VillageOwned):
    """The address by which the treasurer of one group fills in its months; only the token's digest is kept."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="month_links")
    token_digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    until = models.DateField()
    ended_on = models.DateField(null=True)

    objects: ClassVar[MonthLinkQuerySet] = MonthLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(ended_on=None), name="enterprise_month_link_one_of_a_group"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("made_on")), name="enterprise_month_link_lasts"),
        ]

    class Privacy:
        internal = ("id", "village_code", "group", "made_on", "until", "ended_on")
        specific = ("token_digest",)


class CapitalNeed(VillageOwned):
    """A group needs money: how much, for what, and where it is asked. One towards the cooperative is a hand-over."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="capital_needs")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="capital_needs")
    amount_rupiah = models.BigIntegerField()
    purpose = models.CharField(max_length=160)
    place = models.CharField(max_length=20)
    on = models.DateField()
    hand_over_id = models.UUIDField(null=True)

    objects: ClassVar[CapitalNeedQuerySet] = CapitalNeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_rupiah__gt=0), name="enterprise_capital_of_a_sum"),
        ]

    class Privacy:
        internal = ("id", "village_code", "group", "place", "on", "hand_over_id")
        personal = ("member", "purpose")
        specific = ("amount_rupiah",)


class RemittanceAnswer(VillageOwned):
    """What somebody freely told of the money sent home in a month, in bands: what came, what became of it."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    received = models.CharField(max_length=20)
    used = models.JSONField(default=dict)

    objects: ClassVar[RemittanceAnswerQuerySet] = RemittanceAnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["village_code", "resident"], name="enterprise_remittance_told")]

    class Privacy:
        internal = ("id", "village_code", "resident", "on")
        specific = ("received", "used")
