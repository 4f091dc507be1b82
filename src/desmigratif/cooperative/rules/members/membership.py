"""Who belongs to the cooperative: joining, being served, leaving with a settlement, and groups before it exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desmigratif.cooperative.rules.days import add_months
from desmigratif.cooperative.rules.rounding import shares
from desmigratif.shared.dated import dated_on, value_on
from desmigratif.shared.dates import age_on, format_date
from desmigratif.shared.reasons import Reason
from desmigratif.shared.rupiah import format_rupiah

Status = Literal["candidate", "member", "left", "stranger", "other_cooperative", "member_of_other"]


def candidate_until(since: date) -> date:
    """The last day on which a candidate may still be one."""
    months: int = value_on("cooperative_members.candidate_months", since)
    return add_months(since, months)


def reasons_not_to_serve(status: Status, on: date) -> list[Reason]:
    """Why this person may not save or borrow here: the closed loop. An empty list means they may."""
    rule = dated_on("cooperative_members.served", on)
    if status in rule.value:
        return []
    way_out = "Selesaikan pendaftarannya dulu sebagai anggota."
    if status == "member_of_other":
        way_out = "Layani lewat koperasinya, dengan perjanjian antarkoperasi."
    text = "Simpan pinjam hanya untuk anggota dan koperasi lain."
    return [Reason("closed_loop", text, citation=rule.citation, field="member", way_out=way_out)]


def reasons_not_to_stay_candidate(since: date, on: date) -> list[Reason]:
    """Why a candidate must be decided on now; an empty list means there is time."""
    last = candidate_until(since)
    if on <= last:
        return []
    rule = dated_on("cooperative_members.candidate_months", since)
    text = f"Calon anggota paling lama {rule.value} bulan; batasnya {format_date(last)}."
    return [
        Reason("candidate_too_long", text, citation=rule.citation, field="since", way_out="Terima atau tolak sekarang.")
    ]


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks to join. `in_area`: lives or works where the articles say; None = not known yet."""

    status: Status
    birth_date: date | None
    is_citizen: bool | None
    in_area: bool | None
    entry_savings_paid: bool


def reasons_not_to_join(applicant: Applicant, on: date, *, minimum_age: int = 17) -> list[Reason]:
    """Why this person may not become a member today; `minimum_age` is what the articles say."""
    found = []
    if applicant.status == "member":
        found.append(Reason("already_member", "Sudah menjadi anggota.", field="member"))
    if applicant.is_citizen is not True:
        found.append(
            Reason(
                "citizen", "Anggota harus warga negara Indonesia.", citation="UU 25/1992 Pasal 18", field="is_citizen"
            )
        )
    if applicant.birth_date is None or age_on(applicant.birth_date, on) < minimum_age:
        found.append(
            Reason(
                "age",
                f"Anggota paling muda {minimum_age} tahun.",
                citation="UU 25/1992 Pasal 18; anggaran dasar",
                field="birth_date",
                way_out="Menabung lewat orang tuanya yang menjadi anggota.",
            )
        )
    if applicant.in_area is not True:
        found.append(
            Reason(
                "area",
                "Tempat tinggal atau kerjanya di luar wilayah koperasi.",
                citation="Anggaran dasar",
                field="in_area",
            )
        )
    if not applicant.entry_savings_paid:
        way_out = "Kasir menerima kekurangannya dulu, lewat Layani di kas."
        found.append(
            Reason("entry_savings", "Simpanan pokok belum lunas.", field="entry_savings_paid", way_out=way_out)
        )
    return found


def founders_missing(count: int, on: date) -> int:
    """How many more founders a savings group needs to become a cooperative."""
    needed: int = value_on("cooperative_members.founders", on)
    return max(0, needed - count)


# --- leaving ---


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a member has and owes on the day of leaving or dying, in rupiah.

    loss_share  part of losses not covered by reserves, see `loss_shares`
    loans       what ends all loans on that day (`loans.life.replay.payoff_sum`)
    written_off what is still owed of loans that left the books
    guarantees  outstanding principal of others' loans that the member stands for
    """

    entry_savings: int
    compulsory_savings: int
    other_savings: int = 0
    unpaid_shu: int = 0
    loss_share: int = 0
    loans: int = 0
    written_off: int = 0
    guarantees: int = 0


@dataclass(frozen=True, slots=True)
class SettlementLine:
    code: str
    label: str
    amount: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """Lines that add up; above 0 the cooperative pays, below 0 the member (or the heirs' estate) still owes."""

    lines: tuple[SettlementLine, ...]

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def to_pay_out(self) -> int:
        return max(0, self.total)

    @property
    def still_owed(self) -> int:
        return max(0, -self.total)


def settle(leaving: Leaving) -> Settlement:
    """The sum at the end of a membership. A loss takes at most the member's own capital.

    What was written off is still owed: it takes what there is, and holds nobody back for more.
    """
    capital = leaving.entry_savings + leaving.compulsory_savings
    parts = (
        ("entry_savings", "Simpanan pokok", leaving.entry_savings),
        ("compulsory_savings", "Simpanan wajib", leaving.compulsory_savings),
        ("other_savings", "Simpanan lain dan jasanya", leaving.other_savings),
        ("unpaid_shu", "SHU yang belum diambil", leaving.unpaid_shu),
        ("loss_share", "Bagian kerugian", -min(leaving.loss_share, capital)),
        ("loans", "Pelunasan pinjaman", -leaving.loans),
    )
    left = max(0, sum(amount for _code, _label, amount in parts))
    claim = ("written_off", "Tagihan pinjaman yang dihapus buku", -min(leaving.written_off, left))
    return Settlement(tuple(SettlementLine(*part) for part in (*parts, claim) if part[2]))


def reasons_not_to_leave(leaving: Leaving) -> list[Reason]:
    """Why the membership cannot end yet; an empty list means it can."""
    found = []
    if owed := settle(leaving).still_owed:
        text = f"Pinjamannya belum tertutup oleh simpanannya; kurang {format_rupiah(owed)}."
        found.append(
            Reason("still_owes", text, field="loans", way_out="Bayar dulu, atau setorkan kekurangannya ke simpanannya.")
        )
    if leaving.guarantees:
        text = f"Masih menanggung pinjaman anggota lain sebesar {format_rupiah(leaving.guarantees)}."
        found.append(Reason("guarantor", text, field="guarantees", way_out="Ganti penanggungnya dulu."))
    return found


def loss_shares(loss: int, own_capital: Sequence[int]) -> list[int]:
    """A loss over the members by pokok and wajib, to the rupiah."""
    return shares(loss, list(own_capital))


# --- who takes the money ---

Taker = Literal["self", "heir", "proxy", "payer"]


def reasons_not_to_hand_to(taker: Taker, *, has_died: bool) -> list[Reason]:
    """Why money of a member may not be handed to this person; an empty list means it may."""
    if has_died and taker != "heir":
        text = "Anggota ini sudah meninggal; uangnya diserahkan kepada ahli waris yang tercatat."
        way_out = "Pilih ahli warisnya; bila belum ada, catat dulu di halaman anggota."
        return [Reason("heir_needed", text, field="receiver_id", way_out=way_out)]
    if not has_died and taker not in ("self", "proxy"):
        text = "Selama anggotanya hidup, hanya ia sendiri atau kuasanya yang menerima."
        return [Reason("proxy_needed", text, field="receiver_id")]
    return []
