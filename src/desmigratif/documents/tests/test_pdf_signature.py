"""The signature inside a letter's file: an operator's choice, checked by pyHanko's own validator."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from desmigratif.documents import sealing
from desmigratif.documents.rules.letter_text import LetterContent, render_letter
from desmigratif.documents.rules.pdf_signature import FIELD_NAME, PdfSigner, UnusableCertificate, read_signer
from desmigratif.documents.rules.verify_pdf import verify_pdf
from desmigratif.documents.tests.conftest import Village

PASSPHRASE = b"hanya untuk uji"
NOW = datetime.now(UTC)  # the validator asks the real clock


@dataclass(frozen=True)
class Office:
    """A made-up office's PKCS#12 file and the authority that gave it its certificate."""

    p12: bytes
    authority: x509.Certificate


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, signed_by: ec.EllipticCurvePrivateKey, until: datetime
) -> x509.Certificate:
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    is_authority = name == issuer
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                **usage,
            ),
            critical=True,
        )
        .sign(signed_by, SHA256())
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def make_office(*, until: datetime = NOW + timedelta(days=30)) -> Office:
    root, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _certificate("Otoritas Uji", root, "Otoritas Uji", root, NOW + timedelta(days=60))
    certificate = _certificate("Pemerintah Desa Uji", own, "Otoritas Uji", root, until)
    locked = BestAvailableEncryption(PASSPHRASE)
    return Office(pkcs12.serialize_key_and_certificates(b"surat", own, certificate, [authority], locked), authority)


@pytest.fixture(scope="module")
def office() -> Office:
    return make_office()


@pytest.fixture(scope="module")
def plain(letter: LetterContent) -> bytes:
    return render_letter(letter)


@pytest.fixture(scope="module")
def signed(office: Office, plain: bytes) -> bytes:
    return read_signer(office.p12, PASSPHRASE).sign(plain)


@pytest.fixture
def switched_on(office: Office, tmp_path: Path, settings: Any) -> Iterator[None]:
    _switch_on(settings, tmp_path, office.p12)
    yield
    sealing._signer.cache_clear()


def _switch_on(settings: Any, folder: Path, p12: bytes, passphrase: bytes = PASSPHRASE + b"\n") -> None:
    settings.PADES_P12, settings.PADES_PASSPHRASE_FILE = folder / "surat.p12", folder / "sandi.txt"
    settings.PADES_P12.write_bytes(p12)
    settings.PADES_PASSPHRASE_FILE.write_bytes(passphrase)


def status_of(pdf: bytes, office: Office) -> Any:
    root = asn1_x509.Certificate.load(office.authority.public_bytes(Encoding.DER))
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[root], allow_fetching=False))


def test_an_office_that_trusts_the_authority_finds_the_whole_file_signed(signed: bytes, office: Office) -> None:
    status = status_of(signed, office)

    assert status.bottom_line
    assert (status.coverage.name, status.signing_cert.subject.native) == (
        "ENTIRE_FILE",
        {"common_name": "Pemerintah Desa Uji"},
    )


def test_another_authority_vouches_for_nothing(signed: bytes) -> None:
    status = status_of(signed, make_office())

    assert (status.intact, status.trusted, status.bottom_line) == (True, False, False)


def test_a_changed_byte_breaks_the_signature(signed: bytes, office: Office) -> None:
    tampered = signed.replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>2<")
    assert tampered != signed

    status = status_of(tampered, office)

    assert not status.intact
    assert not status.bottom_line


def test_the_qr_still_says_the_same_and_matches_the_text(signed: bytes, kuripan: Village, plain: bytes) -> None:
    verdict = verify_pdf(signed, kuripan.keys())

    assert verdict == verify_pdf(plain, kuripan.keys())
    assert (verdict.valid, verdict.matches_text) == (True, True)


def test_the_signature_is_appended_to_the_original_file(signed: bytes, plain: bytes) -> None:
    assert signed.startswith(plain)
    assert len(signed) > len(plain)


def test_the_signed_file_is_still_archivable_and_accessible(signed: bytes, plain: bytes) -> None:
    document, before = PdfReader(io.BytesIO(signed)), PdfReader(io.BytesIO(plain))
    root: Any = document.trailer["/Root"]
    was: Any = before.trailer["/Root"]

    assert root["/Metadata"].get_object().get_data() == was["/Metadata"].get_object().get_data()
    assert document.metadata == before.metadata
    assert "/Version" not in root  # PDF/A-2 is PDF 1.7
    assert list(root["/Extensions"]) == ["/ESIC"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/OutputIntents"]
    assert "/NeedAppearances" not in root["/AcroForm"]
    (field,) = [one.get_object() for one in root["/AcroForm"]["/Fields"]]
    width = float(field["/Rect"][2]) - float(field["/Rect"][0])
    assert (field["/T"], width, field["/F"] & 0b100111) == (FIELD_NAME, 0, 0b100)  # printed, and neither hidden
    assert field["/TU"] == "Tanda tangan elektronik pada berkas surat"
    assert float(field["/Rect"][2]) < 0  # outside the page: PDF/UA asks for no place in the text's order


def test_without_the_setting_the_file_is_as_it_was_made(plain: bytes) -> None:
    sealing.refuse_unusable_certificate(NOW)

    assert sealing.sealed(plain, NOW) is plain


@pytest.mark.usefixtures("switched_on")
def test_with_the_setting_the_file_is_signed(plain: bytes, office: Office) -> None:
    sealing.refuse_unusable_certificate(NOW)

    assert status_of(sealing.sealed(plain, NOW), office).bottom_line


@pytest.mark.usefixtures("switched_on")
def test_a_certificate_that_ends_meanwhile_keeps_no_letter_back(plain: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert sealing.sealed(plain, NOW + timedelta(days=31)) is plain
    assert "not in force" in caplog.text


@pytest.mark.usefixtures("switched_on")
def test_a_missing_extra_is_said_at_start_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "can_sign", lambda: False)

    with pytest.raises(sealing.CannotSignFiles) as refusal:
        sealing.refuse_unusable_certificate(NOW)

    assert "belum dipasang" in refusal.value.reasons[0].text
    assert "desmigratif[pades]" in refusal.value.reasons[0].way_out


def sentence_at_start_up() -> str:
    with pytest.raises(sealing.CannotSignFiles) as refusal:
        sealing.refuse_unusable_certificate(NOW)
    (reason,) = refusal.value.reasons
    assert "DESMIGRATIF_PADES_P12" in reason.way_out
    return reason.text


@pytest.mark.parametrize(("cut", "passphrase"), [(20, PASSPHRASE), (None, b"lain"), (None, b"")])
def test_a_certificate_that_does_not_open_is_said_at_start_up(
    cut: int | None, passphrase: bytes, office: Office, tmp_path: Path, settings: Any
) -> None:
    _switch_on(settings, tmp_path, office.p12[:cut], passphrase)

    assert "tidak dapat dibuka" in sentence_at_start_up()


def test_a_missing_file_is_named_at_start_up(tmp_path: Path, settings: Any) -> None:
    settings.PADES_P12 = tmp_path / "tidak-ada.p12"

    assert "tidak-ada.p12 tidak dapat dibaca" in sentence_at_start_up()


def test_a_certificate_out_of_force_is_said_at_start_up(tmp_path: Path, settings: Any) -> None:
    _switch_on(settings, tmp_path, make_office(until=NOW - timedelta(days=1)).p12)

    assert "hanya berlaku" in sentence_at_start_up()


def test_a_file_without_a_key_is_no_certificate_to_sign_with(office: Office) -> None:
    locked = BestAvailableEncryption(PASSPHRASE)
    only_trust = pkcs12.serialize_key_and_certificates(b"x", None, office.authority, None, locked)

    with pytest.raises(UnusableCertificate, match="tidak memuat kunci rahasia"):
        read_signer(only_trust, PASSPHRASE)


def test_key_and_passphrase_stay_out_of_messages(office: Office) -> None:
    shown = repr(read_signer(office.p12, PASSPHRASE))

    assert PdfSigner.__name__ in shown
    assert PASSPHRASE.decode() not in shown
