"""Which figures are too small to be shown to the public, and which others must go with them.

A figure of fewer than five says something about single people. To hide it alone is not enough: whoever subtracts the
districts that are shown from their regency has it again. So under a region that is shown either all parts are shown,
or at least two are hidden that stand for five or more together; and under a hidden region nothing is shown.
"""

from __future__ import annotations

from collections.abc import Mapping

REST = ""  # what belongs to the region itself and to none of its parts


def hidden_parts(sizes: Mapping[str, int], small: int, whole: int | None = None) -> set[str]:
    """Of the parts of a region that is shown, those that are not: part -> for how many it stands.

    `whole` is for how many the region stands; what its parts do not make up is a part that is never listed.
    """
    cells = {part: size for part, size in sizes.items() if size > 0}
    rest = (whole or 0) - sum(sizes.values())
    if whole is not None and rest > 0:
        cells[REST] = rest
    hidden = {part for part, size in cells.items() if size < small}
    for part in sorted(cells.keys() - hidden, key=lambda part: (cells[part], part)):
        if not hidden or (len(hidden) > 1 and sum(cells[one] for one in hidden) >= small):
            break
        hidden.add(part)
    return hidden - {REST}


def shown_regions(tree: Mapping[str, Mapping[str, int]], wholes: Mapping[str, int], small: int, top: str) -> set[str]:
    """Every region that may be shown, from the top down. `tree`: region -> its parts and for how many each stands."""
    shown: set[str] = set()
    open_ones = [top] if not 0 < wholes.get(top, 0) < small else []
    while open_ones:
        region = open_ones.pop()
        shown.add(region)
        parts = tree.get(region, {})
        hidden = hidden_parts(parts, small, wholes.get(region))
        open_ones.extend(part for part in parts if part not in hidden)
    return shown
