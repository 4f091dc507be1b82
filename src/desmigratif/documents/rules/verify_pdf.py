"""Check a letter's file against its own signed statement, without a network and without decoding pictures.

The QR of a letter is also a link: the statement is read from the link annotation that lies on the QR. Then three
things must agree: the signature over the statement, the QR picture on the page (it must show exactly the linked
text, so nobody can put another picture under a good link) and the facts in the page's text. What is not
attested, such as addresses, is not covered: the verdict's facts are what counts.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject

from desmigratif.documents.rules.qr import QUIET_MODULES, qr_code
from desmigratif.documents.rules.statement import KeySet, LetterStatement, Verdict, read_statement
from desmigratif.documents.rules.wording import HOLDER_WORDS
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on a stranger's file help nobody here

LARGEST_FILE = 8_000_000  # bytes; a letter has about 50,000
_LARGEST_SIDE = 2_000  # pixels of a QR picture
_LINK_MARK = "/v/#"
_REFUSALS = {
    "not_a_pdf": "Berkas ini bukan surat PDF yang dapat dibaca.",
    "several_pages": "Surat desa hanya satu halaman; berkas ini lebih, jadi tidak dapat dipercaya.",
    "no_statement": "Berkas ini tidak memuat kode periksa; pindai kode di surat kertasnya dengan kamera HP.",
    "several_statements": "Berkas ini memuat lebih dari satu kode periksa; surat tidak dapat dipercaya.",
    "revoked": "Surat ini bertanda DICABUT dan tidak berlaku lagi.",
    "qr_differs": "Gambar kode QR di surat ini hilang, terpotong, atau bukan kode milik surat ini.",
}


def verify_pdf(pdf: bytes, keys: KeySet, *, today: date | None = None) -> Verdict:
    """Check a letter's file. Every outcome is a verdict; nothing is raised for a file that is no letter."""
    try:
        pages = _reader(pdf).pages
        if len(pages) != 1:  # else a true letter could vouch for a false page beside it
            return _refused("several_pages")
        urls = _statement_links(pages[0])
        if len(urls) != 1:
            return _refused("several_statements" if urls else "no_statement")
        text, grids = pages[0].extract_text(), list(_qr_grids(pages[0]))
    except Exception:  # whatever a stranger's file makes the reader stumble over
        return _refused("not_a_pdf")
    url = urls.pop()
    verdict = read_statement(url, keys, today=today)
    if verdict.statement is None:
        return verdict
    missing = facts_missing_in(text, verdict.statement, verdict.village_name)
    return _with_text(_with_mark(_with_picture(verdict, url, grids), text), missing)


def _with_mark(verdict: Verdict, text: str) -> Verdict:
    """A print-out marked DICABUT is no valid letter, however old the list of revocations is."""
    if not verdict.valid or "DICABUT" not in text.replace(" ", ""):
        return verdict
    return replace(verdict, valid=False, code="revoked", reason=_REFUSALS["revoked"], revoked=True)


def _with_picture(verdict: Verdict, url: str, grids: list[list[bytes]]) -> Verdict:
    expected = [bytes(row) for row in qr_code(url).matrix]
    if not verdict.valid or expected in grids:
        return verdict
    return replace(verdict, valid=False, code="qr_differs", reason=_REFUSALS["qr_differs"])


def _with_text(verdict: Verdict, missing: list[str]) -> Verdict:
    if not missing:
        return replace(verdict, matches_text=True)
    if not verdict.valid:
        return replace(verdict, matches_text=False)
    reason = f"Isi surat ini berbeda dari yang ditandatangani desa: {', '.join(missing)}. Jangan dipercaya."
    return replace(verdict, valid=False, code="text_differs", reason=reason, matches_text=False)


def _refused(code: str) -> Verdict:
    return Verdict(valid=False, code=code, reason=_REFUSALS[code])


def _reader(pdf: bytes) -> PdfReader:
    if len(pdf) > LARGEST_FILE:
        raise PyPdfError("larger than any letter")
    reader = PdfReader(io.BytesIO(pdf))
    if reader.is_encrypted or len(reader.pages) == 0:
        raise PyPdfError("not a letter")
    return reader


def _statement_links(page: PageObject) -> set[str]:
    links: Any = page.get("/Annots", ArrayObject())
    found = {str(link.get_object().get("/A", {}).get("/URI", "")) for link in links.get_object()}
    return {uri for uri in found if _LINK_MARK in uri}


# --- the picture ---


def _qr_grids(page: PageObject) -> Iterator[list[bytes]]:
    """The modules (1 = dark) of every square grey picture on a page that could be one of our QRs."""
    resources: Any = page.get("/Resources", {})
    for entry in resources.get_object().get("/XObject", {}).values():
        picture = entry.get_object()
        if picture.get("/Subtype") == "/Image" and 0 < picture["/Width"] == picture["/Height"] <= _LARGEST_SIDE:
            yield from _grid(picture.get_data(), int(picture["/Width"]))


def _grid(samples: bytes, side: int) -> Iterator[list[bytes]]:
    """Read a picture of `side` x `side` pixels, one byte each, at whatever whole scale fits its finder pattern."""
    if len(samples) != side * side:
        return
    rows = [samples[start : start + side] for start in range(0, len(samples), side)]
    top = next((number for number, row in enumerate(rows) if min(row) < 128), 0)
    if top % QUIET_MODULES or not top:
        return
    scale = top // QUIET_MODULES
    centres = range(top + scale // 2, side - top, scale)
    yield [bytes(int(rows[y][x] < 128) for x in centres) for y in centres]


# --- the text ---


def facts_missing_in(text: str, statement: LetterStatement, village_name: str) -> list[str]:
    """Names (Indonesian) of the attested facts that do not stand in the text; empty = all stand there."""
    folded = _folded(text)
    return [name for name, pattern in _facts(statement, village_name) if not re.search(pattern, folded, re.MULTILINE)]


def _facts(statement: LetterStatement, village_name: str) -> Iterator[tuple[str, str]]:
    yield "nomor surat", r"nomor\s*:\s*" + _exact(statement.number)
    yield "nama desa", _exact(village_name.split(",")[0])  # "Desa Kuripan, Kec. Watumalang" names it in full
    yield "tanggal surat", r",\s*" + _exact(format_date(statement.issued_on)) + r"\s*$"
    permission = statement.kind == "family_permission"
    yield "nama penerima izin" if permission else "nama pemegang surat", _labelled_holder(statement.holder)
    if statement.birth_year:
        yield "tahun lahir", rf"(?<!\d){statement.birth_year}(?!\d)"
    if statement.country:
        yield "negara tujuan", _labelled(country_name(statement.country))
    if statement.agency:
        yield "perusahaan", _labelled(statement.agency)
    if statement.says:
        yield "isi pokok", _labelled(statement.says)
    if statement.valid_until:
        yield "masa berlaku", _labelled(format_date(statement.valid_until))


def _labelled(value: str) -> str:
    """A value that fills what stands behind a colon; one that was cut for signing ("…") may go on."""
    if value.endswith("…"):
        return r":\s*" + _exact(value.removesuffix("…"), whole=False)
    return r":\s*" + _exact(value) + r"[ ]*$"


def _labelled_holder(holder: str) -> str:
    """First word and initials as a pattern for the full name, which must fill what stands behind a colon."""
    words = [
        rf"{_spaced(word[:-1])}[^\s:]*" if word.endswith(".") else _spaced(word) for word in _folded(holder).split()
    ]
    more = r"(?:\s+[^\s:]+)*" if len(words) == HOLDER_WORDS else ""
    return r":\s*" + r"\s+".join(words) + more + r"[ ]*$"


def _exact(value: str, *, whole: bool = True) -> str:
    """The value as it may stand in extracted text: broken anywhere across lines, but not inside a longer word."""
    return rf"(?<![^\W_]){_spaced(_folded(value))}" + (r"(?![^\W_]|[/-]\w)" if whole else "")


def _spaced(value: str) -> str:
    return r"\s*".join(re.escape(character) for character in value if not character.isspace())


def _folded(text: str) -> str:
    """One spelling for comparing: composed, lower case, without invisible marks."""
    kept = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return kept.casefold()
