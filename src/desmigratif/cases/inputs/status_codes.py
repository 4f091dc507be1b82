"""Input about the code by which a family reads a journey."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desmigratif.cases.inputs.common import VillageCode
from desmigratif.shared.inputs import Input


class GiveStatusCode(Input):
    """Make a code for a plan; it takes the place of the one before."""

    code_id: UUID
    case_id: UUID
    village_code: str = VillageCode
    on: date
