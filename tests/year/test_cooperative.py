"""A cooperative of 300 through its first book year to its SHU: proven, and two others agree to the rupiah."""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import BytesIO

import pytest
from beancount import loader
from beancount.core import data
from django.db.models import Sum
from pypdf import PdfReader

from desmigratif.audit.verify import verify_chains
from desmigratif.cooperative.models import Account, Cooperative, Leg, Loan, Meeting, Member, Period
from desmigratif.cooperative.papers.press import printed
from desmigratif.cooperative.queries.ledger.books import trial_balance
from desmigratif.cooperative.queries.ledger.export import as_beancount
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.queries.sharia.units import combined_of
from desmigratif.cooperative.queries.year.statements import books_of_year, position_of, result_of
from desmigratif.cooperative.views.annual.pack import pack_of
from desmigratif.cooperative.views.annual.papers import paper_with
from year import figures
from year.player import VILLAGE, Player
from year.second_book import BORROWED, LENT, WITHOUT_MONEY, SecondBook
from year.second_sharia import SecondSharia
from year.story import Event, events

Sums = dict[tuple[str, str], int]
UNIT = "*-unit-syariah.yaml"
YEAR_END, THE_END = date(2026, 12, 31), date(2027, 3, 31)


@pytest.mark.django_db
def test_the_whole_year_and_its_cooperative_agree_with_a_second_book_to_the_rupiah(places: None) -> None:
    play, second, of_unit, story = Player(), SecondBook(), SecondSharia(), events()
    of_unit.play(story)
    second.of_units[of_unit.name] = of_unit.surplus
    second.interest.update(of_unit.paid_in[YEAR_END.year])
    second.play(story)

    play.play(story)

    assert not play.deviations, "\n".join(play.deviations)
    assert play.deaf == []
    books = Cooperative.objects.in_village(VILLAGE).get(id=play.names.id("koperasi"))
    wanted = {(account, holder): sum for account, rows in second.books.items() for holder, sum in rows.items() if sum}
    assert of_books(books, play) == wanted
    by_account = Counter[str]()
    for (account, _), amount in wanted.items():
        by_account[account] += amount
    assert of_trial_balance(books) == of_journal(books) == {name: sum for name, sum in by_account.items() if sum}
    assert verify_books().broken == ()
    assert verify_chains().broken == ()
    assert it_is_a_year_of_three_hundred(books)
    assert statements_of(books) == of_journal(books, YEAR_END)
    the_pack_tells_every_member(books)
    its_unit_agrees_too(books, play, of_unit)
    assert figures.that_differ(THE_END) == ""


def its_unit_agrees_too(head: Cooperative, play: Player, second: SecondSharia) -> None:
    """The sharia unit by its own second book; and both together, without what they owe one another, by beancount."""
    unit = Cooperative.objects.in_village(VILLAGE).get(id=play.names.id("unit syariah"))
    wanted = {(account, holder): sum for account, rows in second.books.items() for holder, sum in rows.items() if sum}
    assert of_books(unit, play) == wanted
    assert of_trial_balance(unit) == of_journal(unit)
    whole, kinds = Counter[str](), dict[str, str]()
    for books in (head, unit):
        whole.update(of_journal(books, YEAR_END))
        kinds.update(Account.objects.of(books).values_list("name", "kind"))
    assert (whole.pop(LENT), whole.pop(BORROWED)) == (4_750_000, -4_750_000)
    by_kind = Counter[str]()
    for name, amount in whole.items():
        by_kind[kinds[name]] += amount
    told = combined_of(books_of_year(head, YEAR_END.year, THE_END))
    sums = {row.code: row.values[-1] for row in (*told.position, *told.result, *told.cash) if row.values}
    assert (told.taken_out, told.difference) == (4_750_000, 0)
    assert sums["assets"] == sums["liabilities_and_equity"] == by_kind["asset"]
    assert told.result[-1].values[-1] == -by_kind["income"] - by_kind["expense"]
    assert sums["closing"] == whole["Kas"] + whole["Bank"]


def told(*files: str) -> list[Event]:
    """The events of the cooperative and of the businesses that it helps along, or of these files, as they happened."""
    files = files or ("*-koperasi.yaml", "*-usaha.yaml", "*-keluarga.yaml")
    return sorted((event for file in files for event in events(file)), key=lambda event: (event.on, event.at))


def of_books(books: Cooperative, play: Player) -> Sums:
    """Every account and holder by name, from the legs themselves."""
    names = {id: name for name, id in play.names.known.items()}
    legs = Leg.objects.filter(entry__cooperative_id=books.id, entry__seal__sealed=True).order_by()
    sums = legs.values_list("account__name", "holder_id").annotate(Sum("amount_rupiah"))
    return {(account, names[holder] if holder else ""): amount for account, holder, amount in sums if amount}


def of_trial_balance(books: Cooperative) -> dict[str, int]:
    names = dict(Account.objects.of(books).values_list("id", "name"))
    lines = trial_balance(books, THE_END)
    return {
        names[line.account_id]: line.debit_rupiah - line.credit_rupiah
        for line in lines
        if line.debit_rupiah != line.credit_rupiah
    }


def statements_of(books: Cooperative) -> dict[str, int]:
    """Every account of the year's balance sheet and result by name, debit above zero; the SHU still in the result."""
    found = books_of_year(books, 2026, THE_END)
    rows = (*position_of(found), *result_of(found))
    sums = {one.name: one.amount for row in rows for one in row.accounts if one.amount}
    kinds = dict(Account.objects.of(books).values_list("name", "kind"))
    return {name: amount if kinds[name] in ("asset", "expense") else -amount for name, amount in sums.items()}


def the_pack_tells_every_member(books: Cooperative) -> None:
    """The pack of the annual meeting as it is printed: reports, statements, surplus, minutes, one line a member."""
    meeting = Meeting.objects.of(books).select_related("cooperative").get()
    paper = paper_with(books, "RAT tahun buku 2026", pack_of(meeting, "RAT tahun buku 2026", THE_END), THE_END)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(printed(paper))).pages).split())
    told = (
        "Laporan posisi keuangan",
        "Pembagian SHU 2026",
        "160 dari 298 anggota",
        "1.473.983",
        "Sumber dan penggunaan dana kebajikan, Unit Syariah Kuripan",
        "Bagi hasil penabung mudharabah, Unit Syariah Kuripan",
        "204.163",
        "1.678.146",
    )
    for words in told:
        assert words in text, words
    listed = Member.objects.of(books).filter(status="member").values_list("name", flat=True)
    assert [name for name in listed if name not in text] == []


def of_journal(books: Cooperative, until: date = THE_END) -> dict[str, int]:
    """What beancount, which knows nothing of us, makes of the exported journal; it must find no error in it.

    At the end of the year itself what closed it is left out: statements show the result that it brought to nil.
    """
    entries, errors, _ = loader.load_string("".join(as_beancount(books)), dedent=False)
    assert errors == []
    names = {one.account: one.meta["name"] for one in entries if isinstance(one, data.Open)}
    sums = Counter[str]()
    for transaction in (one for one in entries if isinstance(one, data.Transaction)):
        if transaction.date > until or (until < THE_END and transaction.narration == "Tutup tahun buku 2026"):
            continue
        for posting in transaction.postings:
            sums[names[posting.account]] += int(posting.units.number)
    return {name: amount for name, amount in sums.items() if amount}


def it_is_a_year_of_three_hundred(books: Cooperative) -> bool:
    members = Member.objects.of(books)
    months = list(Period.objects.of(books).order_by("last_on").values_list("last_on__month", flat=True))
    states = set(Loan.objects.of(books).values_list("status", flat=True))
    return (
        members.count() == 301  # and Budi
        and set(members.values_list("status", flat=True)) == {"member", "left"}
        and months == [7, 8, 9, 10, 11, 12]
        and states >= {"active", "paid", "written_off", "declined"}
    )


def moving(story: list[Event]) -> list[str]:
    done = {deed.action for event in story for deed in event.deeds if event.outcome == "done"}
    return sorted(
        {action for action in done if action.startswith("cooperative.")}
        - {f"cooperative.{verb}" for verb in WITHOUT_MONEY}
    )


@pytest.mark.parametrize(
    ("book", "files", "action"),
    [(SecondBook, (), action) for action in moving(told())]
    + [(SecondSharia, (UNIT,), action) for action in moving(told(UNIT))],
)
def test_the_second_book_counts_every_kind_of_act(book: type[SecondBook], files: tuple[str, ...], action: str) -> None:
    """Without the acts of a kind the second book comes to other sums, or stops: no kind is left uncounted."""
    story = told(*files)
    whole, part = book(), book()
    whole.play(story)

    try:
        part.play([event for event in story if not event.deeds or event.deeds[0].action != action])
    except (AssertionError, ArithmeticError, LookupError, ValueError):
        return

    assert part.books != whole.books
