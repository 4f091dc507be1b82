"""What runs by itself: uploads that nobody wrote are forgotten, and the words of names are counted anew."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction

from desmigratif.people import uploads
from desmigratif.people.models import LifeStatus, NameWord, Resident
from desmigratif.shared import bulk
from desmigratif.shared.ids import new_id

_AT_ONCE = 10_000


def forget_old_uploads(now: datetime) -> int:
    """Delete sheets whose hour is over, whether or not anybody uploads another; returns how many."""
    return uploads.forget_old(now)


def count_name_words(now: datetime) -> int:
    """Count the words that names are made of, for who is sought by a misspelt name; returns how many."""
    names = Resident.objects.everywhere().exclude(life_status=LifeStatus.INVALID).order_by()
    people: Counter[str] = Counter()
    for name in names.values_list("name_key", flat=True).iterator(chunk_size=_AT_ONCE):
        people.update(set(name.split()))
    with transaction.atomic():
        NameWord.objects.all().delete()
        ids = [new_id() for _ in people]
        bulk.insert_columns(NameWord, {"id": ids, "word": list(people), "people": list(people.values())}, {})
    return len(people)
