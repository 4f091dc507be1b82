"""What one country's card says: open or closed, lawful cost and who pays, warnings. Plain Python.

Everything comes from dated values with their ground; what no value says is None, and the page says that it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from desmigratif.cases.rules.offer.law import Law
from desmigratif.placement.rules.destinations import LoadedDestinations
from desmigratif.regulations.countries import country_name
from desmigratif.regulations.jobs import EMPLOYER_TYPES, JOBS
from desmigratif.shared import dated
from desmigratif.shared.dated import NoValueOnDate, dated_on
from desmigratif.shared.rupiah import format_rupiah

Standing = Literal["open", "closed", "not_listed", "unknown"]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its ground; `status` as in every regulation, "" for an operator's list."""

    text: str
    citation: str
    status: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Openness:
    """Whether a kind of employer may take workers there, and by which text."""

    standing: Standing
    citation: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class CountryCard:
    code: str
    name: str
    household: Openness
    company: Openness
    costs: tuple[Said, ...]
    warnings: tuple[Said, ...]
    mission: Said | None
    placed_2023: int | None
    placed_ground: Said | None
    is_high_risk: bool


def countries_shown_first(on: date) -> list[str]:
    """The countries that people ask for most; none on a day for which we hold no list."""
    ground = _ground("country_cards.shown_first", on)
    return ground.value if ground else []


def card_of(code: str, on: date, loaded: LoadedDestinations | None = None) -> CountryCard:
    """The card of a country by the rules of a day."""
    law = Law(on, loaded)
    placed, mission = _ground("country_cards.placed_2023", on), _ground("country_cards.missions", on)
    risky = _ground("offer_safety.high_risk_countries", on)
    return CountryCard(
        code=code,
        name=country_name(code),
        household=_openness(code, "household", law),
        company=_openness(code, "company", law),
        costs=tuple(_costs(code, on)),
        warnings=tuple(_warnings(code, on)),
        mission=_said(mission.value.get(code) or mission.value["other"], mission) if mission else None,
        placed_2023=placed.value.get(code) if placed else None,
        placed_ground=_said("", placed) if placed else None,
        is_high_risk=risky is not None and code in risky.value,
    )


def _openness(code: str, employer_type: str, law: Law) -> Openness:
    closed = [_ground("offer_safety.closed_countries", law.on)]
    if employer_type == "household":
        closed.append(_ground("offer_safety.household_ban_countries", law.on))
    for ground in closed:
        if ground is not None and code in ground.value:
            return Openness("closed", ground.citation, ground.status)
    if by_list := law.closed_by_list(code, employer_type):
        return Openness("closed", by_list)
    listed = law.destinations()
    if listed is None:
        return Openness("unknown")
    return Openness("open" if code in listed[0] else "not_listed", listed[1], _status_of_list(law, listed[1]))


def _status_of_list(law: Law, citation: str) -> str:
    ground = _ground("destinations.destinations", law.on)
    return ground.status if ground is not None and ground.citation == citation else ""


def _costs(code: str, on: date) -> Iterator[Said]:
    """Jobs that are free of cost, then this country's tables, then what may be asked where no table is known."""
    free = _ground("placement_costs.zero_cost_jobs", on)
    if free is not None and free.value:
        names = ", ".join(JOBS[job].lower() for job in free.value)
        yield _said(f"Bebas biaya bagi pekerja (dibayar pemberi kerja dan pemerintah daerah): {names}.", free)
    found = False
    for name, versions in dated.subject("cost_tables").items():
        for ground in versions if name.startswith("table_") else ():
            table = ground.value
            if ground.holds_on(on) and table["country"] == code and not _all_free(table, free):
                found = True
                yield _said(_table_text(table, free), ground)
    personal = _ground("cost_tables.personal_costs", on)
    if not found and personal is not None:
        text = "Pekerjaan lain: batas biayanya belum diketahui. Biaya pribadi yang boleh diminta hanya yang terdaftar"
        yield _said(f"{text} di halaman biaya; lainnya jangan dibayar sebelum dicek.", personal)


def _all_free(table: dict[str, Any], free: dated.Dated | None) -> bool:
    return free is not None and "jobs" in table and set(table["jobs"]) <= set(free.value)


def _table_text(table: dict[str, Any], free: dated.Dated | None) -> str:
    if "jobs" in table:
        whom = ", ".join(JOBS[job].lower() for job in table["jobs"])
    else:
        whom = f"{EMPLOYER_TYPES[table['employer_type']].lower()}, selain pekerjaan yang bebas biaya"
    foreign = table.get("foreign")
    beside = f" ditambah {foreign['amount']:,} dalam uang negara itu".replace(",", ".") if foreign else ""
    return f"Paling banyak {format_rupiah(table['total'])}{beside} bagi pekerja: {whom}."


def _warnings(code: str, on: date) -> Iterator[Said]:
    for name, versions in dated.subject("country_cards").items():
        for ground in versions if name.startswith("warnings_of_") else ():
            if ground.holds_on(on) and ground.value.get("country") == code:
                yield _said(ground.value.get("text", ""), ground)


def _ground(path: str, on: date) -> dated.Dated | None:
    try:
        return dated_on(path, on)
    except NoValueOnDate:
        return None


def _said(text: str, ground: dated.Dated) -> Said:
    return Said(text, ground.citation, ground.status, ground.source)
