"""Hand-overs on pages: what waits for the pillars of whoever looks, and handing a family over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from desmigratif.access.door import do
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, act_id_of
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.documents.acting import RecordForm
from desmigratif.people.models import HandOver, Household, LifeStatus, Resident
from desmigratif.people.queries.hand_overs import TAKES, Waiting, in_hand_of, waiting_for, waiting_or_refuse
from desmigratif.people.queries.household import household_of
from desmigratif.people.rules.hand_overs import COOPERATIVE, PILLARS, SERVICE_CENTRE, declines_on, kinds_on
from desmigratif.people.rules.names import softened
from desmigratif.people.views.common import act_page, as_desk, opened
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import NotFoundOrNotYours, Refusal


class HandOverForm(RecordForm):
    """Whom to hand over, and for what."""

    kind = forms.ChoiceField(label=lazy("Untuk apa"))
    resident_id = forms.ChoiceField(label=lazy("Siapa"), required=False)

    def __init__(self, *args: Any, kinds: Mapping[str, Any], members: list[Resident], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"] = forms.ChoiceField(
            label=lazy("Untuk apa"),
            choices=[(code, f"{PILLARS[kind.to_pillar]}: {kind.title}") for code, kind in kinds.items()],
        )
        whom = [("", lazy("Seluruh keluarga")), *((str(one.id), softened(one.name)) for one in members)]
        self.fields["resident_id"] = forms.ChoiceField(label=lazy("Siapa"), choices=whom, required=False)

    def payload(self) -> dict[str, Any]:
        return {
            "hand_over_id": self.cleaned_data["record_id"],
            "kind": self.cleaned_data["kind"],
            "resident_id": self.cleaned_data["resident_id"] or None,
        }


@scoped(*dict.fromkeys(TAKES.values()))
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Families that wait for an answer of this person's pillars, the oldest first."""
    desk = as_desk(request)
    today = today_in(desk.actor.home_code, desk.now)
    pillars = [pillar for pillar, permission in TAKES.items() if desk.actor.may_anywhere(permission)]
    waiting = waiting_for(desk.actor, *pillars)
    noted = opened(desk, "hand_overs.listed", desk.actor.home_code)
    shown = {
        "rows": [_row(one, desk) for one in waiting],
        "in_hand": [_in_hand(one, desk) for one in in_hand_of(desk.actor)],
        "declines": declines_on(today).items(),
        "not_noted": not noted,
    }
    return render(request, "people/hand_overs.html", shown)


def _row(one: Waiting, desk: DeskRequest) -> dict[str, Any]:
    sees_file = one.to_pillar != COOPERATIVE and desk.actor.may(Permission.RESIDENT_SEE, one.village_code)
    refers = one.to_pillar == SERVICE_CENTRE and desk.actor.may(Permission.REFERRAL_SEND, one.village_code)
    return {
        "id": one.id,
        "title": one.title,
        "name": one.name or _("Seluruh keluarga"),
        "why": one.why,
        "place": one.hamlet,
        "caregiver": one.caregiver,
        "pillar": PILLARS[one.to_pillar],
        "since": format_date(one.on),
        "url": reverse("people:household", args=[one.household_id]) if sees_file else None,
        "refer_url": f"{reverse('cases:send_referral')}?hal=hand_over:{one.id}" if refers else "",
        "act_id": new_id(),
    }


def _in_hand(one: HandOver, desk: DeskRequest) -> dict[str, Any]:
    """What was taken and is not done; whoever handed it over waits for a word."""
    sees_file = desk.actor.may(Permission.RESIDENT_SEE, one.village_code)
    return {
        "id": one.id,
        "title": kinds_on(one.on)[one.kind].title,
        "name": softened(one.resident.name) if one.resident else _("Seluruh keluarga"),
        "from_pillar": PILLARS[one.from_pillar],
        "standing": one.standing,
        "since": format_date(one.answered_on or one.on),
        "url": reverse("people:household", args=[one.household_id]) if sees_file else None,
        "act_id": new_id(),
    }


@scoped(*dict.fromkeys(TAKES.values()), methods=("POST",))
def answer_hand_over(request: HttpRequest, hand_over_id: UUID) -> HttpResponse:
    """Take a family on, decline with a reason, or say that what was taken is done."""
    desk = as_desk(request)
    handed = waiting_or_refuse(desk.actor, hand_over_id)
    today = today_in(handed.village_code, desk.now)
    given: dict[str, Any] = {"hand_over_id": handed.id, "village_code": handed.village_code, "on": today}
    name, said = "people.close_hand_over", _("Ditandai selesai; yang menyerahkan melihatnya.")
    if "selesai" not in request.POST:
        taken = "terima" in request.POST
        given |= {"taken": taken, "because": request.POST.get("because") or None}
        said = _("Serahan diterima.") if taken else _("Serahan ditolak dengan alasan.")
        name = "people.answer_hand_over"
    try:
        do(desk.actor, name, given, now=desk.now, act_id=act_id_of(desk))
    except NotFoundOrNotYours:
        raise
    except Refusal as refusal:
        messages.error(desk, refusal.reasons[0].text)
    else:
        messages.success(desk, said)
    back = request.POST.get("kembali", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else "people:hand_overs")


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def hand_over_household(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Hand a family, or one of its members, over to another service of the village."""
    desk = as_desk(request)
    home = household_of(desk.actor, household_id)
    require(desk.actor, Permission.RESIDENT_REGISTER, home.village_code)
    today = today_in(home.village_code, desk.now)
    members = _members(desk, home)
    subjects = [Subject("household", home.id), *(Subject("resident", one.id) for one in members)]
    opened(desk, "household.opened", home.village_code, subjects)
    form = HandOverForm(request.POST or None, kinds=kinds_on(today), members=members)
    return act_page(
        desk,
        form,
        "people.hand_over_household",
        {"village_code": home.village_code, "household_id": home.id, "on": today},
        done=_("Sudah diserahkan. Jawabannya akan terlihat di riwayat keluarga."),
        back=reverse("people:household", args=[home.id]),
        template="people/hand_over.html",
        shown={"family": softened(members[0].name) if members else _("tanpa anggota")},
    )


def _members(desk: DeskRequest, home: Household) -> list[Resident]:
    rows = Resident.objects.visible_to(desk.actor).filter(household=home)
    return list(rows.filter(life_status__in=[LifeStatus.ALIVE, LifeStatus.AWAY]).order_by("birth_date", "id"))
