"""Keeping the shapes that an operator brought."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from desmigratif.access.actor import NATION, Actor, covers
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import region_filter, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.indicators.inputs.boundaries import LoadBoundaries, RestoreBoundaries
from desmigratif.indicators.models import Boundary, FormerBoundary, Shape
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
    _set_aside(given.region_code, level)
    bulk.insert([
        Boundary(region_code=shape.code, level=level, path=shape.path, source=given.source, loaded_at=now)
        for shape in given.shapes
    ])  # fmt: skip
    unit.record(
        "boundaries.loaded", subjects=[Subject("boundaries", given.load_id)], region=given.region_code,
        shapes=len(codes), source=given.source,
    )  # fmt: skip
    return {"shapes": len(codes)}


@action("indicators.restore_boundaries", Permission.LIST_LOAD)
def restore_boundaries(*, by: Actor, given: RestoreBoundaries, now: datetime) -> dict[str, Any]:
    """Put back what stood before the last file; once more puts that file back."""
    require(by, Permission.LIST_LOAD, given.region_code)
    former = list(shapes_in(FormerBoundary, given.region_code, given.level))
    if not former and not shapes_in(Boundary, given.region_code, given.level).exists():
        text = "Belum ada batas wilayah yang dimuat, jadi tidak ada yang dikembalikan."
        raise CannotLoadBoundaries([Reason("nothing_to_restore", text, field="level")])
    _set_aside(given.region_code, given.level)
    bulk.insert([Boundary(**_shape(one)) for one in former])
    unit.record(
        "boundaries.restored", subjects=[Subject("boundaries", given.restore_id)], region=given.region_code,
        level=given.level, shapes=len(former),
    )  # fmt: skip
    return {"shapes": len(former)}


def _set_aside(region_code: str, level: int) -> None:
    """What stands of a level becomes what stood before."""
    standing = shapes_in(Boundary, region_code, level)
    shapes_in(FormerBoundary, region_code, level).delete()
    bulk.insert([FormerBoundary(**_shape(one)) for one in standing])
    standing.delete()


def shapes_in(model: type[Boundary | FormerBoundary], region_code: str, level: int) -> QuerySet[Any]:
    """The shapes of a level in a region."""
    rows = model.objects.filter(level=level)
    return rows if region_code == NATION else rows.filter(region_filter((region_code,), "region_code"))


def _shape(one: Shape) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("region_code", "level", "path", "source", "loaded_at")}


def _reasons(region_code: str, codes: list[str]) -> list[Reason]:
    known = set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
    if set(codes) - known or len(set(codes)) < len(codes) or len({code.count(".") for code in codes}) > 1:
        text = "Kode wilayah dalam berkas ini tidak dikenal, dipakai dua kali, atau bercampur tingkatnya."
        return [Reason("wrong_codes", text, field="shapes")]
    if not all(covers(region_code, code) for code in codes):
        return [Reason("other_region", "Berkas ini memuat wilayah di luar wewenang Anda.", field="shapes")]
    return []
