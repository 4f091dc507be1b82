"""The statements come from the books: beancount agrees with every account, and the pages show what stands there."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from beancount import loader
from beancount.core import data
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from desmigratif.access.actor import Actor
from desmigratif.audit.models import Event
from desmigratif.cooperative.actions.ledger.posting import post_entries, post_reversal
from desmigratif.cooperative.models import Cooperative, Entry
from desmigratif.cooperative.queries.ledger.books import OPENING, chart_of
from desmigratif.cooperative.queries.ledger.export import as_beancount
from desmigratif.cooperative.queries.year.statements import (
    Books,
    books_of_year,
    cash_flows_of,
    changes_of,
    position_of,
    result_of,
)
from desmigratif.cooperative.rules.ledger import NewEntry, credit, debit
from desmigratif.cooperative.rules.year.statements import Row
from desmigratif.shared.ids import new_id

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
Working = Callable[..., Any]


@pytest.fixture
def two_years(set_up: Callable[..., Cooperative], treasurer: Actor, working: Working) -> Cooperative:
    """A cooperative from November 2025: older books brought in, money of members and others, a loan, a mistake."""
    one = set_up(opened_on=date(2025, 11, 1))
    use, member, loan = chart_of(one), new_id(), new_id()

    def moved(month: int, year: int, kind: str, into: str, out: str, amount: int, holder: Any = None) -> NewEntry:
        legs = [debit(use[into], amount, holder if into == "loans" else None)]
        return entry(date(year, month, 5), kind, *legs, credit(use[out], amount, holder if into == "cash" else None))

    wrong = moved(3, 2026, "savings.deposited", "cash", "savings_voluntary", 900, member)
    lent = debit(use["loans"], 60_000, loan), credit(use["cash"], 59_000), credit(use["loan_fees"], 1_000)
    paid = debit(use["cash"], 24_000), credit(use["loans"], 20_000, loan), credit(use["loan_interest"], 4_000)
    entries = [
        moved(11, 2025, OPENING, "cash", "grants", 40_000),
        moved(11, 2025, "capital.paid", "cash", "savings_principal", 100_000, member),
        moved(12, 2025, "ledger.manual", "stationery", "cash", 7_000),
        moved(12, 2025, "ledger.manual", "bank", "bank_interest", 9_000),
        entry(date(2026, 2, 1), "loan.disbursed", *lent),
        entry(date(2026, 4, 1), "loan.payment", *paid),
        moved(5, 2026, "ledger.manual", "fixed_assets", "cash", 30_000),
        moved(11, 2026, "ledger.manual", "wages", "cash", 2_500),
        wrong,
    ]
    with working(treasurer):
        post_entries(one, entries)
    with working(treasurer):
        standing = Entry.objects.of(one).get(id=wrong.id)
        post_reversal(one, standing, entry_id=new_id(), on=date(2026, 3, 6), reason="salah orang")
    return one


def entry(on: date, kind: str, *legs: Any) -> NewEntry:
    return NewEntry(new_id(), on, kind, list(legs))


def line(rows: list[Row], code: str) -> tuple[int, int | None]:
    return next((row.amount, row.before) for row in rows if row.code == code)


def test_the_year_stands_beside_the_one_before(two_years: Cooperative) -> None:
    books = books_of_year(two_years, 2026, TODAY)

    placed, earned = position_of(books), result_of(books)
    assert line(placed, "cash") == (142_000 - 59_000 + 24_000 - 30_000 - 2_500, 142_000)
    assert line(placed, "loans") == (40_000, 0)
    assert line(placed, "shu_undivided") == (2_000, 0)  # what 2025 earned; nobody has closed it yet
    assert line(placed, "shu_current") == (2_500, 2_000)
    assert line(placed, "assets") == line(placed, "liabilities_and_equity") == (144_500, 142_000)
    assert line(earned, "member_income") == (5_000, 0)
    assert line(earned, "non_member_income") == (0, 9_000)
    assert line(earned, "after_tax") == (2_500, 2_000)


def test_the_cash_flow_begins_and_ends_with_the_cash_of_the_books(two_years: Cooperative) -> None:
    now, before = cash_flows_of(books_of_year(two_years, 2026, TODAY))

    assert before is not None
    assert (before.opening, before.closing) == (40_000, 142_000)  # what was brought from older books is no movement
    assert (now.opening, now.closing) == (142_000, 74_500)
    told = {row.label: row.amount for activity in now.activities for row in activity.lines}
    assert told["Pinjaman yang dicairkan"] == -60_000
    assert told["Jasa, provisi, dan denda pinjaman"] == 5_000
    assert told["Pembelian aset tetap"] == -30_000
    assert not [label for label in told if label.startswith(("Setoran", "Pengambilan"))]  # the mistake and its reversal


def test_equity_is_told_part_by_part(two_years: Cooperative) -> None:
    now, before = changes_of(books_of_year(two_years, 2026, TODAY))

    assert before is not None
    assert [(one.label, one.opening, one.closing) for one in now] == [
        ("Simpanan pokok", 100_000, 100_000), ("Hibah dan donasi", 40_000, 40_000), ("SHU", 2_000, 4_500),
    ]  # fmt: skip
    assert [one.closing for one in before] == [one.opening for one in now]


def test_beancount_agrees_with_the_statements_account_by_account(two_years: Cooperative) -> None:
    books = books_of_year(two_years, 2026, TODAY)

    assert by_account(books) == of_journal(two_years)


def by_account(books: Books) -> dict[str, int]:
    """Account name -> rupiah, debit above zero, as the sums under the statements hold it."""
    return {one.name: one.closing for one in books.now if one.closing}


def of_journal(cooperative: Cooperative) -> dict[str, int]:
    entries, errors, _ = loader.load_string("".join(as_beancount(cooperative)), dedent=False)
    assert errors == []
    names = {one.account: one.meta["name"] for one in entries if isinstance(one, data.Open)}
    sums = Counter[str]()
    for transaction in (one for one in entries if isinstance(one, data.Transaction)):
        for posting in transaction.postings:
            sums[names[posting.account]] += int(posting.units.number)
    return {name: amount for name, amount in sums.items() if amount}


# --- pages and files ---


@pytest.fixture
def desk(browser: Callable[..., Client]) -> Client:
    return browser("cooperative_supervisor")


@pytest.mark.parametrize("part", ["posisi", "hasil", "ekuitas", "kas", "catatan"])
def test_each_statement_opens_with_its_year_and_leaves_a_trace(
    two_years: Cooperative, desk: Client, part: str, django_assert_max_num_queries: Any
) -> None:
    address = reverse("cooperative:statements", args=[two_years.id])

    with django_assert_max_num_queries(21):
        answer = desk.get(f"{address}?tahun=2026&bagian={part}")

    assert answer.status_code == 200
    assert "2025" in answer.content.decode()
    assert Event.objects.filter(event="statements.opened").count() == 1


def test_a_line_opens_its_account_over_the_year(two_years: Cooperative, desk: Client) -> None:
    answer = desk.get(reverse("cooperative:statements", args=[two_years.id]) + "?tahun=2025").content.decode()

    account = chart_of(two_years)["grants"]
    assert f"/koperasi/akun/{account}/?dari=01-11-2025&amp;sampai=31-12-2025" in answer


def test_the_files_hold_every_statement(two_years: Cooperative, desk: Client) -> None:
    address = reverse("cooperative:statements_file", args=[two_years.id])

    pdf, book = desk.get(f"{address}?tahun=2026"), desk.get(f"{address}?tahun=2026&bentuk=xlsx")

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages]
    titles = ("posisi keuangan", "hasil usaha", "perubahan ekuitas", "arus kas", "Catatan atas laporan")
    assert all(any(title in page for page in pages) for title in titles)
    assert "Laporan sementara" in pages[0]
    sheets = load_workbook(io.BytesIO(book.content))
    assert len(sheets.sheetnames) == 5
    assert 144_500 in [cell.value for row in sheets.worksheets[0].iter_rows() for cell in row]
