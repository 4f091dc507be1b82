"""What the notes to the statements tell beside the sums: members, classes of loans, how interest and fines count."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from desmigratif.cooperative.models import Cooperative, LoanProductTerms, Member, MemberStatus, ProvisionMonth
from desmigratif.cooperative.queries.year.statements import BookYear


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """`by_class` is outstanding rupiah by class at the year's last provision, `provided_on` its month; none = None."""

    members_first: int
    members_last: int
    joined: int
    left: int
    by_class: dict[str, int]
    provisions: ProvisionMonth | None
    counts_accrued: bool


def note_facts(cooperative: Cooperative, year: BookYear) -> NoteFacts:
    """Three queries."""
    members = Member.objects.of(cooperative).exclude(status=MemberStatus.CANDIDATE)
    heads = members.aggregate(
        first=Count("id", filter=Q(joined_on__lt=year.first) & _still(year.first)),
        last=Count("id", filter=Q(joined_on__lte=year.last) & (Q(left_on__isnull=True) | Q(left_on__gt=year.last))),
        joined=Count("id", filter=Q(joined_on__gte=year.first, joined_on__lte=year.last)),
        left=Count("id", filter=Q(left_on__gte=year.first, left_on__lte=year.last)),
    )
    months = ProvisionMonth.objects.of(cooperative).filter(month__gte=year.first.replace(day=1), month__lte=year.last)
    last = months.order_by("-month").first()
    terms = LoanProductTerms.objects.of(cooperative).filter(since__lte=year.last)
    return NoteFacts(
        members_first=heads["first"], members_last=heads["last"], joined=heads["joined"], left=heads["left"],
        by_class=last.by_class if last else {}, provisions=last,
        counts_accrued=terms.filter(offer__basis="accrual").exists(),
    )  # fmt: skip


def _still(on: object) -> Q:
    return Q(left_on__isnull=True) | Q(left_on__gte=on)
