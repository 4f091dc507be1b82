"""`backup`, `backup verify`, `restore`."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone

from desmigratif.access.backup import backup_to, restore, verify_backup
from desmigratif.access.backup.archive import is_encrypted
from desmigratif.config.cli import output
from desmigratif.config.cli.parser import WrongUse
from desmigratif.shared.keyring import FILE_NAME, Keyring, KeysUnreadable


def run(args: Namespace) -> int:
    commands = {"backup": _make, "backup verify": _verify, "restore": _restore}
    return commands[args.command](args)


def _make(args: Namespace) -> int:
    _say(backup_to(args.path, now=timezone.now()).sentences())
    return 0


def _verify(args: Namespace) -> int:
    """0 for a sound backup, 1 with what is wrong or when nothing could be proven, 2 for a missing file."""
    keys_here = args.data / FILE_NAME
    report = verify_backup(
        _there(args.path),
        _sheet(args.sheet),
        keyring=_keyring(keys_here) if keys_here.exists() else None,
    )
    _say(report.sentences())
    return 0 if report.is_sound and not report.proves_nothing else 1


def _restore(args: Namespace) -> int:
    identity = _sheet(args.sheet)
    if identity is None and is_encrypted(_there(args.path)):
        identity = _asked_for()
    keyring = _keyring(args.keys) if args.keys else None
    _say(restore(args.path, args.data, identity, keyring=keyring).sentences())
    output.say(f"Jalankan: desmigratif serve --data {args.data}")
    return 0


def _there(file: Path) -> Path:
    if not file.is_file():
        raise WrongUse(f"Berkas {file} tidak ada.")
    return file


def _keyring(file: Path) -> Keyring:
    try:
        return Keyring.from_bytes(file.read_bytes())
    except (OSError, KeysUnreadable):
        raise WrongUse(f"Berkas kunci {file} tidak ada atau rusak.") from None


def _sheet(place: str | None) -> str | None:
    """What stands on the recovery sheet, from a file or standard input; never from the command line itself, which
    other people on the machine can read."""
    if place is None:
        return None
    if place == "-":
        return sys.stdin.readline()
    try:
        return Path(place).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise WrongUse(f"Berkas {place} tidak ada atau tidak dapat dibaca.") from None


def _asked_for() -> str:
    if not sys.stdin.isatty():
        raise WrongUse("Cadangan ini disandi. Tulis isi lembar pemulihan dengan --sheet BERKAS, atau --sheet -.")
    return getpass.getpass("Ketik kode dari lembar pemulihan (tidak tampak di layar): ")


def _say(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        output.say(sentence)
