"""The signed statement in a letter's QR, and the verdict of a check.

The QR holds `{PUBLIC_URL}/v/#<base64url CWT>`. The part behind "#" never leaves the browser. The CWT is a
COSE_Sign1 with Ed25519 (`cose.py`) over these claims::

    6  iat         day of issue, seconds since 1970 at 00.00 UTC of that day (only the day has a meaning)
    4  exp         first day on which the letter is no longer valid, same form; left out = no end
    -65537         private-use claim, a map:
       1 village   33.07.10.2004 as the number 3307102004, other codes as text
       2 number    the letter's number as printed
       3 kind      number of `KINDS`, an unlisted kind as text
       4 stage     number of `STAGES`, an unlisted stage as text
       5 country   ISO 3166-1 alpha-3, left out = none
       6 agency    at most 48 characters, left out = none
       7 holder    first word and initials
       8 born      year, left out = unknown
       9 says      what a village letter says in the main, at most 48 characters, left out = nothing beyond its kind

Small on purpose: about 190 bytes, so that the QR is readable at three centimetres.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desmigratif.documents.rules import cose
from desmigratif.documents.rules.keys import (
    HubKey,
    KeySet,
    KeysUnreadable,
    Revocations,
    VillageKey,
    certify,
    fingerprint,
)
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date

__all__ = [
    "AGENCY_LIMIT", "KINDS", "KIND_LABELS", "SAYS_LIMIT", "STAGES", "VILLAGE_STAGE", "HubKey", "KeySet",
    "KeysUnreadable", "LetterStatement", "Revocations", "Verdict", "VillageKey", "certify", "fingerprint", "qr_text",
    "read_statement", "sign_statement",
]  # fmt: skip

KIND_LABELS = {
    "family_permission": "Surat izin keluarga",
    "marital_status": "Surat keterangan status perkawinan",
    "skck_cover": "Surat pengantar SKCK",
    "passport_cover": "Surat pengantar paspor",
    "general_cover": "Surat pengantar umum",
    "domicile": "Surat keterangan domisili",
    "identity_difference": "Surat keterangan beda identitas",
    "travel": "Surat keterangan bepergian",
    "poverty": "Surat keterangan tidak mampu",
    "referral": "Surat rujukan",
    "village_report": "Laporan bulanan desa",
    "training_certificate": "Sertifikat pelatihan usaha",
}
KINDS = {kind: number for number, kind in enumerate(KIND_LABELS, start=1)}  # signed: never in another order
VILLAGE_STAGE = "village"  # a letter of the village that belongs to no stage of the journey
STAGES = {"permission": 1, "departure": 2, "abroad": 3, VILLAGE_STAGE: 4}
AGENCY_LIMIT = SAYS_LIMIT = 48
LIST_IS_OLD_AFTER_DAYS = 7
_LETTER = -65537
_EXP, _IAT = 4, 6
_DAY_SECONDS = 86_400
_LONGEST_TEXT = 2_000
_VILLAGE = re.compile(r"(\d\d)\.(\d\d)\.(\d\d)\.(\d{4})")
_REFUSALS = {
    "not_a_statement": "Kode ini rusak atau bukan kode surat desa; surat tidak dapat dipercaya.",
    "not_a_letter": "Kode ini ditandatangani desa, tetapi bukan kode surat; surat tidak dapat dipercaya.",
    "unknown_key": "Kunci penanda tangan surat ini tidak dikenal; tanyakan ke kantor desa sebelum percaya.",
    "bad_signature": "Tanda tangan digital tidak cocok: isi kode sudah diubah atau dipalsukan.",
    "key_of_another_village": "Surat ini ditandatangani dengan kunci milik desa lain; surat tidak sah.",
    "key_not_certified": "Kunci desa ini belum disahkan kabupaten; tanyakan ke kantor desa sebelum percaya.",
    "key_expired": "Kunci penanda tangan tidak berlaku pada tanggal surat ini; surat tidak sah.",
}
_KIND_NAMES = {number: name for name, number in KINDS.items()}
_STAGE_NAMES = {number: name for name, number in STAGES.items()}


@dataclass(frozen=True, slots=True)
class LetterStatement:
    """The facts that a village signs for one letter.

    `holder` is first word + initials (`wording.short_holder`), `agency` at most `AGENCY_LIMIT` characters
    (`wording.shorten`) as is `says`, `country` alpha-3, `valid_until` the last valid day. `kid` (hex) names the key;
    it is filled in when a statement is read and need not be given to sign one.
    """

    village_code: str
    number: str
    kind: str
    stage: str
    issued_on: date
    holder: str
    birth_year: int | None = None
    valid_until: date | None = None
    country: str | None = None
    agency: str | None = None
    says: str | None = None
    kid: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `valid` only when the letter may be relied on: signature, key, dates and list all
    agree and, for a file, its text too.

    `code` is stable for programs; `reason` is for people. `revoked` and `matches_text` are None when that
    could not be checked (no list, or one older than the letter; no file). `revocations_as_of` is the day of
    the list.
    """

    valid: bool
    code: str
    reason: str
    statement: LetterStatement | None = None
    village_name: str = ""
    revoked: bool | None = None
    revocations_as_of: date | None = None
    matches_text: bool | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `verify-letter`."""
        facts = self.statement
        return {
            "valid": self.valid,
            "matches_text": self.matches_text,
            "reason": self.reason,
            "village": facts.village_code if facts else None,
            "number": facts.number if facts else None,
            "kind": facts.kind if facts else None,
            "issued_on": facts.issued_on.isoformat() if facts else None,
            "revoked": self.revoked,
        }

    @property
    def level(self) -> str:
        """The state a screen shows: aman, cek (genuine, but revocation could not be checked) or henti."""
        if not self.valid:
            return "henti"
        return "aman" if self.revoked is False else "cek"

    @property
    def facts(self) -> list[dict[str, str]]:
        """What the village attests, for people: rows of label and value; empty without a statement."""
        return _fact_rows(self.statement, self.village_name) if self.statement else []


def _fact_rows(facts: LetterStatement, village_name: str) -> list[dict[str, str]]:
    born = f" (lahir {facts.birth_year})" if facts.birth_year else ""
    country = country_name(facts.country) if facts.country else None
    rows = {
        "Jenis surat": KIND_LABELS.get(facts.kind, facts.kind),
        "Nomor surat": facts.number,
        "Desa": f"{village_name} ({facts.village_code})" if village_name else facts.village_code,
        "Tanggal surat": format_date(facts.issued_on),
        "Berlaku sampai": format_date(facts.valid_until) if facts.valid_until else None,
        "Nama singkat": f"{facts.holder}{born}",
        "Negara tujuan": country,
        "Perusahaan penempatan": facts.agency,
        "Isi pokok": facts.says,
    }
    return [{"label": label, "value": value} for label, value in rows.items() if value]


def sign_statement(statement: LetterStatement, private_key: Ed25519PrivateKey) -> bytes:
    """The signed statement as CWT. Raises `ValueError` for facts that do not fit the statement."""
    kid = cose.key_id(private_key.public_key().public_bytes_raw()).hex()
    if statement.kid not in ("", kid):
        raise ValueError("the statement names another key")
    claims = _claims(statement)
    if _statement(claims, kid) != replace(statement, kid=kid):
        raise ValueError("the statement does not read back as it was written")
    return cose.sign(claims, private_key)


def qr_text(public_url: str, cwt: bytes) -> str:
    """What the QR of a letter holds."""
    return f"{public_url.rstrip('/')}/v/#{cose.to_base64url(cwt)}"


def read_statement(text_or_url: str, keys: KeySet, *, today: date | None = None) -> Verdict:
    """Check the text of a QR (or only its part behind "#") against known keys.

    Without `today` nothing is said about letters whose time is over and about an old revocation list.
    """
    try:
        envelope = cose.open_envelope(cose.from_base64url(_payload_text(text_or_url)))
    except ValueError:
        envelope = None
    if envelope is None:
        return _refused("not_a_statement")
    candidates = keys.keys_called(envelope.kid)
    if not candidates:
        return _refused("unknown_key")
    if not cose.is_signed_by(envelope, candidates[0].public_key):
        return _refused("bad_signature")
    try:
        statement = _statement(cose.claims_of(envelope), envelope.kid.hex())
    except (ValueError, KeyError, TypeError, OverflowError):
        return _refused("not_a_letter")
    return _judge(statement, candidates, keys, today)


def _payload_text(text_or_url: str) -> str:
    text = text_or_url.strip()
    if len(text) > _LONGEST_TEXT:
        raise ValueError("too long for a statement")
    return text.partition("#")[2] if "#" in text else text


def _judge(statement: LetterStatement, candidates: Sequence[VillageKey], keys: KeySet, today: date | None) -> Verdict:
    """The verdict on a statement whose signature is good."""
    of_village = [key for key in candidates if key.village_code == statement.village_code]
    if not of_village:
        return _refused("key_of_another_village", statement)
    believed = [key for key in of_village if keys.believes(key)]
    if not believed:
        return _refused("key_not_certified", statement)
    in_time = [key for key in believed if key.may_sign_on(statement.issued_on)]
    if not in_time:
        return _refused("key_expired", statement, believed[0].village_name)
    revoked = _is_revoked(statement, keys.revocations)
    problem = ("revoked", _revoked_text(statement, keys)) if revoked else _date_problem(statement, today)
    code, reason = problem or ("valid", _good_news(statement, in_time[0], keys.revocations, revoked, today))
    return Verdict(
        valid=problem is None,
        code=code,
        reason=reason,
        statement=statement,
        village_name=in_time[0].village_name,
        revoked=revoked,
        revocations_as_of=keys.revocations.as_of if keys.revocations else None,
    )


def _is_revoked(statement: LetterStatement, revocations: Revocations | None) -> bool | None:
    """None when the list is absent, or too old to know this letter."""
    if revocations is None:
        return None
    if (statement.village_code, statement.number) in revocations.letters:
        return True
    return False if statement.issued_on <= revocations.as_of else None


def _revoked_text(statement: LetterStatement, keys: KeySet) -> str:
    """Taken back since when the list was made, and which letter took its place."""
    known = keys.revocations
    as_of = f" (daftar per {format_date(known.as_of)})" if known else ""
    other = known.replaced_by.get((statement.village_code, statement.number)) if known else None
    instead = f" Penggantinya surat nomor {other}." if other else ""
    return f"Surat ini asli tetapi sudah dicabut oleh desa dan tidak berlaku lagi{as_of}.{instead}"


def _date_problem(statement: LetterStatement, today: date | None) -> tuple[str, str] | None:
    if today is None:
        return None
    if statement.valid_until and statement.valid_until < today:
        until = format_date(statement.valid_until)
        return "expired", f"Surat ini asli, tetapi masa berlakunya habis pada {until}."
    if statement.issued_on > today + timedelta(days=1):
        text = "Tanggal surat lebih baru daripada tanggal perangkat ini; periksa jam perangkat, lalu ulangi."
        return "from_the_future", text
    return None


def _good_news(
    statement: LetterStatement,
    key: VillageKey,
    revocations: Revocations | None,
    revoked: bool | None,
    today: date | None,
) -> str:
    signer = key.village_name
    if not signer.startswith(("Desa ", "Kelurahan ")):
        signer = f"Desa {signer}"
    genuine = f"Surat ini asli: ditandatangani {signer} pada {format_date(statement.issued_on)}"
    if revocations is None:
        return f"{genuine}; pencabutan belum diperiksa karena daftarnya tidak ada."
    as_of = format_date(revocations.as_of)
    if revoked is None:
        return f"{genuine}; daftar pencabutan (per {as_of}) lebih tua daripada surat ini."
    if today and (today - revocations.as_of).days > LIST_IS_OLD_AFTER_DAYS:
        return f"{genuine}; tidak ada di daftar pencabutan per {as_of}, tetapi daftar itu sudah lama."
    return f"{genuine} dan tidak dicabut (daftar per {as_of})."


def _refused(code: str, statement: LetterStatement | None = None, village_name: str = "") -> Verdict:
    return Verdict(valid=False, code=code, reason=_REFUSALS[code], statement=statement, village_name=village_name)


def _claims(statement: LetterStatement) -> dict[int, object]:
    village = _VILLAGE.fullmatch(statement.village_code)
    facts: dict[int, object | None] = {
        1: int("".join(village.groups())) if village else statement.village_code,
        2: statement.number,
        3: KINDS.get(statement.kind, statement.kind),
        4: STAGES.get(statement.stage, statement.stage),
        5: statement.country,
        6: statement.agency,
        7: statement.holder,
        8: statement.birth_year,
        9: statement.says,
    }
    claims: dict[int, object] = {_IAT: _seconds(statement.issued_on)}
    if statement.valid_until:
        claims[_EXP] = _seconds(statement.valid_until) + _DAY_SECONDS
    claims[_LETTER] = {label: value for label, value in facts.items() if value is not None}
    return claims


def _statement(claims: dict[Any, Any], kid: str) -> LetterStatement:
    """Read claims. Raises `ValueError`, `KeyError` or `TypeError` for anything that is not a letter's
    statement."""
    facts = claims[_LETTER]
    if not set(claims) <= {_EXP, _IAT, _LETTER} or not set(facts) <= set(range(1, 10)):
        raise ValueError("unknown claims")
    village, until = facts[1], claims.get(_EXP)
    return LetterStatement(
        village_code=_dotted(village) if isinstance(village, int) else _text(village, 20),
        number=_text(facts[2], 60),
        kind=_named(facts[3], _KIND_NAMES),
        stage=_named(facts[4], _STAGE_NAMES),
        issued_on=_day(claims[_IAT]),
        holder=_text(facts[7], 60),
        birth_year=_year(facts[8]) if 8 in facts else None,
        valid_until=_day(until - _DAY_SECONDS) if until is not None else None,
        country=_text(facts[5], 3) if 5 in facts else None,
        agency=_text(facts[6], AGENCY_LIMIT) if 6 in facts else None,
        says=_text(facts[9], SAYS_LIMIT) if 9 in facts else None,
        kid=kid,
    )


def _dotted(village: int) -> str:
    digits = f"{village:010d}"
    code = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"
    if not _VILLAGE.fullmatch(code):
        raise ValueError("not a village code")
    return code


def _named(value: object, names: dict[int, str]) -> str:
    return names[value] if isinstance(value, int) else _text(value, 30)


def _text(value: object, limit: int) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= limit:
        raise ValueError("not a text of that length")
    return value


def _year(value: object) -> int:
    if not isinstance(value, int) or not 1900 <= value <= 2200:
        raise ValueError("not a year of birth")
    return value


def _seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _day(seconds: object) -> date:
    if not isinstance(seconds, int) or seconds % _DAY_SECONDS:
        raise ValueError("not a whole day")
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()
