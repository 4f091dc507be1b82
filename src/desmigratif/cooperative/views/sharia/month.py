"""What a month's distribution shows, on its page and on paper: its income, its products, its savers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.cooperative.models import (
    Account,
    Cooperative,
    DistributionPart,
    DistributionStatus,
    SavingsDistribution,
)
from desmigratif.cooperative.queries.savings.month_end import SHARE, TAX
from desmigratif.cooperative.queries.sharia.savers import (
    Taking,
    borne_before,
    days_by_account,
    plan_of,
    realised_as_shared,
    slips_of,
)
from desmigratif.cooperative.rules.sharia import savers as rules
from desmigratif.cooperative.rules.sharia.savers import percent_text as percent
from desmigratif.cooperative.views.common import place
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

SOURCES = (
    ("murabahah_margin", "margin_rupiah", gettext_lazy("Margin yang diterima")),
    ("profit_share", "profit_share_rupiah", gettext_lazy("Bagi hasil pembiayaan yang diterima")),
    ("ijarah_rent", "rent_rupiah", gettext_lazy("Sewa sesudah penyusutan")),
)


def why_nothing(one: SavingsDistribution) -> str:
    return rules.why_nothing(realised_as_shared(one), one.savers_rupiah)


def sources_of(found: Cooperative, one: SavingsDistribution) -> list[dict[str, Any]]:
    """Every source of the income with the account in which it stands, opened for the month."""
    accounts = {row.use: row for row in Account.objects.of(found).exclude(use="")}
    span = f"?dari={one.last_on:01-%m-%Y}&sampai={one.last_on:%d-%m-%Y}"
    word = _("Rugi yang dibatalkan") if one.loss_rupiah < 0 else _("Rugi pembiayaan")
    lost = ("profit_share_loss", "loss_rupiah", word)
    return [
        {
            "label": label, "code": accounts[use].code, "url": place("account", accounts[use].id) + span,
            "rupiah": getattr(one, name) * (-1 if name == "loss_rupiah" else 1),
        }
        for use, name, label in (*SOURCES, lost)
    ]  # fmt: skip


def parts_shown(one: SavingsDistribution) -> list[dict[str, Any]]:
    rows = DistributionPart.objects.of(one.cooperative_id).filter(distribution=one)
    return [
        {
            "name": part.product.name, "average": rules.average(int(part.balance_days), one.last_on.day),
            "nisbah": f"{percent(part.saver_percent)} : {percent(100 - part.saver_percent)}",
            "weight": percent(part.weight_percent) if part.weight_percent != rules.HUNDRED else "",
            "income": part.income_rupiah, "savers": part.savers_rupiah,
            "percent": percent(rules.equivalent_percent(part.savers_rupiah, int(part.balance_days))),
        }
        for part in rows.select_related("product").order_by("product__name")
    ]  # fmt: skip


def facts_of(one: SavingsDistribution) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Keadaan"), "value": one.get_status_display()},
        {"label": _("Disiapkan"), "value": format_date(one.prepared_on)},
        {"label": _("Rata-rata simpanan penabung"), "value": format_rupiah(one.savers_average_rupiah)},
        {"label": _("Rata-rata uang yang bekerja"), "value": format_rupiah(one.at_work_average_rupiah)},
        {"label": _("Pendapatan milik dana penabung"), "value": format_rupiah(one.pool_rupiah)},
        {"label": _("Bagi hasil semua penabung"), "value": format_rupiah(one.savers_rupiah)},
        {"label": _("Simpanan yang ikut"), "value": one.account_count},
    ]
    facts += _about_losses(one)
    if one.posted_on:
        facts.insert(2, {"label": _("Dibukukan"), "value": format_date(one.posted_on)})
        facts.append({"label": _("Pajak yang dipotong"), "value": format_rupiah(one.tax_rupiah)})
    if one.reversed_on:
        said = _("%(day)s: %(why)s") % {"day": format_date(one.reversed_on), "why": one.reverse_reason}
        facts.append({"label": _("Dibatalkan"), "value": said})
    return facts


def _about_losses(one: SavingsDistribution) -> list[dict[str, Any]]:
    """What of a loss is nobody's share and no later month's; and what of a loss that was taken back is shared."""
    realised = realised_as_shared(one)
    if realised.not_carried:
        said = _("%s, tidak dibawa ke bulan berikutnya") % format_rupiah(realised.not_carried)
        return [{"label": _("Rugi di atas pendapatan"), "value": said}]
    if one.loss_rupiah >= 0:
        return []
    back = replace(realised, borne=borne_before(one.cooperative, one.last_on.replace(day=1))).given_back
    said = _("%s, sebanyak yang dulu mengurangi bagi hasil") % format_rupiah(back)
    return [{"label": _("Rugi yang dibatalkan dan dibagi lagi"), "value": said}]


def rows_of(one: SavingsDistribution) -> Any:
    """Accounts of what waits are reckoned again; of what was entered they are read from the passbooks."""
    if one.posted_on is not None:
        return slips_of(one).filter(kind=SHARE, reverses__isnull=True)
    if one.status == DistributionStatus.PREPARED:
        return sorted(plan_of(one.cooperative, one.last_on).takings, key=lambda taking: -taking.rupiah)
    return []


def rows_shown(one: SavingsDistribution, rows: Iterable[Any]) -> list[dict[str, Any]]:
    found = list(rows)
    if found and isinstance(found[0], Taking):
        return [_row(each.account.member, each.rupiah, each.balance_days, one, None) for each in found]
    holders = [slip.holder_id for slip in found]
    days = days_by_account(one.cooperative, one.last_on.replace(day=1), one.last_on, holders)
    withheld = dict(slips_of(one).filter(kind=TAX, holder_id__in=holders).values_list("holder_id", "amount_rupiah"))
    return [
        _row(slip.member, slip.amount_rupiah, days.get(slip.holder_id, 0), one, -withheld.get(slip.holder_id, 0))
        for slip in found
    ]


def _row(member: Any, rupiah: int, days: int, one: SavingsDistribution, tax: int | None) -> dict[str, Any]:
    return {
        "name": member.name, "number": member.number, "url": place("passbook", member.id), "rupiah": rupiah,
        "average": rules.average(days, one.last_on.day) if days else None, "tax": tax,
        "percent": percent(rules.equivalent_percent(rupiah, days)) if days else None,
    }  # fmt: skip
