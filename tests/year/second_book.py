"""The cooperative's books kept a second time, from the events of the story and from nothing of the program.

Account name -> holder -> rupiah, debit above 0. An act that moves money and is unknown here is an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from year.second_business import SecondBusinesses
from year.second_loan import SecondLoan, half_up, months_on
from year.second_year import UNDIVIDED, SecondYear
from year.story import Deed, Event

CASH, BANK = "Kas", "Bank"
SAVINGS = {
    "voluntary": "Simpanan sukarela", "term": "Simpanan berjangka", "purpose": "Simpanan khusus",
    "mudharabah": "Simpanan mudharabah",
}  # fmt: skip
CAPITAL = {"entry": "Simpanan pokok", "compulsory": "Simpanan wajib"}
OWED = {
    "leavers_payable": "Simpanan anggota keluar yang belum diambil", "shu_payable": "SHU yang belum diambil anggota",
}  # fmt: skip
MAIN = "koperasi"  # whose books an act is about that does not say so
LENT, BORROWED = "Tagihan kepada induk atau unit lain", "Utang kepada induk atau unit lain"
FREE_OF_TAX, TAX = 240_000, Fraction(1, 10)
WITHOUT_MONEY = {
    "set_up_cooperative", "set_membership_terms", "set_money_limit", "apply_for_membership",
    "record_loan_survey", "approve_loan", "decline_loan", "approve_payout", "close_period", "form_group",
    "approve_business_payout", "return_goods", "connect_person", "call_meeting", "record_attendance", "open_meeting",
    "decide", "close_meeting", "report_meeting", "open_unit", "decide_contract",
    "hand_up_surplus",
}  # fmt: skip


@dataclass
class Saving:
    """A savings account with all its movements, and its term when it has one."""

    member: str
    product: str
    opened: date
    roll_over: str = "none"
    term_from: date | None = None
    ended: bool = False
    closed: date | None = None
    moves: list[tuple[date, int]] = field(default_factory=list)

    def balance(self, on: date) -> int:
        return sum(amount for day, amount in self.moves if day <= on)


class SecondBook(SecondYear, SecondBusinesses):
    name = MAIN

    def __init__(self) -> None:
        super().__init__()
        self.books: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.entries: dict[str, list[tuple[str, str, int]]] = {}
        self.tills: dict[str, int] = {}
        self.products: dict[str, Mapping[str, Any]] = {}
        self.rates: dict[str, list[tuple[date, Fraction]]] = defaultdict(list)
        self.offers: dict[str, Mapping[str, Any]] = {}
        self.savings: dict[str, Saving] = {}
        self.asked: dict[str, Mapping[str, Any]] = {}
        self.loans: dict[str, SecondLoan] = {}
        self.to_write_off: dict[str, str] = {}
        self.taxed: dict[tuple[str, date], tuple[int, int]] = defaultdict(lambda: (0, 0))
        self.begin_year()

    def play(self, events: Iterable[Event]) -> None:
        for event in events:
            for deed in event.deeds if event.outcome == "done" else ():
                pillar, _, verb = deed.action.partition(".")
                if pillar == "cooperative" and verb not in WITHOUT_MONEY and self._is_mine(verb, deed.payload):
                    getattr(self, verb)(event, deed, deed.payload)

    def _is_mine(self, verb: str, given: Mapping[str, Any]) -> bool:
        """Acts of these books, and what another of the same cooperative moves into them."""
        to = MAIN if verb == "take_in_surplus" else given.get("to_id")
        return self.name in (given.get("cooperative_id", MAIN), to)

    def of(self, account: str) -> int:
        return sum(self.books[account].values())

    def _post(self, *legs: tuple[str, str, int], name: str = "") -> None:
        assert sum(amount for _, _, amount in legs) == 0, legs
        for account, holder, amount in legs:
            self.books[account][holder] += amount
        if name:
            self.entries[name] = list(legs)

    def _through_till(self, event: Event, amount: int, *legs: tuple[str, str, int], name: str = "") -> None:
        """Cash in (above 0) or out, against the rest."""
        self.tills[event.who] += amount
        self._post((CASH, "", amount), *legs, name=name)

    def _pass(self, event: Event, given: Mapping[str, Any], amount: int, *legs: tuple[str, str, int]) -> None:
        """Money of a business, through the till or the bank."""
        name = given.get("entry_id", "")
        if given["way"] == "cash":
            self._through_till(event, amount, *legs, name=name)
        else:
            self._post((BANK, "", amount), *legs, name=name)

    def reverse_business_move(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        assert all(account != CASH for account, _, _ in self.entries[given["move_id"]]), (
            "the story reverses at the bank"
        )
        self._post(*((account, holder, -amount) for account, holder, amount in self.entries[given["move_id"]]))

    # --- between the cooperative and its unit ---

    def move_between_units(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """What was owed is paid first, and the rest is lent; each side keeps it under the other's name."""
        giver, taker, amount = given.get("cooperative_id", MAIN), given["to_id"], given["amount_rupiah"]
        gives = giver == self.name
        other, sign = (taker, 1) if gives else (giver, -1)
        paid, lent = (BORROWED, LENT) if gives else (LENT, BORROWED)
        owed = min(amount, -sign * self.books[paid][other])
        legs = ((paid, other, sign * owed), (lent, other, sign * (amount - owed)), (BANK, "", -sign * amount))
        self._post(*(leg for leg in legs if leg[2]))

    def take_in_surplus(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """What the unit earned becomes what it owes; what it was owed goes off first."""
        unit = given["cooperative_id"]
        gives = unit == self.name
        other, sign = (MAIN, -1) if gives else (unit, 1)
        earned = self.surplus if gives else self.of_units[unit]
        assert earned > 0, "the story's unit lost nothing"
        paid, lent = (LENT, BORROWED) if gives else (BORROWED, LENT)
        owed = min(earned, -sign * self.books[paid][other])
        legs = ((paid, other, sign * owed), (lent, other, sign * (earned - owed)), (UNDIVIDED, "", -sign * earned))
        self._post(*(leg for leg in legs if leg[2]))
        self.handed_up += 0 if gives else earned

    # --- till ---

    def open_till(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.tills[event.who] = given["opening_rupiah"]

    def move_cash(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"] * (1 if given["direction"] == "from_bank" else -1)
        self._through_till(event, amount, (BANK, "", -amount))

    def spend_cash(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self._through_till(
            event, -given["amount_rupiah"], (given["account_id"].removeprefix("akun "), "", given["amount_rupiah"])
        )

    def close_till(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        difference = given["counted_rupiah"] - self.tills.pop(event.who)
        self._post((CASH, "", difference), ("Selisih kas", "", -difference))

    # --- entries by hand ---

    def post_manual_entry(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        legs = [
            (leg["account_id"].removeprefix("akun "), "", leg.get("debit_rupiah", 0) - leg.get("credit_rupiah", 0))
            for leg in given["legs"]
        ]
        self._post(*legs, name=given.get("entry_id", ""))

    def reverse_entry(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self._post(*((account, holder, -amount) for account, holder, amount in self.entries[given["reverses_id"]]))

    # --- savings ---

    def add_savings_product(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.products[given["product_id"]] = given
        self.change_savings_rate(event, deed, given)

    def change_savings_rate(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.rates[given["product_id"]].append((given["since"], Fraction(given["annual_percent"])))

    def open_savings_account(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        one = Saving(given["member_id"], given["product_id"], event.on, given.get("roll_over", "none"))
        one.term_from = event.on if self.products[one.product]["kind"] == "term" else None
        self.savings[given["account_id"]] = one

    def pay_capital(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self.saved(given["member_id"], event.on, amount)
        self._through_till(event, amount, (CAPITAL[given["kind"]], given["member_id"], -amount))

    def deposit(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        leg = self._save(given["account_id"], event.on, given["amount_rupiah"])
        self._through_till(event, given["amount_rupiah"], leg, name=given.get("entry_id", ""))

    def withdraw(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        leg = self._save(given["account_id"], event.on, -given["amount_rupiah"])
        self._through_till(event, -given["amount_rupiah"], leg)

    def reverse_slip(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        (_, _, cash), (_, name, _) = self.entries[given["slip_id"]]
        (who,) = self.tills  # the one who is at the till
        self.tills[who] -= cash
        self._post((CASH, "", -cash), self._save(name, event.on, -cash))

    def _save(self, name: str, on: date, amount: int) -> tuple[str, str, int]:
        """Money into a savings account (or out of it, below 0): its leg."""
        one = self.savings[name]
        one.moves.append((on, amount))
        return SAVINGS[self.products[one.product]["kind"]], name, -amount

    # --- interest on savings ---

    def _rate(self, product: str, on: date) -> Fraction:
        return max((row for row in self.rates[product] if row[0] <= on), key=lambda row: row[0])[1]

    def pay_savings_interest(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        last = given["last_on"]
        for name, one in self.savings.items():
            if one.term_from is None and one.opened <= last and (one.closed is None or one.closed > last):
                self._credit_interest(name, last, self._interest(one, last))

    def _interest(self, one: Saving, last: date) -> int:
        """Of every day's balance at the end of that day; of their mean; or of the lowest of them."""
        days = [one.balance(last.replace(day=n)) for n in range(1, last.day + 1)]
        product, rate = self.products[one.product], self._rate(one.product, last) / 100 / 365
        least = max(product.get("minimum_balance_rupiah", 0), 1)
        basis = product.get("basis", "daily")
        if basis == "daily":
            return half_up(sum(balance for balance in days if balance >= least) * rate)
        counted = Fraction(sum(days), len(days)) if basis == "average" else Fraction(min(days))
        return half_up(counted * len(days) * rate) if counted >= least else 0

    def _credit_interest(self, name: str, on: date, interest: int) -> int:
        """Into the account, less the tax of the member's month; what is left of it."""
        if interest <= 0:
            return 0
        member = self.savings[name].member
        before, withheld = self.taxed[member, on.replace(day=1)]
        total = before + interest
        tax = max(0, (int(total * TAX) if total > FREE_OF_TAX else 0) - withheld)
        self.taxed[member, on.replace(day=1)] = total, withheld + tax
        self._post(("Jasa simpanan", "", interest), self._save(name, on, interest))
        if tax:
            self._post(("Utang PPh Pasal 4 ayat (2)", "", -tax), self._save(name, on, -tax))
        return interest - tax

    # --- terms ---

    def mature_terms(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        for name, one in self.savings.items():
            while one.term_from is not None and not one.ended and not one.closed:
                months = self.products[one.product]["term_months"]
                matures = months_on(one.term_from, months)
                if matures > event.on:
                    break
                rate = self._rate(one.product, one.term_from)
                interest = half_up(one.balance(event.on) * rate * months / 1200)
                self._go_on(name, event.on, matures, self._credit_interest(name, event.on, interest))

    def _go_on(self, name: str, on: date, matures: date, paid: int) -> None:
        one = self.savings[name]
        if one.roll_over == "none":
            one.ended = True
            return
        if one.roll_over == "principal":
            target = next(
                other for other, row in self.savings.items()
                if row.member == one.member and self.products[row.product]["kind"] == "voluntary"
            )  # fmt: skip
            self._post(self._save(name, on, -paid), self._save(target, on, paid))
        one.term_from = matures

    def break_term(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        name = given["account_id"]
        one, product = self.savings[name], self.products[self.savings[name].product]
        amount, days = one.balance(event.on), (event.on - (one.term_from or event.on)).days
        kept = self._rate(one.product, one.opened) * Fraction(product["kept_percent_of_rate"]) / 100
        self._credit_interest(name, event.on, half_up(amount * days * kept / 100 / 365))
        penalty = half_up(amount * Fraction(product["penalty_percent"]) / 100)
        self._post(("Potongan pencairan simpanan berjangka", "", -penalty), self._save(name, event.on, -penalty))
        left = one.balance(event.on)
        self._through_till(event, -left, self._save(name, event.on, -left))
        one.closed = event.on

    # --- leaving ---

    def leave_cooperative(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        member, owed = given["member_id"], OWED["leavers_payable"]
        self.leaves(member)
        for account in CAPITAL.values():
            amount = -self.books[account][member]
            self._post((account, member, amount), (owed, member, -amount))
        for name, one in self.savings.items():
            if one.member == member:
                amount = one.balance(event.on)
                self._post(self._save(name, event.on, -amount), (owed, member, -amount))
                one.closed = event.on
        for name, loan in self.loans.items():
            before = loan.stand(event.on)
            if self.asked[name]["member_id"] == member and not before.is_paid and not before.gone:
                loan.happened.append((event.on, "pay_off", before.sum_to_end(event.on)))
                self._earned(name, before.got, loan.stand(event.on).got, paid_from=(owed, member))

    def pay_out_owed(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        amount = given["amount_rupiah"]
        self._through_till(event, -amount, (OWED[given["use"]], given["member_id"], amount))

    # --- loans ---

    def add_loan_product(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.offers[given["product_id"]] = given["offer"]

    def apply_for_loan(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.asked[given["loan_id"]] = given

    def disburse_loan(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        name, asked = given["loan_id"], self.asked[given["loan_id"]]
        loan = SecondLoan(self.offers[asked["product_id"]], asked["amount_rupiah"], asked["instalments"], event.on)
        self.loans[name] = loan
        self._through_till(
            event, loan.fee - loan.principal, ("Piutang pinjaman anggota", name, loan.principal),
            ("Provisi dan administrasi pinjaman", "", -loan.fee),
        )  # fmt: skip

    def take_instalment(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self._happens(event, given, "pay", given["amount_rupiah"])

    def prepay_loan(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self._happens(event, given, f"prepay_{given['effect']}", given["amount_rupiah"])

    def pay_off_loan(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self._happens(event, given, "pay_off", given["amount_rupiah"])

    def _happens(self, event: Event, given: Mapping[str, Any], kind: str, amount: int) -> None:
        """Money for a loan: it counts on the day it came, the books and the till hold it today."""
        loan = self.loans[given["loan_id"]]
        before = loan.stand(event.on).got
        loan.happened.append((given.get("on", event.on), kind, amount))
        self.tills[event.who] += amount
        self._earned(given["loan_id"], before, loan.stand(event.on).got, name=given.get("entry_id", ""))

    def reverse_loan_event(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """The last event of the loan, at the till where it was entered."""
        loan = self.loans[given["loan_id"]]
        before = loan.stand(event.on).got
        _, _, amount = loan.happened.pop()
        (who,) = self.tills
        self.tills[who] -= amount
        self._earned(given["loan_id"], before, loan.stand(event.on).got)

    def _earned(
        self, loan: str, before: Mapping[str, int], after: Mapping[str, int], *, name: str = "",
        paid_from: tuple[str, str] = (CASH, ""),
    ) -> None:  # fmt: skip
        more = {what: after[what] - before[what] for what in after}
        self.used(self.asked[loan]["member_id"], more["interest"])
        self._post(
            (*paid_from, sum(more.values())), ("Piutang pinjaman anggota", loan, -more["principal"]),
            ("Jasa pinjaman anggota", "", -more["interest"]), ("Denda keterlambatan", "", -more["late"]),
            ("Pinjaman hapus buku yang terbayar", "", -more["recovered"]), name=name,
        )  # fmt: skip

    def propose_write_off(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        self.to_write_off[given["write_off_id"]] = given["loan_id"]

    def decide_write_off(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        """First out of what was set aside for all loans, the rest out of the year."""
        assert given["answer"] == "yes"
        name = self.to_write_off[given["write_off_id"]]
        loan = self.loans[name]
        loan.happened.append((event.on, "write_off", 0))
        lost = loan.stand(event.on).lost
        set_aside = min(lost, -self.of("Penyisihan penghapusan pinjaman"))
        self._post(
            ("Piutang pinjaman anggota", name, -lost),
            ("Penyisihan penghapusan pinjaman", "", set_aside), ("Beban penyisihan pinjaman", "", lost - set_aside),
        )  # fmt: skip

    def post_provisions(self, event: Event, deed: Deed, given: Mapping[str, Any]) -> None:
        last = months_on(given["month"].replace(day=1), 1) - timedelta(days=1)
        needed = 0
        for name, loan in self.loans.items():
            pledged = sum(item["value_rupiah"] for item in self.asked[name].get("collateral", ()))
            needed += loan.stand(last).provision(last, pledged) if loan.lent_on <= last else 0
        change = needed + self.of("Penyisihan penghapusan pinjaman")
        self._post(("Beban penyisihan pinjaman", "", change), ("Penyisihan penghapusan pinjaman", "", -change))
