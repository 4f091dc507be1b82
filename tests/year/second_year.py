"""The second book's page on the end of the year: what is used up, what is left, and who gets which part of it."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from year.second_business import parted
from year.second_loan import half_up
from year.story import Deed, Event

Leg = tuple[str, str, int]
RESULT = {
    "Jasa pinjaman anggota", "Provisi dan administrasi pinjaman", "Denda keterlambatan",
    "Pinjaman hapus buku yang terbayar", "Potongan pencairan simpanan berjangka", "Hasil usaha dengan anggota",
    "Bagi hasil penyertaan", "Bunga bank", "Pendapatan lain", "Jasa simpanan", "Bagi hasil modal penyertaan",
    "Beban penyisihan pinjaman", "Gaji dan honor", "Alat tulis dan cetak", "Transportasi", "Penyusutan",
    "Listrik, internet, dan sewa", "Biaya bank", "Beban usaha lain", "Rapat anggota", "Margin murabahah",
    "Bagi hasil mudharabah dan musyarakah", "Rugi pembiayaan bagi hasil", "Bonus simpanan wadiah",
    "Hak bagi hasil penabung mudharabah", "Biaya administrasi akad",
}  # fmt: skip
FUNDS = {
    "reserve_general": "Cadangan umum", "fund_board": "Dana pengurus", "fund_education": "Dana pendidikan",
    "fund_social": "Dana sosial",
}  # fmt: skip
UNDIVIDED, PAYABLE = "SHU belum dibagi", "SHU yang belum diambil anggota"


class SecondYear:
    """What a year leaves, as legs; `SecondBook` posts them. The story's books begin in July."""

    books: dict[str, dict[str, int]]

    def begin_year(self) -> None:
        self.things: list[Mapping[str, Any]] = []
        self.capital: dict[str, list[tuple[date, int]]] = defaultdict(list)
        self.interest = Counter[str]()
        self.register: list[str] = []
        self.gone: set[str] = set()
        self.sharing: Mapping[str, Any] = {}
        self.surplus = 0
        self.of_units: dict[str, int] = {}  # what another second book says that a unit earned
        self.handed_up = 0

    def _post(self, *legs: Leg, name: str = "") -> None:
        raise NotImplementedError

    # --- who takes part, and with what ---

    def admit_member(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.register.append(given["member_id"])

    def saved(self, member: str, on: date, amount: int) -> None:
        self.capital[member].append((on, amount))

    def leaves(self, member: str) -> None:
        self.gone.add(member)

    def used(self, member: str, interest: int) -> None:
        self.interest[member] += interest

    def _mean(self, member: str, year: int) -> int:
        """Of what stood at the ends of July to December."""
        ends = [date(year, month, monthrange(year, month)[1]) for month in range(7, 13)]
        stood = [sum(amount for on, amount in self.capital[member] if on <= end) for end in ends]
        return half_up(Fraction(sum(stood), len(stood)))

    # --- the end ---

    def record_fixed_asset(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.things.append(given)

    def set_surplus_rule(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        assert (given["savings_basis"], given["use_basis"]) == ("average", "loan_interest")
        self.sharing = given

    def close_year(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """What is used up by the year's end is a cost of the year; then all it earned and spent is one sum."""
        for thing in self.things:
            bought = thing["acquired_on"]
            assert bought.year == given["year"], "the story has no older things"
            used = half_up(Fraction(thing["cost_rupiah"] * (13 - bought.month), thing["life_months"]))
            self._post(("Penyusutan", "", used), ("Akumulasi penyusutan", "", -used))
        sums = {account: sum(self.books[account].values()) for account in RESULT}
        self.surplus = -sum(sums.values())
        self._post(*((account, "", -amount) for account, amount in sums.items()), (UNDIVIDED, "", -self.surplus))

    def distribute_surplus(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        whole = self.surplus + self.handed_up
        parts = parted(whole, {one["code"]: Fraction(one["percent"]) for one in self.sharing["funds"]})
        members = [member for member in self.register if member not in self.gone]
        of_savings = parted(parts.pop("members_by_savings"), {one: self._mean(one, given["year"]) for one in members})
        of_use = parted(parts.pop("members_by_use"), {one: self.interest[one] for one in members})
        self._post(
            (UNDIVIDED, "", whole), *((FUNDS[code], "", -amount) for code, amount in parts.items()),
            *((PAYABLE, member, -of_savings[member] - of_use[member]) for member in members),
        )  # fmt: skip
