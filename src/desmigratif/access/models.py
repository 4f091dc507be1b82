"""Accounts, grants (role x region with dates), keys of residents, and shares."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from desmigratif.shared.ids import new_id
from desmigratif.shared.models import Identified, VillageOwned


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person with a sign-in. What they may do stands in their grants, nowhere else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField("Nama pengguna", max_length=40, unique=True)
    name = models.CharField("Nama", max_length=100)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    codes_wait_until = models.DateTimeField(null=True)
    session_round = models.PositiveIntegerField(default=0)  # one more ends every open session
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_staff = False
    is_superuser = False

    class Privacy:
        internal = (
            "id",
            "username",
            "is_active",
            "must_change_password",
            "wrong_codes",
            "codes_wait_until",
            "session_round",
            "created_at",
            "last_login",
        )
        personal = ("name", "email")
        protective = ("password",)

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """What every open session holds on to: a new password ends them all, and so does a new round."""
        of_password = super().get_session_auth_hash()
        if not self.session_round:
            return of_password
        return salted_hmac("desmigratif.access.session_round", f"{self.session_round}:{of_password}").hexdigest()


class DeskSession(AbstractBaseSession):
    """An open session. `public_id` names it on a page; the key is what the cookie holds and is never shown."""

    public_id = models.UUIDField(null=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="desk_sessions")
    device = models.CharField(max_length=60, default="")
    since = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Privacy:
        internal = ("public_id", "user", "device", "since", "seen_at", "expire_date")
        protective = ("session_key", "session_data")

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_string(f"{settings.SESSION_ENGINE}.SessionStore")


class Grant(Identified):
    """A role in a region between two dates (until: first day it no longer holds)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    region_code = models.CharField(max_length=13)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="grant_ends_after_it_began",
            )
        ]

    class Privacy:
        internal = ("id", "user", "role", "region_code", "valid_from", "valid_until")


class FactorReset(VillageOwned):
    """Somebody asked to take a lost second factor away; it happens when a second person agrees within a day.

    `village_code` is the region in which the account has its role: a village, or a wider one.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factor_resets")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="factor_reset_is_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("user"))
                & (Q(confirmed_by__isnull=True) | (~Q(confirmed_by=F("asked_by")) & ~Q(confirmed_by=F("user")))),
                name="factor_reset_needs_two_others",
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "user", "asked_by", "asked_at", "confirmed_by", "confirmed_at")


class EntryCode(Identified):
    """A one-time code, handed over on paper, with which a person sets the own password until a moment."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="entry_codes")
    code_digest = models.CharField(max_length=64)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="entry_code_ends_later")]

    class Privacy:
        internal = ("id", "user", "made_by", "made_at", "until", "used_at")
        protective = ("code_digest",)


class EnrolledBrowser(Identified):
    """A browser that counts as one person's second factor until a day, while `bound_to` still fits (see enrolled)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="enrolled_browsers")
    token_digest = models.CharField(max_length=64, unique=True)
    bound_to = models.CharField(max_length=64)
    device = models.CharField(max_length=60)
    enrolled_at = models.DateTimeField()
    last_used_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("enrolled_at")), name="enrolled_browser_ends_later")
        ]

    class Privacy:
        internal = ("id", "user", "device", "enrolled_at", "last_used_at", "until")
        protective = ("token_digest", "bound_to")


class SubjectKey(models.Model):
    """The data key of one resident or household, wrapped by the master key. Deleting it erases what it sealed."""

    subject_id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()

    class Privacy:
        internal = ("subject_id",)
        protective = ("wrapped",)


class Share(VillageOwned):
    """Chosen fields of one record shown to another region or body, for a purpose, until a day."""

    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField()
    region_code = models.CharField(max_length=13)
    fields = models.JSONField(default=list)
    purpose = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["record_type", "region_code"], name="share_by_receiver")]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="share_ends_after_it_began")
        ]

    class Privacy:
        internal = (
            "id", "village_code", "record_type", "record_id", "region_code", "fields", "valid_from", "valid_until",
        )  # fmt: skip
        personal = ("purpose",)
