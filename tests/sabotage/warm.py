"""Pytest in a process forked from this one, in which everything is loaded already that is not ours.

Starting Python and loading Django, pydantic and the like is what most patches would cost, and no patch touches it. Our
own modules are loaded by the child, from its copy: what a patch breaks was never there before. Where nothing can be
forked, each child starts from nothing and does the same.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import sys
import tempfile
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

METHOD = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
LOADED = "loaded.txt"  # in the folder of a copy: the modules that a run of tests loaded, in their order
_context = multiprocessing.get_context(METHOD)


class CannotCollect(Exception):
    """Tests that patches name are gone or cannot be loaded; the message is one sentence."""


def load_what_is_not_ours(copy: Path, tests: list[str]) -> None:
    """Everything outside the copy that a look at these tests loads. What asks for settings is left to the children.

    Raises `CannotCollect`.
    """
    said = copy.parent / "looking.txt"
    looking = start(copy, ["--collect-only", "-q", "--tb=no", *tests], said, tell_what_was_loaded=True)
    looking.join()
    if looking.exitcode:
        raise CannotCollect(why_nothing_was_collected(said.read_text(encoding="utf-8").replace(f"{copy}/", "")))
    if METHOD == "fork":
        for name in (copy / LOADED).read_text(encoding="utf-8").split():
            with suppress(Exception):
                importlib.import_module(name)
        ours = [name for name, module in sys.modules.items() if is_ours(name, module, copy)]
        if ours:
            raise RuntimeError(f"loaded too early, a patch would go unnoticed: {ours[:5]}")
        gc.freeze()


def why_nothing_was_collected(said: str) -> str:
    """One sentence out of what pytest said: the tests that it could not collect, or its last words."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR").split(" - ")[0].strip(" :") for line in lines if line.startswith("ERROR")]
    named = ", ".join(dict.fromkeys(errors)) or (lines or ["nothing, and it said nothing"])[-1]
    return f"Nothing was tried, because pytest cannot collect: {named}."


def is_ours(name: str, module: object, copy: Path) -> bool:
    place = getattr(module, "__file__", None) or ""
    return name.split(".")[0] == "desmigratif" or Path(place).is_relative_to(copy)


def start(copy: Path, arguments: list[str], said: Path, *, tell_what_was_loaded: bool = False) -> BaseProcess:
    """Pytest at work on a copy; its exit status is that of the process, what it says goes to the file `said`."""
    process = _context.Process(target=_run, args=(copy, arguments, said, tell_what_was_loaded))
    process.start()
    return process


def _run(copy: Path, arguments: list[str], said: Path, tell_what_was_loaded: bool) -> None:
    with suppress(AttributeError):
        os.setsid()  # whatever it starts can be ended with it
    _move_to(copy)
    descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    import pytest

    status = int(pytest.main(arguments))
    sys.stdout.flush()
    if tell_what_was_loaded:
        names = [name for name, module in sys.modules.items() if not is_ours(name, module, copy)]
        (copy / LOADED).write_text("\n".join(names), encoding="utf-8")
    os._exit(status)


def _move_to(copy: Path) -> None:
    """As if Python had been started there; what tests leave in the temporary folder goes away with the copies."""
    os.chdir(copy)
    temporary = copy.parent / f"{copy.name}-temporary"
    temporary.mkdir(exist_ok=True)
    tempfile.tempdir = str(temporary)
    os.environ |= {"TMPDIR": str(temporary), "PYTHONPATH": str(copy / "src")}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    sys.path[0] = str(copy / "src")
