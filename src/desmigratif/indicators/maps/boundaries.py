"""An operator's file of boundaries: read, checked against our codes, and (if wanted) written through the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desmigratif.access.actor import NATION, Actor, covers
from desmigratif.access.door import do
from desmigratif.indicators import actions
from desmigratif.indicators.rules.maps.boundaries import MOST_BYTES, SAID, ReadBoundaries, read_boundaries
from desmigratif.regions.models import Level, Region
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason

__all__ = ["BoundariesReport", "actions", "load_file", "payload", "read_for"]


@dataclass(frozen=True, slots=True)
class BoundariesReport:
    """What a file holds; `loaded` is False while nothing was written."""

    shapes: int
    reasons: tuple[Reason, ...]
    loaded: bool

    def as_dict(self) -> dict[str, Any]:
        errors = [{"code": one.code, "message": one.text} for one in self.reasons]
        return {"shapes": self.shapes, "errors": errors, "loaded": self.loaded}


def load_file(content: bytes, *, source: str, by: Actor, now: datetime, commit: bool = False) -> BoundariesReport:
    """Say what a file holds; with `commit`, and when nothing is wrong with it, keep it for the whole country."""
    read = read_for(NATION, content, MOST_BYTES)
    if read.reasons or not commit:
        return BoundariesReport(len(read.paths), read.reasons, loaded=False)
    do(by, "indicators.load_boundaries", payload(NATION, read.paths, source), now=now, act_id=new_id(), via="command")
    return BoundariesReport(len(read.paths), (), loaded=True)


def read_for(region_code: str, content: bytes, most_bytes: int) -> ReadBoundaries:
    """The shapes of a file, or why they cannot be those of this region."""
    codes = Region.objects.filter(level__lte=Level.REGENCY, valid_until=None).values_list("code", flat=True)
    read = read_boundaries(content, frozenset(codes), most_bytes)
    other = sorted(code for code in read.paths if not covers(region_code, code))
    if not other:
        return read
    text = f"Berkas ini memuat wilayah di luar wewenang Anda ({', '.join(other[:SAID])})."
    return ReadBoundaries(reasons=(Reason("other_region", text, field="file"),))


def payload(region_code: str, paths: Mapping[str, str], source: str) -> dict[str, Any]:
    shapes = [{"code": code, "path": path} for code, path in paths.items()]
    return {"load_id": new_id(), "region_code": region_code, "source": source, "shapes": shapes}
