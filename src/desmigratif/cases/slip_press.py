"""A slip with a code for a pocket. It says neither whose it is nor what it is about, nor from which office it comes."""

from __future__ import annotations

from django.utils.translation import gettext as _

from desmigratif.documents.rules.qr import qr_modules
from desmigratif.documents.typesetting import typeset


def slip(*, code: str, address: str) -> bytes:
    """One page of A6 as PDF. `address` is where the code opens something; empty when it opens nothing."""
    opens = _("Kabarnya bisa dilihat di halaman ini, dengan kode di atas dan tanggal lahir Anda:")
    asks = _("Kabarnya bisa ditanyakan di kantor tempat Anda datang, dengan kode di atas.")
    said = {
        "title": _("Kode kabar"),
        "code": code,
        "how": opens if address else asks,
        "address": address.split("//")[-1],
        "rows": qr_modules(address) if address else [],  # the page alone: a code in it would be in a telephone's memory
        "keep": _("Simpan di tempat yang aman. Kertas ini sengaja tidak menyebut nama dan urusan siapa pun."),
    }
    return typeset("desmigratif.cases", "sheets", "slip.typ", slip=said)
