"""Groups: the lists of the regulations, who may join, how somebody is tied to a migrant. Plain Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from desmigratif.shared.dated import value_on
from desmigratif.shared.reasons import Reason

MEMBER = "member"
# What somebody of a family is to its head, and the head to them.
_TO_HEAD = {"wife": "spouse", "husband": "spouse", "child": "child", "parent": "parent"}
_FROM_HEAD = {"wife": "spouse", "husband": "spouse", "child": "parent", "parent": "child"}


def trades_on(day: date) -> Mapping[str, str]:
    """Kinds of business: code -> label."""
    trades: Mapping[str, str] = value_on("enterprises.trades", day)
    return trades


def leaving_on(day: date) -> Mapping[str, str]:
    """Why somebody leaves a group: code -> label."""
    reasons: Mapping[str, str] = value_on("enterprises.leaving", day)
    return reasons


def reasons_not_to_form(*, trade: str, posts: Collection[str], name_is_taken: bool, on: date) -> list[Reason]:
    """Why a group cannot be written down like this; empty means it can."""
    reasons = []
    if trade not in trades_on(on):
        reasons.append(Reason("unknown_trade", "Pilih salah satu bidang usaha yang tersedia.", field="trade"))
    if name_is_taken:
        text = "Sudah ada kelompok dengan nama ini di desa."
        reasons.append(Reason("name_taken", text, field="name", way_out="Tambahkan nama dusunnya."))
    reasons += reasons_against_posts(posts)
    return reasons


def reasons_against_posts(posts: Collection[str]) -> list[Reason]:
    """A group has one chair, one secretary and one treasurer at most."""
    held = [post for post in posts if post != MEMBER]
    if len(set(held)) == len(held):
        return []
    return [Reason("post_twice", "Ketua, sekretaris, dan bendahara masing-masing satu orang.", field="post")]


def reasons_not_to_join(*, is_in: bool, is_here: bool, on: date, formed_on: date) -> list[Reason]:
    """Why somebody cannot join a group; empty means they can."""
    reasons = []
    if is_in:
        reasons.append(Reason("in_already", "Warga ini sudah menjadi anggota kelompok ini.", field="resident_id"))
    if not is_here:
        text = "Warga ini tercatat meninggal, pindah, atau tidak valid."
        reasons.append(Reason("resident_gone", text, field="resident_id"))
    if on < formed_on:
        reasons.append(Reason("before_group", "Tanggalnya sebelum kelompok ini dibentuk.", field="on"))
    return reasons


def reasons_not_to_leave(*, since: date, until: date | None, on: date, because: str) -> list[Reason]:
    """Why somebody cannot leave a group like this; empty means they can."""
    reasons = []
    if until is not None:
        reasons.append(Reason("left_already", "Anggota ini sudah keluar dari kelompok."))
    if on < since:
        reasons.append(Reason("before_joining", "Tanggalnya sebelum ia menjadi anggota.", field="on"))
    if because not in leaving_on(on):
        reasons.append(Reason("unknown_reason", "Pilih salah satu alasan yang tersedia.", field="because"))
    return reasons


def tie_of(*, is_back: bool, relation: str, abroad: frozenset[str]) -> str:
    """What the register lets us propose. `abroad`: what those of the family who are abroad are to its head."""
    if is_back:
        return "returnee"
    if not abroad:
        return "none"
    if "head" in abroad:
        return _TO_HEAD.get(relation, "family")
    if relation == "head":
        return next((_FROM_HEAD[one] for one in sorted(abroad) if one in _FROM_HEAD), "family")
    if relation == "child" and abroad & {"wife", "husband"}:
        return "child"
    return "parent" if relation in ("wife", "husband") and "child" in abroad else "family"
