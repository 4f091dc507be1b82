"""Papers of one members' meeting: the invitation, the list to sign, the minutes."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from desmigratif.cooperative.models import (
    Attendance,
    AttendanceWay,
    Cooperative,
    Decision,
    Meeting,
    MeetingStatus,
    Office,
    OfficeTerm,
)
from desmigratif.cooperative.papers import parts
from desmigratif.cooperative.papers.parts import Paper, Part
from desmigratif.cooperative.papers.press import Printed, printed
from desmigratif.cooperative.queries.annual.meeting import (
    decisions_of,
    elected_at,
    officers_on,
    voters_of,
    ways_at,
    who_votes,
)
from desmigratif.cooperative.views.annual.group_papers import delegates_told, group_sheets
from desmigratif.regions.queries import village
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours


def paper_of(found: Meeting, kind: str, name: str, today: date) -> Printed:
    """One paper of a meeting. Raises `NotFoundOrNotYours` for a kind that there is not, or not yet."""
    if kind == "undangan":
        made = _invitation(found, name)
    elif kind == "kelompok" and found.delegates_each is not None:
        made = group_sheets(found, name)
    elif kind == "daftar-hadir":
        made = _list_to_sign(found, name)
    elif kind == "berita-acara" and found.status == MeetingStatus.HELD:
        made = minutes(found, name)
    else:
        raise NotFoundOrNotYours
    paper = paper_with(found.cooperative, name, made, today)
    return Printed(f"{kind}-{found.on.isoformat()}.pdf", printed(paper))


def paper_with(cooperative: Cooperative, name: str, made: list[Part], today: date) -> Paper:
    """A paper with the cooperative's letterhead."""
    place = village(cooperative.village_code)
    lines = [place.full_name]
    if cooperative.legal_number:
        lines.insert(0, _("Badan hukum nomor %s") % cooperative.legal_number)
    if cooperative.parent is not None:
        lines.insert(0, _("Unit dari %s") % cooperative.parent.name)
    foot = _("%(body)s, dicetak %(day)s") % {"body": cooperative.name, "day": format_date(today)}
    return Paper(cooperative.name, tuple(lines), name, today, foot, tuple(made))


def _when_and_where(found: Meeting) -> Part:
    return parts.facts((_("Hari"), format_date(found.on)), (_("Pukul"), found.at), (_("Tempat"), found.place))


def _chair_signs(found: Meeting) -> Part:
    """The board signs, under the names that the last election gave."""
    officers = {term.office: term.member.name for term in officers_on(found.cooperative, found.invited_on)}
    return parts.signatures(
        (str(Office.CHAIR.label), officers.get(Office.CHAIR, "")),
        (str(Office.SECRETARY.label), officers.get(Office.SECRETARY, "")),
    )  # fmt: skip


def _invitation(found: Meeting, name: str) -> list[Part]:
    asked = _("Kami mengundang Bapak/Ibu anggota koperasi untuk hadir dalam rapat anggota pada:")
    said = _("Setiap anggota mempunyai satu suara. Anggota yang jauh dapat hadir lewat daring; hubungi pengurus.")
    if found.delegates_each is not None:
        asked = _("Kami mengundang delegasi yang dipilih kelompok anggota untuk hadir dalam rapat anggota pada:")
        said = _("Setiap delegasi mempunyai satu suara. Delegasi yang jauh dapat hadir lewat daring; hubungi pengurus.")
    if found.proxies_each:
        said += " " + _("Yang berhalangan dapat memberi kuasa kepada satu %s lain.") % who_votes(found)
    if found.follows_id:
        said += " " + _("Ini rapat kedua: sah dengan jumlah hadir yang lebih kecil.")
    made = [
        parts.title(_("Undangan"), name), *parts.words(asked), _when_and_where(found), parts.heading(_("Acara"), 2),
        parts.numbered([item["title"] for item in found.agenda]),
    ]  # fmt: skip
    return [*made, *parts.words(said), _chair_signs(found)]


def _list_to_sign(found: Meeting, name: str) -> list[Part]:
    rows = [[str(one.number), one.name, "", ""] for one in voters_of(found)]
    columns = [_("Nomor"), _("Nama"), _("Cara hadir"), _("Tanda tangan")]
    return [
        parts.title(_("Daftar hadir"), name), _when_and_where(found),
        parts.table(columns, rows, align="rlll", widths=(0, 3, 2, 3), tall=7),
    ]  # fmt: skip


def minutes(found: Meeting, name: str) -> list[Part]:
    """What is written of a meeting that was held."""
    ways = ways_at(found)
    came = ", ".join(
        f"{AttendanceWay(way).label.lower()} {count}" for way, count in ways.items() if count
    )  # fmt: skip
    quorum = _("%(present)s dari %(members)s %(who)s (%(came)s); perlu %(needed)s. Rapat sah.") % {
        "present": found.present, "members": found.members, "needed": found.needed, "came": came,
        "who": who_votes(found),
    }  # fmt: skip
    made = [
        parts.title(_("Berita acara"), name), _when_and_where(found),
        parts.facts((_("Kehadiran"), quorum), (_("Pimpinan rapat"), found.led_by), (_("Notulis"), found.written_by)),
        *delegates_told(found),
        parts.heading(_("Acara"), 2), parts.numbered([item["title"] for item in found.agenda]),
        parts.heading(_("Keputusan"), 2), *decision_table(decisions_of(found)), *_elected(elected_at(found)),
    ]  # fmt: skip
    if found.notes:
        made += [parts.heading(_("Jalannya rapat"), 2), *parts.words(found.notes)]
    return [*made, parts.signatures((_("Pimpinan rapat"), found.led_by), (_("Notulis"), found.written_by))]


def votes_of(decision: Decision) -> str:
    """How it was decided, in words."""
    if decision.is_unanimous:
        return _("semua setuju")
    counted = {"yes": decision.votes_for, "no": decision.votes_against, "none": decision.abstained}
    return _("%(yes)s setuju, %(no)s tidak setuju, %(none)s tidak memilih") % counted


def decision_table(rows: list[Decision]) -> list[Part]:
    if not rows:
        return parts.words(_("Tidak ada."))
    columns = [_("Nomor"), _("Tentang"), _("Bunyinya"), _("Hasil")]
    cells = [
        [str(one.number), str(one.get_kind_display()), one.text,
         f"{_('Diterima') if one.is_carried else _('Ditolak')}: {votes_of(one)}"]
        for one in rows
    ]  # fmt: skip
    return [parts.table(columns, cells, align="rlll", widths=(0, 3, 5, 3))]


def _elected(rows: list[OfficeTerm]) -> list[Part]:
    if not rows:
        return []
    columns = [_("Jabatan"), _("Nama"), _("Suara"), _("Masa jabatan")]
    cells = [
        [str(one.get_office_display()), one.member.name, "" if one.votes is None else str(one.votes),
         f"{format_date(one.since)} - {format_date(one.until)}"]
        for one in rows
    ]  # fmt: skip
    return [parts.heading(_("Yang terpilih"), 2), parts.table(columns, cells, align="llrl", widths=(2, 3, 0, 4))]


def signed_list(found: Meeting) -> Part:
    """Who came, for the annex."""
    rows = Attendance.objects.of(found.cooperative_id).filter(meeting=found).select_related("member", "holder")
    cells = [
        [str(one.member.number), one.member.name,
         _("diwakili %s") % one.holder.name if one.holder else str(one.get_way_display())]
        for one in rows.order_by("member__number")
    ]  # fmt: skip
    return parts.table([_("Nomor"), _("Nama"), _("Cara hadir")], cells, align="rll", widths=(0, 3, 2))
