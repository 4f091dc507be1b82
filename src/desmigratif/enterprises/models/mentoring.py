"""A mentor visits a group; and how a group ends."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.enterprises.models.groups import Group
from desmigratif.shared.models import VillageOwned


class MentorVisitQuerySet(ScopedQuerySet["MentorVisit"]):
    see_permission = Permission.ENTERPRISE_SEE


class VisitTaskQuerySet(ScopedQuerySet["VisitTask"]):
    see_permission = Permission.ENTERPRISE_SEE


class GroupEndQuerySet(ScopedQuerySet["GroupEnd"]):
    see_permission = Permission.ENTERPRISE_SEE


class MentorVisit(VillageOwned):
    """What a mentor found at a group."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="visits")
    on = models.DateField()
    findings = models.TextField(max_length=1000)

    objects: ClassVar[MentorVisitQuerySet] = MentorVisitQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["village_code", "group", "on"], name="enterprise_visit_of_a_group")]

    class Privacy:
        internal = ("id", "village_code", "group", "on")
        personal = ("findings",)


class VisitTask(VillageOwned):
    """What the group or its mentor does until the next visit."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="tasks")
    visit = models.ForeignKey(MentorVisit, on_delete=models.PROTECT, related_name="tasks")
    text = models.CharField(max_length=160)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)

    objects: ClassVar[VisitTaskQuerySet] = VisitTaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="enterprise_task_says_what")]
        indexes = [models.Index(fields=["village_code", "group", "done_on"], name="enterprise_task_open")]

    class Privacy:
        internal = ("id", "village_code", "group", "visit", "due_on", "done_on")
        personal = ("text",)


class GroupEnd(VillageOwned):
    """A group ended, and why. That it is asleep is found out, never written down."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="ending")
    on = models.DateField()
    cause = models.CharField(max_length=20)
    note = models.CharField(max_length=200, blank=True)

    objects: ClassVar[GroupEndQuerySet] = GroupEndQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "group", "on", "cause", "note")
