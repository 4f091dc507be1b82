"""The pack of the annual meeting as one PDF: reports, statements, decisions, annexes; and the sheet for ODS."""

from __future__ import annotations

import io
from datetime import date

from django.utils.translation import gettext as _

from desmigratif.cooperative.models import Cooperative, Meeting, MeetingReport, MeetingStatus, OfficeTerm
from desmigratif.cooperative.papers import parts
from desmigratif.cooperative.papers.parts import Part
from desmigratif.cooperative.queries.annual.annex import AnnexLine, annex_on
from desmigratif.cooperative.queries.annual.health import Assessed, assessed, figures_of
from desmigratif.cooperative.queries.annual.meeting import officers_on
from desmigratif.cooperative.queries.year.notes import note_facts
from desmigratif.cooperative.queries.year.statements import Books, book_year, books_of_year
from desmigratif.cooperative.rules.collectibility import CLASS_LABELS
from desmigratif.cooperative.views.annual.papers import minutes, signed_list
from desmigratif.cooperative.views.year.files import plain
from desmigratif.cooperative.views.year.papers import PARTS as STATEMENTS
from desmigratif.cooperative.views.year.papers import Table, paper_of
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah


def pack_of(found: Meeting, name: str, today: date) -> list[Part]:
    """Everything that the members of an annual meeting are given about their year."""
    cooperative, year = found.cooperative, found.book_year or found.on.year - 1
    books = books_of_year(cooperative, year, today)
    made = [parts.title(_("Laporan tahunan"), name), _when(found), parts.heading(_("Acara"), 2)]
    made += [parts.numbered([item["title"] for item in found.agenda])]
    made += _board(found, books, today) + _supervisors(found)
    for part in STATEMENTS:
        made += _statement(paper_of(part, books))
    made += _health(assessed(cooperative, year, "2016", today))
    if found.status == MeetingStatus.HELD:
        made += [parts.BREAK, *minutes(found, name), parts.BREAK, parts.heading(_("Yang hadir")), signed_list(found)]
    return made + _annex(cooperative, books.year.last)


def _when(found: Meeting) -> Part:
    return parts.facts((_("Rapat"), f"{format_date(found.on)}, {found.at}, {found.place}"))


def _words_of(found: Meeting, kind: str) -> list[Part]:
    report = MeetingReport.objects.of(found.cooperative_id).filter(meeting=found, kind=kind).first()
    return parts.words(report.text if report else _("Belum ditulis."))


def _board(found: Meeting, books: Books, today: date) -> list[Part]:
    """The board's words, its people, the members and the loans of the year."""
    facts = note_facts(found.cooperative, books.year)
    rows = [
        (_("Anggota awal tahun"), str(facts.members_first)), (_("Masuk"), str(facts.joined)),
        (_("Keluar"), str(facts.left)), (_("Anggota akhir tahun"), str(facts.members_last)),
        (_("SHU tahun buku"), format_rupiah(books.shu)),
    ]  # fmt: skip
    rows += [(_("Pinjaman %s") % CLASS_LABELS[code].lower(), format_rupiah(facts.by_class[code]))
             for code in CLASS_LABELS if code in facts.by_class]  # fmt: skip
    made = [parts.BREAK, parts.heading(_("Laporan pengurus")), *_words_of(found, "board")]
    officers = officers_on(found.cooperative, min(found.on, today))
    if officers:
        made += [parts.heading(_("Pengurus dan pengawas"), 2), _people(officers)]
    return [*made, parts.heading(_("Tahun ini dalam angka"), 2), parts.facts(*rows)]


def _people(officers: list[OfficeTerm]) -> Part:
    cells = [[str(one.get_office_display()), one.member.name, format_date(one.until)] for one in officers]
    return parts.table([_("Jabatan"), _("Nama"), _("Sampai")], cells, align="lll", widths=(2, 3, 2))


def _supervisors(found: Meeting) -> list[Part]:
    return [parts.BREAK, parts.heading(_("Laporan pengawas")), *_words_of(found, "supervisors")]


def _statement(paper: object) -> list[Part]:
    """One statement of the year, with the same tables as on its page."""
    title, lead, tables = (
        str(getattr(paper, "title", "")),
        str(getattr(paper, "lead", "")),
        getattr(paper, "tables", ()),
    )
    made = [parts.BREAK, parts.heading(title), *parts.words(lead)]
    for table in tables:
        made += _table(table)
    return made


def _table(table: Table) -> list[Part]:
    made = [parts.heading(table.title, 2)] if table.title else []
    for said in table.said:
        made += parts.words(said)
    if table.lines:
        width = max(len(table.columns), max(len(line.values) for line in table.lines))
        columns = ["", *table.columns, *[""] * (width - len(table.columns))]
        cells = [
            [line.label, *[plain(value) for value in line.values], *[""] * (width - len(line.values))]
            for line in table.lines
        ]
        strong = [place for place, line in enumerate(table.lines) if line.kind != "line"]
        made.append(parts.table(columns, cells, align="l" + "r" * width, widths=(3, *[1] * width), strong=strong))
    return made


def _health(seen: Assessed) -> list[Part]:
    """The score, or why there is none."""
    made = [parts.BREAK, parts.heading(_("Kesehatan koperasi"))]
    for reason in seen.reasons:
        made += parts.words(reason.text)
    if seen.health is None:
        return made
    cells = [
        [ratio.label, "" if ratio.percent is None else f"{ratio.percent} %".replace(".", ","), str(ratio.marks),
         f"{ratio.score:.2f}".replace(".", ",")]
        for aspect in seen.health.aspects for ratio in aspect.ratios
    ]  # fmt: skip
    made.append(parts.table([_("Rasio"), _("Hasil"), _("Nilai"), _("Skor")], cells, align="lrrr", widths=(5, 1, 1, 1)))
    if seen.health.total is not None and not seen.reasons:
        said = _("Skor %(total)s: %(grade)s.") % {"total": seen.health.total, "grade": seen.health.grade}
        made += parts.words(said)
    return made


def _annex(cooperative: Cooperative, on: date) -> list[Part]:
    """One line for each member."""
    lines = annex_on(cooperative, on)
    cells = [_member_row(line) for line in lines]
    totals = [sum(column) for column in zip(*(_amounts(line) for line in lines), strict=True)] or [0] * 5
    cells.append(["", _("Jumlah"), *[plain(amount) for amount in totals]])
    columns = [_("No."), _("Nama"), _("Pokok"), _("Wajib"), _("Simpanan lain"), _("Pinjaman"), _("SHU belum diambil")]
    title = _("Lampiran: simpanan, pinjaman, dan SHU setiap anggota, %s") % format_date(on)
    table = parts.table(columns, cells, align="rlrrrrr", widths=(0, 4, 2, 2, 2, 2, 2), total=True, tall=2)
    return [parts.BREAK, parts.heading(title), table]


def _amounts(line: AnnexLine) -> tuple[int, ...]:
    sums = line.sums
    return (
        sums["savings_principal"], sums["savings_compulsory"], line.saved, sums["loans"], sums["shu_payable"]
    )  # fmt: skip


def _member_row(line: AnnexLine) -> list[str]:
    return [str(line.number), line.name, *[plain(amount) for amount in _amounts(line)]]


# --- the wall ---


def wall_of(cooperative: Cooperative, year: int, today: date) -> list[Part]:
    """The cooperative's year on one page, for the wall of the hall."""
    books = books_of_year(cooperative, year, today)
    facts = note_facts(cooperative, books.year)
    figures = figures_of(cooperative, books.year, facts.provisions)
    saved = figures["member_capital"] + figures["funds"]
    earned = [
        (_("Jasa dan hasil dari anggota"), figures["member_income"]),
        (_("Hasil lain"), figures["income"] - figures["member_income"]),
        (_("Jasa simpanan untuk anggota"), figures["interest_cost"]), (_("Beban lain"), figures["running_cost"]),
    ]  # fmt: skip
    until = _("Keadaan %s") % format_date(books.year.last)
    joined = _("%(in)s masuk, %(out)s keluar") % {"in": facts.joined, "out": facts.left}
    return [
        parts.title(_("Koperasi kita tahun %s") % year, until),
        parts.wall(
            (_("Anggota"), str(facts.members_last), joined),
            (_("SHU"), format_rupiah(books.shu), _("Dibagi menurut keputusan rapat anggota.")),
            (_("Simpanan semua anggota"), format_rupiah(saved), _("Pokok, wajib, sukarela, berjangka, dan khusus.")),
            (_("Pinjaman yang berjalan"), format_rupiah(figures["loans"]),
             _("Kurang lancar sampai macet: %s") % format_rupiah(figures["problem_loans"])),
        ),
        parts.heading(_("Dari mana uangnya, ke mana perginya"), 2),
        parts.bars([(label, amount, format_rupiah(amount)) for label, amount in earned]),
        parts.heading(_("Yang dimiliki bersama"), 2),
        parts.bars([
            (_("Kas dan bank"), figures["cash"], format_rupiah(figures["cash"])),
            (_("Pinjaman anggota"), figures["loans"], format_rupiah(figures["loans"])),
            (_("Modal sendiri"), figures["own_capital"], format_rupiah(figures["own_capital"])),
        ]),
        *parts.words(_("Setiap anggota boleh bertanya dan melihat bukunya sendiri di kantor koperasi.")),
    ]  # fmt: skip


# --- ODS ---

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def ods_sheet(found: Meeting, today: date) -> bytes:
    """The figures that the ministry's online register asks for, as a workbook; there is no public format to fill."""
    import xlsxwriter  # only who exports carries it

    cooperative = found.cooperative
    year = book_year(cooperative, found.book_year or found.on.year - 1, today)
    facts = note_facts(cooperative, year)
    figures = figures_of(cooperative, year, facts.provisions)
    outside = figures["assets"] - figures["own_capital"] - figures["shu"]
    rows: list[tuple[str, str | int]] = [
        (_("Nama koperasi"), cooperative.name), (_("Nomor badan hukum"), cooperative.legal_number),
        (_("Tahun buku"), year.year), (_("Tanggal RAT"), format_date(found.on)),
        (_("Anggota"), facts.members_last), (_("Pengurus dan pengawas"), len(officers_on(cooperative, found.on))),
        (_("Modal sendiri"), figures["own_capital"]), (_("Modal luar"), outside),
        (_("Volume usaha"), figures["income"]), (_("SHU"), figures["shu"]), (_("Aset"), figures["assets"]),
        (_("Hadir di RAT"), found.present or 0), (_("Keputusan sah"), _("Ya") if found.ended_on else _("Belum")),
    ]  # fmt: skip
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        sheet = book.add_worksheet("ODS")
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 36)
        money = book.add_format({"num_format": "#,##0"})
        for place, (label, value) in enumerate(rows):
            sheet.write_string(place, 0, label)
            if isinstance(value, int):
                sheet.write_number(place, 1, value, money)
            else:
                sheet.write_string(place, 1, value)
    return target.getvalue()
