"""An operator's own file of boundaries: GeoJSON with a Kemendagri code on each shape. Plain Python.

A file is taken whole or not at all. What is kept is the path of each shape, simple and in whole units.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desmigratif.indicators.rules.maps.geometry import FINE, Point, path_of, placed
from desmigratif.shared.reasons import Reason

CODE_NAMES = ("kode", "code", "KODE", "kode_wilayah", "kode_kemendagri")
MOST_BYTES = 60_000_000  # of the command; a page takes less, as others wait for the same process
MOST_BYTES_OF_A_PAGE = 10_000_000
MOST_POINTS = 1_500_000
LONGEST_PATH = 200_000
COARSE = 3  # a province is seen on the map of the whole country
SAID = 12  # how many wrong codes a sentence names
EAST_TO, SOUTH_TO, WEST_FROM, NORTH_FROM = 142.0, -12.0, 94.0, 7.0


@dataclass(frozen=True, slots=True)
class ReadBoundaries:
    """Code -> path; empty when there are reasons."""

    paths: dict[str, str] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()


def read_boundaries(content: bytes, known: Collection[str], most_bytes: int = MOST_BYTES) -> ReadBoundaries:
    """The shapes of a file, or why it cannot be used; `known`: the codes of provinces and regencies in our list."""
    if not content.strip():
        return _refused("empty", "Berkas ini kosong. Pilih berkas lain.")
    if len(content) > most_bytes:
        return _refused(
            "too_big", f"Berkas ini lebih dari {most_bytes // 10**6} MB. Sederhanakan dulu, lalu muat lagi."
        )
    features = _features(content)
    if features is None:
        return _refused("not_geojson", "Berkas ini bukan GeoJSON (FeatureCollection) yang utuh.")
    coded = [(_code_of(feature), feature) for feature in features]
    if reason := _wrong_codes([code for code, _ in coded], known):
        return ReadBoundaries(reasons=(reason,))
    paths, points = dict[str, str](), 0
    for code, feature in coded:
        rings = list(_rings(feature.get("geometry")))
        points += sum(map(len, rings))
        if points > MOST_POINTS:
            most = f"{MOST_POINTS:,}".replace(",", ".")
            return _refused(
                "too_fine", f"Berkas ini berisi lebih dari {most} titik. Sederhanakan dulu, lalu muat lagi."
            )
        if not rings or not all(_inside(point) for ring in rings for point in ring):
            text = f"Bentuk wilayah {code} tidak terbaca atau di luar Indonesia. Urutannya bujur, lalu lintang."
            return _refused("wrong_shape", text)
        paths[code] = drawn(rings, COARSE if "." not in code else 1)
        if len(paths[code]) > LONGEST_PATH:
            return _refused("too_fine", f"Bentuk wilayah {code} terlalu rinci. Sederhanakan dulu, lalu muat lagi.")
    return ReadBoundaries(paths)


def drawn(rings: Sequence[Sequence[Point]], tolerance: float) -> str:
    """The path of rings of (longitude, latitude); a region of nothing but tiny islands stays as it is."""
    scaled = [[_fine(lng, lat) for lng, lat in ring] for ring in rings]
    return path_of(scaled, tolerance=tolerance, least=6 * tolerance**2) or path_of(scaled, tolerance=0, least=0)


def _fine(lng: float, lat: float) -> Point:
    x, y = placed(lat, lng)
    return x * FINE, y * FINE


def _refused(code: str, text: str) -> ReadBoundaries:
    return ReadBoundaries(reasons=(Reason(code, text, field="file"),))


def _features(content: bytes) -> list[Mapping[str, Any]] | None:
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        return None
    found = read.get("features") if isinstance(read, dict) else None
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        return None
    return found


def _code_of(feature: Mapping[str, Any]) -> str:
    said = feature.get("properties")
    named = said if isinstance(said, dict) else {}
    return next((str(named[name]).strip() for name in CODE_NAMES if named.get(name)), "")


def _wrong_codes(codes: Sequence[str], known: Collection[str]) -> Reason | None:
    """Every shape has a code of ours, each once, all of one level."""
    wrong = sorted({code or "tanpa kode" for code in codes if code not in known})
    if wrong:
        named = ", ".join(wrong[:SAID]) + (f", dan {len(wrong) - SAID} lainnya" if len(wrong) > SAID else "")
        text = f"Berkas ini memakai kode yang tidak dikenal ({named}). Pakai kode Kemendagri, misalnya 33.07."
        return Reason("unknown_codes", text, field="file")
    if len(set(codes)) < len(codes):
        return Reason("twice", "Satu kode dipakai dua kali dalam berkas ini.", field="file")
    if len({code.count(".") for code in codes}) > 1:
        return Reason("mixed", "Berkas ini mencampur provinsi dan kabupaten. Muat satu per satu.", field="file")
    return None


def _rings(geometry: Any) -> Iterator[list[Point]]:
    """The rings of a polygon or of several; nothing where the geometry is of another kind or broken."""
    if not isinstance(geometry, dict):
        return
    shapes = geometry.get("coordinates")
    polygons = [shapes] if geometry.get("type") == "Polygon" else shapes
    if geometry.get("type") not in ("Polygon", "MultiPolygon") or not isinstance(polygons, list):
        return
    try:
        for polygon in polygons:
            for ring in polygon:
                yield [(float(point[0]), float(point[1])) for point in ring]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        yield [(0.0, 0.0)]  # a broken ring lies nowhere in the country


def _inside(point: Point) -> bool:
    lng, lat = point
    return WEST_FROM <= lng <= EAST_TO and SOUTH_TO <= lat <= NORTH_FROM
