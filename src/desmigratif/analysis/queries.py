"""What a pivot reads, and which pivots somebody keeps.

Figures come out of the roll-ups; which of them are closed to whoever asks is told by `indicators.sight`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from desmigratif.access.actor import NATION, Actor, covers
from desmigratif.access.models import User
from desmigratif.access.permissions import Permission as P
from desmigratif.access.scope import get_or_refuse
from desmigratif.analysis.groups import groups_of
from desmigratif.analysis.models import SavedPivot
from desmigratif.analysis.reading import Reader
from desmigratif.analysis.rules import state
from desmigratif.analysis.rules.state import Pivot
from desmigratif.analysis.rules.table import WHOLE, Figures, Head, Table, laid_out
from desmigratif.indicators.models import RollUp
from desmigratif.indicators.queries.aims import targets_of
from desmigratif.indicators.queries.figures import level_of
from desmigratif.indicators.rules.definitions import PILLARS
from desmigratif.indicators.rules.periods import EVER
from desmigratif.programme.rules.steps import types_on
from desmigratif.regions.queries import names_of, trail_of
from desmigratif.regions.rules import NATION_NAME, is_code
from desmigratif.reports.rules.table import period_words
from desmigratif.shared.reasons import Reason, Refusal

REGENCY, VILLAGE = 2, 4
LEVELS = {1: "Provinsi", 2: "Kabupaten/kota", 3: "Kecamatan", 4: "Desa"}


class CannotShow(Refusal):
    """This pivot cannot be shown to whoever asks; the reasons say why, and the form stays."""

    code = "cannot_show_pivot"


@dataclass(frozen=True, slots=True)
class Place:
    """The region that a pivot is about. `above`: (code, name) from the nation down to it."""

    code: str
    name: str
    level: int
    above: tuple[tuple[str, str], ...]


def place_of(by: Actor, code: str) -> Place:
    """Any region down to the regency, below that one's own. Raises `CannotShow`."""
    if code == NATION:
        return Place(NATION, NATION_NAME, 0, ())
    trail = trail_of(code) if is_code(code) else []
    if not trail or (level_of(code) > REGENCY and not by.may(P.FIGURES_SEE, code)):
        text = "Tidak ada wilayah dengan kode ini, atau bukan wewenang Anda."
        raise CannotShow(
            Reason("unknown_region", text, field=state.REGION, way_out="Contoh: 33.07, atau ID untuk Indonesia.")
        )
    above = tuple((one.code, one.name) for one in trail[:-1])
    return Place(code, f"{trail[-1].kind} {trail[-1].name}", level_of(code), ((NATION, NATION_NAME), *above))


def table_of(by: Actor, pivot: Pivot, place: Place, today: date) -> Table:
    """The pivot as this person may see it. Raises `CannotShow`."""
    of_groups = pivot.place in state.GROUPS
    figures = _of_groups(by, pivot, place, today) if of_groups else _of_regions(by, pivot, place, today)
    if pivot.columns in state.PLACES and len(figures.places) - 1 > state.COLUMNS:
        text = f"Ada {len(figures.places) - 1} tempat, paling banyak {state.COLUMNS} kolom."
        raise CannotShow(Reason("too_many_columns", text, field="kolom", way_out="Jadikan tempat sebagai baris."))
    return laid_out(pivot, figures, title=title_of(pivot, place, today), today=today)


def title_of(pivot: Pivot, place: Place, today: date) -> str:
    """Berangkat sesuai prosedur: Indonesia, 2024 sampai 2026."""
    ones = pivot.indicators
    what = f"{ones[0].code} {ones[0].name}" if len(ones) == 1 else f"{len(ones)} ukuran"
    periods = pivot.periods
    first, last = period_words(periods[0]), period_words(periods[-1])
    when = first if len(periods) == 1 else f"{first} sampai {last.removeprefix('tahun ')}"
    who = f", desa {types_on(today)[pivot.programme]['label']}" if pivot.programme else ""
    return f"{what}: {place.name}{who}, {when}"


def _of_regions(by: Actor, pivot: Pivot, place: Place, today: date) -> Figures:
    regions = _rows(by, pivot, place) if pivot.place == state.REGION else []
    reader = Reader(by, pivot, today)
    keys = {WHOLE: place.code, **{code: code for code in regions}}
    if pivot.programme:
        members = groups_of(state.PROGRAMME, place.code, today).with_code(pivot.programme)
        sets = {key: {one for one in members if covers(code, one)} for key, code in keys.items()}
        _refuse_small_sums(reader, place, pivot)
        cells, before = reader.sums(sets, keys)
    else:
        cells, before = reader.regions(keys)
    names = _names(regions)
    places = (
        Head(WHOLE, place.name),
        *(Head(code, names[code], code) for code in sorted(regions, key=lambda one: (names[one], one))),
    )
    return Figures(places, cells, before, _aims(pivot, keys) if pivot.value == state.AIM else {})


def _rows(by: Actor, pivot: Pivot, place: Place) -> list[str]:
    """The regions of the chosen level that keep any register; below the regency only one's own. One statement.

    Raises `CannotShow`.
    """
    level = pivot.level or place.level + 1
    if place.level == VILLAGE:
        text = "Di bawah desa tidak ada wilayah lagi."
        raise CannotShow(Reason("nothing_below", text, field="baris", way_out="Pilih ukuran atau masa."))
    if not place.level < level <= place.level + 2:
        possible = " atau ".join(LEVELS[one] for one in (place.level + 1, place.level + 2) if one in LEVELS)
        text = f"Dari {place.name}, pilih {possible}."
        raise CannotShow(Reason("wrong_level", text, field="jenjang"))
    rows = RollUp.objects.filter(level=level, period=EVER, code__in=PILLARS)
    if place.code != NATION:
        rows = rows.filter(region_code__startswith=f"{place.code}.")
    found = sorted(set(rows.values_list("region_code", flat=True)))
    return [code for code in found if level <= REGENCY or by.may(P.FIGURES_SEE, code)]


def _of_groups(by: Actor, pivot: Pivot, place: Place, today: date) -> Figures:
    reader, groups = Reader(by, pivot, today), groups_of(pivot.place, place.code, today)
    _refuse_small_sums(reader, place, pivot)
    sets = {WHOLE: groups.everybody, **groups.members}
    cells, before = reader.sums(sets, dict.fromkeys(sets, place.code))
    places = (Head(WHOLE, place.name), *(Head(key, label) for key, label in groups.labels.items()))
    return Figures(places, cells, before)


def _refuse_small_sums(reader: Reader, place: Place, pivot: Pivot) -> None:
    """Sums over chosen villages, to whoever may not see the single ones: of large regions and whole years only."""
    if reader.is_open(place.code):
        return
    if (
        place.level > 1
        or pivot.every != "tahun"
        or (pivot.place == state.REGION and (pivot.level or place.level + 1) > 1)
    ):
        text = "Angka sekelompok desa dibuka untuk Indonesia atau provinsi, tiap tahun; yang kecil bisa menunjuk orang."
        way_out = "Pilih tiap tahun dan wilayah yang lebih luas, atau tanpa kelompok desa."
        raise CannotShow(Reason("sum_too_small", text, field="tiap", way_out=way_out))


def _aims(pivot: Pivot, keys: dict[str, str]) -> dict[tuple[str, str, int], Fraction]:
    """(place, code, year) -> target. One statement."""
    found = targets_of(keys.values(), [one.last.year for one in pivot.periods])
    return {
        (key, code, year): Fraction(row.value)
        for key, region in keys.items()
        for (of, code, year), row in found.items()
        if of == region
    }  # fmt: skip


def _names(codes: Sequence[str]) -> dict[str, str]:
    """One statement for all; a village with its district, as two of one regency may have one name."""
    above = {code: code.rpartition(".")[0] for code in codes if level_of(code) == VILLAGE}
    known = names_of([*codes, *above.values()]) if codes else {}
    return {
        code: f"{known.get(code, code)}, {known.get(above[code], '')}" if code in above else known.get(code, code)
        for code in codes
    }


# --- what somebody keeps -----------------------------------------------------------------------------


def saved_pivots(by: Actor, *, most: int = 40) -> list[tuple[SavedPivot, str]]:
    """(pivot, whose it is; empty for one's own), one's own first. Two statements."""
    found = list(SavedPivot.objects.visible_to(by).order_by("title", "id"))
    found.sort(key=lambda one: one.user_id != by.id)
    others = {one.user_id for one in found if one.user_id != by.id}
    names = dict(User.objects.filter(pk__in=others).values_list("pk", "name")) if others else {}
    return [(one, names.get(one.user_id, "")) for one in found[:most]]


def saved_pivot(by: Actor, pivot_id: UUID) -> SavedPivot:
    """Raises `NotFoundOrNotYours`."""
    return get_or_refuse(SavedPivot.objects.visible_to(by), "pivot_id", id=pivot_id)
