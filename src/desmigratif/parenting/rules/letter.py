"""A letter to a parent abroad: what stands in it, and how it reads as plain text. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Badge:
    """One thing to be proud of: a kind for its picture, a line, and what it was before."""

    kind: str
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that a letter says; empty = not said."""

    child: str
    age: int | None
    parent: str
    where: str
    when: str
    school: str
    caregiver: str
    words: str
    tutor_words: str
    badges: tuple[Badge, ...]
    trend: tuple[tuple[str, int], ...]
    written: str
    picture: bytes | None = field(default=None, repr=False)

    @property
    def opening(self) -> str:
        """Who the child is today."""
        age = f"Sekarang saya {self.age} tahun" if self.age is not None else ""
        school = f"bersekolah di {self.school}" if self.school else ""
        caregiver = f"Saya diasuh {self.caregiver}." if self.caregiver else ""
        said = " dan ".join(part for part in (age, school) if part)
        said = f"{said[:1].upper()}{said[1:]}." if said else ""
        return " ".join(part for part in (said, caregiver) if part)


def centre_badge(times: int) -> Badge | None:
    """How often the child came to learn and play together."""
    return Badge("centre", f"{times} kali datang ke rumah belajar") if times else None


def school_badge(attended: int | None, days: int | None) -> Badge | None:
    if not days or attended is None:
        return None
    return Badge(
        "school", f"{attended} dari {days} hari masuk sekolah", "Masuk setiap hari!" if attended == days else ""
    )


def reading_badge(now: str, before: str) -> Badge | None:
    """`before` only when the child climbed."""
    if not now:
        return None
    return Badge("reading", f"Sudah {_small(now)}", f"Tadinya {_small(before)}" if before else "")


def body_badge(height_cm: int | None, weight_tenths: int | None, before_cm: int | None) -> Badge | None:
    tall = f"{height_cm} cm" if height_cm else ""
    heavy = f"{weight_tenths / 10:g} kg".replace(".", ",") if weight_tenths else ""
    if not tall and not heavy:
        return None
    grown = height_cm - before_cm if height_cm and before_cm else 0
    return Badge(
        "body", ", ".join(part for part in (tall, heavy) if part), f"Bertambah {grown} cm" if grown > 0 else ""
    )


def _small(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def letter_text(letter: Letter) -> str:
    """The letter as a message: short lines that any telephone shows."""
    proud = [f"- {badge.text}" + (f" ({_small(badge.more)})" if badge.more else "") for badge in letter.badges]
    parts = [
        f"Untuk {letter.parent},",
        f"Kabar {letter.child}, {letter.when}.",
        letter.opening,
        f"“{letter.words}”" if letter.words else "",
        "\n".join(["Tiga bulan ini:", *proud]) if proud else "",
        letter.tutor_words,
        f"Salam dari {letter.child}\n{letter.where}, {letter.written}",
    ]
    return "\n\n".join(part for part in parts if part)
