"""Whether this installation signs inside a letter's PDF, and with what (the operator's choice, docs/adr/0006)."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from desmigratif.documents.rules.pdf_signature import PdfSigner, UnusableCertificate, can_sign, read_signer
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import Reason, Refusal

log = logging.getLogger(__name__)

_WAY_OUT = "Betulkan, atau kosongkan DESMIGRATIF_PADES_P12; surat tetap dapat diperiksa lewat kode QR."


class CannotSignFiles(Refusal):
    """The operator asked for signatures inside PDFs, and it cannot be done."""

    code = "cannot_sign_files"


def refuse_unusable_certificate(now: datetime) -> None:
    """Raises `CannotSignFiles` at start-up rather than at the first letter."""
    if settings.PADES_P12 is None:
        return
    if not can_sign():
        text = "DESMIGRATIF_PADES_P12 diisi, tetapi bagian tambahan untuk tanda tangan PDF belum dipasang."
        raise CannotSignFiles(Reason("pades_missing", text, way_out="Pasang dengan pip: desmigratif[pades]."))
    try:
        signer = _signer(settings.PADES_P12, settings.PADES_PASSPHRASE_FILE)
    except UnusableCertificate as problem:
        raise CannotSignFiles(Reason("certificate_unusable", str(problem), way_out=_WAY_OUT)) from None
    if not signer.is_valid_at(now):
        since, until = format_date(signer.valid_from.date()), format_date(signer.valid_until.date())
        text = f"Sertifikat untuk surat hanya berlaku {since} sampai {until}."
        raise CannotSignFiles(Reason("certificate_not_valid", text, way_out=_WAY_OUT))


def sealed(pdf: bytes, now: datetime) -> bytes:
    """The file with this installation's signature; as it came when there is no certificate, or none in force.

    A certificate that ends while the server runs keeps no letter from anybody: the QR still proves it, and the log
    tells the operator.
    """
    if settings.PADES_P12 is None:
        return pdf
    signer = _signer(settings.PADES_P12, settings.PADES_PASSPHRASE_FILE)
    if not signer.is_valid_at(now):
        log.error("the certificate for letters is not in force; this letter's file is not signed")
        return pdf
    return signer.sign(pdf)


@cache
def _signer(p12: Path, passphrase_file: Path | None) -> PdfSigner:
    try:
        passphrase = passphrase_file.read_bytes().rstrip(b"\r\n") if passphrase_file else b""
        return read_signer(p12.read_bytes(), passphrase)
    except OSError as problem:
        raise UnusableCertificate(f"Berkas {problem.filename} tidak dapat dibaca.") from None
