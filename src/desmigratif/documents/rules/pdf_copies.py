"""A scanned PDF, written again: its pages stay, what can act or tell of its maker goes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

MOST_PAGES = 10
KEPT_BYTES = 5 << 20
# What runs, leads elsewhere, carries other files, or says who made it where and when.
_GO = (
    "/AA", "/A", "/AF", "/AcroForm", "/Annots", "/EmbeddedFile", "/EmbeddedFiles", "/JS", "/JavaScript", "/Launch",
    "/LastModified", "/Metadata", "/OpenAction", "/PieceInfo", "/RichMedia", "/StructParents", "/Tabs", "/Thumb",
    "/URI",
)  # fmt: skip
_WHAT_A_READER_RAISES = (
    PyPdfError, ValueError, RecursionError, MemoryError, ArithmeticError, LookupError, TypeError, AttributeError,
    AssertionError, OSError, NotImplementedError,
)  # fmt: skip
_APPLICATION_MARKS = {0xFE, *range(0xE1, 0xEE), 0xEF}  # comments and APP1-13, 15 of a JPEG; 0 and 14 say its colours


class CannotKeepPdf(ValueError):
    """One sentence and a way out."""

    def __init__(self, code: str, text: str, way_out: str = "Foto halamannya, lalu pilih foto itu.") -> None:
        super().__init__(code)
        self.code, self.text, self.way_out = code, text, way_out


def written_again(sent: bytes) -> tuple[bytes, int]:
    """(the pages alone as a new PDF, how many). Raises `CannotKeepPdf`."""
    try:
        content, pages = _copied(sent)
    except CannotKeepPdf:
        raise
    except _WHAT_A_READER_RAISES:
        raise CannotKeepPdf("broken_pdf", "PDF ini rusak, jadi tidak bisa dibuka.") from None
    if len(content) > KEPT_BYTES:
        raise CannotKeepPdf("pdf_too_large", f"PDF ini lebih dari {KEPT_BYTES >> 20} MB.")
    return content, pages


def _copied(sent: bytes) -> tuple[bytes, int]:
    reader = PdfReader(BytesIO(sent), strict=False)
    if reader.is_encrypted:
        raise CannotKeepPdf("pdf_locked", "PDF ini terkunci dengan kata sandi.")
    pages = len(reader.pages)
    if pages == 0:
        raise CannotKeepPdf("broken_pdf", "PDF ini tidak punya halaman.")
    if pages > MOST_PAGES:
        raise CannotKeepPdf("too_many_pages", f"PDF ini lebih dari {MOST_PAGES} halaman.", "Kirim halaman yang perlu.")
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page, excluded_keys=_GO)
    writer.metadata = None
    for kept in writer._objects:
        _without(kept, depth=0)
    target = BytesIO()
    writer.write(target)
    return target.getvalue(), pages


def _without(kept: Any, *, depth: int) -> None:
    """Take out of an object, and of what lies in it, whatever has to go."""
    if depth > 50:
        raise RecursionError
    if isinstance(kept, DictionaryObject):
        for name in _GO:
            kept.pop(NameObject(name), None)
        if isinstance(kept, StreamObject) and _is_jpeg(kept):
            kept._data = without_marks(bytes(kept._data))
        for inner in kept.values():
            _without(inner, depth=depth + 1)
    elif isinstance(kept, ArrayObject):
        for inner in kept:
            _without(inner, depth=depth + 1)


def _is_jpeg(stream: StreamObject) -> bool:
    used = stream.get("/Filter")
    return used == "/DCTDecode" or (isinstance(used, ArrayObject) and list(used) == ["/DCTDecode"])


def without_marks(jpeg: bytes) -> bytes:
    """A JPEG without what cameras write beside the picture; the picture itself is not touched."""
    kept, place = [jpeg[:2]], 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF and jpeg[place + 1] != 0xDA:
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if jpeg[place + 1] not in _APPLICATION_MARKS:
            kept.append(jpeg[place:end])
        place = end
    return b"".join(kept) + jpeg[place:]
