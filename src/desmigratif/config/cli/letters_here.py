"""`verify-letter` with the keys of this installation."""

from __future__ import annotations

from argparse import Namespace

from desmigratif.config.cli import letters
from desmigratif.documents.queries import key_set


def run(args: Namespace) -> int:
    return letters.report(args, key_set(as_of=letters.today_here()))
