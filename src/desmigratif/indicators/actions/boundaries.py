"""Keeping the shapes that an operator brought."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desmigratif.access.actor import NATION, Actor, covers
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import region_filter, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.indicators.inputs_boundaries import LoadBoundaries
from desmigratif.indicators.models import Boundary
from desmigratif.regions.models import Region
from desmigratif.shared import bulk
from desmigratif.shared.reasons import Reason, Refusal


class CannotLoadBoundaries(Refusal):
    code = "cannot_load_boundaries"


@action("indicators.load_boundaries", Permission.LIST_LOAD)
def load_boundaries(*, by: Actor, given: LoadBoundaries, now: datetime) -> dict[str, Any]:
    """Keep shapes of provinces or of regencies; what stood there of that level is replaced."""
    require(by, Permission.LIST_LOAD, given.region_code)
    codes = [shape.code for shape in given.shapes]
    if reasons := _reasons(given.region_code, codes):
        raise CannotLoadBoundaries(reasons)
    level = codes[0].count(".") + 1
    here = () if given.region_code == NATION else (given.region_code,)
    before = Boundary.objects.filter(level=level)
    (before.filter(region_filter(here, "region_code")) if here else before).delete()
    bulk.insert([
        Boundary(region_code=shape.code, level=level, path=shape.path, source=given.source, loaded_at=now)
        for shape in given.shapes
    ])  # fmt: skip
    unit.record(
        "boundaries.loaded", subjects=[Subject("boundaries", given.load_id)], region=given.region_code,
        shapes=len(codes), source=given.source,
    )  # fmt: skip
    return {"shapes": len(codes)}


def _reasons(region_code: str, codes: list[str]) -> list[Reason]:
    known = set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
    if set(codes) - known or len(set(codes)) < len(codes) or len({code.count(".") for code in codes}) > 1:
        text = "Kode wilayah dalam berkas ini tidak dikenal, dipakai dua kali, atau bercampur tingkatnya."
        return [Reason("wrong_codes", text, field="shapes")]
    if not all(covers(region_code, code) for code in codes):
        return [Reason("other_region", "Berkas ini memuat wilayah di luar wewenang Anda.", field="shapes")]
    return []
