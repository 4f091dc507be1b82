"""What other pages show of mudharabah savings: months that were shared, nisbah; and the forms of products."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.cooperative.forms.sharia import savers as forms
from desmigratif.cooperative.models import (
    Cooperative,
    DistributionStatus,
    Member,
    SavingsDistribution,
    SavingsNisbah,
    SavingsProduct,
)
from desmigratif.cooperative.queries.ledger.books import closed_until
from desmigratif.cooperative.queries.sharia.savers import distributions_of, shares_of_member
from desmigratif.cooperative.rules.ledger import month_end
from desmigratif.cooperative.rules.sharia.savers import percent_text as percent
from desmigratif.cooperative.views.books import month_name
from desmigratif.cooperative.views.common import act_page, may, place, today_of

MOST_MONTHS = 36
STATES = {
    DistributionStatus.PREPARED: "cek", DistributionStatus.POSTED: "aman", DistributionStatus.REVERSED: "tidaktahu",
}  # fmt: skip


def nisbah_says(row: SavingsNisbah) -> str:
    said = {"savers": percent(row.saver_percent), "own": percent(100 - row.saver_percent)}
    return _("penabung %(savers)s : koperasi %(own)s") % said


def saved_part(desk: DeskRequest, found: Cooperative) -> dict[str, Any]:
    """What the page of contracts shows of the savers: the months that were shared."""
    rows = distributions_of(found)
    return {
        "months": [
            {
                "one": one, "url": place("distribution", one.id), "month": month_name(one.last_on),
                "state": STATES[DistributionStatus(one.status)], "word": one.get_status_display(),
            }
            for one in rows[:MOST_MONTHS]
        ],
        "due": _is_due(found, rows) if may(desk, found, P.BOOKS_POST) else "",
    }  # fmt: skip


def _is_due(found: Cooperative, rows: list[SavingsDistribution]) -> str:
    """The last closed month by name, when nothing stands for it yet."""
    last = closed_until(found)
    shared = {one.last_on for one in rows if one.status != DistributionStatus.REVERSED}
    return month_name(last) if last is not None and last == month_end(last) and last not in shared else ""


def nisbah_by_product(found: Cooperative) -> dict[UUID, list[dict[str, Any]]]:
    """Every nisbah of every product, the newest first. One query."""
    rows: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in SavingsNisbah.objects.of(found).order_by("-since"):
        rows[row.product_id].append({"said": nisbah_says(row), "since": row.since})
    return rows


def member_share_rows(found: Cooperative, member: Member) -> list[dict[str, Any]]:
    """Rows of a passbook: each month's share, and what it would be in a year."""
    return [
        {
            "month": month_name(one.last_on), "name": one.name, "average": one.average_rupiah, "rupiah": one.rupiah,
            "percent": None if one.percent is None else percent(one.percent),
        }
        for one in shares_of_member(found, member)
    ]  # fmt: skip


def offer_page(desk: DeskRequest, found: Cooperative) -> HttpResponse:
    """The offer of mudharabah savings, in the place where any product is added."""
    form = forms.OfferForm(desk.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "offer_mudharabah", form.payload, cooperative=found, then=place("settings", found.id),
        said=_("Simpanan mudharabah sudah ditawarkan."), title=_("Tambah simpanan mudharabah"),
        lead=_("Penabung mendapat bagian dari pendapatan yang sungguh diterima, tanpa janji jumlahnya."),
    )  # fmt: skip


def nisbah_page(desk: DeskRequest, found: Cooperative, product: SavingsProduct) -> HttpResponse:
    """Another nisbah, in the place where any rate is changed."""
    form = forms.NisbahForm(desk.POST or None, today=today_of(desk, found))
    return act_page(
        desk, form, "change_nisbah", lambda: {**form.payload(), "product_id": product.id}, cooperative=found,
        then=place("settings", found.id), said=_("Nisbah baru sudah dicatat."),
        title=_("Ubah nisbah %s") % product.name,
        lead=_("Berlaku mulai bulan berikutnya. Penabung diberi tahu dulu, supaya sempat mengambil simpanannya."),
    )  # fmt: skip
