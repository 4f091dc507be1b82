"""From a number on somebody's own card to their record, for services that keep registers of their own."""

from __future__ import annotations

from desmigratif.people.models import LifeStatus, Resident
from desmigratif.people.sealing import nik_index

_CLOSED = (LifeStatus.DEAD, LifeStatus.MOVED, LifeStatus.INVALID)


def resident_with_nik(nik: str, *, near: str) -> Resident | None:
    """The open record that carries this whole NIK, that of the village `near` first; None when nobody is known by it.

    For a link only: whoever asks learns nothing of the record, and may not show it without asking `visible_to`.
    """
    rows = Resident.objects.everywhere().filter(nik_index=nik_index(nik)).exclude(life_status__in=_CLOSED)
    return min(rows, key=lambda row: (row.village_code != near, row.id), default=None)
