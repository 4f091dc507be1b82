"""What several actions of the service centre need."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.cases.actions.refusals import CaseIsClosed
from desmigratif.cases.models import Case, CaseState
from desmigratif.people.models import LifeStatus, Resident
from desmigratif.regions.queries import today_in
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
    if case.state == CaseState.WITHDREW:
        raise CaseIsClosed(
            Reason(
                "case_withdrawn",
                "Rencana ini sudah ditutup karena calon batal berangkat.",
                way_out="Mulai rencana baru bila calon berniat lagi.",
            )
        )
    return case


def refuse_future(village_code: str, on: date, now: datetime, kind: type[Refusal]) -> date:
    """The village's own today. Raises `kind` when the business date lies after it."""
    today = today_in(village_code, now)
    if on > today:
        raise kind(Reason("date_in_future", "Tanggal tidak boleh sesudah hari ini.", field="on"))
    return today
