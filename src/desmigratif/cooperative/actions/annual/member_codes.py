"""A code for a member, to read the own accounts without an account."""

from __future__ import annotations

from datetime import date, datetime

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.cooperative import sealing
from desmigratif.cooperative.actions.ledger.books import books_of, refuse_future
from desmigratif.cooperative.inputs.annual.member_codes import GiveMemberCode
from desmigratif.cooperative.member_codes import member_code, member_index
from desmigratif.cooperative.models import Member, MemberCode, MemberStatus
from desmigratif.cooperative.rules.annual import member_codes as rules
from desmigratif.shared.reasons import Refusal


class CannotGiveMemberCode(Refusal):
    code = "cannot_give_member_code"


@action("cooperative.give_member_code", Permission.MEMBER_MANAGE)
def give_member_code(*, by: Actor, given: GiveMemberCode, now: datetime) -> MemberCode:
    """Make a code; whoever lost one is given another, and the lost one is dead."""
    cooperative = books_of(by, given.cooperative_id, Permission.MEMBER_MANAGE)
    refuse_future(cooperative.village_code, given.on, now)
    member = get_or_refuse(Member.objects.of(cooperative).select_for_update(), "member_id", id=given.member_id)
    born = _birth_date(member)
    if reasons := rules.reasons_not_to_give(belongs=member.status == MemberStatus.MEMBER, born=born):
        raise CannotGiveMemberCode(reasons)
    MemberCode.objects.of(cooperative).filter(member=member).delete()
    code = MemberCode.objects.create(
        id=given.code_id, village_code=cooperative.village_code, cooperative=cooperative, member=member,
        code_index=member_index(member_code(given.code_id), born or given.on), made_on=given.on,
        until=rules.lasts_until(given.on),
    )  # fmt: skip
    subjects = [Subject("cooperative", cooperative.id), Subject("member", member.id)]
    unit.record("member.code_given", village_code=cooperative.village_code, subjects=subjects)
    return code


def _birth_date(member: Member) -> date | None:
    said = sealing.open_details(member, key_of(member.id)).get("birth_date")
    return date.fromisoformat(said) if said else None
