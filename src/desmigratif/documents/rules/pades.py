"""pyHanko, held to what PDF/A-2 and PDF/UA-1 allow. Imported only by those who sign: it is an extra.

By itself it would write the document's description anew (and lose its PDF/A form), and for elliptic curves call the
file PDF 2.0, which no PDF/A-2 is.
"""

from __future__ import annotations

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1


class _Appended(IncrementalPdfFileWriter):
    """Adds to a file and leaves its description as it is."""

    def _update_meta(self) -> None:
        pass


class _Signing(PdfSigner):
    """Names the one extension that PAdES needs before PDF 2.0."""

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        pdf_out.register_extension(ESIC_EXTENSION_1)


def append_signature(pdf: bytes, *, p12: bytes, passphrase: bytes | None, field_name: str, field_says: str) -> bytes:
    """A PAdES B-B signature in a field without a picture, outside the page."""
    meta = PdfSignatureMetadata(field_name=field_name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    unseen = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
    place = SigFieldSpec(field_name, invis_sig_settings=unseen, readable_field_name=field_says)
    signer = SimpleSigner.load_pkcs12_data(p12, other_certs=(), passphrase=passphrase)
    signed = io.BytesIO()
    _Signing(meta, signer=signer, new_field_spec=place).sign_pdf(_Appended(io.BytesIO(pdf)), output=signed)
    return signed.getvalue()
