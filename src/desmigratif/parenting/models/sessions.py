"""The timetable of a centre, its sessions, and who came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.parenting.models.centres import Centre, OwnTheme, Volunteer
from desmigratif.parenting.models.children import Child
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class TimetableSlotQuerySet(ScopedQuerySet["TimetableSlot"]):
    see_permission = Permission.CENTRE_SEE

    def standing(self) -> TimetableSlotQuerySet:
        return self.filter(until=None)


class SessionQuerySet(ScopedQuerySet["Session"]):
    see_permission = Permission.CENTRE_SEE


class RollMarkQuerySet(ScopedQuerySet["RollMark"]):
    see_permission = Permission.CHILD_SEE


class CaregiverScoreQuerySet(ScopedQuerySet["CaregiverScore"]):
    see_permission = Permission.CHILD_SEE


class SessionState(models.TextChoices):
    PLANNED = "planned", "Direncanakan"
    HELD = "held", "Terlaksana"
    CANCELLED = "cancelled", "Dibatalkan"


class TimetableSlot(VillageOwned):
    """One line of the timetable: every week on this day at this hour."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="slots")
    weekday = models.PositiveSmallIntegerField()
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    leader = models.ForeignKey(Volunteer, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    objects: ClassVar[TimetableSlotQuerySet] = TimetableSlotQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="slot_on_a_weekday"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="slot_ends_after_start"),
        ]

    class Privacy:
        internal = ("id", "village_code", "centre", "weekday", "at", "minutes", "kind", "leader", "since", "until")


class Session(VillageOwned):
    """One meeting: planned, then held or cancelled. The counts stand when it was held; names stand in the marks.

    A caregivers' class counts those who came as `present`. `theme` is a code of the list, or `own_theme` its own.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="sessions")
    slot = models.ForeignKey(TimetableSlot, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    theme = models.CharField(max_length=30, blank=True)
    own_theme = models.ForeignKey(OwnTheme, on_delete=models.PROTECT, null=True, related_name="+")
    leader = models.ForeignKey(Volunteer, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    cancelled_because = models.CharField(max_length=20, blank=True)
    present = models.PositiveSmallIntegerField(null=True)
    excused = models.PositiveSmallIntegerField(null=True)
    absent = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[SessionQuerySet] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held", present__isnull=False, excused__isnull=False, absent__isnull=False)
                | (~Q(state="held") & Q(present=None, excused=None, absent=None)),
                name="session_counts_when_held",
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(cancelled_because=""))
                | (~Q(state="cancelled") & Q(cancelled_because="")),
                name="session_cancelled_with_reason",
            ),
            models.CheckConstraint(condition=Q(theme="") | Q(own_theme=None), name="session_has_one_theme"),
            models.UniqueConstraint(
                fields=["centre", "on", "at", "kind"], condition=~Q(state="cancelled"), name="session_once"
            ),
        ]
        indexes = [models.Index(fields=["village_code", "state", "on"], name="session_by_state")]

    class Privacy:
        internal = (
            "id", "village_code", "centre", "slot", "on", "at", "minutes", "kind", "theme", "own_theme", "leader",
            "state", "cancelled_because", "present", "excused", "absent", "version",
        )  # fmt: skip


class RollMark(VillageOwned):
    """Whether one child came to one session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="marks")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="roll_marks")
    on = models.DateField()
    mark = models.CharField(max_length=8)

    objects: ClassVar[RollMarkQuerySet] = RollMarkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "child"], name="roll_mark_one_per_child"),
            models.CheckConstraint(condition=Q(mark__in=["present", "excused", "absent"]), name="roll_mark_known"),
        ]
        indexes = [models.Index(fields=["child", "on"], name="roll_mark_by_child")]

    class Privacy:
        internal = ("id", "village_code", "session")
        specific = ("child", "on", "mark")


class CaregiverScore(VillageOwned):
    """What one caregiver knew before and after a class; None = was not asked."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="scores")
    caregiver = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    before = models.PositiveSmallIntegerField(null=True)
    after = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[CaregiverScoreQuerySet] = CaregiverScoreQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "caregiver"], name="caregiver_score_one_per_caregiver"),
            models.CheckConstraint(
                condition=(Q(before=None) | Q(before__lte=100)) & (Q(after=None) | Q(after__lte=100)),
                name="caregiver_score_in_range",
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "session")
        specific = ("caregiver", "before", "after")
