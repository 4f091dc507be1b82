"""The cooperative's year for others: one page for the wall of the hall, and the sheet for the ministry's register."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date

from django.utils.translation import gettext as _

from desmigratif.cooperative.models import Cooperative, Meeting
from desmigratif.cooperative.papers import parts
from desmigratif.cooperative.papers.parts import Part
from desmigratif.cooperative.queries.annual.health import figures_of
from desmigratif.cooperative.queries.annual.meeting import officers_on
from desmigratif.cooperative.queries.sharia.units import combined_of
from desmigratif.cooperative.queries.year.handing_up import origins_of
from desmigratif.cooperative.queries.year.notes import note_facts
from desmigratif.cooperative.queries.year.statements import Books, book_year, books_of_year
from desmigratif.cooperative.queries.year.surplus import Shared, shared_of
from desmigratif.cooperative.rules.year.surplus import FUNDS
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah


def wall_of(cooperative: Cooperative, year: int, today: date) -> list[Part]:
    """The cooperative's year on one page, for the wall of the hall."""
    books = books_of_year(cooperative, year, today)
    facts = note_facts(cooperative, books.year)
    figures = _with_units(books, today)
    saved = figures["member_capital"] + figures["funds"]
    earned = [
        (_("Masuk: dari anggota"), figures["member_income"]),
        (_("Masuk: hasil lain"), figures["income"] - figures["member_income"]),
        (_("Keluar: jasa simpanan anggota"), figures["interest_cost"]),
        (_("Keluar: beban lain"), figures["running_cost"]),
    ]  # fmt: skip
    rest = figures["assets"] - figures["cash"] - figures["loans"]
    until = _("Keadaan %s") % format_date(books.year.last)
    shared = shared_of(cooperative, year, today)
    joined = _("%(in)s masuk, %(out)s keluar") % {"in": facts.joined, "out": facts.left}
    return [
        parts.title(_("Koperasi kita tahun %s") % year, until),
        parts.wall(
            (_("Anggota"), str(facts.members_last), joined),
            (_("SHU"), format_rupiah(sum(one.rupiah for one in shared.origins)), _shu_words(shared)),
            (_("Simpanan semua anggota"), format_rupiah(saved), _("Pokok, wajib, dan simpanan lain.")),
            (_("Pinjaman yang berjalan"), format_rupiah(figures["loans"]),
             _("Kurang lancar sampai macet: %s") % format_rupiah(figures["problem_loans"])),
        ),
        parts.heading(_("Dari mana uangnya, ke mana perginya"), 2),
        parts.bars([(label, amount, format_rupiah(amount)) for label, amount in earned]),
        parts.heading(_("Kekayaan koperasi"), 2),
        parts.bars([
            (_("Kas dan bank"), figures["cash"], format_rupiah(figures["cash"])),
            (_("Pinjaman anggota"), figures["loans"], format_rupiah(figures["loans"])),
            (_("Aset lain"), rest, format_rupiah(rest)),
        ]),
        *_shared(shared),
        *parts.words(_("Setiap anggota boleh bertanya dan melihat bukunya sendiri di kantor koperasi.")),
    ]  # fmt: skip


def _shu_words(shared: Shared) -> str:
    units = sum(one.rupiah for one in shared.origins[1:])
    if not units:
        return _("Dibagi menurut keputusan rapat anggota.")
    return _("Dari unit: %s. Dibagi menurut keputusan rapat anggota.") % format_rupiah(units)


def _shared(shared: Shared) -> list[Part]:
    """Where the surplus went, or is to go once the members decide."""
    if not shared.funds:
        return []
    title = _("SHU dibagikan untuk") if shared.is_given_out else _("SHU direncanakan untuk")
    rows = [(FUNDS[code].partition(" (")[0], rupiah, format_rupiah(rupiah)) for code, _percent, rupiah in shared.funds]
    return [parts.heading(title, 2), parts.bars(rows)]


# --- ODS ---

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def ods_sheet(found: Meeting, today: date) -> bytes:
    """The figures that the ministry's online register asks for, as a workbook; there is no public format to fill."""
    import xlsxwriter  # only who exports carries it

    cooperative = found.cooperative
    year = book_year(cooperative, found.book_year or found.on.year - 1, today)
    facts = note_facts(cooperative, year)
    figures = _with_units(books_of_year(cooperative, year.year, today), today)
    outside = figures["assets"] - figures["own_capital"] - figures["shu"]
    rows: list[tuple[str, str | int]] = [
        (_("Nama koperasi"), cooperative.name), (_("Nomor badan hukum"), cooperative.legal_number),
        (_("Tahun buku"), year.year), (_("Tanggal RAT"), format_date(found.on)),
        (_("Anggota"), facts.members_last), (_("Pengurus dan pengawas"), len(officers_on(cooperative, found.on))),
        (_("Modal sendiri"), figures["own_capital"]), (_("Modal luar"), outside),
        (_("Volume usaha"), figures["income"]), (_("SHU"), figures["shu"]), (_("Aset"), figures["assets"]),
        *_units(cooperative, year.year),
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


def _with_units(books: Books, today: date) -> dict[str, int]:
    """Figures of the whole cooperative: its books and its units', without what they owe each other."""
    told = combined_of(books)
    together: Counter[str] = Counter()
    for one in told.bodies:
        year = book_year(one, books.year.year, today)
        together.update(figures_of(one, year, note_facts(one, year).provisions))
    together["assets"] -= told.taken_out
    return dict(together)


def _units(cooperative: Cooperative, year: int) -> list[tuple[str, str | int]]:
    """What of the surplus was earned in units, a line each."""
    return [(_("Di antaranya SHU %s") % one.books.name, one.rupiah) for one in origins_of(cooperative, year)[1:]]
