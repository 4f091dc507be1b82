"""Visits that wait for a person: what was sent, and how the resident is registered now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access.actor import Actor
from desmigratif.access.reviews import Comparison, ReviewKind
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.common import GONE
from desmigratif.cases.inputs import RecordVisit
from desmigratif.cases.rules.before.visits import PLACES, PURPOSES, topics_on
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.people.views.common import person_strip
from desmigratif.shared.dates import format_date

_WRITTEN = gettext_lazy("kunjungannya dicatat pada tanggal itu.")
_NOT_YET = gettext_lazy(
    "kunjungannya dicatat, setelah status warga ini diperbaiki di berkasnya. Sebelum itu belum bisa."
)


def compare_visit(by: Actor, given: RecordVisit, *, today: date, with_specific: bool) -> Comparison:
    """What a visit says; the resident's present status stands in the person strip."""
    resident = None
    if given.resident_id is not None:
        rows = Resident.objects.visible_to(by).filter(village_code=given.village_code).select_related("household")
        resident = get_or_refuse(rows, "resident_id", id=given.resident_id)
    topics = topics_on(given.on)
    facts = [
        (_("Tanggal"), format_date(given.on)),
        (_("Tempat"), PLACES[given.place]),
        (_("Keperluan"), PURPOSES[given.purpose]),
        (_("Yang dijelaskan"), ", ".join(topics.get(topic, topic) for topic in given.topics) or _("Belum ada")),
    ]
    if resident is None:
        facts.insert(0, (_("Tamu"), given.visitor_name or ""))
    if given.note and with_specific:
        facts.append((_("Catatan"), given.note))
    return Comparison(
        subjects=(Subject("resident", resident.id),) if resident else (),
        person=person_strip(resident, today, _states(resident)) if resident else None,
        facts=tuple(facts),
        applying=_NOT_YET if resident and resident.life_status in GONE else _WRITTEN,
    )


def _states(resident: Resident) -> list[dict[str, str]]:
    status = LifeStatus(resident.life_status)
    if status == LifeStatus.ALIVE:
        return []
    return [{"name": "cek", "label": _("tercatat %(status)s") % {"status": status.label.lower()}}]


REVIEWS: Mapping[str, ReviewKind] = {
    "cases.record_visit": ReviewKind(gettext_lazy("Kunjungan"), compare_visit),
}
