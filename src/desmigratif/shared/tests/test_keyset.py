"""Pages by the last row that was shown."""

from __future__ import annotations

import pytest

from desmigratif.audit.models import FactDelta
from desmigratif.shared.keyset import Slice, page_of

pytestmark = pytest.mark.django_db
ORDER = ("on", "numerator", "id")


@pytest.fixture
def facts() -> None:
    FactDelta.objects.bulk_create(
        FactDelta(code="T", village_code="33.07.10.2004", on=f"2026-11-{10 + n // 4}", numerator=n % 3, denominator=1)
        for n in range(17)
    )


def page(after: str, size: int = 5) -> Slice[FactDelta]:
    return page_of(FactDelta.objects.filter(code="T"), ORDER, after=after, size=size)


def test_pages_follow_each_other_and_leave_nothing_out(facts: None) -> None:
    shown, cursor, firsts = [], "", []
    while True:
        found = page(cursor)
        shown += [row.id for row in found.rows]
        firsts.append(found.is_first)
        cursor = found.cursor
        if not cursor:
            break

    assert shown == list(FactDelta.objects.filter(code="T").order_by(*ORDER).values_list("id", flat=True))
    assert firsts == [True, False, False, False]


def test_a_page_that_ends_with_the_last_row_leads_nowhere(facts: None) -> None:
    assert page("", 17).cursor == ""
    assert page("", 16).cursor != ""


@pytest.mark.parametrize("nonsense", ["x", "a~b~c", "2026-11-10~~", "2026-13-40~1~x", "~~", "1~2~3~4", "\x00~1~2"])
def test_a_cursor_that_means_nothing_shows_the_first_page(facts: None, nonsense: str) -> None:
    assert page(nonsense).is_first
    assert len(page(nonsense).rows) == 5
