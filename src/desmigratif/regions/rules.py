"""What a region's code says about itself, and one spelling for names that are written in many ways. Plain Python.

A code is `PP.KK.CC.DDDD`: province, regency (01-69 kabupaten, 71-99 kota), district, village (first digit 1
kelurahan, 2 desa, 3 kampung adat).
"""

from __future__ import annotations

import re
import unicodedata

NATION = "ID"
NATION_NAME = "Indonesia"
PROVINCE, REGENCY, DISTRICT, VILLAGE = 1, 2, 3, 4

_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
_VILLAGE_KINDS = {"1": "Kelurahan", "2": "Desa", "3": "Kampung Adat"}
# Longest first: "Kota Administrasi Jakarta Pusat" is a Kota Administrasi, not a Kota named Administrasi.
_REGENCY_KINDS = ("Kabupaten Administrasi", "Kota Administrasi", "Kabupaten", "Kota")
_SHORT = {
    "Kabupaten Administrasi": "Kab. Adm.",
    "Kota Administrasi": "Kota Adm.",
    "Kabupaten": "Kab.",
    "Kecamatan": "Kec.",
}
# Keppres 41/1987: Bali, Nusa Tenggara, South, East and North Kalimantan and Sulawesi keep WITA; Maluku and Papua
# keep WIT; everybody else, West and Central Kalimantan too, keeps WIB. Every regency follows its province.
_WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


def is_code(text: str) -> bool:
    """Whether a text has the shape of a region's code, of any level."""
    return _CODE.fullmatch(text) is not None


def typed_code(text: str) -> str:
    """The code, or the beginning of one, that somebody typed with or without dots; empty when it is a name."""
    if not re.fullmatch(r"\d[\d.]{1,12}", text):
        return ""
    if "." in text:
        return text
    return ".".join(part for part in (text[:2], text[2:4], text[4:6], text[6:10]) if part)


def level_of(code: str) -> int:
    """1 province, 2 regency, 3 district, 4 village."""
    return code.count(".") + 1


def parent_of(code: str) -> str:
    """The code one level up; empty for a province."""
    return code.rpartition(".")[0]


def path_of(code: str) -> tuple[str, ...]:
    """The codes from the province down to this one."""
    parts = code.split(".")
    return tuple(".".join(parts[: n + 1]) for n in range(len(parts)))


def kind_and_name(code: str, listed_name: str) -> tuple[str, str]:
    """("Kabupaten", "Wonosobo") from the code and the name as the decree lists it."""
    level = level_of(code)
    if level == PROVINCE:
        return "Provinsi", listed_name
    if level == DISTRICT:
        return "Kecamatan", listed_name
    if level == VILLAGE:
        return _VILLAGE_KINDS[code.rpartition(".")[2][0]], listed_name
    for kind in _REGENCY_KINDS:
        if listed_name.startswith(kind + " "):
            return kind, listed_name.removeprefix(kind + " ")
    raise ValueError(f"{code} is neither kabupaten nor kota: {listed_name}")


def short_label(kind: str, name: str) -> str:
    """Kab. Wonosobo, Kec. Watumalang, Desa Kuripan."""
    return f"{_SHORT.get(kind, kind)} {name}"


def utc_offset_of(code: str) -> int:
    """Hours ahead of UTC that the clocks of a region show: 7 WIB, 8 WITA, 9 WIT. The nation answers in WIB."""
    province = code[:2]
    if province in _WITA:
        return 8
    return 9 if province in _WIT else 7


_KIND_WORDS = frozenset({
    "provinsi", "prov", "propinsi", "kabupaten", "kab", "kabkota", "kecamatan", "kec", "distrik",
    "desa", "ds", "kelurahan", "kel", "kampung", "administrasi", "adm",
})  # fmt: skip
# Spelling before 1972 and sounds that are written in more than one way; only for comparing.
_SOUNDS = (("tj", "c"), ("dj", "y"), ("oe", "u"), ("j", "y"), ("dh", "d"), ("th", "t"), ("sy", "s"), ("v", "f"))
_DOUBLED = re.compile(r"([a-z])\1+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")


def words_of(text: str) -> list[str]:
    """The folded words of a name or of what somebody types, without words for a kind (desa, kec., kab.)."""
    plain = _APOSTROPHES.sub("", text.lower())
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    words = [word for word in _NOT_WORD.split(plain) if word]
    kept = [word for word in words if word not in _KIND_WORDS] or words
    return [_fold(word) for word in kept]


def search_key(name: str) -> str:
    """The key by which a region is found: "Watu Malang", "watumalang" and "WATUMALANG" are one."""
    return "".join(words_of(name))


def _fold(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLED.sub(r"\1", word)
