"""What a candidate was told before going: the topics of the regulation, by whom, and that they got it."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.cases.actions import keeping
from desmigratif.cases.actions.common import open_case_of, refuse_future, remember
from desmigratif.cases.actions.refusals import CannotTakeStep
from desmigratif.cases.inputs import RecordInformation
from desmigratif.cases.models import LEFT, Case, TopicTold
from desmigratif.cases.queries.before.steps import topics_told
from desmigratif.cases.rules.before.visits import topics_on
from desmigratif.shared.reasons import Reason


@action("cases.record_information", Permission.CASE_OPEN)
def record_information(*, by: Actor, given: RecordInformation, now: datetime) -> Case:
    """Write down what was explained; the step is finished when the candidate says that they got all of it."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotTakeStep)
    case = open_case_of(by, given.village_code, given.case_id)
    wanted = topics_on(given.on)
    if reasons := _reasons(case, given, set(wanted)):
        raise CannotTakeStep(reasons)
    told = topics_told(case)
    for topic in given.topics:
        row = told.get(topic) or TopicTold(village_code=case.village_code, case=case, topic=topic, on=given.on)
        if not row.received:
            row.on, row.giver_id, row.received = given.on, str(by.id), given.received
            row.save()
            unit.changed("cases.topictold", case.village_code, row.id)
        told[topic] = row
    complete = all(topic in told and told[topic].received for topic in wanted)
    if complete:
        keeping.finish(case, "information", given.on)
    remember(case, "case.informed", given.on, topics=len(told), of=len(wanted))
    return case


def _reasons(case: Case, given: RecordInformation, wanted: set[str]) -> list[Reason]:
    if case.state in LEFT:
        return [Reason("already_abroad", "Orangnya sudah di luar negeri; penjelasan ini untuk sebelum berangkat.")]
    if not wanted >= set(given.topics):  # never repeated: it could be a story, and reasons are kept
        return [Reason("unknown_topic", "Ada topik yang tidak dikenal.", field="topics")]
    if not given.topics:
        return [Reason("no_topic", "Pilih paling sedikit satu hal yang dijelaskan.", field="topics")]
    if given.on < case.opened_on:
        return [Reason("before_case", "Tanggal penjelasan tidak boleh sebelum rencana dicatat.", field="on")]
    return []
