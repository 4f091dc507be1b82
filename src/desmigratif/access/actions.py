"""What administrators do with accounts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from axes.utils import reset as forget_wrong_passwords
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from desmigratif.access import entry_codes, rules
from desmigratif.access.actor import COMMAND_ID, NATION, Actor
from desmigratif.access.door import action
from desmigratif.access.inputs import (
    AskFactorReset,
    CreateAccount,
    DisableAccount,
    FirstAccount,
    RecoverAdministrator,
    RecoverySheet,
    RenewPassword,
    ResetSecondFactor,
    SetUp,
)
from desmigratif.access.keys import age, recovery
from desmigratif.access.models import EntryCode, FactorReset, Grant, User
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import is_region, served_regions
from desmigratif.access.roles import ADMINISTRATOR, GRANTABLE_ROLES, VILLAGE_OFFICER
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.models import VillageClock
from desmigratif.audit.unit import Subject
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

BAD_SHEET = "Lembar pemulihan belum sah. Buat lembar baru."


class CannotMakeAccount(Refusal):
    code = "cannot_make_account"


class CannotDisable(Refusal):
    code = "cannot_disable"


class CannotRenewPassword(Refusal):
    code = "cannot_renew_password"


class CannotRecover(Refusal):
    code = "cannot_recover"


class CannotResetFactor(Refusal):
    code = "cannot_reset_factor"


class CannotSetUp(Refusal):
    code = "cannot_set_up"


class CannotReplaceSheet(Refusal):
    code = "cannot_replace_sheet"


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
    user = User.objects.create(
        id=given.user_id,
        username=given.username,
        name=given.name,
        password=given.password_hash or make_password(None),
        must_change_password=not given.password_is_their_own,
    )
    if given.code_digest:
        _hand_over(user, given.code_digest, by, now, entry_codes.LASTS)
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
    """Close a sign-in at once: it keeps its history and can do nothing more.

    The password goes too: every open session holds on to it, so they all end.
    """
    if given.user_id == by.id:
        raise CannotDisable(Reason("own_account", "Anda tidak dapat menutup akun Anda sendiri. Minta pengelola lain."))
    user, region = _account(by, Permission.ACCOUNT_MANAGE, given.user_id)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    unit.record("account.disabled", village_code=region, subjects=[Subject("user", user.id)])
    return user


def _account(by: Actor, permission: Permission, user_id: UUID) -> tuple[User, str]:
    """An account, locked, with the region whose chain keeps what happens to it.

    Only for whoever holds the permission in every region where the account has or had a role: who also works
    elsewhere is not touched from here. Raises `NotFoundOrNotYours`.
    """
    user = User.objects.select_for_update().filter(id=user_id).prefetch_related("grants").first()
    if user is None:
        raise NotFoundOrNotYours
    regions = [grant.region_code for grant in user.grants.all()] or [by.home_code]
    for region in regions:
        require(by, permission, region)
    return user, regions[0]


@action("access.renew_password", Permission.ACCOUNT_MANAGE)
def renew_password(*, by: Actor, given: RenewPassword, now: datetime) -> User:
    """A one-time code for somebody who forgot their password; the old one and every open session end.

    Waiting after too many wrong tries ends too: whoever forgot a password has tried some.
    """
    user, region = _account(by, Permission.ACCOUNT_MANAGE, given.user_id)
    reasons = rules.reasons_not_to_renew(is_own=user.id == by.id, is_active=user.is_active)
    if reasons:
        raise CannotRenewPassword(reasons)
    user.set_unusable_password()
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _hand_over(user, given.code_digest, by, now, entry_codes.LASTS)
    forget_wrong_passwords(username=user.username)
    unit.record("account.password_renewed", village_code=region, subjects=[Subject("user", user.id)])
    return user


@action("access.recover_administrator", Permission.ACCOUNT_MANAGE)
def recover_administrator(*, by: Actor, given: RecoverAdministrator, now: datetime) -> User:
    """From the terminal alone: an administrator lost password, phone and backup codes, and nobody else can help.

    Second factor, remembered browsers, sessions and the old password go; a code of one hour lets its owner in.
    """
    user, region = _account(by, Permission.ACCOUNT_MANAGE, given.user_id)
    if by.id != COMMAND_ID:
        raise NotFoundOrNotYours
    holds = any(
        grant.role == ADMINISTRATOR.code
        and grant.valid_from <= timezone.localdate(now)
        and (grant.valid_until is None or timezone.localdate(now) < grant.valid_until)
        for grant in user.grants.all()
    )
    reasons = rules.reasons_not_to_recover(is_active=user.is_active, is_administrator=holds)
    if reasons:
        raise CannotRecover(reasons)
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.must_change_password = True
    user.session_round += 1
    user.wrong_codes, user.codes_wait_until = 0, None
    user.save()
    _hand_over(user, given.code_digest, by, now, entry_codes.LASTS_FROM_TERMINAL)
    forget_wrong_passwords(username=user.username)
    unit.record("administrator.recovered", village_code=region, subjects=[Subject("user", user.id)])
    return user


def _hand_over(user: User, digest: str, by: Actor, now: datetime, lasts: timedelta) -> None:
    """A code for one account; an earlier one that nobody used is void."""
    EntryCode.objects.filter(user=user, used_at=None).delete()
    EntryCode.objects.create(id=new_id(), user=user, code_digest=digest, made_by=by.id, made_at=now, until=now + lasts)


@action("access.ask_factor_reset", Permission.ACCOUNT_MANAGE)
def ask_factor_reset(*, by: Actor, given: AskFactorReset, now: datetime) -> FactorReset:
    """The first of two people: an administrator asks that a lost second factor be taken away."""
    user, region = _account(by, Permission.ACCOUNT_MANAGE, given.user_id)
    standing = FactorReset.objects.filter(user=user, confirmed_at=None, asked_at__gt=now - rules.RESET_LASTS)
    reasons = rules.reasons_not_to_ask_reset(
        is_own=user.id == by.id,
        is_active=user.is_active,
        has_factor=Authenticator.objects.filter(user=user).exists(),
        is_waiting=standing.exists(),
    )
    if reasons:
        raise CannotResetFactor(reasons)
    asked = FactorReset.objects.create(id=given.reset_id, village_code=region, user=user, asked_by=by.id, asked_at=now)
    subjects = [Subject("user", user.id), Subject("factor_reset", asked.id)]
    unit.record("second_factor.reset_asked", village_code=region, subjects=subjects)
    return asked


@action("access.reset_second_factor", Permission.SECOND_FACTOR_RESTORE)
def reset_second_factor(*, by: Actor, given: ResetSecondFactor, now: datetime) -> FactorReset:
    """The second of two people agrees: authenticator and backup codes go, and every open session ends.

    Whoever found the lost phone may sit in an open session; the password alone then opens nothing but the page
    that installs a new second factor.
    """
    asked = FactorReset.objects.select_for_update().filter(id=given.reset_id).first()
    if asked is None:
        raise NotFoundOrNotYours
    user, region = _account(by, Permission.SECOND_FACTOR_RESTORE, asked.user_id)
    reasons = rules.reasons_not_to_reset(
        is_own=user.id == by.id,
        is_asker=asked.asked_by == by.id,
        is_active=user.is_active,
        is_done=asked.confirmed_at is not None,
        asked_at=asked.asked_at,
        now=now,
    )
    if reasons:
        raise CannotResetFactor(reasons)
    Authenticator.objects.filter(user=user).delete()
    user.session_round += 1
    user.save(update_fields=["session_round"])
    asked.confirmed_by, asked.confirmed_at = by.id, now
    asked.save(update_fields=["confirmed_by", "confirmed_at"])
    subjects = [Subject("user", user.id), Subject("factor_reset", asked.id)]
    unit.record("second_factor.reset", village_code=region, subjects=subjects, asked_by=str(asked.asked_by))
    return asked


@action("access.set_up", Permission.ACCOUNT_MANAGE)
def set_up(*, by: Actor, given: SetUp, now: datetime) -> dict[str, str]:
    """The first run: the first administrator (and officer) of a region, and the sheet that backups are for."""
    require(by, Permission.ACCOUNT_MANAGE, given.region_code)
    _one_set_up_at_a_time()
    reasons = _reasons_not_to_set_up(given)
    if reasons:
        raise CannotSetUp(reasons)
    today = timezone.localdate(now)
    for account, role in ((given.administrator, ADMINISTRATOR), (given.officer, VILLAGE_OFFICER)):
        if account is not None:
            _first_account(account, role.code, given.region_code, today)
    kept = recovery.keep(settings.DATA_DIR, given.sheet.recipient, given.sheet.made_on)
    unit.record("access.set_up", village_code=given.region_code, region=given.region_code, sheet=kept.fingerprint)
    return {"region_code": given.region_code, "user_id": str(given.administrator.user_id)}


def _one_set_up_at_a_time() -> None:
    """Two set-ups at once would both find no account; the second waits here and then finds one."""
    VillageClock.objects.get_or_create(village_code=NATION)
    VillageClock.objects.select_for_update().get(village_code=NATION)


def _reasons_not_to_set_up(given: SetUp) -> list[Reason]:
    if User.objects.exists():
        return [Reason("already_set_up", "Pemasangan sudah selesai. Silakan masuk dengan akun yang ada.")]
    reasons = rules.reasons_not_to_name(given.administrator.username, "administrator.username")
    if not is_region(given.region_code):
        reasons.append(Reason("unknown_region", "Pilih desa atau wilayah dari daftar.", field="region_code"))
    if not age.is_recipient(given.sheet.recipient):
        reasons.append(Reason("bad_recipient", BAD_SHEET, field="sheet"))
    if given.officer is not None:
        reasons += rules.reasons_not_to_name(given.officer.username, "officer.username")
        reasons += rules.reasons_not_to_grant(
            VILLAGE_OFFICER.code, given.region_code, frozenset({VILLAGE_OFFICER.code})
        )
        if given.officer.username == given.administrator.username:
            text = "Nama pengguna petugas harus berbeda dari nama pengguna pengelola."
            reasons.append(Reason("username_taken", text, field="officer.username"))
    return reasons


def _first_account(account: FirstAccount, role: str, region_code: str, today: date) -> None:
    user = User.objects.create(
        id=account.user_id, username=account.username, name=account.name, password=account.password_hash
    )
    Grant.objects.create(id=account.grant_id, user=user, role=role, region_code=region_code, valid_from=today)
    unit.record(
        "account.created",
        village_code=region_code,
        subjects=[Subject("user", user.id)],
        role=role,
        region=region_code,
    )


@action("access.replace_sheet", Permission.ACCOUNT_MANAGE)
def replace_sheet(*, by: Actor, given: RecoverySheet, now: datetime) -> dict[str, str]:
    """From now on backups are for a new sheet. Only for whoever manages every region this installation serves."""
    for region in sorted(served_regions() | {by.home_code}):
        require(by, Permission.ACCOUNT_MANAGE, region)
    if not age.is_recipient(given.recipient) or given.made_on > timezone.localdate(now):
        raise CannotReplaceSheet(Reason("bad_recipient", BAD_SHEET))
    kept = recovery.keep(settings.DATA_DIR, given.recipient, given.made_on)
    unit.record("recovery.sheet_replaced", sheet=kept.fingerprint)
    return {"fingerprint": kept.fingerprint}
