"""`demo`: three made-up villages in an empty data folder, and the sign-ins."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from desmigratif.access.queries import is_set_up
from desmigratif.config.cli import output
from desmigratif.demo.accounts import accounts
from desmigratif.demo.build import build, mark_as_demo
from desmigratif.shared.reasons import Reason, Refusal

_WHOLE = "demo-complete"


class NotADemo(Refusal):
    """A demo is never mixed into somebody's work, and a half-made one is not shown."""

    code = "not_a_demo"


def run(args: Namespace) -> int:
    """0 with the sign-ins; 1 when the data folder is in use or an earlier attempt broke off."""
    whole: Path = settings.DATA_DIR / _WHOLE
    if not whole.exists():
        _refuse_what_is_in_use()
        if args.list:
            raise NotADemo(Reason("no_demo", "Di folder data ini tidak ada data contoh."))
        mark_as_demo(settings.DATA_DIR)
        build(now=timezone.now())
        whole.touch()
    people = accounts()
    if args.json:
        output.say_json([asdict(account) for account in people])
        return 0
    output.say("Desa contoh siap. Semua orang di dalamnya rekaan. Masuk dengan:")
    for account in people:
        output.say(f"  {account.username:22} {account.password:16} {account.role}, {account.region}")
    return 0


def _refuse_what_is_in_use() -> None:
    if not is_set_up():
        return
    if settings.DEMO:
        raise NotADemo(
            Reason(
                "half_made",
                "Data contoh di folder ini belum selesai dibuat.",
                way_out=f"Hapus folder {settings.DATA_DIR}, lalu ulangi.",
            )
        )
    raise NotADemo(
        Reason(
            "in_use",
            "Folder data ini sudah dipakai; data contoh tidak dicampur dengan data sungguhan.",
            way_out="Pilih folder lain dengan --data.",
        )
    )
