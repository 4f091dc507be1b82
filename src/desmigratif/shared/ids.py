"""Ids: UUIDv7, made by whoever creates the record, so that phones can too."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh UUIDv7: unique everywhere, sortable by the moment it was made."""
    return uuid7()
