"""The code by which a family reads how a journey stands, without an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from desmigratif.access.permissions import Permission
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.cases.models.cases import Case
from desmigratif.shared.models import VillageOwned


class StatusCodeQuerySet(ScopedQuerySet["StatusCode"]):
    see_permission = Permission.CASE_SEE


class StatusCode(VillageOwned):
    """The one code of a plan that holds: a new one takes its place. Kept is only its keyed print.

    The birth date asked for beside it is the candidate's own in the register; nothing of it is kept here.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="status_code")
    code_index = models.CharField(max_length=32, unique=True)
    made_on = models.DateField()
    until = models.DateField()

    objects: ClassVar[StatusCodeQuerySet] = StatusCodeQuerySet.as_manager()  # type: ignore[assignment]

    class Privacy:
        internal = ("id", "village_code", "case", "made_on", "until")
        personal = ("code_index",)
