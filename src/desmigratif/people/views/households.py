"""A family's page, a new family, a correction of its address."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.actor import Actor
from desmigratif.access.door import do
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import act_id_of
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.people.fields import HOUSEHOLD_FIELDS
from desmigratif.people.forms import HouseholdCorrectionForm, NewHouseholdForm, NewMemberForm, NewPersonForm
from desmigratif.people.models import Household
from desmigratif.people.queries.alike import alike
from desmigratif.people.queries.household import HouseholdFile, Member, Moment, household_file, household_of
from desmigratif.people.queries.meanwhile import household_changed_since
from desmigratif.people.queries.values import household_values
from desmigratif.people.rules.departure import may_be_asked
from desmigratif.people.rules.names import softened
from desmigratif.people.rules.proposals import Proposal
from desmigratif.people.rules.timeline import GROUPS
from desmigratif.people.views.common import (
    Meanwhile,
    act_page,
    address_or_none,
    age_words,
    as_desk,
    linked,
    may_open,
    opened,
    place_of,
    village_for,
    with_resident,
)
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

DOUBTS = ("nik_doubt", "two_heads")  # that a look at the card may answer


@scoped(Permission.RESIDENT_SEE)
def household(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Members on the left, history on the right, proposals on top."""
    desk = as_desk(request)
    home = household_of(desk.actor, household_id)
    today = today_in(home.village_code, desk.now)
    file = household_file(desk.actor, home, today=today)
    subjects = [Subject("household", home.id), *(Subject("resident", member.id) for member in file.members)]
    noted = opened(desk, "household.opened", home.village_code, subjects)
    chosen = request.GET.get("riwayat", "")
    shown = {
        "household": home,
        "family": _("Keluarga %(name)s") % {"name": softened(file.head_name)}
        if file.head_name
        else _("Keluarga tanpa anggota"),
        "person": _strip(file),
        "members": [_card(member) for member in file.members],
        "proposals": [_proposal(proposal, desk.actor, home.village_code) for proposal in file.proposals],
        "entries": [_entry(m) for m in file.moments if (noted or not m.is_restricted) and chosen in ("", m.line.group)],
        "filters": _filters(file, chosen),
        "visit_url": with_resident("cases:record_visit", file.head.id) if file.head else None,
        "plans": _plans(file, today),
        "may_register": desk.actor.may(Permission.RESIDENT_REGISTER, home.village_code),
        "may_serve": desk.actor.may(Permission.VISIT_RECORD, home.village_code),
        "not_noted": not noted,
        "act_id": new_id(),
    }
    return render(request, "people/household.html", shown)


def _strip(file: HouseholdFile) -> dict[str, Any]:
    kk = _("KK berakhir %(end)s") % {"end": file.kk_end} if file.kk_end else _("nomor KK belum diketahui")
    return {
        "name": _("Keluarga %(name)s") % {"name": softened(file.head_name)} if file.head_name else _("Keluarga"),
        "facts": [place_of(file.household), kk, _("%(count)s anggota") % {"count": len(file.members)}],
        "states": [{"name": state, "label": label} for state, label in file.states],
    }


def _card(member: Member) -> dict[str, Any]:
    where = _("Di rumah")
    if member.is_abroad:
        where = _("Di luar negeri")
    elif member.is_away:
        where = _("Sedang pergi, tujuan belum diketahui")
    elif member.life_status != "alive":
        where = ""
    return {
        "name": softened(member.name),
        "id": member.id,
        "url": reverse("people:resident", args=[member.id]),
        "relation": member.relation or _("hubungan belum diketahui"),
        "age": _("%(age)s tahun") % {"age": member.age} if member.age is not None else _("umur belum diketahui"),
        "away": member.is_away,
        "place": where,
        "since": format_date(member.since) if member.since else "",
        "nik_end": member.nik_end,
        "phone_end": member.phone_end,
        "states": [{"name": state, "label": label} for state, label in member.states],
    }


def _proposal(proposal: Proposal, by: Actor, code: str) -> dict[str, Any]:
    """What is proposed, with its button for whoever may do it; the others read of it."""
    url = None
    if proposal.resident_id and proposal.with_resident == "query":
        url = with_resident(proposal.act, proposal.resident_id)
    elif proposal.with_resident == "none":
        url = address_or_none(proposal.act)
    elif proposal.resident_id:
        url = address_or_none(proposal.act, proposal.resident_id)
    if url and not may_open(by, url, code):
        url = None
    shown: dict[str, Any] = {
        "title": proposal.title,
        "why": proposal.why,
        "act_url": url,
        "act_label": proposal.act_label,
    }
    if proposal.kind in DOUBTS:
        shown |= {"doubt": proposal.kind, "resident_id": proposal.resident_id or ""}
    return shown


def _plans(file: HouseholdFile, today: date) -> list[dict[str, Any]]:
    """Who may want to go: everybody of age to work who lives here; the plan's page says what stands against it."""
    plans = []
    for member in file.members:
        url = with_resident("cases:open_case", member.id)
        if url and member.life_status == "alive" and not member.is_abroad and may_be_asked(member.age, today):
            plans.append({"name": softened(member.name), "url": url})
    return plans


def _entry(moment: Moment) -> dict[str, Any]:
    return {
        "year": moment.entry.on.year,
        "icon": moment.line.icon,
        "state": moment.line.state,
        "title": moment.line.text,
        "url": linked(moment.entry.link),
        "when": format_date(moment.entry.on),
        "who": moment.who,
        "private": moment.is_restricted,
    }


def _filters(file: HouseholdFile, chosen: str) -> list[dict[str, Any]]:
    counts = {group: sum(m.line.group == group for m in file.moments) for group in GROUPS}
    present = {group: count for group, count in counts.items() if count}
    if len(present) < 2:
        return []
    filters = [{"label": _("Semua"), "url": "?", "current": not chosen, "count": len(file.moments)}]
    filters += [
        {"label": _(GROUPS[group]), "url": f"?riwayat={group}", "current": chosen == group, "count": count}
        for group, count in present.items()
    ]
    return filters


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def new_household(request: HttpRequest) -> HttpResponse:
    """Register a family with its first member."""
    desk = as_desk(request)
    village_code = village_for(desk.actor, Permission.RESIDENT_REGISTER)
    today = today_in(village_code, desk.now)
    form = NewHouseholdForm(request.POST or None, today=today, initial={"relation": "head"})
    given = form.data.get("household_id") or form.initial["household_id"]
    return act_page(
        desk,
        form,
        "people.register_household",
        {"village_code": village_code, "on": today},
        done=_("Keluarga sudah dicatat. Tambahkan anggota lainnya di halaman ini."),
        back=_household_url(given),
        template="people/new_household.html",
        shown={"list_url": reverse("people:residents"), "alike": _Alike(form, village_code)},
    )


def _household_url(household_id: object) -> str:
    try:
        return reverse("people:household", args=[UUID(str(household_id))])
    except ValueError:
        return reverse("people:residents")


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def new_member(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Register one more member of a family."""
    desk = as_desk(request)
    home = household_of(desk.actor, household_id)
    require(desk.actor, Permission.RESIDENT_REGISTER, home.village_code)
    today = today_in(home.village_code, desk.now)
    form = NewMemberForm(request.POST or None, today=today)
    return act_page(
        desk,
        form,
        "people.register_resident",
        {"village_code": home.village_code, "household_id": home.id, "on": today},
        done=_("Anggota keluarga sudah dicatat."),
        back=_household_url(home.id),
        template="people/new_member.html",
        shown={"household": home, "place": place_of(home), "alike": _Alike(form, home.village_code)},
    )


class _Alike:
    """People who look like the one being registered; asked of the database only when the page shows them."""

    def __init__(self, form: NewPersonForm, village_code: str) -> None:
        self.form, self.village_code = form, village_code

    def rows(self) -> list[dict[str, Any]]:
        said = self.form.sought
        if not said:
            return []
        found = alike(self.village_code, name=said["name"], birth_date=said.get("birth_date"), nik=said.get("nik"))
        return [
            {
                "initials": row.shown_name,
                "title": row.shown_name,
                "url": reverse("people:household", args=[row.household_id]),
                "detail": f"{age_words(row.birth_date, self.form.today)} · {place_of(row.household)}",
            }
            for row in found
        ]


@scoped(Permission.RESIDENT_REGISTER, methods=("GET", "POST"))
def correct_household(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Put right where a family lives, or its KK number."""
    desk = as_desk(request)
    home: Household = household_of(desk.actor, household_id)
    require(desk.actor, Permission.RESIDENT_REGISTER, home.village_code)
    today = today_in(home.village_code, desk.now)
    initial = {"seen_version": home.version, **{name: getattr(home, name) for name in HOUSEHOLD_FIELDS}}
    form = HouseholdCorrectionForm(request.POST or None, today=today, initial=initial)
    return act_page(
        desk,
        form,
        "people.correct_household",
        {"village_code": home.village_code, "household_id": home.id, "on": today},
        done=_("Data keluarga sudah diperbaiki."),
        back=_household_url(home.id),
        template="people/correct_household.html",
        shown={
            "household": home,
            "place": place_of(home),
            "meanwhile": Meanwhile(form, partial(household_changed_since, home), lambda: household_values(home, None)),
        },
    )


@scoped(Permission.RESIDENT_REGISTER, methods=("POST",))
def settle_doubt(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """The officer compared with the card: the register was right."""
    desk = as_desk(request)
    home = household_of(desk.actor, household_id)
    given = {
        "village_code": home.village_code,
        "household_id": home.id,
        "resident_id": request.POST.get("resident_id") or None,
        "kind": request.POST.get("kind", ""),
        "on": today_in(home.village_code, desk.now),
    }
    try:
        do(desk.actor, "people.settle_doubt", given, now=desk.now, act_id=act_id_of(request))
        messages.success(request, _("Dicatat: sudah dicocokkan dan sesuai."))
    except Refusal as refusal:
        messages.error(request, refusal.reasons[0].text)
    return redirect("people:household", home.id)
