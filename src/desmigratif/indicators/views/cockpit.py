"""The cockpit: one sentence, four dials, target and reach, the map, what is silent, every number with its ground."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.indicators.cockpit.board import Board, Child, Place, board_of, periods_of, place_of
from desmigratif.indicators.cockpit.press import board_pdf
from desmigratif.indicators.cockpit.queries import Standing
from desmigratif.indicators.maps.country import tiles
from desmigratif.indicators.queries.figures import definition_of, level_of
from desmigratif.indicators.queries.sight import is_behind
from desmigratif.indicators.rules.cockpit import codes_on
from desmigratif.indicators.rules.definitions import CODES
from desmigratif.indicators.rules.league import LEAST
from desmigratif.indicators.rules.periods import Month, Period
from desmigratif.indicators.views.cockpit_map import map_image, map_svg
from desmigratif.programme.figures import published, villages
from desmigratif.programme.rules import pictures
from desmigratif.programme.rules.quotas import quotas_on
from desmigratif.regions.queries import today_in
from desmigratif.regions.rules import NATION
from desmigratif.shared.dated import dated_on
from desmigratif.shared.dates import format_date

PROVINCE, REGENCY, VILLAGE = 1, 2, 4
SHOWN = 40  # regions below that a page lists
INLINE = {PROVINCE: 12}  # so many rows of the map's table stand on the page itself; on the nation's the tiles do
SILENT = 8  # regions below that are named as silent
TILE, GAP = 30, 2
REPORTED = ("placements", "deaths", "complaints")  # of what reports say, the latest year stands here


@scoped(Permission.FIGURES_SEE)
def cockpit(request: HttpRequest, region_code: str = "") -> HttpResponse:
    """A region in a period; the viewer's own where none is named. `berkas`: as a picture or as a paper;
    `lihat=tabel`: every region below in its table."""
    desk = cast(DeskRequest, request)
    today = today_in(desk.actor.home_code, desk.now)
    place = place_of(desk.actor, region_code or _own_region(desk.actor))
    if desk.GET.get("berkas") == "peta.svg":
        return map_image(place, today)
    period = _period(desk.GET.get("periode", ""), today)
    board = board_of(desk.actor, place, period, today)
    shown = _shown(board, today)
    if desk.GET.get("lihat") == "tabel" and shown["has_map"]:
        whole = {**shown, "table": shown["below"], "up": _url(place.code, period)}
        return render(request, "indicators/cockpit_table.html", whole)
    if desk.GET.get("berkas") == "kokpit.pdf":
        return board_pdf(board, shown, today, _pictures(shown, today))
    more = {
        "pivot_url": _pivot_url(desk.actor, place, today),
        "is_behind": is_behind(desk.actor, place.code, period, today),
    }
    return render(request, "indicators/cockpit.html", {**shown, **more})


def _pivot_url(by: Actor, place: Place, today: date) -> str:
    """The same region and its indicators, year by year; for offices, as a village's people read the page itself."""
    if level_of(_own_region(by)) == VILLAGE:
        return ""
    codes = ",".join(code for code in codes_on(today) if code in CODES)
    return f"{reverse('analysis:pivots')}?ukuran={codes}&wilayah={place.code}&baris=ukuran&kolom=masa"


def _pictures(shown: Mapping[str, Any], today: date) -> list[str]:
    """The map, and of the nation the tiles, as drawings for the paper."""
    drawn = [map_svg(shown["place"], today)] if shown["has_map"] else []
    return [*drawn, render_to_string("indicators/parts/tiles.svg", shown)] if shown["tiles"] else drawn


def _own_region(by: Actor) -> str:
    return by.regions_for(Permission.FIGURES_SEE)[0]


def _period(asked: str, today: date) -> Period:
    """The year that runs where nothing, nonsense, or what has not begun is asked."""
    now = Month.of(today)
    try:
        period = Period.parse(asked)
    except ValueError:
        return Period.of(now, "year")
    return period if period.first <= now else Period.of(now, "year")


def _shown(board: Board, today: date) -> dict[str, Any]:
    place = board.place
    years = [one for one in board.years if one.total is not None]
    below = [_below(one, board) for one in board.children[:SHOWN]]
    table = below[: INLINE.get(place.level, 0)]
    return {
        "board": board, "place": place, "title": place.name,
        "sentence": sentence(board),
        "trail": [{"name": name, "url": _url(code, board.period)} for code, name in place.above],
        "here": place.name,
        "chips": [_chip(place, one, word, one == board.period) for one, word in periods_of(today, board.period)],
        "period": board.period.label,
        "month": _month(board.month),
        "bars": pictures.bars([(str(one.year), one.total or 0, one.target_total) for one in years]) if years else [],
        "high": pictures.HIGH, "wide": pictures.WIDE, "foot": pictures.HIGH - 6,
        "targets": dated_on("programme.targets", today),
        "quotas": [one for one in quotas_on(today, villages()) if one.region == place.code and place.code != NATION],
        "reported": _reported(place),
        "has_map": place.level <= PROVINCE,
        "tiles": _tiles(board) if place.level == 0 else [],
        "below": below,
        "more": max(len(board.children) - SHOWN, 0),
        "table": table,
        "table_url": f"{_url(place.code, board.period)}&lihat=tabel" if len(below) > len(table) else "",
        "silent": [row for row in below if row["silent"]][:SILENT],
        "column": _column(place.level),
        "is_list": place.level >= REGENCY,
        "league": _league(board),
        "is_compared": bool(board.standings),
        **_not_compared(board, today),
    }  # fmt: skip


def _url(code: str, period: Period) -> str:
    return f"{reverse('cockpit:region', args=[code])}?periode={period.label}"


def _chip(place: Place, period: Period, word: str, current: bool) -> dict[str, Any]:
    return {"url": _url(place.code, period), "label": word, "current": current}


def _month(month: Month) -> str:
    return format_date(month.first).split(" ", 1)[1]


def sentence(board: Board) -> str:
    """The page in one sentence: how many villages, and who said nothing."""
    if board.place.level == VILLAGE:
        return _of_village(board)
    parts = []
    last = board.last_year
    asked = max(((one.target_total or 0, -one.year) for one in board.years), default=(0, 0))
    if last is not None and asked[0]:  # reached later than it was asked for is not simply reached
        words = {"total": last.total, "year": last.year, "asked": asked[0], "until": -asked[1]}
        parts.append(
            _("%(total)s desa sampai %(year)s menurut berita; targetnya %(asked)s desa pada %(until)s.") % words
        )
    counts = {"count": board.pillars.villages, "silent": board.silent, "month": _month(board.month)}
    if not board.pillars.villages:
        parts.append(_("Belum ada desa program yang tercatat di sini."))
    elif board.silent:
        parts.append(_("%(count)s desa tercatat di sini; %(silent)s belum mencatat pelayanan %(month)s.") % counts)
    else:
        parts.append(_("%(count)s desa tercatat di sini; semuanya mencatat pelayanan %(month)s.") % counts)
    return " ".join(parts)


def _of_village(board: Board) -> str:
    if not board.pillars.villages:
        return _("Desa ini belum tercatat dalam program.")
    words = {
        "works": sum(bool(count) for count in board.pillars.at_work.values()), "all": len(board.steps),
        "month": _month(board.month),
    }  # fmt: skip
    if board.silent:
        return _("%(works)s dari %(all)s pilar berjalan; belum ada pelayanan yang dicatat %(month)s.") % words
    return _("%(works)s dari %(all)s pilar berjalan; pelayanan %(month)s sudah dicatat.") % words


def _reported(place: Place) -> list[dict[str, Any]]:
    """What reports say of the region in the latest whole year: every value with its source, contradictions too."""
    found = []
    for metric, label in _metrics():
        rows = [
            one for one in published()
            if (one.region, one.metric, one.what) == (place.code, metric, "") and one.period.isdigit()
        ]  # fmt: skip
        latest = max((one.year for one in rows), default=0)
        values = [one for one in rows if one.year == latest]
        if values:
            found.append({"label": label, "year": latest, "values": values})
    return found


def _metrics() -> list[tuple[str, str]]:
    words = {"placements": _("Penempatan"), "deaths": _("Pekerja meninggal"), "complaints": _("Pengaduan")}
    return [(metric, words[metric]) for metric in REPORTED]


def _tiles(board: Board) -> list[dict[str, Any]]:
    """Every province as a square with its villages; the fuller the square, the more of them have all four pillars."""
    known = {one.code: one for one in board.children}
    most = max((one.villages for one in board.children), default=0) or 1
    return [
        {
            "url": _url(tile.code, board.period),
            "label": tile.label,
            "x": tile.column * (TILE + GAP),
            "y": tile.row * (TILE + GAP),
            "count": known[tile.code].villages if tile.code in known else None,
            "shade": f"{0.15 + 0.4 * known[tile.code].villages / most:.2f}" if tile.code in known else ".06",
        }
        for tile in tiles()
    ]


def _below(child: Child, board: Board) -> dict[str, Any]:
    works = {step.code: child.pillars.at_work.get(step.code, 0) for step in board.steps}
    return {
        "name": child.name,
        "url": _url(child.code, board.period) if child.may_open else "",
        "villages": child.pillars.villages,
        "news": child.news,
        "whole": child.pillars.whole if child.pillars.villages else None,
        "pillars": [(step.label, works[step.code] if child.pillars.villages else None) for step in board.steps],
        "working": sum(bool(count) for count in works.values()),
        "silent": child.silent,
        "states": _states(child, board),
    }


def _states(child: Child, board: Board) -> list[dict[str, str]]:
    if not child.pillars.villages:
        return [{"name": "info", "label": _("hanya disebut berita")}]
    return [{"name": "cek", "label": _("sepi %s") % _month(board.month)}] if child.silent else []


def _column(level: int) -> str:
    return {0: _("Provinsi"), 1: _("Kabupaten/kota")}.get(level, _("Desa"))


def _league(board: Board) -> list[dict[str, Any]]:
    """Each village of one's own with its quarters, where enough are like it."""
    names = {one.code: one.name for one in board.children} | {board.place.code: board.place.name}
    return [
        {"name": names.get(code, code), "said": _kind(one), "rows": _quarters(one)}
        for code, one in board.standings.items()
        if one.stands
    ]


def _not_compared(board: Board, today: date) -> dict[str, Any]:
    """What is missing where nothing can be compared yet, and what can be done meanwhile."""
    known = max((one.known for one in board.standings.values()), default=0)
    year = Period.of(Month(today.year - 1, 12), "year")
    return {"known": known, "least": LEAST, "lacking": max(LEAST - known, 1), "year_url": _url(board.place.code, year)}


def _kind(one: Standing) -> str:
    sizes = (_("sedikit"), _("sedang"), _("banyak"))
    alike = _("%s desa lain yang serupa") % (one.alike - 1) if one.alike > 1 else _("belum ada desa lain yang serupa")
    words = {"year": one.kind.year, "size": sizes[min(one.kind.size, 2)], "alike": alike}
    if one.kind.year > one.years:
        return _("Sesudah masa pendampingan, %(size)s warga di luar negeri: %(alike)s.") % words
    return _("Tahun ke-%(year)s dalam program, %(size)s warga di luar negeri: %(alike)s.") % words


def _quarters(one: Standing) -> list[dict[str, str]]:
    words: Mapping[int, str] = {
        1: _("seperempat teratas"), 2: _("di atas tengah"), 3: _("di bawah tengah"), 4: _("perlu dibantu"),
    }  # fmt: skip
    among = (
        _("di antara %(among)s desa yang serupa"), _("di antara %(among)s desa yang sama lama ikut program"),
        _("di antara semua %(among)s desa program"),
    )  # fmt: skip
    return [
        {"name": definition_of(code).name, "said": words[place.quarter],
         "among": among[place.step] % {"among": place.among}}
        for code, place in one.stands.items()
    ]  # fmt: skip
