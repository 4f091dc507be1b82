"""Recruiters: who they are, what people complain of, and what came out of it."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions.common import open_case_of, refuse_future
from desmigratif.cases.actions.refusals import CannotReportBroker
from desmigratif.cases.inputs import ReportBroker, SettleBrokerReport
from desmigratif.cases.models import Broker, BrokerMet, BrokerReport
from desmigratif.cases.queries.offer.brokers import phone_print
from desmigratif.cases.sealing import broker_phone_place, broker_story_place, sealed_text
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.rules.names import fold_name
from desmigratif.people.rules.phones import normalise
from desmigratif.shared.reasons import Reason


@action("cases.report_broker", Permission.BROKER_REPORT)
def report_broker(*, by: Actor, given: ReportBroker, now: datetime) -> Broker:
    """Write down a recruiter, known by number or by name, with the plan and the complaint if there is one."""
    require(by, Permission.BROKER_REPORT, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotReportBroker)
    refuse_taken_ids(BrokerReport, [given.record_id])
    phone = _phone(given)
    case = open_case_of(by, given.village_code, given.case_id) if given.case_id else None
    if given.complaint is None and case is None:
        text = "Pilih keluhannya, atau catat perekrut ini dari rencana calonnya."
        raise CannotReportBroker(Reason("nothing_said", text, field="complaint"))
    broker = _known(given, phone) or _new(given, phone)
    if case is not None and not BrokerMet.objects.in_village(case.village_code).filter(case=case, broker=broker):
        BrokerMet.objects.create(village_code=case.village_code, case=case, broker=broker, on=given.on)
    if given.complaint is not None:
        BrokerReport.objects.create(
            id=given.record_id,
            village_code=given.village_code,
            broker=broker,
            case=case,
            on=given.on,
            complaint=given.complaint,
            story_sealed=sealed_text(broker.id, given.story, place=broker_story_place(given.record_id)),
            reported_by=str(by.id),
        )
    about = [Subject("broker", broker.id), *([Subject("case", case.id)] if case else [])]
    unit.record("broker.reported", village_code=given.village_code, subjects=about, complaint=given.complaint or "")
    return broker


def _phone(given: ReportBroker) -> str:
    try:
        return normalise(given.phone) if given.phone else ""
    except ValueError:
        text = "Nomor HP ini belum lengkap atau salah tulis."
        raise CannotReportBroker(Reason("phone_shape", text, field="phone")) from None


def _known(given: ReportBroker, phone: str) -> Broker | None:
    """The same number is the same person; the same name is, unless both have numbers that differ."""
    here = Broker.objects.in_village(given.village_code).select_for_update()
    if phone and (found := here.filter(phone_index=phone_print(phone)).first()):
        return found
    named = here.filter(name_key=fold_name(given.name))
    return (named.filter(phone_index="") if phone else named).order_by("id").first()


def _new(given: ReportBroker, phone: str) -> Broker:
    broker = Broker(
        village_code=given.village_code, name=given.name, name_key=fold_name(given.name),
        aliases=given.aliases or "", hamlet=given.hamlet or "", phone_index=phone_print(phone) if phone else "",
    )  # fmt: skip
    broker.phone_sealed = sealed_text(broker.id, phone, place=broker_phone_place(broker.id))
    broker.save(force_insert=True)
    return broker


@action("cases.settle_broker_report", Permission.BROKER_SETTLE)
def settle_broker_report(*, by: Actor, given: SettleBrokerReport, now: datetime) -> BrokerReport:
    """The regency looked into a complaint; what is unfounded counts no more against anybody."""
    require(by, Permission.BROKER_SETTLE, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotReportBroker)
    rows = BrokerReport.objects.visible_to(by).filter(village_code=given.village_code).select_for_update()
    report = get_or_refuse(rows, "report_id", id=given.report_id)
    if given.on < report.on:
        raise CannotReportBroker(Reason("before_report", "Tanggalnya tidak boleh sebelum keluhannya.", field="on"))
    report.finding, report.settled_on = given.finding, given.on
    report.save(update_fields=["finding", "settled_on"])
    about = [Subject("broker", report.broker_id)]
    unit.record("broker.settled", village_code=report.village_code, subjects=about, finding=given.finding)
    return report
