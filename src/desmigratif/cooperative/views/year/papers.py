"""The statements in words: one shape for the page, the PDF and the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from desmigratif.cooperative.models import Budget, Cooperative, CooperativeKind
from desmigratif.cooperative.queries.sharia.units import combined_of, units_of
from desmigratif.cooperative.queries.year.budget import budget_of, planned, planned_only
from desmigratif.cooperative.queries.year.handing_up import handed_up
from desmigratif.cooperative.queries.year.notes import NoteFacts, note_facts
from desmigratif.cooperative.queries.year.statements import (
    Books,
    cash_flows_of,
    changes_of,
    position_of,
    result_of,
)
from desmigratif.cooperative.rules.loans.collectibility import CLASS_LABELS
from desmigratif.cooperative.rules.year.cash_flow import CashFlow
from desmigratif.cooperative.rules.year.combined import CombinedRow
from desmigratif.cooperative.rules.year.statements import Change, Row, RowAccount
from desmigratif.shared.dated import dated_on
from desmigratif.shared.dates import MONTHS, format_date
from desmigratif.shared.rupiah import format_rupiah

PARTS = ("posisi", "hasil", "anggaran", "ekuitas", "kas", "catatan")
TOGETHER = "gabungan"  # only where there are units


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: `kind` is head, line or total; a value that there is none of is None."""

    kind: str
    label: str
    values: tuple[int | None, ...] = ()
    accounts: tuple[RowAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are the names of the values; `said` stands above them."""

    title: str
    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One statement."""

    title: str
    lead: str
    tables: tuple[Table, ...] = field(default=())


def part_name(part: str) -> str:
    return {
        "posisi": _("Posisi keuangan"), "hasil": _("Hasil usaha"), "anggaran": _("Anggaran"),
        "ekuitas": _("Perubahan ekuitas"),
        "kas": _("Arus kas"), "catatan": _("Catatan"), TOGETHER: _("Gabungan unit"),
    }[part]  # fmt: skip


def paper_of(part: str, books: Books) -> Paper:
    """One statement of a year."""
    return {
        "posisi": _position, "hasil": _result, "anggaran": _budget, "ekuitas": _equity, "kas": _cash, "catatan": _notes,
        TOGETHER: _together,
    }[part](books)  # fmt: skip


def parts_of(cooperative: Cooperative) -> tuple[str, ...]:
    """The statements that these books have."""
    return (*PARTS[:-1], TOGETHER, PARTS[-1]) if units_of(cooperative) else PARTS


def short_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def span(first: date, last: date) -> str:
    return _("%(first)s sampai %(last)s") % {"first": format_date(first), "last": format_date(last)}


def _position(books: Books) -> Paper:
    columns = [short_day(books.year.last)] + ([short_day(books.prior.last)] if books.prior else [])
    lead = _("Per %s, dalam rupiah") % format_date(books.year.last)
    return Paper(_("Laporan posisi keuangan"), lead, (_table(columns, position_of(books)),))


def _result(books: Books) -> Paper:
    lead = _("%s, dalam rupiah") % span(books.year.first, books.year.last)
    said = _("Tidak ada penghasilan komprehensif lain: jumlah penghasilan komprehensif sama dengan SHU.")
    table = _table(_years(books), result_of(books), said=(said,))
    return Paper(_("Perhitungan hasil usaha"), lead, (table,))


def _together(books: Books) -> Paper:
    """The cooperative and its units side by side, their sum without what they owe one another, the prior year's too."""
    told = combined_of(books)
    columns = [*(one.name for one in told.bodies), _("Dihapus"), _("Gabungan %s") % books.year.year]
    if told.has_before:
        columns.append(_("Gabungan %s") % (books.year.year - 1))
    said = _("Saldo antarunit yang dihapus: %s.") % format_rupiah(told.taken_out)
    if told.difference:
        said = _("Saldo antarunit belum sama, selisihnya %s. Cocokkan kedua buku.") % format_rupiah(told.difference)
    moved = _("Uang yang berpindah antara induk dan unit dihapus: bukan penerimaan dan bukan pengeluaran.")
    tables = tuple(
        Table(title, tuple(columns), tuple(_side_by_side(rows)), (more,) if more else ())
        for title, rows, more in (
            (_("Posisi keuangan"), told.position, said), (_("Hasil usaha"), told.result, ""),
            (_("Arus kas"), told.cash, moved),
        )
    )  # fmt: skip
    lead = _("Per %s, dalam rupiah") % format_date(books.year.last)
    return Paper(_("Laporan gabungan"), lead, tables)


def _side_by_side(rows: Sequence[CombinedRow]) -> Iterable[Line]:
    kept = [row for row in rows if not row.is_empty]
    for place, row in enumerate(kept):
        if row.kind == "head" and kept[place + 1].kind == "total":
            continue
        if row.kind == "total" and kept[place - 1].kind == "head":
            continue
        older = () if row.before is None else (row.before,)
        yield Line(row.kind, row.label, () if row.kind == "head" else (*row.values, *older))


def _years(books: Books) -> list[str]:
    return [str(books.year.year)] + ([str(books.prior.year)] if books.prior else [])


def _table(columns: Sequence[str], rows: Iterable[Row], *, said: tuple[str, ...] = ()) -> Table:
    kept = [row for row in rows if not row.is_empty]
    lines = [
        Line(row.kind, row.label, () if row.kind == "head" else (row.amount, row.before)[: len(columns)], row.accounts)
        for place, row in enumerate(kept)
        if not _is_bare(kept, place)
    ]
    return Table("", tuple(columns), tuple(lines), said)


def _is_bare(rows: Sequence[Row], place: int) -> bool:
    """A section in which nothing stands: neither its head nor its nil total is shown."""
    row = rows[place]
    if row.kind == "head":
        return rows[place + 1].kind == "total"
    return row.kind == "total" and rows[place - 1].kind == "head"


def _budget(books: Books) -> Paper:
    lead = _("%s, dalam rupiah") % span(books.year.first, books.year.last)
    title = _("Anggaran dan hasilnya")
    budget = budget_of(books.cooperative, books.year.year)
    if budget is None:
        return Paper(title, lead, (Table("", said=(_("Belum ada anggaran untuk tahun ini."),)),))
    rows = [one for one in planned(books, budget) if one.plan or one.actual]
    lines = [Line(one.kind, one.label, (one.plan, one.actual, one.actual - one.plan)) for one in rows]
    said = _("Menurut %(decision)s, %(day)s.") % {
        "decision": budget.decision, "day": format_date(budget.decided_on)
    }  # fmt: skip
    return Paper(title, lead, (Table("", (_("Anggaran"), _("Hasil"), _("Selisih")), tuple(lines), (said,)),))


def plan_of(budget: Budget) -> Table:
    """What a year is to earn and to cost, and the SHU that it is to leave."""
    rows = [one for one in planned_only(budget) if one.plan]
    said = _("Menurut %(decision)s, %(day)s.") % {
        "decision": budget.decision, "day": format_date(budget.decided_on)
    }  # fmt: skip
    lines = tuple(Line(one.kind, one.label, (one.plan,)) for one in rows)
    return Table("", (_("Anggaran"),), lines, (said,))


def _equity(books: Books) -> Paper:
    now, before = changes_of(books)
    tables = [_changes(str(books.year.year), now)]
    if before is not None and books.prior:
        tables.append(_changes(str(books.prior.year), before))
    lead = _("%s, dalam rupiah") % span(books.year.first, books.year.last)
    return Paper(_("Laporan perubahan ekuitas"), lead, tuple(tables))


def _changes(title: str, changes: list[Change]) -> Table:
    columns = (_("Awal"), _("SHU"), _("Bertambah"), _("Berkurang"), _("Akhir"))
    lines = [Line("line", one.label, (one.opening, one.earned, one.added, one.taken, one.closing)) for one in changes]
    sums = tuple(sum(line.values[place] or 0 for line in lines) for place in range(5))
    return Table(title, columns, (*lines, Line("total", _("Jumlah ekuitas"), sums)))


def _cash(books: Books) -> Paper:
    now, before = cash_flows_of(books)
    columns = tuple(_years(books))
    lines: list[Line] = []
    for place, activity in enumerate(now.activities):
        old = before.activities[place] if before else None
        lines += [Line("head", activity.title)]
        amounts, older = ({line.label: line.amount for line in one.lines} if one else {} for one in (activity, old))
        lines += [
            Line("line", label, (amounts.get(label, 0), older.get(label, 0))[: len(columns)])
            for label in dict.fromkeys([*amounts, *older])
        ]
        total = (activity.total, old.total if old else 0)[: len(columns)]
        lines.append(Line("total", _("Kas neto dari %s") % activity.title.lower(), total))
    lines += _cash_ends(now, before, len(columns))
    lead = _("%s, cara langsung, dalam rupiah") % span(books.year.first, books.year.last)
    return Paper(_("Laporan arus kas"), lead, (Table("", columns, tuple(lines)),))


def _cash_ends(now: CashFlow, before: CashFlow | None, width: int) -> list[Line]:
    ends = ((_("Kenaikan (penurunan) kas"), "change"), (_("Kas awal"), "opening"), (_("Kas akhir"), "closing"))
    return [
        Line("total", label, (getattr(now, name), getattr(before, name) if before else 0)[:width])
        for label, name in ends
    ]


# --- notes ---


def _notes(books: Books) -> Paper:
    facts = note_facts(books.cooperative, books.year)
    tables = [
        Table(_("1. Umum"), said=_general(books, facts)),
        Table(_("2. Dasar penyusunan"), said=_basis(books, facts)),
        Table(_("3. Kebijakan akuntansi"), said=_policies(books.cooperative)),
        *([_classes(books.cooperative, facts)] if facts.by_class else []),
    ]
    tables += [*_of_units(books, len(tables))]
    tables += [*_details(books, len(tables))]
    lead = _("%s, dalam rupiah") % span(books.year.first, books.year.last)
    return Paper(_("Catatan atas laporan keuangan"), lead, tuple(tables))


def _of_units(books: Books, already: int) -> Iterable[Table]:
    """The surplus that went up: from this unit, or from the units of this cooperative, with that of the year."""
    one = books.cooperative
    title = f"{already + 1}. " + _("SHU unit")
    rows = handed_up(one, books.year.year)
    if one.parent is not None:
        said = [
            _("%(sum)s diserahkan ke %(head)s pada %(day)s; anggota membaginya di sana.") % {
                "sum": format_rupiah(up.rupiah), "head": one.parent.name, "day": format_date(up.taken_on),
            }
            for up in rows if up.taken_on
        ]  # fmt: skip
        yield Table(title, said=tuple(said) or (_("SHU tahun ini belum diserahkan ke %s.") % one.parent.name,))
    elif rows:
        lines = [Line("line", up.cooperative.name, (up.rupiah,)) for up in rows]
        total = Line("total", _("Ikut dibagi dengan SHU %s") % books.year.year, (sum(up.rupiah for up in rows),))
        said = [_("Masuk ke buku induk di tahun berikutnya, sesudah tahun buku unit ditutup.")]
        yield Table(title, (_("Rupiah"),), (*lines, total), tuple(said))


def _general(books: Books, facts: NoteFacts) -> tuple[str, ...]:
    one: Cooperative = books.cooperative
    said = [_("%(name)s (%(kind)s). Bukunya dibuka %(day)s.") % {
        "name": one.name, "kind": CooperativeKind(one.kind).label, "day": format_date(one.opened_on),
    }]  # fmt: skip
    if one.parent is not None:
        said.append(_("Unit dari %s, dengan buku dan kas sendiri.") % one.parent.name)
    if one.legal_number:
        said.append(_("Badan hukum nomor %s.") % one.legal_number)
    said.append(
        _("Anggota: awal %(first)s, masuk %(joined)s, keluar %(left)s, akhir %(last)s.") % {
            "first": facts.members_first, "joined": facts.joined, "left": facts.left, "last": facts.members_last,
        }
    )  # fmt: skip
    return tuple(said)


def _basis(books: Books, facts: NoteFacts) -> tuple[str, ...]:
    if books.cooperative.sharia_since is not None:
        earned = _("Tidak ada bunga. Akad syariah dicatat menurut %s.")
        earned %= dated_on("cooperative_sharia.accounts", books.year.last).citation
    elif facts.counts_accrued:
        earned = _("Jasa pinjaman diakui saat diterima; untuk produk yang diatur demikian, saat menjadi hak.")
    else:
        earned = _("Jasa pinjaman diakui saat diterima.")
    return (
        _("Laporan disusun menurut SAK Entitas Privat (Permenkop UKM 2/2024), dalam rupiah penuh tanpa pembulatan."),
        _("Dasarnya biaya historis dan kelangsungan usaha. Arus kas disusun dengan cara langsung."),
        earned,
    )


def _policies(cooperative: Cooperative) -> tuple[str, ...]:
    lending = (
        (_("Pinjaman disajikan sebesar sisa pokok. Penyisihan dihitung tiap akhir bulan menurut kolektibilitas."),)
        if cooperative.sharia_since is None
        else (
            _("Piutang murabahah disajikan sebesar harga jual yang belum dibayar, dikurangi margin yang ditangguhkan."),
            _("Margin diakui sebanding dengan angsuran yang diterima; bagi hasil menurut hasil nyata yang dilaporkan."),
            _("Penyisihan dihitung tiap akhir bulan menurut kolektibilitas, dari pokok dan modal yang belum kembali."),
            _("Rugi mudharabah mengurangi pembiayaan. Qardh disajikan sebesar yang belum kembali."),
            _("Dana kebajikan adalah liabilitas, bukan pendapatan. Bonus wadiah tidak dijanjikan."),
            _("Qardh dari dana kebajikan disajikan terpisah; uangnya bukan uang koperasi atau penabung."),
            _("Simpanan mudharabah adalah dana syirkah temporer: bagiannya dari pendapatan yang sudah diterima."),
        )
    )
    return (
        _("Kas dan setara kas: kas, kas kecil, bank, dompet elektronik, dan uang dalam perjalanan."),
        *lending,
        _("Aset tetap dicatat sebesar harga perolehan dan disusutkan garis lurus per bulan."),
        _("Simpanan pokok dan wajib disajikan sebagai ekuitas; simpanan lain sebagai liabilitas."),
        _("SHU dibagi hanya dengan keputusan rapat anggota (UU 25/1992 Pasal 45)."),
    )


def _classes(cooperative: Cooperative, facts: NoteFacts) -> Table:
    lines = [Line("line", label, (facts.by_class.get(code, 0),)) for code, label in CLASS_LABELS.items()]
    total = Line("total", _("Jumlah"), (sum(facts.by_class.values()),))
    said: tuple[str, ...] = ()
    if facts.provisions is not None:
        month = facts.provisions.month
        said = (
            _("Per akhir %(month)s; penyisihan yang diperlukan %(sum)s.") % {
                "month": f"{MONTHS[month.month - 1]} {month.year}",
                "sum": format_rupiah(facts.provisions.required_rupiah),
            },
        )  # fmt: skip
    is_sharia = cooperative.sharia_since is not None
    title = _("4. Pembiayaan menurut kolektibilitas") if is_sharia else _("4. Pinjaman menurut kolektibilitas")
    return Table(title, (_("Sisa pokok"),), (*lines, total), said)


def _details(books: Books, already: int) -> Iterable[Table]:
    """What stands in the accounts of every line that has more than one."""
    both = [("posisi", row) for row in position_of(books)] + [("hasil", row) for row in result_of(books)]
    number = already
    for _part, row in both:
        parts = [one for one in row.accounts if one.amount or one.before]
        if len(parts) < 2:
            continue
        number += 1
        columns = tuple(_years(books))
        lines = [Line("line", one.name, (one.amount, one.before)[: len(columns)]) for one in parts]
        total = Line("total", _("Jumlah"), (row.amount, row.before)[: len(columns)])
        yield Table(f"{number}. {row.label}", columns, (*lines, total))
