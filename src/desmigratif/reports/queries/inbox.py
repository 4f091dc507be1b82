"""What comes by itself: one's own subscriptions, and the files that were made for them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.reports.models import InboxFile, Subscription
from desmigratif.reports.rules.monthly import inbox_on
from desmigratif.reports.rules.table import last_period


def subscriptions_of(by: Actor) -> QuerySet[Subscription]:
    """One's own that stand."""
    return Subscription.objects.filter(user_id=by.id, ended_on=None).order_by("region_code", "every")


def files_of(by: Actor) -> QuerySet[InboxFile]:
    """The files made for this person, the newest first, without what they hold."""
    rows = InboxFile.objects.filter(subscription__user_id=by.id).select_related("subscription").defer("figures")
    return rows.order_by("-made_on", "-id")


def file_of(by: Actor, file_id: UUID) -> InboxFile:
    """One of one's own files, in a region whose figures one may still see. Raises `NotFoundOrNotYours`."""
    found = get_or_refuse(InboxFile.objects.filter(subscription__user_id=by.id).select_related("subscription"),
                          id=file_id)  # fmt: skip
    if not by.may(Permission.FIGURES_SEE, found.subscription.region_code):
        return get_or_refuse(InboxFile.objects.none(), id=file_id)
    return found


def files_due(today: date) -> list[tuple[Subscription, str]]:
    """(subscription, period) whose file is due and not made: of each the newest period that is over, and no period
    that was over before somebody asked."""
    due = []
    standing = list(Subscription.objects.filter(ended_on=None).order_by("id"))
    made = set(InboxFile.objects.filter(subscription__in=standing).values_list("subscription_id", "period"))
    for one in standing:
        period = last_period(one.every, today)
        last = period.last.last
        if today >= inbox_on(last) and inbox_on(last) >= one.since and (one.id, period.label) not in made:
            due.append((one, period.label))
    return due
