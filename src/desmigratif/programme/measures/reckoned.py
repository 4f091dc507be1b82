"""Indicators of one village in the programme: in it, with four pillars, with a regulation, with officers in post;
and whether it is one that needs the programme."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from desmigratif.access.models import Grant
from desmigratif.audit.tallying import Reckoned, by_month
from desmigratif.programme.models import ProgrammeVillage, VillageFigure, VillageStep
from desmigratif.programme.rules import steps as rules
from desmigratif.programme.rules.need import needs, threshold_on
from desmigratif.shared.dates import add_months

OFFICER = "village_officer"
POSTS = 2  # officers of each village of the programme
REGULATION = "village_regulation"
REGENCY, VILLAGE = 5, 4  # the length of a regency's code; the level of a village


def reckon(village_code: str, on: date) -> Reckoned:
    """Name -> numerator and denominator of one village."""
    standing = list(ProgrammeVillage.objects.in_village(village_code).standing().filter(decreed_on__lte=on))
    taken: dict[object, set[str]] = {one.id: set() for one in standing}
    rows = VillageStep.objects.in_village(village_code).filter(membership__in=standing, on__lte=on)
    for membership, step in rows.values_list("membership_id", "step"):
        taken[membership].add(step)
    known = rules.steps_on(on)
    return {
        "F1": (int(bool(standing)), None),
        "F2": (int(any(rules.has_all_pillars(known, steps) for steps in taken.values())), None),
        "F8": (int(any(REGULATION in steps for steps in taken.values())), None),
        "F3": _in_post(village_code, on) if standing else (0, 0),
        "F12": _reached(village_code, on, is_in=bool(standing)),
        **_stayed(village_code, on),
    }


def _reached(village_code: str, on: date, *, is_in: bool) -> tuple[int, int]:
    """F12: of the villages that need the programme, those in it; alone in its regency a village's need is not known."""
    if not VillageFigure.objects.in_village(village_code).filter(noted_on__lte=on).exists():
        return 0, 0
    regency = village_code[:REGENCY]
    around = VillageFigure.objects.everywhere().filter(village_code__startswith=f"{regency}.", noted_on__lte=on)
    found = needs(around, VILLAGE, on)
    needy = len(found) > 1 and any(one.region == village_code and one.score >= threshold_on(on) for one in found)
    return int(needy and is_in), int(needy)


def _in_post(village_code: str, on: date) -> tuple[int, int]:
    """F3: of the two officers of a village, how many may work today."""
    holds = Q(valid_until=None) | Q(valid_until__gt=on)
    grants = Grant.objects.filter(holds, role=OFFICER, region_code=village_code, valid_from__lte=on)
    return min(grants.values("user").distinct().count(), POSTS), POSTS


def _stayed(village_code: str, on: date) -> Reckoned:
    """F4: who began a year ago, in the month in which the year is full, and whether they are in post on that day."""
    terms: dict[object, list[tuple[date, date | None]]] = {}
    grants = Grant.objects.filter(role=OFFICER, region_code=village_code).order_by("valid_from")
    for user, since, until in grants.values_list("user_id", "valid_from", "valid_until"):
        terms.setdefault(user, []).append((since, until))
    rows = []
    for held in terms.values():
        full = add_months(held[0][0], 12)
        if full <= on:
            stayed = any(since <= full and (until is None or until > full) for since, until in held)
            rows.append((full, int(stayed), 1))
    return by_month("F4", rows)
