"""A copy of a paper as it may be kept: read by its content, written anew, small. Plain Python.

A photo is decoded and encoded again, so that nothing of the file that was sent stays: no place and time of the camera
(EXIF), no second file behind the picture. It is turned upright and made small enough to send, large enough to read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from desmigratif.shared.reasons import Reason, Refusal

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_BYTES = 12 << 20  # of the file that is sent
MOST_PIXELS = 50_000_000  # above what cameras of telephones make; a picture that unpacks to more is no photo
MOST_SIDE = 20_000
KEPT_SIDE = 1800  # the longer side of what is kept: small print of an A4 page can still be read
KEPT_QUALITY = 80
JPEG, PDF = "image/jpeg", "application/pdf"
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")


class UnusableCopy(Refusal):
    """The file cannot be kept as the copy of a paper."""

    code = "unusable_copy"

    def __init__(self, code: str, text: str, way_out: str) -> None:
        super().__init__(Reason(code, text, field="copy", way_out=way_out))


@dataclass(frozen=True, slots=True)
class Copy:
    """What is kept: its kind by content, its bytes, how many pages."""

    media: str
    content: bytes = field(repr=False)
    pages: int = 1


def read_copy(sent: bytes, *, side: int = KEPT_SIDE) -> Copy:
    """The copy that a sent file holds; a picture's longer side is at most `side` pixels.

    Raises `UnusableCopy` with one sentence.
    """
    if not sent:
        raise UnusableCopy("empty_file", "Berkas ini kosong.", "Foto atau pilih sekali lagi.")
    if len(sent) > MOST_BYTES:
        most = MOST_BYTES >> 20
        raise UnusableCopy(
            "too_large", f"Berkas ini lebih dari {most} MB.", "Foto dengan kamera HP, lalu pilih foto itu."
        )
    if sent.startswith(b"%PDF-"):
        return _read_pdf(sent)
    if kind := _picture_kind(sent):
        return Copy(JPEG, _written_again(sent, kind, side))
    if sent[4:8] == b"ftyp" and sent[8:12] in _HEIC:
        raise UnusableCopy(
            "heic", "Foto HEIC dari iPhone belum bisa dibaca di sini.",
            "Di iPhone pilih Pengaturan, Kamera, Format, Paling Kompatibel; atau kirim tangkapan layarnya.",
        )  # fmt: skip
    raise UnusableCopy(
        "not_a_copy", "Isi berkas ini bukan foto dan bukan PDF.", "Pilih foto (JPEG, PNG, WebP) atau PDF."
    )


def _read_pdf(sent: bytes) -> Copy:
    from desmigratif.documents.rules import pdf_copies  # eight megabytes, for a PDF only

    try:
        content, pages = pdf_copies.written_again(sent)
    except pdf_copies.CannotKeepPdf as trouble:
        raise UnusableCopy(trouble.code, trouble.text, trouble.way_out) from None
    return Copy(PDF, content, pages)


def _picture_kind(sent: bytes) -> str | None:
    """By the first bytes, never by the name; the library may try this kind only."""
    if sent.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if sent.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    return "WEBP" if sent[:4] == b"RIFF" and sent[8:12] == b"WEBP" else None


def _written_again(sent: bytes, kind: str, side: int) -> bytes:
    from PIL import Image  # only who keeps a photo carries it

    try:
        with Image.open(BytesIO(sent), formats=[kind]) as opened:
            width, height = opened.size  # from the head of the file; nothing is unpacked yet
            if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
                raise _too_many_pixels()
            opened.draft("RGB", (side, side))  # a JPEG is unpacked no larger than needed
            picture = _upright(opened, side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):  # the library's own limit is wider
        raise _too_many_pixels() from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, OverflowError, MemoryError):
        raise UnusableCopy("broken_picture", "Foto ini rusak, jadi tidak bisa dibuka.", "Foto sekali lagi.") from None
    target = BytesIO()
    picture.save(target, "JPEG", quality=KEPT_QUALITY, optimize=True)
    return target.getvalue()


def _too_many_pixels() -> UnusableCopy:
    return UnusableCopy("too_many_pixels", "Gambar ini terlalu besar untuk dibuka.", "Foto dengan kamera HP.")


def _upright(opened: Picture, side: int) -> Picture:
    """Small, turned as the camera was held, on white, with nothing but its pixels."""
    from PIL import Image, ImageOps

    small = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    small.thumbnail((side, side))
    small = ImageOps.exif_transpose(small)
    page = Image.new("RGB", small.size, "white")
    page.paste(small, mask=small.getchannel("A") if small.mode == "RGBA" else None)
    return page
