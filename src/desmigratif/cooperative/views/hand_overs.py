"""Families that other services handed over to the cooperative: a plan to save, a loan, or a no with its reason."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.audit.unit import Subject
from desmigratif.cooperative.models import Cooperative, Member, MemberStatus
from desmigratif.cooperative.queries.ledger.books import cooperative_of
from desmigratif.cooperative.views.common import as_desk, may, only_with, opened, page, place, today_of
from desmigratif.people.models import HandOver
from desmigratif.people.queries.hand_overs import Waiting, waiting_for, waiting_or_refuse
from desmigratif.people.rules.hand_overs import COOPERATIVE, declines_on, kinds_on
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours
from desmigratif.shared.rupiah import format_rupiah

ASKED = "serahan"
MOST_PURPOSE = 120  # of a loan's application
PURPOSES = {
    "saving_plan": "Tabungan kiriman dari luar negeri", "returnee_saving": "Simpanan hasil kerja di luar negeri",
    "capital_need": "Modal usaha keluarga",
}  # fmt: skip


def waiting_here(desk: DeskRequest, found: Cooperative) -> list[Waiting]:
    """What waits for this cooperative; nothing for whoever does not answer for it."""
    if not may(desk, found, P.MEMBER_MANAGE):
        return []
    return [one for one in waiting_for(desk.actor, COOPERATIVE) if one.village_code == found.village_code]


def asked_for(desk: DeskRequest, found: Cooperative) -> HandOver | None:
    """The hand-over that a page was opened for, by `?serahan=`. Raises `NotFoundOrNotYours`."""
    text = desk.GET.get(ASKED, "")
    if not text:
        return None
    try:
        handed = waiting_or_refuse(desk.actor, UUID(text))
    except ValueError:
        raise NotFoundOrNotYours from None
    if (handed.to_pillar, handed.village_code) != (COOPERATIVE, found.village_code):
        raise NotFoundOrNotYours
    return handed


def purpose_of(handed: HandOver | None) -> str:
    return (handed.purpose or PURPOSES.get(handed.kind, "")) if handed else ""


def asked_in(handed: HandOver | None) -> dict[str, str]:
    """What an application need not be told again: for what, and how much."""
    amount = handed.amount_rupiah if handed else None
    asked = {"amount_rupiah": format_rupiah(amount)} if amount else {}
    return {"purpose": purpose_of(handed)[:MOST_PURPOSE], **asked}


def lead_of(handed: HandOver | None) -> str:
    """What a page says of the hand-over that it answers."""
    return _("Ini sekaligus menjawab serahan: %s.") % kinds_on(handed.on)[handed.kind].title if handed else ""


@scoped(P.MEMBER_MANAGE)
def hand_overs(request: HttpRequest, cooperative_id: UUID) -> HttpResponse:
    """Each family with why, and what the cooperative can do for it without asking everything anew."""
    desk = as_desk(request)
    found = cooperative_of(desk.actor, cooperative_id)
    only_with(desk, found, P.MEMBER_MANAGE)
    rows = waiting_here(desk, found)
    members = _members_of(found, rows)
    subjects = [Subject("household", one.household_id) for one in rows]
    shown = {
        "recorded": opened(desk, found, "hand_overs.listed", *subjects),
        "rows": [_row(one, members[one.household_id], found) for one in rows],
        "declines": declines_on(today_of(desk, found)).items(),
        "may_take": may(desk, found, P.MONEY_TAKE), "here": place("hand_overs", found.id),
    }  # fmt: skip
    return page(desk, "hand_overs", found, "cooperative", shown)


def _members_of(found: Cooperative, rows: list[Waiting]) -> dict[UUID, list[Member]]:
    """Who of these families belongs here, or waits to. One query."""
    here: dict[UUID, list[Member]] = defaultdict(list)
    members = Member.objects.of(found).exclude(status=MemberStatus.LEFT).select_related("resident")
    for one in members.filter(resident__household_id__in=[row.household_id for row in rows]).order_by("number", "id"):
        if one.resident is not None:
            here[one.resident.household_id].append(one)
    return here


def _row(one: Waiting, members: list[Member], found: Cooperative) -> dict[str, Any]:
    asked = f"?{ASKED}={one.id}"
    return {
        "id": one.id, "title": one.title, "name": one.name or _("Seluruh keluarga"), "hamlet": one.hamlet,
        "why": one.why, "amount": one.amount_rupiah, "purpose": one.purpose,
        "since": format_date(one.on), "act_id": new_id(), "lends_first": one.kind == "capital_need",
        "members": [
            {
                "name": each.name, "number": each.number, "url": place("member", each.id),
                "is_member": each.status == MemberStatus.MEMBER,
                "save_url": f"{place('open_savings', each.id)}{asked}",
                "lend_url": f"{place('apply_for_loan', each.id)}{asked}",
            }
            for each in members
        ],
        "join_url": f"{place('apply', found.id)}{asked}",
    }  # fmt: skip
