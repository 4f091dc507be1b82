"""The two reports that sharia books need beside the others: the benevolent fund, and income against what came in."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.queries.sharia.funds import fund_year, reconciliation
from desmigratif.cooperative.queries.year.statements import book_year
from desmigratif.cooperative.views.year.papers import Line, Paper, Table, span

PARTS = ("akad", "kebajikan", "rekonsiliasi")


def part_name(part: str) -> str:
    return {"akad": _("Akad"), "kebajikan": _("Dana kebajikan"), "rekonsiliasi": _("Pendapatan dan bagi hasil")}[part]


def report_of(part: str, cooperative: Cooperative, year: int, today: date) -> Paper:
    """One of the two reports of a book year."""
    found = book_year(cooperative, year, today)
    lead = _("%s, dalam rupiah") % span(found.first, found.last)
    if part == "kebajikan":
        return Paper(_("Sumber dan penggunaan dana kebajikan"), lead, (_fund(cooperative, found.first, found.last),))
    table = _reconciled(cooperative, found.first, found.last)
    return Paper(_("Rekonsiliasi pendapatan dan bagi hasil"), lead, (table,))


def _fund(cooperative: Cooperative, first: date, last: date) -> Table:
    told = fund_year(cooperative, first, last)
    lines = [
        Line("line", _("Saldo awal"), (told.opening,)), Line("head", _("Sumber")),
        *(Line("line", label, (amount,)) for label, amount in told.sources),
        Line("total", _("Jumlah sumber"), (told.came,)), Line("head", _("Penggunaan")),
        *(Line("line", label, (amount,)) for label, amount in told.uses),
        Line("total", _("Jumlah penggunaan"), (told.went,)),
    ]  # fmt: skip
    if told.otherwise:
        lines.append(Line("line", _("Dicatat lewat buku (misalnya dari SHU)"), (told.otherwise,)))
    lines.append(Line("total", _("Saldo akhir"), (told.closing,)))
    return Table("", (_("Jumlah"),), tuple(lines))


def _reconciled(cooperative: Cooperative, first: date, last: date) -> Table:
    told = reconciliation(cooperative, first, last)
    lines = (
        Line("head", _("Pendapatan menurut buku")),
        Line("line", _("Margin murabahah"), (told.margin,)),
        Line("line", _("Bagi hasil mudharabah dan musyarakah"), (told.profit_share,)),
        Line("line", _("Sewa ijarah sesudah penyusutan"), (told.rent,)),
        Line("total", _("Jumlah pendapatan"), (told.accrued,)),
        Line("line", _("Ditambah: bagi hasil masa lalu yang diterima"), (told.waiting_before,)),
        Line("line", _("Dikurangi: bagi hasil yang belum diterima"), (-told.waiting_after,)),
        Line("total", _("Pendapatan yang sudah diterima dan dapat dibagi"), (told.received,)),
        Line("line", _("Rugi pembiayaan yang ditanggung koperasi"), (-told.loss,)),
        Line("line", _("Bonus untuk penabung wadiah"), (-told.savers,)),
        Line("total", _("Bagian koperasi"), (told.cooperative,)),
    )
    said = _("Bagi hasil hanya dari yang sungguh diterima. Bonus wadiah diputuskan kemudian dan tidak dijanjikan.")
    return Table("", (_("Jumlah"),), lines, (said,))
