"""A disk that keeps only what was synced, and the current cut at any operation.

`play` sends recorded SQL to SQLite on a virtual file system that notes every write, truncation, sync and deletion.
As SQLite asks the disk for nothing that a cut would change before it happens, one play serves all cuts: the disk
after a cut at operation n is what was synced by then and, of what was not, any 512-byte pieces (`Disk`). A deletion
is durable at once, as directories are on a journaling file system; a disk that lies about syncing is not modelled.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
Operation = tuple[Any, ...]


class _File(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int], log: list[Operation]) -> None:
        super().__init__("", name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name, self._log = Path(path).name if path else "", log

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self._log.append(("write", self._name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._log.append(("truncate", self._name, size))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._log.append(("sync", self._name))


class _Noting(apsw.VFS):
    def __init__(self, log: list[Operation]) -> None:
        self.log = log
        super().__init__("noting", "")

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        return _File(name, flags, self.log)

    def xDelete(self, name: str, sync_directory: bool) -> None:
        super().xDelete(name, sync_directory)
        self.log.append(("delete", Path(name).name))


def play(steps: Iterable[Any], database: Path) -> list[Operation]:
    """Everything that reached the disk, with ("ack", acts) where people were answered."""
    log: list[Operation] = []
    vfs = _Noting(log)
    connection: apsw.Connection | None = None
    try:
        for step in steps:
            if isinstance(step, dict):
                log.append(("ack", step["ack"]))
                continue
            connection = connection or apsw.Connection(str(database), vfs="noting")
            for _ in connection.execute(step):
                pass
    finally:
        if connection:
            connection.close()
        vfs.unregister()
    return log


@dataclass
class _Content:
    """One file: what is safe, and what may or may not be there after a cut, in its order."""

    safe: bytearray = field(default_factory=bytearray)
    loose: list[Operation] = field(default_factory=list)


@dataclass
class Disk:
    """Takes the operations of a play one by one; `after_cut` is one of the disks that a cut may leave behind."""

    files: dict[str, _Content]
    acked: list[dict[str, str]] = field(default_factory=list)

    def take(self, operation: Operation) -> None:
        what, name, *_ = operation
        if what == "ack":
            self.acked += name
        elif what == "delete":
            self.files.pop(name, None)
        elif what == "sync":
            content = self.files.setdefault(name, _Content())
            for loose in content.loose:
                _apply(content.safe, loose)
            content.loose.clear()
        else:
            self.files.setdefault(name, _Content()).loose.append(operation)

    def after_cut(self, rng: random.Random) -> Iterator[tuple[str, bytes]]:
        """Name and content of every file."""
        for name, content in self.files.items():
            left = bytearray(content.safe)
            share = rng.choice((0.0, 0.1, 0.5, 0.9, 1.0))
            for loose in content.loose:
                for piece in _pieces(loose):
                    if rng.random() < share:
                        _apply(left, piece)
            yield name, bytes(left)


def _apply(content: bytearray, operation: Operation) -> None:
    if operation[0] == "truncate":
        del content[operation[2] :]
        return
    _, _, offset, data = operation
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _pieces(operation: Operation) -> Iterator[Operation]:
    """A write in the pieces that a disk writes whole."""
    if operation[0] == "truncate":
        yield operation
        return
    what, name, offset, data = operation
    start = 0
    while start < len(data):
        end = start + SECTOR - (offset + start) % SECTOR
        yield what, name, offset + start, data[start:end]
        start = end


def disk_with(database: Path) -> Disk:
    """A disk on which only this database lies, all of it synced."""
    return Disk({database.name: _Content(bytearray(database.read_bytes()))})


def write_out(files: Iterable[tuple[str, bytes]], folder: Path) -> None:
    for old in folder.iterdir():
        old.unlink()
    for name, content in files:
        if name and not name.endswith("-shm"):
            (folder / name).write_bytes(content)
