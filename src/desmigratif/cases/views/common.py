"""What several pages of the service centre show or do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit.unit import Subject
from desmigratif.cases.models import Case, HeadDecision
from desmigratif.cases.rules.labels import JOBS, LEVELS, TOO_LITTLE
from desmigratif.cases.rules.letters.signatures import why_postponed
from desmigratif.cases.rules.offer.unknown import says_too_little
from desmigratif.people.models import LifeStatus, MaritalStatus, Resident, Sex
from desmigratif.people.queries.moves import records_here
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import age_on, format_date
from desmigratif.shared.reasons import NotFoundOrNotYours

GROWN_UP = 17  # from this age people are addressed as Ibu and Bapak
REVOKED = {"name": "henti", "label": gettext_lazy("Surat dicabut")}
LEVEL_STATES = {"clear": "aman", "advise": "aman", "hold": "cek", "stop": "henti"}


def verdict(level: str, unknown: Iterable[str]) -> dict[str, str]:
    """A check's level as a badge; a calm one counts only when the essential questions were answered."""
    if says_too_little(level, unknown):
        return {"name": "tidaktahu", "label": TOO_LITTLE}
    return {"name": LEVEL_STATES[level], "label": LEVELS[level]}


def as_desk(request: HttpRequest) -> DeskRequest:
    return cast(DeskRequest, request)


def resident_asked_for(desk: DeskRequest) -> Resident | None:
    """The resident that `?warga=` names, with the household. Raises `NotFoundOrNotYours` for anybody else's."""
    return resident_named(desk) if desk.GET.get("warga") else None


def resident_named(desk: DeskRequest) -> Resident:
    """As `resident_asked_for`, on a page that is about a resident. Raises `NotFoundOrNotYours` without one, too."""
    try:
        resident_id = UUID(desk.GET.get("warga", ""))
    except ValueError:
        raise NotFoundOrNotYours from None
    return get_or_refuse(Resident.objects.visible_to(desk.actor).select_related("household"), id=resident_id)


def called(resident: Resident, today: date) -> str:
    """Ibu Siti Aminah; Bapak Budi; a child, or somebody of unknown sex or age, by name alone."""
    if resident.birth_date is None or age_on(resident.birth_date, today) < GROWN_UP or not resident.sex:
        return resident.shown_name
    title = _("Ibu") if resident.sex == Sex.FEMALE else _("Bapak")
    return f"{title} {resident.shown_name}"


def standing(resident: Resident) -> Resident:
    """The record on which this person's file goes on: another one after a move inside the village."""
    return records_here(resident)[0] if resident.life_status == LifeStatus.MOVED else resident


def household_url(resident: Resident) -> str:
    """Where this person's file is open today."""
    return reverse("people:household", args=[standing(resident).household_id])


def person_strip(resident: Resident, today: date, states: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Whose file this is, where they live now. Reads the household's row."""
    resident = standing(resident)
    home = resident.household
    age = age_on(resident.birth_date, today) if resident.birth_date else None
    is_child = age is not None and age < GROWN_UP
    facts = [
        "" if age is None else _("%(age)s tahun") % {"age": age} if age else _("Belum setahun"),
        str(MaritalStatus(resident.marital_status).label) if resident.marital_status and not is_child else "",
        " ".join(
            part for part in (_("Dusun %s") % home.hamlet if home.hamlet else "", f"RT {home.rt}" if home.rt else "")
            if part
        ),
    ]  # fmt: skip
    return {
        "name": called(resident, today),
        "url": household_url(resident),
        "facts": [fact for fact in facts if fact],
        "states": states or [],
    }


def register_facts(resident: Resident, today: date) -> list[dict[str, str | None]]:
    """What the village register knows of a candidate: shown, not asked."""
    born = resident.birth_date
    return [
        {"label": _("Nama"), "value": resident.shown_name},
        {
            "label": _("Tanggal lahir"),
            "value": f"{format_date(born)} ({age_on(born, today)} tahun)" if born else None,
        },
        {"label": _("Jenis kelamin"), "value": str(Sex(resident.sex).label) if resident.sex else None},
        {
            "label": _("Status perkawinan"),
            "value": str(MaritalStatus(resident.marital_status).label) if resident.marital_status else None,
        },
    ]


def goal_of(case: Case) -> str:
    """Hong Kong, Penata laksana rumah tangga; what is unknown is left out, all unknown says so."""
    parts = [country_name(case.country) if case.country else "", JOBS.get(case.job, "")]
    return ", ".join(part for part in parts if part) or _("Negara dan pekerjaan belum diketahui")


def opened(request: DeskRequest, case: Case, event: str = "case.opened_page") -> bool:
    """Leave the trace of a look into a case. False: specific facts must stay closed, and the page says so."""
    subjects = [Subject("resident", case.resident_id), Subject("case", case.id)]
    return reads.opened(request.actor, event, village_code=case.village_code, subjects=subjects, now=request.now)


def listed(request: DeskRequest, event: str) -> bool:
    """Leave the one trace of a list that shows names."""
    return reads.opened(request.actor, event, village_code=request.actor.home_code, now=request.now)


def may_see_specific(request: DeskRequest, case: Case, *, recorded: bool) -> bool:
    return recorded and request.actor.may(Permission.RESIDENT_SPECIFIC_SEE, case.village_code)


def in_sentence(label: str) -> str:
    """A label within a sentence: keterangan lisan; an abbreviation as KTP stays as it is."""
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def decision_words(decision: HeadDecision | None) -> str:
    """What the head said, in one sentence; nothing when nothing was said."""
    if decision is None:
        return ""
    day = format_date(decision.on)
    if decision.postponed_until is None:
        return _("Kepala desa menyetujui %s.") % day
    why = why_postponed(decision.postponed_because, decision.on)
    said = f"{why.label[:1].lower()}{why.label[1:]}" if why else ""
    words = {"until": format_date(decision.postponed_until), "why": said}
    return _("Kepala desa menunda sampai %(until)s: %(why)s.") % words
