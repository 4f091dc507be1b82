"""What facts add up to: one row a region, indicator and period; which months were published; what is aimed at.

Nothing here is about a person. `audit.FactDelta` holds the facts; `folding` adds them up, `rebuilding` proves it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class RollUp(models.Model):
    """What the facts of one indicator add up to in one region and period.

    `level` 0 nation, 1 province, 2 regency, 3 district, 4 village, by today's codes. `period`: 202611 a month, 202624
    a quarter, 202600 a year, 0 since the beginning. `villages` of the region have a fact in it. The code of a pillar
    alone ("A", period 0) says which villages keep its register. What came after a month was published stands in
    `late_*` once more.
    """

    id = models.BigAutoField(primary_key=True)
    level = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    period = models.PositiveIntegerField()
    region_code = models.CharField(max_length=13)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    facts = models.BigIntegerField()
    villages = models.PositiveIntegerField()
    as_of = models.DateField()
    late_numerator = models.BigIntegerField()
    late_denominator = models.BigIntegerField()
    late_facts = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "code", "period", "region_code"], name="rollup_once"),
            models.CheckConstraint(condition=Q(level__lte=4), name="rollup_of_a_level"),
        ]

    class Privacy:
        internal = (
            "id", "level", "code", "period", "region_code", "numerator", "denominator", "facts", "villages", "as_of",
            "late_numerator", "late_denominator", "late_facts",
        )  # fmt: skip


class FoldState(models.Model):
    """The last moment at which facts were folded: one row, locked by whoever folds. Moments only go forward.

    `stamp` is another one after each fold: figures that were read under it stand as long as it does.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last_at = models.DateTimeField(null=True)
    stamp = models.CharField(max_length=32, default="")

    class Privacy:
        internal = ("id", "last_at", "stamp")


class PublishedMonth(models.Model):
    """A month whose figures were published for the whole country; facts folded after `frozen_at` are shown as late."""

    month = models.PositiveIntegerField(primary_key=True)
    frozen_at = models.DateTimeField()
    by_id = models.CharField(max_length=40)
    facts = models.PositiveBigIntegerField()

    class Privacy:
        public = ("month", "frozen_at", "facts")
        internal = ("by_id",)


class LateStock(models.Model):
    """What came too late for a published month, of indicators that stand: it changes every month after its own.

    `month` is the one that the facts belong to, `published` the one that had been published last when they were folded.
    """

    id = models.BigAutoField(primary_key=True)
    region_code = models.CharField(max_length=13)
    code = models.CharField(max_length=20)
    published = models.PositiveIntegerField()
    month = models.PositiveIntegerField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    facts = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_code", "code", "published", "month"], name="late_stock_once"),
        ]

    class Privacy:
        internal = ("id", "region_code", "code", "published", "month", "numerator", "denominator", "facts")


class Target(models.Model):
    """What a region aims at in a year, in the unit of the indicator."""

    id = models.UUIDField(primary_key=True, editable=False)
    region_code = models.CharField(max_length=13)
    code = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=2)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_code", "code", "year"], name="target_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="target_not_below_nothing"),
        ]

    class Privacy:
        public = ("region_code", "code", "year", "value", "source")
        internal = ("id",)


class Shape(models.Model):
    """The shape of a province or regency, from a file that an operator brought: the path of a drawing, made simple."""

    region_code = models.CharField(max_length=5, primary_key=True)
    level = models.PositiveSmallIntegerField()
    path = models.TextField()
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(level__in=(1, 2)), name="%(class)s_of_a_level")]

    class Privacy:
        public = ("region_code", "level", "path", "source", "loaded_at")


class Boundary(Shape):
    """The shape that stands."""


class FormerBoundary(Shape):
    """The shape that stood there before, for the one step back; kept until the next file of its level comes."""
