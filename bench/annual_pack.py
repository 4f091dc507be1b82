"""The pack of an annual meeting: reports, statements, proposed surplus, minutes, attendance, one line a member; as PDF.

Books, register, savings and the list of attendance of the largest cooperative are there already; measured is the way
from the books to the finished PDF. No peer: other programs that we know print no such pack.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from bench.harness import Race, at_most, growth_exponent, judged_seconds, result_of, write_result
from bench.ledger_world import VILLAGE

SIZES = (500, 5000)
ROUNDS = 5
FIRST, LAST, HELD, PRINTED = date(2025, 1, 1), date(2025, 12, 31), date(2026, 2, 20), date(2026, 3, 1)
GIVEN = ("Siti", "Budi", "Sri", "Agus", "Wahyuni", "Slamet", "Dewi", "Eko", "Ratna", "Joko")
FAMILY = ("Lestari", "Santoso", "Rahayu", "Hidayat", "Wulandari", "Prasetyo", "Handayani", "Nugroho")


def run() -> None:
    meetings = {size: _meeting(size) for size in SIZES}
    small = min(judged_seconds(lambda: _print(meetings[SIZES[0]])) for _ in range(3))
    largest = meetings[SIZES[-1]]
    race = Race(ours=lambda: _print(largest), rounds=ROUNDS).run()
    worst = max(race.judged["ours"])
    pages = _pages(_print(largest), SIZES[-1])
    document = result_of(
        "annual-pack", race, exponent=growth_exponent([(SIZES[0], small), (SIZES[-1], min(race.judged["ours"]))]),
        members=SIZES[-1], pages=pages,
        notes=(f"Berkas RAT {SIZES[-1]:,} anggota, {pages} halaman, dari buku sampai PDF jadi.".replace(",", ".", 1),),
    )  # fmt: skip
    document["goals"] = [at_most("berkas RAT untuk 5.000 anggota, detik", 30, worst)]
    write_result(document)


def _print(meeting: Any) -> bytes:
    """Each time with other names: the compiler remembers what it set before, and nobody prints a year twice."""
    from django.db.models import Value
    from django.db.models.functions import Concat

    from desmigratif.cooperative.models import Member
    from desmigratif.cooperative.papers.press import printed
    from desmigratif.cooperative.views.annual.pack import pack_of
    from desmigratif.cooperative.views.annual.papers import paper_with

    Member.objects.of(meeting.cooperative_id).update(name=Concat("name", Value("i")))
    name = "RAT tahun buku 2025"
    return printed(paper_with(meeting.cooperative, name, pack_of(meeting, name, PRINTED), PRINTED))


def _pages(content: bytes, members: int) -> int:
    """How many pages; every member must stand on one of them."""
    from pypdf import PdfReader

    pages = PdfReader(BytesIO(content)).pages
    text = " ".join(page.extract_text() for page in pages)
    asked = (1, members // 2, members)
    if any(f"Anggota {number}" not in text for number in asked):
        raise AssertionError("a member is missing")
    return len(pages)


def _meeting(size: int) -> Any:
    """An annual meeting that was held by so many members with savings, more than half of them there."""
    from bench import ledger_books
    from desmigratif.cooperative.models import Attendance, Decision, Meeting, SurplusRule
    from desmigratif.shared.ids import new_id

    cooperative = ledger_books.cooperative()
    own = {"village_code": VILLAGE, "cooperative": cooperative}
    members = _members(own, size)
    _books(cooperative, own, members)
    funds = [{"code": "reserve_general", "percent": "60"}, {"code": "members_by_savings", "percent": "40"}]
    SurplusRule.objects.create(id=new_id(), since=FIRST, decision="Anggaran dasar pasal 41", funds=funds,
                               savings_basis="average", use_basis="loan_interest", **own)  # fmt: skip
    came = members[: size // 2 + 50]
    meeting = Meeting.objects.create(
        id=new_id(), kind="annual", book_year=2025, status="held", invited_on=date(2026, 2, 1), on=HELD, at="09.00",
        place="Balai desa", agenda=[{"kind": "accounts", "title": "Pengesahan laporan keuangan"}], members=size,
        needed=size // 2 + 1, present=len(came), led_by="Anggota 1", written_by="Anggota 2", ended_on=HELD, **own,
    )  # fmt: skip
    Attendance.objects.bulk_create(
        [Attendance(id=new_id(), meeting=meeting, member=one, way="in_person", **own) for one in came], batch_size=500
    )
    Decision.objects.create(id=new_id(), meeting=meeting, number=1, kind="accounts", book_year=2025, is_carried=True,
                            text="Laporan keuangan disahkan.", is_unanimous=True, **own)  # fmt: skip
    return meeting


def _members(own: dict[str, Any], size: int) -> list[Any]:
    from desmigratif.cooperative.models import Member
    from desmigratif.shared.ids import new_id

    members = [
        Member(
            id=new_id(), status="member", number=number, joined_on=FIRST, applied_on=FIRST, nik_sealed=b"",
            details_sealed=b"", nik_index=f"{number:032d}",
            name=f"{GIVEN[number % 10]} {FAMILY[number % 8]} Anggota {number}", **own,
        )
        for number in range(1, size + 1)
    ]  # fmt: skip
    Member.objects.bulk_create(members, batch_size=500)
    return members


def _books(cooperative: Any, own: dict[str, Any], members: list[Any]) -> None:
    """Simpanan pokok, wajib and sukarela of each, in the months of the year; interest at the bank as the surplus."""
    from bench import ledger_books
    from desmigratif.cooperative.actions.ledger.posting import post_entries
    from desmigratif.cooperative.models import SavingsAccount, SavingsProduct
    from desmigratif.cooperative.queries.ledger.books import chart_of
    from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit
    from desmigratif.shared.ids import new_id

    chart = chart_of(cooperative)
    product = SavingsProduct.objects.create(id=new_id(), name="Simpanan Sukarela", kind="voluntary", **own)
    accounts = [SavingsAccount(id=new_id(), member=one, product=product, opened_on=FIRST, **own) for one in members]
    SavingsAccount.objects.bulk_create(accounts, batch_size=500)
    entries = [
        NewEntry(
            new_id(), date(2025, 1 + place % 12, 10), "capital.paid",
            [
                debit(chart["cash"], 370_000 + place), credit(chart["savings_principal"], 100_000, one.id),
                credit(chart["savings_compulsory"], 120_000, one.id),
                credit(chart["savings_voluntary"], 150_000 + place, accounts[place].id),
            ],
            "Setoran",
        )
        for place, one in enumerate(members)
    ]  # fmt: skip
    interest = 20_000_000
    legs = [debit(chart["cash"], interest), credit(chart["bank_interest"], interest)]
    entries.append(NewEntry(new_id(), LAST, "ledger.manual", legs, "Bunga bank"))
    for start in range(0, len(entries), 500):
        with ledger_books.working():
            post_entries(cooperative, entries[start : start + 500])
