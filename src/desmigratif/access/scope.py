"""What may this person see here: every read starts with it.

`acting_as(by)` says on whose behalf the work runs, to us and (on PostgreSQL) to the database. A model with
`ScopedManager` refuses a query that did not begin with `visible_to(by)` or `in_village(code)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, Self, TypeVar

from django.db import connection, models
from django.db.models import F, Func, IntegerField, Q, QuerySet, Value

from desmigratif.access.actor import NATION, Actor, codes_in
from desmigratif.access.models import Share
from desmigratif.access.permissions import Permission
from desmigratif.audit import unit
from desmigratif.shared.reasons import NotFoundOrNotYours

_acting: ContextVar[Actor | None] = ContextVar("acting_as", default=None)
M = TypeVar("M", bound=models.Model)


_DOTS_OF_A_VILLAGE = 3


class UnscopedQuery(RuntimeError):
    """Personal data was asked for without saying on whose behalf."""


@contextmanager
def acting_as(by: Actor) -> Iterator[Actor]:
    """Run on somebody's behalf. On PostgreSQL the scope is also told to the session, for row-level security."""
    token = _acting.set(by)
    _tell_database(by)
    try:
        yield by
    finally:
        _acting.reset(token)
        _tell_database(_acting.get())


def _tell_database(by: Actor | None) -> None:
    if connection.vendor != "postgresql":
        return
    regions = by.regions_for(Permission.RESIDENT_SEE) if by else ()
    scope = ",".join(code for region in regions for code in codes_in(region))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('desmigratif.scope', %s, false)", [scope])


def current_actor() -> Actor | None:
    return _acting.get()


def require(by: Actor, permission: Permission, code: str) -> None:
    """Refuse unless this person holds the permission in that region. The answer does not tell why (404)."""
    open_unit = unit.current_or_none()
    if open_unit is not None:
        open_unit.permissions_asked.add(permission.value)
    if not by.may(permission, code):
        raise NotFoundOrNotYours


def region_filter(regions: tuple[str, ...], field: str = "village_code") -> Q:
    """A filter for rows inside any of these regions, under today's code or an old one; no region, no row."""
    if NATION in regions:
        return Q()
    condition = Q(pk__in=[])
    for code in (code for region in regions for code in codes_in(region)):
        condition |= Q(**{field: code})
        if code.count(".") < _DOTS_OF_A_VILLAGE:  # nothing lies inside a village
            condition |= Q(**{f"{field}__startswith": code + "."})
    return condition


class ScopedQuerySet(models.QuerySet[M]):
    """A queryset that runs only after it was scoped."""

    see_permission: Permission = Permission.RESIDENT_SEE
    _scoped: bool = False

    def visible_to(self, by: Actor, *, on: date | None = None) -> Self:
        """Rows inside the person's regions, plus rows shared on a day (if one is given) with a region of theirs.

        What is shared with a regency is seen by who works for the regency or above, not in each of its villages.
        """
        regions = by.regions_for(self.see_permission)
        condition = region_filter(regions)
        if on is not None and regions and NATION not in regions:
            shared = Share.objects.filter(
                region_filter(regions, "region_code"),
                record_type=self.model._meta.label_lower,
                valid_from__lte=on,
                valid_until__gt=on,
            )
            condition |= Q(pk__in=shared.values("record_id"))
        return self._mark_scoped().filter(condition)

    def in_village(self, village_code: str) -> Self:
        """Rows of one village, for work that has already asked `require` for it."""
        return self._mark_scoped().filter(village_code=village_code)

    def everywhere(self) -> Self:
        """All rows, for work that concerns no person: checking a signature, counting, jobs. One grep finds them."""
        return self._mark_scoped()

    def _mark_scoped(self) -> Self:
        scoped = self.all()
        scoped._scoped = True
        return scoped

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._scoped = self._scoped
        return clone

    def require_scope(self) -> None:
        if not self._scoped:
            raise UnscopedQuery(f"{self.model._meta.label}: begin with visible_to(by) or in_village(code)")

    def _fetch_all(self) -> None:
        self.require_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[M]:
        self.require_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self.require_scope()
        return super().count()

    def exists(self) -> bool:
        self.require_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.require_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self.require_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.require_scope()
        return super().delete()


def get_or_refuse(queryset: models.QuerySet[M], field: str = "", **lookup: Any) -> M:
    """One row of a scoped queryset, or the refusal that does not tell whether it exists."""
    row = queryset.filter(**lookup).first()
    if row is None:
        raise NotFoundOrNotYours(field)
    return row


def count_together(asked: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each of these querysets has, as `count()` would say, in one statement."""
    arms = [_count_of(what, rows) for what, rows in asked.items()]
    if not arms:
        return {}
    return {**dict.fromkeys(asked, 0), **dict(arms[0].union(*arms[1:], all=True))}


def _count_of(what: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """One row: the word and the number. A plain function, because an aggregate would bring its own grouping."""
    if isinstance(rows, ScopedQuerySet):
        rows.require_scope()
    called = "COUNT(DISTINCT %(expressions)s)" if rows.query.distinct else "COUNT(%(expressions)s)"
    number = Func(F("pk"), template=called, output_field=IntegerField())
    return rows.order_by().values_list(Value(what), number)
