"""The law behind the offer check, on one day: levels, citations, ages, thresholds and lists, all from data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from desmigratif.cases.rules.offer.input import OfferCheckInput
from desmigratif.cases.rules.offer.result import Level
from desmigratif.placement.rules.destinations import LoadedDestinations
from desmigratif.shared.dated import NoValueOnDate, dated_on, value_on


@dataclass(frozen=True, slots=True)
class Law:
    """What holds on a day. Every method raises `NoValueOnDate` for a day before the rules we hold."""

    on: date
    loaded: LoadedDestinations | None = None

    def value(self, name: str) -> Any:
        return value_on(f"offer_safety.{name}", self.on)

    def citation(self, name: str) -> str:
        return dated_on(f"offer_safety.{name}", self.on).citation

    def level(self, code: str) -> Level:
        level: Level = self.value(code.lower())
        return level

    def level_of_missing_papers(self, code: str, given: OfferCheckInput, *, refused: bool) -> Level:
        """Papers that come later only need advice at the permission, unless the recruiter refuses them."""
        if given.stage == "permission" and not refused:
            softer: Level = self.value("level_of_missing_papers_at_permission")
            return softer
        return self.level(code)

    def has_agency(self, given: OfferCheckInput) -> bool:
        """Whether a placement agency belongs in this scheme; an unknown scheme is not let off."""
        return given.offer.scheme not in self.value("schemes_without_agency")

    def destinations(self) -> tuple[list[str], str] | None:
        """The countries on the list in force and its citation; None on a day for which we hold no list.

        A loaded list stands over the dated one unless that is newer. It opens nothing that a rule closes.
        """
        try:
            listed = dated_on("destinations.destinations", self.on)
        except NoValueOnDate:
            return (self.loaded.open_somehow, self.loaded.citation) if self.loaded else None
        if self.loaded is not None and self.loaded.as_of >= listed.since:
            return self.loaded.open_somehow, self.loaded.citation
        return listed.value, listed.citation

    def closed_by_list(self, country: str, employer_type: str | None) -> str | None:
        """The citation of the loaded list when it closes this country for such employers."""
        return self.loaded.citation if self.loaded and self.loaded.closes(country, employer_type) else None

    def is_zero_cost(self, job: str | None) -> bool:
        return job in value_on("placement_costs.zero_cost_jobs", self.on)

    def zero_cost_citation(self) -> str:
        return dated_on("placement_costs.zero_cost_jobs", self.on).citation

    def cost_cap(self, country: str | None, job: str | None) -> tuple[int, str] | None:
        """The most rupiah that a worker may be charged for this job there, and the decree; None if unknown."""
        for line in value_on("placement_costs.worker_cost_caps", self.on):
            if country == line["country"] and job in line["jobs"]:
                foreign = line.get("foreign", {"amount": 0, "rupiah_each_at_most": 0})
                return line["rupiah"] + foreign["amount"] * foreign["rupiah_each_at_most"], line["citation"]
        return None
