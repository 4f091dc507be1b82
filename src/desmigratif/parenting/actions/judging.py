"""What the signs say of a child after something was written, and what it adds to the indicators."""

from __future__ import annotations

from datetime import date

from desmigratif.audit import memory
from desmigratif.parenting.models import Child, ChildPlan
from desmigratif.parenting.queries.situations import situations_of
from desmigratif.parenting.rules.children import in_school
from desmigratif.parenting.rules.risk import HIGH, Situation, level_of, signs_of


def judge(child: Child, on: date) -> None:
    """Keep the level with its signs, and count the child anew. Saves the child's row."""
    situation = situations_of([child], on)[child.id]
    child.risk_because = list(signs_of(situation, on))
    child.risk = level_of(child.risk_because, on)
    _count(child, _adds(child, situation, on), on)
    child.save(update_fields=["risk", "risk_because", "counted"])


def uncount(child: Child, on: date) -> None:
    """Who left adds nothing any more. Saves the child's row."""
    _count(child, {}, on)
    child.save(update_fields=["counted"])


def _adds(child: Child, situation: Situation, on: date) -> dict[str, list[int]]:
    """Numerator and denominator by indicator: registered, in school of who must learn, high risk with a plan."""
    adds = {"D1": [1, 0]}
    if situation.must_learn:
        adds["D4"] = [int(in_school(child.schooling, on)), 1]
    if child.risk == HIGH:
        plans = ChildPlan.objects.in_village(child.village_code).filter(child=child, done_on=None)
        adds["D7"] = [int(plans.exists()), 1]
    return adds


def _count(child: Child, adds: dict[str, list[int]], on: date) -> None:
    """One delta for each indicator whose share of this child changed."""
    for code in sorted({*adds, *child.counted}):
        before, after = child.counted.get(code, [0, 0]), adds.get(code, [0, 0])
        if before != after:
            memory.add_fact(
                code, child.village_code, on, numerator=after[0] - before[0], denominator=after[1] - before[1],
                key=str(child.id),
            )  # fmt: skip
    child.counted = adds
