"""Walking the chain: is the memory whole?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desmigratif.audit.models import Event, VillageClock
from desmigratif.audit.unit import event_hash


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first place where a village's chain does not hold."""

    village_code: str
    audit_no: int
    problem: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    events: int
    villages: int
    broken: tuple[BrokenLink, ...]


def verify_chains() -> ChainReport:
    """Recompute every village's chain and compare it with the clock's head (so a cut end shows too)."""
    broken: list[BrokenLink] = []
    events = 0
    clocks = {clock.village_code: clock for clock in VillageClock.objects.all()}
    known = set(clocks) | set(Event.objects.values_list("village_code", flat=True).distinct())
    for code in sorted(known):
        count, problem = _verify_village(code, clocks.get(code))
        events += count
        if problem:
            broken.append(problem)
    return ChainReport(events=events, villages=len(known), broken=tuple(broken))


def _rows(code: str) -> Iterator[Event]:
    return Event.objects.filter(village_code=code).order_by("audit_no").iterator(chunk_size=2000)


def _verify_village(code: str, clock: VillageClock | None) -> tuple[int, BrokenLink | None]:
    head, number = "", 0
    for event in _rows(code):
        if event.audit_no != number + 1:
            return number, BrokenLink(code, number + 1, "missing")
        if event.prev_hash != head:
            return number, BrokenLink(code, event.audit_no, "not_linked")
        if event_hash(event) != event.hash:
            return number, BrokenLink(code, event.audit_no, "altered")
        head, number = event.hash, event.audit_no
    if clock is None or clock.audit_no != number or clock.audit_head != head:
        return number, BrokenLink(code, number + 1, "end_missing")
    return number, None
