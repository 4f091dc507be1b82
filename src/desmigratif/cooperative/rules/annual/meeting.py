"""The members' meeting: when it must be, who must be asked, when it counts, and what carries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from desmigratif.cooperative.rules.days import add_months
from desmigratif.shared.dated import Dated, NoValueOnDate, dated_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason

AGENDA_WORDS: dict[str, str] = {
    "board_report": "Laporan pertanggungjawaban pengurus", "supervisors_report": "Laporan pengawas",
    "accounts": "Pengesahan laporan keuangan", "surplus": "Pembagian sisa hasil usaha (SHU)",
    "plan": "Rencana kerja dan anggaran tahun berikutnya", "election": "Pemilihan pengurus dan pengawas",
}  # fmt: skip
SUPERVISING = frozenset({"head_supervisor", "supervisor"})
SINGLE = frozenset({"chair", "vice_chair", "secretary", "treasurer", "head_supervisor"})


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must be there, out of how many, by which rule."""

    members: int
    needed: int
    present: int
    rule: str
    citation: str
    who: str = "anggota"

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed


@dataclass(frozen=True, slots=True)
class Articles:
    """What a cooperative's own articles say of its meetings; None where they leave it to the law's model."""

    notice_days: int | None = None
    quorum_percent: int | None = None
    second_percent: int | None = None

    def quorum(self, *, is_second: bool) -> int | None:
        return self.second_percent if is_second else self.quorum_percent


OF_THE_LAW = Articles()
ARTICLES = "Anggaran dasar; UU 25/1992 Pasal 28"


@dataclass(frozen=True, slots=True)
class Vote:
    """Heads; all nil when everybody agreed without a vote."""

    is_unanimous: bool
    votes_for: int = 0
    votes_against: int = 0
    abstained: int = 0

    @property
    def heads(self) -> int:
        return self.votes_for + self.votes_against + self.abstained


def due_on(book_year: int) -> date:
    """The last day for the annual meeting about a year."""
    end = date(book_year, 12, 31)
    months: int = dated_on("cooperative_meetings.annual_due_months", end).value
    return add_months(end, months)


def report_due_on(held_on: date) -> date:
    """The last day on which the outcome may reach the cooperative office."""
    months: int = dated_on("cooperative_meetings.report_due_months", held_on).value
    return add_months(held_on, months)


def report_ready_on(meeting_on: date) -> date:
    """The last day on which the board may finish the report that members read before the annual meeting."""
    months: int = dated_on("cooperative_meetings.annual_report_ready_months", meeting_on).value
    return add_months(meeting_on, -months)


def is_long_unreported(years: Collection[int], on: date) -> bool:
    """Whether so many annual meetings in a row went unreported that the cooperative may be sanctioned."""
    most: int = dated_on("cooperative_meetings.certificate", on).value["missed_reports"]
    return len(years) >= most


def reasons_not_to_call(
    *, book_year: int | None, invited_on: date, on: date, is_second: bool, adjourned_on: date | None, proxies_each: int,
    today: date, articles: Articles = OF_THE_LAW,
) -> list[Reason]:  # fmt: skip
    """Why this invitation does not hold; an empty list means it does. Late is allowed and said elsewhere."""
    found = []
    notice = dated_on("cooperative_meetings.notice_days", on)
    days: int = notice.value["second" if is_second else "first"]
    if articles.notice_days is not None and not is_second:
        days = articles.notice_days
    if invited_on > today:
        found.append(Reason("invited_in_future", "Undangan belum dibagikan pada hari itu.", field="invited_on"))
    if on - invited_on < timedelta(days=days):
        text = f"Undangan dibagikan paling lambat {days} hari sebelum rapat; rapat ini paling cepat "
        text += f"{format_date(invited_on + timedelta(days=days))}."
        found.append(Reason("notice_too_short", text, citation=notice.citation, field="on"))
    if is_second and adjourned_on is not None and on > adjourned_on + timedelta(days=notice.value["second_within"]):
        last = format_date(adjourned_on + timedelta(days=notice.value["second_within"]))
        text = f"Rapat kedua paling lambat {last}."
        way_out = "Undang lagi rapat baru dari awal, dengan kuorum penuh."
        found.append(Reason("second_too_late", text, citation=notice.citation, field="on", way_out=way_out))
    if book_year is not None and on <= date(book_year, 12, 31):
        text = f"Tahun buku {book_year} belum selesai pada hari rapat."
        found.append(Reason("year_not_over", text, field="on"))
    if (articles.second_percent or 0) > (articles.quorum_percent or 100):
        text = "Rapat kedua tidak meminta lebih banyak anggota daripada rapat pertama."
        found.append(Reason("second_above_first", text, citation=ARTICLES, field="second_percent"))
    most = dated_on("cooperative_meetings.proxies_most", on)
    if proxies_each > most.value:
        text = f"Seorang anggota mewakili paling banyak {most.value} anggota lain."
        found.append(Reason("too_many_proxies", text, citation=most.citation, field="proxies_each"))
    return found


def quorum_of(
    *, members: int, present: int, is_second: bool, on: date, articles: Articles = OF_THE_LAW, who: str = "anggota"
) -> Quorum:  # fmt: skip
    """More than half the first time; after a meeting without quorum, a smaller share. The articles go first.

    `who` is counted: the members, or the delegates whom they sent.
    """
    law = dated_on("cooperative_meetings.quorum_percent", on)
    own = articles.quorum(is_second=is_second)
    percent: int = law.value["second" if is_second else "first"] if own is None else own
    if is_second:
        needed, rule = -(-members * percent // 100), f"paling sedikit {percent} persen {who} (rapat kedua)"
    else:
        needed, rule = members * percent // 100 + 1, f"lebih dari {percent} persen {who}"
    return Quorum(members, max(needed, 1), present, rule, law.citation if own is None else ARTICLES, who)


def reasons_not_to_open(quorum: Quorum, *, on: date, today: date) -> list[Reason]:
    """Why the meeting cannot begin; an empty list means it can."""
    found = []
    if today < on:
        found.append(Reason("not_yet", f"Rapat ini baru pada {format_date(on)}.", field="on"))
    if not quorum.is_met:
        text = (
            f"Yang hadir {quorum.present} dari {quorum.members} {quorum.who}; rapat sah bila dihadiri {quorum.rule}, "
        )
        text += f"yaitu {quorum.needed} orang."
        way_out = "Tunggu yang lain, atau tunda dan undang rapat kedua."
        found.append(Reason("no_quorum", text, citation=quorum.citation, way_out=way_out))
    return found


def reasons_not_to_represent(
    *, is_self: bool, holder_there: bool, already_there: bool, holds: int, proxies_each: int, on: date
) -> list[Reason]:
    """Why one member cannot speak for another here."""
    law = dated_on("cooperative_meetings.proxies_most", on)
    if proxies_each == 0:
        text = "Rapat ini tidak menerima kuasa."
        way_out = "Anggota yang jauh dapat hadir lewat daring."
        return [Reason("no_proxies", text, citation=law.citation, way_out=way_out)]
    found = []
    if is_self:
        found.append(Reason("own_proxy", "Anggota tidak mewakili dirinya sendiri.", field="holder_number"))
    if already_there:
        found.append(Reason("is_there", "Anggota ini sudah tercatat hadir.", field="number"))
    if not holder_there and not is_self:
        found.append(Reason("holder_absent", "Yang mewakili belum tercatat hadir.", field="holder_number"))
    if holds >= proxies_each:
        text = f"Seorang anggota mewakili paling banyak {proxies_each} anggota lain."
        found.append(Reason("too_many_proxies", text, citation=law.citation, field="holder_number"))
    return found


def is_carried(vote: Vote, on: date) -> bool:
    """Whether the members said yes."""
    if vote.is_unanimous:
        return True
    percent: int = dated_on("cooperative_meetings.votes_percent", on).value
    cast = vote.votes_for + vote.votes_against
    return vote.votes_for * 100 > cast * percent


def reasons_not_to_count(vote: Vote, present: int) -> list[Reason]:
    """Why these votes cannot be; an empty list means they can."""
    if vote.is_unanimous:
        if vote.heads:
            return [Reason("votes_and_unanimous", "Semua setuju: suaranya tidak perlu diisi.", field="votes_for")]
        return []
    if vote.votes_for + vote.votes_against == 0:
        return [Reason("no_votes", "Isi suara yang setuju dan yang tidak.", field="votes_for")]
    if vote.heads > present:
        text = f"Suaranya {vote.heads}, padahal yang hadir dan diwakili {present}. Satu anggota satu suara."
        return [Reason("more_votes_than_people", text, citation="UU 25/1992 Pasal 24", field="votes_for")]
    return []


def reasons_not_to_elect(
    *, office: str, holds: frozenset[str], taken: bool, votes: int | None, present: int, since: date, until: date,
    on: date,
) -> list[Reason]:  # fmt: skip
    """Why somebody cannot be written down for an office: another one, its term, its votes."""
    found = []
    law = dated_on("cooperative_meetings.office_years_most", on)
    if since < on:
        found.append(Reason("before_meeting", "Masa jabatan mulai pada hari rapat atau sesudahnya.", field="since"))
    if until <= since:
        found.append(Reason("ends_first", "Masa jabatan berakhir sesudah mulai.", field="until"))
    elif until > add_months(since, 12 * law.value):
        text = f"Masa jabatan paling lama {law.value} tahun."
        found.append(Reason("term_too_long", text, citation=law.citation, field="until"))
    if taken:
        found.append(Reason("office_taken", "Jabatan ini sudah terisi di rapat ini.", field="office"))
    if holds:
        both = (office in SUPERVISING) != bool(holds & SUPERVISING)
        text = "Pengurus tidak merangkap pengawas." if both else "Anggota ini sudah dipilih untuk jabatan lain."
        found.append(Reason("two_offices", text, citation="UU 25/1992 Pasal 38 dan 39" if both else "", field="number"))
    if votes is not None and votes > present:
        text = f"Suaranya {votes}, padahal yang hadir dan diwakili {present}."
        found.append(Reason("more_votes_than_people", text, citation="UU 25/1992 Pasal 24", field="votes"))
    return found


def reasons_not_to_close(*, is_annual: bool, decided: frozenset[str]) -> list[Reason]:
    """Why the meeting cannot end yet: the annual one must say what it thinks of the year."""
    if is_annual and "accounts" not in decided:
        text = "Keputusan tentang laporan pengurus dan keuangan belum dicatat, diterima ataupun ditolak."
        return [Reason("accounts_undecided", text, citation="UU 25/1992 Pasal 23", way_out="Catat keputusannya dulu.")]
    return []


def audit_law(on: date) -> Dated | None:
    """From how much own capital on a public accountant looks at a year that ends on this day; None before that law."""
    try:
        return dated_on("cooperative_meetings.audit_from_rupiah", on)
    except NoValueOnDate:
        return None


def must_be_audited(own_capital_rupiah: int, on: date) -> bool:
    law = audit_law(on)
    return law is not None and own_capital_rupiah >= law.value


def certificate_until(reported_on: date) -> date:
    """Until when a certificate that was renewed with a report holds."""
    law = dated_on("cooperative_meetings.certificate", reported_on)
    return add_months(reported_on, 12 * law.value["years"])


def agenda_for(*, is_annual: bool, has_election: bool, matters: tuple[str, ...], on: date) -> list[dict[str, str]]:
    """What the law wants of an annual meeting, an election, and what people add."""
    codes = list(dated_on("cooperative_meetings.annual_agenda", on).value) if is_annual else []
    codes += ["election"] if has_election else []
    rows = [{"kind": code, "title": AGENDA_WORDS[code]} for code in codes]
    return rows + [{"kind": "other", "title": matter} for matter in matters]


def reasons_about_agenda(agenda: list[dict[str, str]]) -> list[Reason]:
    if agenda:
        return []
    return [Reason("no_agenda", "Tulis apa yang dibicarakan, satu pokok tiap baris.", field="matters")]
