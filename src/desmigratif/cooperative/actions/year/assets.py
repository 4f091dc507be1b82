"""The list of fixed assets: how long each lasts, and the day on which one serves no more."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting import post_entry
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.year.closing import RecordFixedAsset, RetireFixedAsset
from desmigratif.cooperative.models import ClosedYear, Cooperative, FixedAsset
from desmigratif.cooperative.queries.ledger.books import chart_of
from desmigratif.cooperative.queries.year.closing import lasting
from desmigratif.cooperative.queries.year.sums import last_of
from desmigratif.cooperative.rules.ledger import NewEntry, NewLeg
from desmigratif.cooperative.rules.year.depreciation import used_up
from desmigratif.shared.reasons import Reason, Refusal

RETIRED = "asset.retired"


class CannotKeepAsset(Refusal):
    code = "cannot_keep_asset"


@action("cooperative.record_fixed_asset", Permission.BOOKS_POST)
def record_fixed_asset(*, by: Actor, given: RecordFixedAsset, now: datetime) -> FixedAsset:
    """Put something that serves for years on the list. Its purchase was entered in the books for itself."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    refuse_future(cooperative.village_code, given.acquired_on, now, field="acquired_on")
    if given.residual_rupiah > given.cost_rupiah:
        text = "Nilai sisanya lebih besar dari harga belinya."
        raise CannotKeepAsset(Reason("residual_too_large", text, field="residual_rupiah"))
    asset = FixedAsset.objects.create(
        id=given.asset_id, village_code=cooperative.village_code, cooperative=cooperative, name=given.name,
        acquired_on=given.acquired_on, cost_rupiah=given.cost_rupiah, residual_rupiah=given.residual_rupiah,
        life_months=given.life_months,
    )  # fmt: skip
    note("fixed_asset.recorded", cooperative, Subject("fixed_asset", asset.id))
    return asset


@action("cooperative.retire_fixed_asset", Permission.BOOKS_POST)
def retire_fixed_asset(*, by: Actor, given: RetireFixedAsset, now: datetime) -> dict[str, object]:
    """Take something off the list and out of the books; what closings have not used up of it is a cost."""
    cooperative = books_of(by, given.cooperative_id, Permission.BOOKS_POST)
    refuse_future(cooperative.village_code, given.on, now)
    lock_book_of(cooperative.id)
    rows = FixedAsset.objects.of(cooperative).select_for_update()
    asset = get_or_refuse(rows, "asset_id", id=given.asset_id)
    if asset.retired_on is not None:
        raise CannotKeepAsset(Reason("retired_already", "Aset ini sudah tidak dipakai.", field="asset_id"))
    if given.on < asset.acquired_on:
        raise CannotKeepAsset(Reason("before_bought", "Tanggalnya sebelum aset ini dibeli.", field="on"))
    asset.retired_on, asset.retired_reason = given.on, given.reason
    asset.save(update_fields=["retired_on", "retired_reason"])
    used, chart = _booked(cooperative, asset), chart_of(cooperative)
    legs = [
        NewLeg(chart["depreciation"], used), NewLeg(chart["other_expense"], asset.cost_rupiah - used),
        NewLeg(chart["fixed_assets"], -asset.cost_rupiah),
    ]  # fmt: skip
    kept = [leg for leg in legs if leg.amount_rupiah]
    memo = f"{asset.name}: {given.reason}"[:200]
    post_entry(cooperative, NewEntry(given.entry_id, given.on, RETIRED, kept, memo))
    note("fixed_asset.retired", cooperative, Subject("fixed_asset", asset.id))
    return {"id": str(asset.id), "cost_rupiah": asset.cost_rupiah - used}


def _booked(cooperative: Cooperative, asset: FixedAsset) -> int:
    """What the closings of years have booked as used up of it."""
    last = ClosedYear.objects.of(cooperative).order_by("-year").values_list("year", flat=True).first()
    day: date | None = last_of(last) if last else None
    return used_up(lasting(asset), day) if day and day >= asset.acquired_on else 0
