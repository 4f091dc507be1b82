"""The kinds of bodies outside the village that a referral can go to: code -> Indonesian word (referrals.yaml)."""

from __future__ import annotations

from datetime import date

from desmigratif.shared.dated import value_on


def body_kinds(on: date = date.max) -> dict[str, str]:
    """The kinds of a day, in the order in which they are offered; the newest ones without a day."""
    return {row["code"]: row["label"] for row in value_on("referrals.bodies", on)}
