"""Input of a member's code."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desmigratif.shared.inputs import Input


class GiveMemberCode(Input):
    """Make a code for one member; the one before it opens nothing any more."""

    code_id: UUID
    cooperative_id: UUID
    member_id: UUID
    on: date
