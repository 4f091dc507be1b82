"""Countries to choose from: the usual ones first, then the list in force, then the rest; or to be written by name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desmigratif.cases.forms.offer.answers import UNKNOWN
from desmigratif.cases.forms.widgets import DONT_KNOW
from desmigratif.regulations.countries import countries_called, countries_spelled_like, country_name, country_names
from desmigratif.shared.dated import NoValueOnDate, value_on

OFTEN_CHOSEN = ("HKG", "TWN", "MYS", "SGP", "JPN", "KOR", "SAU")  # most placements of recent years


SHORTENED = 4  # names that a hint still holds


class UsualCountry(forms.ChoiceField):
    """The usual countries and those of `chosen`; any other is written into a `WrittenCountry` beside it.

    A page with forty questions has no room for the names of the world. A code of any country is taken.
    """

    def __init__(self, *, label: Any, chosen: tuple[Any, ...]) -> None:
        names = country_names()
        shown = [code for code in dict.fromkeys((*OFTEN_CHOSEN, *chosen)) if code in names]
        super().__init__(choices=[DONT_KNOW, *((code, names[code]) for code in shown)], label=label, required=False)

    def valid_value(self, value: Any) -> bool:
        return value != "IDN" and value in country_names()


class WrittenCountry(forms.CharField):
    """A country by its name or the beginning of it; cleaned to its code, "" when nothing is written."""

    def __init__(self) -> None:
        super().__init__(label=_("Negara lain, tulis namanya"), required=False, max_length=60)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        called = countries_called(text)
        if len(called) == 1:
            return called[0]
        if similar := called or countries_spelled_like(text):
            names = ", ".join(country_name(code) for code in similar[:SHORTENED])
            raise forms.ValidationError(_("Negara mana? Mungkin: %(names)s.") % {"names": names})
        if text:
            raise forms.ValidationError(_("Negara itu tidak ada dalam daftar. Periksa ejaannya."))
        return UNKNOWN


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
