"""What returnees of the whole installation told of a company or a recruiter: counts only, nobody's story."""

from __future__ import annotations

from django.db.models import Count, Q

from desmigratif.cases.models import BrokerMet, Case, Experience
from desmigratif.placement.rules.matching import company_key

_BAD = {
    "promises_broken": Q(promises_kept=False),
    "paid_more": Q(paid_more=True),
    "papers_held": Q(papers_held=True),
    "not_recommended": Q(would_recommend=False),
}


def told_of_agency(name: str, case: Case) -> dict[str, int]:
    """How many other people told what of a company, however its name was spelt."""
    key = company_key(name)
    return _counted(Q(agency_key=key), case) if key else {}


def told_of_recruiters(case: Case) -> dict[str, int]:
    """How many other people told what of those who recruit this candidate; of one telephone, wherever they recruit."""
    met = BrokerMet.objects.in_village(case.village_code).filter(case=case)
    rows = list(met.values_list("broker_id", "broker__phone_index"))
    if not rows:
        return {}
    prints = [one for _id, one in rows if one]
    return _counted(Q(broker_id__in=[one for one, _print in rows]) | Q(broker__phone_index__in=prints), case)


def _counted(which: Q, case: Case) -> dict[str, int]:
    """People, not stories: who came back twice is one."""
    others = Experience.objects.everywhere().filter(which).exclude(case__resident_id=case.resident_id)
    counts: dict[str, int] = others.aggregate(
        **{story: Count("case__resident__person", filter=bad, distinct=True) for story, bad in _BAD.items()}
    )
    return counts
