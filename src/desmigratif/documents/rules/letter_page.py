"""From the parts of a letter to a page: PDF/A-2a and PDF/UA-1 by Typst, with a picture of its QR.

The words reach Typst as JSON in `sys.inputs`; they are data there and never markup. Fonts come with the
`typst` package, so that every machine sets the same page.

The QR is a picture of four pixels a module rather than a drawing: the check of a file (`verify_pdf`) reads it
back from the page and compares it with the link that lies on it.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from desmigratif.documents.rules.qr import qr_picture
from desmigratif.documents.rules.wording import printable

_LONG_WORD = 24
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_COUNT = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")
_TEMPLATES = ("letter.typ", "office.typ")


class CannotPrint(ValueError):
    """The letter cannot be set. The message is one Indonesian sentence."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line "label : value"."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    indent: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; the first column is words, the others are figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: lines above the name, the name, lines below; `stamp` leaves room for the duty stamp."""

    above: tuple[str, ...]
    name: str
    below: tuple[str, ...] = ()
    stamp: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Lines above the office's name, the name, its address; `logo` is a PNG or JPEG."""

    above: tuple[str, ...]
    name: str
    address: str
    logo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Check:
    """What the strip at the foot says. `url` is the whole text of the QR."""

    url: str
    short_code: str
    steps: tuple[str, ...]
    closing: str
    alt: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """Everything on one page. `watermark`: a word and smaller lines under it, empty for a letter in force."""

    letterhead: Letterhead
    title: str
    number: str
    issued_on: date
    blocks: tuple[Paragraph | Table | tuple[Fact, ...], ...]
    signatures: tuple[Signature, ...]
    check: Check
    watermark: tuple[str, ...] = ()


class LetterPress:
    """A Typst compiler that is kept for many letters; safe to share between threads."""

    def __init__(self) -> None:
        import typst  # seven megabytes that only who prints carries

        self._lock = threading.Lock()
        self._root = Path(tempfile.mkdtemp(prefix="desmigratif-letters-"))
        weakref.finalize(self, shutil.rmtree, self._root, ignore_errors=True)
        for name in _TEMPLATES:
            with as_file(files("desmigratif.documents").joinpath("letters", name)) as template:
                shutil.copyfile(template, self._root / name)
        self._trouble = typst.TypstError
        self._compiler = typst.Compiler(str(self._root / "letter.typ"), root=str(self._root), ignore_system_fonts=True)

    def print(self, pages: Sequence[LetterPage]) -> bytes:
        """One PDF, a sheet for each page. Raises `CannotPrint`.

        First at the usual text size; only when something does not fit is it measured and made smaller.
        """
        with self._lock:
            rows = [_row(page, self._logo_file(page.letterhead.logo)) for page in pages]
            data = json.dumps(rows, ensure_ascii=False)
            moment = _noon(pages[0].issued_on)
            pdf = self._compile(data, moment, fit="no")
            return pdf if page_count(pdf) == len(pages) else self._compile(data, moment, fit="yes")

    def _compile(self, data: str, moment: int, *, fit: str) -> bytes:
        try:
            pdf = self._compiler.compile(
                format="pdf",
                sys_inputs={"letters": data, "fit": fit},
                pdf_standards=["a-2a", "ua-1"],
                timestamp=moment,
            )
        except self._trouble as problem:
            raise CannotPrint("Surat belum bisa dicetak; periksa logo desa, lalu coba lagi.") from problem
        if not isinstance(pdf, bytes):
            raise TypeError("Typst gave no single PDF")
        return pdf

    def _logo_file(self, logo: bytes | None) -> str | None:
        if not logo:
            return None
        kind = next((name for head, name in _SIGNATURES.items() if logo.startswith(head)), None)
        if kind is None:
            raise CannotPrint("Logo desa harus berupa gambar PNG atau JPEG.")
        name = f"logo-{hashlib.sha256(logo).hexdigest()[:24]}.{kind}"
        if not (self._root / name).exists():
            (self._root / name).write_bytes(logo)
        return name


def page_count(pdf: bytes) -> int:
    """How many pages a PDF made by Typst has: its page tree stands there in clear."""
    return max((int(found) for found in _COUNT.findall(pdf)), default=0)


@cache
def shared_press() -> LetterPress:
    """The press of this process."""
    return LetterPress()


def _noon(day: date) -> int:
    """A fixed moment of the day of issue: the same letter is the same file, byte for byte."""
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * 86_400 + 43_200


def _row(page: LetterPage, logo: str | None) -> dict[str, object]:
    return {
        "document_title": f"{_clean(page.title)} {_clean(page.number)}",
        "author": _clean(page.letterhead.name),
        "office": {
            "above": [_clean(line) for line in page.letterhead.above],
            "name": _clean(page.letterhead.name),
            "address": _clean(page.letterhead.address),
            "logo": logo,
            "logo_alt": f"Lambang {_clean(page.letterhead.above[0]).title()}",
        },
        "title": _clean(page.title),
        "number": _breakable(page.number),
        "blocks": [_block(block) for block in page.blocks],
        "signatures": [_signature(one) for one in page.signatures],
        "check": {
            "url": page.check.url,
            "qr": list(qr_picture(page.check.url)),
            "alt": _clean(page.check.alt),
            "code": _clean(page.check.short_code),
            "steps": [_breakable(step) for step in page.check.steps],
            "closing": _clean(page.check.closing),
        },
        "watermark": [_clean(line) for line in page.watermark],
    }


def _block(block: Paragraph | Table | tuple[Fact, ...]) -> dict[str, object]:
    if isinstance(block, Table):
        return {"type": "table", "head": [_clean(one) for one in block.head],
                "rows": [[_breakable(one) for one in row] for row in block.rows]}  # fmt: skip
    if isinstance(block, Paragraph):
        return {"type": "paragraph", "text": _breakable(block.text), "indent": block.indent}
    rows = [{"label": fact.label, "value": _breakable(fact.value), "strong": fact.strong} for fact in block]
    return {"type": "facts", "rows": rows}


def _signature(one: Signature) -> dict[str, object]:
    return {
        "above": [_breakable(line) for line in one.above],
        "name": _breakable(one.name),
        "below": [_breakable(line) for line in one.below],
        "stamp": one.stamp,
    }


def _clean(text: str) -> str:
    return printable(text)


def _breakable(text: str) -> str:
    """Printable text in which very long words may be broken (by zero-width spaces), never cut off."""
    return " ".join(_with_breaks(word) for word in printable(text).split(" "))


def _with_breaks(word: str) -> str:
    if len(word) <= _LONG_WORD:
        return word
    return "\u200b".join(word[start : start + 8] for start in range(0, len(word), 8))
