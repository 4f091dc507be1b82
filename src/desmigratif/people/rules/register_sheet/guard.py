"""Is this a spreadsheet at all, and is it safe to unpack? Answered before anything is unpacked.

Three walls, each enough for its own trick: the zip directory (what the file says of itself), an inflate
that only counts (what it really holds, for directories that lie), and a child process with limits on
memory and time for the reading itself.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from desmigratif.shared.reasons import Reason, Refusal

MIB = 1 << 20
_END_OF_DIRECTORY = b"PK\x05\x06"
_END_LENGTH = 22
_LONGEST_COMMENT = 65_535
_DIRECTORY_BYTES = MIB  # a real sheet's directory is a few kB
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_STEP = 1 << 16
_ALWAYS_ALLOWED = 96 * MIB  # unpacked: 20,000 rows with every cell filled need about half of it


class SheetRefused(Refusal):
    """The file is not a sheet that can be read. One reason, in words for the person who chose it."""

    code = "sheet_refused"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one sheet may ask of the machine. `rows` None = any number.

    Unpacked size is bounded twice: by `unpacked_bytes`, and beyond a web page's measure by how much
    larger than the file it is (`unpacked_times`), since text packs some 20 times, a trap 1,000 times.
    """

    rows: int | None
    file_bytes: int
    unpacked_bytes: int
    memory_bytes: int  # address space of the reading process
    cpu_seconds: int
    entries: int = 1_000
    columns: int = 256
    unpacked_times: int = 64

    def unpacked_cap(self, file_bytes: int) -> int:
        """Bytes that a file of this size may unpack to."""
        return min(self.unpacked_bytes, max(_ALWAYS_ALLOWED, self.unpacked_times * file_bytes))


WEB = Limits(rows=20_000, file_bytes=20 * MIB, unpacked_bytes=_ALWAYS_ALLOWED, memory_bytes=512 * MIB, cpu_seconds=20)
COMMAND = Limits(rows=None, file_bytes=512 * MIB, unpacked_bytes=4096 * MIB, memory_bytes=8192 * MIB, cpu_seconds=600)

_SAVE_AS = "buka di Excel atau LibreOffice, lalu simpan sebagai .xlsx."
_REFUSALS = {
    "empty": "Berkas ini kosong; pilih lagi berkas .xlsx-nya.",
    "too_large": "Berkas ini terlalu besar untuk dibaca dengan aman; hapus gambar, lembar lain, dan isian jauh "
    "di luar tabel, atau bagi menjadi beberapa berkas.",
    "damaged": "Berkas ini rusak atau belum tersalin lengkap; salin atau unduh sekali lagi.",
    "locked": "Berkas ini terkunci kata sandi; buka kuncinya, lalu simpan lagi tanpa kata sandi.",
    "xls": f"Ini berkas Excel lama (.xls); {_SAVE_AS}",
    "xlsb": f"Ini berkas Excel biner (.xlsb); {_SAVE_AS}",
    "ods": f"Ini berkas LibreOffice (.ods); {_SAVE_AS}",
    "csv": f"Ini berkas teks atau CSV, bukan .xlsx; {_SAVE_AS}",
    "html": f"Ini halaman web yang dinamai lembar kerja; {_SAVE_AS}",
    "pdf": "Ini berkas PDF; minta datanya sebagai lembar kerja .xlsx.",
    "document": "Ini dokumen atau salindia, bukan lembar kerja; pilih berkas .xlsx.",
    "picture": "Ini gambar; minta datanya sebagai lembar kerja .xlsx.",
    "not_a_sheet": "Berkas ini bukan lembar kerja .xlsx; pilih berkas .xlsx.",
}
_OPENINGS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"{\\rtf", "document"),
)


def refused(kind: str) -> SheetRefused:
    """The refusal for one kind of trouble, with its sentence."""
    return SheetRefused(Reason(kind, _REFUSALS[kind]))


def load(source: bytes | Path, limits: Limits) -> bytes:
    """The bytes of a sheet that passed every check. Raises `SheetRefused`; a missing path is an `OSError`."""
    content = _bytes_of(source, limits)
    _refuse_what_is_no_zip(content)
    _refuse_a_bloated_directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_other_zips(archive, {entry.filename.lower() for entry in entries})
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error, OSError, RuntimeError):
        raise refused("damaged") from None
    cap = limits.unpacked_cap(len(content))
    _refuse_by_the_directory(entries, limits.entries, cap)
    _refuse_by_inflating(content, entries, cap)
    return content


def _bytes_of(source: bytes | Path, limits: Limits) -> bytes:
    if isinstance(source, Path):
        if source.stat().st_size > limits.file_bytes:
            raise refused("too_large")
        content = source.read_bytes()
    else:
        content = source
    if not content:
        raise refused("empty")
    if len(content) > limits.file_bytes:
        raise refused("too_large")
    return content


def _refuse_what_is_no_zip(content: bytes) -> None:
    if content.startswith(b"PK\x03\x04"):
        return
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # OLE: old Excel, or an .xlsx under a password
        raise refused("locked" if "EncryptedPackage".encode("utf-16-le") in content else "xls")
    for opening, kind in _OPENINGS:
        if content.startswith(opening):
            raise refused(kind)
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise refused("html")
    raise refused("csv" if _looks_like_text(content[:4096]) else "not_a_sheet")


def _looks_like_text(start: bytes) -> bool:
    readable = sum(byte >= 32 or byte in b"\t\r\n" for byte in start)
    return b"\x00" not in start and readable >= 0.98 * len(start)


def _refuse_a_bloated_directory(content: bytes) -> None:
    """Before Python reads the directory: its size, from the end record, bounds how many entries there are."""
    end = content.rfind(_END_OF_DIRECTORY, max(0, len(content) - _LONGEST_COMMENT - _END_LENGTH))
    if end < 0 or end + _END_LENGTH > len(content):
        raise refused("damaged")
    (size,) = struct.unpack_from("<I", content, end + 12)
    if size > _DIRECTORY_BYTES:
        raise refused("too_large")


def _refuse_other_zips(archive: zipfile.ZipFile, names: set[str]) -> None:
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            kind = file.read(80)
        raise refused("ods" if b"opendocument.spreadsheet" in kind else "document")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise refused("document")
    if "xl/workbook.bin" in names:
        raise refused("xlsb")
    if not any(name.startswith("xl/") for name in names):
        raise refused("not_a_sheet")


def _refuse_by_the_directory(entries: list[zipfile.ZipInfo], most: int, cap: int) -> None:
    if len(entries) > most or sum(entry.file_size for entry in entries) > cap:
        raise refused("too_large")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise refused("locked")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise refused("damaged")


def _refuse_by_inflating(content: bytes, entries: list[zipfile.ZipInfo], left: int) -> None:
    """Count what really comes out; nothing is kept. A directory that lied is caught here."""
    for entry in entries:
        try:
            size = _inflated_size(content, entry, left)
        except (zlib.error, struct.error):
            raise refused("damaged") from None
        left -= size
        if left < 0:
            raise refused("too_large")
        if size != entry.file_size:
            raise refused("damaged")


def _inflated_size(content: bytes, entry: zipfile.ZipInfo, cap: int) -> int:
    """Bytes that the entry inflates to; stops soon after `cap`. Raises `zlib.error`, `struct.error`."""
    header = _LOCAL_HEADER.unpack_from(content, entry.header_offset)
    start = entry.header_offset + _LOCAL_HEADER.size + header[9] + header[10]
    packed = memoryview(content)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    inflater, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    for offset in range(0, len(packed), _STEP):
        waiting: bytes | memoryview = packed[offset : offset + _STEP]
        while waiting:
            size += len(inflater.decompress(waiting, MIB))
            if size > cap:
                return size
            waiting = inflater.unconsumed_tail
        if inflater.eof:
            break
    return size
