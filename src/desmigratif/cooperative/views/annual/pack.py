"""The pack of the annual meeting as one PDF: reports, statements, surplus, decisions, annexes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from desmigratif.cooperative.models import (
    Cooperative,
    Meeting,
    MeetingReport,
    MeetingStatus,
    Office,
    OfficeTerm,
    ReportKind,
)
from desmigratif.cooperative.papers import parts
from desmigratif.cooperative.papers.parts import Part
from desmigratif.cooperative.queries.annual.annex import AnnexLine, annex_on
from desmigratif.cooperative.queries.annual.health import Assessed, assessed, judged_apart, own_capital_on
from desmigratif.cooperative.queries.annual.meeting import decisions_of, meeting_before, officers_on
from desmigratif.cooperative.queries.year.budget import budget_of
from desmigratif.cooperative.queries.year.notes import note_facts
from desmigratif.cooperative.queries.year.statements import Books, books_of_year
from desmigratif.cooperative.queries.year.surplus import Shared, shared_of
from desmigratif.cooperative.rules.annual.health import word_on_sharia
from desmigratif.cooperative.rules.annual.meeting import audit_law, must_be_audited
from desmigratif.cooperative.rules.loans.collectibility import CLASS_LABELS
from desmigratif.cooperative.rules.year.surplus import FUNDS
from desmigratif.cooperative.views.annual.group_papers import delegates_told
from desmigratif.cooperative.views.annual.papers import decision_table, minutes, signed_list
from desmigratif.cooperative.views.sharia.reports import reports_of_year
from desmigratif.cooperative.views.year.files import plain
from desmigratif.cooperative.views.year.handing_up import origin_rows
from desmigratif.cooperative.views.year.papers import Paper, Table, paper_of, parts_of, plan_of
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah


def pack_of(found: Meeting, name: str, today: date) -> list[Part]:
    """Everything that the members of an annual meeting are given about their year."""
    cooperative, year = found.cooperative, found.book_year or found.on.year - 1
    books = books_of_year(cooperative, year, today)
    signs = _Signs(officers_on(cooperative, min(found.on, today)))
    shared = shared_of(cooperative, year, today)
    made = [parts.title(_("Laporan tahunan"), name), _when(found), parts.heading(_("Acara"), 2)]
    made += [parts.numbered([item["title"] for item in found.agenda])]
    made += [parts.heading(_("Isi berkas"), 2), parts.CONTENTS]
    if found.status != MeetingStatus.HELD:  # afterwards the minutes tell it
        made += delegates_told(found)
    made += _decided_before(found) + _board(found, books, shared, signs) + _supervisors(found, signs)
    made += _auditor(found, books.year.last)
    for part in parts_of(cooperative):
        if part != "anggaran" or budget_of(cooperative, year):
            made += _statement(paper_of(part, books))
    for paper in reports_of_year(cooperative, year, today):
        made += _statement(paper)
    made += [signs.of(Office.CHAIR, Office.TREASURER)]
    made += _surplus(shared, year) + _plan(cooperative, year + 1)
    of_sharia = word_on_sharia(cooperative.sharia_since, year)
    made += _health(assessed(cooperative, year, "2016", today), judged_apart(cooperative), of_sharia)
    if found.status == MeetingStatus.HELD:
        _title, *said = minutes(found, name)
        made += [parts.BREAK, parts.heading(_("Berita acara %s") % name), *said]
        made += [parts.BREAK, parts.heading(_("Yang hadir")), signed_list(found)]
    return made + _annex(cooperative, books.year.last, shared)


class _Signs:
    """Who signs for an office; a line to write on where nobody was elected yet."""

    def __init__(self, officers: list[OfficeTerm]) -> None:
        self.officers = officers
        self.names = {term.office: term.member.name for term in officers}

    def of(self, *offices: Office) -> Part:
        return parts.signatures(*[(str(one.label), self.names.get(one, "")) for one in offices])


def _when(found: Meeting) -> Part:
    return parts.facts((_("Rapat"), f"{format_date(found.on)}, {found.at}, {found.place}"))


def _decided_before(found: Meeting) -> list[Part]:
    """What the annual meeting before this one decided, so that members can ask what became of it."""
    before = meeting_before(found)
    if before is None:
        return []
    title = _("Keputusan RAT sebelumnya, %s") % format_date(before.on)
    return [parts.BREAK, parts.heading(title), *decision_table(decisions_of(before))]


def _words_of(found: Meeting, kind: str) -> list[Part]:
    report = MeetingReport.objects.of(found.cooperative_id).filter(meeting=found, kind=kind).first()
    return parts.words(report.text if report else _("Belum ditulis."))


def _board(found: Meeting, books: Books, shared: Shared, signs: _Signs) -> list[Part]:
    """The board's words, its people, the members and the loans of the year."""
    facts = note_facts(found.cooperative, books.year)
    rows = [
        (_("Anggota awal tahun"), str(facts.members_first)), (_("Masuk"), str(facts.joined)),
        (_("Keluar"), str(facts.left)), (_("Anggota akhir tahun"), str(facts.members_last)),
        (_("SHU tahun buku"), format_rupiah(sum(one.rupiah for one in shared.origins))),
    ]  # fmt: skip
    rows += [(_("Pinjaman %s") % CLASS_LABELS[code].lower(), format_rupiah(facts.by_class[code]))
             for code in CLASS_LABELS if code in facts.by_class]  # fmt: skip
    made = [parts.BREAK, parts.heading(_("Laporan pengurus")), *_words_of(found, "board")]
    if signs.officers:
        made += [parts.heading(_("Pengurus dan pengawas"), 2), _people(signs.officers)]
    made += [parts.heading(_("Tahun ini dalam angka"), 2), parts.facts(*rows)]
    return [*made, signs.of(Office.CHAIR, Office.SECRETARY)]


def _people(officers: list[OfficeTerm]) -> Part:
    cells = [[str(one.get_office_display()), one.member.name, format_date(one.until)] for one in officers]
    return parts.table([_("Jabatan"), _("Nama"), _("Sampai")], cells, align="lll", widths=(2, 3, 2))


def _supervisors(found: Meeting, signs: _Signs) -> list[Part]:
    made = [parts.BREAK, parts.heading(_("Laporan pengawas")), *_words_of(found, "supervisors")]
    return [*made, signs.of(Office.HEAD_SUPERVISOR)]


def _auditor(found: Meeting, last: date) -> list[Part]:
    """What a public accountant found; or why none is asked, so that nobody looks for a missing page."""
    report = MeetingReport.objects.of(found.cooperative_id).filter(meeting=found, kind=ReportKind.AUDITOR).first()
    law, heading = audit_law(last), parts.heading(str(ReportKind.AUDITOR.label))
    if report is not None:
        return [parts.BREAK, heading, *parts.words(report.text)]
    if law is None:
        return []
    capital = own_capital_on(found.cooperative, last)
    words = {
        "capital": format_rupiah(capital), "limit": format_rupiah(law.value), "law": law.citation,
        "day": format_date(last),
    }  # fmt: skip
    said = _(
        "Modal sendiri %(capital)s pada %(day)s, di bawah %(limit)s: tidak wajib diperiksa akuntan publik (%(law)s)."
    )
    if must_be_audited(capital, last):
        said = _(
            "Modal sendiri %(capital)s pada %(day)s: wajib diperiksa akuntan publik (%(law)s). Laporannya belum ada."
        )
    return [heading, *parts.words(said % words)]


def _statement(paper: Paper) -> list[Part]:
    """One statement of the year, with the same tables as on its page."""
    made = [parts.BREAK, parts.heading(paper.title), *parts.words(paper.lead)]
    for table in paper.tables:
        made += _table(table)
    return made


def _table(table: Table) -> list[Part]:
    made = [parts.heading(table.title, 2)] if table.title else []
    for said in table.said:
        made += parts.words(said)
    if table.lines:
        lines = [(line.kind, line.label, [plain(value) for value in line.values]) for line in table.lines]
        made.append(parts.statement(table.columns, lines))
    return made


def _surplus(shared: Shared, year: int) -> list[Part]:
    """How the surplus goes to funds and members: proposed before the meeting decides, as given out afterwards."""
    title = _("Pembagian SHU %s") if shared.is_given_out else _("Rencana pembagian SHU %s")
    made = [parts.BREAK, parts.heading(title % year), *_origins(shared, year)]
    if not shared.funds:
        return made + parts.words(_("Belum ada yang dapat dibagi."))
    made += parts.words(_("Menurut %(rule)s. Bagian setiap anggota ada di lampiran.") % {"rule": shared.decision})
    cells = [[FUNDS[code], f"{percent} %".replace(".", ","), plain(rupiah)] for code, percent, rupiah in shared.funds]
    cells.append([_("Jumlah"), "100 %", plain(sum(rupiah for _code, _percent, rupiah in shared.funds))])
    columns = [_("Dana"), _("Bagian"), _("Rupiah")]
    return [*made, parts.table(columns, cells, align="lrr", widths=(4, 1, 2), total=True)]


def _origins(shared: Shared, year: int) -> list[Part]:
    """What the cooperative's own books left, and what each unit handed up; nothing where there are no units."""
    rows = origin_rows(shared.origins, year)
    if not rows:
        return []
    cells = [[row["name"], row["said"], plain(row["rupiah"])] for row in rows]
    cells.append([_("Yang dibagi"), "", plain(sum(row["rupiah"] for row in rows))])
    columns = [_("Buku"), _("Keadaan"), _("Rupiah")]
    table = parts.table(columns, cells, align="llr", widths=(4, 3, 2), total=True)
    return [parts.heading(_("Dari mana SHU ini"), 2), table, parts.heading(_("Untuk apa"), 2)]


def _plan(cooperative: Cooperative, year: int) -> list[Part]:
    """What the next year is to earn and to cost."""
    budget = budget_of(cooperative, year)
    if budget is None:
        return []
    return [parts.BREAK, parts.heading(_("Anggaran %s") % year), *_table(plan_of(budget))]


def _health(seen: Assessed, apart: list[Cooperative], of_sharia: str) -> list[Part]:
    """The score, or why there is none. The form judges each of the books by itself, as the ministry's does."""
    made = [parts.BREAK, parts.heading(_("Kesehatan koperasi"))]
    if apart:
        names = ", ".join(one.name for one in apart)
        made += parts.words(_("Yang dinilai buku induk. Buku unit dinilai sendiri: %s.") % names)
    if of_sharia:
        made += parts.words(of_sharia)
    for reason in seen.reasons:
        made += parts.words(reason.text)
    if seen.health is None:
        return made
    health = seen.health
    made += parts.words(_("%(form)s, tahun buku %(year)s.") % {"form": health.name, "year": seen.year})
    cells = [
        [ratio.label, "–" if ratio.percent is None else f"{_number(ratio.percent)} %", _number(ratio.marks, 1),
         _number(ratio.weight, 1), _number(ratio.score)]
        for aspect in health.aspects for ratio in aspect.ratios
    ]  # fmt: skip
    cells += [
        [part.label, "", "", _number(part.each * part.count, 1), _number(part.score)] for part in health.parts
    ]  # fmt: skip
    is_final = health.total is not None and not seen.reasons
    if is_final:
        cells.append([_("Jumlah"), "", "", "100", _number(health.total)])
    columns = [_("Rasio"), _("Hasil"), _("Nilai"), _("Bobot"), _("Skor")]
    made.append(parts.table(columns, cells, align="lrrrr", widths=(6, 2, 1, 1, 1), total=is_final))
    return made + (parts.words(_("Predikat: %s.") % health.grade) if is_final else [])


def _number(amount: Decimal | None, places: int = 2) -> str:
    """A number as Indonesians write it; without decimals where they are nil and only one was asked for."""
    if amount is None:
        return "–"
    text = f"{amount:.{places}f}".replace(".", ",")
    return text.removesuffix(",0") if places == 1 else text


def _annex(cooperative: Cooperative, on: date, shared: Shared) -> list[Part]:
    """One line for each member."""
    amounts = [(line, (*_amounts(line), shared.by_member.get(line.member_id, 0))) for line in annex_on(cooperative, on)]
    cells = [[str(line.number), line.name, *[plain(one) for one in row]] for line, row in amounts]
    totals = [sum(column) for column in zip(*(row for _line, row in amounts), strict=True)] or [0] * 6
    cells.append(["", _("Jumlah"), *[plain(amount) for amount in totals]])
    columns = [_("No."), _("Nama"), _("Pokok"), _("Wajib"), _("Simpanan lain"), _("Pinjaman"),
               _("SHU lama belum diambil"), _("SHU tahun ini")]  # fmt: skip
    title = _("Lampiran: simpanan, pinjaman, dan SHU setiap anggota, %s") % format_date(on)
    table = parts.table(columns, cells, align="rlrrrrrr", widths=(0, 4, 2, 2, 2, 2, 2, 2), total=True, tall=2)
    return [parts.BREAK, parts.heading(title), table]


def _amounts(line: AnnexLine) -> tuple[int, ...]:
    sums = line.sums
    return (
        sums["savings_principal"], sums["savings_compulsory"], line.saved, sums["loans"], sums["shu_payable"]
    )  # fmt: skip
