"""What Kuripan looks like in the database, so that any change by a stranger shows."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import Model, Q, QuerySet

from desmigratif.access.models import Grant, SubjectKey, User
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.audit.models import EventSubject, ReviewPayload
from matrix.world import KURIPAN

# A page that was read leaves these and nothing else.
TRACES = frozenset({"audit.Event", "audit.EventSubject", "audit.VillageClock"})
State = dict[str, tuple[int, str]]


def village_owned() -> list[type[Model]]:
    """Every table of ours with a village's code in it."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("desmigratif.")]
    return [model for model in ours if any(field.name == "village_code" for field in model._meta.get_fields())]


def kuripan_now(people: frozenset[UUID], subjects: frozenset[UUID]) -> State:
    """Count and digest of every row of Kuripan, of its accounts and of its residents' keys."""
    rows: dict[str, QuerySet[Any]] = {}
    for model in village_owned():
        found = model._default_manager.all()
        found = found.everywhere() if isinstance(found, ScopedQuerySet) else found
        rows[model._meta.label] = found.filter(village_code=KURIPAN)
    rows["audit.EventSubject"] = EventSubject.objects.filter(event__village_code=KURIPAN)
    rows["audit.ReviewPayload"] = ReviewPayload.objects.filter(receipt__village_code=KURIPAN)
    rows["access.User"] = User.objects.filter(id__in=people).defer("last_login")
    rows["access.Grant"] = Grant.objects.filter(Q(user__in=people) | Q(region_code__startswith=KURIPAN))
    rows["mfa.Authenticator"] = Authenticator.objects.filter(user__in=people)
    rows["access.SubjectKey"] = SubjectKey.objects.filter(subject_id__in=subjects)
    return {label: _digest(found) for label, found in rows.items()}


def _digest(rows: QuerySet[Any]) -> tuple[int, str]:
    said = sorted(repr([_plain(value) for value in row]) for row in rows.order_by().values_list())
    return len(said), hashlib.sha256("\n".join(said).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def differing(before: State, after: State, *, leaving_out: frozenset[str] = frozenset()) -> list[str]:
    """The tables in which something is different now."""
    return sorted(label for label in after if label not in leaving_out and before.get(label) != after[label])
