"""What the newest list of vacancies says of a country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min

from desmigratif.placement.models import ListKind
from desmigratif.placement.queries import Wish, live_orders, newest_load
from desmigratif.placement.rules.freshness import may_answer


@dataclass(frozen=True, slots=True)
class Wages:
    """How many live vacancies, and (currency, least, most) a month; of the list of that day."""

    as_of: date
    orders: int
    ranges: tuple[tuple[str, int, int], ...]


def wages_in(country: str, region_code: str, today: date) -> Wages | None:
    """None without a list that may answer."""
    load = newest_load(ListKind.PERMITS, region_code, today)
    if load is None or not may_answer(load.kind, load.as_of, today):
        return None
    rows = live_orders(load, Wish(country=country), today).order_by()
    said = rows.exclude(wage_amount=None).exclude(wage_currency="").values("wage_currency")
    ranges = said.annotate(least=Min("wage_amount"), most=Max("wage_amount"), n=Count("id")).order_by("-n")
    return Wages(load.as_of, rows.count(), tuple((row["wage_currency"], row["least"], row["most"]) for row in ranges))
