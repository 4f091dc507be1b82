"""The migration service centre: visits, cases, offer checks, family talks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class VisitQuerySet(ScopedQuerySet["Visit"]):
    see_permission = Permission.CASE_SEE


class CaseQuerySet(ScopedQuerySet["Case"]):
    see_permission = Permission.CASE_SEE


class OfferCheckQuerySet(ScopedQuerySet["OfferCheck"]):
    see_permission = Permission.CASE_SEE


class FamilyTalkQuerySet(ScopedQuerySet["FamilyTalk"]):
    see_permission = Permission.CASE_SEE


class CaseStepQuerySet(ScopedQuerySet["CaseStep"]):
    see_permission = Permission.CASE_SEE


class StepCorrectionQuerySet(ScopedQuerySet["StepCorrection"]):
    see_permission = Permission.CASE_SEE


class TopicToldQuerySet(ScopedQuerySet["TopicTold"]):
    see_permission = Permission.CASE_SEE


class CaseCostQuerySet(ScopedQuerySet["CaseCost"]):
    see_permission = Permission.CASE_SEE


class LetterRequestQuerySet(ScopedQuerySet["LetterRequest"]):
    see_permission = Permission.CASE_SEE


class ObjectionQuerySet(ScopedQuerySet["Objection"]):
    see_permission = Permission.CASE_SEE


class Visit(VillageOwned):
    """Somebody came to the village hall, or was visited, and asked something."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="visits")
    visitor_name = models.CharField(max_length=100, blank=True)
    on = models.DateField()
    came_at = models.DateTimeField()
    served_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    topics = models.JSONField(default=list)
    note_sealed = models.BinaryField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[VisitQuerySet] = VisitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["village_code", "on"], name="visit_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(resident__isnull=False) | ~Q(visitor_name=""), name="visit_has_a_visitor"
            ),
        ]

    class Privacy:
        internal = (
            "id",
            "village_code",
            "resident",
            "on",
            "came_at",
            "served_at",
            "place",
            "topics",
            "version",
        )
        personal = ("visitor_name", "purpose")
        specific = ("note_sealed",)


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
    WITHDREW = "WITHDREW", "Batal berangkat"
    UNFIT = "UNFIT", "Tidak lolos kesehatan"
    REJECTED = "REJECTED", "Ditolak"
    FAILED_DEPARTURE = "FAILED_DEPARTURE", "Gagal berangkat"
    DIED = "DIED", "Meninggal"


ENDED = (
    CaseState.WITHDREW, CaseState.UNFIT, CaseState.REJECTED, CaseState.FAILED_DEPARTURE, CaseState.DIED,
)  # fmt: skip
ABROAD = (CaseState.DEPARTED, CaseState.WORKING)


class ProceduralStatus(models.TextChoices):
    """Whether somebody left by the official steps. Nobody is worse off here for having left without."""

    PROCEDURAL = "PROCEDURAL", "Resmi"
    NON_PROCEDURAL = "NON_PROCEDURAL", "Tidak resmi"
    UNKNOWN = "UNKNOWN", "Tidak tahu"


class Case(VillageOwned):
    """One person's one migration, from the wish to the return."""

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
    agreed_contact_days = models.PositiveSmallIntegerField(null=True)
    caregiver_named = models.BooleanField(null=True)
    departure_note_sealed = models.BinaryField(null=True)
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["village_code", "state"], name="case_by_state")]

    class Privacy:
        internal = ("id", "village_code", "resident", "state", "opened_on", "closed_on", "found_abroad", "version")
        personal = (
            "country", "job", "employer_type", "own_choice_confirmed", "procedural_status", "departed_on",
            "agreed_contact_days", "caregiver_named",
        )  # fmt: skip
        specific = ("departure_note_sealed",)


class OfferCheck(VillageOwned):
    """One safety screening of one offer: the answers (sealed), the level, the flags and the rules' day.

    `looked_into_sealed` is what the officer found out about an offer on hold, before the letter was written.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offer_checks")
    on = models.DateField()
    stage = models.CharField(max_length=12)
    level = models.CharField(max_length=6)
    flags = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    rules_as_of = models.DateField()
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
        personal = ("level", "flags", "unknown")
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


class StepState(models.TextChoices):
    OPEN = "open", "Berjalan"
    HELD = "held", "Tertahan"
    DONE = "done", "Selesai"
    LEFT_OUT = "left_out", "Tidak perlu menurut aturan"


class CaseStep(VillageOwned):
    """One step of one case: since when it runs, who holds it, when it is due, how it went. Rupiah are whole.

    `elsewhere`: it was done before the village knew, so its clock and counts say nothing. `reason` is a code of
    regulations/journey.yaml: why it is held, or by which rule it is left out.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.OPEN)
    since = models.DateField()
    due_on = models.DateField(null=True)
    holder = models.CharField(max_length=30)
    holder_since = models.DateField()
    done_on = models.DateField(null=True)
    elsewhere = models.BooleanField(default=False)
    reason = models.CharField(max_length=30, blank=True)
    trips = models.PositiveSmallIntegerField(null=True)
    places_visited = models.PositiveSmallIntegerField(null=True)
    asked_again = models.PositiveSmallIntegerField(default=0)
    paid_rupiah = models.BigIntegerField(null=True)
    paper_number = models.CharField(max_length=60, blank=True)
    valid_until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[CaseStepQuerySet] = CaseStepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "step"], name="casestep_one_per_step"),
            models.CheckConstraint(condition=Q(paid_rupiah=None) | Q(paid_rupiah__gte=0), name="casestep_paid_whole"),
        ]
        indexes = [models.Index(fields=["village_code", "state", "due_on"], name="casestep_by_due")]

    class Privacy:
        internal = (
            "id", "village_code", "case", "step", "state", "since", "due_on", "holder", "holder_since", "done_on",
            "elsewhere", "reason", "version",
        )  # fmt: skip
        personal = ("trips", "places_visited", "asked_again", "paper_number", "valid_until")
        specific = ("paid_rupiah",)


class StepCorrection(VillageOwned):
    """What was written of a step before it was put right, and why (a code of regulations/journey.yaml)."""

    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    actor_id = models.CharField(max_length=40)
    reason = models.CharField(max_length=30)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects: ClassVar[StepCorrectionQuerySet] = StepCorrectionQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "step", "at", "actor_id", "reason")
        specific = ("before", "after")


class TopicTold(VillageOwned):
    """One topic that a candidate was told (PP 59/2021): when, by whom, and whether they say that they got it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="topics_told")
    topic = models.CharField(max_length=40)
    on = models.DateField()
    giver_id = models.CharField(max_length=40)
    received = models.BooleanField(default=False)

    objects: ClassVar[TopicToldQuerySet] = TopicToldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "topic"], name="topictold_once")]

    class Privacy:
        internal = ("id", "village_code", "case", "topic", "on", "giver_id", "received")


class CaseCost(VillageOwned):
    """What was asked of, or paid by, a candidate for one thing; whole rupiah, None = not known.

    `evidence_sealed` is where the receipt or the message lies, for a claim. One written wrongly is struck out with a
    reason (a code of regulations/journey.yaml) and stays.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="costs")
    on = models.DateField()
    component = models.CharField(max_length=30)
    asked_rupiah = models.BigIntegerField(null=True)
    paid_rupiah = models.BigIntegerField(null=True)
    evidence_sealed = models.BinaryField(null=True)
    struck_out_on = models.DateField(null=True)
    struck_out_because = models.CharField(max_length=30, blank=True)

    objects: ClassVar[CaseCostQuerySet] = CaseCostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(asked_rupiah__gte=0) | Q(paid_rupiah__gte=0))
                & (Q(asked_rupiah=None) | Q(asked_rupiah__gte=0))
                & (Q(paid_rupiah=None) | Q(paid_rupiah__gte=0)),
                name="casecost_an_amount_is_known",
            )
        ]

    class Privacy:
        internal = ("id", "village_code", "case", "on", "component", "struck_out_on", "struck_out_because")
        specific = ("asked_rupiah", "paid_rupiah", "evidence_sealed")


class LetterRequest(VillageOwned):
    """A candidate asked for the letter: the village answers in time, with the letter or with a lawful reason.

    `refused_because` is a code of regulations/rights.yaml.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letter_requests")
    asked_on = models.DateField()
    due_on = models.DateField()
    issued_on = models.DateField(null=True)
    refused_on = models.DateField(null=True)
    refused_because = models.CharField(max_length=30, blank=True)

    objects: ClassVar[LetterRequestQuerySet] = LetterRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(issued_on=None, refused_on=None), name="letterrequest_one_waits"
            ),
            models.CheckConstraint(condition=Q(issued_on=None) | Q(refused_on=None), name="letterrequest_one_answer"),
        ]
        indexes = [models.Index(fields=["village_code", "due_on"], name="letterrequest_by_due")]

    class Privacy:
        internal = ("id", "village_code", "case", "asked_on", "due_on", "issued_on", "refused_on")
        personal = ("refused_because",)


class ObjectionAnswer(models.TextChoices):
    UPHELD = "upheld", "Keberatan diterima"
    DISMISSED = "dismissed", "Keberatan ditolak"


class Objection(VillageOwned):
    """Against a refusal or the silence of a village; the regency answers in time. The story is sealed."""

    request = models.ForeignKey(LetterRequest, on_delete=models.PROTECT, related_name="objections")
    on = models.DateField()
    due_on = models.DateField()
    story_sealed = models.BinaryField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=ObjectionAnswer.choices, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answer_sealed = models.BinaryField(null=True)

    objects: ClassVar[ObjectionQuerySet] = ObjectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(answered_on=None), name="objection_one_waits")
        ]
        indexes = [models.Index(fields=["village_code", "answered_on", "due_on"], name="objection_by_due")]

    class Privacy:
        internal = ("id", "village_code", "request", "on", "due_on", "answered_on", "answered_by")
        personal = ("answer",)
        specific = ("story_sealed", "answer_sealed")
