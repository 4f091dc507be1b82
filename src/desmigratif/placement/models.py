"""National lists that an operator loads: each load kept with its source and day.

No person stands in them but in the list of placements, and there only as the keyed print of a NIK.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.shared.models import Identified


class ListKind(models.TextChoices):
    AGENCIES = "agencies", "Perusahaan penempatan (P3MI)"
    PERMITS = "permits", "Izin perekrutan dan lowongan"
    DESTINATIONS = "destinations", "Negara tujuan penempatan"
    BODIES = "bodies", "Lembaga rujukan"
    PLACEMENTS = "placements", "Penempatan pekerja (SISKOP2MI)"


class LicenceStatus(models.TextChoices):
    ACTIVE = "active", "Aktif"
    SUSPENDED = "suspended", "Ditangguhkan"
    REVOKED = "revoked", "Dicabut"


class ListLoad(Identified):
    """One load of one list, for everybody in a region. Older ones stay: a check remembers what it stood on."""

    kind = models.CharField(max_length=12, choices=ListKind.choices)
    region_code = models.CharField(max_length=13)
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    file_name = models.CharField(max_length=120, blank=True)
    file_digest = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["kind", "region_code", "as_of"], name="listload_by_day")]

    class Privacy:
        public = ("id", "kind", "region_code", "as_of", "source", "row_count", "loaded_at")
        internal = ("file_name", "file_digest", "loaded_by")


class Agency(Identified):
    """A placement company (P3MI) as a list says."""

    load = models.ForeignKey(ListLoad, on_delete=models.PROTECT, related_name="agencies")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    licence_number = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=10, choices=LicenceStatus.choices)
    address = models.CharField(max_length=300, blank=True)
    valid_until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=LicenceStatus.values), name="agency_known_status")
        ]
        indexes = [models.Index(fields=["load", "name_key"], name="agency_by_name")]

    class Privacy:
        public = ("id", "load", "name", "name_key", "licence_number", "status", "address", "valid_until")


class JobOrder(Identified):
    """A recruitment permit with its vacancy as a list says; what it does not say is unknown (None or empty)."""

    load = models.ForeignKey(ListLoad, on_delete=models.PROTECT, related_name="job_orders")
    agency_name = models.CharField(max_length=200)
    agency_key = models.CharField(max_length=200)
    country = models.CharField(max_length=3)
    job = models.CharField(max_length=30)
    title = models.CharField(max_length=120)
    employer_type = models.CharField(max_length=10, blank=True)
    permit_number = models.CharField(max_length=80, blank=True)
    quota = models.PositiveIntegerField(null=True)
    wage_amount = models.PositiveBigIntegerField(null=True)
    wage_currency = models.CharField(max_length=3, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    least_age = models.PositiveSmallIntegerField(null=True)
    most_age = models.PositiveSmallIntegerField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["load", "agency_key", "country"], name="joborder_by_agency"),
            models.Index(fields=["load", "job", "country", "valid_until"], name="joborder_by_work"),
            models.Index(fields=["load", "country", "valid_until"], name="joborder_by_country"),
        ]

    class Privacy:
        public = (
            "id", "load", "agency_name", "agency_key", "country", "job", "title", "employer_type", "permit_number",
            "quota", "wage_amount", "wage_currency", "sex", "least_age", "most_age", "valid_until",
        )  # fmt: skip


class Destination(Identified):
    """A country on a list of destinations; open or closed for households and companies when the list says so."""

    load = models.ForeignKey(ListLoad, on_delete=models.PROTECT, related_name="destinations")
    country = models.CharField(max_length=3)
    household_open = models.BooleanField(null=True)
    company_open = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["load", "country"], name="destination_once_a_load")]

    class Privacy:
        public = ("id", "load", "country", "household_open", "company_open")


class Body(Identified):
    """An office or organisation that a village can refer somebody to; `region_code` is where it is competent.

    `country` only for a mission abroad: the countries' own matters go there.
    """

    load = models.ForeignKey(ListLoad, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=30)
    region_code = models.CharField(max_length=13)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=3, blank=True)

    class Meta:
        indexes = [models.Index(fields=["load", "region_code", "kind"], name="body_by_place")]

    class Privacy:
        public = ("id", "load", "kind", "region_code", "name", "address", "contact", "country")


class Placed(Identified):
    """A placement of the ministry's list, to be found by somebody whose NIK is known; of the newest load only."""

    load = models.ForeignKey(ListLoad, on_delete=models.PROTECT, related_name="placed")
    nik_index = models.CharField(max_length=32)
    country = models.CharField(max_length=3)
    left_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["load", "nik_index"], name="placed_by_nik")]

    class Privacy:
        internal = ("id", "load")
        personal = ("nik_index", "country", "left_on")
