"""`audit verify`: is the memory whole?"""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from desmigratif.audit.verify import BrokenLink, verify_chains
from desmigratif.config.cli import output

_PROBLEMS = {
    "missing": "ada catatan yang hilang",
    "not_linked": "tidak tersambung dengan catatan sebelumnya",
    "altered": "isinya diubah",
    "end_missing": "ujung rantainya hilang atau tidak cocok",
}


def run(args: Namespace) -> int:
    """0 when every chain holds, 1 with the first broken link of each village."""
    report = verify_chains()
    if args.json:
        output.say_json(
            {
                "whole": not report.broken,
                "events": report.events,
                "villages": report.villages,
                "broken": [asdict(link) for link in report.broken],
            }
        )
    else:
        for link in report.broken:
            output.say(_sentence(link))
        if not report.broken:
            output.say(f"Jejak utuh: {report.events} catatan di {report.villages} wilayah.")
    return 1 if report.broken else 0


def _sentence(link: BrokenLink) -> str:
    return f"Jejak {link.village_code} putus di catatan nomor {link.audit_no}: {_PROBLEMS[link.problem]}."
