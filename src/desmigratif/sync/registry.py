"""What works offline: each app's `offline.py`, imported by name so that one grep shows all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.apps import apps as installed
from django.db.models import Model

from desmigratif.access.door import REGISTRY
from desmigratif.access.scope import ScopedQuerySet
from desmigratif.cases import offline as cases
from desmigratif.cooperative import offline as cooperative
from desmigratif.shared.privacy import PrivacyClass, privacy_of

MAY_TRAVEL = frozenset({PrivacyClass.PUBLIC, PrivacyClass.INTERNAL, PrivacyClass.PERSONAL})
# Personal, but no device needs it: a sealed value or a blind index would only be something to steal.
STAYS_HOME = ("_sealed", "_index", "_key")


class Offline(Protocol):
    """The shape of an app's `offline.py`: actions by name, and record name -> field paths ("resident__name").

    `CARDS` lie on a phone and are kept up to date; `TAKEN` goes along for one errand and is forgotten after it.
    """

    @property
    def ACTIONS(self) -> Mapping[str, Callable[..., Any]]: ...

    @property
    def CARDS(self) -> Mapping[str, tuple[str, ...]]: ...

    @property
    def TAKEN(self) -> Mapping[str, tuple[str, ...]]: ...


class MayNotTravel(RuntimeError):
    """An offline.py names a field that must not lie on a phone, or an action under another name than its own."""


APPS: tuple[Offline, ...] = (cases, cooperative)
ACTIONS: frozenset[str] = frozenset(name for app in APPS for name in app.ACTIONS)
CARDS: dict[str, tuple[str, ...]] = {record: fields for app in APPS for record, fields in app.CARDS.items()}
TAKEN: dict[str, tuple[str, ...]] = {record: fields for app in APPS for record, fields in app.TAKEN.items()}


def check() -> None:
    """Called when the server starts. Raises `MayNotTravel`, naming the field or action."""
    for app in APPS:
        for name, run in app.ACTIONS.items():
            if name not in REGISTRY or REGISTRY[name].run is not run:
                raise MayNotTravel(name)
    for record, fields in (*CARDS.items(), *TAKEN.items()):
        for path in fields:
            if not may_travel(installed.get_model(record), path):
                raise MayNotTravel(f"{record}.{path}")


def may_travel(model: type[Model], path: str) -> bool:
    """Whether a field, and every relation on the way to it, may lie on a device."""
    name, _, rest = path.partition("__")
    if privacy_of(model).get(name) not in MAY_TRAVEL or name.endswith(STAYS_HOME):
        return False
    related = model._meta.get_field(name).related_model
    return may_travel(related, rest) if rest and isinstance(related, type) else not rest


def rows_of(record: str) -> ScopedQuerySet[Any]:
    """A fresh queryset of a record's model; it must still be scoped."""
    manager: Any = installed.get_model(record)._default_manager
    rows: ScopedQuerySet[Any] = manager.all()
    return rows
