"""Lines about helpers, as several pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.actor import Actor
from desmigratif.access.permissions import Permission as P
from desmigratif.programme.models import Minutes, Outcome, Pledge, SharedTask
from desmigratif.programme.queries.partners import owner_name
from desmigratif.programme.rules import partners as rules
from desmigratif.regions.queries import UnknownRegion, near_name
from desmigratif.shared import working_days
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours
from desmigratif.shared.rupiah import format_rupiah


def record_url(what: str, *, village_code: str = "", id: UUID | None = None) -> str:
    """The address that shows one form."""
    named = {"apa": what, "desa": village_code, "id": str(id or "")}
    return f"{reverse('programme:record')}?{urlencode({key: value for key, value in named.items() if value})}"


def place(code: str) -> str:
    """A village with its district, or its code where the list does not know it."""
    try:
        return near_name(code)
    except (UnknownRegion, ValueError):
        return code


def require_village(code: str) -> None:
    """Raises `NotFoundOrNotYours` for what is no village of the list."""
    try:
        known = code.count(".") == 3 and bool(near_name(code))
    except (UnknownRegion, ValueError):
        known = False
    if not known:
        raise NotFoundOrNotYours


def pledge_state(pledge: Pledge) -> dict[str, str]:
    """What the village said, else what the giver said."""
    if pledge.outcome == Outcome.RECEIVED:
        return {"name": "aman", "label": str(Outcome.RECEIVED.label)}
    if pledge.said_on:
        return {"name": "cek", "label": _("Menunggu jawaban desa")}
    if pledge.outcome:
        return {"name": "cek", "label": str(pledge.get_outcome_display())}
    return {"name": "tidaktahu", "label": _("Belum diserahkan")}


def pledge_rows(
    pledges: Iterable[Pledge], pillars: Mapping[str, str], *, by: Actor, show_village: bool, show_body: bool
) -> list[dict[str, Any]]:
    """Pledges with what one can do about each: the village answers, the giver says that it was handed over."""
    return [
        {
            "title": pledge.what,
            "detail": " · ".join(
                filter(
                    None,
                    (
                        pledge.partner.name if show_body else "",
                        place(pledge.village_code) if show_village else "",
                        pillars.get(pledge.pillar, pledge.pillar),
                        str(pledge.year),
                        format_rupiah(pledge.amount_rupiah) if pledge.amount_rupiah else "",
                        pledge.remark,
                    ),
                )
            ),
            "icon": "heart-handshake",
            "url": _pledge_url(pledge, by),
            "states": [pledge_state(pledge)],
        }
        for pledge in pledges
    ]


def _pledge_url(pledge: Pledge, by: Actor) -> str:
    if pledge.outcome == Outcome.RECEIVED:
        return ""
    if by.may(P.PLEDGE_ANSWER, pledge.village_code):
        return record_url("terima", id=pledge.id)
    if by.may(P.PLEDGE_MAKE, pledge.village_code) and not pledge.said_on:
        return record_url("serah", id=pledge.id)
    return ""


def task_rows(tasks: Iterable[SharedTask], *, by: Actor, today: date, show_village: bool) -> list[dict[str, Any]]:
    """Tasks with their owner and clock in working days."""
    return [
        {
            "title": task.what,
            "detail": " · ".join(
                filter(
                    None,
                    (
                        place(task.village_code) if show_village else "",
                        owner_name(task),
                        _("selesai %s") % format_date(task.done_on) if task.done_on
                        else _("batas %s") % format_date(task.due_on),
                        task.result,
                    ),
                )
            ),
            "icon": "clipboard-check",
            "urgent": not task.done_on and task.due_on < today,
            "url": record_url("selesai", id=task.id) if not task.done_on and _may_close(task, by) else "",
            "states": [_clock(task, today)],
        }
        for task in tasks
    ]  # fmt: skip


def _may_close(task: SharedTask, by: Actor) -> bool:
    """Whether it is worth showing the form; the action asks again."""
    if by.may(P.PROGRAMME_RECORD, task.village_code):
        return True
    if task.owner == SharedTask.Owner.VILLAGE:
        return by.may(P.PLEDGE_ANSWER, task.village_code)
    return task.owner == SharedTask.Owner.PARTNER and not by.may_anywhere(P.FIGURES_SEE)


def _clock(task: SharedTask, today: date) -> dict[str, str]:
    if task.done_on:
        return {"name": "aman", "label": _("Selesai")}
    closed = working_days.closed_days(task.asked_on, max(task.due_on, today))
    left = working_days.clock_of(task.asked_on, task.due_on, None, today, closed).left or 0
    if task.due_on < today:
        return {"name": "cek", "label": _("lewat %d hari kerja") % -left}
    return {"name": "info", "label": _("sisa %d hari kerja") % left}


def minutes_rows(minutes: Iterable[Minutes]) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{one.get_kind_display()}, {format_date(one.on)}",
            "detail": " · ".join(filter(None, (one.partner.name if one.partner else "", one.present, one.said))),
            "icon": "file-text",
        }
        for one in minutes
    ]


def percent(done: int, of: int) -> str:
    """ "67%", or a dash of nothing."""
    share = rules.share_percent(done, of)
    return "–" if share is None else f"{share}%"
