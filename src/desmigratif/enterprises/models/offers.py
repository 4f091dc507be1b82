"""What a group decided, plans, is allowed to do, and offers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.enterprises.models.groups import Group
from desmigratif.enterprises.models.photos import Photo
from desmigratif.shared.models import VillageOwned


class DeliberationQuerySet(ScopedQuerySet["Deliberation"]):
    see_permission = Permission.ENTERPRISE_SEE


class PlanQuerySet(ScopedQuerySet["Plan"]):
    see_permission = Permission.ENTERPRISE_SEE


class PermitQuerySet(ScopedQuerySet["Permit"]):
    see_permission = Permission.ENTERPRISE_SEE


class ProductQuerySet(ScopedQuerySet["Product"]):
    see_permission = Permission.ENTERPRISE_SEE


class Deliberation(VillageOwned):
    """The minutes of a talk in which a group decided something."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="deliberations")
    on = models.DateField()
    present = models.PositiveSmallIntegerField()
    decisions = models.CharField(max_length=1000)

    objects: ClassVar[DeliberationQuerySet] = DeliberationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(present__gte=2), name="deliberation_of_two_at_least")]
        indexes = [models.Index(fields=["village_code", "group", "-on"], name="deliberation_of_group")]

    class Privacy:
        internal = ("id", "village_code", "group", "on", "present")
        personal = ("decisions",)


class Plan(VillageOwned):
    """What a group means to make and sell in a month, and what it costs. The latest counts."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="plans")
    on = models.DateField()
    unit = models.CharField(max_length=20)
    price_rupiah = models.BigIntegerField()
    units = models.PositiveIntegerField()
    unit_cost_rupiah = models.BigIntegerField()
    fixed_cost_rupiah = models.BigIntegerField()
    tools_rupiah = models.BigIntegerField()
    own_rupiah = models.BigIntegerField()
    is_latest = models.BooleanField(default=True)

    objects: ClassVar[PlanQuerySet] = PlanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group"], condition=Q(is_latest=True), name="group_plan_latest_once"),
            models.CheckConstraint(
                condition=Q(price_rupiah__gt=0, units__gt=0, unit_cost_rupiah__gte=0, fixed_cost_rupiah__gte=0)
                & Q(tools_rupiah__gte=0, own_rupiah__gte=0),
                name="group_plan_of_whole_sums",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "group", "on", "unit", "price_rupiah", "units", "unit_cost_rupiah",
            "fixed_cost_rupiah", "tools_rupiah", "own_rupiah", "is_latest",
        )  # fmt: skip


class Permit(VillageOwned):
    """A permit of a group; `kind` is a code of regulations/enterprise_permits.yaml. No `valid_until` = no end."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="permits")
    kind = models.CharField(max_length=10)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    is_latest = models.BooleanField(default=True)

    objects: ClassVar[PermitQuerySet] = PermitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "kind"], condition=Q(is_latest=True), name="group_permit_latest_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("issued_on")),
                name="group_permit_ends_in_order",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "is_latest", "valid_until"], name="group_permit_by_end")]

    class Privacy:
        internal = ("id", "village_code", "group", "kind", "number", "issued_on", "valid_until", "is_latest")


class Product(VillageOwned):
    """Something a group sells, as its catalogue shows it."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=80)
    unit = models.CharField(max_length=20)
    price_rupiah = models.BigIntegerField()
    about = models.CharField(max_length=160, blank=True)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, related_name="+")
    is_sold = models.BooleanField(default=True)

    objects: ClassVar[ProductQuerySet] = ProductQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="group_product_name_once"),
            models.CheckConstraint(condition=Q(price_rupiah__gt=0), name="group_product_costs_something"),
        ]

    class Privacy:
        public = ("name", "unit", "price_rupiah", "about", "is_sold")
        internal = ("id", "village_code", "group", "photo")
