"""What `serve` does before it serves: refuse what must not be, then make the database ready."""

from __future__ import annotations

from argparse import Namespace

from django.conf import settings
from django.utils import timezone

from desmigratif.access.setup import setup_code
from desmigratif.config.cli import output, ready, statics
from desmigratif.config.cli.serve import LOOPBACK
from desmigratif.documents.sealing import refuse_unusable_certificate
from desmigratif.shared.reasons import Reason, Refusal


class MustNotServe(Refusal):
    """This installation may not be served like that."""

    code = "must_not_serve"


def run(args: Namespace) -> int:
    """Refuse what must not be served; ready database and static files; say the set-up code, if it is open."""
    if settings.DEMO and args.host not in LOOPBACK:
        raise MustNotServe(
            Reason(
                "demo_on_network",
                "Data contoh hanya boleh dibuka di komputer ini sendiri.",
                way_out="Hapus --host, atau pakai folder data lain.",
            )
        )
    ready.make_ready()
    now = timezone.now()
    refuse_unusable_certificate(now)
    statics.gather()
    if code := setup_code(settings.DATA_DIR, now):
        output.say(f"Belum ada akun. Buka {settings.PUBLIC_URL}/mulai/ dan masukkan kode pemasangan: {code}")
    return 0
