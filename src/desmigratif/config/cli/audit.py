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
    "subjects_differ": "daftar orang yang disebutnya diubah",
    "change_missing": "nomor itu hilang dari daftar perubahan, atau lebih",
    "receipt_differs": "ada tanda terima yang tidak cocok dengan catatannya",
    "receipt_missing": "tanda terima tindakannya hilang",
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
    if link.problem == "stray_subject":
        return "Ada baris tentang seseorang tanpa catatan kejadiannya: baris itu ditambahkan di luar program."
    return f"Jejak {link.village_code} putus di catatan nomor {link.audit_no}: {_PROBLEMS[link.problem]}."
