"""Inputs of the desk's own actions."""

from __future__ import annotations

from pydantic import Field

from desmigratif.shared.inputs import Input


class ShowFirstWeek(Input):
    """Whether the first page shows the guide of the first week to whoever asks."""

    village_code: str = Field(pattern=r"^\d\d\.\d\d\.\d\d\.\d{4}$")
    shown: bool
