"""Walks the ten tasks and writes `docs/tugas-meja.md` from what they cost.

python -m tests.tasks.report      from the root of the clone
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tugas-meja.md"
FIGURES = "DESK_TASKS_FIGURES"  # where each walk adds its line
MOST_SUBMITS_TO_A_LETTER = 12

TEMPLATE = """# Sepuluh tugas di meja

Berapa layar, kiriman, ketukan, dan huruf yang diminta sepuluh tugas sehari-hari, dan apakah ada yang harus ditulis dua
kali. Halaman ini ditulis oleh ujinya sendiri (`python -m tests.tasks.report`); ujinya gagal bila satu angka berubah.

| Tugas | Layar | Kiriman | Ketukan | Huruf | Ditulis dua kali |
|---|--:|--:|--:|--:|--:|
{rows}

## Bagaimana dihitung
- Sebuah robot berjalan dari halaman meja sampai tugasnya selesai, tanpa JavaScript, lewat tautan yang ada di halaman.
- **Layar**: setiap halaman yang tampil, termasuk meja. **Kiriman**: setiap tombol yang mengirim isian atau mencari.
- **Ketukan**: pilihan yang disentuh. **Huruf**: yang diketik; yang sudah terisi di halaman tidak dihitung.
- **Ditulis dua kali**: isian yang sama di dua tempat dalam satu tugas. Tujuannya nol.
- Dari pertanyaan sampai surat paling banyak {most} kiriman.
"""


def row(title: str, cost: Mapping[str, int]) -> str:
    cells = (cost[name] for name in ("screens", "submits", "taps", "letters", "twice"))
    return f"| {title} | {' | '.join(str(cell) for cell in cells)} |"


def page(rows: list[str]) -> str:
    return TEMPLATE.format(rows="\n".join(rows), most=MOST_SUBMITS_TO_A_LETTER)


def main() -> int:
    """Status of the walks; the page is only written when all of them came to their end."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.jsonl"
        command = [sys.executable, "-m", "pytest", "-n", "0", "tests/tasks"]
        status = subprocess.run(command, cwd=ROOT, env={**os.environ, FIGURES: str(figures)}, check=False).returncode
        if status == 0:
            lines: list[dict[str, Any]] = [json.loads(line) for line in figures.read_text("utf-8").splitlines()]
            PAGE.write_text(page([row(line["title"], line) for line in lines]), "utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
