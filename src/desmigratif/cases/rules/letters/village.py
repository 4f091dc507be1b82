"""When the village may write one of its own letters. Plain Python.

Everything that is missing is told at once, one sentence each, so that nobody comes back twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desmigratif.documents.rules.village_kinds import Kind
from desmigratif.shared.dates import age_on, parse_date
from desmigratif.shared.reasons import Reason

COMPLETE_THE_REGISTER = "Lengkapi dulu data warganya; surat ini bisa dilanjutkan sesudahnya."


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """The plan abroad that is under way: the level of its newest check, and what stopped it."""

    level: str | None
    stops: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """A letter as it was asked for: what the register knows of the holder, what was asked, and who came."""

    kind: Kind
    known: Mapping[str, str]
    birth_date: date | None
    asked: Mapping[str, str]
    asked_by: str
    on: date


def reasons_not_to_write(wish: Wish, *, plan: PlanStanding | None, standing_number: str) -> list[Reason]:
    """Why the letter cannot be written; empty means it can. `standing_number`: one of this kind that holds."""
    return [
        *_about_age(wish),
        *_about_asker(wish),
        *_about_plan(wish.kind, plan),
        *_about_register(wish),
        *_about_asked(wish),
        *_about_standing(wish.kind, standing_number),
    ]


def reasons_before_asking(wish: Wish, *, plan: PlanStanding | None, standing_number: str) -> list[Reason]:
    """The same before anything was asked: what the form cannot mend."""
    return [
        *_about_age(wish),
        *_about_plan(wish.kind, plan),
        *_about_register(wish),
        *_about_standing(wish.kind, standing_number),
    ]


def _about_age(wish: Wish) -> list[Reason]:
    kind = wish.kind
    if not kind.minimum_age or wish.birth_date is None or age_on(wish.birth_date, wish.on) >= kind.minimum_age:
        return []
    return [
        Reason(
            "under_age",
            f"{kind.label} dibuat untuk yang sudah berumur {kind.minimum_age} tahun.",
            citation=kind.citation,
            way_out="Periksa tanggal lahirnya; bila benar, surat ini bisa diminta sesudah cukup umur.",
        )
    ]


def _about_asker(wish: Wish) -> list[Reason]:
    age = age_on(wish.birth_date, wish.on) if wish.birth_date else None
    allowed = wish.kind.askers_for(age)
    if wish.asked_by in allowed or not allowed:
        return []
    names = ", ".join(label.lower() for label in allowed.values())
    return [
        Reason(
            "asker_not_entitled",
            f"Surat ini hanya boleh diminta oleh: {names}.",
            field="asked_by",
            way_out="Minta yang berhak datang sendiri.",
        )
    ]


def _about_plan(kind: Kind, plan: PlanStanding | None) -> list[Reason]:
    if not kind.needs_plan:
        return []
    if plan is None:
        text = "Belum ada rencana bekerja di luar negeri yang dicatat untuk warga ini."
        return [Reason("no_plan", text, citation=kind.citation, way_out="Catat rencananya, lalu periksa tawarannya.")]
    if plan.level is None:
        text, way_out = "Tawaran kerjanya belum diperiksa.", "Periksa tawaran dulu; sekitar lima menit."
        return [Reason("offer_not_checked", text, citation="UU 18/2017 Pasal 42 huruf b", way_out=way_out)]
    return list(plan.stops) if plan.level == "stop" else []


def _about_register(wish: Wish) -> list[Reason]:
    missing = [one for one in wish.kind.register if not wish.known.get(one.code)]
    return [Reason(f"{one.code}_unknown", one.missing, way_out=COMPLETE_THE_REGISTER) for one in missing]


def _about_asked(wish: Wish) -> list[Reason]:
    reasons = []
    for name in wish.asked:
        if wish.kind.asked(name) is None:
            reasons.append(Reason("unknown_fact", "Isian ini bukan bagian dari surat ini.", field=f"facts.{name}"))
    for one in wish.kind.asks:
        text, field = wish.asked.get(one.code, "").strip(), f"facts.{one.code}"
        if not text and one.required:
            reasons.append(Reason(f"{one.code}_missing", one.missing, field=field))
        elif len(text) > one.most:
            reasons.append(Reason("too_long", f"Paling panjang {one.most} huruf.", field=field))
        elif text and one.is_day and _day(text) is None:
            reasons.append(Reason("not_a_date", "Tulis tanggal yang ada di kalender.", field=field))
    return reasons or _about_sense(wish)


def _about_sense(wish: Wish) -> list[Reason]:
    """What is filled in everywhere must also fit together."""
    leaves, returns = (_day(wish.asked.get(name, "")) for name in ("leaves_on", "returns_on"))
    if leaves and returns and returns < leaves:
        return [Reason("returns_too_early", "Tanggal kembali tidak boleh sebelum berangkat.", field="facts.returns_on")]
    other = wish.asked.get("other_name", "")
    if other and _same(other) == _same(wish.known.get("name", "")):
        text = "Nama itu sama dengan nama di register, jadi tidak ada bedanya."
        return [Reason("same_name", text, field="facts.other_name", way_out="Tulis persis seperti di dokumen.")]
    return []


def _same(name: str) -> str:
    return " ".join(name.casefold().split())


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _about_standing(kind: Kind, number: str) -> list[Reason]:
    if not number or not kind.once:
        return []
    text = f"{kind.label} nomor {number} masih berlaku."
    return [Reason("letter_stands", text, way_out="Cetak ulang surat itu, atau ganti bila isinya keliru.")]
