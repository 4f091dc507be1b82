"""The words of the command line, in Indonesian. Standard library only: `--help` answers at once."""

from __future__ import annotations

import argparse
import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

from desmigratif.indicators.rules.periods import Period


class Needs(StrEnum):
    """What a command must find ready before it runs."""

    NOTHING = "nothing"
    OTHER_FOLDER = "other folder"  # settings, but on a folder that goes away: the data folder must not be touched
    SETTINGS = "settings"
    DATABASE = "database"


class WrongUse(Exception):
    """The command was written wrongly; the message is one Indonesian sentence."""


_TROUBLES = (
    (r"the following arguments are required: (.*)", "Perintahnya belum lengkap, yang kurang: {0}."),
    (r"unrecognized arguments: (.*)", "Ada yang tidak dikenal di perintah ini: {0}."),
    (r"argument (.*): expected .*", "{0} perlu diikuti isinya."),
    (r"argument (.*): invalid choice: '?(.*?)'? \(choose from .*", "{1!r} tidak dikenal untuk {0}."),
    (r"argument (.*): invalid .* value: (.*)", "{1} bukan isi yang benar untuk {0}."),
    (r"argument (.*): (Tulis.*)", "{0}: {1}"),
)


class Parser(argparse.ArgumentParser):
    """argparse that speaks Indonesian and raises instead of leaving."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Help, allow_abbrev=False)
        self._positionals.title = "isian"
        self._optionals.title = "pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan penjelasan ini")

    def error(self, message: str) -> NoReturn:
        for shape, sentence in _TROUBLES:
            if found := re.fullmatch(shape, message, flags=re.DOTALL):
                raise WrongUse(f"{sentence.format(*found.groups())} Penjelasan: {self.prog} --help")
        raise WrongUse(f"Perintahnya salah tulis. Penjelasan: {self.prog} --help")


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "pemakaian: " if prefix is None else prefix)


def build_parser() -> Parser:
    """All commands. Each leaf names its module, what it needs, and carries `--data`."""
    parser = Parser(prog="desmigratif", description="Layanan dan pelindungan pekerja migran di desa.")
    commands = parser.add_subparsers(title="perintah", dest="command", metavar="PERINTAH", required=True)
    _serving(commands)
    _rules(commands)
    _money(commands)
    _people(commands)
    _letters(commands)
    _backups(commands)
    _accounts(commands)
    _memory(commands)
    _books(commands)
    _figures(commands)
    return parser


def _leaf(commands: Any, name: str, module: str, needs: Needs, help: str = "", *, json: bool = False) -> Parser:
    """A command; without `help` it is one that we start ourselves, and no list shows it."""
    shown = {"help": help, "description": f"{help[0].upper()}{help[1:]}."} if help else {}
    leaf: Parser = commands.add_parser(name, **shown)
    leaf.add_argument("--data", metavar="FOLDER", help="folder data (baku: DESMIGRATIF_DATA atau ./data)")
    if json:
        leaf.add_argument("--json", action="store_true", help="tulis satu dokumen JSON")
    leaf.set_defaults(module=module, needs=needs)
    return leaf


def _serving(commands: Any) -> None:
    serve = _leaf(commands, "serve", "serve", Needs.NOTHING, "jalankan Desmigratif di komputer ini")
    serve.add_argument("--host", default="127.0.0.1", help="alamat tempat mendengar (baku: 127.0.0.1)")
    serve.add_argument("--port", type=port, default=8000, help="porta (baku: 8000)")
    serve.add_argument("--no-jobs", action="store_true", help="tanpa pekerjaan latar")
    # The parts of `serve`, which it starts as processes of its own.
    before = _leaf(commands, "serve-prepare", "prepare", Needs.SETTINGS)
    before.add_argument("--host", default="127.0.0.1")
    web = _leaf(commands, "serve-web", "web", Needs.NOTHING)
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=port, default=8000)
    jobs = _leaf(commands, "jobs", "jobs", Needs.DATABASE, "jalankan pekerjaan latar sebagai proses sendiri")
    jobs.add_argument("--under-serve", action=_UnderServe, nargs=0, default=False, help=argparse.SUPPRESS)


class _UnderServe(argparse.Action):
    """`serve` has prepared everything; loading less keeps the process small."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        namespace.under_serve, namespace.needs = True, Needs.SETTINGS


def _rules(commands: Any) -> None:
    offer = _leaf(commands, "check-offer", "offers", Needs.NOTHING, "periksa keamanan satu tawaran kerja", json=True)
    offer.add_argument("file", type=Path, metavar="BERKAS.json", help="tawaran sebagai JSON")
    offer.add_argument(
        "--on", type=day, required=True, metavar="TANGGAL", help="diperiksa pada tanggal ini, 2026-08-17"
    )
    costs = _leaf(commands, "check-costs", "costs", Needs.NOTHING, "bandingkan biaya dengan yang sah", json=True)
    costs.add_argument("file", type=Path, metavar="BERKAS.json", help="pekerjaan dan yang dibayar, sebagai JSON")
    papers = _leaf(commands, "requirements", "costs", Needs.NOTHING, "daftar dokumen untuk satu rencana", json=True)
    papers.add_argument("--country", required=True, metavar="NEGARA", help="kode ISO tiga huruf, contoh HKG")
    papers.add_argument("--job", required=True, metavar="PEKERJAAN", help="contoh domestic_worker")
    papers.add_argument("--employer-type", required=True, choices=("household", "company"), help="pemberi kerja")
    papers.add_argument(
        "--marital-status", required=True, choices=("single", "married", "divorced", "widowed"), help="status kawin"
    )
    for leaf in (costs, papers):
        leaf.add_argument("--on", type=day, required=True, metavar="TANGGAL", help="menurut aturan hari itu")


def _money(commands: Any) -> None:
    loan = _leaf(commands, "loan-schedule", "money", Needs.NOTHING, "hitung jadwal angsuran satu pinjaman", json=True)
    loan.add_argument("file", type=Path, metavar="BERKAS.json", help="syarat pinjaman sebagai JSON")
    shu = _leaf(commands, "shu", "money", Needs.NOTHING, "hitung pembagian SHU", json=True)
    shu.add_argument("file", type=Path, metavar="BERKAS.json", help="SHU, dana, dan anggota sebagai JSON")


def _people(commands: Any) -> None:
    sheet = _leaf(
        commands, "import-residents", "residents", Needs.DATABASE, "impor data penduduk dari .xlsx", json=True
    )
    sheet.add_argument("file", type=Path, metavar="BERKAS.xlsx", help="lembar data penduduk (susunan OpenSID)")
    sheet.add_argument("--village", required=True, metavar="KODE", help="kode desa, contoh 33.07.10.2004")
    sheet.add_argument("--commit", action="store_true", help="simpan; tanpa ini hanya diperiksa")
    sheet.add_argument("--skip-errors", action="store_true", help="lewati baris yang salah, simpan yang lain")
    undo = _leaf(commands, "undo-import", "residents", Needs.DATABASE, "batalkan satu impor", json=True)
    undo.add_argument("batch", type=identifier, metavar="IMPOR", help="nomor impor yang ditulis import-residents")
    _lists(commands)
    given = _leaf(commands, "export-residents", "exports", Needs.DATABASE, "ekspor data penduduk ke berkas", json=True)
    given.add_argument("--village", required=True, metavar="KODE", help="kode desa, contoh 33.07.10.2004")
    given.add_argument("--format", choices=("xlsx", "csv", "suplemen"), default="xlsx", help="baku: xlsx")
    given.add_argument("--out", type=Path, required=True, metavar="BERKAS", help="berkas yang ditulis")
    given.add_argument(
        "--reason",
        choices=("opensid", "district_report", "check_with_rt", "hand_over"),
        default="opensid",
        help="untuk apa; dicatat di jejak (baku: opensid)",
    )
    given.add_argument("--with-specific", action="store_true", help="sertakan agama, kesehatan, dan data khusus lain")


def _lists(commands: Any) -> None:
    load = _leaf(commands, "load-list", "lists", Needs.DATABASE, "muat daftar nasional dari .xlsx atau .csv", json=True)
    load.add_argument("list", choices=("agencies", "permits", "destinations", "bodies", "placements"), metavar="DAFTAR",
                      help="agencies (P3MI), permits (izin dan lowongan), destinations (negara), "
                      "bodies (lembaga rujukan), atau placements (penempatan SISKOP2MI)")  # fmt: skip
    load.add_argument("file", type=Path, metavar="BERKAS", help="berkas .xlsx atau .csv, baris pertama judul kolom")
    load.add_argument("--as-of", type=day, required=True, metavar="TANGGAL", help="daftar per tanggal ini")
    load.add_argument("--source", required=True, metavar="TEKS", help="dari mana daftar ini")
    load.add_argument("--region", default="ID", metavar="KODE", help="berlaku di wilayah ini (baku: ID, seluruhnya)")
    load.add_argument("--commit", action="store_true", help="simpan; tanpa ini hanya diperiksa")
    told = "muat batas provinsi atau kabupaten untuk peta kokpit"
    shapes = _leaf(commands, "load-boundaries", "boundaries", Needs.DATABASE, told, json=True)
    shapes.add_argument("file", type=Path, metavar="BERKAS", help="GeoJSON; tiap bentuk memakai kode Kemendagri (kode)")
    shapes.add_argument("--source", required=True, metavar="TEKS", help="dari mana batas ini")
    shapes.add_argument("--commit", action="store_true", help="simpan; tanpa ini hanya diperiksa")


def _letters(commands: Any) -> None:
    letter = _leaf(commands, "verify-letter", "letters_here", Needs.DATABASE, "periksa keaslian surat", json=True)
    what = letter.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path, metavar="SURAT.pdf", help="berkas surat")
    what.add_argument("--qr", metavar="TEKS", help="isi kode QR surat")
    letter.add_argument("--keys", action=_OtherKeys, type=Path, metavar="BERKAS", help="kunci desa, dari /v/kunci.json")


class _OtherKeys(argparse.Action):
    """With a file of keys no database is needed."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        namespace.keys, namespace.module, namespace.needs = values, "letters", Needs.NOTHING


def _backups(commands: Any) -> None:
    backup = _leaf(commands, "backup", "backups", Needs.DATABASE, "buat cadangan, atau periksa satu cadangan")
    backup.add_argument("words", action=_BackupWords, nargs="+", metavar="[verify] BERKAS", help="berkas atau folder")
    restore = _leaf(commands, "restore", "backups", Needs.OTHER_FOLDER, "pulihkan cadangan ke folder data yang kosong")
    restore.add_argument("path", type=Path, metavar="BERKAS", help="berkas cadangan")
    for parser in (backup, restore):
        parser.add_argument("--sheet", metavar="BERKAS", help="isi lembar pemulihan; - untuk masukan baku")
    restore.add_argument("--keys", type=Path, metavar="keys.json", help="kunci, bila cadangan tidak memuatnya")


class _BackupWords(argparse.Action):
    """`backup PATH` makes one, `backup verify PATH` proves one without touching the data folder."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        if len(values) == 2 and values[0] == "verify":
            namespace.command, namespace.needs = "backup verify", Needs.OTHER_FOLDER
        elif len(values) > 1 or values[0] == "verify":
            raise WrongUse("Tulis: desmigratif backup BERKAS, atau desmigratif backup verify BERKAS.")
        namespace.path = Path(values[-1])


def _accounts(commands: Any) -> None:
    lost = _leaf(
        commands, "recover-administrator", "accounts", Needs.DATABASE,
        "buat kode masuk untuk pengelola yang kehilangan sandi, HP, dan kode cadangan",
    )  # fmt: skip
    lost.add_argument("username", metavar="NAMA", help="nama pengguna pengelola itu")


def _memory(commands: Any) -> None:
    audit = commands.add_parser("audit", help="jejak: siapa melakukan apa")
    verbs = audit.add_subparsers(title="perintah", dest="verb", metavar="PERINTAH", required=True)
    _leaf(verbs, "verify", "audit", Needs.DATABASE, "telusuri mata rantai jejak dan sebut yang putus", json=True)
    demo = _leaf(commands, "demo", "demo", Needs.DATABASE, "isi folder data kosong dengan tiga desa contoh", json=True)
    demo.add_argument("--list", action="store_true", help="hanya tulis akun contoh yang sudah ada")
    _leaf(commands, "routes", "routes", Needs.SETTINGS, "tulis semua alamat dan untuk siapa", json=True)


def _books(commands: Any) -> None:
    ledger = commands.add_parser("ledger", help="buku koperasi: buktikan keutuhannya, atau keluarkan isinya")
    verbs = ledger.add_subparsers(title="perintah", dest="verb", metavar="PERINTAH", required=True)
    verify = _leaf(
        verbs, "verify", "ledger", Needs.DATABASE, "buktikan buku utuh, atau sebut yang pertama rusak", json=True
    )
    verify.add_argument("--cooperative", type=identifier, metavar="NOMOR", help="hanya koperasi ini")
    export = _leaf(verbs, "export", "ledger", Needs.DATABASE, "keluarkan isi buku untuk diperiksa program lain")
    export.add_argument("--cooperative", type=identifier, required=True, metavar="NOMOR", help="nomor koperasi")
    export.add_argument("--format", choices=("beancount", "csv"), required=True, help="susunan berkas")
    export.add_argument("--out", type=Path, metavar="BERKAS", help="berkas yang ditulis (baku: layar)")


def _figures(commands: Any) -> None:
    figures = _leaf(commands, "indicators", "indicators", Needs.DATABASE, "tulis ukuran satu wilayah", json=True)
    figures.add_argument(
        "verb", nargs="?", choices=("rebuild", "recount"), metavar="[rebuild|recount]",
        help="rebuild: jumlahkan lagi semua ukuran; recount: hitung lagi dari catatan pelayanan dan sebut yang berbeda",
    )  # fmt: skip
    figures.add_argument("--check", action="store_true", help="dengan rebuild: hanya sebut yang berbeda")
    figures.add_argument("--engine", choices=("sql", "duckdb"), help="dengan rebuild: penghitungnya")
    figures.add_argument("--region", metavar="KODE", help="kode wilayah, contoh 33.07, atau ID untuk Indonesia")
    figures.add_argument("--period", type=period, metavar="MASA", help="2026, 2026-11, atau 2026-Q4")


def period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"Tulis masa seperti 2026 atau 2026-11; yang tertulis {text!r}.") from None


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"Tulis tanggal seperti 2026-08-17; yang tertulis {text!r}.") from None


def identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"Tulis nomor seperti yang dicetak; {text!r} bukan nomor.") from None


def port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"Tulis angka 1 sampai 65535; yang tertulis {text!r}.")
    return int(text)
