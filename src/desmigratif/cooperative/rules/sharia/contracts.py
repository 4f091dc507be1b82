"""What a sharia contract must say, and why interest and contracts do not stand in one book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from desmigratif.shared.dated import dated_on
from desmigratif.shared.reasons import Reason

Kind = Literal["murabahah", "mudharabah", "musyarakah", "ijarah", "qardh"]
ON_TERMS = frozenset({"murabahah", "ijarah", "qardh"})  # paid in instalments
SHARED = frozenset({"mudharabah", "musyarakah"})
BOUGHT = frozenset({"murabahah", "ijarah"})  # a thing is bought first


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked for. `amount` is the cost of the goods, the capital, or the sum lent; `rent` the whole rent."""

    kind: Kind
    amount: int
    margin: int = 0
    rent: int = 0
    residual: int = 0
    share_percent: Decimal | None = None
    members_capital: int = 0
    instalments: int | None = None
    first_due_on: date | None = None
    late_charge: int = 0
    by_agent: bool = False
    fee: int = 0
    fee_for: str = ""
    source: Literal["own", "benevolent"] = "own"


def kinds_on(on: date) -> Mapping[str, Mapping[str, str]]:
    """Label and citation of every contract that is served, by kind."""
    found: Mapping[str, Mapping[str, str]] = dated_on("cooperative_sharia.contracts", on).value
    return found


def reasons_against_terms(terms: Terms, on: date) -> list[Reason]:
    """Why a contract cannot be made like this; an empty list means it can."""
    citation = kinds_on(on)[terms.kind]["citation"]
    return [
        Reason(code, text, field=field, citation=citation)
        for code, text, field, is_wrong in (*_own(terms), *_foreign(terms), *_payment(terms, on))
        if is_wrong
    ]


Check = tuple[str, str, str, bool]


def _own(terms: Terms) -> list[Check]:
    """What this kind of contract must say."""
    share = terms.share_percent
    return {
        "murabahah": [
            ("no_margin", "Tulis margin yang disepakati.", "margin_rupiah", terms.margin <= 0),
        ],
        "mudharabah": [
            ("no_share", "Tulis bagian hasil (nisbah) koperasi.", "share_percent", share is None),
        ],
        "musyarakah": [
            ("no_share", "Tulis bagian hasil (nisbah) koperasi.", "share_percent", share is None),
            ("no_capital", "Tulis modal anggota.", "members_capital_rupiah", terms.members_capital <= 0),
        ],
        "ijarah": [
            ("no_rent", "Tulis jumlah seluruh sewa.", "rent_rupiah", terms.rent <= 0),
            ("residual", "Nilai sisa harus di bawah harga barang.", "residual_rupiah",
             not 0 <= terms.residual < terms.amount),
        ],
        "qardh": [],
    }[terms.kind] + [
        ("fee_for", "Tulis biaya nyata apa yang diganti.", "fee_for", terms.fee > 0 and len(terms.fee_for) < 3),
        ("share_range", "Nisbah antara 0 dan 100 persen.", "share_percent",
         share is not None and not 0 < share < 100),
    ]  # fmt: skip


def _foreign(terms: Terms) -> list[Check]:
    """What belongs to another kind of contract; a gain on money lent above all."""
    kind = terms.kind
    gain = "Qardh tidak boleh meminta tambahan." if kind == "qardh" else "Margin hanya ada dalam murabahah."
    return [
        ("gain", gain, "margin_rupiah", kind != "murabahah" and terms.margin > 0),
        ("rent_elsewhere", "Sewa hanya ada dalam ijarah.", "rent_rupiah", kind != "ijarah" and terms.rent > 0),
        ("fixed_return", "Nisbah hanya ada dalam mudharabah dan musyarakah.", "share_percent",
         kind not in SHARED and terms.share_percent is not None),
        ("members_capital", "Modal anggota hanya ada dalam musyarakah.", "members_capital_rupiah",
         kind != "musyarakah" and terms.members_capital > 0),
        ("source_elsewhere", "Dana kebajikan hanya dipinjamkan sebagai qardh.", "source",
         kind != "qardh" and terms.source == "benevolent"),
        ("agent", "Wakalah hanya untuk murabahah.", "by_agent", kind != "murabahah" and terms.by_agent),
    ]  # fmt: skip


def _payment(terms: Terms, on: date) -> list[Check]:
    on_terms, first = terms.kind in ON_TERMS, terms.first_due_on
    whole = {"murabahah": terms.amount + terms.margin, "ijarah": terms.rent}.get(terms.kind, terms.amount)
    return [
        ("instalments", "Tulis berapa kali angsuran.", "instalments", on_terms and terms.instalments is None),
        ("first_due_on", "Tulis kapan angsuran pertama.", "first_due_on", on_terms and first is None),
        ("first_due_past", "Angsuran pertama harus sesudah hari ini.", "first_due_on",
         on_terms and first is not None and first <= on),
        ("too_many", "Angsurannya lebih banyak daripada rupiahnya.", "instalments",
         on_terms and terms.instalments is not None and whole < terms.instalments),
        ("no_instalments", "Modal bagi hasil kembali dari usahanya, bukan dengan angsuran tetap.", "instalments",
         not on_terms and terms.instalments is not None),
        ("late_elsewhere", "Denda hanya untuk akad dengan angsuran.", "late_charge_rupiah",
         not on_terms and terms.late_charge > 0),
    ]  # fmt: skip


def reasons_not_to_serve_contracts(sharia_since: date | None, on: date) -> list[Reason]:
    """Why no sharia contract may be made in these books; an empty list means it may."""
    if sharia_since is not None and sharia_since <= on:
        return []
    rule = dated_on("cooperative_sharia.separation", on)
    text = "Koperasi ini memakai bunga (konvensional), jadi tidak melayani akad syariah."
    way_out = "Buka unit syariah dengan buku sendiri, atau nyatakan koperasi ini syariah."
    return [Reason("not_sharia", text, citation=rule.citation, way_out=way_out)]


def reasons_against_interest(sharia_since: date | None, percent: Decimal | None, on: date, field: str) -> list[Reason]:
    """Why a sharia body may not offer this: no loan of its own terms (None), and no rate on savings."""
    if sharia_since is None or (percent is not None and percent == 0):
        return []
    rule = dated_on("cooperative_sharia.separation", on)
    if percent is None:
        text, way_out = "Buku syariah tidak melayani pinjaman berbunga.", "Catat akad lewat halaman Syariah."
    else:
        text = "Buku syariah tidak menjanjikan jasa simpanan."
        way_out = "Tulis jasa 0 persen (wadiah); bonusnya diputuskan kemudian."
    return [Reason("interest", text, field=field, citation=rule.citation, way_out=way_out)]


def reasons_not_to_declare(
    *, sharia_since: date | None, loans_running: int, products_with_rate: int, on: date, opened_on: date
) -> list[Reason]:
    """Why a body cannot go on as sharia from this day; an empty list means it can."""
    if sharia_since is not None:
        return [Reason("declared_already", "Buku ini sudah syariah.")]
    found = []
    if on < opened_on:
        found.append(Reason("before_books", "Tanggalnya sebelum buku dibuka.", field="on"))
    citation = dated_on("cooperative_sharia.separation", on).citation
    if loans_running:
        text = f"Masih ada {loans_running} pinjaman berbunga yang belum selesai."
        way_out = "Selesaikan dulu, atau buka unit syariah dengan buku sendiri."
        found.append(Reason("loans_left", text, citation=citation, way_out=way_out))
    if products_with_rate:
        text = f"Masih ada {products_with_rate} simpanan dengan jasa yang dijanjikan."
        found.append(Reason("rates_left", text, citation=citation, way_out="Ubah dulu jasanya menjadi 0 persen."))
    return found


def reasons_not_to_ask_supervisors(*, is_asked: bool, is_related: bool, is_agreed: bool) -> list[Reason]:
    """Why the supervisors have nothing to say about a contract; an empty list means that their yes counts."""
    checks = (
        (not is_asked, "decided_already", "Permintaan ini sudah diputuskan."),
        (not is_related, "not_related", "Akad ini tidak perlu persetujuan pengawas."),
        (is_agreed, "said_already", "Pengawas sudah menyetujui."),
    )
    return [Reason(code, text) for is_wrong, code, text in checks if is_wrong][:1]


def reasons_not_to_lose(kind: str, owed: int) -> list[Reason]:
    """Why nothing of this contract can be written off; an empty list means it can."""
    if kind == "ijarah":
        text = "Sewa tidak dihapus buku: barangnya masih milik koperasi."
        return [Reason("not_lent", text, way_out="Ambil kembali barangnya.")]
    if owed <= 0:
        return [Reason("nothing_open", "Tidak ada yang belum dibayar dalam akad ini.")]
    return []
