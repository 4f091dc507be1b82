"""The oracle of E1 to E5: counted straight from registers and entries, slow and plain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desmigratif.audit.models import Signal
from desmigratif.audit.tallying import Counts, Tally, tallied
from desmigratif.cooperative.models import Cooperative, Entry, Leg, Loan, Meeting, Member
from desmigratif.people.models import Resident
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import add_months


def recount(village_codes: Sequence[str], until: date) -> Counts:
    return tallied((count_members, count_books, count_meetings), village_codes, until)


def _entries(cooperative: Cooperative) -> list[Entry]:
    return list(Entry.objects.of(cooperative).sealed())


def count_members(village_code: str, until: date, tally: Tally) -> None:
    """E1 by member, E1H by family."""
    signals = list(Signal.objects.filter(kind__in=("worker_abroad", "returned")))
    migrant_homes = {row.household_id for row in signals}
    homes_here = {row.household_id for row in signals if row.village_code == village_code}
    joined = set()
    cooperatives = list(Cooperative.objects.in_village(village_code))
    for cooperative in cooperatives:
        for member in Member.objects.of(cooperative):
            if member.status != "member":
                continue
            home = None
            if member.resident_id:
                home = Resident.objects.everywhere().get(id=member.resident_id).household_id
            tally.add("E1", until, home in migrant_homes, 1)
            tally.add("E2", until, 0, 1)
            joined.add(home)
    for home in homes_here if cooperatives else ():
        tally.add("E1H", until, home in joined, 1)


def count_books(village_code: str, until: date, tally: Tally) -> None:
    """E2 and E3 out of every leg ever sealed; E5 by the entries that paid a member's part."""
    for cooperative in Cooperative.objects.in_village(village_code):
        late = {
            loan.id: loan.next_due_on is not None and (until - loan.next_due_on).days > 90
            for loan in Loan.objects.of(cooperative)
            if loan.status == "active"
        }
        for entry in _entries(cooperative):
            for leg in Leg.objects.filter(entry=entry).select_related("account"):
                use, amount = leg.account.use, leg.amount_rupiah
                if use.startswith("savings_") and leg.account.kind in ("liability", "equity") and "interest" not in use:
                    tally.add("E2", until, -amount, 0)
                elif use == "loans" and leg.holder_id in late:
                    tally.add("E3", until, amount if late[leg.holder_id] else 0, amount)
                elif use == "shu_payable" and (amount > 0 or entry.reverses_id):
                    tally.add("E5", entry.on, amount, 0)


def count_meetings(village_code: str, until: date, tally: Tally) -> None:
    """E4: every book year that is over and whose meeting was due."""
    for cooperative in Cooperative.objects.in_village(village_code).filter(kind="cooperative"):
        began = cooperative.became_on or cooperative.opened_on
        for year in range(began.year, until.year):
            end = date(year, 12, 31)
            due = add_months(end, value_on("cooperative_meetings.annual_due_months", end))
            if due >= until:
                continue
            meetings = [one for one in Meeting.objects.of(cooperative) if one.book_year == year]
            tally.add("E4", due, any(one.status == "held" and one.on <= due for one in meetings), 1)
