"""Inputs about letters of the village other than the family's permission."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from desmigratif.cases.inputs.common import VillageCode
from desmigratif.documents.inputs import RevocationReason
from desmigratif.shared.inputs import Input

AskedBy = Literal["self", "spouse", "parent", "guardian", "proxy"]
FactName = Annotated[str, Field(pattern=r"^[a-z_]{2,30}$")]
FactText = Annotated[str, Field(max_length=200)]


class IssueVillageLetter(Input):
    """Write one letter: its kind, who came for it, and what the register does not hold (a day as ISO).

    With `replaces`, that letter is taken back in the same act, for `reason`.
    """

    letter_id: UUID
    village_code: str = VillageCode
    resident_id: UUID
    kind: str = Field(pattern=r"^[a-z_]{3,30}$")
    on: date
    asked_by: AskedBy
    facts: dict[FactName, FactText] = Field(default_factory=dict, max_length=20)
    replaces: UUID | None = None
    reason: RevocationReason | None = None
