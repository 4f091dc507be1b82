"""Joining a cooperative, and who stands beside a member."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import make_keys
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.cooperative import sealing
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.actions.ledger.posting_sql import lock_book_of
from desmigratif.cooperative.inputs.members import (
    AdmitMember,
    ApplyForMembership,
    ConnectPerson,
    DisconnectPerson,
    SetMembershipTerms,
)
from desmigratif.cooperative.models import Account, ConnectedPerson, Cooperative, Member, MembershipTerms, MemberStatus
from desmigratif.cooperative.queries.ledger.books import balance_now
from desmigratif.cooperative.queries.members.register import next_number, terms_on
from desmigratif.cooperative.rules.labels import DIED
from desmigratif.cooperative.rules.members.membership import Applicant, reasons_not_to_join
from desmigratif.people.queries.linking import resident_with_nik
from desmigratif.shared.reasons import Reason, Refusal


class CannotSetTerms(Refusal):
    code = "cannot_set_terms"


class CannotJoin(Refusal):
    code = "cannot_join"


class CannotConnect(Refusal):
    code = "cannot_connect"


_TAKEN = Reason("already_member", "NIK ini sudah terdaftar di koperasi ini.", field="nik")
_NO_TERMS = Reason(
    "no_terms", "Besar simpanan pokok dan wajib belum ditetapkan.", way_out="Catat dulu keputusan rapat anggota."
)


@action("cooperative.set_membership_terms", Permission.COOPERATIVE_SET_UP)
def set_membership_terms(*, by: Actor, given: SetMembershipTerms, now: datetime) -> MembershipTerms:
    """Record what members pay once and each month, from a day on; what was decided before stays for its time."""
    cooperative = books_of(by, given.cooperative_id, Permission.COOPERATIVE_SET_UP)
    last = MembershipTerms.objects.of(cooperative).order_by("-since").first()
    if last is not None and given.since <= last.since:
        text = "Keputusan baru harus berlaku sesudah keputusan yang terakhir."
        raise CannotSetTerms(Reason("not_after_last", text, field="since"))
    terms = MembershipTerms.objects.create(
        id=given.terms_id, village_code=cooperative.village_code, cooperative=cooperative, since=given.since,
        principal_rupiah=given.principal_rupiah, compulsory_rupiah=given.compulsory_rupiah, decision=given.decision,
    )  # fmt: skip
    _note("membership_terms.set", cooperative, Subject("membership_terms", terms.id), since=terms.since.isoformat())
    return terms


@action("cooperative.apply_for_membership", Permission.MEMBER_MANAGE)
def apply_for_membership(*, by: Actor, given: ApplyForMembership, now: datetime) -> Member:
    """Write somebody into the register as a candidate, linked to the village register when the NIK is known there."""
    cooperative = books_of(by, given.cooperative_id, Permission.MEMBER_MANAGE)
    refuse_future(cooperative.village_code, given.on, now)
    if Member.objects.everywhere().filter(id=given.member_id).exists():
        raise CannotJoin(Reason("written_already", "Pendaftaran ini sudah tercatat."))
    lock_book_of(cooperative.id)  # two people writing the same person down wait for each other
    reasons = _reasons_not_to_apply(given)
    standing = Member.objects.of(cooperative).filter(nik_index=sealing.nik_index(given.nik))
    if standing.exclude(status=MemberStatus.LEFT).exists():
        reasons.append(_TAKEN)
    if reasons:
        raise CannotJoin(reasons)
    member = Member(
        id=given.member_id, village_code=cooperative.village_code, cooperative=cooperative, name=given.name,
        resident=resident_with_nik(given.nik, near=cooperative.village_code), applied_on=given.on,
    )  # fmt: skip
    details = given.model_dump(include={"birth_date", "birth_place", "sex", "occupation", "address", "phone"})
    sealing.put_details(member, make_keys([member.id])[member.id], given.nik, details)
    member.save(force_insert=True)
    _note("member.applied", cooperative, Subject("member", member.id))
    return member


def _reasons_not_to_apply(given: ApplyForMembership) -> list[Reason]:
    """Of the reasons against joining, those that a candidate cannot mend by paying."""
    applicant = Applicant("stranger", given.birth_date, given.is_citizen, given.in_area, entry_savings_paid=True)
    return reasons_not_to_join(applicant, given.on)


@action("cooperative.admit_member", Permission.MEMBER_MANAGE)
def admit_member(*, by: Actor, given: AdmitMember, now: datetime) -> dict[str, object]:
    """Make a candidate a member with a number, once the simpanan pokok is paid."""
    cooperative = books_of(by, given.cooperative_id, Permission.MEMBER_MANAGE)
    refuse_future(cooperative.village_code, given.on, now)
    members = Member.objects.of(cooperative).select_related("resident").select_for_update(of=("self",))
    member = get_or_refuse(members, "member_id", id=given.member_id)
    lock_book_of(cooperative.id)
    if reasons := _reasons_not_to_admit(cooperative, member, given):
        raise CannotJoin(reasons)
    member.status, member.joined_on, member.number = MemberStatus.MEMBER, given.on, next_number(cooperative)
    member.version += 1
    member.save(update_fields=["status", "joined_on", "number", "version"])
    _note("member.admitted", cooperative, Subject("member", member.id), number=member.number)
    if member.resident is not None:
        memory.add_timeline(
            village_code=member.resident.village_code, household_id=member.resident.household_id,
            resident_id=member.resident_id, kind="member.admitted", on=given.on, cooperative=cooperative.name,
        )  # fmt: skip
    return {"id": str(member.id), "number": member.number}


def _reasons_not_to_admit(cooperative: Cooperative, member: Member, given: AdmitMember) -> list[Reason]:
    if member.status != MemberStatus.CANDIDATE:
        return [Reason("not_a_candidate", "Orang ini bukan calon anggota lagi.", field="member_id")]
    if given.on < member.applied_on:
        return [Reason("before_application", "Tanggal masuk sebelum tanggal mendaftar.", field="on")]
    terms = terms_on(cooperative, given.on)
    if terms is None:
        return [_NO_TERMS]
    principal = Account.objects.of(cooperative).get(use="savings_principal")
    if balance_now(principal, member.id) < terms.principal_rupiah:
        return [Reason("entry_savings", "Simpanan pokok belum lunas.", field="member_id")]
    return []


@action("cooperative.connect_person", Permission.MEMBER_MANAGE)
def connect_person(*, by: Actor, given: ConnectPerson, now: datetime) -> ConnectedPerson:
    """Write down who inherits, who may act, or who pays (perhaps from abroad) for a member; an heir also afterwards."""
    cooperative = books_of(by, given.cooperative_id, Permission.MEMBER_MANAGE)
    refuse_future(cooperative.village_code, given.on, now)
    member = get_or_refuse(Member.objects.of(cooperative), "member_id", id=given.member_id)
    if member.status == MemberStatus.LEFT and not (member.left_reason == DIED and given.kind == "heir"):
        raise CannotConnect(Reason("left", "Anggota ini sudah keluar.", field="member_id"))
    connected = ConnectedPerson.objects.create(
        id=given.connection_id, village_code=cooperative.village_code, cooperative=cooperative, member=member,
        kind=given.kind, name=given.name, relation=given.relation, country=given.country or "", since=given.on,
    )  # fmt: skip
    _note("member.person_connected", cooperative, Subject("member", member.id), kind=given.kind)
    return connected


@action("cooperative.disconnect_person", Permission.MEMBER_MANAGE)
def disconnect_person(*, by: Actor, given: DisconnectPerson, now: datetime) -> ConnectedPerson:
    """Let a heir, proxy or payer stand beside the member no more; the line stays for its time."""
    cooperative = books_of(by, given.cooperative_id, Permission.MEMBER_MANAGE)
    refuse_future(cooperative.village_code, given.on, now)
    connected = get_or_refuse(ConnectedPerson.objects.of(cooperative), "connection_id", id=given.connection_id)
    if connected.until is not None:
        raise CannotConnect(Reason("ended_already", "Catatan ini sudah diakhiri."))
    if given.on < connected.since:
        raise CannotConnect(Reason("before_start", "Tanggal berakhir sebelum tanggal mulai.", field="on"))
    connected.until = given.on
    connected.save(update_fields=["until"])
    _note("member.person_disconnected", cooperative, Subject("member", connected.member_id), kind=connected.kind)
    return connected


def _note(event: str, cooperative: Cooperative, subject: Subject, **details: object) -> None:
    subjects = [Subject("cooperative", cooperative.id), subject]
    unit.record(event, village_code=cooperative.village_code, subjects=subjects, **details)
    unit.changed(f"cooperative.{subject.type}", cooperative.village_code, subject.id)
