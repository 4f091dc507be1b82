"""A copy is read by what it is, never by its name, and written anew: nothing of the sent file stays but the picture."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from desmigratif.documents.rules.copies import JPEG, KEPT_SIDE, MOST_BYTES, PDF, UnusableCopy, read_copy

ORIENTATION, MAKER = 0x0112, 0x010F


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **save: Any) -> bytes:
    """A picture with a red left half."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    target = BytesIO()
    picture.save(target, kind, **save)
    return target.getvalue()


def photo_with_exif(orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "Kamera Rahasia"
    exif.get_ifd(0x8825)[1] = "S"  # where it was taken
    return photo(exif=exif)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def scan(**catalogue: Any) -> bytes:
    """A PDF of one page that is a photo, as a scanning app makes it."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 100)
    image = DecodedStreamObject()
    image.set_data(photo_with_exif())
    image.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
        NameObject("/Width"): NumberObject(60), NameObject("/Height"): NumberObject(40),
        NameObject("/ColorSpace"): NameObject("/DeviceRGB"), NameObject("/BitsPerComponent"): NumberObject(8),
        NameObject("/Filter"): NameObject("/DCTDecode"),
    })  # fmt: skip
    drawn = DecodedStreamObject()
    drawn.set_data(b"q 200 0 0 100 0 0 cm /Foto Do Q")
    page[NameObject("/Contents")] = writer._add_object(drawn)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Foto"): writer._add_object(image)})}
    )
    page[NameObject("/Annots")] = ArrayObject()
    writer.add_metadata({"/Author": "Pembuat Rahasia", "/Producer": "Aplikasi"})
    script = DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('halo')"),
    })  # fmt: skip
    writer.root_object[NameObject("/OpenAction")] = script
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.add_attachment("ikut.exe", b"MZ ikut menumpang")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def why(sent: bytes) -> str:
    with pytest.raises(UnusableCopy) as refusal:
        read_copy(sent)
    (reason,) = refusal.value.reasons
    assert reason.field == "copy"
    assert reason.text.endswith(".")
    assert reason.way_out
    return reason.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_of_any_usual_kind_is_kept_as_a_jpeg(kind: str) -> None:
    copy = read_copy(photo(kind))

    assert (copy.media, copy.pages, opened(copy.content).format) == (JPEG, 1, "JPEG")


def test_a_photo_is_turned_upright_and_says_nothing_of_camera_and_place() -> None:
    """Orientation 6: the camera lay on its side, so the red left half belongs at the top."""
    sent = photo_with_exif(orientation=6)
    copy = read_copy(sent)
    picture = opened(copy.content)

    assert b"Kamera Rahasia" in sent
    assert b"Kamera Rahasia" not in copy.content
    assert not picture.getexif()
    assert "exif" not in picture.info
    assert picture.size == (40, 60)
    top, bottom = picture.getpixel((20, 5)), picture.getpixel((20, 55))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[1] < 60 < 200 < bottom[1]


def test_a_large_photo_becomes_small_enough_to_keep() -> None:
    copy = read_copy(photo(size=(5000, 3000)))

    assert max(opened(copy.content).size) == KEPT_SIDE


def test_what_shines_through_becomes_white() -> None:
    target = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(target, "PNG")

    assert opened(read_copy(target.getvalue()).content).getpixel((10, 10)) == (255, 255, 255)


def test_what_hangs_behind_a_photo_does_not_come_along() -> None:
    """A polyglot: a picture to one program, an archive or a page to another."""
    for behind in (b"PK\x03\x04menumpang", b"<script>menumpang()</script>"):
        assert b"menumpang" not in read_copy(photo() + behind).content


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(1 << 20))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "empty_file"),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "too_large"),
        (bomb(60_000, 60_000), "too_many_pixels"),
        (bomb(2_000_000, 1), "too_many_pixels"),
        (photo()[:200], "broken_picture"),
        (photo("PNG")[:60], "broken_picture"),
        (b"\xff\xd8\xff" + b"bukan foto", "broken_picture"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
        (b"MZ\x90\x00 program", "not_a_copy"),
        (b"PK\x03\x04 arsip", "not_a_copy"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_copy"),
        (b" %PDF-1.7 bukan di awal", "not_a_copy"),
        (b"%PDF-1.7 rusak", "broken_pdf"),
        (photo("GIF"), "not_a_copy"),
    ],
)
def test_what_is_no_copy_is_refused_with_one_sentence_and_a_way_out(sent: bytes, code: str) -> None:
    assert why(sent) == code


def test_a_scan_keeps_its_page_and_loses_maker_script_and_stowaways() -> None:
    sent = scan()
    copy = read_copy(sent)
    (page,) = PdfReader(BytesIO(copy.content)).pages

    assert (copy.media, copy.pages) == (PDF, 1)
    assert page.images[0].image is not None
    assert b"Kamera Rahasia" in sent
    for word in (
        b"Pembuat Rahasia",
        b"alert",
        b"menumpang",
        b"ikut.exe",
        b"Kamera Rahasia",
        b"/JavaScript",
        b"/Annots",
    ):
        assert word not in copy.content


def pages(count: int, password: str = "") -> bytes:
    writer, target = PdfWriter(), BytesIO()
    for _page in range(count):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    writer.write(target)
    return target.getvalue()


def test_a_locked_pdf_and_a_whole_book_are_refused() -> None:
    assert why(pages(1, password="rahasia")) == "pdf_locked"
    assert why(pages(11)) == "too_many_pages"
    assert read_copy(pages(10)).pages == 10
