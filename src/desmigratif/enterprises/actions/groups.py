"""Groups: formed, joined, left."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.audit import memory, unit
from desmigratif.audit.unit import Subject
from desmigratif.enterprises.actions.common import HERE, no_longer_proposed, note, resident_here, standing_group, tell
from desmigratif.enterprises.inputs.groups import ChangeMember, FormGroup, JoinGroup, LeaveGroup, NewMember
from desmigratif.enterprises.models import Group, Member, Post
from desmigratif.enterprises.queries.ties import tie_from_register
from desmigratif.enterprises.rules import groups as rules
from desmigratif.people.actions.common import checked_day, refuse_taken_ids
from desmigratif.people.models import Resident, Sex
from desmigratif.shared.reasons import Reason, Refusal


class CannotFormGroup(Refusal):
    code = "cannot_form_group"


class CannotJoinGroup(Refusal):
    code = "cannot_join_group"


class CannotLeaveGroup(Refusal):
    code = "cannot_leave_group"


@action("enterprises.form_group", Permission.ENTERPRISE_MENTOR)
def form_group(*, by: Actor, given: FormGroup, now: datetime) -> Group:
    """Write down a group that people decided on together, with those who belong to it from the first day."""
    require(by, Permission.ENTERPRISE_MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Group, [given.group_id])
    refuse_taken_ids(Member, [one.member_id for one in given.members])
    posts = [one.post for one in given.members]
    taken = Group.objects.in_village(given.village_code).filter(name__iexact=given.name).exists()
    if reasons := rules.reasons_not_to_form(trade=given.trade, posts=posts, name_is_taken=taken, on=given.on):
        raise CannotFormGroup(reasons)
    group = Group.objects.create(
        id=given.group_id, village_code=given.village_code, name=given.name, trade=given.trade, product=given.product,
        formed_on=given.on, decree=given.decree,
    )  # fmt: skip
    note("group.formed", group, count=len(given.members))
    memory.add_fact("C1", group.village_code, group.formed_on, numerator=0, denominator=1, key=str(group.id))
    for place, one in enumerate(given.members):
        _seat(group, one, given.on, f"members.{place}.resident_id")
    return group


@action("enterprises.join_group", Permission.ENTERPRISE_MENTOR)
def join_group(*, by: Actor, given: JoinGroup, now: datetime) -> Member:
    """One more member joins a group."""
    require(by, Permission.ENTERPRISE_MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    refuse_taken_ids(Member, [given.member_id])
    group = standing_group(given.village_code, given.group_id)
    _refuse_held_post(group, given.post)
    one = NewMember(member_id=given.member_id, resident_id=given.resident_id, post=given.post, tie=given.tie)
    return _seat(group, one, given.on, "resident_id")


@action("enterprises.leave_group", Permission.ENTERPRISE_MENTOR)
def leave_group(*, by: Actor, given: LeaveGroup, now: datetime) -> Member:
    """A member leaves a group; what was done together stays."""
    require(by, Permission.ENTERPRISE_MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    member = _locked_member(given.village_code, given.member_id)
    reasons = rules.reasons_not_to_leave(since=member.since, until=member.until, on=given.on, because=given.because)
    if reasons:
        raise CannotLeaveGroup(reasons)
    member.until, member.left_because = given.on, given.because
    member.save(update_fields=["until", "left_because"])
    _remember("group.left", member, given.on)
    return member


@action("enterprises.change_member", Permission.ENTERPRISE_MENTOR)
def change_member(*, by: Actor, given: ChangeMember, now: datetime) -> Member:
    """Give a member another post, or correct how they are tied to a migrant."""
    require(by, Permission.ENTERPRISE_MENTOR, given.village_code)
    checked_day(given.on, given.village_code, now)
    member = _locked_member(given.village_code, given.member_id)
    if member.until is not None:
        raise CannotLeaveGroup(Reason("left_already", "Anggota ini sudah keluar dari kelompok."))
    if given.post != member.post:
        _refuse_held_post(member.group, given.post)
    was_pmi = member.tie != "none"
    member.post, member.tie = given.post, given.tie
    member.save(update_fields=["post", "tie"])
    if was_pmi != (given.tie != "none"):
        step = -1 if was_pmi else 1
        memory.add_fact("C3", member.village_code, given.on, numerator=step, key=str(member.resident_id))
    _remember("group.member_changed", member, given.on)
    return member


def _locked_member(village_code: str, member_id: UUID) -> Member:
    rows = Member.objects.in_village(village_code).select_for_update(of=("self",))
    return get_or_refuse(rows.select_related("group", "resident"), "member_id", id=member_id)


def _refuse_held_post(group: Group, post: str) -> None:
    if post == Post.MEMBER:
        return
    held = Member.objects.in_village(group.village_code).standing().filter(group=group, post=post)
    if held.exists():
        text = f"Kelompok ini sudah punya {Post(post).label.lower()}."
        raise CannotJoinGroup(Reason("post_held", text, field="post", way_out="Ganti dulu jabatan yang lama."))


def _seat(group: Group, given: NewMember, on: date, field: str) -> Member:
    """Write somebody down as a member. Raises `CannotJoinGroup`."""
    resident = resident_here(group.village_code, given.resident_id, field)
    standing = Member.objects.in_village(group.village_code).standing().filter(group=group)
    records = Resident.objects.in_village(group.village_code).filter(Q(id=resident.id) | Q(merged_into=resident))
    reasons = rules.reasons_not_to_join(
        is_in=standing.filter(resident__in=records).exists(), is_here=resident.life_status in HERE, on=on,
        formed_on=group.formed_on,
    )  # fmt: skip
    if reasons:
        raise CannotJoinGroup([
            Reason(one.code, one.text, field=field if one.field == "resident_id" else one.field) for one in reasons
        ])  # fmt: skip
    is_new = not Member.objects.in_village(group.village_code).filter(resident__in=records).exists()
    member = Member.objects.create(
        id=given.member_id, village_code=group.village_code, group=group, resident=resident, post=given.post,
        tie=given.tie or tie_from_register(resident), since=on,
    )  # fmt: skip
    if is_new:
        _count(member, resident, on)
        no_longer_proposed(resident, on)
    _remember("group.joined", member, on)
    return member


def _count(member: Member, resident: Resident, on: date) -> None:
    """One more who benefits, counted once: C3 of a migrant's family, C4 a woman; of unknown sex no denominator."""
    key = str(resident.id)
    of_migrants = int(member.tie != "none")
    memory.add_fact("C3", member.village_code, on, numerator=of_migrants, denominator=1, key=key)
    if resident.sex:
        is_woman = int(resident.sex == Sex.FEMALE)
        memory.add_fact("C4", member.village_code, on, numerator=is_woman, denominator=1, key=key)


def _remember(event: str, member: Member, on: date) -> None:
    note(event, member.group, Subject("resident", member.resident_id), member=str(member.id))
    unit.changed("enterprises.member", member.village_code, member.id)
    tell(f"enterprise.{event.partition('.')[2]}", member.resident, on, group=member.group.name, post=member.post)
