"""What several actions of the service centre need."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.refusals import CaseIsClosed
from desmigratif.cases.models import ENDED, Case, CaseState
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.regions.queries import today_in
from desmigratif.shared.privacy import PrivacyClass
from desmigratif.shared.reasons import Reason, Refusal

GONE = {LifeStatus.DEAD: "meninggal", LifeStatus.MOVED: "pindah", LifeStatus.INVALID: "tidak valid"}


def resident_of(
    by: Actor, village_code: str, resident_id: UUID, field: str = "resident_id", *, lock: bool = False
) -> Resident:
    """A resident of that village whom this person may see, with the household. Raises `NotFoundOrNotYours`.

    `lock`: whoever else decides about this resident waits until we are done.
    """
    residents = Resident.objects.visible_to(by).filter(village_code=village_code).select_related("household")
    if lock:
        residents = residents.select_for_update(of=("self",))
    return get_or_refuse(residents, field, id=resident_id)


def reasons_gone(resident: Resident) -> list[Reason]:
    """A record that is closed stands for nobody who could leave."""
    if resident.life_status not in GONE:
        return []
    return [
        Reason(
            "resident_gone",
            f"Warga ini tercatat {GONE[LifeStatus(resident.life_status)]}.",
            way_out="Perbaiki dulu status warganya bila keliru, atau buka berkasnya yang berlaku.",
            field="resident_id",
        )
    ]


def open_case_of(by: Actor, village_code: str, case_id: UUID) -> Case:
    """A case that is still open, locked. Raises `NotFoundOrNotYours` or `CaseIsClosed`."""
    cases = Case.objects.visible_to(by).filter(village_code=village_code).select_for_update(of=("self",))
    case = get_or_refuse(cases.select_related("resident__household"), "case_id", id=case_id)
    if case.state in ENDED:
        withdrew = case.state == CaseState.WITHDREW
        why = " karena calon batal berangkat" if withdrew else ""
        raise CaseIsClosed(
            Reason(
                "case_withdrawn" if withdrew else "case_over",
                f"Rencana ini sudah ditutup{why}.",
                way_out="Mulai rencana baru bila calon berniat lagi.",
            )
        )
    return case


def remember(
    case: Case,
    event: str,
    on: date,
    *,
    subjects: list[Subject] | None = None,
    privacy: PrivacyClass = PrivacyClass.PERSONAL,
    **params: Any,
) -> None:
    """An event of the case with its people, a change, and a line in the household's history."""
    unit.record(
        event,
        village_code=case.village_code,
        subjects=[Subject("case", case.id), Subject("resident", case.resident_id), *(subjects or [])],
    )
    unit.changed("cases.case", case.village_code, case.id)
    memory.add_timeline(
        village_code=case.village_code,
        household_id=case.resident.household_id,
        resident_id=case.resident_id,
        kind=event,
        on=on,
        link=f"cases:case:{case.id}",
        privacy=privacy,
        **params,
    )


def refuse_future(village_code: str, on: date, now: datetime, kind: type[Refusal]) -> date:
    """The village's own today. Raises `kind` when the business date lies after it."""
    today = today_in(village_code, now)
    if on > today:
        raise kind(Reason("date_in_future", "Tanggal tidak boleh sesudah hari ini.", field="on"))
    return today
