"""Groups that do business together, and who belongs to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class GroupQuerySet(ScopedQuerySet["Group"]):
    see_permission = Permission.ENTERPRISE_SEE


class GroupMemberQuerySet(ScopedQuerySet["Member"]):
    see_permission = Permission.ENTERPRISE_SEE

    def standing(self) -> GroupMemberQuerySet:
        """Who belongs to a group now."""
        return self.filter(until=None)


class Post(models.TextChoices):
    """What the group's deliberation asked a member to do."""

    CHAIR = "chair", "Ketua"
    SECRETARY = "secretary", "Sekretaris"
    TREASURER = "treasurer", "Bendahara"
    MEMBER = "member", "Anggota"


class Tie(models.TextChoices):
    """How a member is tied to a migrant worker."""

    RETURNEE = "returnee", "Pernah bekerja di luar negeri"
    SPOUSE = "spouse", "Suami atau istri"
    CHILD = "child", "Anak"
    PARENT = "parent", "Orang tua"
    FAMILY = "family", "Keluarga lain"
    NONE = "none", "Bukan keluarga PMI"


class Group(VillageOwned):
    """People of a village who run a business together. `trade` is a code of regulations/enterprises.yaml."""

    name = models.CharField(max_length=80)
    trade = models.CharField(max_length=20)
    product = models.CharField(max_length=80, blank=True)
    formed_on = models.DateField()
    decree = models.CharField(max_length=60, blank=True)

    objects: ClassVar[GroupQuerySet] = GroupQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village_code", "name"], name="enterprise_group_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="enterprise_group_has_a_name"),
        ]

    class Privacy:
        public = ("name", "trade", "product")
        internal = ("id", "village_code", "formed_on", "decree")

    def __str__(self) -> str:
        return self.name


class Member(VillageOwned):
    """Somebody in a group, from a day on and perhaps until one. `tie` is said, and corrected, by people."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="enterprise_members")
    post = models.CharField(max_length=10, choices=Post.choices, default=Post.MEMBER)
    tie = models.CharField(max_length=10, choices=Tie.choices)
    since = models.DateField()
    until = models.DateField(null=True)
    left_because = models.CharField(max_length=20, blank=True)

    objects: ClassVar[GroupMemberQuerySet] = GroupMemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "resident"], condition=Q(until=None), name="enterprise_member_once_in_a_group"
            ),
            models.UniqueConstraint(
                fields=["group", "post"], condition=Q(until=None) & ~Q(post="member"), name="enterprise_post_held_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None, left_because="") | (Q(until__gte=F("since")) & ~Q(left_because="")),
                name="enterprise_member_left_whole",
            ),
        ]
        indexes = [models.Index(fields=["village_code", "until"], name="enterprise_member_standing")]

    class Privacy:
        internal = ("id", "village_code", "group", "resident", "since", "until")
        personal = ("post", "tie", "left_because")
