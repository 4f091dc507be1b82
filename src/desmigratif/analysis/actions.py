"""Keeping a pivot, naming it anew, sharing it with the office, throwing it away."""

from __future__ import annotations

from datetime import datetime

from desmigratif.access.actor import Actor
from desmigratif.access.checks import refuse_taken_ids
from desmigratif.access.door import action
from desmigratif.access.permissions import Permission
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.analysis.inputs import DeletePivot, RenamePivot, SavePivot, SharePivot
from desmigratif.analysis.models import SavedPivot
from desmigratif.analysis.rules.state import pivot_from
from desmigratif.audit import unit
from desmigratif.audit.unit import Subject
from desmigratif.programme.rules.steps import types_on
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import Reason, Refusal

SEE = Permission.FIGURES_SEE
MOST = 20  # that one person keeps


class CannotSave(Refusal):
    code = "cannot_save_pivot"


@action("analysis.save_pivot", SEE)
def save_pivot(*, by: Actor, given: SavePivot, now: datetime) -> SavedPivot:
    """Keep a pivot for oneself."""
    home = _home(by)
    require(by, SEE, home)
    today = today_in(home, now)
    pivot, reasons = pivot_from(given.query, home=home, today=today, programmes=tuple(types_on(today)))
    if reasons:
        raise CannotSave(reasons)
    refuse_taken_ids(SavedPivot, [given.pivot_id])
    if SavedPivot.objects.of(by).count() >= MOST:
        text = f"Anda sudah menyimpan {MOST} tabel."
        raise CannotSave(Reason("too_many", text, way_out="Hapus yang tidak dipakai lagi."))
    title = _free_title(by, given.title)
    found = SavedPivot.objects.create(
        id=given.pivot_id, user_id=by.id, region_code=home, title=title, query=pivot.query(), saved_on=today
    )
    _note("pivot.saved", found)
    return found


@action("analysis.rename_pivot", SEE)
def rename_pivot(*, by: Actor, given: RenamePivot, now: datetime) -> SavedPivot:
    """Another name for one of one's own."""
    found = _mine(by, given.pivot_id)
    found.title = _free_title(by, given.title, apart_from=found)
    found.save(update_fields=["title"])
    _note("pivot.renamed", found)
    return found


@action("analysis.share_pivot", SEE)
def share_pivot(*, by: Actor, given: SharePivot, now: datetime) -> SavedPivot:
    """Let one's office see it, or no longer. What it shows each reader stays a matter of the reader's own rights."""
    found = _mine(by, given.pivot_id)
    found.is_shared = given.is_shared
    found.save(update_fields=["is_shared"])
    _note("pivot.shared" if given.is_shared else "pivot.unshared", found)
    return found


@action("analysis.delete_pivot", SEE)
def delete_pivot(*, by: Actor, given: DeletePivot, now: datetime) -> None:
    """Throw one of one's own away."""
    found = _mine(by, given.pivot_id)
    _note("pivot.deleted", found)
    found.delete()


def _home(by: Actor) -> str:
    """The office whose pivots these are: the widest region whose figures one sees."""
    return next(iter(by.regions_for(SEE)), by.home_code)


def _mine(by: Actor, pivot_id: object) -> SavedPivot:
    found = get_or_refuse(SavedPivot.objects.of(by).select_for_update(), "pivot_id", id=pivot_id)
    require(by, SEE, found.region_code)
    return found


def _free_title(by: Actor, title: str, apart_from: SavedPivot | None = None) -> str:
    """The name without spaces around it. Raises `CannotSave` for one that is taken."""
    title = " ".join(title.split())
    others = SavedPivot.objects.of(by).filter(title=title)
    if len(title) < 3:
        raise CannotSave(Reason("too_short", "Beri nama paling sedikit tiga huruf.", field="title"))
    if (others.exclude(pk=apart_from.pk) if apart_from else others).exists():
        text = "Anda sudah punya tabel dengan nama ini."
        raise CannotSave(Reason("title_taken", text, field="title", way_out="Beri nama lain."))
    return title


def _note(event: str, found: SavedPivot) -> None:
    unit.record(event, subjects=[Subject("pivot", found.id)], query=found.query)
