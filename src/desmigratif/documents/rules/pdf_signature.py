"""A signature inside a letter's PDF (PAdES B-B), with a certificate that the operator has.

It stands beside the statement in the QR and never instead of it: an office's reader checks it without knowing us.
It is appended to the file, so that what was signed for the QR stays as it was, and it has no picture, because
PDF/A and PDF/UA both want every visible field described. Needs the extra `pades`: pyHanko is imported by those who
sign, and by nobody else.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.serialization import pkcs12

FIELD_NAME = "Desmigratif"
_FIELD_SAYS = "Tanda tangan elektronik pada berkas surat"
_NOT_OURS = "Berkas sertifikat untuk surat tidak dapat dibuka: bukan PKCS#12, atau kata sandinya lain."
_NOTHING_TO_SIGN_WITH = "Berkas sertifikat untuk surat tidak memuat kunci rahasia beserta sertifikatnya."


class UnusableCertificate(ValueError):
    """Nothing can be signed with this. The message is one Indonesian sentence for the operator."""


@dataclass(frozen=True, slots=True)
class PdfSigner:
    """A certificate with its key, as it lies in a PKCS#12 file."""

    p12: bytes = field(repr=False)
    passphrase: bytes = field(repr=False)
    valid_from: datetime
    valid_until: datetime

    def is_valid_at(self, moment: datetime) -> bool:
        return self.valid_from <= moment <= self.valid_until

    def sign(self, pdf: bytes) -> bytes:
        """The same file with a signature at its end."""
        from desmigratif.documents.rules.pades import append_signature  # the extra is not everywhere

        passphrase = self.passphrase or None
        return append_signature(pdf, p12=self.p12, passphrase=passphrase, field_name=FIELD_NAME, field_says=_FIELD_SAYS)


def can_sign() -> bool:
    """Whether the extra `pades` is installed."""
    return importlib.util.find_spec("pyhanko") is not None


def read_signer(p12: bytes, passphrase: bytes) -> PdfSigner:
    """Open a PKCS#12 file once, to know that it can be used. Raises `UnusableCertificate`."""
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(p12, passphrase or None)
    except ValueError:
        raise UnusableCertificate(_NOT_OURS) from None
    if key is None or certificate is None:
        raise UnusableCertificate(_NOTHING_TO_SIGN_WITH)
    return PdfSigner(p12, passphrase, certificate.not_valid_before_utc, certificate.not_valid_after_utc)
