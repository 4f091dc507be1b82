"""What the installation remembers and never rewrites: events, receipts, the change log, facts; and what the
household page reads: timeline and signals.

Nouns: the *village clock* hands out, per village, the numbers of changes and of audit events and keeps the head
of the audit chain. An *event* is one link of that chain. A *receipt* is the answer to one act. A *change* says
which record changed under which number, so that devices can ask "what is new since 41". A *fact* is a delta of an
indicator. A *timeline entry* is one line of a household's history. A *signal* is a state that other parts of the
programme should know about a household.
"""

from __future__ import annotations

from django.db import models

from desmigratif.shared.ids import new_id
from desmigratif.shared.models import Identified, VillageOwned


class VillageClock(models.Model):
    """One row per village (or region, for acts without a village); locked as the last step of each write."""

    village_code = models.CharField(max_length=13, primary_key=True)
    change_no = models.BigIntegerField(default=0)
    audit_no = models.BigIntegerField(default=0)
    audit_head = models.CharField(max_length=64, default="")

    class Privacy:
        internal = ("village_code", "change_no", "audit_no", "audit_head")


class Event(VillageOwned):
    """One link of a village's audit chain. Holds ids, codes and keyed digests, never personal values."""

    audit_no = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.CharField(max_length=40)
    actor_role = models.CharField(max_length=40, blank=True)
    via = models.CharField(max_length=20)
    act_id = models.UUIDField(null=True)
    event = models.CharField(max_length=60)
    subjects = models.JSONField(default=list)
    details = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village_code", "audit_no"], name="event_one_per_number")]
        indexes = [models.Index(fields=["village_code", "event", "at"], name="event_by_kind")]

    class Privacy:
        internal = (
            "id", "village_code", "audit_no", "at", "actor_id", "actor_role", "via", "act_id", "event",
            "subjects", "details", "prev_hash", "hash",
        )  # fmt: skip


class EventSubject(models.Model):
    """Whom an event was about, to answer "who looked at my data"."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="subject_rows", db_constraint=False)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["subject_id"], name="eventsubject_by_id")]

    class Privacy:
        internal = ("id", "event", "subject_type", "subject_id")


class Outcome(models.TextChoices):
    DONE = "done", "Selesai"
    REFUSED = "refused", "Ditolak"
    NEEDS_REVIEW = "needs_review", "Perlu diputuskan petugas"


class Receipt(Identified):
    """The answer to one act of one actor: digest and outcome, not the payload."""

    act_id = models.UUIDField()
    actor_id = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reasons = models.JSONField(default=list)
    result = models.JSONField(default=dict)
    village_code = models.CharField(max_length=13)
    via = models.CharField(max_length=20)
    made_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_id", "act_id"], name="receipt_one_per_act")]

    class Privacy:
        internal = (
            "id", "act_id", "actor_id", "action", "version", "digest", "outcome", "result", "village_code", "via",
            "made_at", "at",
        )  # fmt: skip
        personal = ("reasons",)


class ReviewPayload(Identified):
    """The sealed payload of an act that waits for a person; expires."""

    receipt = models.OneToOneField(Receipt, on_delete=models.CASCADE, related_name="review_payload")
    sealed = models.BinaryField()
    expires_at = models.DateTimeField()

    class Privacy:
        internal = ("id", "receipt", "expires_at")
        protective = ("sealed",)


class Decision(models.TextChoices):
    APPLIED = "applied", "Dipakai"
    DISCARDED = "discarded", "Dibuang"


class ReviewDecision(VillageOwned):
    """What a person decided about an act that waited for one. Written once, never changed; the receipt stays as it
    was, and the sealed payload is gone from then on."""

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="review_decision")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    actor_id = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Privacy:
        internal = ("id", "village_code", "receipt", "decision", "actor_id", "at")


class Change(models.Model):
    """One record changed: the cursor of sync, numbered per village without gaps, never by timestamp."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    village_code = models.CharField(max_length=13)
    change_no = models.BigIntegerField()
    model = models.CharField(max_length=60)
    record_id = models.UUIDField()
    gone = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village_code", "change_no"], name="change_one_per_number")]

    class Privacy:
        internal = ("id", "village_code", "change_no", "model", "record_id", "gone")


class FactDelta(VillageOwned):
    """An indicator's delta, appended in the transaction and folded into roll-ups outside it."""

    code = models.CharField(max_length=20)
    on = models.DateField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    key = models.CharField(max_length=80, blank=True)
    folded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [  # a fold takes those that wait in this order; a folded fact is asked for by its moment only
            models.Index(fields=["village_code", "id"], condition=models.Q(folded_at=None), name="factdelta_waiting"),
            models.Index(fields=["folded_at"], condition=models.Q(folded_at__isnull=False), name="factdelta_by_moment"),
        ]

    class Privacy:
        internal = ("id", "village_code", "code", "on", "numerator", "denominator", "key", "folded_at")


class TimelineEntry(VillageOwned):
    """One line of a household's history, over all services. `params` fill the sentence of its `kind`."""

    household_id = models.UUIDField()
    resident_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    on = models.DateField()
    at = models.DateTimeField()
    params = models.JSONField(default=dict)
    privacy = models.CharField(max_length=10)
    link = models.CharField(max_length=120, blank=True)
    actor_id = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["household_id", "-on", "-at"], name="timeline_of_household")]

    class Privacy:
        internal = (
            "id",
            "village_code",
            "household_id",
            "resident_id",
            "kind",
            "on",
            "at",
            "privacy",
            "link",
            "actor_id",
        )
        personal = ("params",)


class Signal(VillageOwned):
    """A state of a household (or of one member) that other services act on; ended, never deleted."""

    household_id = models.UUIDField()
    resident_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)
    privacy = models.CharField(max_length=10)

    class Meta:
        indexes = [models.Index(fields=["household_id", "until"], name="signal_live_of_household")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="signal_ends_after_it_began",
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "household_id", "resident_id", "since", "until", "privacy")
        personal = ("kind",)
