"""Style sheets, scripts and icons: gathered and compressed once per version into the data folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_MARK = "gathered"


def gather() -> bool:
    """Gather what changed since the last time; says whether anything had to be done."""
    mark = settings.STATIC_ROOT / _MARK
    wanted = _fingerprint()
    if mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return False
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(wanted, encoding="ascii")
    return True


def _fingerprint() -> str:
    said = hashlib.sha256(settings.APP_VERSION.encode())
    for line in sorted(_files()):
        said.update(line.encode())
    return said.hexdigest()


def _files() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list(None):
            yield f"{name}\0{storage.size(name)}\0{storage.get_modified_time(name).timestamp()}\n"
