"""Children of the centre: the lists, and enrolling one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.parenting.forms.children import EnrolForm
from desmigratif.parenting.models import Child
from desmigratif.parenting.queries.children import (
    children_of,
    family_of,
    not_enrolled,
    proposed_ends,
    resident_to_enrol,
    waiting_hand_overs,
)
from desmigratif.parenting.queries.situations import situations_of
from desmigratif.parenting.rules.children import labels
from desmigratif.parenting.rules.risk import LOW, Situation, level_labels, level_of, sign_labels, signs_of
from desmigratif.parenting.views.common import LEVELS, act_page, as_desk, listed, strip
from desmigratif.people.models import Resident
from desmigratif.regions.queries import today_in, village
from desmigratif.shared.dates import age_on
from desmigratif.shared.reasons import NotFoundOrNotYours

PER_PAGE = 40
TO_LOOK, MISSING = "tengok", "belum"


@scoped(Permission.CHILD_SEE)
def children(request: HttpRequest) -> HttpResponse:
    """Who is enrolled, who should be looked at (`?tampil=tengok`), who is missing (`?tampil=belum`)."""
    desk = as_desk(request)
    recorded = listed(desk, "children.listed")
    today = today_in(desk.actor.home_code, desk.now)
    shown_as = request.GET.get("tampil", "")
    enrolled = children_of(desk.actor) if recorded else Child.objects.none()
    missing = not_enrolled(desk.actor, today) if recorded else Resident.objects.none()
    to_look = enrolled.exclude(risk__in=["", LOW])
    counts = {"": enrolled.count(), TO_LOOK: to_look.count(), MISSING: missing.count()}
    asked = {TO_LOOK: to_look, MISSING: missing}.get(shown_as, enrolled)
    page = Paginator(asked, PER_PAGE).get_page(request.GET.get("hal"))
    found: list[Any] = list(page) if recorded else []
    rows = _missing_rows(desk, found) if shown_as == MISSING else _rows(desk, found)
    shown = {
        "page": page, "page_query": f"tampil={shown_as}&" if shown_as in (TO_LOOK, MISSING) else "", "rows": rows,
        "recorded": recorded, "tabs": _tabs(counts, shown_as), "shown_as": shown_as, "lead": _lead(desk, counts),
        "may_read_worries": desk.actor.may_anywhere(Permission.WORRY_SEE),
    }  # fmt: skip
    return render(request, "parenting/children.html", shown)


def _lead(desk: DeskRequest, counts: Mapping[str, int]) -> str:
    """How many of the children that the register knows are here; who does not see the register is not told."""
    if not desk.actor.may_anywhere(Permission.RESIDENT_SEE):
        return _("Anak yang orang tuanya bekerja di luar negeri dan didampingi bersama.")
    words = {"enrolled": counts[""], "all": counts[""] + counts[MISSING]}
    return _("%(enrolled)s dari %(all)s anak yang orang tuanya di luar negeri sudah terdaftar.") % words


def _tabs(counts: Mapping[str, int], shown_as: str) -> list[dict[str, Any]]:
    words = {"": _("Terdaftar"), TO_LOOK: _("Perlu ditengok"), MISSING: _("Belum terdaftar")}
    here = reverse("parenting:children")
    return [
        {"label": word, "url": f"{here}?tampil={code}" if code else here, "count": counts[code],
         "current": code == shown_as}
        for code, word in words.items()
    ]  # fmt: skip


def _rows(desk: DeskRequest, found: list[Child]) -> list[dict[str, Any]]:
    """Signs are looked up village by village: a list of one person is of one village, nearly always."""
    known: dict[UUID, Situation] = {}
    ends: dict[UUID, str] = {}
    for code in {child.village_code for child in found}:
        here = [child for child in found if child.village_code == code]
        known |= situations_of(here, today_in(code, desk.now))
        ends |= proposed_ends(here, today_in(code, desk.now))
    return [_row(desk, child, known[child.id], ends.get(child.id, "")) for child in found]


def _row(desk: DeskRequest, child: Child, situation: Situation, ending: str) -> dict[str, Any]:
    today = today_in(child.village_code, desk.now)
    signs = signs_of(situation, today)
    level = level_of(signs, today)
    where = village(child.village_code).near_name if desk.actor.home_code != child.village_code else ""
    said = (
        where, _age(child.resident, today), labels("schooling", today).get(child.schooling, ""),
        child.school_class and _("kelas %s") % child.school_class,
        _("diasuh %s") % child.caregiver.shown_name if child.caregiver else "",
        sign_labels(today)[signs[0]] if signs else "",
    )  # fmt: skip
    states = [{"name": LEVELS[level], "label": level_labels(today)[level]}] if level != LOW else []
    if ending:
        states.append({"name": "cek", "label": labels("leaving", today)[ending]})
    return {
        "icon": "user", "title": child.resident.shown_name, "detail": " · ".join(part for part in said if part),
        "url": reverse("parenting:child", args=[child.id]), "states": states,
    }  # fmt: skip


def _age(resident: Resident, today: date) -> str:
    return _("%s tahun") % age_on(resident.birth_date, today) if resident.birth_date else ""


def _missing_rows(desk: DeskRequest, found: list[Resident]) -> list[dict[str, Any]]:
    waiting = waiting_hand_overs(desk.actor, {one.household_id for one in found})
    rows = []
    for one in found:
        handed = waiting.get(one.household_id)
        today = today_in(one.village_code, desk.now)
        said = (_age(one, today), one.household.hamlet and _("Dusun %s") % one.household.hamlet)
        rows.append({
            "icon": "user-plus", "title": one.shown_name, "detail": " · ".join(part for part in said if part),
            "url": f"{reverse('parenting:enrol')}?warga={one.id}" + (f"&serahan={handed}" if handed else ""),
            "states": [{"name": "next", "label": _("Diserahkan")}] if handed else [],
        })  # fmt: skip
    return rows


@scoped(Permission.CHILD_RECORD, methods=("GET", "POST"))
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol the resident that `?warga=` names; `?serahan=` is the hand-over that this answers."""
    desk = as_desk(request)
    resident = _named(desk)
    require(desk.actor, Permission.CHILD_RECORD, resident.village_code)
    today = today_in(resident.village_code, desk.now)
    recorded = reads.opened(
        desk.actor, "child.enrol_opened", village_code=resident.village_code,
        subjects=[Subject("resident", resident.id)], now=desk.now,
    )  # fmt: skip
    form = EnrolForm(request.POST or None, today=today, family=family_of(resident) if recorded else ())
    handed = request.GET.get("serahan") or None
    return act_page(
        desk, form, "enrol_child",
        lambda: {
            **form.payload(), "village_code": resident.village_code, "resident_id": resident.id,
            "hand_over_id": handed,
        },
        said=_("%s sudah terdaftar di rumah belajar.") % resident.shown_name, then=reverse("parenting:children"),
        heading=_("Daftarkan anak"), lead=_("Yang belum diketahui boleh dikosongkan. Catat seperlunya saja."),
        submit=_("Daftarkan"), recorded=recorded, person=strip(resident, today),
    )  # fmt: skip


def _named(desk: DeskRequest) -> Resident:
    try:
        resident_id = UUID(desk.GET.get("warga", ""))
    except ValueError:
        raise NotFoundOrNotYours from None
    return resident_to_enrol(desk.actor, resident_id)
