"""The words that names are made of, without whose they are: what a misspelt name may have been."""

from __future__ import annotations

from django.db import models

from desmigratif.shared.models import Identified


class NameWord(Identified):
    """A folded word of names in this installation and how many people carry it; counted anew by a job."""

    word = models.CharField(max_length=120, unique=True)
    people = models.PositiveIntegerField()

    class Privacy:
        internal = ("id",)
        personal = ("word", "people")
