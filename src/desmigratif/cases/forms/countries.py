"""Countries to choose from: the usual ones first, then the list in force, then the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.widgets import DONT_KNOW
from desmigratif.regulations.countries import country_names
from desmigratif.shared.dated import NoValueOnDate, value_on

OFTEN_CHOSEN = ("HKG", "TWN", "MYS", "SGP", "JPN", "KOR", "SAU")  # most placements of recent years


def country_choices(today: date) -> list[tuple[Any, Any]]:
    """Choices in groups; a day without a list of destinations has only the usual ones and the rest."""
    names = {code: name for code, name in country_names().items() if code != "IDN"}
    try:
        listed = set(value_on("destinations.destinations", today))
    except NoValueOnDate:
        listed = set()
    others = [code for code in names if code not in OFTEN_CHOSEN]
    return [
        DONT_KNOW,
        (_("Paling sering"), [(code, names[code]) for code in OFTEN_CHOSEN]),
        (_("Negara tujuan lain dalam daftar"), [(code, names[code]) for code in others if code in listed]),
        (_("Negara lain"), [(code, names[code]) for code in others if code not in listed]),
    ]
