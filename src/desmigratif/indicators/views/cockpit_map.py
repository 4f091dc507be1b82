"""The map as a picture of its own, so that a page stays light: coasts or an operator's shapes, and bubbles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from desmigratif.access.actor import NATION
from desmigratif.indicators.cockpit.board import LENGTHS, Place
from desmigratif.indicators.cockpit.queries import news_only, pillars_by
from desmigratif.indicators.maps.country import outline, points
from desmigratif.indicators.models import Boundary
from desmigratif.indicators.rules.maps.picture import WHOLE, bubbles, frame_of
from desmigratif.programme.figures import villages
from desmigratif.programme.rules.steps import steps_on
from desmigratif.regions.queries import names_of

REGENCY = 2
KEPT_SECONDS = 600


def map_image(place: Place, today: date) -> HttpResponse:
    """The map as a picture for a browser, which may keep it for some minutes."""
    answer = HttpResponse(map_svg(place, today), content_type="image/svg+xml")
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return answer


def map_svg(place: Place, today: date) -> str:
    """Regencies of a nation or province as bubbles; whoever opens the picture itself can click on each."""
    counts = _counts(place, today)
    lying = {code: point for code, point in points().items() if place.code == NATION or code.startswith(place.code)}
    frame = WHOLE if place.code == NATION else frame_of(lying.values())
    found = bubbles(counts, lying, frame.zoom)
    names = names_of([one.code for one in found])
    shown = {
        "frame": frame,
        "zoom": frame.zoom,
        "outline": outline(),
        "shapes": _shapes(place),
        "shape_line": f"{4 * frame.zoom:.2f}",
        "line": f"{1.5 * frame.zoom:.2f}",
        "dots": [(round(x), round(y)) for code, (x, y) in lying.items() if code not in counts],
        "dot": f"{max(3 * frame.zoom, 0.6):.1f}",
        "bubbles": [(one, names.get(one.code, one.code)) for one in found],
        "title": _("Desa program di %s") % place.name,
    }
    return render_to_string("indicators/cockpit_map.svg", shown)


def _shapes(place: Place) -> list[str]:
    """What an operator brought: provinces on the map of the country, regencies on that of a province."""
    rows = Boundary.objects.filter(level=place.level + 1)
    if place.code != NATION:
        rows = rows.filter(region_code__startswith=f"{place.code}.")
    return list(rows.order_by("region_code").values_list("path", flat=True))


def _counts(place: Place, today: date) -> Mapping[str, tuple[int, int]]:
    """Regency -> its villages that are known by name, and those of them with all four pillars."""
    pillars = pillars_by(place.code, REGENCY, steps_on(today))
    counts = {code: (one.villages, one.whole) for code, one in pillars.items()}
    for code in news_only(place.code, [one.code for one in villages()]):
        regency = code[: LENGTHS[REGENCY]]
        known, whole = counts.get(regency, (0, 0))
        counts[regency] = (known + 1, whole)
    return counts
