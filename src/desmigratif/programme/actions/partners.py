"""Bodies that help: who they are, who signs in for them, what they pledge, and whether it came."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from desmigratif.access.actor import Actor
from desmigratif.access.checks import checked_day, refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.models import Grant
from desmigratif.access.permissions import Permission
from desmigratif.access.roles import PARTNER
from desmigratif.access.scope import get_or_refuse, region_filter, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.programme.inputs.partners import AddPartner, AnswerPledge, RecordPledge, SayDelivered, SeatPartner
from desmigratif.programme.models import Partner, PartnerSeat, Pledge, ProgrammeVillage
from desmigratif.programme.queries.partners import own_partner, works_in
from desmigratif.programme.rules import partners as rules
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

RECORD, PLEDGE, ANSWER = Permission.PROGRAMME_RECORD, Permission.PLEDGE_MAKE, Permission.PLEDGE_ANSWER


class CannotAddPartner(Refusal):
    code = "cannot_add_partner"


class CannotSeatPartner(Refusal):
    code = "cannot_seat_partner"


class CannotPledge(Refusal):
    code = "cannot_pledge"


class CannotAnswerPledge(Refusal):
    code = "cannot_answer_pledge"


@action("programme.add_partner", RECORD)
def add_partner(*, by: Actor, given: AddPartner, now: datetime) -> Partner:
    """Write down a body that helps villages of a region."""
    require(by, RECORD, given.region_code)
    today = today_in(given.region_code, now)
    refuse_taken_ids(Partner, [given.partner_id])
    is_named = Partner.objects.filter(region_code=given.region_code, name__iexact=given.name).exists()
    if reasons := rules.reasons_not_to_add(kind=given.kind, is_named=is_named, on=today):
        raise CannotAddPartner(reasons)
    partner = Partner.objects.create(
        id=given.partner_id, region_code=given.region_code, kind=given.kind, name=given.name
    )
    about = [Subject("partner", partner.id)]
    unit.record("programme.partner_added", village_code=partner.region_code, subjects=about, kind=partner.kind)
    return partner


@action("programme.seat_partner", RECORD)
def seat_partner(*, by: Actor, given: SeatPartner, now: datetime) -> Partner:
    """Say which account signs in for a body; whoever did so before does so no longer."""
    partner = Partner.objects.select_for_update().filter(id=given.partner_id).first()
    if partner is None:
        raise NotFoundOrNotYours("partner_id")
    require(by, RECORD, partner.region_code)
    checked_day(given.on, partner.region_code, now)
    standing = PartnerSeat.objects.filter(partner=partner, until=None)
    if given.user_id is not None:
        _refuse_other_account(partner, given.user_id)
    ended = standing.update(until=given.on)
    if given.user_id is not None:
        refuse_taken_ids(PartnerSeat, [given.seat_id])
        PartnerSeat.objects.create(id=given.seat_id, partner=partner, user_id=given.user_id, since=given.on)
    elif not ended:
        raise CannotSeatPartner(Reason("nobody_seated", "Lembaga ini belum punya akun."))
    about = [Subject("partner", partner.id)]
    user = str(given.user_id or "")
    unit.record("programme.partner_seated", village_code=partner.region_code, subjects=about, user=user)
    return partner


def _refuse_other_account(partner: Partner, user_id: UUID) -> None:
    """Only an account with the role of a body in the body's own region, that speaks for no other body."""
    here = region_filter((partner.region_code,), "region_code")
    if not Grant.objects.filter(here, user_id=user_id, role=PARTNER.code).exists():
        raise NotFoundOrNotYours("user_id")
    if PartnerSeat.objects.filter(user_id=user_id, until=None).exists():
        text = "Akun ini sudah dipakai sebuah lembaga."
        raise CannotSeatPartner(Reason("seated_already", text, field="user_id"))


@action("programme.record_pledge", PLEDGE)
def record_pledge(*, by: Actor, given: RecordPledge, now: datetime) -> Pledge:
    """Write down what a body will bring to a village: its own, or the coordinator for any body that works there."""
    require(by, PLEDGE, given.village_code)
    checked_day(given.on, given.village_code, now)
    partner = _giver(by, given.partner_id, given.village_code)
    refuse_taken_ids(Pledge, [given.pledge_id])
    reasons = rules.reasons_not_to_pledge(
        pillar=given.pillar, year=given.year, on=given.on, works_here=works_in(partner, given.village_code),
        is_in_programme=is_in_programme(given.village_code),
    )  # fmt: skip
    if reasons:
        raise CannotPledge(reasons)
    pledge = Pledge.objects.create(
        id=given.pledge_id, village_code=given.village_code, partner=partner, pillar=given.pillar, year=given.year,
        what=given.what, amount_rupiah=given.amount_rupiah, pledged_on=given.on,
    )  # fmt: skip
    _count(pledge, partner, received=0, pledged=1)
    _note("programme.pledged", pledge, pillar=pledge.pillar, year=pledge.year)
    return pledge


def is_in_programme(village_code: str) -> bool:
    return ProgrammeVillage.objects.in_village(village_code).standing().exists()


def _giver(by: Actor, partner_id: UUID, village_code: str) -> Partner:
    """The body that pledges: one's own, or any for the coordinator. Raises `NotFoundOrNotYours`, `CannotPledge`."""
    own = own_partner(by)
    if own is None and not by.may(RECORD, village_code):
        text = "Akun Anda belum dihubungkan dengan lembaga."
        raise CannotPledge(Reason("no_body", text, way_out="Minta koordinator kabupaten menghubungkannya."))
    if own is not None and own.id != partner_id:
        raise NotFoundOrNotYours("partner_id")
    return own or get_or_refuse(Partner.objects.all(), "partner_id", id=partner_id)


@action("programme.say_delivered", PLEDGE)
def say_delivered(*, by: Actor, given: SayDelivered, now: datetime) -> Pledge:
    """The giver (or the coordinator for it) says that it was handed over; it counts when the village says so."""
    require(by, PLEDGE, given.village_code)
    checked_day(given.on, given.village_code, now)
    pledge = _locked(given.village_code, given.pledge_id)
    _giver(by, pledge.partner_id, given.village_code)
    reasons = rules.reasons_not_to_say_delivered(
        pledged_on=pledge.pledged_on, said_on=pledge.said_on, outcome=pledge.outcome, on=given.on
    )
    if reasons:
        raise CannotPledge(reasons)
    pledge.said_on = given.on
    pledge.save(update_fields=["said_on"])
    _note("programme.pledge_said_delivered", pledge)
    return pledge


@action("programme.answer_pledge", ANSWER)
def answer_pledge(*, by: Actor, given: AnswerPledge, now: datetime) -> Pledge:
    """The village says whether it came; a later answer takes the place of an earlier one and the memory keeps both."""
    require(by, ANSWER, given.village_code)
    checked_day(given.on, given.village_code, now)
    pledge = _locked(given.village_code, given.pledge_id)
    own = own_partner(by)
    reasons = rules.reasons_not_to_answer(
        pledged_on=pledge.pledged_on, before=pledge.outcome, outcome=given.outcome, remark=given.remark, on=given.on,
        is_giver=own is not None and own.id == pledge.partner_id,
    )  # fmt: skip
    if reasons:
        raise CannotAnswerPledge(reasons)
    change = (given.outcome == rules.RECEIVED) - (pledge.outcome == rules.RECEIVED)
    before = pledge.outcome
    pledge.outcome, pledge.remark, pledge.answered_on = given.outcome, given.remark, given.on
    if given.outcome != rules.RECEIVED:
        pledge.said_on = None  # the giver's turn again
    pledge.save(update_fields=["outcome", "remark", "answered_on", "said_on"])
    if change:
        _count(pledge, pledge.partner, received=change, pledged=0)
    _note("programme.pledge_answered", pledge, outcome=given.outcome, before=before)
    return pledge


def _locked(village_code: str, pledge_id: UUID) -> Pledge:
    rows = Pledge.objects.in_village(village_code).select_for_update(of=("self",)).select_related("partner")
    return get_or_refuse(rows, "pledge_id", id=pledge_id)


def _count(pledge: Pledge, partner: Partner, *, received: int, pledged: int) -> None:
    """F11, on the day of the pledge: done of all pledges; the key tells the kind of body."""
    key = f"{partner.kind}:{pledge.id}"
    memory.add_fact("F11", pledge.village_code, pledge.pledged_on, numerator=received, denominator=pledged, key=key)


def _note(event: str, pledge: Pledge, **details: object) -> None:
    about = [Subject("pledge", pledge.id), Subject("partner", pledge.partner_id)]
    unit.record(event, village_code=pledge.village_code, subjects=about, **details)
    unit.changed("programme.pledge", pledge.village_code, pledge.id)
