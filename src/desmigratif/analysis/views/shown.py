"""A table in the words and addresses of its page."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.analysis.queries import REGENCY, VILLAGE, Place
from desmigratif.analysis.rules import state
from desmigratif.analysis.rules.picture import drawn
from desmigratif.analysis.rules.state import Pivot
from desmigratif.analysis.rules.table import Head, Line, Table
from desmigratif.indicators.queries.figures import level_of
from desmigratif.indicators.queries.sight import is_behind
from desmigratif.indicators.rules.definitions import Indicator
from desmigratif.reports.press import PILLARS as PILLAR_NAMES
from desmigratif.shared.dates import format_date

ROWS = 30  # of a table on one page
BARS = "batang"
MEANINGS = 14  # indicators whose meaning stands below it; half of them beside a picture, as pages stay light


def shown_table(desk: DeskRequest, table: Table, place: Place) -> dict[str, Any]:
    """Everything of the template that is about the table."""
    pivot = table.pivot
    page = Paginator(table.lines, ROWS).get_page(desk.GET.get("hal"))
    here = f"{reverse('analysis:pivots')}?"
    ones, told = pivot.indicators, MEANINGS // 2 if pivot.picture else MEANINGS
    several = len({line.head.group for line in table.lines}) > 1
    return {
        "table": table, "page": page, "page_query": f"{pivot.query()}&",
        "corner": state.DIMENSIONS[pivot.rows],
        "columns": [_column(pivot, one) for one in table.columns],
        "groups": [
            {"label": f"{key}. {PILLAR_NAMES[key]}" if several else "", "lines": [_line(pivot, one) for one in lines]}
            for key, lines in groupby(page, key=lambda line: line.head.group)
        ],
        "foot": _line(pivot, table.foot) if table.foot else None,
        "picture": drawn(table, page) if pivot.picture and table.lines else None,
        "value": state.VALUES[pivot.value],
        "width": len(table.columns) + 1,
        "chips": _chips(pivot, place, here),
        "files": [
            {"url": f"{here}{pivot.query()}&berkas=tabel.{ending}", "label": label}
            for ending, label in (("xlsx", "Excel"), ("csv", "CSV"))
        ],
        "address": desk.build_absolute_uri(f"{reverse('analysis:pivots')}?{pivot.query()}"),
        "meanings": [_meaning(one) for one in ones[:told]],
        "more_meanings": max(0, len(ones) - told),
        "as_of": format_date(table.as_of) if table.as_of else "",
        "is_behind": is_behind(desk.actor, place.code, pivot.periods[-1], table.made_on),
        "only_own": _shows_only_own(desk.actor, pivot, place),
    }  # fmt: skip


def _shows_only_own(by: Actor, pivot: Pivot, place: Place) -> bool:
    below = pivot.place == state.REGION and (pivot.level or place.level + 1) > REGENCY
    return below and not by.may(P.FIGURES_SEE, place.code)


def _head(pivot: Pivot, head: Head) -> dict[str, str]:
    return {"label": head.label, "url": drilled(pivot, head.region) if head.region else ""}


def _by_region(pivot: Pivot, code: str) -> str:
    """One indicator of a table of several by the regions below; empty where none lies there."""
    if level_of(pivot.region) == VILLAGE or pivot.columns in state.PLACES or len(pivot.indicators) == 1:
        return ""
    return f"{reverse('analysis:pivots')}?{pivot.query(codes=(code,), rows=state.REGION)}"


def _column(pivot: Pivot, head: Head) -> dict[str, str]:
    """An indicator's name is too long for a column: its code leads to what it means."""
    if pivot.columns == state.INDICATOR and head.key:
        return {"label": head.key, "url": "#arti", "title": head.label}
    return _head(pivot, head)


def _line(pivot: Pivot, line: Line) -> dict[str, Any]:
    head = _head(pivot, line.head)
    if pivot.rows == state.INDICATOR and line.head.key:
        head["url"] = _by_region(pivot, line.head.key)
    return {**head, "cells": [one.text for one in line.cells]}


def drilled(pivot: Pivot, region: str) -> str:
    """The same pivot of a region of its own; in a village nothing lies below, so that another dimension takes over."""
    changes: dict[str, Any] = {"region": region, "level": 0}
    if level_of(region) == VILLAGE:
        free = state.PERIOD if state.INDICATOR in pivot.dimensions else state.INDICATOR
        changes["rows" if pivot.rows == state.REGION else "columns"] = free
    return f"{reverse('analysis:pivots')}?{pivot.query(**changes)}"


def _chips(pivot: Pivot, place: Place, here: str) -> list[dict[str, Any]]:
    """The regions above, and the table turned over."""
    above = [
        {"label": name, "url": here + pivot.query(region=code, level=0), "icon": "arrow-left"}
        for code, name in place.above
    ]
    choose = urlencode({"sampai": VILLAGE, "kembali": here + pivot.query(level=0)})
    above.append({"label": _("Wilayah lain"), "url": f"{reverse('regions:choose')}?{choose}", "icon": "map-pin"})
    word, picture = (_("Tanpa gambar"), "") if pivot.picture else (_("Gambar batang"), BARS)
    above.append({"label": word, "url": here + pivot.query(picture=picture), "icon": "chart-bar"})
    if not pivot.columns:
        return above
    turned = pivot.query(rows=pivot.columns, columns=pivot.rows)
    return [*above, {"label": _("Tukar baris dan kolom"), "url": here + turned}]


def _meaning(one: Indicator) -> dict[str, Any]:
    parts = one.numerator + (
        _(", dari ") + one.denominator[:1].lower() + one.denominator[1:] if one.denominator else ""
    )
    version = _("Versi %(version)s. %(source)s.") % {"version": one.version, "source": one.source}
    return {"name": f"{one.code} {one.name}", "parts": parts, "note": one.note, "version": version}
