"""Sharing a business's result with those who put capital in, and sums of goods bought or sold for members.

A saver with *modal penyertaan* earns with the business and bears its loss, but never more than what was put in.
Everything adds up to the rupiah; what nobody else gets or bears stays with the cooperative.

Law: UU 25/1992 Pasal 42 (modal penyertaan); PP 33/1998 (agreement for each business, risk up to the capital).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desmigratif.cooperative.rules.rates import percent_text
from desmigratif.cooperative.rules.rounding import percent_of, shares
from desmigratif.shared.dated import dated_on
from desmigratif.shared.reasons import Reason

CITATION = "UU 25/1992 Pasal 42; PP 33/1998"
HUNDRED = Decimal(100)
PASSING = {"sold": "Dijual", "given": "Dihibahkan", "inherited": "Diwariskan"}
CONSENTS = {
    "holder": "Penyerta lama setuju, tertulis",
    "taker": "Penerimanya setuju dengan isi perjanjian",
    "cooperative": "Pengurus koperasi setuju",
    "heir_letter": "Surat keterangan waris sudah diperlihatkan",
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement's part of the result in percent, and the capital that stands in it now, by stake."""

    percent: Decimal
    capital: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Split:
    """A result as it falls: to each stake, and what stays with the cooperative. All of it adds up."""

    by_stake: dict[str, int]
    cooperative: int


def cooperatives_part(result: int, percent: Decimal) -> int:
    """The cooperative's part of a group's result; the group's takes the rest."""
    return shares(result, [percent, HUNDRED - percent])[0]


def split_result(result: int, agreements: Sequence[Agreed]) -> Split:
    """Who gets, or bears, how much of a result that reached the cooperative.

    An agreement without capital gets nothing; a loss beyond a stake's capital falls back on the cooperative.
    """
    living = [one for one in agreements if any(amount > 0 for amount in one.capital.values())]
    rest = HUNDRED - sum((one.percent for one in living), Decimal(0))
    if rest < 0:
        raise ValueError("more than the whole result is promised")
    parts = shares(result, [*(one.percent for one in living), rest])
    found: dict[str, int] = {}
    for one, part in zip(living, parts, strict=False):
        names = [name for name, amount in one.capital.items() if amount > 0]
        for name, amount in zip(names, shares(part, [one.capital[name] for name in names]), strict=True):
            found[name] = max(amount, -one.capital[name])
    return Split({name: amount for name, amount in found.items() if amount}, result - sum(found.values()))


def reasons_against_share(promised: Decimal, percent: Decimal) -> list[Reason]:
    """Why an agreement may not promise this part beside what others were promised."""
    if percent <= 0:
        return [Reason("no_share", "Bagian hasil harus lebih dari nol.", field="share_percent", citation=CITATION)]
    if promised + percent <= HUNDRED:
        return []
    text = f"Bagian hasil usaha ini yang masih dapat dijanjikan {percent_text(HUNDRED - promised)}."
    return [Reason("promised_already", text, field="share_percent", citation=CITATION)]


def reasons_not_to_take_capital(form: str, on: date) -> list[Reason]:
    """Why a cooperative of this form may not take modal penyertaan; an empty list means it may."""
    rule = dated_on("cooperative_business.takers", on)
    if form in rule.value:
        return []
    text = "Kelompok simpan pinjam belum berbadan hukum, jadi belum boleh menerima modal penyertaan."
    way_out = "Selesaikan dulu kesiapan menjadi koperasi."
    return [Reason("no_body_of_law", text, field="share_percent", citation=rule.citation, way_out=way_out)]


def consents_for(because: str, on: date) -> list[str]:
    """What must be there before a stake goes to somebody else for this reason, in order."""
    needs: Mapping[str, list[str]] = dated_on("cooperative_business.transfer_needs", on).value
    return needs[because]


def reasons_not_to_pass_on(because: str, shown: Collection[str], on: date) -> list[Reason]:
    """Why a stake may not go to somebody else; an empty list means it may."""
    missing = [need for need in consents_for(because, on) if need not in shown]
    if not missing:
        return []
    words = "; ".join(CONSENTS[need].lower() for need in missing)
    citation = dated_on("cooperative_business.transfer_needs", on).citation
    text = f"Yang belum ada: {words}."
    return [Reason("consent_missing", text, field="consents", citation=citation, way_out="Lengkapi, lalu catat lagi.")]


def waiting_that_follows(waiting: int, capital: int, amount: int) -> int:
    """How much of an inherited result goes with so much of the capital; with all of it, everything."""
    return waiting if amount == capital else waiting * amount // capital


# --- goods ---


def cost_of(cost: int, bought: int, handed_before: int, quantity: int) -> int:
    """What the next `quantity` of `bought` units cost, so that all of them together cost just `cost`."""
    return cost * (handed_before + quantity) // bought - cost * handed_before // bought


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale of what a member left: what the buyer pays, and how it falls."""

    paid: int
    commission: int

    @property
    def net(self) -> int:
        return self.paid - self.commission


def sale_of(price: int, quantity: int, commission_percent: Decimal) -> Sale:
    paid = price * quantity
    return Sale(paid, percent_of(paid, commission_percent))


def reasons_not_so_many(quantity: int, left: int, unit: str) -> list[Reason]:
    """Why not so many units: no more than are there."""
    if 0 < quantity <= left:
        return []
    if quantity <= 0:
        return [Reason("too_few", "Jumlah barang harus lebih dari nol.", field="quantity")]
    text = f"Yang masih ada {left} {unit}." if left else "Tidak ada lagi yang tersisa."
    return [Reason("not_so_many", text, field="quantity")]
