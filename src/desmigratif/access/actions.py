"""What administrators do with accounts."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access import rules
from desmigratif.access.actor import Actor
from desmigratif.access.door import action
from desmigratif.access.inputs import CreateAccount, DisableAccount
from desmigratif.access.models import Grant, User
from desmigratif.access.permissions import Permission
from desmigratif.access.roles import GRANTABLE_ROLES
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal


class CannotMakeAccount(Refusal):
    code = "cannot_make_account"


@action("access.create_account", Permission.ACCOUNT_MANAGE)
def create_account(*, by: Actor, given: CreateAccount, now: datetime) -> User:
    """Make a sign-in and give it one role in one region."""
    require(by, Permission.ACCOUNT_MANAGE, given.region_code)
    reasons = rules.reasons_not_to_name(given.username) + rules.reasons_not_to_grant(
        given.role, given.region_code, frozenset(role.code for role in GRANTABLE_ROLES)
    )
    if User.objects.filter(username__iexact=given.username).exists():
        reasons.append(Reason("username_taken", "Nama pengguna ini sudah dipakai. Pilih yang lain.", field="username"))
    if reasons:
        raise CannotMakeAccount(reasons)
    user = User.objects.create(id=given.user_id, username=given.username, name=given.name, password=given.password_hash)
    Grant.objects.create(
        id=given.grant_id,
        user=user,
        role=given.role,
        region_code=given.region_code,
        valid_from=given.valid_from,
        valid_until=given.valid_until,
    )
    unit.record(
        "account.created",
        village_code=given.region_code,
        subjects=[Subject("user", user.id)],
        role=given.role,
        region=given.region_code,
    )
    return user


@action("access.disable_account", Permission.ACCOUNT_MANAGE)
def disable_account(*, by: Actor, given: DisableAccount, now: datetime) -> User:
    """Close a sign-in at once: it keeps its history and can do nothing more."""
    user = User.objects.select_for_update().filter(id=given.user_id).prefetch_related("grants").first()
    if user is None:
        raise NotFoundOrNotYours
    grants = list(user.grants.all())
    regions = [grant.region_code for grant in grants] or [by.home_code]
    for region in regions:
        require(by, Permission.ACCOUNT_MANAGE, region)
    user.is_active = False
    user.save(update_fields=["is_active"])
    unit.record("account.disabled", village_code=regions[0], subjects=[Subject("user", user.id)])
    return user
