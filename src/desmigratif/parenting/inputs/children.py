"""Inputs about children. `None` is unknown."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from desmigratif.parenting.inputs.common import Code, MaybeCode, VillageCode
from desmigratif.shared.inputs import Input


class ChildFacts(Input):
    """What the centre knows of a child: no more than it needs."""

    village_code: str = VillageCode
    on: date
    parent: str | None = MaybeCode
    worker_id: UUID | None = None
    caregiver_id: UUID | None = None
    caregiver_relation: str | None = MaybeCode
    caregiver_load: str | None = MaybeCode
    last_contact_on: date | None = None
    schooling: str | None = MaybeCode
    school: str | None = Field(default=None, max_length=100)
    school_class: str | None = Field(default=None, max_length=20)
    needs: tuple[str, ...] = Field(default=(), max_length=12)


class EnrolChild(ChildFacts):
    """A child of the register comes to the centre. `hand_over_id` is the serahan that this is the yes to."""

    child_id: UUID
    resident_id: UUID
    basis: str = Code
    given_by: str | None = MaybeCode
    hand_over_id: UUID | None = None
    known_to_differ: bool = False


class ChangeChild(ChildFacts):
    """What the centre knows now; `seen` is the version that was on the screen."""

    child_id: UUID
    seen: int


class LeaveCentre(Input):
    """A child leaves the centre, with a reason of regulations/parenting.yaml."""

    child_id: UUID
    village_code: str = VillageCode
    on: date
    because: str = Code


class MakePlan(Input):
    """Steps for a child until a day."""

    plan_id: UUID
    village_code: str = VillageCode
    child_id: UUID
    on: date
    steps: tuple[str, ...] = Field(max_length=12)
    due_on: date


class FinishPlan(Input):
    """How a plan ended."""

    plan_id: UUID
    village_code: str = VillageCode
    on: date
    helped: bool
