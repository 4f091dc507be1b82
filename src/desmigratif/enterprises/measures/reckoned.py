"""Indicators of productive enterprise that time changes, or many records together; reckoned anew for one village."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models.functions import Coalesce

from desmigratif.audit.tallying import Reckoned, by_month
from desmigratif.enterprises.models import CapitalNeed, Group, GroupMonth, Member
from desmigratif.enterprises.models.groups import Tie
from desmigratif.enterprises.queries.life import facts_of
from desmigratif.enterprises.rules.life import Facts, ages_reached, still_sells
from desmigratif.people.models import HandOver, Sex


def reckon(village_code: str, on: date) -> Reckoned:
    """Name -> numerator and denominator of one village."""
    groups = list(Group.objects.in_village(village_code))
    facts = facts_of(groups)
    sold: dict[UUID, list[date]] = defaultdict(list)
    months = GroupMonth.objects.in_village(village_code).filter(sales_rupiah__gt=0)
    for group_id, month in months.values_list("group_id", "month"):
        sold[group_id].append(month)
    active = sum(still_sells(one, on) for one in facts.values())
    lives = [(one, sold[id]) for id, one in facts.items()]
    return {
        "C1": (active, len(groups)),
        **_survival(lives, on),
        **_beneficiaries(village_code),
        **_with_the_cooperative(village_code),
    }


def _survival(groups: list[tuple[Facts, list[date]]], on: date) -> Reckoned:
    """C2 in the month in which a group comes to an age; C2.12, C2.24 and C2.36 tell the ages apart."""
    reached = [(months, at, alive) for facts, sold in groups for months, at, alive in ages_reached(facts, sold, on)]
    found = by_month("C2", ((at, int(alive), 1) for _months, at, alive in reached))
    for age in {months for months, _at, _alive in reached}:
        found |= by_month(f"C2.{age}", ((at, int(alive), 1) for months, at, alive in reached if months == age))
    return found


def _beneficiaries(village_code: str) -> Reckoned:
    """C3 and C4: who ever belonged to a group, each person once; of a migrant's family by any of their memberships."""
    members = Member.objects.in_village(village_code)
    person = Coalesce("resident__merged_into_id", "resident_id")
    people = set(members.values_list(person, flat=True))
    of_migrants = set(members.exclude(tie=Tie.NONE).values_list(person, flat=True))
    known = members.exclude(resident__sex="")
    women = known.filter(resident__sex=Sex.FEMALE)
    return {
        "C3": (len(of_migrants), len(people)),
        "C4": (len(set(women.values_list(person, flat=True))), len(set(known.values_list(person, flat=True)))),
    }


def _with_the_cooperative(village_code: str) -> Reckoned:
    """E6: groups whose need of capital the cooperative took on; of how many, C1 says."""
    needs = CapitalNeed.objects.in_village(village_code).exclude(hand_over_id=None)
    taken = HandOver.objects.in_village(village_code).filter(taken=True, id__in=needs.values("hand_over_id"))
    groups = needs.filter(hand_over_id__in=taken.values("id")).values("group")
    return {"E6": (groups.distinct().count(), None)}
