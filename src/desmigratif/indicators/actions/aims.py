"""Targets by region and year; months whose figures are published."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.checks import refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.indicators.inputs.aims import PublishMonth, SetTarget
from desmigratif.indicators.models import PublishedMonth, RollUp, Target
from desmigratif.indicators.roll_ups.folding import fold, next_moment
from desmigratif.indicators.rules import aims as rules
from desmigratif.indicators.rules.definitions import PILLARS
from desmigratif.indicators.rules.periods import Month
from desmigratif.regions.models import Region
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import Reason, Refusal

SET = Permission.FIGURES_SET


class CannotSetTarget(Refusal):
    code = "cannot_set_target"


class CannotPublish(Refusal):
    code = "cannot_publish"


@action("indicators.set_target", SET)
def set_target(*, by: Actor, given: SetTarget, now: datetime) -> Target:
    """Set down what a region aims at in a year; what stood before is in the event."""
    require(by, SET, given.region_code)
    known = given.region_code == NATION or Region.objects.filter(code=given.region_code, valid_until=None).exists()
    today = today_in(given.region_code, now)
    if reasons := rules.reasons_not_to_aim(
        code=given.code, year=given.year, value=given.value, is_known_region=known, today=today
    ):
        raise CannotSetTarget(reasons)
    same = {"region_code": given.region_code, "code": given.code, "year": given.year}
    standing = Target.objects.select_for_update().filter(**same).first()
    if standing is None:
        refuse_taken_ids(Target, [given.target_id])
        target = Target.objects.create(id=given.target_id, value=given.value, source=given.source, **same)
        _note("target.set", target)
        return target
    if (standing.value, standing.source) == (given.value, given.source):
        raise CannotSetTarget(Reason("set_already", "Target ini sudah tercatat sama persis.", field="value"))
    before = {"value": str(standing.value), "source": standing.source}
    standing.value, standing.source = given.value, given.source
    standing.save(update_fields=["value", "source"])
    _note("target.changed", standing, before=before)
    return standing


def _note(event: str, target: Target, **details: object) -> None:
    unit.record(
        event, village_code=target.region_code, subjects=[Subject("target", target.id)], code=target.code,
        year=target.year, value=str(target.value), **details,
    )  # fmt: skip


@action("indicators.publish_month", SET)
def publish_month(*, by: Actor, given: PublishMonth, now: datetime) -> PublishedMonth:
    """Publish the figures of a month for the whole country: everything known so far is added up first."""
    require(by, SET, by.home_code)
    if not by.may(SET, NATION):
        text = "Angka bulanan diterbitkan untuk seluruh Indonesia, oleh kementerian."
        raise CannotPublish(Reason("not_for_the_country", text))
    month = Month.parse(given.month)
    is_published = PublishedMonth.objects.filter(month=month.key).exists()
    # The country's clocks end a month with Jakarta's: the furthest west is the last to begin a day.
    reasons = rules.reasons_not_to_publish(month=month, is_published=is_published, today=today_in(NATION, now))
    if reasons:
        raise CannotPublish(reasons)
    fold(now)
    facts = RollUp.objects.filter(level=0, period=month.key).exclude(code__in=PILLARS).aggregate(n=Sum("facts"))["n"]
    published = PublishedMonth.objects.create(
        month=month.key, frozen_at=next_moment(now), by_id=str(by.id), facts=facts or 0
    )
    unit.record("figures.published", month=str(month), facts=published.facts)
    return published
