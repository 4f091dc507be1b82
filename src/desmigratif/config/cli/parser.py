"""The words of the command line, in Indonesian. Standard library only: `--help` answers at once."""

from __future__ import annotations

import argparse
import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn


class Needs(StrEnum):
    """What a command must find ready before it runs."""

    NOTHING = "nothing"
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
    _memory(commands)
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
    before = _leaf(commands, "serve-prepare", "prepare", Needs.DATABASE)
    before.add_argument("--host", default="127.0.0.1")
    web = _leaf(commands, "serve-web", "web", Needs.NOTHING)
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=port, default=8000)
    jobs = _leaf(commands, "jobs", "jobs", Needs.DATABASE, "jalankan pekerjaan latar sebagai proses sendiri")
    jobs.add_argument("--under-serve", action="store_true", help=argparse.SUPPRESS)


def _rules(commands: Any) -> None:
    offer = _leaf(commands, "check-offer", "offers", Needs.NOTHING, "periksa keamanan satu tawaran kerja", json=True)
    offer.add_argument("file", type=Path, metavar="BERKAS.json", help="tawaran sebagai JSON")
    offer.add_argument(
        "--on", type=day, required=True, metavar="TANGGAL", help="diperiksa pada tanggal ini, 2026-08-17"
    )


def _memory(commands: Any) -> None:
    audit = commands.add_parser("audit", help="jejak: siapa melakukan apa")
    verbs = audit.add_subparsers(title="perintah", dest="verb", metavar="PERINTAH", required=True)
    _leaf(verbs, "verify", "audit", Needs.DATABASE, "telusuri mata rantai jejak dan sebut yang putus", json=True)
    _leaf(commands, "routes", "routes", Needs.SETTINGS, "tulis semua alamat dan untuk siapa", json=True)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"Tulis tanggal seperti 2026-08-17; yang tertulis {text!r}.") from None


def port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"Tulis angka 1 sampai 65535; yang tertulis {text!r}.")
    return int(text)
