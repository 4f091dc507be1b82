"""Bodies that help villages, who signs in for them, and what they pledge. No person of a village stands here."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.shared.models import Identified, VillageOwned


class Partner(Identified):
    """A ministry, an agency, an office, a company or a society; `region_code` is where it works.

    `kind`: partner_kinds of regulations/programme.yaml.
    """

    region_code = models.CharField(max_length=13)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region_code", "name"], name="partner_once_in_a_region")]

    class Privacy:
        public = ("region_code", "kind", "name")
        internal = ("id",)

    def __str__(self) -> str:
        return self.name


class PartnerSeat(Identified):
    """An account signs in for a body, from one day until another. An account speaks for one body at a time."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="seats")
    user_id = models.UUIDField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id"], condition=Q(until=None), name="partner_seat_one_body"),
        ]

    class Privacy:
        internal = ("id", "partner", "user_id", "since", "until")


class Outcome(models.TextChoices):
    """What the village says of a pledge."""

    RECEIVED = "received", _("Sudah diterima")
    PARTLY = "partly", _("Baru sebagian")
    NOT_RECEIVED = "not_received", _("Belum diterima")


class PledgeQuerySet(ScopedQuerySet["Pledge"]):
    see_permission = Permission.FIGURES_SEE

    def of_body(self, partner: Partner) -> Self:
        """What one body pledged, for whoever signs in for it."""
        return self._mark_scoped().filter(partner=partner)


class Pledge(VillageOwned):
    """What a body says it will bring to a village for a pillar in a year; whether it came, the village says.

    `said_on`: the giver says that it was handed over. `outcome`: what the village answers, and on which day.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="pledges")
    pillar = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=160)
    amount_rupiah = models.BigIntegerField(null=True)
    pledged_on = models.DateField()
    said_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, blank=True, choices=Outcome)
    remark = models.CharField(max_length=200, blank=True)

    objects: ClassVar[PledgeQuerySet] = PledgeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, outcome="") | (Q(answered_on__isnull=False) & ~Q(outcome="")),
                name="pledge_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(amount_rupiah=None) | Q(amount_rupiah__gt=0), name="pledge_amount_is_positive"
            ),
        ]
        indexes = [models.Index(fields=["village_code", "year"], name="pledge_by_village_and_year")]

    class Privacy:
        public = ("village_code", "partner", "pillar", "year", "what", "amount_rupiah", "pledged_on", "outcome")
        internal = ("id", "said_on", "answered_on", "remark")
