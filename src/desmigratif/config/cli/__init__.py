"""The command `desmigratif`: one front for the operator, exit status 0 done, 1 refused or findings, 2 wrong use.

`main` reads the words before it touches settings, because `--data` decides which settings these are; that is why
the module of a command is imported only after they stand. One module per group of commands, each with
`run(args) -> int`. Nothing of Django is loaded for a command that does without it: the two processes that only watch
over others stay for days, and each would carry ten megabytes more.
"""

from __future__ import annotations

import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from desmigratif.config.cli import output
from desmigratif.config.cli.parser import Needs, WrongUse, build_parser

SETTINGS = "desmigratif.config.settings"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Never a traceback: refusals are sentences, surprises go to the log of the data folder."""
    try:
        args = build_parser().parse_args(argv)
    except WrongUse as problem:
        return output.wrong_use(problem)
    except SystemExit:  # --help has been shown
        return 0
    if hasattr(os, "umask"):
        os.umask(0o077)  # what we write is personal: nobody else on this machine reads it
    use_data_folder(args.data)
    try:
        return _run(args.module, args.needs, args)
    except WrongUse as problem:
        return output.wrong_use(problem)
    except output.QUIET as ended:
        return output.quiet_end(ended)
    except SystemExit as refused:  # a setting that is unknown or malformed (config/env.py)
        return output.refused_start(refused)
    except Exception as problem:
        return output.explain(problem, data_folder(), as_json=getattr(args, "json", False))


def _run(module: str, needs: Needs, args: Namespace) -> int:
    with ExitStack() as afterwards:
        if needs == Needs.OTHER_FOLDER:
            from tempfile import TemporaryDirectory  # only who must not touch the data folder carries it

            args.data = data_folder()
            os.environ["DESMIGRATIF_DATA"] = afterwards.enter_context(TemporaryDirectory(prefix="desmigratif-"))
        if needs != Needs.NOTHING:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
            importlib.import_module("django").setup()
        if needs == Needs.DATABASE:
            importlib.import_module("desmigratif.config.cli.ready").make_ready()
        status: int = importlib.import_module(f"desmigratif.config.cli.{module}").run(args)
        sys.stdout.flush()
        return status


def use_data_folder(given: str | None) -> None:
    """`--data` wins over the environment; both are passed on to child processes."""
    if given:
        os.environ["DESMIGRATIF_DATA"] = str(Path(given).expanduser().resolve())


def data_folder() -> Path:
    """The data folder by the environment alone, for when the settings cannot be read."""
    return Path(os.environ.get("DESMIGRATIF_DATA") or "data").expanduser().resolve()
