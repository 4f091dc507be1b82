"""What a device sends, checked before anything is done: the envelope whole, each intention by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input
from desmigratif.sync.rules.outbox import ASKED_AT_ONCE

MAX_BATCH = 100
MAX_BODY_BYTES = 512 * 1024


class Push(Input):
    """One sending. `epoch` is the server's life that the device knows, or None before the first answer; `person`
    is whose outbox this is, so that on a shared phone nobody's work arrives under another one's name."""

    device: str = Field(min_length=1, max_length=64)
    person: UUID | None = None
    epoch: str | None = Field(default=None, max_length=64)
    actions: tuple[Any, ...] = ()


class Intention(Input):
    """One act that a person wished for. `made_at` and `app_version` are evidence only; the door never reads them."""

    id: UUID
    action: str = Field(max_length=60)
    payload: dict[str, Any]
    seen_version: int | None = None
    made_at: datetime | None = None
    app_version: str | None = Field(default=None, max_length=40)


class Pull(Input):
    """What is new in a village since change number `after`."""

    person: UUID | None = None
    village: str = Field(pattern=r"^\d\d\.\d\d\.\d\d\.\d{4}$")
    after: int = Field(default=0, ge=0)
    limit: int = Field(default=500, ge=1, le=1000)


_ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class AskSheet(Input):
    """The sheet of a meeting to take along. `have` is the number of the book that the phone's sheet knows already;
    with `ambil` "tidak" no sheet is wanted, only what is safe. `tanya` names sheets that wait for a second person:
    what became of them is told in the same answer."""

    person: UUID | None = None
    koperasi: UUID
    pilih: str = Field(default="", max_length=10)
    kelompok: str = Field(default="", max_length=36)
    tempat: str = Field(default="", max_length=80)
    lembar: str = Field(default="", max_length=6)
    ambil: str = Field(default="", max_length=5)
    have: int = Field(default=0, ge=0)
    tanya: str = Field(default="", pattern=rf"^({_ID}(,{_ID}){{0,{ASKED_AT_ONCE - 1}}})?$")

    @property
    def asked_about(self) -> list[UUID]:
        return [UUID(one) for one in self.tanya.split(",") if one]
