"""What administrators do with accounts."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from desmigratif.access import age, recovery, rules
from desmigratif.access.actor import NATION, Actor
from desmigratif.access.door import action
from desmigratif.access.inputs import CreateAccount, DisableAccount, FirstAccount, RecoverySheet, SetUp
from desmigratif.access.models import Grant, User
from desmigratif.access.permissions import Permission
from desmigratif.access.queries import is_region, served_regions
from desmigratif.access.roles import ADMINISTRATOR, GRANTABLE_ROLES, VILLAGE_OFFICER
from desmigratif.access.scope import require
from desmigratif.audit import unit
from desmigratif.audit.models import VillageClock
from desmigratif.audit.unit import Subject
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason, Refusal

BAD_SHEET = "Lembar pemulihan belum sah. Buat lembar baru."


class CannotMakeAccount(Refusal):
    code = "cannot_make_account"


class CannotDisable(Refusal):
    code = "cannot_disable"


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
        password=given.password_hash,
        must_change_password=not given.password_is_their_own,
    )
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
    user = User.objects.select_for_update().filter(id=given.user_id).prefetch_related("grants").first()
    if user is None:
        raise NotFoundOrNotYours
    grants = list(user.grants.all())
    regions = [grant.region_code for grant in grants] or [by.home_code]
    for region in regions:
        require(by, Permission.ACCOUNT_MANAGE, region)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    unit.record("account.disabled", village_code=regions[0], subjects=[Subject("user", user.id)])
    return user


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
