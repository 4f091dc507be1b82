"""A cooperative in Kuripan with its chart, and who works in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from desmigratif.access.actor import Actor, person
from desmigratif.access.door import do
from desmigratif.cooperative.models import Cooperative
from desmigratif.cooperative.queries.ledger.books import Chart, chart_of, trial_balance
from desmigratif.cooperative.queries.ledger.verify import verify_books
from desmigratif.cooperative.tests.lender import Lender
from desmigratif.cooperative.tests.market import TODAY, Market
from desmigratif.shared.ids import new_id

KURIPAN = "33.07.10.2004"
KENANGA = "32.12.16.2004"
OPENED = date(2026, 9, 1)


def somebody(role: str, village: str = KURIPAN) -> Actor:
    return person(new_id(), "Orang Koperasi", (role, village))


@pytest.fixture(autouse=True)
def _on_that_morning(on_that_morning: None) -> None:
    """What is recorded here is of a day; a month later a page would say other things of it."""


@pytest.fixture
def board() -> Actor:
    return somebody("cooperative_board")


@pytest.fixture
def treasurer() -> Actor:
    return somebody("cooperative_treasurer")


@pytest.fixture
def cashier() -> Actor:
    return somebody("cooperative_cashier")


@pytest.fixture
def supervisor() -> Actor:
    return somebody("cooperative_supervisor")


@pytest.fixture
def act(now: datetime) -> Callable[..., dict[str, Any]]:
    """Do an action through the door; `act(by, "cooperative.close_period", last_on=...)`."""

    def acting(by: Actor, action: str, /, *, act_id: UUID | None = None, **given: Any) -> dict[str, Any]:
        return do(by, action, given, now=now, act_id=act_id or new_id())

    return acting


@pytest.fixture
def set_up(act: Callable[..., dict[str, Any]]) -> Callable[..., Cooperative]:
    """Open the books of one more cooperative."""

    def opening(village: str = KURIPAN, *, opened_on: date = OPENED) -> Cooperative:
        id = new_id()
        act(
            somebody("cooperative_board", village), "cooperative.set_up_cooperative", cooperative_id=id,
            village_code=village, name="Koperasi Maju Bersama", kind="cooperative", opened_on=opened_on,
        )  # fmt: skip
        return Cooperative.objects.in_village(village).get(id=id)

    return opening


@pytest.fixture
def cooperative(db: None, set_up: Callable[..., Cooperative]) -> Cooperative:
    return set_up()


@pytest.fixture
def chart(cooperative: Cooperative) -> Chart:
    return chart_of(cooperative)


@pytest.fixture
def lender(db: None) -> Lender:
    return Lender()


@pytest.fixture
def market(db: None) -> Iterator[Market]:
    """Whatever a test did, the books balance, verify, and agree with the till to the rupiah."""
    found = Market()
    yield found
    lines = trial_balance(found.cooperative, TODAY)
    assert sum(line.debit_rupiah - line.credit_rupiah for line in lines) == 0
    assert verify_books(found.id).broken == ()
    assert found.balance("cash") == found.till
