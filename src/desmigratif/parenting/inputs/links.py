"""Inputs about a caregiver's address."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from desmigratif.parenting.inputs.common import VillageCode
from desmigratif.shared.inputs import Input


class MakeCaregiverLink(Input):
    """Make the address of a child's caregiver; an older one opens nothing any more."""

    link_id: UUID
    village_code: str = VillageCode
    child_id: UUID
    on: date
