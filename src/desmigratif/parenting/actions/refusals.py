"""Refusals of the learning centre, by name."""

from __future__ import annotations

from desmigratif.shared.reasons import Refusal


class CannotEnrol(Refusal):
    code = "cannot_enrol"
