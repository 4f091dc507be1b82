"""A cooperative's counter in these tests: deposits, and months that end with interest for every saver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from desmigratif.access.actor import person
from desmigratif.access.door import do
from desmigratif.cooperative.models import Account, Cooperative, Period
from desmigratif.cooperative.rules.ledger import month_end
from desmigratif.shared.ids import new_id
from reliability.wishes import KURIPAN, Ack, fresh, today

Json = dict[str, Any]
SAVERS = ("3307104107850001", "3307100302880417", "3307100101700419")
MONTHS = 18  # that the books are older than today; each round closes one
ROLES = ("cooperative_board", "cooperative_treasurer", "cooperative_cashier")
BY = person(UUID(int=9), "Pengurus", *((role, KURIPAN) for role in ROLES))


@dataclass
class Money:
    """One act at the counter through the door; done when the door answers."""

    kind: str
    action: str
    given: Json
    record: str = ""  # what must stand afterwards; the act itself where it is named so on the seal
    id: str = field(default_factory=fresh)

    def act(self) -> list[Ack]:
        do(BY, f"cooperative.{self.action}", self.given, now=datetime.now(UTC), act_id=UUID(self.id))
        return [{"kind": self.kind, "act": self.id, "record": self.record or self.id}]


def open_counter() -> Json:
    """The books of a cooperative with savers who have had money in it from the first day, and a till that is open."""
    now, opened_on = datetime.now(UTC), _months_before(today(), MONTHS)
    cooperative = str(new_id())

    def act(action: str, **given: Any) -> None:
        do(BY, f"cooperative.{action}", {"cooperative_id": cooperative, **given}, now=now, act_id=new_id())

    act("set_up_cooperative", village_code=KURIPAN, name="Koperasi Uji", kind="cooperative", opened_on=opened_on)
    act("set_membership_terms", terms_id=new_id(), since=opened_on, principal_rupiah=100_000, compulsory_rupiah=0,
        decision="Rapat pembentukan")  # fmt: skip
    product = new_id()
    act("add_savings_product", product_id=product, name="Sukarela", kind="voluntary", since=opened_on,
        annual_percent=4)  # fmt: skip
    act("open_till", till_id=new_id(), on=today(), opening_rupiah=0)
    accounts = [str(new_id()) for _ in SAVERS]
    for nik, account in zip(SAVERS, accounts, strict=True):
        member = new_id()
        act("apply_for_membership", member_id=member, on=opened_on, name="Siti Contoh", nik=nik,
            birth_date=date(1985, 7, 1), address="Krajan", in_area=True, is_citizen=True)  # fmt: skip
        act("pay_capital", entry_id=new_id(), member_id=member, kind="entry", amount_rupiah=100_000, on=today())
        act("admit_member", member_id=member, on=opened_on)
        act("open_savings_account", account_id=account, member_id=member, product_id=product, on=opened_on)
    savings = Account.objects.of(UUID(cooperative)).get(use="savings_voluntary")
    balances = [{"account_id": savings.id, "amount_rupiah": 5_000_000, "holder_id": one} for one in accounts]
    act("post_opening_balances", entry_id=new_id(), on=opened_on, balances=balances)
    return {"cooperative": cooperative, "accounts": accounts}


def of_a_round(world: Json, number: int) -> Iterator[Money]:
    """A deposit; then the next month that is open gets its interest (one seal for all savers) and is closed."""
    cooperative, entry, period = world["cooperative"], fresh(), fresh()
    own = {"cooperative_id": cooperative}
    account = world["accounts"][number % len(SAVERS)]
    paid = {"entry_id": entry, "account_id": account, "amount_rupiah": 1_000 + number, "on": today()}
    yield Money("deposit", "deposit", {**own, **paid}, entry)
    last_on = _next_month(UUID(cooperative))
    yield Money("interest", "pay_savings_interest", {**own, "last_on": last_on})
    yield Money("month", "close_period", {**own, "period_id": period, "last_on": last_on}, period)


def _next_month(cooperative_id: UUID) -> date:
    closed = Period.objects.of(cooperative_id).order_by("-last_on").values_list("last_on", flat=True).first()
    opened_on = Cooperative.objects.everywhere().get(id=cooperative_id).opened_on
    return month_end(opened_on if closed is None else closed + timedelta(days=1))


def _months_before(day: date, months: int) -> date:
    """The first day of the month that many months before."""
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)
