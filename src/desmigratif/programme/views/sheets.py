"""A form that does one act, as the one address where things are written down shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.scope import require
from desmigratif.documents.acting import ActForm
from desmigratif.programme.views.helper_rows import require_village
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import NotFoundOrNotYours


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form that does one act, and where one comes from and goes to."""

    form: ActForm
    action: str
    payload: Callable[[], Mapping[str, Any]]
    title: str
    lead: str
    said: str
    back: str


def village_of(desk: DeskRequest, permission: Permission) -> tuple[str, date]:
    """The village of the address, where this person may write. Raises `NotFoundOrNotYours`."""
    code = desk.GET.get("desa", "")
    require_village(code)
    require(desk.actor, permission, code)
    return code, today_in(code, desk.now)


def id_of(desk: DeskRequest) -> UUID:
    """The record of the address. Raises `NotFoundOrNotYours`."""
    try:
        return UUID(desk.GET.get("id", ""))
    except ValueError:
        raise NotFoundOrNotYours from None
