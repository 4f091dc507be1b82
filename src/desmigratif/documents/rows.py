"""A letter as one row of a list, and whether it holds, as a word with its colour."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.documents.models import Letter
from desmigratif.documents.rules.statement import KIND_LABELS
from desmigratif.shared.dates import format_date

# The states of a letter, as the archive asks for them in its address.
STATES = {
    "berlaku": ("aman", gettext_lazy("Berlaku")),
    "diganti": ("henti", gettext_lazy("Diganti")),
    "dicabut": ("henti", gettext_lazy("Dicabut")),
    "habis": ("tidaktahu", gettext_lazy("Habis masanya")),
}


def state_code(letter: Letter, today: date) -> str:
    """Which of `STATES` a letter is in; reads `replaced_by`."""
    if letter.revoked_on is not None:
        return "diganti" if getattr(letter, "replaced_by", None) else "dicabut"
    return "habis" if letter.valid_until is not None and letter.valid_until < today else "berlaku"


def state_of(letter: Letter, today: date) -> dict[str, str]:
    name, label = STATES[state_code(letter, today)]
    return {"name": name, "label": str(label)}


def kind_label(letter: Letter) -> str:
    return _(KIND_LABELS[letter.kind]) if letter.kind in KIND_LABELS else letter.kind


def letter_row(letter: Letter, today: date) -> dict[str, Any]:
    """One letter in a list of one person's."""
    return {
        "title": kind_label(letter),
        "url": reverse("documents:letter", args=[letter.id]),
        "detail": f"{letter.number} · {format_date(letter.issued_on)}",
        "states": [state_of(letter, today)],
        "icon": "certificate",
    }
