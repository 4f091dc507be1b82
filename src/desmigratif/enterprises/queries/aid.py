"""Help given to a group, as its mentor sees it."""

from __future__ import annotations

from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.enterprises.models import Asset, AssetCheck, FaultTicket, Group, NeedsSheet


def assets_of(group: Group) -> list[Asset]:
    """Everything promised to a group that was asked for, the newest promise first."""
    rows = Asset.objects.in_village(group.village_code).filter(group=group)
    return list(rows.select_related("receiver__resident").order_by("-promised_on", "-id"))


def needs_of(group: Group) -> list[NeedsSheet]:
    rows = NeedsSheet.objects.in_village(group.village_code).filter(group=group)
    return list(rows.order_by("-on", "-id"))


def asset_of(by: Actor, asset_id: UUID) -> Asset:
    """One thing with its group and receiver. Raises `NotFoundOrNotYours`."""
    rows = Asset.objects.visible_to(by).select_related("group", "receiver__resident", "needs")
    return get_or_refuse(rows, "asset_id", id=asset_id)


def checks_of(asset: Asset) -> list[AssetCheck]:
    """How a thing was found, the newest first."""
    return list(AssetCheck.objects.in_village(asset.village_code).filter(asset=asset).order_by("-on", "-id"))


def tickets_of(asset: Asset) -> list[FaultTicket]:
    rows = FaultTicket.objects.in_village(asset.village_code).filter(asset=asset)
    return list(rows.order_by("-told_on", "-id"))


def ticket_of(by: Actor, ticket_id: UUID) -> FaultTicket:
    """One fault with its thing. Raises `NotFoundOrNotYours`."""
    rows = FaultTicket.objects.visible_to(by).select_related("asset__group")
    return get_or_refuse(rows, "ticket_id", id=ticket_id)
