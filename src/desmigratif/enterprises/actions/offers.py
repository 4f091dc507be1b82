"""What a group decided, plans, is allowed to do, and offers: written down."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.enterprises.actions.common import note, standing_group
from desmigratif.enterprises.actions.photos import keep_photo
from desmigratif.enterprises.inputs.offers import RecordDeliberation, RecordPermit, RecordPlan, RecordProduct
from desmigratif.enterprises.models import Deliberation, Group, Permit, Plan, Product
from desmigratif.enterprises.rules import offers as rules
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.shared.reasons import Reason, Refusal


class CannotRecordOffer(Refusal):
    code = "cannot_record_offer"


@action("enterprises.record_deliberation", Permission.ENTERPRISE_MENTOR)
def record_deliberation(*, by: Actor, given: RecordDeliberation, now: datetime) -> Deliberation:
    """Keep the minutes of a group's talk."""
    require(by, Permission.ENTERPRISE_MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Deliberation, [given.deliberation_id])
    group = standing_group(given.village_code, given.group_id)
    found = Deliberation.objects.create(
        id=given.deliberation_id, village_code=group.village_code, group=group, on=given.on, present=given.present,
        decisions=given.decisions,
    )  # fmt: skip
    unit.changed("enterprises.deliberation", group.village_code, found.id)
    note("group.deliberated", group)
    return found


@action("enterprises.record_plan", Permission.ENTERPRISE_MENTOR)
def record_plan(*, by: Actor, given: RecordPlan, now: datetime) -> Plan:
    """Keep a group's plan; the one before stays in the past."""
    require(by, Permission.ENTERPRISE_MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Plan, [given.plan_id])
    group = standing_group(given.village_code, given.group_id)
    facts = given.model_dump(include={*rules.PlanFacts.__slots__})
    reasons = rules.reasons_not_to_plan(rules.PlanFacts(**facts))
    if given.on < group.formed_on:
        reasons.append(_before_group())
    if reasons:
        raise CannotRecordOffer(reasons)
    Plan.objects.in_village(group.village_code).filter(group=group, is_latest=True).update(is_latest=False)
    plan = Plan.objects.create(
        id=given.plan_id, village_code=group.village_code, group=group, on=given.on, unit=given.unit, **facts
    )
    unit.changed("enterprises.plan", group.village_code, plan.id)
    note("group.planned", group)
    return plan


@action("enterprises.record_permit", Permission.ENTERPRISE_MENTOR)
def record_permit(*, by: Actor, given: RecordPermit, now: datetime) -> Permit:
    """Keep a permit; a newer one of its kind takes its place."""
    require(by, Permission.ENTERPRISE_MENTOR, given.village_code)
    today = checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Permit, [given.permit_id])
    group = standing_group(given.village_code, given.group_id)
    standing = Permit.objects.in_village(group.village_code).filter(group=group, kind=given.kind, is_latest=True)
    before = standing.first()
    reasons = rules.reasons_not_to_keep(given.kind, issued_on=given.issued_on, until=given.valid_until, today=today)
    if before is not None and given.issued_on < before.issued_on:
        text = "Sudah ada izin yang terbit sesudah tanggal ini."
        reasons.append(Reason("older_permit", text, field="issued_on"))
    if reasons:
        raise CannotRecordOffer(reasons)
    standing.update(is_latest=False)
    permit = Permit.objects.create(
        id=given.permit_id, village_code=group.village_code, group=group, kind=given.kind, number=given.number,
        issued_on=given.issued_on, valid_until=rules.valid_until(given.kind, given.issued_on, given.valid_until),
    )  # fmt: skip
    unit.changed("enterprises.permit", group.village_code, permit.id)
    note("group.permitted", group, kind=given.kind)
    return permit


@action("enterprises.record_product", Permission.ENTERPRISE_MENTOR)
def record_product(*, by: Actor, given: RecordProduct, now: datetime) -> Product:
    """Keep what a group sells, new or changed; a new photo takes the place of the old one, which is destroyed."""
    require(by, Permission.ENTERPRISE_MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    group = standing_group(given.village_code, given.group_id)
    others = Product.objects.in_village(group.village_code).filter(group=group, name__iexact=given.name)
    taken = others.exclude(id=given.product_id).exists()
    if reasons := rules.reasons_not_to_offer(price_rupiah=given.price_rupiah, name_is_taken=taken):
        raise CannotRecordOffer(reasons)
    product = _product_to_write(group, given)
    product.name, product.unit, product.price_rupiah = given.name, given.unit, given.price_rupiah
    product.about, product.is_sold = given.about, given.is_sold
    before = product.photo
    if given.picture is not None:
        product.photo = keep_photo(group, given.picture, photo_id=given.photo_id, on=given.on)
    product.save()
    if given.picture is not None and before is not None:
        unit.changed("enterprises.photo", group.village_code, before.id, gone=True)
        before.delete()
    unit.changed("enterprises.product", group.village_code, product.id)
    note("group.product_recorded", group)
    return product


def _product_to_write(group: Group, given: RecordProduct) -> Product:
    rows = Product.objects.in_village(group.village_code).select_related("photo")
    found = rows.filter(group=group, id=given.product_id).first()
    if found is None:
        refuse_taken_ids(Product, [given.product_id])
        return Product(id=given.product_id, village_code=group.village_code, group=group)
    return found


def _before_group() -> Reason:
    return Reason("before_group", "Tanggalnya sebelum kelompok ini dibentuk.", field="on")
