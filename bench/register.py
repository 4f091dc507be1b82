"""Importing a village's register: 4,000 rows x 43 columns.

Ours does everything: reads in a guarded child, checks every cell and what only shows across rows, compares with
the register, seals NIK, KK and details under a key per resident, indexes them, writes households, timeline, change
log, receipt and audit, in one transaction with synchronous=FULL.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from bench import import_peers as peers
from bench.harness import Race, at_least, at_most, growth_exponent, judged_seconds, result_of, versions, write_result
from bench.import_same_work import import_protected
from bench.world import NOW, SEED, sheet_of, sheets, villages
from desmigratif.access.actor import operator
from desmigratif.people.importing import import_file
from desmigratif.people.models import Resident
from desmigratif.people.rules.register_sheet.row import COLUMNS

ROWS = 4_000
SIZES = {1_000: 3, 4_000: 3, 20_000: 1, 100_000: 1}  # rows of a sheet: how often it is timed
ROUNDS = 5
NOTES = (
    "openpyxl+bulk_create menyimpan teks polos dan tidak memeriksa apa pun.",
    "django-import-export mengerjakan hal yang sama dengan kami lewat kait resminya, dengan cara tercepatnya untuk itu "
    "(use_bulk, skip_unchanged, tanpa HTML): setiap sel dan NIK diperiksa aturan kami, NIK, KK, dan rincian disegel "
    "dengan kunci per warga, keluarga, riwayat, catatan perubahan, dan jejak ditulis. Yang tidak ia kerjakan: membaca "
    "di proses terjaga, mencari kepala keluarga ganda, menyusun keluarga tanpa nomor KK, dan tanda terima.",
    "django-import-export, teks polos: pemeriksaan sel dan NIK yang sama, tetapi menyimpan teks polos saja; bukan "
    "pekerjaan yang sama, disebut supaya selisihnya terlihat.",
)


def run() -> None:
    peers.make_table()
    codes = villages(100)
    with sheets() as folder:
        sheet = sheet_of(ROWS, folder)
        race = Race(
            ours=lambda: ours(sheet, next(codes), ROWS),
            peers={
                "openpyxl+bulk_create": lambda: peers.openpyxl_bulk_create(sheet, ROWS),
                "django-import-export": lambda: import_protected(sheet, next(codes), ROWS),
                "django-import-export, teks polos": lambda: peers.import_export(sheet, ROWS),
            },
            limit=lambda: peers.calamine_executemany(sheet, folder, ROWS),
            rounds=ROUNDS,
        ).run()
        growth = {size: _seconds(sheet_of(size, folder), codes, size, times) for size, times in SIZES.items()}
    exponent = growth_exponent(list(growth.items()))
    document = result_of(
        "import", race, exponent=exponent, rows=ROWS, columns=len(COLUMNS), seed=SEED, notes=NOTES,
        growth={str(size): round(seconds, 3) for size, seconds in growth.items()},
        versions=versions("openpyxl", "django-import-export", "python-calamine"),
    )  # fmt: skip
    to_peer = document["ratio_to_peer"]
    document["goals"] = [
        at_least("lebih cepat dari openpyxl+bulk_create teks polos, kali", 1, to_peer["openpyxl+bulk_create"]["worst"]),
        at_least(
            "lebih cepat dari django-import-export, pekerjaan sama, kali", 5, to_peer["django-import-export"]["worst"]
        ),
        at_most(
            "waktu kami dibanding batas (calamine + executemany mentah), kali", 5, document["ratio_to_limit"]["worst"]
        ),
        at_most("pangkat pertumbuhan sampai 100.000 baris", 1.1, exponent),
    ]
    write_result(document)


def _seconds(sheet: Path, codes: Iterator[str], rows: int, times: int) -> float:
    return statistics.median(judged_seconds(lambda: ours(sheet, next(codes), rows)) for _ in range(times))


def ours(sheet: Path, village_code: str, rows: int) -> None:
    report = import_file(sheet, village_code, by=operator(), now=NOW, commit=True)
    written = Resident.objects.in_village(village_code).count()
    if (report.new, len(report.errors), written) != (rows, 0, rows):
        raise AssertionError(report.as_dict()["errors"][:3])
