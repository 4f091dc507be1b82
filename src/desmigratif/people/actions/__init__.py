"""What officers do with the register of people. Importing this package registers every action of it."""

from desmigratif.people.actions import (
    consents,
    contact,
    envelopes,
    facts,
    hand_overs,
    importing,
    merging,
    moving,
    protection,
    residents,
    telling_apart,
    undoing,
)

__all__ = [
    "consents",
    "contact",
    "envelopes",
    "facts",
    "hand_overs",
    "importing",
    "merging",
    "moving",
    "protection",
    "residents",
    "telling_apart",
    "undoing",
]
