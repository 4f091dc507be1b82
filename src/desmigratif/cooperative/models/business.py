"""Businesses that a cooperative helps along: groups, capital put in by savers, goods bought and sold together.

Every movement is a *business move*: of money, of goods, or of both. What stands open (capital left, goods in stock,
what is owed) is reckoned from the moves and the books; a move that was wrong is answered by its mirror.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from desmigratif.cooperative.models.ledger import Cooperative, CooperativeOwnedQuerySet
from desmigratif.cooperative.models.members import Member
from desmigratif.shared.models import VillageOwned


class MemberGroupQuerySet(CooperativeOwnedQuerySet["MemberGroup"]):
    pass


class GroupSeatQuerySet(CooperativeOwnedQuerySet["GroupSeat"]):
    def standing(self) -> GroupSeatQuerySet:
        return self.filter(until__isnull=True)


class BusinessQuerySet(CooperativeOwnedQuerySet["Business"]):
    pass


class CapitalAgreementQuerySet(CooperativeOwnedQuerySet["CapitalAgreement"]):
    pass


class StakeQuerySet(CooperativeOwnedQuerySet["Stake"]):
    pass


class BusinessResultQuerySet(CooperativeOwnedQuerySet["BusinessResult"]):
    pass


class ResultShareQuerySet(CooperativeOwnedQuerySet["ResultShare"]):
    pass


class BusinessKind(models.TextChoices):
    OWN = "own", "Usaha koperasi sendiri"
    GROUP = "group", "Usaha kelompok"


class MemberGroup(VillageOwned):
    """Members who do business, or borrow, together."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    formed_on = models.DateField()

    objects: ClassVar[MemberGroupQuerySet] = MemberGroupQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cooperative", "name"], name="member_group_one_per_name")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "name", "formed_on")


class GroupSeat(VillageOwned):
    """One member's place in a group, from a day until a day."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(MemberGroup, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    objects: ClassVar[GroupSeatQuerySet] = GroupSeatQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member"], condition=Q(until__isnull=True), name="group_seat_one_per_member"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="group_seat_ends_after_start"
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "group", "member", "since", "until")


class Business(VillageOwned):
    """A business whose result is reckoned apart. `share_percent`: the cooperative's part of a group's result."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=5, choices=BusinessKind.choices)
    group = models.ForeignKey(MemberGroup, on_delete=models.PROTECT, null=True, related_name="businesses")
    share_percent = models.DecimalField(max_digits=5, decimal_places=2)
    opened_on = models.DateField()

    objects: ClassVar[BusinessQuerySet] = BusinessQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "name"], name="business_one_per_name"),
            models.CheckConstraint(
                condition=Q(kind="group", group__isnull=False) | Q(kind="own", group__isnull=True, share_percent=100),
                name="business_of_a_group_names_it",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__gt=0, share_percent__lte=100), name="business_share_is_a_part"
            ),
        ]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "name", "kind", "group", "share_percent", "opened_on")


class CapitalAgreement(VillageOwned):
    """*Modal penyertaan*: savers put capital into one business and share its result, gain or loss.

    `share_percent` is the part of the business's result for all stakes of the agreement together, by their capital.
    Closed, it takes part in no later result; capital that is still there waits to be paid back.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="agreements")
    number = models.CharField(max_length=40)
    agreed_on = models.DateField()
    until = models.DateField(null=True)
    share_percent = models.DecimalField(max_digits=5, decimal_places=2)
    closed_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=160, blank=True)

    objects: ClassVar[CapitalAgreementQuerySet] = CapitalAgreementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "number"], name="agreement_one_per_number"),
            models.CheckConstraint(
                condition=Q(share_percent__gt=0, share_percent__lte=100), name="agreement_share_is_a_part"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_because="")
                | Q(closed_on__gte=models.F("agreed_on")) & ~Q(closed_because=""),
                name="agreement_closed_for_a_reason",
            ),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "business", "number", "agreed_on", "until", "share_percent",
            "closed_on", "closed_because",
        )  # fmt: skip


class Stake(VillageOwned):
    """What one saver, a member or somebody from outside, puts in. Its id is the holder in the books.

    `came_from`: the stake whose capital this one took over; it was paid in there. `ended_on`: all of it went on.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(CapitalAgreement, on_delete=models.PROTECT, related_name="stakes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    outsider = models.CharField(max_length=100, blank=True)
    amount_rupiah = models.BigIntegerField()
    came_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="went_to")
    ended_on = models.DateField(null=True)

    objects: ClassVar[StakeQuerySet] = StakeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=True) & ~Q(outsider="") | Q(member__isnull=False, outsider=""),
                name="stake_of_a_member_or_an_outsider",
            ),
            models.CheckConstraint(condition=Q(amount_rupiah__gt=0), name="stake_of_a_sum"),
        ]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "agreement", "member", "came_from", "ended_on")
        personal = ("outsider",)
        specific = ("amount_rupiah",)


class BusinessResult(VillageOwned):
    """What a business earned (below 0: lost) in a stretch of time. Its id is the entry's, where the books were touched.

    `result_rupiah` is the whole business's, `cooperative_rupiah` what reached the cooperative before its savers.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="results")
    first_on = models.DateField()
    last_on = models.DateField()
    booked_on = models.DateField()
    result_rupiah = models.BigIntegerField()
    cooperative_rupiah = models.BigIntegerField()
    memo = models.CharField(max_length=160)
    actor_id = models.UUIDField()
    taken_back_on = models.DateField(null=True)

    objects: ClassVar[BusinessResultQuerySet] = BusinessResultQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=models.F("first_on")), name="result_ends_after_start"),
        ]

    class Privacy:
        internal = (
            "id", "village_code", "cooperative", "business", "first_on", "last_on", "booked_on", "result_rupiah",
            "cooperative_rupiah", "memo", "actor_id", "taken_back_on",
        )  # fmt: skip


class ResultShare(VillageOwned):
    """One stake's part of a result."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(BusinessResult, on_delete=models.PROTECT, related_name="shares")
    stake = models.ForeignKey(Stake, on_delete=models.PROTECT, related_name="shares")
    amount_rupiah = models.BigIntegerField()

    objects: ClassVar[ResultShareQuerySet] = ResultShareQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "stake"], name="result_share_one_per_stake")]

    class Privacy:
        internal = ("id", "village_code", "cooperative", "result", "stake")
        specific = ("amount_rupiah",)
