"""The reports that sharia books need beside the others: the benevolent fund, income against what came in, savers."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from desmigratif.cooperative.models import Account, Cooperative
from desmigratif.cooperative.queries.ledger.books import balance_on
from desmigratif.cooperative.queries.sharia.accrued import PAYABLE, accrued_of, ends_of
from desmigratif.cooperative.queries.sharia.funds import fund_now, fund_year, reconciliation
from desmigratif.cooperative.queries.sharia.savers import distributions_within, realised_as_shared
from desmigratif.cooperative.queries.sharia.units import units_of
from desmigratif.cooperative.queries.year.statements import book_year
from desmigratif.cooperative.views.books import month_name
from desmigratif.cooperative.views.year.papers import Line, Paper, Table, span
from desmigratif.shared.dated import dated_on
from desmigratif.shared.rupiah import format_rupiah

PARTS = ("akad", "penabung", "kebajikan", "rekonsiliasi")
REPORTS = PARTS[1:]


def part_name(part: str) -> str:
    return {
        "akad": _("Akad"), "penabung": _("Bagi hasil penabung"), "kebajikan": _("Dana kebajikan"),
        "rekonsiliasi": _("Pendapatan dan bagi hasil"),
    }[part]  # fmt: skip


def report_of(part: str, cooperative: Cooperative, year: int, today: date) -> Paper:
    """One of the reports of a book year."""
    found = book_year(cooperative, year, today)
    lead = _("%s, dalam rupiah") % span(found.first, found.last)
    if part == "penabung":
        return Paper(_("Bagi hasil penabung mudharabah"), lead, (_shared(cooperative, found.first, found.last),))
    if part == "kebajikan":
        return Paper(_("Sumber dan penggunaan dana kebajikan"), lead, (_fund(cooperative, found.first, found.last),))
    table = _reconciled(cooperative, found.first, found.last)
    return Paper(_("Rekonsiliasi pendapatan dan bagi hasil"), lead, (table,))


def reports_of_year(cooperative: Cooperative, year: int, today: date) -> list[Paper]:
    """Every sharia report of a year, for the file of all statements: the cooperative's own, then those of its units."""
    made = []
    for body in (cooperative, *units_of(cooperative)):
        if body.sharia_since is None or body.sharia_since.year > year:
            continue
        for part in REPORTS:
            paper = report_of(part, body, year, today)
            if part == "penabung" and not paper.tables[0].lines:
                continue
            title = paper.title if body == cooperative else f"{paper.title}, {body.name}"
            made.append(Paper(title, paper.lead, paper.tables))
    return made


def _shared(cooperative: Cooperative, first: date, last: date) -> Table:
    """Month by month what came in, what was lost, and what of it became the savers'."""
    rows = distributions_within(cooperative, first, last)
    said = _("Rugi mengurangi pendapatan bulan itu saja. Yang melebihinya tidak dibawa ke bulan lain: bukan tanggungan")
    said += " " + _("penabung bulan berikutnya, melainkan beban koperasi yang dibicarakan rapat anggota.")
    basis = _("Dasarnya: %s.") % dated_on("cooperative_sharia.savers_loss_carried", last).citation
    columns = (
        _("Pendapatan"), _("Rugi"), _("Rugi di atas pendapatan"), _("Milik dana penabung"), _("Bagi hasil penabung"),
    )  # fmt: skip
    held = accrued_of(cooperative, ends_of(first, last))
    if not rows and not held:
        return Table("", columns, (), (_("Belum ada bulan yang dibagi."),))
    lines = []
    for row in rows:
        told = realised_as_shared(row)
        values = (told.income, -told.loss, -told.not_carried, row.pool_rupiah, row.savers_rupiah)
        lines.append(Line("line", month_name(row.last_on), values))
    for end in sorted(held.keys() - {row.last_on for row in rows}):
        name = _("%s, belum dibagikan") % month_name(end)
        lines.append(Line("line", name, (None, None, None, None, held[end])))
    sums = tuple(sum(line.values[place] or 0 for line in lines) for place in range(len(columns)))
    return Table(
        "", columns, (*lines, Line("total", _("Jumlah"), sums)), (said, basis, *_still_owed(cooperative, last))
    )


def _still_owed(cooperative: Cooperative, last: date) -> tuple[str, ...]:
    """What of it was no saver's balance yet when the time ended."""
    account = Account.objects.of(cooperative).filter(use=PAYABLE).first()
    owed = balance_on(account, last) if account else 0
    said = _(
        "Dari jumlah itu %s belum masuk ke simpanan pada akhir masa ini: beban masa ini, dan utang kepada penabung."
    )
    return (said % format_rupiah(owed),) if owed else ()


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
    lines.append(Line("total", _("Saldo akhir yang dapat disalurkan"), (told.closing,)))
    if not told.lent:
        return Table("", (_("Jumlah"),), tuple(lines))
    lines.append(Line("line", _("Sedang dipinjamkan sebagai qardh"), (told.lent,)))
    lines.append(Line("total", _("Dana kebajikan menurut buku"), (told.closing + told.lent,)))
    said = _("Qardh dari dana kebajikan kembali tanpa tambahan, lalu dapat disalurkan atau dipinjamkan lagi.")
    return Table("", (_("Jumlah"),), tuple(lines), (said,))


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
        Line("line", _("Bagi hasil untuk penabung mudharabah"), (-told.mudharabah,)),
        Line("total", _("Bagian koperasi"), (told.cooperative,)),
    )
    said = _("Bagi hasil hanya dari yang sungguh diterima. Bonus wadiah diputuskan kemudian dan tidak dijanjikan.")
    return Table("", (_("Jumlah"),), lines, (said,))


def fund_says(found: Cooperative) -> str:
    """The two balances of the fund in a sentence."""
    fund = fund_now(found)
    said = _("Yang ada sekarang %s.") % format_rupiah(fund.available)
    if fund.lent:
        said += " " + _("Sedang dipinjamkan sebagai qardh %s.") % format_rupiah(fund.lent)
    return said
