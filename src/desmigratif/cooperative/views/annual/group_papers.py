"""Papers about delegates: the sheet that each group takes to its own meeting, and what came of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from desmigratif.cooperative.models import Meeting
from desmigratif.cooperative.papers import parts
from desmigratif.cooperative.papers.parts import Part
from desmigratif.cooperative.queries.annual.delegates import GroupStanding, groups_of
from desmigratif.cooperative.queries.annual.meeting import voters_on
from desmigratif.shared.dates import format_date


def group_sheets(found: Meeting, name: str) -> list[Part]:
    """For every group a page: who belongs to it, to sign, and lines for whom they send."""
    voters = {one.number: one.name for one in voters_on(found.cooperative, found.on)}
    made: list[Part] = []
    for one in groups_of(found):
        made += [parts.BREAK] if made else []
        made += _sheet(found, one, voters, name)
    return made or parts.words(_("Belum ada kelompok."))


def _sheet(found: Meeting, one: GroupStanding, voters: dict[int | None, str], name: str) -> list[Part]:
    seats = _("paling banyak %(seats)s, satu untuk %(each)s anggota") % {
        "seats": one.seats, "each": found.delegates_each,
    }  # fmt: skip
    rows = [[str(number), voters.get(number, ""), ""] for number in sorted(one.numbers)]
    columns = [_("Nomor"), _("Nama"), _("Tanda tangan")]
    return [
        parts.title(_("Rapat kelompok %s") % one.group.name, name),
        parts.facts((_("Hari dan tempat"), ""), (_("Anggota kelompok"), str(one.members)), (_("Delegasi"), seats)),
        parts.heading(_("Yang hadir"), 2), parts.table(columns, rows, align="rll", widths=(0, 3, 3), tall=6),
        parts.heading(_("Delegasi yang dipilih"), 2),
        parts.table([_("Nomor"), _("Nama"), _("Tanda tangan")], [[" ", " ", " "]] * one.seats, align="rll",
                    widths=(0, 3, 3), tall=7),
        parts.signatures((_("Pimpinan rapat kelompok"), ""), (_("Notulis"), "")),
    ]  # fmt: skip


def delegates_told(found: Meeting) -> list[Part]:
    """Which groups met, how many of them came, and whom they sent; nothing where every member comes."""
    if found.delegates_each is None:
        return []
    rows = [
        [one.group.name, f"{format_date(one.group.met_on)}, {one.group.place}" if one.group.met_on else _("belum"),
         _("%(present)s dari %(members)s") % {"present": one.group.present or 0, "members": one.members},
         ", ".join(one.names), _("%(led)s; %(wrote)s") % {"led": one.group.led_by, "wrote": one.group.written_by}
         if one.group.met_on else ""]
        for one in groups_of(found)
    ]  # fmt: skip
    columns = [_("Kelompok"), _("Rapatnya"), _("Hadir"), _("Delegasi"), _("Pimpinan; notulis")]
    said = _("Satu delegasi mewakili %s anggota. Kuorum dan suara dihitung dari delegasi.") % found.delegates_each
    table = parts.table(columns, rows, align="lllll", widths=(2, 3, 2, 4, 3))
    return [parts.heading(_("Kelompok dan delegasi"), 2), *parts.words(said), table]
