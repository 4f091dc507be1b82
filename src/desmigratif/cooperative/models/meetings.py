"""The members' meeting: who was called and came, what was decided, who was chosen, what was reported.

A *meeting* is called, opened when there are enough, and closed with its minutes. One without a quorum is adjourned and
another, which `follows` it, is called. A *decision* is what the members said; distributing a surplus asks for one. An
*office term* is somebody chosen for the board or the supervisors.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.cooperative.models.members import Member
from desmigratif.shared.models import VillageOwned


class MeetingQuerySet(CooperativeOwnedQuerySet["Meeting"]):
    def standing(self) -> MeetingQuerySet:
        """Called, open or held; not those that came to nothing."""
        return self.exclude(status__in=(MeetingStatus.ADJOURNED, MeetingStatus.CANCELLED))


class AttendanceQuerySet(CooperativeOwnedQuerySet["Attendance"]):
    pass


class DelegateGroupQuerySet(CooperativeOwnedQuerySet["DelegateGroup"]):
    pass


class DelegateQuerySet(CooperativeOwnedQuerySet["Delegate"]):
    pass


class DecisionQuerySet(CooperativeOwnedQuerySet["Decision"]):
    def carried(self) -> DecisionQuerySet:
        return self.filter(is_carried=True)


class OfficeTermQuerySet(CooperativeOwnedQuerySet["OfficeTerm"]):
    pass


class MeetingReportQuerySet(CooperativeOwnedQuerySet["MeetingReport"]):
    pass


class MeetingKind(models.TextChoices):
    ANNUAL = "annual", "Rapat anggota tahunan"
    EXTRAORDINARY = "extraordinary", "Rapat anggota luar biasa"


class MeetingStatus(models.TextChoices):
    CALLED = "called", "Diundang"
    OPEN = "open", "Sedang berlangsung"
    HELD = "held", "Selesai"
    ADJOURNED = "adjourned", "Ditunda, tidak cukup yang hadir"
    CANCELLED = "cancelled", "Dibatalkan"


class AttendanceWay(models.TextChoices):
    IN_PERSON = "in_person", "Hadir"
    ONLINE = "online", "Lewat daring"
    PROXY = "proxy", "Diwakili"


class DecisionKind(models.TextChoices):
    ACCOUNTS = "accounts", "Pengesahan laporan pengurus dan keuangan"
    SUPERVISION = "supervision", "Pengesahan laporan pengawas"
    SURPLUS = "surplus", "Pembagian SHU"
    PLAN = "plan", "Rencana kerja dan anggaran"
    OTHER = "other", "Keputusan lain"


class Office(models.TextChoices):
    CHAIR = "chair", "Ketua"
    VICE_CHAIR = "vice_chair", "Wakil ketua"
    SECRETARY = "secretary", "Sekretaris"
    TREASURER = "treasurer", "Bendahara"
    HEAD_SUPERVISOR = "head_supervisor", "Ketua pengawas"
    SUPERVISOR = "supervisor", "Anggota pengawas"


class ReportKind(models.TextChoices):
    BOARD = "board", "Laporan pengurus"
    SUPERVISORS = "supervisors", "Laporan pengawas"
    AUDITOR = "auditor", "Laporan auditor independen"


class HealthAnswersQuerySet(CooperativeOwnedQuerySet["HealthAnswers"]):
    pass


class Meeting(VillageOwned):
    """`needed` and `present` are heads, counted when it was opened; `members` are those who might have come.

    `agenda` is a list of `{"kind", "title"}`, in order. `proxies_each`: for how many others one member may speak here.
    `delegates_each`: for so many members one delegate comes; None where every member may come. With delegates `members`
    counts them. `notice_days`, `quorum_percent`, `second_percent`: as the articles said when it was called; None = the
    law's model.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=MeetingKind.choices)
    book_year = models.PositiveSmallIntegerField(null=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=9, choices=MeetingStatus.choices, default=MeetingStatus.CALLED)
    invited_on = models.DateField()
    on = models.DateField()
    at = models.CharField(max_length=5)
    place = models.CharField(max_length=120)
    agenda = models.JSONField(default=list)
    proxies_each = models.PositiveSmallIntegerField(default=0)
    delegates_each = models.PositiveSmallIntegerField(null=True)
    notice_days = models.PositiveSmallIntegerField(null=True)
    quorum_percent = models.PositiveSmallIntegerField(null=True)
    second_percent = models.PositiveSmallIntegerField(null=True)
    members = models.PositiveIntegerField(null=True)
    needed = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    led_by = models.CharField(max_length=100, blank=True)
    written_by = models.CharField(max_length=100, blank=True)
    notes = models.TextField(blank=True)
    ended_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    reported_as = models.CharField(max_length=120, blank=True)

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["cooperative", "on"], name="meeting_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "book_year"],
                condition=Q(kind="annual", status__in=("called", "open", "held")), name="meeting_one_for_a_year",
            ),
            models.CheckConstraint(
                condition=Q(kind="annual", book_year__isnull=False) | Q(kind="extraordinary", book_year__isnull=True),
                name="meeting_annual_has_a_year",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("open", "held"))
                | Q(needed__isnull=False, present__isnull=False, present__gte=F("needed")),
                name="meeting_opens_with_a_quorum",
            ),
            models.CheckConstraint(condition=Q(invited_on__lte=F("on")), name="meeting_invited_before"),
            models.CheckConstraint(
                condition=Q(quorum_percent__isnull=True) | Q(quorum_percent__range=(1, 99)),
                name="meeting_quorum_is_a_part",
            ),
        ]  # fmt: skip

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "kind", "book_year", "follows", "status", "invited_on", "on", "at",
            "place", "agenda", "proxies_each", "delegates_each", "members", "needed", "present", "ended_on",
            "reported_on", "reported_as", "notice_days", "quorum_percent", "second_percent",
        )  # fmt: skip
        personal = ("led_by", "written_by", "notes")


class Attendance(VillageOwned):
    """One member at one meeting; `holder` is the member who speaks for one who is represented."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=9, choices=AttendanceWay.choices)
    holder = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[AttendanceQuerySet] = AttendanceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once_a_meeting"),
            models.CheckConstraint(
                condition=Q(way="proxy", holder__isnull=False) | (~Q(way="proxy") & Q(holder__isnull=True)),
                name="attendance_proxy_has_a_holder",
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "meeting", "member", "way", "holder")


class DelegateGroup(VillageOwned):
    """Members who choose together whom they send to one meeting; `numbers` are spans of the register, `[[1, 20]]`.

    Until its own meeting was written down there is no `met_on`; `members` and `present` are heads on that day.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="delegate_groups")
    name = models.CharField(max_length=60)
    numbers = models.JSONField(default=list)
    met_on = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)
    members = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    led_by = models.CharField(max_length=100, blank=True)
    written_by = models.CharField(max_length=100, blank=True)
    notes = models.TextField(blank=True)

    objects: ClassVar[DelegateGroupQuerySet] = DelegateGroupQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "name"], name="delegate_group_once_a_meeting"),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True, present__isnull=True, members__isnull=True)
                | Q(met_on__isnull=False, present__isnull=False, members__gte=F("present")),
                name="delegate_group_met_with_its_own",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "meeting", "name", "numbers", "met_on", "place", "members", "present",
        )  # fmt: skip
        personal = ("led_by", "written_by", "notes")


class Delegate(VillageOwned):
    """A member whom a group sends to a meeting, to speak and vote there with one vote."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="delegates")
    group = models.ForeignKey(DelegateGroup, on_delete=models.PROTECT, related_name="delegates")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[DelegateQuerySet] = DelegateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="delegate_once_a_meeting")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "meeting", "group")
        personal = ("member",)


class Decision(VillageOwned):
    """What the members said about one matter. Without a vote `is_unanimous`, and no votes are counted."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=11, choices=DecisionKind.choices)
    book_year = models.PositiveSmallIntegerField(null=True)
    text = models.CharField(max_length=600)
    is_unanimous = models.BooleanField()
    votes_for = models.PositiveIntegerField(default=0)
    votes_against = models.PositiveIntegerField(default=0)
    abstained = models.PositiveIntegerField(default=0)
    is_carried = models.BooleanField()

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_one_per_number"),
            models.UniqueConstraint(
                fields=["cooperative", "kind", "book_year"],
                condition=Q(is_carried=True, book_year__isnull=False) & ~Q(kind="other"),
                name="decision_once_for_a_year",
            ),
        ]  # fmt: skip

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "meeting", "number", "kind", "book_year", "is_unanimous", "votes_for",
            "votes_against", "abstained", "is_carried",
        )  # fmt: skip
        personal = ("text",)


class OfficeTerm(VillageOwned):
    """Somebody chosen by a meeting for an office, from a day to a day."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="elected")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=15, choices=Office.choices)
    votes = models.PositiveIntegerField(null=True)
    since = models.DateField()
    until = models.DateField()

    objects: ClassVar[OfficeTermQuerySet] = OfficeTermQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["cooperative", "until"], name="office_term_by_end")]
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("since")), name="office_term_ends_after_start")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "meeting", "office", "votes", "since", "until")
        personal = ("member",)


class MeetingReport(VillageOwned):
    """What the board or the supervisors say to the members in their own words, and what an auditor found; until the
    meeting ends."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=11, choices=ReportKind.choices)
    text = models.TextField()
    written_on = models.DateField()
    person_id = models.CharField(max_length=40)

    objects: ClassVar[MeetingReportQuerySet] = MeetingReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "kind"], name="meeting_report_once")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "meeting", "kind", "written_on", "person_id")
        personal = ("text",)


class HealthAnswers(VillageOwned):
    """How many of the form's questions about the management were answered with yes, for one year, by part."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    answered_on = models.DateField()
    person_id = models.CharField(max_length=40)

    objects: ClassVar[HealthAnswersQuerySet] = HealthAnswersQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cooperative", "year"], name="health_answers_once_a_year")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "year", "answers", "answered_on", "person_id")
