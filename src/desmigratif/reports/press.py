"""A region's report as PDF/A by Typst. Fonts come with the library: every machine sets the same pages."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from desmigratif.documents.typesetting import typeset
from desmigratif.reports.rules.figures import Figure, count_words
from desmigratif.reports.rules.table import RegionTable, opening, period_words
from desmigratif.shared.dates import format_date

PILLARS = {
    "A": "Pusat layanan", "B": "Pengaduan dan pelindungan", "C": "Usaha produktif", "D": "Pengasuhan bersama anak",
    "E": "Koperasi", "F": "Jalannya program",
}  # fmt: skip
HEAD = ("", "Ukuran", "Bagian", "Dari", "Hasil", "Desa tanpa data", "Data per")
BESIDE = ("A1", "A5", "A13", "B3", "D2", "F5")  # side by side on paper; the workbook has all of them


def region_pdf(table: RegionTable) -> bytes:
    """One PDF."""
    return typeset("desmigratif.reports", "typst", "region.typ", archived_on=table.made_on, said=_said(table))


def _said(table: RegionTable) -> dict[str, Any]:
    inside = [table.of(code) for code in table.inside]
    codes = [code for code in BESIDE if code in {one.code for one in table.own}]
    return {
        "title": f"Laporan {table.name}",
        "author": "Desmigratif",
        "lead": f"{opening(period_words(table.period))}. Dibuat {format_date(table.made_on)} dari catatan desa.",
        "head": HEAD,
        "groups": [
            {"title": f"{pillar}. {PILLARS.get(pillar, pillar)}", "rows": [_row(one) for one in rows]}
            for pillar, rows in groupby(table.own, key=lambda one: one.code[0])
        ],
        "inside": {
            "title": "Wilayah di dalamnya",
            "head": ["Kode", "Wilayah", *codes],
            "rows": [
                [code, table.names[code], *(_short(here[one]) for one in codes)]
                for code, here in zip(table.inside, inside, strict=True)
            ],
        },
        "notes": [
            "Tanda - berarti belum ada catatan, bukan nol. Bagian dan dari tidak pernah dirata-ratakan: yang "
            "dijumlahkan adalah catatan desanya.",
            "Terlalu sedikit: angka ditutup supaya tidak menunjuk orang.",
        ],
        "foot": f"{table.name} · {table.period.label} · {format_date(table.made_on)}",
    }  # fmt: skip


def _short(one: Figure) -> str:
    """What stands side by side: a dash where nothing can be said."""
    return one.said if one.value is not None or one.hidden else "-"


def _row(one: Figure) -> list[str]:
    shown = ("", "") if one.hidden else (
        count_words(one.numerator),
        "" if one.denominator is None and one.numerator is not None else count_words(one.denominator),
    )  # fmt: skip
    as_of = one.as_of.strftime("%d-%m-%Y") if one.as_of else "-"
    return [one.code, one.name, *shown, one.said, str(one.missing or ""), as_of]
