"""A family permission on paper: one letter, and five hundred for the printer.

From what the register holds of a letter (already numbered and signed) to a PDF page with letterhead, logo, facts,
two signatures and the QR. Ours is always PDF/A-2a and PDF/UA-1: for the archive, and readable aloud. The peer sets
the same words, logo and QR by WeasyPrint, as plain PDF and, for the same work, as tagged PDF/A. The limit writes
the same words and picture at fixed places with pydyf, without setting a line.
"""

from __future__ import annotations

import base64
import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from itertools import cycle
from typing import Any

import pydyf
import weasyprint
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pypdf import PdfReader
from weasyprint.text.fonts import FontConfiguration

from bench.harness import (
    Race,
    Work,
    at_least,
    at_most,
    figures,
    growth_exponent,
    judged_seconds,
    result_of,
    versions,
    write_result,
)
from bench.world import SEED, VILLAGE
from desmigratif.documents.rules.letter_page import Fact, LetterPage, Paragraph
from desmigratif.documents.rules.letter_text import (
    LetterContent,
    Office,
    Person,
    letter_number,
    letter_page,
    render_letter,
    render_letters,
)
from desmigratif.documents.rules.qr import qr_picture
from desmigratif.documents.rules.short_code import short_code
from desmigratif.documents.rules.statement import qr_text, sign_statement

ROUNDS, SINGLES, BATCH, PART = 5, 6, 500, 50
SIZES = (5, 50, 500)
ISSUED_ON = date(2026, 9, 1)
MEN, WOMEN = ("Budi Santoso", "Slamet Riyadi", "Agus Wibowo"), ("Siti Aminah", "Sri Lestari", "Nur Aini")
ARCHIVE = "pdf/a-2a"
Letters = Sequence[LetterContent]


def run() -> None:
    """Nobody prints a letter twice: the compiler of ours remembers what it set, which no village profits from."""
    letters = letters_of((ROUNDS + 1) * BATCH + sum(SIZES))
    batches = [letters[start : start + BATCH] for start in range(0, (ROUNDS + 1) * BATCH, BATCH)]
    singles = [batch[-SINGLES:] for batch in batches]
    _check(letters[0])
    single = Race(
        ours=in_turn(singles, lambda some: [render_letter(one) for one in some]),
        peers={
            "WeasyPrint": in_turn(singles, lambda some: [weasy([one]) for one in some]),
            "WeasyPrint, PDF/A bertanda": in_turn(singles, lambda some: [weasy([one], ARCHIVE) for one in some]),
        },
        limit=in_turn(singles, lambda some: [bare([one]) for one in some]),
        rounds=ROUNDS,
    ).run()
    batch = Race(
        ours=in_turn(batches, lambda some: _pages(render_letters(some), BATCH)),
        peers={"WeasyPrint": in_turn(batches, lambda some: _pages(weasy(some[:PART]), PART))},
        limit=in_turn(batches, lambda some: _pages(bare(some), BATCH)),
        rounds=ROUNDS,
    ).run()
    for times in (batch.wall, batch.cpu):
        times["WeasyPrint"] = [seconds * BATCH / PART for seconds in times["WeasyPrint"]]
    growth = dict(_growth(letters[-sum(SIZES) :]))
    document = result_of(
        "letter", single, exponent=growth_exponent(list(growth.items())), letters_a_round=SINGLES, seed=SEED,
        batch=_batch(batch), growth={str(size): round(seconds, 4) for size, seconds in growth.items()},
        versions=versions("typst", "segno", "weasyprint", "pydyf"), notes=NOTES,
    )  # fmt: skip
    document["goals"] = [
        *(
            at_least(f"satu surat lebih cepat dari {name}, kali", 4, found["worst"])
            for name, found in document["ratio_to_peer"].items()
        ),
        *(
            at_least(f"{BATCH} surat lebih cepat dari {name}, kali", 10, found["worst"])
            for name, found in document["batch"]["ratio_to_peer"].items()
        ),
        at_most("pangkat pertumbuhan", 1.0, document["growth_exponent"]),
    ]
    write_result(document)


def in_turn(sets: Sequence[Letters], work: Callable[[Letters], object]) -> Work:
    """The work, each time with the next set."""
    turn = cycle(sets)
    return lambda: work(next(turn))


def _growth(letters: Letters) -> Iterator[tuple[int, float]]:
    for number, size in enumerate(SIZES):
        start = sum(SIZES[:number])
        some = letters[start : start + size]
        yield size, judged_seconds(lambda: render_letters(some))  # noqa: B023  runs at once


NOTES = (
    "Kami selalu membuat PDF/A-2a dan PDF/UA-1 (arsip, dapat dibacakan). WeasyPrint dicoba dua kali: PDF biasa, dan "
    "PDF/A-2a bertanda, yaitu pekerjaan yang sama. 500 surat hanya dicoba sebagai PDF biasa, yang lebih ringan "
    "baginya, dan diukur pada 50 surat lalu dikalikan sepuluh: satu putaran 500 surat memakan hampir satu menit.",
    "Satu surat diukur enam kali tiap putaran; 500 surat adalah satu PDF untuk pencetak. Setiap putaran mencetak surat "
    "yang belum pernah dicetak, karena Typst mengingat surat yang sudah disusunnya.",
    "Batas: kata dan gambar yang sama ditaruh pydyf di tempat tetap, tanpa menyusun baris.",
)


def _batch(race: Race) -> dict[str, Any]:
    return {"letters": BATCH, "rounds": race.rounds, **figures(race)}


# --- the same letters for all ---


def letters_of(count: int) -> list[LetterContent]:
    """Signed letters of one village, the same ones every time but for the key."""
    dice, key = random.Random(SEED), Ed25519PrivateKey.generate()
    return [_letter(number, dice, key) for number in range(1, count + 1)]


def _letter(sequence: int, dice: random.Random, key: Ed25519PrivateKey) -> LetterContent:
    number = letter_number(sequence=sequence, classification="474", village_short="DS-KRP", issued_on=ISSUED_ON)
    home = f"Dusun Krajan RT {dice.randint(1, 9):03d} RW 001, Desa Kuripan"
    letter = LetterContent(
        office=Office(
            regency="Wonosobo", district="Watumalang", village="Kuripan", address="Jalan Raya Kuripan Nomor 1",
            head_name="Slamet Riyadi", logo=LOGO,
        ),
        number=number, issued_on=ISSUED_ON, giver=_person(dice, MEN, home), capacity="husband",
        receiver=_person(dice, WOMEN, home), country="HKG", job="Penata laksana rumah tangga",
        agency="PT Contoh Penempatan Mandiri", employer_type="household", contract_months=24,
        short_code=short_code(b"s" * 32, village_code=VILLAGE, number=number), check_address="contoh.desa.id/v/",
    )  # fmt: skip
    signed = sign_statement(letter.statement(village_code=VILLAGE), key)
    return replace(letter, qr=qr_text("https://contoh.desa.id", signed))


def _person(dice: random.Random, names: Sequence[str], home: str) -> Person:
    born = date(dice.randint(1975, 2000), dice.randint(1, 12), dice.randint(1, 28))
    nik = f"330710{born:%d%m%y}{dice.randint(1, 3999):04d}"
    return Person(dice.choice(names), nik, "Wonosobo", born, home)


def _logo() -> bytes:
    """A small coat of arms: 160 x 160 pixels of plain colours as PNG."""
    rows = b"".join(
        b"\0" + b"".join(bytes((30 + x, 90, 200 - y)) if abs(x - 80) + abs(y - 80) < 78 else b"\xff" * 3
                         for x in range(160)) for y in range(160)
    )  # fmt: skip
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 160, 160, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


LOGO = _logo()


# --- the peer ---

STYLE = """
@page { size: A4; margin: 14mm 20mm 12mm 25mm }
body { font: 10.5pt/1.25 serif } p { margin: 2mm 0 } footer p { margin: .6mm 0 }
section { break-after: page } h1 { font-size: 12pt; text-decoration: underline }
header { display: flex; border-bottom: 1.7pt solid } header div { flex: 1; text-align: center }
header img { width: 20mm } th { text-align: left; font-weight: normal; width: 32% } p { text-align: justify }
.sign { display: flex; text-align: center } .sign div { flex: 1 } .sign br.room { line-height: 23mm }
footer { display: flex; border-top: .5pt solid; margin-top: 8mm; font-size: 8.6pt } footer img { width: 34mm }
"""
_fonts = FontConfiguration()
_logo_url = "data:image/png;base64," + base64.b64encode(LOGO).decode()


def weasy(letters: Sequence[LetterContent], variant: str | None = None) -> bytes:
    """The same pages by WeasyPrint."""
    body = "".join(_html(letter_page(letter)) for letter in letters)
    page = f'<html lang="id"><head><title>Surat izin</title><style>{STYLE}</style></head><body>{body}</body></html>'
    options = {"pdf_variant": variant, "pdf_tags": True} if variant else {}
    pdf = weasyprint.HTML(string=page).write_pdf(font_config=_fonts, **options)
    if not isinstance(pdf, bytes):
        raise TypeError
    return pdf


def _html(page: LetterPage) -> str:
    head, check = page.letterhead, page.check
    qr = base64.b64encode(qr_picture(check.url)).decode()
    above = _broken(head.above)
    signers = "".join(
        f"<div>{_broken(one.above)}<br class=room>{_broken((one.name, *one.below))}</div>" for one in page.signatures
    )
    steps = "".join(f"<p>{escape(step)}</p>" for step in check.steps)
    return (
        f'<section><header><img src="{_logo_url}" alt="Lambang"><div>{above}<h2>{escape(head.name)}</h2>'
        f"{escape(head.address)}</div></header><h1>{escape(page.title)}</h1><p>Nomor: {escape(page.number)}</p>"
        f"{''.join(map(_block, page.blocks))}<div class=sign>{signers}</div>"
        f'<footer><a href="{escape(check.url)}"><img src="data:image/png;base64,{qr}" alt="{escape(check.alt)}"></a>'
        f"<div><b>Cara memeriksa surat ini</b>{steps}<b>{escape(check.short_code)}</b><p>{escape(check.closing)}</p>"
        "</div></footer></section>"
    )


def _broken(lines: Sequence[str]) -> str:
    return "<br>".join(map(escape, lines))


def _block(block: Paragraph | tuple[Fact, ...]) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    rows = "".join(f"<tr><th>{escape(fact.label)}</th><td>: {escape(fact.value)}</td></tr>" for fact in block)
    return f"<table>{rows}</table>"


# --- the limit ---


def bare(letters: Sequence[LetterContent]) -> bytes:
    """The same words and QR at fixed places in one of the fonts that every reader has."""
    pdf = pydyf.PDF()
    font = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica"})
    pdf.add_object(font)
    for letter in letters:
        _bare_page(pdf, font, letter_page(letter))
    out = io.BytesIO()
    pdf.write(out)
    return out.getvalue()


def _bare_page(pdf: pydyf.PDF, font: pydyf.Dictionary, page: LetterPage) -> None:
    picture = qr_picture(page.check.url)
    (side,) = struct.unpack(">I", picture[16:20])
    packed = picture[picture.index(b"IDAT") + 4 : picture.index(b"IEND") - 8]
    image = pydyf.Stream(
        [packed],
        {
            "Type": "/XObject", "Subtype": "/Image", "Width": side, "Height": side, "ColorSpace": "/DeviceGray",
            "BitsPerComponent": 1, "Filter": "/FlateDecode",
            "DecodeParms": pydyf.Dictionary({"Predictor": 15, "Columns": side, "BitsPerComponent": 1}),
        },
    )  # fmt: skip
    pdf.add_object(image)
    text = pydyf.Stream(compress=True)
    text.begin_text()
    text.set_font_size("F1", 11)
    text.set_text_matrix(1, 0, 0, 1, 70, 800)
    for line in _lines(page):
        text.show_text_string(line)
        text.move_text_to(0, -14)
    text.end_text()
    text.push_state()
    text.set_matrix(96, 0, 0, 96, 70, 34)
    text.draw_x_object("Qr")
    text.pop_state()
    pdf.add_object(text)
    pdf.add_page(
        pydyf.Dictionary(
            {
                "Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": pydyf.Array([0, 0, 595, 842]),
                "Contents": text.reference,
                "Resources": pydyf.Dictionary({
                    "Font": pydyf.Dictionary({"F1": font.reference}),
                    "XObject": pydyf.Dictionary({"Qr": image.reference}),
                }),
            }
        )
    )  # fmt: skip


def _lines(page: LetterPage) -> list[str]:
    facts = [f"{fact.label}: {fact.value}" for block in page.blocks if isinstance(block, tuple) for fact in block]
    words = [block.text for block in page.blocks if isinstance(block, Paragraph)]
    names = [line for one in page.signatures for line in (*one.above, one.name, *one.below)]
    return [
        *page.letterhead.above,
        page.letterhead.name,
        page.title,
        page.number,
        *words,
        *facts,
        *names,
        *page.check.steps,
    ]


# --- checks ---


def _check(letter: LetterContent) -> None:
    """All three say the same names and number on one page."""
    for pdf in (render_letter(letter), weasy([letter]), weasy([letter], ARCHIVE), bare([letter])):
        pages = PdfReader(io.BytesIO(pdf)).pages
        text = pages[0].extract_text()
        if len(pages) != 1 or not all(
            part in text for part in (letter.number, letter.giver.name, letter.receiver.name)
        ):
            raise AssertionError((len(pages), text[:400]))


def _pages(pdf: bytes, count: int) -> None:
    if len(PdfReader(io.BytesIO(pdf)).pages) != count:
        raise AssertionError
