"""Sharia papers as PDF: a month's distribution to sign, and one report of a year."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.requests import DeskRequest
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.models import Cooperative, SavingsDistribution
from desmigratif.cooperative.papers import parts
from desmigratif.cooperative.papers.parts import Part
from desmigratif.cooperative.papers.press import printed
from desmigratif.cooperative.queries.year.statements import book_year
from desmigratif.cooperative.views.annual.papers import paper_with
from desmigratif.cooperative.views.books import month_name
from desmigratif.cooperative.views.common import opened, today_of
from desmigratif.cooperative.views.sharia import month
from desmigratif.cooperative.views.sharia.reports import report_of
from desmigratif.cooperative.views.year.files import PDF, as_pdf, handed_out, plain
from desmigratif.cooperative.views.year.statements import letterhead, stage_of
from desmigratif.shared.reasons import NotFoundOrNotYours


def distribution_file(desk: DeskRequest, one: SavingsDistribution) -> HttpResponse:
    """One month's distribution with every saver, for the file and to be signed; noted before it is handed out."""
    found = one.cooperative
    if not opened(desk, found, "distribution.printed", Subject("savings_distribution", one.id)):
        raise NotFoundOrNotYours
    name = _("Bagi hasil penabung %s") % month_name(one.last_on)
    content = printed(paper_with(found, name, _distribution(found, one), today_of(desk, found)))
    return handed_out(content, PDF, f"bagi-hasil-{one.last_on:%Y-%m}.pdf")


def report_file(desk: DeskRequest, found: Cooperative, part: str, year: int, today: date) -> HttpResponse:
    """One report of a year, as the other statements are printed."""
    opened(desk, found, "statements.exported")
    papers = [report_of(part, found, year, today)]
    content = as_pdf(papers, **letterhead(found), stage=stage_of(book_year(found, year, today)))
    return handed_out(content, PDF, f"{part}-{year}.pdf")


def _distribution(found: Cooperative, one: SavingsDistribution) -> list[Part]:
    made = [parts.title(_("Bagi hasil penabung mudharabah"), month_name(one.last_on))]
    if nothing := month.why_nothing(one):
        made += parts.words(nothing)
    made += [parts.facts(*((str(row["label"]), str(row["value"])) for row in month.facts_of(one)))]
    made += [parts.heading(_("Dari mana pendapatannya"), 2), _sources(found, one)]
    made += [parts.heading(_("Bagian tiap simpanan"), 2), _products(one), *_savers(one)]
    return [*made, parts.signatures((_("Yang menyiapkan"), ""), (_("Yang memeriksa"), ""))]


def _sources(found: Cooperative, one: SavingsDistribution) -> Part:
    rows = month.sources_of(found, one)
    cells = [[row["code"], str(row["label"]), plain(row["rupiah"])] for row in rows]
    cells.append(["", _("Pendapatan sesudah rugi"), plain(sum(row["rupiah"] for row in rows))])
    return parts.table([_("Akun"), _("Sumber"), _("Rupiah")], cells, align="llr", widths=(0, 4, 2), total=True)


def _products(one: SavingsDistribution) -> Part:
    rows = month.parts_shown(one)
    cells = [
        [row["name"], plain(row["average"]), plain(row["income"]), row["nisbah"], row["weight"] or "100",
         plain(row["savers"]), f"{row['percent']} %"]
        for row in rows
    ]  # fmt: skip
    cells.append([_("Jumlah"), "", plain(sum(row["income"] for row in rows)), "", "",
                  plain(sum(row["savers"] for row in rows)), ""])  # fmt: skip
    columns = [_("Simpanan"), _("Saldo rata-rata"), _("Pendapatan"), _("Nisbah"), _("Bobot"), _("Untuk penabung"),
               _("Setara setahun")]  # fmt: skip
    return parts.table(columns, cells, align="lrrrrrr", widths=(3, 2, 2, 2, 1, 2, 2), total=True)


def _savers(one: SavingsDistribution) -> list[Part]:
    rows = month.rows_shown(one, month.rows_of(one))
    if not rows:
        return []
    cells = [
        [str(row["number"] or ""), row["name"], "–" if row["average"] is None else plain(row["average"]),
         plain(row["rupiah"]), plain(row["tax"]), plain(row["rupiah"] - (row["tax"] or 0))]
        for row in rows
    ]  # fmt: skip
    gained, taxed = sum(row["rupiah"] for row in rows), sum(row["tax"] or 0 for row in rows)
    cells.append(["", _("Jumlah"), "", plain(gained), plain(taxed), plain(gained - taxed)])
    columns = [_("No."), _("Anggota"), _("Saldo rata-rata"), _("Bagi hasil"), _("Pajak"), _("Masuk ke simpanan")]
    table = parts.table(columns, cells, align="rlrrrr", widths=(0, 4, 2, 2, 2, 2), total=True)
    return [parts.heading(_("Tiap penabung"), 2), table]
