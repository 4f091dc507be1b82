"""A loaded list of destinations as the offer check reads it. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desmigratif.shared.dates import format_date


@dataclass(frozen=True, slots=True)
class LoadedDestinations:
    """Country -> (open for households, open for companies), each None = the list does not say."""

    as_of: date
    source: str
    countries: Mapping[str, tuple[bool | None, bool | None]]

    @property
    def citation(self) -> str:
        return f"daftar negara tujuan per {format_date(self.as_of)}, {self.source}"

    @property
    def open_somehow(self) -> list[str]:
        """The countries that are not closed for both."""
        return [code for code, said in self.countries.items() if said != (False, False)]

    def closes(self, country: str, employer_type: str | None) -> bool:
        """Whether the list says that this country is closed for such employers."""
        household, company = self.countries.get(country, (None, None))
        return {"household": household, "company": company}.get(employer_type or "") is False
