"""Which groups the demo has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """A group as the demo tells it: `days` ago it was formed, by so many members."""

    name: str
    trade: str
    product: str
    days: int
    members: int


CRISPS = Plan("Kelompok Sekar Krajan", "food", "Keripik singkong", 400, 8)
BATIK = Plan("Kelompok Batik Sikapat", "sewing", "Kain batik", 380, 6)
CRACKERS = Plan("Kelompok Kerupuk Kenanga", "food", "Kerupuk udang", 390, 7)
WEAVERS = Plan("Kelompok Tenun Nefo", "sewing", "Kain tenun", 370, 6)
