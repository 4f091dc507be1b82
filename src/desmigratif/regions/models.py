"""The regions of Indonesia by Kemendagri code, over time."""

from __future__ import annotations

from django.db import models


class Level(models.IntegerChoices):
    PROVINCE = 1, "Provinsi"
    REGENCY = 2, "Kabupaten/Kota"
    DISTRICT = 3, "Kecamatan"
    VILLAGE = 4, "Desa/Kelurahan"


class Region(models.Model):
    """One region under one code. `kind` is the office's word for it (Kabupaten, Kota, Desa, Kelurahan ...)."""

    code = models.CharField(max_length=13, primary_key=True)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=80)
    parent_code = models.CharField(max_length=8, blank=True)
    search_key = models.CharField(max_length=80)
    postal_code = models.CharField(max_length=5, blank=True)
    utc_offset = models.PositiveSmallIntegerField(null=True)
    basis = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["parent_code"], name="region_by_parent"),
            models.Index(fields=["search_key", "level"], name="region_by_name"),
        ]

    class Privacy:
        public = (
            "code", "level", "kind", "name", "parent_code", "search_key", "postal_code", "utc_offset", "basis",
            "valid_from", "valid_until",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class RegionAlias(models.Model):
    """An old code and the code that took its place on a day. Records keep the old code; this maps it."""

    id = models.BigAutoField(primary_key=True)
    old_code = models.CharField(max_length=13)
    new_code = models.CharField(max_length=13)
    on = models.DateField()
    basis = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old_code", "new_code"], name="regionalias_once")]

    class Privacy:
        public = ("id", "old_code", "new_code", "on", "basis")


class LoadedList(models.Model):
    """Which version of the list of regions stands in this database: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)
    basis = models.CharField(max_length=60)
    regions = models.PositiveIntegerField()

    class Privacy:
        public = ("id", "digest", "basis", "regions")
