"""The file: a gzipped tar inside an age file, or (without a recovery sheet) with its SHA-256 at the end.

Everything streams: neither the tar nor the plain text is ever written beside the archive. `keys.json` is handed
over in memory and never unpacked.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import tarfile
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from desmigratif.access.backup.manifest import KEYS_MEMBER
from desmigratif.access.backup.trouble import BackupTrouble, damaged, not_a_backup, wrong_sheet
from desmigratif.access.keys import age

GZIP_MAGIC = b"\x1f\x8b\x08"
_TRAILER = b"\nsha256 "
_TRAILER_LENGTH = len(_TRAILER) + 64 + 1
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive; `size` is the number of bytes that `chunks` yield."""

    name: str
    size: int
    chunks: Iterable[bytes] = field(repr=False)


@dataclass(slots=True)
class Unpacked:
    """A folder with the members of an archive, the SHA-256 of each, and the keys apart."""

    folder: Path
    digests: dict[str, str] = field(default_factory=dict)
    keys: bytes | None = field(default=None, repr=False)


def bytes_member(name: str, content: bytes) -> Member:
    return Member(name, len(content), (content,))


def file_member(name: str, file: Path) -> Member:
    """A file that does not change while it is read."""
    return Member(name, file.stat().st_size, _blocks_of(file))


def _blocks_of(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block


def digesting(member: Member, digests: dict[str, str]) -> Member:
    """The same member; when it was read to its end its SHA-256 stands in `digests`."""

    def chunks() -> Iterator[bytes]:
        digest = hashlib.sha256()
        for chunk in member.chunks:
            digest.update(chunk)
            yield chunk
        digests[member.name] = digest.hexdigest()

    return Member(member.name, member.size, chunks())


# --- writing --------------------------------------------------------------------------------------


def write_archive(members: Iterable[Member], target: age.Writable, recipient: str | None) -> None:
    """Stream members into a file, encrypted to a recipient if there is one."""
    stream = _gzipped(_tar(members))
    if recipient is None:
        _write_with_trailer(stream, target)
        return
    reader, writer = _Reader(stream), _Writer(target)
    try:
        age.encrypt(reader, writer, recipient)
    except OSError as problem:
        raise (reader.problem or writer.problem or problem) from None


def _write_with_trailer(stream: Iterable[bytes], target: age.Writable) -> None:
    digest = hashlib.sha256()
    for chunk in stream:
        digest.update(chunk)
        target.write(chunk)
    target.write(_TRAILER + digest.hexdigest().encode() + b"\n")


def _tar(members: Iterable[Member]) -> Iterator[bytes]:
    for member in members:
        info = tarfile.TarInfo(member.name)
        info.size, info.mode = member.size, 0o600
        yield info.tobuf(tarfile.GNU_FORMAT)
        written = 0
        for chunk in member.chunks:
            written += len(chunk)
            yield chunk
        if written != member.size:
            raise BackupTrouble("file_changed", "Ada berkas yang berubah selagi dicadangkan.", "Ulangi sekali lagi.")
        yield bytes(-written % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _gzipped(stream: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(level=4, wbits=31)
    for chunk in stream:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()


class _Reader:
    """A readable file over an iterator; keeps the error that stopped it, which the library would hide."""

    def __init__(self, stream: Iterator[bytes]) -> None:
        self._stream, self._rest = stream, b""
        self.problem: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._rest:
                self._rest = next(self._stream)
        except StopIteration:
            return b""
        except Exception as problem:
            self.problem = problem
            raise
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


class _Writer:
    """A writable file that keeps the error that stopped it."""

    def __init__(self, target: age.Writable) -> None:
        self._target = target
        self.problem: Exception | None = None

    def write(self, chunk: bytes) -> int:
        try:
            self._target.write(chunk)
        except Exception as problem:
            self.problem = problem
            raise
        return len(chunk)

    def flush(self) -> None:
        self._target.flush()


# --- reading --------------------------------------------------------------------------------------


def is_encrypted(file: Path) -> bool:
    """Whether an archive needs a recovery sheet. Raises `BackupTrouble` when it is no archive."""
    with file.open("rb") as stream:
        start = stream.read(len(age.MAGIC))
    if start == age.MAGIC:
        return True
    if start.startswith(GZIP_MAGIC):
        return False
    raise not_a_backup()


def unpack(file: Path, folder: Path, identity: age.Identity | None) -> Unpacked:
    """Unpack into an existing empty folder. Raises `BackupTrouble`; the folder may then hold anything."""
    unpacked = Unpacked(folder)
    with _plain_stream(file, identity) as stream:
        try:
            with gzip.GzipFile(fileobj=stream, mode="rb") as tar_bytes:
                with tarfile.open(fileobj=tar_bytes, mode="r|", errorlevel=2) as tar:
                    for info in tar:
                        _unpack_member(tar, info, unpacked)
                while tar_bytes.read(_BLOCK):  # to its end, so that every check sum was compared
                    pass
            while stream.read(_BLOCK):
                pass
        except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error):
            raise damaged() from None
    return unpacked


def _unpack_member(tar: tarfile.TarFile, info: tarfile.TarInfo, unpacked: Unpacked) -> None:
    place = PurePosixPath(info.name)
    if not info.isreg() or place.is_absolute() or ".." in place.parts or info.name in unpacked.digests:
        raise damaged()
    source = tar.extractfile(info)
    if source is None:
        raise damaged()
    if info.name == KEYS_MEMBER:
        unpacked.keys = source.read()
        unpacked.digests[info.name] = hashlib.sha256(unpacked.keys).hexdigest()
        return
    target = unpacked.folder / place
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        while block := source.read(_BLOCK):
            digest.update(block)
            stream.write(block)
        stream.flush()
        os.fsync(stream.fileno())
    unpacked.digests[info.name] = digest.hexdigest()


@contextmanager
def _plain_stream(file: Path, identity: age.Identity | None) -> Iterator[IO[bytes]]:
    with file.open("rb") as stream:
        if not is_encrypted(file):
            yield _checked_plain(stream)
            return
        if identity is None:
            raise BackupTrouble(
                "needs_sheet", "Cadangan ini disandi.", "Siapkan lembar pemulihan, lalu ketik atau pindai kodenya."
            )
        with _decrypted(stream, identity) as plain:
            yield plain


def _checked_plain(stream: IO[bytes]) -> IO[bytes]:
    """The gzip part of an unencrypted archive, after its SHA-256 was compared with the one at its end."""
    length = stream.seek(0, io.SEEK_END) - _TRAILER_LENGTH
    if length <= 0:
        raise damaged()
    stream.seek(0)
    digest, left = hashlib.sha256(), length
    while left:
        block = stream.read(min(_BLOCK, left))
        digest.update(block)
        left -= len(block)
    if stream.read() != _TRAILER + digest.hexdigest().encode() + b"\n":
        raise damaged()
    stream.seek(0)
    return io.BufferedReader(_Part(stream, length))


class _Part(io.RawIOBase):
    """The first `length` bytes of a file."""

    def __init__(self, stream: IO[bytes], length: int) -> None:
        self._stream, self._left = stream, length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self._stream.read(min(len(buffer), self._left))
        self._left -= len(block)
        buffer[: len(block)] = block
        return len(block)


@contextmanager
def _decrypted(stream: IO[bytes], identity: age.Identity) -> Iterator[IO[bytes]]:
    """The plain bytes of an age file, made by a thread while they are read."""
    read_end, write_end = os.pipe()
    problems: list[ValueError] = []

    def decrypt() -> None:
        with os.fdopen(write_end, "wb", closefd=True) as out, suppress(BrokenPipeError):
            try:
                age.decrypt(stream, out, identity)
            except ValueError as problem:
                problems.append(problem)

    worker = threading.Thread(target=decrypt, name="decrypt-backup", daemon=True)
    worker.start()
    try:
        with os.fdopen(read_end, "rb") as plain:
            yield plain
    except BackupTrouble:
        worker.join()
        if any(isinstance(problem, age.NotForThisIdentity) for problem in problems):
            raise wrong_sheet() from None
        raise
    finally:
        worker.join()
    if problems:
        raise damaged()
