"""SHU: the year's surplus shared out as the members' meeting decided, in whole rupiah that add up exactly.

First the surplus over the funds by percent, then each members' fund over the members: by savings (jasa modal) or by
use (jasa anggota). What a member's use is, loans taken, interest paid or purchases, the articles of the cooperative
choose; it comes in as a number. Shares are cut by the largest-remainder method, so nothing is lost or made.

Law: UU 25/1992 Pasal 45, members in proportion to their services after reserves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desmigratif.cooperative.rules.rounding import shares
from desmigratif.shared.reasons import InvalidInput, Reason

BY_SAVINGS = "members_by_savings"
BY_USE = "members_by_use"


@dataclass(frozen=True, slots=True)
class Fund:
    """A part of the surplus. `to` is `members_by_savings`, `members_by_use`, `reserve`, or any other use."""

    code: str
    percent: Decimal
    to: str


@dataclass(frozen=True, slots=True)
class MemberBasis:
    """What a member's share is reckoned on, in rupiah: savings (pokok + wajib) and use."""

    id: str
    savings: int
    use: int


@dataclass(frozen=True, slots=True)
class MemberShare:
    id: str
    by_fund: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_fund.values())


@dataclass(frozen=True, slots=True)
class Distribution:
    """`funds` pairs each fund with its amount; `others` is the share of members who are not on the list, by fund."""

    shu: int
    funds: tuple[tuple[Fund, int], ...]
    members: tuple[MemberShare, ...]
    others: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        """The document that other programs read: a member's shares stand under the codes of the funds."""
        return {
            "shu": self.shu,
            "funds": [
                {"code": fund.code, "percent": f"{fund.percent:f}", "to": fund.to, "amount": amount}
                for fund, amount in self.funds
            ],
            "members": [{"id": share.id, **share.by_fund, "total": share.total} for share in self.members],
            "others": {**self.others, "total": sum(self.others.values())},
            "total": sum(amount for _, amount in self.funds),
        }


def reasons_not_to_share(
    shu: int,
    funds: Sequence[Fund],
    members: Sequence[MemberBasis],
    total_savings: int | None = None,
    total_use: int | None = None,
) -> list[Reason]:
    """Why this surplus cannot be shared out like this; an empty list means it can."""
    found = []
    if shu < 0:
        found.append(Reason("loss", "Tahun ini rugi; tidak ada SHU yang dibagi.", field="shu"))
    percent = sum((fund.percent for fund in funds), Decimal(0))
    if percent != 100:
        text = f"Bagian semua dana harus tepat 100 %; sekarang {_plain(percent)} %."
        found.append(Reason("not_a_hundred", text, field="funds"))
    if any(fund.percent < 0 for fund in funds):
        found.append(Reason("too_small", "Bagian dana tidak boleh kurang dari nol.", field="funds"))
    codes = [fund.code for fund in funds]
    if len(set(codes)) != len(codes) or {"id", "total"} & set(codes):
        found.append(Reason("same_twice", "Setiap dana perlu kode yang berbeda, selain id dan total.", field="funds"))
    if len({member.id for member in members}) != len(members):
        found.append(Reason("same_twice", "Ada anggota yang tertulis dua kali.", field="members"))
    if any(member.savings < 0 or member.use < 0 for member in members):
        found.append(Reason("too_small", "Simpanan dan jasa anggota tidak boleh kurang dari nol.", field="members"))
    return found or [
        *_against_basis(BY_SAVINGS, "total_savings", "simpanan", shu, funds, members, total_savings),
        *_against_basis(BY_USE, "total_use", "jasa", shu, funds, members, total_use),
    ]


def _against_basis(
    to: str, field: str, word: str, shu: int, funds: Sequence[Fund], members: Sequence[MemberBasis], total: int | None
) -> list[Reason]:
    listed = sum(_weight(to, member) for member in members)
    if total is not None and total < listed:
        return [Reason("sums_differ", f"Jumlah {word} seluruh anggota kurang dari yang tertulis.", field=field)]
    to_share = shu and any(fund.percent for fund in funds if fund.to == to)
    if to_share and not (total or listed):
        return [
            Reason("nobody", f"Belum ada anggota yang punya {word}, jadi bagiannya tidak dapat dibagi.", field=field)
        ]
    return []


def share_out(
    shu: int,
    funds: Sequence[Fund],
    members: Sequence[MemberBasis],
    total_savings: int | None = None,
    total_use: int | None = None,
) -> Distribution:
    """The surplus over funds and members. Totals are given when `members` is only a part of them.

    Raises `InvalidInput` with `reasons_not_to_share`.
    """
    if reasons := reasons_not_to_share(shu, funds, members, total_savings, total_use):
        raise InvalidInput(reasons)
    amounts = shares(shu, [fund.percent for fund in funds])
    totals = {BY_SAVINGS: total_savings, BY_USE: total_use}
    by_fund: dict[str, list[int]] = {}
    for fund, amount in zip(funds, amounts, strict=True):
        if fund.to in totals:
            by_fund[fund.code] = _over_members(
                amount, [_weight(fund.to, member) for member in members], totals[fund.to]
            )
    return Distribution(
        shu=shu,
        funds=tuple(zip(funds, amounts, strict=True)),
        members=tuple(
            MemberShare(member.id, {code: cut[number] for code, cut in by_fund.items()})
            for number, member in enumerate(members)
        ),
        others={code: cut[-1] for code, cut in by_fund.items()},
    )


def _over_members(amount: int, weights: list[int], total: int | None) -> list[int]:
    """One share for each member and a last one for all who are not on the list."""
    rest = 0 if total is None else total - sum(weights)
    return shares(amount, [*weights, rest])


def _weight(to: str, member: MemberBasis) -> int:
    return member.savings if to == BY_SAVINGS else member.use


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")
