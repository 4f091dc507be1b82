"""Corrections that wait for a person, beside what stands now; numbers masked as everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access.actor import Actor
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.reviews import Comparison, Line, ReviewKind
from desmigratif.audit.unit import Subject
from desmigratif.people import sealing
from desmigratif.people.fields import (
    HOUSEHOLD_FIELDS,
    KK,
    LABELS,
    MASKED_FIELDS,
    RESIDENT_FIELDS,
    SPECIFIC_FIELDS,
    shown,
)
from desmigratif.people.inputs import CorrectHousehold, CorrectResident
from desmigratif.people.models import Household
from desmigratif.people.queries.household import household_of
from desmigratif.people.queries.resident import resident_of
from desmigratif.people.queries.values import differing, household_values, resident_values
from desmigratif.people.rules.names import softened
from desmigratif.people.views.common import person_strip, place_of
from desmigratif.shared.dates import format_date

_ADDRESS = gettext_lazy(
    "alamat dan nomor KK keluarga ini menjadi seperti yang dikirim. Isi yang sekarang tetap tersimpan."
)
_FILE = gettext_lazy("isi berkas menjadi seperti yang dikirim; isi yang sekarang tetap tersimpan bersama sumbernya.")


def compare_resident(by: Actor, given: CorrectResident, *, today: date, with_specific: bool) -> Comparison:
    """Field by field what a correction would change of a resident now."""
    resident = resident_of(by, given.resident_id)
    current = resident_values(resident, sealing.open_resident(resident, key_of(resident.id)))

    def changed_meanwhile(field: str) -> bool:
        return int(resident.field_versions.get(field, 1)) > given.seen_version

    return Comparison(
        subjects=(Subject("resident", resident.id),),
        person=person_strip(resident, today),
        lines=_lines(
            given.changes, current, changed_meanwhile, hidden=frozenset() if with_specific else SPECIFIC_FIELDS
        ),
        facts=_facts(given, with_specific),
        seen_version=resident.version,
        applying=_FILE,
    )


def compare_household(by: Actor, given: CorrectHousehold, *, today: date, with_specific: bool) -> Comparison:
    """Field by field what a correction would change of a family's address and KK number now."""
    household = household_of(by, given.household_id)
    current = household_values(household, sealing.open_kk(household))
    return Comparison(
        subjects=(Subject("household", household.id),),
        person=_of_household(household),
        lines=_lines(given.changes, current, lambda field: False),
        facts=_facts(given, with_specific),
        seen_version=household.version,
        applying=_ADDRESS,
    )


REVIEWS: Mapping[str, ReviewKind] = {
    "people.correct_resident": ReviewKind(gettext_lazy("Perbaikan data warga"), compare_resident),
    "people.correct_household": ReviewKind(gettext_lazy("Perbaikan data keluarga"), compare_household),
}


def _of_household(household: Household) -> dict[str, Any]:
    heads = household.members.in_village(household.village_code).filter(relation="head").values_list("name", flat=True)
    name = heads.first()
    return {
        "name": _("Keluarga %(name)s") % {"name": softened(name)} if name else _("Keluarga"),
        "url": reverse("people:household", args=[household.id]),
        "facts": [place_of(household)],
    }


def _lines(
    changes: Any,
    current: Mapping[str, Any],
    changed_meanwhile: Callable[[str], bool],
    *,
    hidden: frozenset[str] = frozenset(),
) -> tuple[Line, ...]:
    """What would change, in the order of the fields; what stands so already is left out."""
    sent = changes.model_fields_set
    wanted = {name: getattr(changes, name) for name in (*RESIDENT_FIELDS, *HOUSEHOLD_FIELDS, KK) if name in sent}
    return tuple(
        Line(LABELS[name], *_pair(name, current.get(name), value, hidden), changed_meanwhile(name))
        for name, value in differing(wanted, current).items()
    )


def _pair(field: str, now: object, sent: object, hidden: frozenset[str]) -> tuple[str | None, str | None]:
    """Both values in words, such that two numbers with the same end can be told apart."""
    if field in hidden:
        return _("disembunyikan"), _("disembunyikan")
    if field not in MASKED_FIELDS:
        return shown(field, now) or None, shown(field, sent) or None
    ends = [_("berakhir %(end)s") % {"end": str(value)[-4:]} if value else None for value in (now, sent)]
    if ends[0] and ends[0] == ends[1]:
        ends[1] = _("%(same)s, tetapi angka di depannya berbeda") % {"same": ends[1]}
    return ends[0], ends[1]


def _facts(given: CorrectResident | CorrectHousehold, with_specific: bool) -> tuple[tuple[str, str | None], ...]:
    """Where the sender has it from; the reason is in their own words and may say anything."""
    facts = ((_("Menurut"), given.source), (_("Tertanggal"), format_date(given.on)))
    return (*facts, (_("Alasan pengirim"), given.reason)) if with_specific else facts
