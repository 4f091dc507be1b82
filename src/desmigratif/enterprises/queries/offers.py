"""A group's plan, permits, products and minutes, and how ready it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.enterprises.models import Deliberation, Group, Member, Permit, Plan, Post, Product
from desmigratif.enterprises.models.offers import PermitQuerySet, ProductQuerySet
from desmigratif.enterprises.queries.training import trained_hours
from desmigratif.enterprises.rules import offers as rules
from desmigratif.enterprises.rules.will import Readiness
from desmigratif.shared.dated import value_on


@dataclass(frozen=True, slots=True)
class GroupFile:
    """Everything of a group but its people."""

    plan: Plan | None
    flow: rules.CashFlow | None
    permits: dict[str, Permit]
    products: list[Product]
    deliberations: list[Deliberation]
    readiness: Readiness


def group_file(group: Group, members: list[Member], *, today: date) -> GroupFile:
    """What stands of a group; `members` are all it ever had. Five queries."""
    code = group.village_code
    plan = Plan.objects.in_village(code).filter(group=group, is_latest=True).first()
    flow = rules.cash_flow(facts_of(plan)) if plan else None
    permits = {one.kind: one for one in Permit.objects.in_village(code).filter(group=group, is_latest=True)}
    products = list(Product.objects.in_village(code).filter(group=group).order_by("name", "id"))
    minutes = list(Deliberation.objects.in_village(code).filter(group=group).order_by("-on", "-id")[:12])
    standing = [one for one in members if one.until is None]
    states = {
        str(rules.permits_on(today)[kind]["label"]): rules.permit_state(permits[kind].valid_until, today=today)
        if kind in permits
        else rules.MISSING
        for kind in rules.needed_for(group.trade, on=today)
    }
    facts = rules.GroupFacts(
        members=len(standing), officers=sum(one.post != Post.MEMBER for one in standing),
        trained=len(trained_hours(code, [one.resident_id for one in standing])), deliberations=len(minutes),
        has_plan=plan is not None, plan_earns=flow is not None and flow.profit_rupiah > 0,
        has_product=any(one.is_sold for one in products), permits=states,
    )  # fmt: skip
    return GroupFile(plan, flow, permits, products, minutes, rules.group_readiness(facts, on=today))


def facts_of(plan: Plan) -> rules.PlanFacts:
    return rules.PlanFacts(**{name: getattr(plan, name) for name in rules.PlanFacts.__slots__})


def permits_ending(by: Actor, *, today: date) -> PermitQuerySet:
    """Permits of this person's villages that are over or soon will be, the most urgent first."""
    warn: int = value_on("enterprise_permits.warn_days", today)
    rows = Permit.objects.visible_to(by).filter(is_latest=True, valid_until__lte=today + timedelta(days=warn))
    return rows.select_related("group").order_by("valid_until", "id")


def products_seen(by: Actor) -> ProductQuerySet:
    """What the groups of this person's villages sell now, by group."""
    rows = Product.objects.visible_to(by).filter(is_sold=True).select_related("group")
    return rows.order_by("village_code", "group__name", "name", "id")


def product_of(by: Actor, product_id: object) -> Product:
    """One product with its group. Raises `NotFoundOrNotYours`."""
    return get_or_refuse(Product.objects.visible_to(by).select_related("group"), "product_id", id=product_id)
