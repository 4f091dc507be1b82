"""The programme in the country: target and reach by year, need by region, every figure with its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.programme.figures import Figure, published, villages
from desmigratif.programme.rules import need, pictures, progress, quotas
from desmigratif.programme.rules.steps import types_on
from desmigratif.regions.queries import names_of as region_names
from desmigratif.regions.queries import today_in
from desmigratif.regions.rules import NATION, NATION_NAME, is_code
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dated import dated_on
from desmigratif.shared.reasons import NotFoundOrNotYours

FIGURES = Permission.FIGURES_SEE
PROVINCE, REGENCY = 1, 2
VILLAGE_DOTS = 3
NEEDIEST = 5
METRICS = {
    "villages_new": gettext_lazy("Desa bertambah"),
    "villages_total": gettext_lazy("Desa seluruhnya"),
    "placements": gettext_lazy("Penempatan"),
    "placements_by_country": gettext_lazy("Penempatan menurut negara"),
    "deaths": gettext_lazy("Pekerja meninggal"),
    "deaths_rank": gettext_lazy("Urutan kematian di provinsinya"),
    "complaints": gettext_lazy("Pengaduan"),
    "poverty": gettext_lazy("Penduduk miskin"),
    "recruiters": gettext_lazy("Calo"),
    "agencies": gettext_lazy("Kantor P3MI"),
}


def _today(request: HttpRequest) -> date:
    desk = cast(DeskRequest, request)
    return today_in(desk.actor.home_code, desk.now)


@scoped(FIGURES)
def programme(request: HttpRequest) -> HttpResponse:
    """How far it came, year by year; quotas and who was left out; where the need is."""
    today, actor = _today(request), cast(DeskRequest, request).actor
    years = progress.years(published(), NATION, today)
    needy = need.needs(published(), REGENCY, today)
    known = [one for one in years if one.total is not None]
    shown = {
        "years": years,
        "last": known[-1],
        "asked": next((one for one in years if one.lowered is not None), None),
        "bars": pictures.bars([(str(one.year), one.total or 0, one.target_total) for one in known]),
        "high": pictures.HIGH, "wide": pictures.WIDE, "foot": pictures.HIGH - 6,
        "targets": dated_on("programme.targets", today),
        "quotas": _quotas(needy, today),
        "needy": _needs(needy[:NEEDIEST]),
        "types": dated_on("programme.types", today),
        "pivots": _pivots(actor.regions_for(FIGURES)[0], today),
        "named": len(villages()),
        "may_aim": actor.may_anywhere(Permission.FIGURES_SET),
    }  # fmt: skip
    return render(request, "programme/programme.html", shown)


def _pivots(region: str, today: date) -> list[tuple[str, str]]:
    """Each programme with the figures of its villages by year; for offices, as a village reads its own page."""
    if region.count(".") == VILLAGE_DOTS:
        return []
    here = f"{reverse('analysis:pivots')}?wilayah={region}&baris=ukuran&kolom=masa&tiap=tahun"
    return [
        (one["label"], f"{here}&ukuran={','.join(one['indicators'])}&program={code}")
        for code, one in types_on(today).items()
    ]


def _quotas(needy: list[need.Need], today: date) -> list[dict[str, Any]]:
    rows = quotas.quotas_on(today, villages())
    outside = [quotas.left_out(needy, row, need.threshold_on(today)) for row in rows]
    names = region_names({code for codes in outside for code in codes} | {row.region for row in rows})
    return [
        {
            "quota": row,
            "name": _("wilayah lain") if row.region == NATION else names.get(row.region, row.region),
            "left_out": [
                {"name": names.get(code, code), "url": reverse("programme:region", args=[code])} for code in codes
            ],
        }
        for row, codes in zip(rows, outside, strict=True)
    ]


def _needs(rows: Iterable[need.Need]) -> list[dict[str, Any]]:
    found = list(rows)
    names = region_names(one.region for one in found)
    return [
        {
            "need": one,
            "name": names.get(one.region, one.region),
            "url": reverse("programme:region", args=[one.region]),
            "known": _("%(known)d dari %(of)d angka diketahui") % {"known": one.known, "of": one.of},
        }
        for one in found
    ]


@scoped(FIGURES)
def needs(request: HttpRequest) -> HttpResponse:
    """Regencies and provinces by their index of need."""
    today = _today(request)
    weights = dated_on("programme.need_weights", today)
    shown = {
        "regencies": _needs(need.needs(published(), REGENCY, today)),
        "provinces": _needs(need.needs(published(), PROVINCE, today)),
        "weights": weights,
        "here": _("Kebutuhan wilayah"),
        "rows": [{"label": METRICS[metric], "weight": weight} for metric, weight in weights.value.items()],
    }
    return render(request, "programme/needs.html", shown)


@scoped(FIGURES)
def published_villages(request: HttpRequest) -> HttpResponse:
    """The villages that reports name, by province."""
    rows = villages()
    names = region_names({one.code[:2] for one in rows})
    shown = {
        "groups": [
            {"name": names.get(code, code), "villages": list(of_province)}
            for code, of_province in groupby(rows, key=lambda one: one.code[:2])
        ],
        "here": _("Desa yang disebut"),
        "named": len(rows),
        "last": [one for one in progress.years(published(), NATION, _today(request)) if one.total is not None][-1],
    }
    return render(request, "programme/villages.html", shown)


@scoped(FIGURES)
def region(request: HttpRequest, region_code: str) -> HttpResponse:
    """Every published figure of a region, contradicting values side by side."""
    name = _name_or_refuse(region_code)
    mine = [one for one in published() if one.region == region_code and not one.metric.startswith("villages")]
    level = region_code.count(".") + 1
    found = need.needs(published(), level, _today(request)) if region_code != NATION and level <= REGENCY else []
    mine_need = next((row for row in _needs(found) if row["need"].region == region_code), None)
    shown = {
        "name": name,
        "here": name,
        "code": region_code,
        "need": mine_need,
        "grounds": _grounds(mine_need["need"], _today(request)) if mine_need else [],
        "groups": _by_metric(mine),
        "villages": [one for one in villages() if one.code.startswith(f"{region_code}.")],
    }
    return render(request, "programme/region.html", shown)


def _grounds(found: need.Need, today: date) -> list[dict[str, Any]]:
    """Every figure of the index: its weight, what it scores and why; what is not known is listed too."""
    parts = {one.metric: one for one in found.parts}
    return [
        {"label": METRICS[metric], "weight": weight, "part": parts.get(metric),
         "said": _ground(parts[metric]) if metric in parts else ""}
        for metric, weight in need.weights_on(today).items()
    ]  # fmt: skip


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _ground(part: need.Part) -> str:
    if part.is_rank:
        return _("urutan %(rank)s di provinsinya, %(year)s") % {"rank": part.values[0], "year": part.year}
    values = _(" atau ").join(_counted(value) for value in part.values)
    words = {"values": values, "year": part.year, "among": part.among}
    if part.among == 1:
        return _("%(values)s, %(year)s; satu-satunya wilayah yang angkanya diketahui") % words
    return _("%(values)s, %(year)s; dibanding %(among)s wilayah yang angkanya diketahui") % words


def _name_or_refuse(code: str) -> str:
    """A region of the list, or one that a figure speaks of. Raises `NotFoundOrNotYours`."""
    if code == NATION:
        return NATION_NAME
    if not is_code(code) or code.count(".") >= REGENCY:
        raise NotFoundOrNotYours
    name = region_names([code]).get(code, code if any(one.region == code for one in published()) else "")
    if not name:
        raise NotFoundOrNotYours
    return name


def _by_metric(figures: list[Figure]) -> list[dict[str, Any]]:
    """Metric -> its periods, the latest first; a period with several values says that they contradict each other."""
    groups = []
    for metric in dict.fromkeys(one.metric for one in figures):
        of_metric = [one for one in figures if one.metric == metric]
        keys = sorted({(one.year, one.period, one.what) for one in of_metric}, key=lambda key: (-key[0], key[1:]))
        rows = [
            {
                "period": _period(period),
                "what": country_name(what) if metric == "placements_by_country" else what,
                "values": [one for one in of_metric if (one.period, one.what) == (period, what)],
            }
            for _year, period, what in keys
        ]
        groups.append({"label": METRICS[metric], "rows": rows})
    return groups


def _period(period: str) -> str:
    """ "2007 sampai 2024-11", "paruh pertama 2024", "2023"."""
    if ".." in period:
        return _("%(first)s sampai %(last)s") % dict(zip(("first", "last"), period.split(".."), strict=True))
    if period.endswith("-H1"):
        return _("paruh pertama %(year)s") % {"year": period[:4]}
    return period
