"""From a wish to the table that may leave: the pillar's records, made coarse enough, put in order and marked."""

from __future__ import annotations

from datetime import date
from itertools import islice

from desmigratif.access.actor import operator
from desmigratif.access.scope import acting_as
from desmigratif.extracts import sealing
from desmigratif.extracts.models import Extract
from desmigratif.extracts.registry import SOURCES
from desmigratif.extracts.rules.anonymity import Released, release
from desmigratif.extracts.rules.asking import Stretch, few_words, guard_on, nothing_left, too_many
from desmigratif.extracts.rules.files import MARK_MEANS, Sheet
from desmigratif.extracts.rules.ladders import ALL, rung_label, rungs_of
from desmigratif.extracts.rules.marks import COLUMN, in_keyed_order, marks_of, print_of
from desmigratif.regions.models import Region
from desmigratif.regions.queries import UnknownRegion, labelled, region_name
from desmigratif.shared.dated import value_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.deidentified import Column, Kind
from desmigratif.shared.reasons import Refusal


class NothingToRelease(Refusal):
    code = "nothing_to_release"


def columns_of(subject: str, codes: list[str]) -> list[Column]:
    """The columns that were asked for, in the order of the list."""
    return [one for one in SOURCES[subject].columns if one.code in codes]


def released(about: Stretch, columns: list[Column], today: date) -> Released:
    """What may leave of these records. Raises `NothingToRelease`.

    Read as the program itself: neither who asks nor who approves may see a single record.
    """
    most, guard = value_on("extracts.most_rows", today), guard_on(today)
    with acting_as(operator("ekstrak data")):
        found = SOURCES[about.subject].records(about.region_code, about.since, about.until)
        records = list(islice(found, most + 1))
    if len(records) > most:
        raise NothingToRelease(too_many(most))
    rungs = {one.code: rungs_of(one, records, about.region_code, guard.group) for one in columns}
    made = release(records, columns, rungs, guard)
    if not made.rows:
        raise NothingToRelease(nothing_left(guard.group))
    return made


def sheet_for(extract: Extract, made: Released, *, today: date) -> tuple[Sheet, str]:
    """The table of an approved extract, and the print of its rows."""
    columns = columns_of(extract.subject, extract.columns)
    key = sealing.order_key()
    rows = in_keyed_order(key, extract.number, _with_names(columns, made))
    marks = marks_of(sealing.mark_key(), extract.number, len(rows))
    guard, source = guard_on(today), SOURCES[extract.subject]
    sheet = Sheet(
        name=extract.name,
        mark_line=mark_line(extract, today),
        head=(COLUMN, *_head(columns)),
        rows=tuple((mark, *row) for mark, row in zip(marks, rows, strict=True)),
        dictionary=((COLUMN, MARK_MEANS, "apa adanya"), *_dictionary(extract, columns, made)),
        notes=(
            f"{source.means} Wilayah: {place_name(extract.region_code)}. "
            f"Masa: {format_date(extract.since)} sampai {format_date(extract.until)}.",
            f"Setiap baris ada di kelompok berisi sedikitnya {guard.group} {source.unit_label} yang serupa.",
            f"Baris yang tidak dibuka: {few_words(made.withheld, guard.group)}.",
        ),
    )  # fmt: skip
    return sheet, print_of(key, rows)


def mark_line(extract: Extract, today: date) -> str:
    """Whose file it is, what for, until when, and what is forbidden."""
    purpose = " ".join(extract.purpose.split())
    until = format_date(extract.wanted_until)
    return (
        f"{extract.name} untuk {extract.asked_name}. Keperluan: {purpose} Berlaku sampai {until}, sesudah itu "
        f"musnahkan. {value_on('extracts.warning', today)}"
    )


def place_name(code: str) -> str:
    """The name of a region; an old one that the list knows no more is called by its code."""
    try:
        return region_name(code)
    except UnknownRegion:
        return code


def _head(columns: list[Column]) -> list[str]:
    return [
        name for one in columns for name in ((f"kode_{one.code}", one.code) if one.kind is Kind.PLACE else (one.code,))
    ]


def _with_names(columns: list[Column], made: Released) -> list[tuple[str, ...]]:
    """The rows with the name of each place beside its code; it names its parents, as two places may share a name."""
    places = {at for at, one in enumerate(columns) if one.kind is Kind.PLACE}
    codes = {row[at] for row in made.rows for at in places}
    names = {one.code: one.label for one in labelled(Region.objects.filter(code__in=codes))}
    return [
        tuple(
            cell
            for at, value in enumerate(row)
            for cell in (("" if value == ALL else value, names.get(value, value)) if at in places else (value,))
        )
        for row in made.rows
    ]


def _dictionary(extract: Extract, columns: list[Column], made: Released) -> list[tuple[str, str, str]]:
    rows = []
    for one in columns:
        ways = len(rungs_of(one, [], extract.region_code, 1))
        written = rung_label(one, made.levels[one.code], ways)
        if one.kind is Kind.PLACE:
            rows.append((f"kode_{one.code}", "Kode Kemendagri", written))
        rows.append((one.code, one.means, written))
    return rows
