"""Reports that come by themselves: asking for them, no longer asking, and what the clock makes."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.checks import refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.models import User
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import actor_for
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.indicators.rules.periods import Period
from desmigratif.regions.queries import today_in
from desmigratif.reports.inputs.inbox import FillInbox, Subscribe, Unsubscribe
from desmigratif.reports.models import InboxFile, Subscription
from desmigratif.reports.queries.region import names_in, region_table
from desmigratif.shared.reasons import Reason, Refusal

SEE = Permission.FIGURES_SEE


class CannotSubscribe(Refusal):
    code = "cannot_subscribe"


class CannotFillInbox(Refusal):
    code = "cannot_fill_inbox"


@action("reports.subscribe", SEE)
def subscribe(*, by: Actor, given: Subscribe, now: datetime) -> Subscription:
    """Have a region's report made for oneself after every month, quarter or year."""
    require(by, SEE, given.region_code)
    names_in(given.region_code)
    refuse_taken_ids(Subscription, [given.subscription_id])
    if Subscription.objects.filter(
        user_id=by.id, region_code=given.region_code, every=given.every, ended_on=None
    ).exists():
        raise CannotSubscribe(Reason("subscribed_already", "Laporan ini sudah Anda minta.", field="every"))
    found = Subscription.objects.create(
        id=given.subscription_id, user_id=by.id, region_code=given.region_code, every=given.every,
        since=today_in(given.region_code, now),
    )  # fmt: skip
    unit.record("report.subscribed", subjects=[Subject("subscription", found.id)], region=given.region_code)
    return found


@action("reports.unsubscribe", SEE)
def unsubscribe(*, by: Actor, given: Unsubscribe, now: datetime) -> Subscription:
    """No more of them. What came stays in the inbox."""
    mine = Subscription.objects.filter(user_id=by.id, ended_on=None).select_for_update()
    found = get_or_refuse(mine, "subscription_id", id=given.subscription_id)
    require(by, SEE, by.home_code)
    found.ended_on = today_in(by.home_code, now)
    found.save(update_fields=["ended_on"])
    unit.record("report.unsubscribed", subjects=[Subject("subscription", found.id)])
    return found


@action("reports.fill_inbox", Permission.REPORT_FILL)
def fill_inbox(*, by: Actor, given: FillInbox, now: datetime) -> InboxFile:
    """Make the file of one subscription with the eyes of who asked: whoever lost the region gets nothing more."""
    found = get_or_refuse(Subscription.objects.filter(ended_on=None), "subscription_id", id=given.subscription_id)
    require(by, Permission.REPORT_FILL, found.region_code)
    today = today_in(found.region_code, now)
    period = Period.parse(given.period)
    if period.last.last >= today:
        raise CannotFillInbox(Reason("period_not_over", "Masa laporan ini belum selesai.", field="period"))
    owner = User.objects.filter(pk=found.user_id, is_active=True).first()
    reader = actor_for(owner, today=today) if owner else None
    if reader is None or not reader.may(SEE, found.region_code):
        raise CannotFillInbox(Reason("reader_gone", "Peminta laporan ini tidak lagi berwenang atas wilayahnya."))
    refuse_taken_ids(InboxFile, [given.file_id])
    made = InboxFile.objects.create(
        id=given.file_id, subscription=found, period=period.label, made_on=today,
        figures=region_table(reader, found.region_code, period, made_on=today).as_dict(),
    )  # fmt: skip
    unit.record("report.inbox_filled", subjects=[Subject("subscription", found.id)], period=period.label)
    return made
