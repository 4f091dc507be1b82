"""Group loans with joint liability (tanggung renteng): what one member does not pay, the others carry."""

from __future__ import annotations

from collections.abc import Mapping

from desmigratif.cooperative.rules.rounding import shares


def carried_by_others(arrears: Mapping[str, int], loans: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Who carries how much for whom: {member who carries: {member in arrears: rupiah}}, adding up to the rupiah.

    Those who are not in arrears themselves carry, in proportion to their own loans (`loans`, rupiah lent; equal parts
    when nobody else borrowed). Raises `ValueError` when everybody is in arrears: then there is nobody to carry.
    """
    behind = {member: amount for member, amount in arrears.items() if amount > 0}
    carriers = [member for member in loans if member not in behind]
    if behind and not carriers:
        raise ValueError("everybody is in arrears")
    weights = [loans[member] for member in carriers]
    if not any(weights):
        weights = [1] * len(carriers)
    carried: dict[str, dict[str, int]] = {member: {} for member in carriers}
    for member, amount in behind.items():
        for carrier, part in zip(carriers, shares(amount, weights), strict=True):
            if part:
                carried[carrier][member] = part
    return carried
