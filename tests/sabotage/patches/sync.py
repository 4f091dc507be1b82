"""Patches of `sync`: what phones send and fetch."""

from __future__ import annotations

from .parts import PULL, PUSH, Patch, tests

SYNC: tuple[Patch, ...] = (
    Patch(
        "changes come in any order", "a phone would skip what it never saw",
        "sync/queries.py", ').order_by("change_no")[: limit + 1]', ').order_by("-change_no")[: limit + 1]', PULL,
    ),
    Patch(
        "a phone's question names its village and is believed", "any phone could ask for any village",
        "sync/queries.py", "if by.may(registry.rows_of(record).see_permission, village_code)]", "]", PULL,
    ),
    Patch(
        "a phone of an earlier life is believed", "after a restore its numbers mean something else",
        "sync/views.py", "    known = sent.epoch in (None, epoch)", "    known = True", PUSH,
    ),
    Patch(
        "another person's outbox is taken", "work on a shared phone arrives under the wrong name",
        "sync/views.py", "    if sent.person not in (None, request.actor.id):", "    if False:", PUSH,
    ),
    Patch(
        "a phone forgets a sheet before it heard the decision", "a cashier never learns what became of the money",
        "sync/rules/outbox.py", "item.state == State.KEPT and not item.undecided and ", "item.state == State.KEPT and ",
        tests("sync", "outbox"),
    ),
)  # fmt: skip
