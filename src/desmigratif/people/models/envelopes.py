"""What only a regency's coordinator can read: sealed in the village to a key whose other half is not there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from desmigratif.shared.models import Identified


class ProtectiveKey(Identified):
    """A regency's age identity: notes are sealed to its public half; the secret half is locked with the coordinator's
    passphrase, together with those of earlier keys that were carried over, and stands on paper."""

    region_code = models.CharField(max_length=13)
    recipient = models.CharField(max_length=80)
    secret_locked = models.BinaryField()
    made_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region_code"], condition=Q(ended_on__isnull=True), name="protectivekey_one_stands"
            )
        ]

    class Privacy:
        internal = ("id", "region_code", "recipient", "made_on", "ended_on")
        protective = ("secret_locked",)


class Envelope(Identified):
    """Something sealed for the coordinator, or nothing at all: all look alike (docs/adr/0026).

    Every talk with a family and every checked offer leaves one, full or empty, of one length. So neither that there
    is one, nor how many, nor when, tells of anybody. No village, no person, no foreign key to either.
    """

    key = models.ForeignKey(ProtectiveKey, on_delete=models.PROTECT, related_name="envelopes")
    on = models.DateField()
    sealed = models.BinaryField()

    class Privacy:
        internal = ("id", "key", "on")
        protective = ("sealed",)
