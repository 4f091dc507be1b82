"""`recover-administrator`: the way back when the only administrator has lost everything.

Whoever may run commands on the data folder may run this: the folder and its disk are what guards it.
"""

from __future__ import annotations

from argparse import Namespace

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from desmigratif.access.actor import operator
from desmigratif.access.door import do
from desmigratif.access.entry_codes import LASTS_FROM_TERMINAL, digest_of, entry_code
from desmigratif.access.inputs import RecoverAdministrator
from desmigratif.access.models import User
from desmigratif.config.cli import output
from desmigratif.config.cli.parser import WrongUse
from desmigratif.shared.dates import format_moment
from desmigratif.shared.ids import new_id


def run(args: Namespace) -> int:
    """0 with a code on the screen; 2 for a name that nobody has. Refusals are told by whoever called."""
    user = User.objects.filter(username__iexact=args.username).first()
    if user is None:
        raise WrongUse(f"Tidak ada akun dengan nama pengguna {args.username!r}.")
    now, act_id = timezone.now(), new_id()
    code = entry_code(act_id)
    given = RecoverAdministrator(user_id=user.id, code_digest=digest_of(code, user.id))
    do(operator(), "access.recover_administrator", given, now=now, act_id=act_id, via="command")
    output.say(f"Kode sekali pakai untuk {user.username}: {code}")
    output.say(f"Berlaku sampai {format_moment(now + LASTS_FROM_TERMINAL, 7)}. Buka {_address()}")
    output.say("Sandi lama, pengaman, dan semua sesinya sudah dilepas; pasang pengaman baru sesudah masuk.")
    return 0


def _address() -> str:
    return f"{settings.PUBLIC_URL}{reverse('access:enter')}"
