"""One person's one migration, the checks of its offers and the talks about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class CaseQuerySet(ScopedQuerySet["Case"]):
    see_permission = Permission.CASE_SEE


class OfferCheckQuerySet(ScopedQuerySet["OfferCheck"]):
    see_permission = Permission.CASE_SEE


class FamilyTalkQuerySet(ScopedQuerySet["FamilyTalk"]):
    see_permission = Permission.CASE_SEE


class CaseState(models.TextChoices):
    """Where a migration stands: the states and exits of regulations/journey.yaml."""

    INTENT = "INTENT", "Berniat"
    OFFER_CHECKED = "OFFER_CHECKED", "Tawaran diperiksa"
    VILLAGE_CLEARED = "VILLAGE_CLEARED", "Surat desa terbit"
    REGISTERED = "REGISTERED", "Terdaftar di Disnaker"
    SELECTED = "SELECTED", "Lulus seleksi"
    AGREED = "AGREED", "Perjanjian penempatan ada"
    DOCUMENTED = "DOCUMENTED", "Dokumen lengkap"
    CONTRACTED = "CONTRACTED", "Kontrak dan visa ada"
    ORIENTED = "ORIENTED", "Siap berangkat"
    DEPARTED = "DEPARTED", "Sudah berangkat"
    WORKING = "WORKING", "Bekerja di luar negeri"
    EXTENDED = "EXTENDED", "Kontrak diperpanjang"
    PROBLEM = "PROBLEM", "Sedang bermasalah"
    LOST_CONTACT = "LOST_CONTACT", "Putus kabar"
    RETURNED = "RETURNED", "Sudah pulang"
    REINTEGRATING = "REINTEGRATING", "Menata hidup kembali"
    SETTLED = "SETTLED", "Menetap di desa"
    RE_MIGRATING = "RE_MIGRATING", "Berangkat lagi"
    WITHDREW = "WITHDREW", "Batal berangkat"
    UNFIT = "UNFIT", "Tidak lolos kesehatan"
    REJECTED = "REJECTED", "Ditolak"
    FAILED_DEPARTURE = "FAILED_DEPARTURE", "Gagal berangkat"
    DIED = "DIED", "Meninggal"


ENDED = (
    CaseState.WITHDREW, CaseState.UNFIT, CaseState.REJECTED, CaseState.FAILED_DEPARTURE, CaseState.DIED,
    CaseState.SETTLED, CaseState.RE_MIGRATING,
)  # fmt: skip


ABROAD = (
    CaseState.DEPARTED, CaseState.WORKING, CaseState.EXTENDED, CaseState.PROBLEM, CaseState.LOST_CONTACT,
)  # fmt: skip
# Whoever has left: abroad still, or back and not settled yet.
LEFT = (*ABROAD, CaseState.RETURNED, CaseState.REINTEGRATING)


class ProceduralStatus(models.TextChoices):
    """Whether somebody left by the official steps. Nobody is worse off here for having left without."""

    PROCEDURAL = "PROCEDURAL", "Resmi"
    NON_PROCEDURAL = "NON_PROCEDURAL", "Tidak resmi"
    UNKNOWN = "UNKNOWN", "Tidak tahu"


class Case(VillageOwned):
    """One person's one migration, from the wish to the return; `previous` is the one that they came back from."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=20, choices=CaseState.choices, default=CaseState.INTENT)
    opened_on = models.DateField()
    country = models.CharField(max_length=3, blank=True)
    job = models.CharField(max_length=30, blank=True)
    employer_type = models.CharField(max_length=10, blank=True)
    own_choice_confirmed = models.BooleanField(null=True)
    procedural_status = models.CharField(max_length=15, choices=ProceduralStatus.choices, blank=True)
    departed_on = models.DateField(null=True)
    found_abroad = models.BooleanField(default=False)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later_cases")
    agreed_contact_days = models.PositiveSmallIntegerField(null=True)
    caregiver_named = models.BooleanField(null=True)
    departure_note_sealed = models.BinaryField(null=True)
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["village_code", "state", "opened_on", "id"], name="case_by_state"),
            models.Index(fields=["village_code", "opened_on", "id"], name="case_by_day"),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "resident", "state", "opened_on", "closed_on", "found_abroad", "previous", "version",
        )  # fmt: skip
        personal = (
            "country", "job", "employer_type", "own_choice_confirmed", "procedural_status", "departed_on",
            "agreed_contact_days", "caregiver_named",
        )  # fmt: skip
        specific = ("departure_note_sealed",)


class OfferCheck(VillageOwned):
    """One safety screening of one offer: the answers (sealed), the level, the flags and the rules' day.

    `list_facts` is what the national lists said of the company on that day, with their own day and source;
    its `told` is what several returnees told alike of the company and of who recruits.
    `looked_into_sealed` is what the officer found out about an offer on hold, before the letter was written.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offer_checks")
    on = models.DateField()
    stage = models.CharField(max_length=12)
    level = models.CharField(max_length=6)
    flags = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    rules_as_of = models.DateField()
    list_facts = models.JSONField(default=dict)
    answers_sealed = models.BinaryField()
    looked_into_sealed = models.BinaryField(null=True)
    at = models.DateTimeField()

    objects: ClassVar[OfferCheckQuerySet] = OfferCheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["stop", "hold", "advise", "clear"]), name="offercheck_known_level"
            )
        ]

    class Privacy:
        internal = ("id", "village_code", "case", "on", "stage", "rules_as_of", "at")
        personal = ("level", "flags", "unknown", "list_facts")
        specific = ("answers_sealed", "looked_into_sealed")


class FamilyTalk(VillageOwned):
    """The talk with the family before a letter: who gives permission, and (sealed) freely or not and what was said.

    Who is pressed at home is in danger when it is known; so `signs_sealed` ({"disputed", "pressure"}, each true, false
    or null) opens with the candidate's key only, and goes with it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="family_talks")
    on = models.DateField()
    at = models.DateTimeField()
    permission = models.CharField(max_length=10)
    giver_capacity = models.CharField(max_length=10, blank=True)
    giver = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="permissions_given")
    giver_name = models.CharField(max_length=100, blank=True)
    candidate_confirms_alone = models.BooleanField(null=True)
    signs_sealed = models.BinaryField(null=True)
    note_sealed = models.BinaryField(null=True)

    objects: ClassVar[FamilyTalkQuerySet] = FamilyTalkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(permission__in=["given", "refused", "missing"]),
                name="familytalk_known_permission",
            )
        ]

    class Privacy:
        internal = ("id", "village_code", "case", "on", "at")
        personal = ("permission", "giver_capacity", "giver", "giver_name", "candidate_confirms_alone")
        specific = ("signs_sealed", "note_sealed")
