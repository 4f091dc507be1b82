"""While somebody works abroad: where they are, what was heard of them, their contract, what the family tells."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cases.actions import keeping
from desmigratif.cases.actions.abroad import alarms, stays
from desmigratif.cases.actions.common import open_case_of, refuse_future, remember, resident_of
from desmigratif.cases.actions.refusals import CannotRecordAbroad, ChangedMeanwhile
from desmigratif.cases.inputs import (
    ChangeContract,
    NoteRemittance,
    RecordContact,
    RecordStay,
    ReportToMission,
    StayFacts,
)
from desmigratif.cases.models import Case, CaseState, Contact, ContractChange, RemittanceNote, Stay
from desmigratif.cases.rules.abroad import contact as contact_rules
from desmigratif.cases.rules.abroad import contracts
from desmigratif.cases.rules.journey import journey_on, reasons_not_to_write_down
from desmigratif.cases.sealing import change_place, contact_place, sealed_json, stay_said
from desmigratif.people.actions.common import refuse_taken_ids
from desmigratif.people.rules.calls import zone_name
from desmigratif.regions.queries import village
from desmigratif.regulations.countries import country_names
from desmigratif.regulations.time_zones import zones_of
from desmigratif.shared.dated import value_on
from desmigratif.shared.privacy import PrivacyClass
from desmigratif.shared.reasons import Reason

SAID = ("employer", "address", "phone", "kin_name", "kin_phone", "caregiver_name", "caregiver_relation")
SILENT = (CaseState.DEPARTED, CaseState.LOST_CONTACT)


def begin_stay(case: Case, facts: StayFacts | None, *, by: Actor, on: date) -> Stay:
    """Inside the act by which somebody is abroad from now on."""
    stay = stays.stay_of(case, on)
    if facts is not None:
        _write(stay, case, facts, by=by)
    stays.keep(stay, case, on)
    return stay


@action("cases.record_stay", Permission.CASE_OPEN)
def record_stay(*, by: Actor, given: RecordStay, now: datetime) -> Stay:
    """Write down with whom and where somebody is, who is told at home, and what was agreed about calling."""
    case = _case_abroad(by, given, now, "contact")
    standing = Stay.objects.in_village(case.village_code).filter(case=case).first()
    if given.seen != (standing.version if standing else 0):
        raise ChangedMeanwhile(_changed_meanwhile())
    stay = stays.stay_of(case, given.on)
    if given.country is not None and given.country != case.country:
        _go_elsewhere(stay, case, given.country)
    _write(stay, case, given.facts, by=by)
    if given.agreed_contact_days is not None and given.agreed_contact_days != case.agreed_contact_days:
        _agree(stay, case, given.agreed_contact_days, now=now, on=given.on)
    stays.keep(stay, case, given.on)
    remember(case, "stay.recorded", given.on)
    return stay


def _go_elsewhere(stay: Stay, case: Case, country: str) -> None:
    """Where somebody is became known, or is another country now: another clock."""
    if country == "IDN" or country not in country_names():
        raise CannotRecordAbroad(Reason("unknown_country", "Negara ini tidak ada dalam daftar.", field="country"))
    case.country, stay.time_zone = country, zone_name(country)
    case.version += 1
    case.save(update_fields=["country", "version"])


def _agree(stay: Stay, case: Case, days: int, *, now: datetime, on: date) -> None:
    """A new agreement counts from the last call; where none is known, from today."""
    case.agreed_contact_days = days
    case.save(update_fields=["agreed_contact_days"])
    if stay.heard_at is None:
        stay.heard_at = now
    stays.hear(stay, case, stay.heard_at, now=now, on=on)


def _write(stay: Stay, case: Case, facts: StayFacts, *, by: Actor) -> None:
    if facts.time_zone and facts.time_zone not in zones_of(case.country):
        raise CannotRecordAbroad(Reason("unknown_zone", "Pilih zona waktu di negara itu.", field="time_zone"))
    stay.time_zone = stay.time_zone or zone_name(case.country)
    if facts.kin_id is not None:
        stay.kin = resident_of(by, case.village_code, facts.kin_id, "kin_id")
        if stay.kin.id == case.resident_id:
            text = "Pilih orang lain: pekerjanya sendiri tidak bisa dihubungi di rumah."
            raise CannotRecordAbroad(Reason("kin_is_worker", text, field="kin_id"))
    for name in ("time_zone", "contact_time", "contract_until", "cover_until"):
        if (value := getattr(facts, name)) is not None:
            setattr(stay, name, value)
    if facts.contact_weekdays is not None:
        stay.contact_weekdays = sorted(set(facts.contact_weekdays))
    said = {name: getattr(facts, name) for name in SAID}
    stays.write_said(stay, case.resident_id, stay_said(stay, key_of(case.resident_id)), said)


@action("cases.report_to_mission", Permission.CASE_OPEN)
def report_to_mission(*, by: Actor, given: ReportToMission, now: datetime) -> Stay:
    """The worker is known to the mission of Indonesia: it can help when something happens."""
    case = _case_abroad(by, given, now, "report_to_mission")
    stay = stays.stay_of(case, given.on)
    if stay.reported_on is not None:
        raise CannotRecordAbroad(Reason("reported_before", "Lapor dirinya sudah dicatat.", field="on"))
    if reasons := contact_rules.reasons_about_moment(given.on, None, now, 0, left_on=case.departed_on):
        raise CannotRecordAbroad(reasons)
    stay.reported_on, stay.reported_how = given.on, given.how
    stays.keep(stay, case, given.on)
    remember(case, "mission.reported", given.on)
    return stay


@action("cases.record_contact", Permission.CASE_OPEN)
def record_contact(*, by: Actor, given: RecordContact, now: datetime) -> Contact:
    """Somebody was heard of, or it was tried in vain; a call ends the alarm, signs of danger raise one."""
    case = _case_abroad(by, given, now, "contact")
    refuse_taken_ids(Contact, [given.contact_id])
    offset = village(case.village_code).utc_offset
    reasons = contact_rules.reasons_about_moment(given.on, given.at, now, offset, left_on=case.departed_on)
    heard = given.source != "nobody"
    if heard and given.lost:
        text = "Ada kabar, jadi tidak dinyatakan putus kabar."
        reasons.append(Reason("heard_of", text, way_out="Kosongkan centangnya.", field="lost"))
    if reasons:
        raise CannotRecordAbroad(reasons)
    at = min(contact_rules.moment_of(given.on, given.at, offset), now)
    row = _write_contact(case, given, at)
    stay = stays.stay_of(case, given.on)
    if heard:
        _heard(stay, case, given, now)
    elif given.lost:
        alarms.lose(stay, case, now=now, on=given.on)
    if given.passport_taken or given.ransom_asked:
        alarms.ask_flag(
            stay, case, on=given.on, now=now, passport_taken=given.passport_taken, ransom_asked=given.ransom_asked
        )
    stays.keep(stay, case, given.on)
    event = "contact.recorded" if heard else "contact.lost" if given.lost else "contact.tried"
    remember(case, event, given.on, subjects=[Subject("contact", row.id)], source=given.source)
    return row


def _write_contact(case: Case, given: RecordContact, at: datetime) -> Contact:
    said = {"note": given.note, "passport_taken": given.passport_taken, "ransom_asked": given.ransom_asked}
    row = Contact.objects.create(
        id=given.contact_id,
        village_code=case.village_code,
        case=case,
        on=given.on,
        at=at,
        source=given.source,
        said_sealed=sealed_json(case.resident_id, said, place=contact_place(given.contact_id)),
    )
    unit.changed("cases.contact", case.village_code, row.id)
    return row


def _heard(stay: Stay, case: Case, given: RecordContact, now: datetime) -> None:
    offset = village(case.village_code).utc_offset
    stays.hear(stay, case, contact_rules.moment_of(given.on, given.at, offset), now=now, on=given.on)
    if case.state in SILENT and stay.overdue_since is None:
        keeping.at_work_again(case, given.on)


@action("cases.change_contract", Permission.CASE_OPEN)
def change_contract(*, by: Actor, given: ChangeContract, now: datetime) -> ContractChange:
    """A contract goes on, moves to another employer, or changes; the cover goes on with it or is seen to be missing."""
    case = _case_abroad(by, given, now, "contract_change")
    refuse_taken_ids(ContractChange, [given.change_id])
    stay = stays.stay_of(case, given.on)
    if reasons := _reasons_not_to_change(stay, given):
        raise CannotRecordAbroad(reasons)
    months = contracts.months_more(stay.contract_until or given.on, given.until) if given.until else None
    sealed = {"employer": given.employer, "address": given.address, "note": given.note}
    row = ContractChange.objects.create(
        id=given.change_id,
        village_code=case.village_code,
        case=case,
        on=given.on,
        kind=given.kind,
        until=given.until,
        months=months,
        premium_rupiah=contracts.premium_of_extension(months, on=given.on) if months else None,
        paid=given.paid,
        said_sealed=sealed_json(case.resident_id, sealed, place=change_place(given.change_id)),
    )
    unit.changed("cases.contractchange", case.village_code, row.id)
    _take_over(stay, case, given)
    stays.keep(stay, case, given.on)
    until = given.until.isoformat() if given.until else None
    remember(
        case, "contract.changed", given.on, subjects=[Subject("contract", row.id)], change=given.kind, until_on=until
    )
    return row


def _reasons_not_to_change(stay: Stay, given: ChangeContract) -> list[Reason]:
    if given.kind in stays.EXTENDING and given.until is None:
        return [Reason("until_missing", "Tulis sampai kapan kontrak yang baru.", field="until")]
    if given.kind in ("employer", "both") and not given.employer:
        return [Reason("employer_missing", "Tulis siapa pemberi kerja yang baru.", field="employer")]
    if given.until is None:
        return []
    return contracts.reasons_not_to_extend(contract_until=stay.contract_until, until=given.until, on=given.on)


def _take_over(stay: Stay, case: Case, given: ChangeContract) -> None:
    known = stay_said(stay, key_of(case.resident_id))
    if given.employer and not given.address:
        known.pop("address", None)  # the old employer's house is not where to look any more
    stays.write_said(stay, case.resident_id, known, {"employer": given.employer, "address": given.address})
    if given.until is not None:
        stay.contract_until = given.until
        if given.paid:
            stay.cover_until = given.until
    if given.kind in stays.EXTENDING and case.state in (CaseState.DEPARTED, CaseState.WORKING):
        keeping.go_on(case, CaseState.EXTENDED, given.on)


@action("cases.note_remittance", Permission.CASE_OPEN)
def note_remittance(*, by: Actor, given: NoteRemittance, now: datetime) -> RemittanceNote:
    """What the family chose to tell of the money sent home; whoever does not want to is not written down."""
    case = _case_abroad(by, given, now, "remittance_use")
    refuse_taken_ids(RemittanceNote, [given.note_id])
    if not given.willing:
        text = "Catat hanya bila keluarga mau bercerita."
        raise CannotRecordAbroad(Reason("not_willing", text, way_out="Tidak apa-apa bila tidak.", field="willing"))
    known = value_on("abroad.remittance_bands", given.on), value_on("abroad.remittance_uses", given.on)
    if given.band not in known[0] or not set(given.uses) <= set(known[1]):
        raise CannotRecordAbroad(Reason("unknown_choice", "Pilih dari daftarnya.", field="band"))
    row = RemittanceNote.objects.create(
        id=given.note_id, village_code=case.village_code, case=case, on=given.on, band=given.band,
        uses=sorted(set(given.uses)),
    )  # fmt: skip
    unit.changed("cases.remittancenote", case.village_code, row.id)
    about = [Subject("remittance", row.id)]
    remember(case, "remittance.noted", given.on, subjects=about, privacy=PrivacyClass.SPECIFIC)
    return row


Given = RecordStay | ReportToMission | RecordContact | ChangeContract | NoteRemittance


def _case_abroad(by: Actor, given: Given, now: datetime, step: str) -> Case:
    """The case, locked, when this step may be written down of it. Raises `Refusal`."""
    require(by, Permission.CASE_OPEN, given.village_code)
    refuse_future(given.village_code, given.on, now, CannotRecordAbroad)
    case = open_case_of(by, given.village_code, given.case_id)
    if reasons := reasons_not_to_write_down(journey_on(given.on), step, state=case.state):
        raise CannotRecordAbroad(reasons)
    return case


def _changed_meanwhile() -> Reason:
    return Reason(
        "changed_meanwhile",
        "Data ini sudah diubah petugas lain sejak halaman ini dibuka.",
        way_out="Isian Anda masih di sini. Bandingkan, lalu simpan sekali lagi.",
    )
