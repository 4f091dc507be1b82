"""A worry about a child: for those whom it names, and for nobody else."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.parenting.models.children import Child
from desmigratif.people.models import HandOver
from desmigratif.shared.models import VillageOwned


class WorryQuerySet(ScopedQuerySet["Worry"]):
    see_permission = Permission.WORRY_SEE

    def visible_to(self, by: Actor, *, on: date | None = None) -> Self:
        """Only worries that name this person as a reader, and only inside their regions."""
        return super().visible_to(by, on=on).filter(readers__user_id=by.id)


class Worry(VillageOwned):
    """What somebody noticed, sealed with a key of its own; `writer_id` is a reader too.

    No line in a history, no mark on the child: whoever is not named cannot tell that there is one.
    """

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="worries")
    on = models.DateField()
    writer_id = models.UUIDField()
    text_sealed = models.BinaryField()
    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=20, blank=True)
    closing_sealed = models.BinaryField(null=True)

    objects: ClassVar[WorryQuerySet] = WorryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_because="") | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                name="worry_closed_with_reason",
            )
        ]

    class Privacy:
        internal = ("id", "village_code")
        protective = (
            "child", "on", "writer_id", "text_sealed", "hand_over", "closed_on", "closed_because", "closing_sealed",
        )  # fmt: skip


class WorryReader(VillageOwned):
    """One person who may read one worry."""

    worry = models.ForeignKey(Worry, on_delete=models.PROTECT, related_name="readers")
    user_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worry", "user_id"], name="worryreader_once")]
        indexes = [models.Index(fields=["user_id"], name="worryreader_by_user")]

    class Privacy:
        internal = ("id", "village_code")
        protective = ("worry", "user_id")
