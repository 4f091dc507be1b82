"""Inputs about saved pivots."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from desmigratif.shared.inputs import Input

Title = Field(min_length=1, max_length=80)


class SavePivot(Input):
    """Keep a pivot under a name, as its address says it."""

    pivot_id: UUID
    title: str = Title
    query: str = Field(min_length=1, max_length=600)


class RenamePivot(Input):
    """Another name for one of one's own."""

    pivot_id: UUID
    title: str = Title


class SharePivot(Input):
    """Let the office see it, or no longer."""

    pivot_id: UUID
    is_shared: bool


class DeletePivot(Input):
    """Throw one of one's own away; the address goes on working for whoever copied it."""

    pivot_id: UUID
