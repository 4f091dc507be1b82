"""Reading about recruiters."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from desmigratif.access.actor import Actor
from desmigratif.cases.models import Broker, BrokerMet, BrokerReport, Case, Finding
from desmigratif.shared import crypto

STANDING = ~Q(finding=Finding.UNFOUNDED)


def phone_print(number: str) -> str:
    """The keyed print of a number: the same in every village of this installation, so that one who moves is known."""
    return crypto.blind_index("broker-phone", number)


def brokers_seen(by: Actor) -> QuerySet[Broker]:
    """Recruiters that this person may see, with the complaints that stand; the most complained of first."""
    standing = Count("reports", filter=~Q(reports__finding=Finding.UNFOUNDED))
    return Broker.objects.visible_to(by).annotate(complaints=standing).order_by("-complaints", "name", "id")


def complaints_before(case: Case) -> int | None:
    """Complaints of other plans about those who recruit this candidate; None when nobody is named.

    Of the same number they count wherever they were made; only the sum leaves the other village.
    """
    met = (
        BrokerMet.objects.in_village(case.village_code)
        .filter(case=case)
        .values_list("broker_id", "broker__phone_index")
    )
    rows = list(met)
    if not rows:
        return None
    prints = [one for _id, one in rows if one]
    same = Q(broker_id__in=[one for one, _print in rows]) | Q(broker__phone_index__in=prints)
    reports = BrokerReport.objects.everywhere().filter(same).filter(STANDING)
    return reports.exclude(case_id=case.id).count()
