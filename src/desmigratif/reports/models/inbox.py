"""Reports that come by themselves: who asked for which, and the files that were made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from desmigratif.shared.models import Identified


class Subscription(Identified):
    """A person asked for the reports of a region, every month, quarter or year. Only its owner sees it."""

    user_id = models.UUIDField()
    region_code = models.CharField(max_length=13)
    every = models.CharField(max_length=1)
    since = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "region_code", "every"], condition=Q(ended_on=None), name="subscription_once"
            ),
            models.CheckConstraint(condition=Q(every__in=["M", "Q", "Y"]), name="subscription_every"),
        ]

    class Privacy:
        internal = ("id", "user_id", "region_code", "every", "since", "ended_on")


class InboxFile(Identified):
    """A report as it was when it was made: figures only, under today's names of the regions."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="files")
    period = models.CharField(max_length=7)
    made_on = models.DateField()
    figures = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "period"], name="inboxfile_once_a_period")]

    class Privacy:
        internal = ("id", "subscription", "period", "made_on", "figures")
