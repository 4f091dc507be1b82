"""`docs/kinerja.md`, written from `bench/results/*.json` and from nothing else: whoever reads it reads the figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"
PAGE = ROOT / "docs" / "kinerja.md"
LIGHTHOUSE = ROOT / "bench" / "lighthouse.json"  # written by tests/journeys/test_lighthouse.py
LIGHTHOUSE_PAGES = {"sign-in": "Halaman masuk", "home": "Beranda", "household": "Keluarga", "letter": "Surat"}
TITLES = {
    "import": "Memasukkan register desa",
    "search": "Mencari warga sambil mengetik",
    "list": "Daftar warga",
    "check-offer": "Memeriksa tawaran",
    "case-list": "Daftar rencana berangkat",
    "letter": "Surat",
    "bytes": "Berat halaman",
    "posting": "Satu catatan buku",
    "batch-posting": "Banyak catatan sekaligus",
    "month-end": "Jasa akhir bulan dan neraca saldo",
    "emergency-search": "Pencarian darurat",
    "annual-pack": "Berkas RAT",
    "dashboard": "Angka Indonesia dan satu kabupaten",
    "fold": "Menambahkan catatan ke angka",
    "rebuild": "Menghitung ulang semua angka",
}
# Races that a job runs beside its main one.
BESIDE = {
    "drill_down": "kecamatan satu kabupaten, satu bulan, dua puluh kali",
    "spread": "catatan 60 ukuran dalam satu triwulan",
}
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
Result = Mapping[str, Any]

OPENING = """# Kinerja

Halaman ini ditulis oleh ujinya sendiri (`make bench`, atau `make bench JOB=import` untuk satu uji) dari angka di
`bench/results/`. Pembanding dan batas dijalankan bergantian dengan kami dalam proses yang sama, pada data yang sama,
sesudah hasilnya diperiksa; yang dinilai adalah **putaran terburuk**. Waktu mutlak milik mesinnya; yang berlaku di
mesin lain hanya perbandingannya. Bila mesin sedang dipakai program lain, perbandingan diambil menurut waktu prosesor
(`BENCH_CLOCK=cpu`, termasuk proses anaknya; menunggu disk tidak ikut terhitung); bila tidak, menurut waktu dinding.
Keduanya tertulis. Semua orang di dalamnya rekaan.

## Tujuan
| Uji | Tujuan | Diminta | Putaran terburuk | Hasil |
|---|---|---|---|---|
"""
UNMEASURED = """
## Yang belum diukur
- PostgreSQL di luar buku koperasi dan angka program: angka lain dari SQLite dengan `synchronous=FULL`, di satu mesin.
- Mesin yang sepi: mesin uji dipakai bersama. Di sana waktu dinding kami lebih panjang daripada waktu prosesornya
  sebanyak waktu menunggu disk, karena kami memastikan setiap tulisan; pembanding yang hanya membaca tidak menunggu.
- HP dan jaringan yang sungguh lambat; di sini hanya bita yang dihitung.
- Nama dan register sungguhan: salah ketik dan isian aneh buatan lebih teratur daripada yang asli.
- Banyak petugas sekaligus, dan basis data yang berumur bertahun-tahun.
"""


def write() -> None:
    PAGE.write_text(page(results()), encoding="utf-8")


def results() -> dict[str, Result]:
    """The results that are there: in the order of the titles, then what has no title yet."""
    written = {file.stem: file for file in sorted(RESULTS.glob("*.json"))}
    order = [*(job for job in TITLES if job in written), *(job for job in written if job not in TITLES)]
    return {job: json.loads(written[job].read_text("utf-8")) for job in order}


def page(all_results: Mapping[str, Result]) -> str:
    """The whole page, with what Lighthouse said when it was last kept."""
    goals = [
        _line(_title(job), goal["name"], _wanted(goal["wanted"]), _number(goal["measured"]), _met(goal))
        for job, result in all_results.items()
        for goal in result.get("goals", ())
    ]
    parts = [OPENING, *goals, "\n## Yang belum tercapai\n", *_missed(all_results)]
    for job, result in all_results.items():
        parts += _chapter(_title(job), result)
    return "".join([*parts, *_lighthouse(), UNMEASURED])


def _lighthouse() -> Iterator[str]:
    """What Lighthouse gave four pages, out of 100, as a phone on a slow network."""
    if not LIGHTHOUSE.exists():
        return
    found = json.loads(LIGHTHOUSE.read_text("utf-8"))
    yield f"\n## Lighthouse {found['sign-in']['version']}\nSebagai HP di jaringan lambat, dari 100; diminta 95.\n\n"
    yield "| Halaman | Kecepatan | Aksesibilitas | Kebiasaan baik |\n|---|---|---|---|\n"
    for name, label in LIGHTHOUSE_PAGES.items():
        scores = found[name]["scores"]
        yield f"| {label} | {scores['performance']} | {scores['accessibility']} | {scores['best-practices']} |\n"


def _title(job: str) -> str:
    return TITLES.get(job, job)


def _missed(all_results: Mapping[str, Result]) -> Iterator[str]:
    missed = [(job, goal) for job, result in all_results.items() for goal in result.get("goals", ()) if not goal["met"]]
    if not missed:
        yield "Tidak ada: setiap tujuan di atas tercapai di putaran terburuknya.\n"
    for job, goal in missed:
        yield (
            f"- **{_title(job)}**, {goal['name']}: diminta {_wanted(goal['wanted'])}, "
            f"putaran terburuk {_number(goal['measured'])}.\n"
        )


def _chapter(title: str, result: Result) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield f"{_machine(result)}\n"
    yield from (f"\n{note}\n" for note in result.get("notes", ()))
    if "pages_kb" in result["ours"]:
        yield from _weights(result)
    elif "engines" in result:
        for engine, one in result["engines"].items():
            yield from _times(one, f"{ENGINES[engine]}. Putaran: {one['rounds']}.")
            for name, caption in BESIDE.items():
                if name in one:
                    yield from _times(one[name], f"{ENGINES[engine]}, {caption}. Putaran: {one['rounds']}.")
            yield from _books(one)
    else:
        yield from _times(result, f"Putaran: {result['rounds']}.")
    if "batch" in result:
        batch = result["batch"]
        yield from _times(batch, f"{batch['letters']} surat sekaligus; putaran: {batch['rounds']}.")
    yield from _further(result)


def _machine(result: Result) -> str:
    machine = result["machine"]
    year, month, day = machine["on"].split("-")
    clocks = {"cpu": " Perbandingan menurut waktu prosesor.", "wall": " Perbandingan menurut waktu dinding."}
    programs = {"Desmigratif": machine["desmigratif"], "Python": machine["python"], "Django": machine["django"],
                "SQLite": machine["sqlite"], **result.get("versions", {})}  # fmt: skip
    named = ", ".join(f"{name} {version}" for name, version in programs.items())
    seed = f" Benih {result['seed']}." if "seed" in result else ""
    return (
        f"{int(day)} {MONTHS[int(month) - 1]} {year}, {machine['cpu']}, {machine['cores']} inti, "
        f"{machine['system']}; {named}.{seed}{clocks.get(result.get('clock', ''), '')}"
    )


def _times(result: Result, caption: str) -> Iterator[str]:
    yield f"\n{caption}\n\n"
    yield "| Siapa | Median | Tercepat | Paling lambat | Prosesor | Kami lebih cepat (median; terburuk) |\n"
    yield "|---|---|---|---|---|---|\n"
    yield _line("**kami**", *_seconds(result["ours"]), "")
    for name, times in result["peers"].items():
        ratio = result["ratio_to_peer"][name]
        yield _line(name, *_seconds(times), f"{_number(ratio['median'])}; {_number(ratio['worst'])} kali")
    if result["limit"]:
        ratio = result["ratio_to_limit"]
        slower = f"kami {_number(ratio['median'])}; {_number(ratio['worst'])} kali waktunya"
        yield _line("batas", *_seconds(result["limit"]), slower)


def _seconds(times: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(f"{_number(times[key] * 1000)} ms" for key in ("median_s", "min_s", "max_s", "median_cpu_s"))


def _weights(result: Result) -> Iterator[str]:
    admin = result["peers"]["admin"]
    yield "\n| Halaman | KB sesudah gzip |\n|---|---|\n"
    yield _line(f"muat pertama kami ({result['requests']} permintaan)", _number(result["ours"]["first_load_kb"]))
    yield _line(f"muat pertama admin ({admin['requests']} permintaan)", _number(admin["first_load_kb"]))
    for name, weight in result["ours"]["pages_kb"].items():
        yield _line(name, _number(weight))


def _further(result: Result) -> Iterator[str]:
    if "p95_ms" in result:
        p95 = result["p95_ms"]
        yield (
            f"\nSatu pertanyaan ({result['questions']} macam): p95 median {_number(p95['median'])} ms, "
            f"putaran terburuk {_number(p95['worst'])} ms.\n"
        )
    if "growth" in result:
        sizes = ", ".join(
            f"{_whole(int(size))}: {_number(seconds * 1000)} ms" for size, seconds in result["growth"].items()
        )
        yield f"\nPertumbuhan: {sizes}; pangkat {_number(result['growth_exponent'])}.\n"
    if "queries" in result:
        each = ", ".join(
            f"{_whole(int(size))} warga: {found['reading']} + {found['trace']}"
            for size, found in result["queries"].items()
        )
        yield f"\nPertanyaan ke basis data satu halaman (membaca + menulis jejak): {each}.\n"


def _books(result: Result) -> Iterator[str]:
    """What the races of the ledger measured beside their rounds."""
    if "per_object_s_each" in result:
        yield (
            f"\nSatu juta rekening: {_number(result['million_s'])} detik. "
            f"Pembanding: {_number(result['per_object_s_each'] * 1000)} ms setiap rekening.\n"
        )
        slowest = ", ".join(
            f"{name} {_number(seconds * 1000)} ms"
            for name, seconds in result["trial_balance_of_a_million_legs_s"].items()
        )
        yield f"\nNeraca saldo sejuta baris, yang terlambat dari lima: {slowest}.\n"
    elif result.get("growth_exponent") is not None:
        yield f"\nPangkat pertumbuhan {_number(result['growth_exponent'])}.\n"


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _met(goal: Mapping[str, Any]) -> str:
    return "tercapai" if goal["met"] else "**TIDAK tercapai**"


def _wanted(wanted: str) -> str:
    sign, number = wanted.split(" ")
    return f"paling {'sedikit' if sign == '>=' else 'banyak'} {_number(float(number))}"


def _number(value: float) -> str:
    """1.234,5: three digits that count, as Indonesian writes them."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    text = f"{value:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def _whole(value: int) -> str:
    return f"{value:,}".replace(",", ".")
