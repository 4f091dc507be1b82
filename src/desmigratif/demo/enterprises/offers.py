"""What the demo's groups decided, plan, are allowed to do and sell."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from desmigratif.demo.centre.stories import Teller
from desmigratif.demo.enterprises.plans import BATIK, CRACKERS, CRISPS, WEAVERS, Plan
from desmigratif.shared.ids import new_id

OFFERS: dict[str, tuple[dict[str, Any], tuple[tuple[str, str, int, str], ...]]] = {
    # the plan, and what is sold: name, unit, price, a word about it
    CRISPS.name: (
        {"unit": "bungkus", "price_rupiah": 10_000, "units": 400, "unit_cost_rupiah": 6_200,
         "fixed_cost_rupiah": 250_000, "tools_rupiah": 3_500_000, "own_rupiah": 2_000_000},
        (("Keripik singkong balado", "bungkus 250 gram", 10_000, "Pedas manis, tanpa pengawet"),
         ("Keripik singkong asin", "bungkus 250 gram", 9_000, "Gurih bawang")),
    ),
    BATIK.name: (
        {"unit": "lembar", "price_rupiah": 165_000, "units": 25, "unit_cost_rupiah": 95_000,
         "fixed_cost_rupiah": 200_000, "tools_rupiah": 4_000_000, "own_rupiah": 1_500_000},
        (("Batik cap motif kopi", "lembar 2 meter", 165_000, "Katun primisima"),),
    ),
    CRACKERS.name: (
        {"unit": "kg", "price_rupiah": 42_000, "units": 180, "unit_cost_rupiah": 31_000,
         "fixed_cost_rupiah": 600_000, "tools_rupiah": 6_000_000, "own_rupiah": 3_000_000},
        (("Kerupuk udang mentah", "kg", 42_000, "Siap goreng"), ("Kerupuk udang matang", "bungkus", 12_000, "")),
    ),
    WEAVERS.name: (
        {"unit": "lembar", "price_rupiah": 350_000, "units": 8, "unit_cost_rupiah": 190_000,
         "fixed_cost_rupiah": 100_000, "tools_rupiah": 1_200_000, "own_rupiah": 800_000},
        (("Selendang tenun", "lembar", 350_000, "Pewarna alam"),),
    ),
}  # fmt: skip
PERMITS = {
    # kind, number, issued so many days ago; what the crisps' PIRT says is soon over
    CRISPS.name: (("nib", "9120001000101", 395), ("pirt", "2063307010101-26", 1780)),
    CRACKERS.name: (("nib", "9120001000202", 380), ("halal", "ID32110000123450122", 1500)),
}


def offer(teller: Teller, plan: Plan, group_id: UUID) -> None:
    """The minutes of the first talk, a plan, permits, and products with pictures."""
    on = teller.today - timedelta(days=plan.days - 3)
    given = {"group_id": str(group_id)}
    teller.act(
        "enterprises.record_deliberation", on, teller.moment(on, 10), **given, deliberation_id=str(new_id()),
        present=plan.members,
        decisions=f"Kelompok membuat {plan.product.lower()}. Hasil dicatat bendahara dan dibagi setiap bulan.",
    )  # fmt: skip
    numbers, products = OFFERS[plan.name]
    teller.act("enterprises.record_plan", on, teller.moment(on, 11), **given, plan_id=str(new_id()), **numbers)
    today = teller.today
    for kind, number, days in PERMITS.get(plan.name, ()):
        teller.act(
            "enterprises.record_permit", today, teller.moment(today, 8), **given, permit_id=str(new_id()), kind=kind,
            number=number, issued_on=(today - timedelta(days=days)).isoformat(),
        )  # fmt: skip
    for place, (name, unit, price, about) in enumerate(products):
        teller.act(
            "enterprises.record_product", on, teller.moment(on, 12), **given, product_id=str(new_id()), name=name,
            unit=unit, price_rupiah=price, about=about, photo_id=str(new_id()),
            picture=base64.b64encode(drawn(plan.trade, place)).decode(),
        )  # fmt: skip


def drawn(trade: str, place: int) -> bytes:
    """A made-up picture of goods: round crisps on a tray, or cloth with a pattern."""
    picture = Image.new("RGB", (640, 480), (238, 230, 214))
    pen = ImageDraw.Draw(picture)
    tone = ((214, 152, 64), (196, 120, 40), (150, 90, 60))[place % 3]
    if trade == "food":
        pen.ellipse((60, 70, 580, 430), fill=(250, 246, 236), outline=(170, 160, 140), width=6)
        for n in range(24):
            x, y = 150 + (n * 83) % 330, 130 + (n * 57) % 210
            pen.ellipse((x, y, x + 74, y + 58), fill=tone, outline=(130, 80, 30), width=3)
    else:
        pen.rectangle((90, 40, 550, 440), fill=(40, 60, 90))
        for x in range(110, 540, 54):
            for y in range(60, 430, 54):
                pen.polygon([(x + 18, y), (x + 36, y + 18), (x + 18, y + 36), (x, y + 18)], fill=tone)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=80)
    return target.getvalue()
