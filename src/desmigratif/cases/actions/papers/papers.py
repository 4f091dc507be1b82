"""The papers of a candidate: what they say, until when, and a copy of them."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.abroad import stays
from desmigratif.cases.actions.common import open_case_of, refuse_future, remember
from desmigratif.cases.actions.refusals import CannotRecordPaper, ChangedMeanwhile
from desmigratif.cases.inputs import RecordPaper, RemovePaperCopy
from desmigratif.cases.models import Case, Paper
from desmigratif.cases.rules.papers import papers as rules
from desmigratif.cases.rules.papers.papers import PaperFacts
from desmigratif.cases.rules.papers.requirements import papers_for
from desmigratif.cases.sealing import sealed_said
from desmigratif.documents import attachments
from desmigratif.documents.models import Attachment
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.sealing import passport_index
from desmigratif.shared.reasons import Reason

PASSPORT = "passport"


@action("cases.record_paper", Permission.CASE_OPEN)
def record_paper(*, by: Actor, given: RecordPaper, now: datetime) -> Paper:
    """Write down one paper, new or renewed; a new copy takes the place of the old one, which is destroyed."""
    require(by, Permission.CASE_OPEN, given.village_code)
    today = refuse_future(given.village_code, given.on, now, CannotRecordPaper)
    case = open_case_of(by, given.village_code, given.case_id)
    listed = {paper.code: paper for paper in papers_for({}, on=given.on)}
    facts = PaperFacts(
        number=given.number or "",
        name=given.name_on_paper or "",
        birth_date=given.birth_date,
        issued_on=given.issued_on,
        valid_until=given.valid_until,
    )
    if reasons := rules.reasons_not_to_record(given.kind, facts, listed=listed, today=today):
        raise CannotRecordPaper(reasons)
    paper = _paper_to_write(case, given)
    paper.said_sealed = sealed_said(case.resident_id, paper.id, facts)
    paper.number_index = passport_index(given.number) if given.kind == PASSPORT else ""
    paper.issued_on, paper.recorded_on = given.issued_on, given.on
    paper.valid_until = given.valid_until or rules.last_day(given.issued_on, listed[given.kind].valid_months)
    if given.picture is not None:
        _replace_copy(paper, given)
    paper.save()
    unit.changed("cases.paper", case.village_code, paper.id)
    stays.paper_changed(case, paper.kind, given.on)
    remember(case, "paper.recorded", given.on, subjects=[Subject("paper", paper.id)], paper=given.kind)
    return paper


def _paper_to_write(case: Case, given: RecordPaper) -> Paper:
    """The row of this paper, locked; two officers at once: the second is told. Raises `ChangedMeanwhile`."""
    rows = Paper.objects.in_village(case.village_code).filter(resident=case.resident_id, kind=given.kind)
    paper = rows.select_for_update(of=("self",)).select_related("copy").first()
    if given.seen != (paper.version if paper else 0):
        raise ChangedMeanwhile(
            Reason(
                "changed_meanwhile",
                "Dokumen ini sudah diubah petugas lain sejak halaman ini dibuka.",
                way_out="Isian Anda masih di sini. Bandingkan dengan daftar dokumen, lalu simpan sekali lagi.",
            )
        )
    if paper is None:
        refuse_taken_ids(Paper, [given.paper_id])
        return Paper(id=given.paper_id, village_code=case.village_code, resident=case.resident, kind=given.kind)
    paper.version += 1
    return paper


def _replace_copy(paper: Paper, given: RecordPaper) -> None:
    refuse_taken_ids(Attachment, [given.copy_id])
    kept = attachments.put_away(
        given.copy_id, given.picture or b"", village_code=paper.village_code, resident_id=paper.resident_id,
        paper=paper.kind, on=given.on,
    )  # fmt: skip
    if paper.copy is not None:
        attachments.take_away(paper.copy, because=rules.REPLACED, on=given.on)
    paper.copy = kept


@action("cases.remove_paper_copy", Permission.CASE_OPEN)
def remove_paper_copy(*, by: Actor, given: RemovePaperCopy, now: datetime) -> Paper:
    """Destroy the copy of a paper, with a reason; what is written of the paper stays."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRecordPaper)
    case = open_case_of(by, given.village_code, given.case_id)
    rows = Paper.objects.in_village(case.village_code).filter(resident=case.resident_id, kind=given.kind)
    paper = rows.select_for_update(of=("self",)).select_related("copy").first()
    if paper is None or paper.copy is None:
        raise CannotRecordPaper(Reason("no_copy", "Dokumen ini tidak punya salinan.", field="kind"))
    _forget_copy(case, paper, because=given.reason, on=given.on)
    return paper


def _forget_copy(case: Case, paper: Paper, *, because: str, on: date) -> None:
    assert paper.copy is not None  # noqa: S101  asked by the caller
    kept, paper.copy = paper.copy, None
    paper.version += 1
    paper.save(update_fields=["copy", "version"])
    attachments.take_away(kept, because=because, on=on)
    unit.changed("cases.paper", case.village_code, paper.id)
    stays.paper_changed(case, paper.kind, on)
    about = [Subject("paper", paper.id), Subject("attachment", kept.id)]
    remember(case, "paper.copy_removed", on, subjects=about, paper=paper.kind)
