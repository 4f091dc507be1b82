"""Whom we serve: households and residents.

A *resident* is one village's record of a person; a *person* is only an id that links the residents of one human
being. Numbers that identify (NIK, KK, phone) and specific facts are sealed with the key of the resident or
household; a keyed blind index finds them. Names stay in clear, so that they can be searched.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.people.rules.names import softened
from desmigratif.shared.models import Identified, VillageOwned


class Sex(models.TextChoices):
    MALE = "M", "Laki-laki"
    FEMALE = "F", "Perempuan"


class LifeStatus(models.TextChoices):
    """OpenSID's status_dasar."""

    ALIVE = "alive", "Hidup"
    DEAD = "dead", "Meninggal"
    MOVED = "moved", "Pindah"
    MISSING = "missing", "Hilang"
    AWAY = "away", "Pergi"
    INVALID = "invalid", "Tidak valid"


class MaritalStatus(models.TextChoices):
    SINGLE = "single", "Belum kawin"
    MARRIED = "married", "Kawin"
    DIVORCED = "divorced", "Cerai hidup"
    WIDOWED = "widowed", "Cerai mati"


class HouseholdQuerySet(ScopedQuerySet["Household"]):
    see_permission = Permission.RESIDENT_SEE


class ResidentQuerySet(ScopedQuerySet["Resident"]):
    see_permission = Permission.RESIDENT_SEE


class PhoneQuerySet(ScopedQuerySet["Phone"]):
    see_permission = Permission.RESIDENT_SEE


class Person(Identified):
    """Only an id: the same human being over villages and years."""

    class Privacy:
        internal = ("id",)


class Household(VillageOwned):
    """A family card's family: the heart of the file. The address is where the family lives in the village."""

    kk_sealed = models.BinaryField(null=True)
    kk_index = models.CharField(max_length=32, blank=True)
    hamlet = models.CharField(max_length=100, blank=True)
    rw = models.CharField(max_length=10, blank=True)
    rt = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[HouseholdQuerySet] = HouseholdQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["village_code", "hamlet", "rw", "rt"], name="household_by_place"),
            models.Index(fields=["village_code", "kk_index"], name="household_by_kk"),
        ]

    class Privacy:
        internal = ("id", "village_code", "version")
        personal = ("kk_sealed", "kk_index", "hamlet", "rw", "rt", "address")


class HouseholdChange(VillageOwned):
    """One correction of a family's record: what it said before, by what and why it was changed (sealed with the
    family's key); `version` is the household's after it."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    on = models.DateField()
    source = models.CharField(max_length=60)
    before_sealed = models.BinaryField()
    reason_sealed = models.BinaryField()

    class Privacy:
        internal = ("id", "village_code", "household", "version", "on", "source")
        personal = ("before_sealed",)
        specific = ("reason_sealed",)


class Resident(VillageOwned):
    """One village's record of a person. Empty means unknown, everywhere.

    `name_key` is the folded name, `name_key_2` and `name_key_3` the same from the second and third word on.
    `version` grows with every change; `field_versions` says in which version each field changed last (a field
    that is not listed stands since version 1), so that two corrections of different fields merge.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residents")
    name = models.CharField(max_length=100)
    name_key = models.CharField(max_length=120)
    name_key_2 = models.CharField(max_length=120, blank=True, default="")
    name_key_3 = models.CharField(max_length=120, blank=True, default="")
    passport_name = models.CharField(max_length=100, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    birth_place = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True)
    relation = models.CharField(max_length=20, blank=True)
    marital_status = models.CharField(max_length=10, choices=MaritalStatus.choices, blank=True)
    occupation = models.CharField(max_length=4, blank=True)
    life_status = models.CharField(max_length=10, choices=LifeStatus.choices, default=LifeStatus.ALIVE)
    nik_sealed = models.BinaryField(null=True)
    nik_index = models.CharField(max_length=32, blank=True)
    nik_last4_index = models.CharField(max_length=32, blank=True)
    details_sealed = models.BinaryField(null=True)
    passport_index = models.CharField(max_length=32, blank=True, default="")
    source = models.CharField(max_length=60, blank=True)
    source_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    field_versions = models.JSONField(default=dict)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_records")

    objects: ClassVar[ResidentQuerySet] = ResidentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["village_code", "name_key"], name="resident_by_name"),
            *(
                models.Index(
                    fields=[*keys, "birth_date"],
                    name=f"resident_by_{keys[0]}",
                    opclasses=["varchar_pattern_ops"] * len(keys) + ["date_ops"],
                )
                for keys in (("name_key",), ("name_key_2",), ("name_key_3", "name_key"))
            ),
            models.Index(fields=["nik_index"], name="resident_by_nik"),
            models.Index(fields=["passport_index"], name="resident_by_passport"),
            models.Index(fields=["village_code", "nik_last4_index"], name="resident_by_last4"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="resident_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | (Q(life_status="invalid") & ~Q(merged_into=F("id"))),
                name="resident_merged_is_closed",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "household", "person", "source", "source_on", "version", "field_versions",
            "merged_into",
        )  # fmt: skip
        personal = (
            "name", "name_key", "name_key_2", "name_key_3", "passport_name", "sex", "birth_place", "birth_date",
            "relation", "marital_status",
            "occupation", "life_status", "nik_sealed", "nik_index", "nik_last4_index", "passport_index",
        )  # fmt: skip
        specific = ("details_sealed",)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def shown_name(self) -> str:
        """The name as screens show it; papers and files keep the register's spelling."""
        return softened(self.name)


class SafeAddress(VillageOwned):
    """Where somebody in hiding can be reached, and what their ordinary address was; that there is one is a secret too.

    No foreign key: a copy of the database does not tell whose it is. `subject_index` is the blind index of the
    person's id, `home_index` that of the household whose address was taken out of the register ("" = none). Sealed
    with the key of the resident on whose file it was written.
    """

    subject_index = models.CharField(max_length=32, unique=True)
    home_index = models.CharField(max_length=32, blank=True)
    sealed = models.BinaryField()

    class Privacy:
        internal = ("id", "village_code")
        protective = ("subject_index", "home_index", "sealed")


class Phone(VillageOwned):
    """A number somebody can be reached at; `safe` says whether it may be called without endangering them."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="phones")
    number_sealed = models.BinaryField()
    number_index = models.CharField(max_length=32)
    safe = models.BooleanField(null=True)
    note_sealed = models.BinaryField(null=True)

    objects: ClassVar[PhoneQuerySet] = PhoneQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["village_code", "number_index"], name="phone_by_number")]

    class Privacy:
        internal = ("id", "village_code", "resident")
        personal = ("number_sealed", "number_index", "safe")
        specific = ("note_sealed",)


class ContactWish(VillageOwned):
    """How a resident wants to be reached, in their own words (sealed): "only after eight in the evening"."""

    resident = models.OneToOneField(Resident, on_delete=models.PROTECT, related_name="contact_wish")
    wish_sealed = models.BinaryField()
    recorded_on = models.DateField()

    class Privacy:
        internal = ("id", "village_code", "resident", "recorded_on")
        specific = ("wish_sealed",)
