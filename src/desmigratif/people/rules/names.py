"""Names: one key for many spellings, and forms of address."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_DOUBLED = re.compile(r"([a-z])\1+")
_GLUED_ABDUL = re.compile(r"\babdur+(?=[aeiou])")
# Academic degrees behind a name that forgot the comma: "Slamet S.Pd.I", "Rina A.Md.Keb".
_DEGREES = re.compile(
    r"(?:[\s.]+(?:[sm]\.\s?(?:pd|ag|h|e|kom|sos|ip|kep|km|si|hum|t|p|m|kes|farm|psi|ak)(?:\.\s?i)?"
    r"|a\.?\s?md(?:\.\s?[a-z]+)?|spd|sag|spdi|ssos|skep|skm|skom))+\.?$"
)
_TITLES = frozenset({
    "h", "hj", "kh", "haji", "hajjah", "drs", "dra", "dr", "drg", "ir", "prof", "ust", "ustad", "ustaz",
    "ustadz", "ustadzah", "kyai", "kiai", "nyai", "bpk", "bapak", "ibu", "sdr", "sdri", "tn", "tuan", "ny",
    "nyonya",
})  # fmt: skip
_PARTICLES = frozenset({"bin", "binti", "binte", "bt"})
_ALWAYS_DROPPED = _PARTICLES | {"alm", "almh", "almarhum", "almarhumah"}
_SAME_NAME = {
    variant: name
    for name, variants in {
        "muhammad": "mohammad muhamad mohamad mochamad mochammad mokhamad mukhamad muchamad muchammad "
        "mohamed muhammed mohammed moch mokh moh muh muhd mohd mhd",
        "ahmad": "achmad akhmad ahmat achmat akhmat ahmed",
        "abdul": "abd abdoel abdoul abdur abdus abdun abdut abdush",
        "siti": "sitti st",
        "nur": "noor noer nuur",
    }.items()
    for variant in variants.split()
}
# Spelling before 1972 (tj dj sj nj oe j) and sounds that registers write in more than one way. Since the
# old j is today's y and the old dj today's j, all of them meet in y.
_SOUNDS = (("tj", "c"), ("dj", "j"), ("oe", "u"), ("oo", "u"), ("j", "y"), ("dh", "d"), ("th", "t"),
           ("ph", "f"), ("v", "f"), ("q", "k"), ("z", "s"))  # fmt: skip
_PLACE_WORDS = frozenset({"kab", "kabupaten", "kota", "kec", "kecamatan", "desa", "kel", "kelurahan"})


def fold_name(name: str) -> str:
    """The match key of a name: lower-case words without titles, one spelling for what sounds alike.

    "H. Moch. Ma'ruf, S.Pd" and "Muhammad Maruf" fold to the same key. For comparing only, never shown.
    """
    return " ".join(_fold_token(token) for token in _tokens(name))


def words_heard(name: str) -> list[tuple[str, ...]]:
    """The words of `fold_name`, each with what else it may be: a doubled letter may have lost the one between."""
    words = [(_fold_token(token), _sound(token)) for token in _tokens(name)]
    return [(folded,) if folded == doubled else (folded, doubled) for folded, doubled in words]


def later_words(key: str) -> tuple[str, str]:
    """A folded name from its second and from its third word on; empty where it has no so many."""
    words = key.split()
    return " ".join(words[1:]), " ".join(words[2:])


def fold_place(place: str) -> str:
    """The match key of a place name: "Kab. Wonosobo" and "WONOSOBO" are one."""
    words = _NOT_LETTERS.split(_plain(place))
    return " ".join(_fold_token(word) for word in words if word and word not in _PLACE_WORDS)


def _plain(text: str) -> str:
    """Lower case without accents and apostrophes."""
    text = _APOSTROPHES.sub("", text.lower())
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return text


def _tokens(name: str) -> list[str]:
    before_degrees = _plain(name).lstrip(" ,").split(",", 1)[0]
    text = _GLUED_ABDUL.sub("abdul r", _DEGREES.sub("", before_degrees))
    words = [word for word in _NOT_LETTERS.split(text) if word]
    kept = [word for word in words if word not in _ALWAYS_DROPPED] or words
    kept = _without_titles(kept)
    if len(kept) > 1 and kept[0] == "m":  # "M. Ali": nearly always Muhammad
        kept[0] = "muhammad"
    return kept


def _without_titles(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) - 1:
        if words[start] in _TITLES:
            start += 1
        elif words[start : start + 2] == ["k", "h"] and start + 2 < len(words):
            start += 2
        else:
            break
    return words[start:]


@lru_cache(maxsize=20_000)
def _fold_token(token: str) -> str:
    return _DOUBLED.sub(r"\1", _sound(token))


def _sound(token: str) -> str:
    token = _SAME_NAME.get(token, token)
    for written, sound in _SOUNDS:
        token = token.replace(written, sound)
    return token


def is_no_name(text: str) -> bool:
    """Whether some word typed is no half of any name: folding leaves less of it than it takes ("zzzzqq" is "sk")."""
    return any(_melts_away(word) for word in _tokens(text))


def _melts_away(word: str) -> bool:
    folded = _fold_token(word)
    times = len(word) / len(folded)
    return times > 2 or (times == 2 and not set(folded) & set("aeiou"))


# --- how a person is named on screen and paper ---


_RUN_OF_LETTERS = re.compile(r"[^\W\d_](?:['’‘`´ʼ]?[^\W\d_])*")
_BARE_DEGREE = re.compile(r"[A-Z]{2,3}")


@lru_cache(maxsize=20_000)
def softened(name: str) -> str:
    """A name as a screen shows it: "SITI AMINAH BINTI SALIM, S.PD" as "Siti Aminah binti Salim, S.Pd".

    Only a name written wholly in capitals is touched; the record and papers keep the register's spelling.
    """
    if not name.isupper():
        return name
    before, comma, degrees = name.partition(",")
    first, *others = before.split(" ")
    words = [_soft_word(first), *(word.lower() if word.lower() in _PARTICLES else _soft_word(word) for word in others)]
    behind = [word if _BARE_DEGREE.fullmatch(word.strip(",")) else _soft_word(word) for word in degrees.split(" ")]
    return " ".join(words) + comma + " ".join(behind)


def _soft_word(word: str) -> str:
    if word.rstrip(".") == "KH":
        return word
    return _RUN_OF_LETTERS.sub(lambda run: run[0].capitalize(), word)


def _shown_words(name: str) -> list[str]:
    """The words of a name for people: titles and degrees away, "SITI" as "Siti"."""
    words = [word for word in name.split(",", 1)[0].split() if word.lower() not in _PARTICLES]
    start = 0
    while start < len(words) - 1 and _NOT_LETTERS.sub("", words[start].lower()) in _TITLES:
        start += 1
    return [word.capitalize() if word.isupper() or word.islower() else word for word in words[start:]]


def given_name(name: str) -> str:
    """The word people call someone by: the first that is no title, no abbreviation and no Balinese I/Ni."""
    words = _shown_words(name)
    for word in words:
        if len(word) > 1 and not word.endswith(".") and word.lower() != "ni":
            return word
    return words[0] if words else ""


def initials_form(name: str, birth_year: int | None) -> str:
    """First word, initials, birth year: "Siti A. R. (1990)". Enough to recognise, too little to trace."""
    words = _shown_words(name)
    initials = [f"{word[0].upper()}." for word in words[1:] if word[0].isalpha()]
    year = [f"({birth_year})"] if birth_year else []
    return " ".join(words[:1] + initials + year)


def address_as(name: str, sex: str | None, age: int | None) -> str:
    """Ibu Siti, Bapak Slamet; Adik for who is under 17; Bapak/Ibu when the sex is not known."""
    grown_up = {"F": "Ibu", "M": "Bapak"}.get(sex or "", "Bapak/Ibu")
    title = "Adik" if age is not None and age < 17 else grown_up
    return f"{title} {given_name(name)}".strip()
