"""From a number on somebody's own card to their record, for services that keep registers of their own."""

from __future__ import annotations

from collections.abc import Iterable

from desmigratif.people.models import LifeStatus, Resident
from desmigratif.people.sealing import nik_index

_AT_ONCE = 500
_CLOSED = (LifeStatus.DEAD, LifeStatus.MOVED, LifeStatus.INVALID)


def resident_with_nik(nik: str, *, near: str) -> Resident | None:
    """The open record that carries this whole NIK, that of the village `near` first; None when nobody is known by it.

    For a link only: whoever asks learns nothing of the record, and may not show it without asking `visible_to`.
    """
    return residents_with_niks([nik], near=near).get(nik)


def residents_with_niks(niks: Iterable[str], *, near: str) -> dict[str, Resident]:
    """As `resident_with_nik`, for many at once; who is not known is left out."""
    of_index = {nik_index(nik): nik for nik in niks}
    indexes, found = list(of_index), dict[str, Resident]()
    for start in range(0, len(indexes), _AT_ONCE):
        known = Resident.objects.everywhere().filter(nik_index__in=indexes[start : start + _AT_ONCE])
        for row in known.exclude(life_status__in=_CLOSED):
            nik = of_index[row.nik_index]
            found[nik] = min(found.get(nik, row), row, key=lambda one: (one.village_code != near, one.id))
    return found
