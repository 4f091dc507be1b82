"""A neighbour village's cooperative that is two years old: closed books, annual meetings, surplus that was paid out.

Few members, one cash day a month; what happened stands on its day, and only what lies before today has happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta, timezone
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from desmigratif.access.door import do
from desmigratif.access.models import User
from desmigratif.access.queries import actor_for
from desmigratif.cooperative.models import Account, Cooperative, Holding
from desmigratif.cooperative.queries.year.surplus import decision_for
from desmigratif.demo.cooperative.savers import SaversUnit
from desmigratif.demo.cooperative.shop_unit import ShopUnit
from desmigratif.demo.people.names import JAVA
from desmigratif.demo.people.population import VillagePlan
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.ids import new_id

NAME, LEGAL = "Koperasi Desmigratif Tieng", "AHU-0001234.AH.01.29.TAHUN 2024"
MEMBERS, CASH_DAY = 20, 10
PRINCIPAL, COMPULSORY, LIMIT, LOAN, TIMES = 200_000, 25_000, 10_000_000, 4_000_000, 10
INSTALMENT = LOAN // TIMES + LOAN * 12 // 1200
FUNDS = {
    "reserve_general": "40", "members_by_savings": "20", "members_by_use": "20", "fund_board": "5", "fund_staff": "5",
    "fund_education": "5", "fund_social": "5",
}  # fmt: skip
PLAN = {
    "loan_interest": 3_000_000, "loan_fees": 360_000, "bank_interest": 120_000, "savings_interest": 900_000,
    "wages": 720_000, "other_cost": 300_000, "depreciation_expense": 375_000, "provision_expense": 300_000,
    "members_meeting": 250_000,
}  # fmt: skip
BOARD_SAYS = (
    "Tahun ini {members} keluarga menabung setiap tanggal sepuluh, juga mereka yang anggotanya bekerja di Taiwan dan"
    " Malaysia. Pinjaman dipakai untuk bibit kentang, warung, dan biaya sekolah.\n\nSatu pinjaman menunggak karena"
    " kiriman dari luar negeri terhenti; keluarganya didatangi dan cicilannya disepakati lagi.\n\nTahun depan pengurus"
    " hendak menambah hari kas dan melatih dua pencatat muda."
)
SUPERVISORS_SAY = (
    "Kas dihitung empat kali tanpa pemberitahuan dan selalu cocok dengan buku. Berkas pinjaman lengkap.\n\nKami minta"
    " tunggakan lebih dari dua bulan dilaporkan ke pengawas setiap bulan."
)
HEALTHY = {"general": 10, "institution": 5, "capital": 4, "assets": 8, "liquidity": 4}
CHOSEN = (("chair", 1), ("secretary", 2), ("treasurer", 3), ("head_supervisor", 4), ("supervisor", 5))
FOUNDERS = (("Paryono", False), ("Eko Widodo", False), ("Sulastri", True), ("Kasmini", True))  # in these offices
LATE = 7  # the loan, in the order of lending, that is not paid for half a year
Step = tuple[date, Callable[[date], None]]


class CooperativeYears:
    """Told by its board, its treasurer, who also holds the till, and its supervisor."""

    def __init__(self, plan: VillagePlan, now: datetime) -> None:
        self.village_code, self.now, self.random = plan.code, now, Random(plan.seed)
        self.today, self.serial, self.id = today_in(plan.code, now), count(1), new_id()
        self.zone = timezone(timedelta(hours=village(plan.code).utc_offset))
        self.opened_on = date(self.today.year - 2, 10, 1)
        self.chair, self.board, self.treasurer, self.supervisor = (
            actor_for(User.objects.get(username=f"{office}.{plan.username_part}"), today=now.date())
            for office in ("ketua", "pengurus", "bendahara", "pengawas")
        )
        self.saving, self.lending = new_id(), new_id()
        self.members: list[UUID] = []
        self.accounts: list[UUID] = []
        self.loans: dict[UUID, int] = {}  # instalments that are still to come, by loan

    def tell(self) -> None:
        for on, happen in sorted(self._steps(), key=lambda step: step[0]):
            if on <= self.today:
                happen(on)

    def act(self, by: Any, verb: str, on: date, /, **given: Any) -> None:
        minutes = next(self.serial) % 240
        at = min(datetime.combine(on, time(8 + minutes // 60, minutes % 60), self.zone), self.now)
        do(by, f"cooperative.{verb}", {"cooperative_id": self.id, **given}, now=at, act_id=new_id(), via="demo")

    def _steps(self) -> Iterator[Step]:
        """Everything, day by day, whether or not it has happened yet."""
        yield self.opened_on, self._found
        yield self.opened_on + timedelta(days=1), self._join
        for month in months(self.opened_on, self.today):
            yield month.replace(day=CASH_DAY), self._cash_day
            end = last_of_month(month)
            yield end + timedelta(days=2), self._close_year if month.month == 12 else self._close_month
        for year in range(self.opened_on.year + 1, self.today.year + 1):
            yield date(year, 2, 1), self._invite
            yield date(year, 2, 20), self._meet
            yield date(year, 2, 21), self._share
            yield date(year, 3, 12), self._report
        yield from ShopUnit(self).steps()
        yield from SaversUnit(self).steps()

    # --- founding ---

    def _found(self, on: date) -> None:
        decided = {"since": on, "decision": "Rapat pembentukan"}
        named = {"village_code": self.village_code, "name": NAME, "kind": "cooperative", "legal_number": LEGAL}
        self.act(self.board, "set_up_cooperative", on, opened_on=on, **named)
        sums = {"principal_rupiah": PRINCIPAL, "compulsory_rupiah": COMPULSORY}
        self.act(self.board, "set_membership_terms", on, terms_id=new_id(), **sums, **decided)
        self.act(self.board, "set_money_limit", on, limit_id=new_id(), second_person_above_rupiah=LIMIT, **decided)
        saving = {"name": "Simpanan Sukarela", "kind": "voluntary", "annual_percent": "3"}
        self.act(self.board, "add_savings_product", on, product_id=self.saving, since=on, **saving)
        offer = {"method": "flat", "annual_percent": "12", "most_instalments": 12, "most_rupiah": 5_000_000,
                 "fee_percent": "1"}  # fmt: skip
        lending = {"product_id": self.lending, "name": "Pinjaman Usaha Keluarga", "since": on, "offer": offer}
        self.act(self.board, "add_loan_product", on, **lending)
        funds = [{"code": code, "percent": percent} for code, percent in FUNDS.items()]
        rule = {"since": on, "decision": "Anggaran dasar pasal 41", "savings_basis": "average", "funds": funds}
        self.act(self.board, "set_surplus_rule", on, rule_id=new_id(), use_basis="loan_interest", **rule)

    def _join(self, on: date) -> None:
        self.act(self.treasurer, "open_till", on, till_id=(till := new_id()), on=on, opening_rupiah=0)
        for number in range(MEMBERS):
            id, account = new_id(), new_id()
            self.act(self.board, "apply_for_membership", on, member_id=id, on=on, **self._person(number))
            paid = {"member_id": id, "kind": "entry", "amount_rupiah": PRINCIPAL}
            self.act(self.treasurer, "pay_capital", on, entry_id=new_id(), on=on, **paid)
            self.act(self.board, "admit_member", on, member_id=id, on=on)
            opened = {"account_id": account, "member_id": id, "product_id": self.saving}
            self.act(self.treasurer, "open_savings_account", on, on=on, **opened)
            self.members.append(id)
            self.accounts.append(account)
        self._end_day(on, till, MEMBERS * PRINCIPAL)
        self._enter(on, "Bantuan desa untuk bulan-bulan pertama", "bank", "other_income", 1_200_000)
        given = {"asset_id": new_id(), "name": "Lemari besi dan komputer", "acquired_on": on, "life_months": 48}
        self._enter(on, "Lemari besi dan komputer", "fixed_assets", "bank", 1_500_000)
        self.act(self.treasurer, "record_fixed_asset", on, cost_rupiah=1_500_000, **given)

    def _person(self, number: int) -> dict[str, Any]:
        female = self.random.random() < 0.6
        first, second = (JAVA.women_young, JAVA.second_women) if female else (JAVA.men_young, JAVA.second_men)
        name = f"{self.random.choice(first)} {self.random.choice(second)}"
        if number < len(FOUNDERS):
            name, female = FOUNDERS[number]
        born = date(1962 + self.random.randrange(34), 1 + self.random.randrange(12), 1 + self.random.randrange(28))
        day = born.day + 40 if female else born.day
        return {
            "name": name, "birth_date": born,
            "nik": f"330712{day:02d}{born.month:02d}{born.year % 100:02d}{9100 + number:04d}",
            "birth_place": "Wonosobo", "sex": "F" if female else "M", "address": f"Tieng RT {1 + number % 4}",
            "in_area": True, "is_citizen": True,
            "occupation": self.random.choice(("Petani kentang", "Pedagang", "Perajin carica", "Guru honorer")),
        }  # fmt: skip

    # --- a cash day, a month, a year ---

    def _cash_day(self, on: date) -> None:
        """Simpanan wajib of all, deposits of a third, instalments; somebody borrows."""
        self.act(self.treasurer, "open_till", on, till_id=(till := new_id()), on=on, opening_rupiah=0)
        saving = [account for number, account in enumerate(self.accounts) if number % 3 == on.month % 3]
        paying = [loan for place, loan in enumerate(self.loans) if self._pays(place, loan, on)]
        sheet: dict[str, list[dict[str, Any]]] = {
            "compulsory": [{"member_id": one, "amount_rupiah": COMPULSORY} for one in self.members],
            "savings": [{"account_id": one, "amount_rupiah": 350_000} for one in saving],
            "lines": [{"loan_id": one, "amount_rupiah": INSTALMENT} for one in paying],
        }
        lines = {name: [{"entry_id": new_id(), **row} for row in rows] for name, rows in sheet.items()}
        self.act(self.treasurer, "take_collection", on, on=on, **lines)
        for loan in paying:
            self.loans[loan] -= 1
        taken = sum(row["amount_rupiah"] for rows in sheet.values() for row in rows)
        if on.month % 2 == 0 or (on.year > self.opened_on.year and on.month > 1):
            taken -= self._lend(on, held=taken)
        if on.month == 3 and on.year > self.opened_on.year + 1:
            taken -= self._hand_out(on)
        self._end_day(on, till, taken)

    def _pays(self, place: int, loan: UUID, on: date) -> bool:
        """One borrower stops for half a year, when what came from abroad stopped."""
        is_away = place == LATE and (on.year, on.month) < (self.opened_on.year + 2, 3) and self.loans[loan] < TIMES
        return self.loans[loan] > 0 and not is_away

    def _lend(self, on: date, *, held: int) -> int:
        """Asked for, looked at, agreed to by two, handed out less its fee; the bank gives what the till lacks."""
        others = self.members[len(CHOSEN) + 1 :]  # whom the meeting chose would need the supervisors' yes
        id, borrower = new_id(), others[len(self.loans) * 3 % len(others)]
        out = LOAN - LOAN // 100
        lacking = max(out - held, 0)
        if lacking:
            self._carry(on, "from_bank", lacking)
        asked = {"member_id": borrower, "product_id": self.lending, "amount_rupiah": LOAN, "instalments": TIMES}
        self.act(self.treasurer, "apply_for_loan", on, loan_id=id, on=on, purpose="Bibit kentang dan pupuk", **asked)
        survey = "Ladang sendiri; kiriman dari Taiwan datang tiap bulan."
        self.act(self.treasurer, "record_loan_survey", on, loan_id=id, on=on, survey=survey)
        for who in (self.chair, self.board):
            self.act(who, "approve_loan", on, loan_id=id, on=on, approval_id=new_id())
        self.act(self.treasurer, "disburse_loan", on, loan_id=id, on=on, entry_id=new_id())
        self.loans[id] = TIMES
        return out - lacking

    def _hand_out(self, on: date) -> int:
        """Some fetch their part of the surplus at once; the others leave it for now."""
        held = Holding.objects.filter(account__cooperative_id=self.id, account__use="shu_payable", balance_rupiah__lt=0)
        waiting = {row.holder_id: -row.balance_rupiah for row in held}
        fetching = [one for one in self.members if one in waiting][:8]
        for member in fetching:
            given = {"member_id": member, "use": "shu_payable", "amount_rupiah": waiting[member]}
            self.act(self.treasurer, "pay_out_owed", on, entry_id=new_id(), on=on, **given)
        return sum(waiting[member] for member in fetching)

    def _end_day(self, on: date, till: UUID, counted: int) -> None:
        if counted:
            self._carry(on, "to_bank", counted)
        self.act(self.treasurer, "close_till", on, till_id=till, entry_id=new_id(), counted_rupiah=0)

    def _carry(self, on: date, direction: str, amount: int) -> None:
        moved = {"entry_id": new_id(), "direction": direction, "amount_rupiah": amount}
        self.act(self.treasurer, "move_cash", on, on=on, **moved)

    def _enter(self, on: date, memo: str, into: str, out_of: str, amount: int) -> None:
        used = dict(Account.objects.of(self.id).exclude(use="").values_list("use", "id"))
        legs = [
            {"account_id": used[into], "debit_rupiah": amount}, {"account_id": used[out_of], "credit_rupiah": amount},
        ]  # fmt: skip
        self.act(self.treasurer, "post_manual_entry", on, entry_id=new_id(), on=on, memo=memo, legs=legs)

    def _end_month(self, on: date) -> date:
        """What the end of every month asks for; its last day."""
        last = on.replace(day=1) - timedelta(days=1)
        self._enter(last, f"Honor pencatat {last:%m-%Y}", "wages", "bank", 60_000)
        if last.month % 3 == 0:
            self._enter(last, "Buku dan tinta", "stationery", "bank", 60_000)
        if last.month == 12:
            self._enter(last, "Bunga bank setahun", "bank", "bank_interest", 137_500 if last.year % 2 else 31_000)
        self.act(self.treasurer, "pay_savings_interest", on, last_on=last)
        if self.loans:
            self.act(self.treasurer, "post_provisions", on, entry_id=new_id(), month=last)
        return last

    def _close_month(self, on: date) -> None:
        self.act(self.treasurer, "close_period", on, period_id=new_id(), last_on=self._end_month(on))

    def _close_year(self, on: date) -> None:
        year = self._end_month(on).year
        self.act(self.treasurer, "close_year", on, closing_id=new_id(), entry_id=new_id(), year=year)
        health = {"answers_id": new_id(), "year": year, **HEALTHY}
        self.act(self.supervisor, "answer_health", on, **health)

    # --- the annual meeting ---

    def _invite(self, on: date) -> None:
        self.meeting = new_id()
        called = {"kind": "annual", "book_year": on.year - 1, "at": "09.00", "place": "Balai Dusun Tieng"}
        has_election = on.year == self.opened_on.year + 1
        self.act(
            self.board, "call_meeting", on, meeting_id=self.meeting, invited_on=on, on=on.replace(day=20),
            has_election=has_election, proxies_each=1, **called,
        )  # fmt: skip
        for who, text in ((self.board, BOARD_SAYS.format(members=MEMBERS)), (self.supervisor, SUPERVISORS_SAY)):
            self.act(who, "write_report", on, report_id=new_id(), meeting_id=self.meeting, text=text)

    def _meet(self, on: date) -> None:
        year, id = on.year - 1, self.meeting
        self._enter(on, f"Hidangan RAT {year}", "members_meeting", "bank", 220_000)
        seats = [
            {"member_id": one, "way": "online" if number < 3 else "in_person"}
            for number, one in enumerate(self.members[: MEMBERS - 4])
        ]
        self.act(self.board, "record_attendance", on, meeting_id=id, seats=seats)
        self.act(self.board, "open_meeting", on, meeting_id=id)
        agreed: dict[str, Any] = {"is_unanimous": True}
        voted: dict[str, Any] = {"is_unanimous": False, "votes_for": 13, "votes_against": 2, "abstained": 1}
        for kind, text, vote in (
            ("accounts", f"Laporan pengurus dan laporan keuangan {year} disahkan.", agreed),
            ("supervision", f"Laporan pengawas {year} diterima.", agreed),
            ("surplus", f"SHU {year} dibagi menurut anggaran dasar pasal 41.", voted),
            ("plan", f"Rencana kerja dan anggaran {on.year} disetujui.", agreed),
        ):
            self.act(self.board, "decide", on, decision_id=new_id(), meeting_id=id, kind=kind, text=text, **vote)
        if on.year == self.opened_on.year + 1:
            self._elect(on)
        notes = "Anggota meminta hari kas kedua pada musim panen.\n\nRapat ditutup pukul 11.45 dengan doa bersama."
        ended = {"led_by": "Paryono", "written_by": "Eko Widodo", "notes": notes}
        self.act(self.board, "close_meeting", on, meeting_id=id, **ended)
        lines = [{"code": code, "rupiah": rupiah} for code, rupiah in PLAN.items()]
        decided = {"year": on.year, "decided_on": on, "decision": f"RAT tahun buku {year}", "lines": lines}
        self.act(self.board, "set_budget", on, budget_id=new_id(), **decided)

    def _elect(self, on: date) -> None:
        for office, number in CHOSEN:
            term = {"term_id": new_id(), "number": number, "office": office, "since": on, "votes": 16 - number}
            until = on.replace(year=on.year + 3)
            self.act(self.board, "elect", on, meeting_id=self.meeting, until=until, **term)

    def _share(self, on: date) -> None:
        """Give out the surplus of last year as the meeting decided, and report to the office above."""
        decision = decision_for(self._books(), on.year - 1)
        if decision is not None:
            given = {"distribution_id": new_id(), "entry_id": new_id(), "decision_id": decision.id}
            self.act(self.treasurer, "distribute_surplus", on, year=on.year - 1, on=on, **given)

    def _report(self, on: date) -> None:
        proof = f"Tanda terima ODS {on.year}-0412"
        self.act(self.board, "report_meeting", on, meeting_id=self.meeting, on=on, proof=proof)

    def _books(self) -> Cooperative:
        return Cooperative.objects.in_village(self.village_code).get(id=self.id)


def months(first: date, last: date) -> Iterator[date]:
    """The first day of each month from one to another."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = last_of_month(month) + timedelta(days=1)


def last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def tell_cooperative_years(plan: VillagePlan, now: datetime) -> None:
    CooperativeYears(plan, now).tell()
