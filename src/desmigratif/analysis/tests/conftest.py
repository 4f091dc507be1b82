"""A handful of facts in two villages of Wonosobo, one of Indramayu and one of Kupang; and everybody who reads them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from desmigratif.access.models import Grant, User
from desmigratif.audit.models import FactDelta
from desmigratif.indicators.roll_ups.folding import fold
from desmigratif.programme.models import ProgrammeVillage
from desmigratif.shared.ids import new_id

KURIPAN, GARUNG, KENANGA, KUPANG = "33.07.10.2004", "33.07.12.2007", "32.12.16.2004", "53.01.10.2007"
WONOSOBO = "33.07"
# village, indicator, day, numerator, denominator
FACTS = (
    (KURIPAN, "A5", date(2025, 3, 4), 20, 40), (KURIPAN, "A5", date(2026, 8, 4), 6, 8),
    (KURIPAN, "A5", date(2026, 9, 4), 9, 10), (GARUNG, "A5", date(2026, 9, 5), 1, 2),
    (KENANGA, "A5", date(2026, 9, 6), 30, 60), (KUPANG, "A5", date(2026, 9, 6), 7, 10),
    (KURIPAN, "A1", date(2026, 8, 4), 12, 0), (GARUNG, "A1", date(2026, 9, 4), 3, 0),
    (KENANGA, "A1", date(2026, 9, 4), 80, 0),
)  # fmt: skip


@pytest.fixture(autouse=True)
def on_the_morning(morning: None) -> None:
    """Every test here is on the tests' morning."""


@pytest.fixture
def facts(places: None, now: datetime) -> None:
    for village, code, on, above, below in FACTS:
        FactDelta.objects.create(code=code, village_code=village, on=on, numerator=above, denominator=below)
    fold(now)
    for village, programme in ((KURIPAN, "desmigratif"), (KURIPAN, "emas"), (GARUNG, "desmigratif"), (KENANGA, "emas")):
        ProgrammeVillage.objects.create(
            village_code=village, programme=programme, decree="SK contoh", decreed_on=date(2025, 1, 6)
        )


def user(role: str, region: str, now: datetime) -> User:
    made = User.objects.create(id=new_id(), username=f"{role}.{region}", name=role.replace("_", " ").title())
    since = now.date() - timedelta(days=9)
    Grant.objects.create(id=new_id(), user=made, role=role, region_code=region, valid_from=since)
    return made
