"""First passwords that an administrator hands over: readable aloud, shown once, to be changed at the first sign-in."""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256
from uuid import UUID

from django.contrib.auth.hashers import make_password

from desmigratif.shared.crypto import keyring

_WORDS = (
    "sawah", "padi", "jagung", "kelapa", "pisang", "mangga", "salak", "durian", "kopi", "teh", "gula", "garam",
    "roti", "nasi", "sayur", "tahu", "tempe", "ikan", "ayam", "bebek", "sapi", "kerbau", "kambing", "kucing",
    "merpati", "kancil", "rusa", "gajah", "hutan", "gunung", "sungai", "danau", "pantai", "laut", "pulau", "awan",
    "hujan", "angin", "bulan", "bintang", "pagi", "siang", "sore", "malam", "rumah", "pintu", "jendela", "meja",
    "kursi", "lampu", "payung", "sepeda", "kereta", "perahu", "jembatan", "pasar", "sekolah", "buku", "pensil",
    "batik", "angklung", "gamelan", "layang", "tikar",
)  # fmt: skip


def initial_password(act_id: UUID) -> str:
    """The first password of the account that one act makes: `kopi-sawah-perahu-tikar-4821` (about 37 bits).

    Made from the act's id by a key of this machine, so that a form sent twice shows the same password twice and
    neither the form nor the database ever holds it.
    """
    digest = _digest(act_id, b"password")
    words = [_WORDS[byte % len(_WORDS)] for byte in digest[:4]]
    return "-".join([*words, f"{int.from_bytes(digest[4:8], 'big') % 10_000:04d}"])


def hash_of_initial_password(act_id: UUID) -> str:
    """Its hash, the same for the same act: the act's payload must not differ when a form is sent twice."""
    salt = base64.b32encode(_digest(act_id, b"salt")[:15]).decode()
    return make_password(initial_password(act_id), salt=salt)


def _digest(act_id: UUID, purpose: bytes) -> bytes:
    return hmac.new(keyring().key_for("initial-password"), purpose + act_id.bytes, sha256).digest()
