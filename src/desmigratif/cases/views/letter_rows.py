"""A letter as one row of somebody's letters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.documents.models import Letter
from desmigratif.documents.rules.statement import KIND_LABELS
from desmigratif.shared.dates import format_date


def letter_row(letter: Letter, today: date) -> dict[str, Any]:
    """One letter in a list of one person's."""
    return {
        "title": KIND_LABELS.get(letter.kind, letter.kind),
        "url": reverse("documents:letter", args=[letter.id]),
        "detail": f"{letter.number} · {format_date(letter.issued_on)}",
        "states": [state_of(letter, today)],
        "icon": "certificate",
    }


def state_of(letter: Letter, today: date) -> dict[str, str]:
    """Whether a letter holds, as a word with its colour."""
    if letter.revoked_on is not None:
        return {"name": "henti", "label": _("Dicabut")}
    if letter.valid_until is not None and letter.valid_until < today:
        return {"name": "tidaktahu", "label": _("Habis masanya")}
    return {"name": "aman", "label": _("Berlaku")}
