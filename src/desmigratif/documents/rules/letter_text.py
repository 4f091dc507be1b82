"""The words of letters. So far: the family's permission to work abroad (UU 18/2017 art. 13 letter b).

The village head knows of it and signs; husband, wife, parent or guardian gives it. Fields as local manpower
offices ask for them: both identities, the giver's capacity, country, company, work, length of contract.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from desmigratif.documents.rules.letter_page import (
    Check,
    Fact,
    Letterhead,
    LetterPage,
    LetterPress,
    Paragraph,
    Signature,
    shared_press,
)
from desmigratif.documents.rules.statement import AGENCY_LIMIT, LetterStatement
from desmigratif.documents.rules.wording import in_words, printable, roman_month, short_holder, shorten
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date

FAMILY_PERMISSION = "family_permission"

# capacity: title of the letter, the giver to the receiver, the receiver to the giver
CAPACITIES = {
    "husband": ("SURAT IZIN SUAMI", "Suami", "Istri"),
    "wife": ("SURAT IZIN ISTRI", "Istri", "Suami"),
    "father": ("SURAT IZIN ORANG TUA", "Ayah kandung", "Anak kandung"),
    "mother": ("SURAT IZIN ORANG TUA", "Ibu kandung", "Anak kandung"),
    "guardian": ("SURAT IZIN WALI", "Wali", "Anak perwalian"),
    "other": ("SURAT IZIN KELUARGA", "Keluarga", "Keluarga"),
}
EMPLOYER_TYPES = {"household": "Rumah tangga (perseorangan)", "company": "Perusahaan (berbadan hukum)"}


@dataclass(frozen=True, slots=True)
class Office:
    """The village office. Names without the words Kabupaten, Kecamatan, Desa; `kind` is Desa or Kelurahan.

    `regency_kind` is Kabupaten or Kota. `head_title` as the region says it (Kepala Desa, Kuwu). `acting_for`
    is what stands above it when somebody signs for the head ("a.n. Kepala Desa Kuripan").
    """

    regency: str
    district: str
    village: str
    address: str
    head_name: str
    head_title: str = "Kepala Desa"
    postal_code: str = ""
    contact: str = ""
    kind: str = "Desa"
    regency_kind: str = "Kabupaten"
    acting_for: str = ""
    logo: bytes | None = field(default=None, repr=False)

    @property
    def head(self) -> str:
        """Kepala Desa Kuripan; Lurah Sawunggaling."""
        return f"{self.head_title} {self.village}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a letter. What is unknown is empty or None and printed as a dotted line to fill in."""

    name: str
    nik: str = ""
    birth_place: str = ""
    birth_date: date | None = None
    address: str = ""
    occupation: str = ""


@dataclass(frozen=True, slots=True)
class LetterContent:
    """Everything that one family permission says; enough to print it again, years later, byte for byte.

    `country` is alpha-3; `agency` None = without an agency; `qr` the whole text of the QR
    (`statement.qr_text`); `check_address` what a person types ("desa.example/v/"). `relation` names the family
    tie when `capacity` is "other" ("Kakak kandung"). `replaces` is the number of the letter in whose place this one
    was written. `voided_on` prints DICABUT across the page.
    """

    office: Office
    number: str
    issued_on: date
    giver: Person
    capacity: str
    receiver: Person
    country: str
    job: str
    agency: str | None = None
    employer_type: str | None = None
    contract_months: int | None = None
    valid_until: date | None = None
    relation: str = ""
    replaces: str = ""
    qr: str = ""
    short_code: str = ""
    check_address: str = ""
    voided_on: date | None = None

    @property
    def kind(self) -> str:
        return FAMILY_PERMISSION

    @property
    def title(self) -> str:
        return CAPACITIES[self.capacity][0]

    @property
    def holder_name(self) -> str:
        return self.receiver.name

    def statement(self, *, village_code: str, stage: str = "permission") -> LetterStatement:
        """What the village signs for this letter, in the words in which the letter prints it."""
        return LetterStatement(
            village_code=village_code,
            number=printable(self.number),
            kind=FAMILY_PERMISSION,
            stage=stage,
            issued_on=self.issued_on,
            holder=short_holder(self.receiver.name),
            birth_year=self.receiver.birth_date.year if self.receiver.birth_date else None,
            valid_until=self.valid_until,
            country=self.country,
            agency=shorten(self.agency, AGENCY_LIMIT) if self.agency else None,
        )

    def to_json(self) -> str:
        """For keeping the letter as it was printed. The logo is kept with it."""
        return json.dumps(asdict(self), default=plain_value, ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> LetterContent:
        """Read what `to_json` wrote. Raises `ValueError`, `KeyError` or `TypeError` for anything else."""
        return LetterContent.from_row(json.loads(text))

    @staticmethod
    def from_row(row: dict[str, Any]) -> LetterContent:
        """The same, of a document that was read already."""
        people = {name: person_from(row[name]) for name in ("giver", "receiver")}
        return LetterContent(**_with_dates({**row, "office": office_from(row["office"]), **people}, LetterContent))


def office_from(row: dict[str, Any]) -> Office:
    return Office(**_with_logo(row))


def person_from(row: dict[str, Any]) -> Person:
    return Person(**_with_dates(row, Person))


def letter_number(*, sequence: int, classification: str, village_short: str, issued_on: date) -> str:
    """A number as village offices write it: classification/sequence/village/month/year, 474/012/DS-KRP/XI/2026.

    The register counts per village and year, so the sequence alone is unique in it; the month is there because
    offices expect it. Raises `ValueError` when the sequence is not positive.
    """
    if sequence < 1:
        raise ValueError("the register begins with 1")
    month = roman_month(issued_on.month)
    return f"{classification}/{sequence:03d}/{village_short}/{month}/{issued_on.year}"


def render_letter(letter: LetterContent, press: LetterPress | None = None) -> bytes:
    """One letter as PDF/A-2a and PDF/UA-1, one page. Raises `CannotPrint`."""
    return render_letters([letter], press)


def render_letters(letters: Sequence[LetterContent], press: LetterPress | None = None) -> bytes:
    """Several letters as one PDF for the printer, a page each. Raises `CannotPrint`.

    Some fifty at a time: memory grows by about 1 MB a page. Only single letters can be checked as a file.
    """
    return (press or shared_press()).print([letter_page(letter) for letter in letters])


def letter_page(letter: LetterContent) -> LetterPage:
    """The page of a family permission."""
    title, giver_is, receiver_is = CAPACITIES[letter.capacity]
    if letter.capacity == "other" and letter.relation:
        giver_is = receiver_is = letter.relation
    return LetterPage(
        letterhead=letterhead(letter.office),
        title=title,
        number=letter.number,
        issued_on=letter.issued_on,
        blocks=_body(letter, giver_is, receiver_is),
        signatures=_signatures(letter, giver_is),
        check=_check(letter),
        watermark=watermark(letter.voided_on),
    )


def letterhead(office: Office) -> Letterhead:
    """A village is a government of its own; a kelurahan is an office of its regency or city."""
    address = " ".join(part for part in (office.address, office.postal_code) if part)
    regency, own = f"{office.regency_kind} {office.regency}", f"{office.kind} {office.village}"
    governs = office.kind != "Kelurahan"
    return Letterhead(
        above=(
            (regency if governs else f"PEMERINTAH {regency}").upper(),
            f"KECAMATAN {office.district}".upper(),
        ),
        name=(f"PEMERINTAH {own}" if governs else own).upper(),
        address=" · ".join(part for part in (address, office.contact) if part),
        logo=office.logo,
    )


def _body(letter: LetterContent, giver_is: str, receiver_is: str) -> tuple[Paragraph | tuple[Fact, ...], ...]:
    return (
        Paragraph("Yang bertanda tangan di bawah ini:"),
        (*_identity(letter.giver), Fact("Selaku", f"{giver_is} dari penerima izin")),
        Paragraph("dengan ini memberikan izin kepada:"),
        (*_identity(letter.receiver), Fact("Hubungan keluarga", f"{receiver_is} dari pemberi izin")),
        Paragraph("untuk bekerja di luar negeri sebagai Pekerja Migran Indonesia, dengan keterangan:"),
        _work(letter),
        Paragraph(
            "Izin ini saya berikan atas kemauan sendiri, tanpa paksaan atau janji dari siapa pun, setelah saya "
            "memahami pekerjaan, tempat, biaya, hak, kewajiban, dan risikonya. Keberangkatan adalah pilihan "
            "penerima izin sendiri.",
            indent=True,
        ),
        Paragraph(
            "Surat ini dibuat sebagai syarat Pasal 13 huruf b Undang-Undang Nomor 18 Tahun 2017 tentang "
            "Pelindungan Pekerja Migran Indonesia, untuk dipergunakan sebagaimana mestinya." + _in_place_of(letter),
            indent=True,
        ),
    )


def _in_place_of(letter: LetterContent) -> str:
    return f" Surat ini menggantikan surat nomor {letter.replaces}, yang sudah dicabut." if letter.replaces else ""


def _identity(person: Person) -> tuple[Fact, ...]:
    born = ", ".join(
        part for part in (person.birth_place, format_date(person.birth_date) if person.birth_date else "") if part
    )
    rows = [
        Fact("Nama lengkap", _or_line(person.name), strong=True),
        Fact("NIK", _or_line(person.nik)),
        Fact("Tempat, tanggal lahir", _or_line(born)),
    ]
    if person.occupation:
        rows.append(Fact("Pekerjaan", person.occupation))
    return (*rows, Fact("Alamat", _or_line(person.address)))


def _work(letter: LetterContent) -> tuple[Fact, ...]:
    rows = [
        Fact("Negara tujuan", country_name(letter.country), strong=True),
        Fact("Perusahaan penempatan", letter.agency or "Tidak melalui perusahaan penempatan", strong=True),
        Fact("Jabatan / pekerjaan", _or_line(letter.job)),
    ]
    if letter.employer_type:
        rows.append(Fact("Pemberi kerja", EMPLOYER_TYPES[letter.employer_type]))
    rows.append(Fact("Lama kontrak kerja", _or_line(_months(letter.contract_months))))
    if letter.valid_until:
        rows.append(Fact("Surat berlaku sampai", format_date(letter.valid_until)))
    return tuple(rows)


def _months(months: int | None) -> str:
    if months is None:
        return ""
    if months % 12 == 0 and months:
        years = months // 12
        return f"{years} ({in_words(years)}) tahun"
    return f"{months} ({in_words(months)}) bulan"


def _or_line(text: str) -> str:
    return text or "." * 24


def _signatures(letter: LetterContent, giver_is: str) -> tuple[Signature, ...]:
    office = letter.office
    return (
        Signature(
            above=("Mengetahui,", *([office.acting_for] if office.acting_for else []), office.head),
            name=office.head_name,
        ),
        Signature(
            above=(f"{office.village}, {format_date(letter.issued_on)}", f"Yang memberi izin ({giver_is}),"),
            name=letter.giver.name,
            stamp=True,
        ),
    )


def _check(letter: LetterContent) -> Check:
    compare = "negara tujuan, dan perusahaan"
    return check_strip(letter.qr, letter.short_code, letter.check_address, letter.number, compare=compare)


def check_strip(qr: str, short_code: str, check_address: str, number: str, *, compare: str) -> Check:
    """How somebody checks the letter; `compare` is what to compare besides number, day and name."""
    return Check(
        url=qr,
        short_code=short_code,
        steps=(
            "1. Arahkan kamera HP ke kode di samping, lalu buka tautannya. Bila halaman itu pernah dibuka, "
            "pemeriksaan berjalan juga tanpa sinyal.",
            f"2. Tanpa kamera: buka {check_address} dan ketik kode ini:",
        ),
        closing=f"Cocokkan nomor, tanggal, nama, {compare} di layar dengan isi surat ini.",
        alt=f"Kode QR untuk memeriksa surat nomor {number}",
    )


def watermark(voided_on: date | None) -> tuple[str, ...]:
    return ("DICABUT", f"tidak berlaku sejak {format_date(voided_on)}") if voided_on else ()


def voided(letter: LetterContent, on: date) -> LetterContent:
    """The same letter as it is printed after it was taken back."""
    return replace(letter, voided_on=on)


def plain_value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"cannot be kept: {type(value).__name__}")


def _with_logo(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "logo": base64.b64decode(row["logo"]) if row.get("logo") else None}


def _with_dates(row: dict[str, Any], kind: type) -> dict[str, Any]:
    named = {one.name for one in fields(kind) if "date" in str(one.type)}
    return {
        name: date.fromisoformat(value) if name in named and isinstance(value, str) else value
        for name, value in row.items()
    }
