"""`loan-schedule` and `shu`: the cooperative's sums, without a database."""

from __future__ import annotations

from argparse import Namespace

from desmigratif.config.cli import output
from desmigratif.config.cli.json_files import read_json
from desmigratif.cooperative.rules.loans.document import read_terms, schedule_as_dict
from desmigratif.cooperative.rules.loans.effective_rate import (
    check_loan_cap,
    declining_equivalent_percent,
    effective_annual_percent,
)
from desmigratif.cooperative.rules.loans.schedule import Schedule, make_schedule
from desmigratif.cooperative.rules.rates import percent_text
from desmigratif.cooperative.rules.year.shu import Distribution
from desmigratif.cooperative.rules.year.shu_document import share_document
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah

_MOST_BYTES = 20_000_000  # a hundred thousand members
_COLUMNS = ("Ke", "Jatuh tempo", "Pokok", "Jasa", "Biaya", "Jumlah", "Sisa pokok")
_WIDTHS = (5, 18, 16, 14, 12, 16, 16)


def run(args: Namespace) -> int:
    """0 when the sum is done, 1 when it is refused with reasons, 2 for what is no JSON."""
    return _shu(args) if args.command == "shu" else _loan_schedule(args)


def _loan_schedule(args: Namespace) -> int:
    schedule = make_schedule(read_terms(read_json(args.file)))
    if args.json:
        output.say_json(schedule_as_dict(schedule))
    else:
        _say_schedule(schedule)
    return 0


def _say_schedule(schedule: Schedule) -> None:
    units = 10**schedule.terms.rounding.minor_units
    output.say(_line(_COLUMNS))
    for row in schedule.rows:
        amounts = (row.principal, row.interest, row.fees, row.total, row.balance_after)
        output.say(_line((str(row.n), format_date(row.due_on), *(_amount(one, units) for one in amounts))))
    totals = (schedule.principal, schedule.interest, schedule.fees, schedule.total)
    output.say(_line(("", "Jumlah", *(_amount(one, units) for one in totals), "")))
    if cut := schedule.terms.fees_on("disbursement"):
        output.say(f"Dipotong saat cair: {_amount(cut, units)}.")
    effective, declining = effective_annual_percent(schedule), declining_equivalent_percent(schedule)
    if effective is not None and declining is not None:
        output.say(
            f"Bunga efektif {percent_text(effective)} setahun, setara menurun {percent_text(declining)} setahun."
        )
    output.say(_about_cap(schedule))


def _about_cap(schedule: Schedule) -> str:
    cap = check_loan_cap(schedule)
    if cap.percent is None:
        return "Batas bunga untuk tanggal ini belum kami ketahui."
    verdict = "Masih dalam" if cap.within else "MELEBIHI"
    return f"{verdict} batas {percent_text(cap.percent)} setahun ({cap.citation})."


def _amount(amount: int, units: int) -> str:
    return format_rupiah(amount) if units == 1 else f"{format_rupiah(amount // units)},{amount % units:02d}"


def _line(cells: tuple[str, ...]) -> str:
    return " ".join(cell.rjust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _shu(args: Namespace) -> int:
    distribution = share_document(read_json(args.file, most_bytes=_MOST_BYTES))
    if args.json:
        output.say_json(distribution.as_dict())
    else:
        _say_distribution(distribution)
    return 0


def _say_distribution(distribution: Distribution) -> None:
    output.say(f"SHU {format_rupiah(distribution.shu)} dibagi:")
    for fund, amount in distribution.funds:
        output.say(f"- {fund.code} {percent_text(fund.percent)}: {format_rupiah(amount)}")
    for share in distribution.members:
        parts = ", ".join(f"{code} {format_rupiah(amount)}" for code, amount in share.by_fund.items())
        output.say(f"Anggota {share.id}: {format_rupiah(share.total)} ({parts})")
    if others := sum(distribution.others.values()):
        output.say(f"Anggota lain: {format_rupiah(others)}")
