"""Indicators of the cooperatives of one village, from their registers and their books as they stand."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, Sum

from desmigratif.audit.models import Signal
from desmigratif.audit.tallying import Reckoned, by_month
from desmigratif.cooperative.models import Cooperative, CooperativeKind, Holding, Leg, Loan, Meeting, Member
from desmigratif.cooperative.models.meetings import MeetingKind, MeetingStatus
from desmigratif.cooperative.queries.loans.standing import standing_loans
from desmigratif.cooperative.rules.annual.meeting import due_on

MIGRANT = ("worker_abroad", "returned")
SAVED = (
    "savings_principal", "savings_compulsory", "savings_voluntary", "savings_term", "savings_purpose",
    "savings_mudharabah",
)  # fmt: skip
LATE_DAYS = 90


def reckon(village_code: str, on: date) -> Reckoned:
    """Name -> numerator and denominator of one village."""
    cooperatives = list(Cooperative.objects.in_village(village_code))
    return {
        **_members(village_code, cooperatives),
        **_arrears(cooperatives, on),
        **_meetings(cooperatives, on),
        **_surplus(cooperatives),
    }


def _members(village_code: str, cooperatives: list[Cooperative]) -> Reckoned:
    """E1 of members and E1H of families with somebody abroad or back; E2 what members saved."""
    families = Signal.objects.filter(kind__in=MIGRANT, household_id=OuterRef("resident__household_id"))
    members = Member.objects.everywhere().belonging().filter(cooperative__in=cooperatives)
    of_migrants = members.filter(Exists(families))
    homes = set(
        Signal.objects.filter(village_code=village_code, kind__in=MIGRANT).values_list("household_id", flat=True)
    )
    here = set(of_migrants.values_list("resident__household_id", flat=True)) & homes
    saved = Holding.objects.filter(account__cooperative__in=cooperatives, account__use__in=SAVED)
    total = -(saved.aggregate(sum=Sum("balance_rupiah"))["sum"] or 0)
    count = members.count()
    return {
        "E1": (of_migrants.count(), count),
        "E1H": (len(here), len(homes) if cooperatives else 0),
        "E2": (total, count),
    }


def _arrears(cooperatives: list[Cooperative], on: date) -> Reckoned:
    """E3: what is owed on loans with an instalment open for more than ninety days, of all that is lent."""
    late = lent = 0
    for cooperative in cooperatives:
        for one in standing_loans(Loan.objects.of(cooperative).running(), on):
            owed = one.state.principal_outstanding
            lent += owed
            late += owed * (one.state.arrears_days > LATE_DAYS)
    return {"E3": (late, lent)}


def _meetings(cooperatives: list[Cooperative], on: date) -> Reckoned:
    """E4 in the month in which the annual meeting was due, once that day is over."""
    rows = []
    for one in cooperatives:
        if one.kind != CooperativeKind.COOPERATIVE:
            continue
        held = Meeting.objects.of(one).filter(kind=MeetingKind.ANNUAL, status=MeetingStatus.HELD)
        days = dict(held.values_list("book_year", "on"))
        since = (one.became_on or one.opened_on).year
        for year in range(since, on.year):
            if (due := due_on(year)) < on:
                rows.append((due, int(year in days and days[year] <= due), 1))
    return by_month("E4", rows)


def _surplus(cooperatives: list[Cooperative]) -> Reckoned:
    """E5: what left "SHU bagian anggota" as a payment, in its month; one taken back is taken off."""
    legs = Leg.objects.filter(
        entry__cooperative__in=cooperatives, entry__seal__sealed=True, account__use="shu_payable"
    ).filter(Q(amount_rupiah__gt=0) | Q(entry__reverses__isnull=False))
    return by_month("E5", ((on, amount, 0) for on, amount in legs.values_list("entry__on", "amount_rupiah")))
