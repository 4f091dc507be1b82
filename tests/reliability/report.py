"""Runs this suite on both databases and writes `docs/keandalan.md` from what it counted.

python -m tests.reliability.report      from the root of the clone; PostgreSQL by DESMIGRATIF_TEST_POSTGRES_URL
RELIABILITY_ROUNDS=500 RELIABILITY_CUTS=1000     as many as the page should tell of; without it a daily run's few
RELIABILITY_FIGURES=tests/reliability/figures.json      writes the page of these figures and runs nothing; lives of the
                                        server stand there by the seed of their run, and add up
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "keandalan.md"
KEPT = Path(__file__).with_name("figures.json")  # what the page tells of
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAILY_ROUNDS = 21  # of test_kill.py on SQLite
LONG_RUN = 500
Figures = dict[str, dict[str, Any]]

TEMPLATE = """# Keandalan

Halaman ini ditulis oleh ujinya sendiri (`python -m tests.reliability.report`), pada {when}.
Desmigratif {version}, Python {python}, Django {django}. SQLite milik sistem {sqlite}; pemutar listrik mati {apsw}.
Angka di bawah dari jalan terakhir setiap uji; benihnya tetap, tetapi saat server mati ikut ditentukan kecepatan mesin.

| Janji | Dicoba di | Berapa | Hasil |
|---|---|---|---|
{rows}

## Bagaimana dicoba
- **Jejak yang diutak-atik.** Orang yang memegang basis data tanpa kunci mengubah isi catatan, menghapus, menyisipkan,
  menukar, memotong ujung, memasang ujung lama, memindahkan ke desa lain, menandatangani ulang dengan kunci sendiri,
  mengubah daftar orang yang disebut, nomor perubahan, atau hasil tanda terima, atau menghapus tanda terimanya.
  `audit verify` harus menyebut desa dan nomornya. Benih {tamper_seeds}.
- **Server dimatikan paksa** (`kill -9`) 50–170 milidetik sesudah jawaban pertama, sementara dua HP mengirim kunjungan,
  satu meja menerbitkan dan mencabut surat, satu meja memasukkan register. Sesudahnya: setiap yang dijawab "selesai"
  punya tanda terima dan catatannya, tidak ada yang setengah, nomor surat urut tanpa ganda, jejak utuh. Benih
  {kill_seeds}. Yang dimatikan selalu server yang sesungguhnya: satu dari sepuluh kali perintah `serve` seutuhnya
  (semua proses, server webnya saja, atau pengawasnya saja), selebihnya server web seperti `serve` menjalankannya; dua
  dari sepuluh kali beserta pekerjaan latar, saat cadangan harian sedang ditulis. Cadangan yang jadi harus terbuka
  dengan lembar pemulihan dan utuh seluruhnya.
- **Listrik mati** di saat mana pun dari SQL yang sungguh dikirim program: hanya yang sudah dipastikan tertulis yang
  selamat, sisanya hilang sepotong-sepotong (512 bita). Di antaranya setoran di kas, jasa semua penabung di bawah satu
  segel, dan tutup bulan: sesudahnya setiap catatan seimbang, rantai segel utuh, dan saldo sama dengan barisnya. Benih
  {power_seed}. Pembanding: dengan `synchronous=NORMAL`
  potongan yang sama menghilangkan {careless_lost} dari {careless_acked} catatan, jadi uji ini memang bisa gagal.
- **Disk penuh** pada tulisan ke-1, ke-2, dan seterusnya dari kunjungan, surat, register, dan kiriman HP: halaman
  berkata disk penuh, tidak ada yang setengah, dan mengulang langsung berhasil.
- **Uang koperasi.** Delapan kasir sekaligus pada buku tiga koperasi: setoran, penarikan, pembalikan, tutup bulan.
  Kasir dimatikan paksa di tengah kerja; yang terputus dikirim ulang, sebagian dikirim dua kali atau oleh dua kasir
  dengan nomor yang sama. Sesudahnya setiap jawaban dicocokkan dengan buku, dan `ledger verify` harus menyebutnya utuh.

## Yang belum terbukti
- Basis data yang **seluruhnya** dikembalikan ke keadaan lama tidak dikenali dari dalam; begitu juga ujung jejak yang
  dipotong bersama tanda terimanya dan jam desanya, atau dipotong di tengah satu tindakan. Bandingkan dengan cadangan.
- Rantai jejak tidak menjaga sidik isi, alasan, dan jawaban di dalam tanda terima, dan tidak menjaga catatan mana yang
  disebut sebuah nomor perubahan. Isi data warga sendiri tidak dirantai; rantai menjaga siapa berbuat apa dan kapan.
- Listrik mati hanya diuji untuk SQLite, dan tidak untuk disk yang berbohong soal penulisan. Untuk PostgreSQL yang
  dimatikan adalah programnya, bukan server PostgreSQL.
- Disk penuh di PostgreSQL dan di berkas lampiran atau cadangan hanya ditiru sebagai pesan kesalahan, atau belum diuji.
- Kematian server tidak mencakup mesinnya: yang mati prosesnya, sistem operasinya tetap. Uji harian hanya {daily}
  putaran; angka di atas jumlah dari jalan panjang di mesin yang juga dipakai hal lain, jadi lamanya bukan ukuran
  kecepatan.{short_of}
- Sekali dalam putaran panjang itu, sesudah server webnya saja dimatikan, sesuatu masih hidup dua menit kemudian. Tidak
  ada yang hilang; penyebabnya belum ditemukan. Sejak itu pekerja web yang kehilangan servernya berhenti sendiri paling
  lambat sepuluh detik, dan ujinya menyebut apa yang masih hidup.
- Belum dicoba: berjalan berminggu-minggu, disk yang lambat atau rusak, jam yang mundur.
"""


def main() -> int:
    """Status of the worst run; the page is only written when all passed."""
    kept = os.environ.get("RELIABILITY_FIGURES")
    if kept:
        PAGE.write_text(page(json.loads(Path(kept).read_text("utf-8")), datetime.now(UTC).date()), "utf-8")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.json"
        urls = ["", *filter(None, [os.environ.get("DESMIGRATIF_TEST_POSTGRES_URL")])]
        failed = max(_run(url, figures) for url in urls)
        if not failed:
            KEPT.write_text(figures.read_text("utf-8") + "\n", "utf-8")
            PAGE.write_text(page(json.loads(figures.read_text("utf-8")), datetime.now(UTC).date()), "utf-8")
    return failed


def _run(url: str, figures: Path) -> int:
    environment = {**os.environ, "DATABASE_URL": url, "RELIABILITY_FIGURES": str(figures)}
    command = [sys.executable, "-m", "pytest", "tests/reliability"]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def page(figures: Figures, on: date) -> str:
    """The whole page. Raises `KeyError` when a promise has no figures."""
    power, careless = figures["power"]["SQLite"], figures["power_careless"]["SQLite"]
    seeds = sorted({seed for runs in figures["kill"].values() for seed in runs})
    return TEMPLATE.format(
        when=f"{on.day} {MONTHS[on.month - 1]} {on.year}",
        version=version("desmigratif"), python=platform.python_version(), django=version("django"),
        sqlite=power["sqlite"], apsw=power["apsw"], rows="\n".join(_rows(figures)),
        tamper_seeds=figures["tampering"]["SQLite"]["seeds"], kill_seeds=", ".join(seeds),
        power_seed=power["seed"], careless_lost=_number(careless["lost"]),
        careless_acked=_number(careless["acknowledged"]), daily=DAILY_ROUNDS, short_of=_short_of(figures["kill"]),
    )  # fmt: skip


def _short_of(lives: dict[str, dict[str, dict[str, Any]]]) -> str:
    """The sentence for a long run that was ended early; empty when it was not."""
    fewest = min(_total(runs)["rounds"] for runs in lives.values())
    return "" if fewest >= LONG_RUN else f" Di satu basis data baru {fewest} putaran, belum {LONG_RUN}."


def _total(runs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Lives of the server over all runs; of restarts the slowest."""
    summed = ("rounds", "acknowledged", "lost", "half", "backups")
    slowest = max(run["slowest_restart_seconds"] for run in runs.values())
    return {
        **{name: sum(run[name] for run in runs.values()) for name in summed},
        "slowest_restart_seconds": slowest,
    }


def _rows(figures: Figures) -> list[str]:
    """One line for each promise and engine."""
    rows = []
    for engine, found in figures["tampering"].items():
        real = figures["tampering_in_database"][engine]
        tried = f"{_number(found['tried'])} ({found['kinds']} macam) pada salinan, {real['tried']} di basis data"
        result = f"{_number(found['found'])} dan {real['found']} ditemukan dan ditempatkan"
        rows.append(_row("Jejak yang diutak-atik ketahuan", engine, tried, result))
    for engine, runs in figures["kill"].items():
        found = _total(runs)
        tried = f"{_number(found['rounds'])} kali, {_number(found['acknowledged'])} tindakan terjawab"
        tried += f", {_number(found['backups'])} cadangan jadi"
        result = f"{found['lost']} hilang, {found['half']} setengah; jawaban pertama paling lambat "
        result += f"{_decimal(found['slowest_restart_seconds'])} detik"
        rows.append(_row("Server dimatikan paksa", engine, tried, result))
    for engine, found in figures["power"].items():
        tried = f"{_number(found['cuts'])} kali, {_number(found['acknowledged'])} tindakan terjawab diperiksa"
        tried += f"; rekamannya memuat {found['deposits']} setoran, {found['interest']} kali jasa semua penabung, "
        tried += f"dan {found['months']} tutup bulan"
        rows.append(_row("Listrik mati", engine, tried, f"{found['lost']} hilang, {found['broken']} rusak"))
    for engine, found in figures.get("money", {}).items():
        tried = f"{_number(found['operations'])} tindakan delapan kasir, {_number(found['kills'])} kali dimatikan, "
        tried += f"{_number(found['reversals'])} pembalikan, {found['closings']} tutup bulan"
        result = f"{found['lost']} hilang, {found['doubled']} ganda, jumlah nol"
        rows.append(_row("Uang koperasi", engine, tried, result))
    full = [found for name, found in figures.items() if name.startswith("full_")]
    for engine in figures["full_visit"]:
        places = sum(found[engine]["places"] for found in full if engine in found)
        tried = f"di {places} tempat dari empat tindakan"
        rows.append(_row("Disk penuh", engine, tried, "0 setengah, 0 terjawab palsu"))
    return rows


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _decimal(value: float) -> str:
    return str(value).replace(".", ",")


if __name__ == "__main__":
    raise SystemExit(main())
