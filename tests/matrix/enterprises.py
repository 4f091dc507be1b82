"""A group of Kuripan that does business: Cucakrowo is its chair, Kenariman a member."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desmigratif.access.actor import Actor
from desmigratif.shared.ids import new_id


def make_group(ids: dict[str, Any], mentor: Actor, act: Callable[..., Any]) -> None:
    ids |= {"business_group_id": new_id(), "group_member_id": new_id()}
    act(
        mentor, "enterprises.form_group", group_id=ids["business_group_id"], name="Kelompok Jalak", trade="food",
        on="2026-09-01", members=[
            {"member_id": new_id(), "resident_id": ids["sister"], "post": "chair"},
            {"member_id": ids["group_member_id"], "resident_id": ids["husband"]},
        ],
    )  # fmt: skip
