"""What bodies that help owe, on the first page of the coordinator and of the body itself."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission as P
from desmigratif.desk.views.landing.block import Block
from desmigratif.programme.models import Partner, SharedTask
from desmigratif.programme.queries.partners import own_partner, owner_name, tasks_late
from desmigratif.regions.queries import near_name
from desmigratif.shared.dates import format_date

SHOWN = 8


def helpers(by: Actor, today: date) -> Block:
    """What was agreed with bodies and is past its day: the coordinator's list, or a body's own."""
    here = reverse("programme:partners")
    if not by.may_anywhere(P.PROGRAMME_RECORD):
        return _own_body(own_partner(by), today, here)
    late_ones = list(tasks_late(by, today).select_related("partner")[: SHOWN + 1])
    links = [{"label": _("Tugas bersama"), "icon": "clipboard-check", "url": f"{here}?lihat=tugas"}]
    if not late_ones:
        return Block(_("Mitra desa"), "heart-handshake", _("Tidak ada tugas bersama yang lewat batas."), links=links)
    rows = [[near_name(one.village_code), one.what, owner_name(one), format_date(one.due_on)] for one in late_ones]
    more = _("Masih ada lagi; lihat di daftarnya.") if len(rows) > SHOWN else ""
    head = (_("Desa"), _("Tugas"), _("Dipegang"), _("Batas"))
    sentence = _("Tugas bersama ini lewat batas. Tanyakan kepada yang memegang.")
    return Block(_("Mitra desa"), "heart-handshake", sentence, head, rows[:SHOWN], more, links)


def _own_body(own: Partner | None, today: date, here: str) -> Block:
    """What a body that signs in owes, in a sentence."""
    sentence = _("Janji dan tugas lembaga Anda untuk desa program.")
    if own and (late := SharedTask.objects.of_body(own).waiting().filter(due_on__lt=today).count()):
        sentence = _("%s tugas lembaga Anda lewat batas.") % late
    links = [{"label": _("Buka"), "icon": "heart-handshake", "url": here}]
    return Block(own.name if own else _("Lembaga Anda"), "heart-handshake", sentence, links=links)
