"""An operator's file of boundaries: read, checked against our codes, and (if wanted) written through the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desmigratif.access.actor import NATION, Actor
from desmigratif.access.door import do
from desmigratif.indicators import actions
from desmigratif.indicators.rules.boundaries import read_boundaries
from desmigratif.regions.models import Level, Region
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Reason

__all__ = ["BoundariesReport", "actions", "load_file"]


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
    codes = Region.objects.filter(level__lte=Level.REGENCY, valid_until=None).values_list("code", flat=True)
    read = read_boundaries(content, frozenset(codes))
    if read.reasons or not commit:
        return BoundariesReport(len(read.paths), read.reasons, loaded=False)
    shapes = [{"code": code, "path": path} for code, path in read.paths.items()]
    given = {"load_id": new_id(), "region_code": NATION, "source": source, "shapes": shapes}
    do(by, "indicators.load_boundaries", given, now=now, act_id=new_id(), via="command")
    return BoundariesReport(len(shapes), (), loaded=True)
