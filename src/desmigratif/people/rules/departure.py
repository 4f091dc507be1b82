"""Who is asked whether they want to work abroad."""

from __future__ import annotations

from datetime import date

from desmigratif.shared.dated import value_on


def may_be_asked(age: int | None, on: date) -> bool:
    """Whether a plan to work abroad is offered to somebody of this age in years (None = unknown) on a day.

    Source: `regulations/journey.yaml`, asked_from_age. Who may really go is decided by the check of the offer.
    """
    from_age: int = value_on("journey.asked_from_age", on)
    return age is None or age >= from_age
