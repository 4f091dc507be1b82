"""Offering mudharabah savings, and another nisbah for them."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.actions.ledger.books import books_of
from desmigratif.cooperative.actions.ledger.chart import open_accounts
from desmigratif.cooperative.actions.savings.accounts import CannotOfferSavings, add_rate
from desmigratif.cooperative.actions.till import note
from desmigratif.cooperative.inputs.sharia.savers import ChangeNisbah, OfferMudharabah
from desmigratif.cooperative.models import InterestBasis, SavingsKind, SavingsNisbah, SavingsProduct
from desmigratif.cooperative.rules.sharia import savers as rules
from desmigratif.cooperative.rules.sharia.contracts import reasons_not_to_serve_contracts
from desmigratif.regions.queries import today_in
from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason


@action("cooperative.offer_mudharabah", Permission.COOPERATIVE_SET_UP)
def offer_mudharabah(*, by: Actor, given: OfferMudharabah, now: datetime) -> SavingsProduct:
    """Offer savings that have a part of what their money earns; no rate is promised."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    reasons = reasons_not_to_serve_contracts(cooperative.sharia_since, given.since)
    reasons += rules.reasons_against_nisbah(_nisbah_of(given), given.since)
    if SavingsProduct.objects.of(cooperative).filter(name=given.name).exists():
        reasons.append(Reason("name_taken", "Nama simpanan ini sudah dipakai.", field="name"))
    if reasons:
        raise CannotOfferSavings(reasons)
    open_accounts(cooperative, value_on("cooperative_sharia.accounts", given.since))  # books of an older chart
    product = SavingsProduct.objects.create(
        id=given.product_id, village_code=cooperative.village_code, cooperative=cooperative, name=given.name,
        kind=SavingsKind.MUDHARABAH, basis=InterestBasis.AVERAGE, term_months=given.term_months,
        minimum_balance_rupiah=given.minimum_balance_rupiah,
    )  # fmt: skip
    add_rate(cooperative, product, given.since, rules.NO_RATE)
    SavingsNisbah.objects.create(
        village_code=cooperative.village_code, cooperative=cooperative, product=product, since=given.since,
        saver_percent=given.saver_percent, weight_percent=given.weight_percent, decision=given.decision,
    )  # fmt: skip
    note("savings_product.added", cooperative, Subject("savings_product", product.id), kind=product.kind)
    return product


@action("cooperative.change_nisbah", Permission.COOPERATIVE_SET_UP)
def change_nisbah(*, by: Actor, given: ChangeNisbah, now: datetime) -> SavingsNisbah:
    """Part the income of a product otherwise, from a month on of which its savers were told in time."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    rows = SavingsProduct.objects.of(cooperative).filter(kind=SavingsKind.MUDHARABAH).select_for_update()
    product = get_or_refuse(rows, "product_id", id=given.product_id)
    today = today_in(cooperative.village_code, now)
    reasons = rules.reasons_against_nisbah(_nisbah_of(given), given.since)
    reasons += rules.reasons_not_to_change_nisbah(since=given.since, told_on=given.told_on, on=today)
    last = SavingsNisbah.objects.of(cooperative).filter(product=product).order_by("-since").first()
    if last is not None and given.since <= last.since:
        text = "Nisbah baru harus berlaku sesudah nisbah yang terakhir."
        reasons.append(Reason("not_after_last", text, field="since"))
    if reasons:
        raise CannotOfferSavings(reasons)
    nisbah = SavingsNisbah.objects.create(
        id=given.nisbah_id, village_code=cooperative.village_code, cooperative=cooperative, product=product,
        since=given.since, saver_percent=given.saver_percent, weight_percent=given.weight_percent,
        told_on=given.told_on, decision=given.decision,
    )  # fmt: skip
    note(
        "savings_nisbah.changed", cooperative, Subject("savings_product", product.id), since=given.since.isoformat(),
        savers=str(given.saver_percent),
    )  # fmt: skip
    return nisbah


def _nisbah_of(given: OfferMudharabah | ChangeNisbah) -> rules.Nisbah:
    return rules.Nisbah(given.saver_percent, given.cooperative_percent, given.weight_percent)
