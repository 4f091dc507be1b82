"""What several actions of the service centre need."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.scope import get_or_refuse
from desmigratif.access.subject_keys import key_of
from desmigratif.cases.actions.refusals import CaseIsClosed
from desmigratif.cases.models import Case, CaseState
from desmigratif.people.models import Resident
from desmigratif.regions.queries import today_in
from desmigratif.shared import crypto
from desmigratif.shared.reasons import Reason, Refusal


def resident_of(by: Actor, village_code: str, resident_id: UUID, field: str = "resident_id") -> Resident:
    """A resident of that village whom this person may see, with the household. Raises `NotFoundOrNotYours`."""
    residents = Resident.objects.visible_to(by).filter(village_code=village_code).select_related("household")
    return get_or_refuse(residents, field, id=resident_id)


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


def sealed_text(subject_id: UUID, text: str | None, *, place: str) -> bytes | None:
    """A story, sealed with the key of the person (or of the record, when nobody is named)."""
    if not text:
        return None
    return crypto.seal(key_of(subject_id, make=True) or b"", text.encode(), place=place)
