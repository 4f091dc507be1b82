"""The neighbour cooperative's shop: a unit with few entries whose surplus goes up to the members' meeting each year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desmigratif.cooperative.models import Account
from desmigratif.shared.ids import new_id

if TYPE_CHECKING:
    from desmigratif.demo.cooperative.years import CooperativeYears

NAME, GRANT, SPOILT = "Unit Toko Tieng", 1_500_000, 85_000
EARNED = (412_000, 285_500, 338_000, 297_500)  # of each quarter
Step = tuple[date, Callable[[date], None]]


class ShopUnit:
    """Told by the cooperative's own board and treasurer; its books begin in October of last year."""

    def __init__(self, years: CooperativeYears) -> None:
        self.years, self.id = years, new_id()
        self.opened_on = date(years.today.year - 1, 10, 5)

    def steps(self) -> Iterator[Step]:
        yield self.opened_on, self._begin
        for year in range(self.opened_on.year, self.years.today.year + 1):
            for month in (3, 6, 9, 12):
                if date(year, month, 28) > self.opened_on:
                    yield date(year, month, 28), self._trade
        for year in range(self.opened_on.year + 1, self.years.today.year + 1):
            yield date(year, 1, 6), self._close_year
            yield date(year, 1, 20), self._hand_up

    def _tell(self, by: Any, verb: str, on: date, /, **given: Any) -> None:
        self.years.act(by, verb, on, **{"cooperative_id": self.id, **given})

    def _begin(self, on: date) -> None:
        opened = {"unit_id": self.id, "name": NAME, "on": on, "is_sharia": False}
        self.years.act(self.years.board, "open_unit", on, decision="Rapat anggota tentang unit toko", **opened)
        self._enter(on, "Hibah untuk rak dan barang pertama", "bank", "grants", GRANT)

    def _trade(self, on: date) -> None:
        """What the shop earned with members and with others, and who stood behind the counter."""
        earned = EARNED[on.month // 3 - 1]
        self._enter(on, "Hasil penjualan kepada anggota", "bank", "trade_member", earned)
        self._enter(on, "Hasil penjualan kepada yang lain", "bank", "trade_non_member", earned // 2)
        self._enter(on, "Honor penjaga toko", "wages", "bank", 300_000)
        if on.month == 12:
            self._enter(on, "Barang rusak karena hujan", "other_expense", "bank", SPOILT)

    def _enter(self, on: date, memo: str, into: str, out_of: str, amount: int) -> None:
        used = dict(Account.objects.of(self.id).exclude(use="").values_list("use", "id"))
        legs = [
            {"account_id": used[into], "debit_rupiah": amount}, {"account_id": used[out_of], "credit_rupiah": amount},
        ]  # fmt: skip
        self._tell(self.years.treasurer, "post_manual_entry", on, entry_id=new_id(), on=on, memo=memo, legs=legs)

    def _close_year(self, on: date) -> None:
        year = on.year - 1
        first = self.opened_on.month if year == self.opened_on.year else 1
        for month in range(first, 12):
            last = date(year, month + 1, 1) - timedelta(days=1)
            self._tell(self.years.treasurer, "close_period", on, period_id=new_id(), last_on=last)
        close_unit_year(self._tell, self.years, on)

    def _hand_up(self, on: date) -> None:
        hand_up(self._tell, self.years, on)


Tell = Callable[..., None]


def close_unit_year(tell: Tell, years: CooperativeYears, on: date) -> None:
    """Last year of a unit whose other months are closed."""
    tell(years.treasurer, "close_year", on, closing_id=new_id(), entry_id=new_id(), year=on.year - 1)


def hand_up(tell: Tell, years: CooperativeYears, on: date) -> None:
    """The treasurer offers what the unit earned last year; the board looks at it and takes it in."""
    id: UUID = new_id()
    tell(years.treasurer, "hand_up_surplus", on, hand_up_id=id, year=on.year - 1)
    tell(years.board, "take_in_surplus", on, hand_up_id=id, on=on, entry_id=new_id(), head_entry_id=new_id())
