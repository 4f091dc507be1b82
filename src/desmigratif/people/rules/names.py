"""Names: one key for many spellings, forms of address, and finding a person by half a name."""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

Key = TypeVar("Key")

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
_SURE_ENOUGH = 0.88  # Jaro-Winkler of two tokens that may be one name misspelt


def fold_name(name: str) -> str:
    """The match key of a name: lower-case words without titles, one spelling for what sounds alike.

    "H. Moch. Ma'ruf, S.Pd" and "Muhammad Maruf" fold to the same key. For comparing only, never shown.
    """
    return " ".join(_fold_token(token) for token in _tokens(name))


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
    token = _SAME_NAME.get(token, token)
    for written, sound in _SOUNDS:
        token = token.replace(written, sound)
    return _DOUBLED.sub(r"\1", token)


# --- how a person is named on screen and paper ---


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


# --- finding ---


def rank_names(query: str, candidates: Iterable[tuple[Key, str]], limit: int) -> list[Key]:
    """Keys of the candidates that fit half a name, best first; candidates come folded (`fold_name`).

    Every word of the query must begin or stand inside the name; only when that leaves room are
    misspellings added (Jaro-Winkler by word). An empty query finds nobody.
    """
    folded = fold_name(query)
    words = folded.split()
    if not words or limit < 1:
        return []
    pool = list(candidates)
    ranked = _that_contain(folded, words, pool)
    if len(ranked) < limit:
        already = {place for _, _, place in ranked}
        ranked += _that_sound_like(words, pool, already)
    best = heapq.nsmallest(limit, ranked)
    return [pool[place][0] for _, _, place in best]


def _that_contain(folded: str, words: Sequence[str], pool: Sequence[tuple[object, str]]) -> list[tuple[int, str, int]]:
    """(rank, name, place in the pool): 0 equal, 1 begins so, 2 every word begins a word, 3 stands inside."""
    joined = folded.replace(" ", "")
    openings = [f" {word}" for word in words]
    found = []
    for place, (_, name) in enumerate(pool):
        for word in words:
            if word not in name:
                break
        else:
            if name == folded:
                rank = 0
            elif name.startswith(folded):
                rank = 1
            else:
                spaced = f" {name}"
                rank = 2 if all(opening in spaced for opening in openings) else 3
            found.append((rank, name, place))
            continue
        if joined in name.replace(" ", ""):  # "nuraini" for "nur aini"
            found.append((3, name, place))
    return found


def _that_sound_like(
    words: Sequence[str], pool: Sequence[tuple[object, str]], already: set[int]
) -> list[tuple[int, str, int]]:
    """Candidates in which every word of the query has a likely misspelling; rank falls with likeness."""
    names = [name.split() for _, name in pool]
    known = {token for tokens in names for token in tokens}
    likeness = [_likeness(word, known) for word in words]
    if not all(likeness):
        return []
    found = []
    for place, tokens in enumerate(names):
        total = 0.0
        for close in likeness:
            best = max((close[token] for token in tokens if token in close), default=0.0)
            if not best:
                break
            total += best
        else:
            if place not in already:
                found.append((1000 - int(total / len(words) * 900), pool[place][1], place))
    return found


def _likeness(word: str, known: set[str]) -> dict[str, float]:
    """Which known tokens may be meant by a word, with their likeness (0..1)."""
    close = {token: 1.0 for token in known if token.startswith(word)}
    if len(word) < 3:
        return close
    openings = {token: token[: len(word) + 1] for token in known}  # half a name may be misspelt too
    for _, score, token in process.extract_iter(
        word, openings, scorer=JaroWinkler.similarity, score_cutoff=_SURE_ENOUGH
    ):
        close.setdefault(token, score)
    return close
