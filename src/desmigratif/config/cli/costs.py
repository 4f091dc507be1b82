"""`check-costs` and `requirements`: money and papers of a plan to go, without a database."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from desmigratif.cases.rules.before.costs import CostsResult, check_costs, parse_costs
from desmigratif.cases.rules.labels import COMPONENTS, PAYERS
from desmigratif.cases.rules.papers.requirements import Plan, requirements
from desmigratif.config.cli import output
from desmigratif.config.cli.offers import document_in
from desmigratif.config.cli.parser import WrongUse
from desmigratif.shared.dated import NoValueOnDate
from desmigratif.shared.dates import format_date
from desmigratif.shared.rupiah import format_rupiah


def run(args: Namespace) -> int:
    """0 when nothing was found, 1 for a charge above the lawful or a refusal, 2 for what is no JSON."""
    try:
        return _costs(args) if args.command == "check-costs" else _papers(args)
    except NoValueOnDate:
        raise WrongUse(f"Aturan untuk {format_date(args.on)} belum ada di program ini.") from None


def _costs(args: Namespace) -> int:
    result = check_costs(parse_costs(document_in(args.file)), on=args.on)
    if args.json:
        output.say_json(result.as_dict())
    else:
        _say_costs(result, args.on)
    return 1 if result.has_findings else 0


def _say_costs(result: CostsResult, on: date) -> None:
    lawful = "belum diketahui" if result.lawful_total is None else format_rupiah(result.lawful_total)
    output.say(f"Boleh dipungut dari pekerja: {lawful} (aturan per {format_date(on)}).")
    output.say(f"Dibayar: {format_rupiah(result.paid_total)}.")
    if result.excess is not None:
        output.say(f"Kelebihan: {format_rupiah(result.excess)}.")
    for line in result.lines:
        if not line.paid:
            continue
        may = "belum diketahui" if line.lawful is None else format_rupiah(line.lawful)
        payer = f", ditanggung {PAYERS[line.payer].lower()}" if line.payer else ""
        ground = f" ({line.citation})" if line.citation else ""
        output.say(f"- {COMPONENTS[line.component]}: dibayar {format_rupiah(line.paid)}, boleh {may}{payer}{ground}")


def _papers(args: Namespace) -> int:
    plan = Plan.read({
        "country": args.country, "job": args.job, "employer_type": args.employer_type,
        "marital_status": args.marital_status,
    })  # fmt: skip
    papers = requirements(plan, on=args.on)
    if args.json:
        output.say_json([paper.as_dict() for paper in papers])
        return 0
    for paper in papers:
        role = f"; desa: {paper.village_role.lower()}" if paper.village_role else ""
        lasts = f"; berlaku {paper.valid_months} bulan" if paper.valid_months else ""
        output.say(f"- {paper.document}, dari {paper.issuer}{role}{lasts} ({paper.citation})")
    return 0
