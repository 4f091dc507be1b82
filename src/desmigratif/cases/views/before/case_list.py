"""The list of plans under way: narrowed, page by page, the oldest first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import own_village
from desmigratif.access.routes import scoped
from desmigratif.cases.forms.before.listing import FIELDS, FilterForm
from desmigratif.cases.models import Case, CaseState
from desmigratif.cases.queries import case_counts
from desmigratif.cases.queries.before.listing import IN_A_VILLAGE, VILLAGE_BY_VILLAGE, hamlets_of, listed_cases
from desmigratif.cases.rules.journey import journey_on
from desmigratif.cases.views.common import REVOKED, as_desk, goal_of, listed, verdict
from desmigratif.regions.queries import UnknownRegion, today_in, village
from desmigratif.shared.keyset import page_of

PER_PAGE = 50
WAITS_FOR = {
    CaseState.INTENT: ("next", gettext_lazy("Periksa tawaran")),
    CaseState.OFFER_CHECKED: ("next", gettext_lazy("Bicara keluarga")),
    CaseState.VILLAGE_CLEARED: ("aman", gettext_lazy("Surat terbit")),
    CaseState.REGISTERED: ("next", gettext_lazy("Seleksi")),
    CaseState.SELECTED: ("next", gettext_lazy("Perjanjian penempatan")),
    CaseState.AGREED: ("next", gettext_lazy("Mengurus dokumen")),
    CaseState.DOCUMENTED: ("next", gettext_lazy("Kontrak dan visa")),
    CaseState.CONTRACTED: ("next", gettext_lazy("Orientasi")),
    CaseState.ORIENTED: ("next", gettext_lazy("Lapor berangkat")),
    CaseState.DEPARTED: ("aman", gettext_lazy("Sudah berangkat")),
    CaseState.WORKING: ("aman", gettext_lazy("Di luar negeri")),
    CaseState.EXTENDED: ("aman", gettext_lazy("Kontrak diperpanjang")),
    CaseState.PROBLEM: ("henti", gettext_lazy("Bermasalah")),
    CaseState.LOST_CONTACT: ("henti", gettext_lazy("Putus kabar")),
    CaseState.RETURNED: ("next", gettext_lazy("Sudah pulang")),
    CaseState.REINTEGRATING: ("next", gettext_lazy("Menata hidup")),
}


@scoped(Permission.CASE_SEE)
def cases(request: HttpRequest) -> HttpResponse:
    """Plans under way, the oldest first (of each village, for whoever sees several)."""
    desk = as_desk(request)
    today = today_in(desk.actor.home_code, desk.now)
    counts, own = case_counts(desk.actor), own_village(desk.actor)
    chosen = request.GET.get("langkah", "")
    chosen = chosen if chosen in counts else ""
    hamlets = hamlets_of(own) if own else []
    form = FilterForm(request.GET, holders=journey_on(today).holders, hamlets=hamlets, today=today)
    wanted = form.wanted(state=chosen, village="" if own else request.GET.get("desa", ""))
    rows = listed_cases(desk.actor, wanted, today)
    order = IN_A_VILLAGE if own or wanted.village else VILLAGE_BY_VILLAGE
    page = page_of(rows, order, after=request.GET.get("setelah", ""), size=PER_PAGE)
    kept = urlencode({name: request.GET[name] for name in (*FIELDS, "desa") if request.GET.get(name)})
    shown = {
        "page": page,
        "page_query": "".join(f"{part}&" for part in (f"langkah={chosen}" if chosen else "", kept) if part),
        "rows": [_row(case, several=own is None) for case in page.rows],
        "chips": _chips(counts, chosen, kept),
        "form": form,
        "state": chosen,
        "narrowed": bool(kept),
        "only_in": _place(wanted.village),
        "village_code": wanted.village,
        "several_villages": own is None,
        "recorded": listed(desk, "cases.listed"),
    }
    return render(request, "cases/before/cases.html", shown)


def _place(code: str) -> str:
    """The village to which the list is narrowed, by name; nothing for one that nobody knows."""
    try:
        return village(code).near_name if code else ""
    except (UnknownRegion, ValueError):
        return ""


def _chips(counts: dict[str, int], chosen: str, kept: str) -> list[dict[str, Any]]:
    """The states as filters; what else was chosen is kept, and then the chips have no counts."""
    here = reverse("cases:cases")
    total = "" if kept else sum(counts.values())
    chips: list[dict[str, Any]] = [
        {"label": _("Semua"), "url": f"{here}?{kept}" if kept else here, "current": not chosen, "count": total}
    ]
    for state in WAITS_FOR:
        if state.value in counts:
            url = f"{here}?langkah={state.value}" + (f"&{kept}" if kept else "")
            chips.append({
                "label": str(state.label), "url": url, "current": chosen == state.value,
                "count": "" if kept else counts[state.value],
            })  # fmt: skip
    return chips


def _waits_for(state: str, level: str | None, *, letter_holds: bool) -> dict[str, Any]:
    name, label = WAITS_FOR[CaseState(state)]
    if state == CaseState.INTENT and level == "stop":
        label = gettext_lazy("Periksa tawaran lain")
    if state == CaseState.VILLAGE_CLEARED and not letter_holds:
        return REVOKED
    return {"name": name, "label": label}


def _row(case: Case, *, several: bool) -> dict[str, Any]:
    level = getattr(case, "last_level", None)
    return {
        "name": case.resident.shown_name,
        "url": reverse("cases:case", args=[case.id]),
        "goal": goal_of(case),
        "since": case.opened_on,
        "check": verdict(level, getattr(case, "last_unknown", None) or ()) if level else None,
        "waits": _waits_for(case.state, level, letter_holds=getattr(case, "letter_holds", False)),
        "village": village(case.village_code).near_name if several else "",
    }
