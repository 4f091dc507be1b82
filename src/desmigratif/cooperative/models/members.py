"""The legal register: who belongs to a cooperative, since when, and who stands beside each member.

A *candidate* has asked to join; a *member* was admitted and has a number; one who *left* stays in the register. The
terms of membership (what is paid once and each month) are decided by the members' meeting and hold from a day on.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.people.models import Resident
from desmigratif.shared.models import VillageOwned


class MembershipTermsQuerySet(CooperativeOwnedQuerySet["MembershipTerms"]):
    pass


class MemberQuerySet(CooperativeOwnedQuerySet["Member"]):
    def belonging(self) -> MemberQuerySet:
        """Those who may save and borrow: admitted, and not gone."""
        return self.filter(status=MemberStatus.MEMBER)


class ConnectedPersonQuerySet(CooperativeOwnedQuerySet["ConnectedPerson"]):
    def standing(self) -> ConnectedPersonQuerySet:
        return self.filter(until__isnull=True)


class MemberCodeQuerySet(CooperativeOwnedQuerySet["MemberCode"]):
    pass


class MemberStatus(models.TextChoices):
    CANDIDATE = "candidate", "Calon anggota"
    MEMBER = "member", "Anggota"
    LEFT = "left", "Sudah keluar"


class ConnectionKind(models.TextChoices):
    HEIR = "heir", "Ahli waris"
    PROXY = "proxy", "Kuasa"
    PAYER = "payer", "Pembayar"


class MembershipTerms(VillageOwned):
    """What the members' meeting decided: *simpanan pokok*, once, and *simpanan wajib*, each month, from a day on."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    principal_rupiah = models.BigIntegerField()
    compulsory_rupiah = models.BigIntegerField()
    decision = models.CharField(max_length=120)

    objects: ClassVar[MembershipTermsQuerySet] = MembershipTermsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "since"], name="terms_one_per_day"),
            models.CheckConstraint(
                condition=Q(principal_rupiah__gt=0, compulsory_rupiah__gte=0), name="terms_ask_for_something"
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "since", "principal_rupiah", "compulsory_rupiah", "decision",
        )  # fmt: skip


class Member(VillageOwned):
    """One person in one cooperative. `village_code` is the cooperative's; the person may live elsewhere.

    `resident` links to the village register when the NIK was found there. NIK and details (birth, sex, work, address,
    phone) are sealed with the member's own key, since the cooperative must keep its register when a resident moves.

    A member of the paper books: simpanan wajib counts from the month `compulsory_from`, and of what is there
    `compulsory_before_rupiah` paid for the months before.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=9, choices=MemberStatus.choices, default=MemberStatus.CANDIDATE)
    number = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=100)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, null=True, related_name="+")
    nik_sealed = models.BinaryField()
    nik_index = models.CharField(max_length=32)
    details_sealed = models.BinaryField()
    applied_on = models.DateField()
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    left_reason = models.CharField(max_length=20, blank=True)
    compulsory_from = models.DateField(null=True)
    compulsory_before_rupiah = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[MemberQuerySet] = MemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["cooperative", "nik_index"], name="member_by_nik")]
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="member_one_per_number"),
            models.CheckConstraint(
                condition=Q(status="candidate", number__isnull=True, joined_on__isnull=True, left_on__isnull=True)
                | Q(status="member", number__isnull=False, joined_on__isnull=False, left_on__isnull=True)
                | Q(status="left", left_on__isnull=False),
                name="member_has_the_days_of_its_status",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "status", "number", "resident", "applied_on", "joined_on", "left_on",
            "left_reason", "compulsory_from", "version",
        )  # fmt: skip
        specific = ("compulsory_before_rupiah",)
        personal = ("name", "nik_sealed", "nik_index", "details_sealed")

    def __str__(self) -> str:
        return str(self.id)


class MemberCode(VillageOwned):
    """The one code by which a member reads the own accounts without an account: a new one takes its place.

    Kept is one keyed print of the code and the member's birth date together: half of it opens nothing.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="+")
    code_index = models.CharField(max_length=32, unique=True)
    made_on = models.DateField()
    until = models.DateField()

    objects: ClassVar[MemberCodeQuerySet] = MemberCodeQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "member", "made_on", "until")
        personal = ("code_index",)


class ConnectedPerson(VillageOwned):
    """Who inherits, who may act, who pays from abroad. Ended, never overwritten."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="connected")
    kind = models.CharField(max_length=5, choices=ConnectionKind.choices)
    name = models.CharField(max_length=100)
    relation = models.CharField(max_length=40)
    country = models.CharField(max_length=3, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    objects: ClassVar[ConnectedPersonQuerySet] = ConnectedPersonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["member", "kind"], name="connected_by_member")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="connected_ends_after_start"
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "member", "kind", "since", "until")
        personal = ("name", "relation", "country")
