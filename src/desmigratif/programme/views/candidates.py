"""Choosing villages: the plan of a year, candidates by score, and one candidate with its figures and steps."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.programme.forms.candidates import ANSWERS
from desmigratif.programme.models import CandidateVillage
from desmigratif.programme.queries import candidates as queries
from desmigratif.programme.rules import selection as rules
from desmigratif.programme.rules.steps import types_on
from desmigratif.programme.views.figures import METRICS
from desmigratif.programme.views.helper_rows import place, record_url
from desmigratif.regions.queries import names_of as region_names
from desmigratif.regions.queries import today_in
from desmigratif.shared.dates import format_date

PER_PAGE = 30


@scoped(P.FIGURES_SEE)
def candidates(request: HttpRequest) -> HttpResponse:
    """The plan of a year (`?tahun=`) and its candidates, the highest score first."""
    desk = cast(DeskRequest, request)
    today = today_in(desk.actor.home_code, desk.now)
    if chosen := desk.GET.get("wilayah"):  # back from choosing a village
        return HttpResponseRedirect(record_url("calon", village_code=chosen))
    asked = desk.GET.get("tahun", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else today.year
    found = queries.scored(queries.candidates_seen(desk.actor, year), today)
    page = Paginator(found, PER_PAGE).get_page(desk.GET.get("hal"))
    here = reverse("programme:candidates")
    shown = {
        "here": _("Calon desa"),
        "year": year,
        "years": [
            {"label": str(one), "url": f"{here}?tahun={one}", "current": one == year, "count": None}
            for one in range(today.year - 1, today.year + 2)
        ],
        "page_query": f"tahun={year}&",
        "plans": _plans(queries.plans(desk.actor, year, today)),
        "page": page,
        "rows": [_row(one, today) for one in page],
        "propose_url": _choose_url(desk, here) if desk.actor.may_anywhere(P.PROGRAMME_RECORD) else "",
        "quota_url": record_url("kuota"),
        "weights": rules.weights_on(today),
    }
    return render(desk, "programme/candidates/candidates.html", shown)


def _choose_url(desk: DeskRequest, back: str) -> str:
    """Where a village is chosen, beginning in one's own region."""
    within = next(iter(desk.actor.regions_for(P.PROGRAMME_RECORD)), "")
    start = f"&di={within}" if within.count(".") in (0, 1, 2) and within != "ID" else ""
    return f"{reverse('regions:choose')}?sampai=4{start}&kembali={back}"


def _plans(plans: list[rules.Plan]) -> list[dict[str, Any]]:
    names = region_names({code for plan in plans for code in (plan.region, *plan.left_out)})
    return [
        {
            "plan": plan,
            "name": names.get(plan.region, place(plan.region)),
            "left_out": [
                {"name": names.get(code, code), "url": reverse("programme:region", args=[code])}
                for code in plan.left_out
            ],
        }
        for plan in plans
    ]


def state_of(one: CandidateVillage) -> dict[str, str]:
    """How far a candidate came."""
    if one.membership_id:
        return {"name": "aman", "label": _("Ditetapkan")}
    if one.agreed is False:
        return {"name": "henti", "label": _("Desa tidak setuju")}
    if one.agreed:
        return {"name": "next", "label": _("Menunggu surat keputusan")}
    if one.surveyed_on:
        return {"name": "info", "label": _("Menunggu musyawarah")}
    return {"name": "tidaktahu", "label": _("Menunggu survei")}


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _row(one: queries.Scored, today: date) -> dict[str, Any]:
    label = types_on(today)[one.candidate.programme]["label"]
    words = {
        "programme": label, "total": _number(one.score.total), "need": _number(one.score.need),
        "signs": _number(one.score.signs),
    }  # fmt: skip
    said = _("%(programme)s · belum bisa dinilai")
    if one.score.is_whole:
        said = _("%(programme)s · nilai %(total)s (kebutuhan %(need)s, tanda %(signs)s)")
    elif one.score.total is not None:
        said = _("%(programme)s · nilai sementara %(total)s (kebutuhan %(need)s, tanda %(signs)s)")
    return {
        "title": place(one.candidate.village_code),
        "detail": said % words,
        "icon": "home",
        "url": reverse("programme:candidate", args=[one.candidate.id]),
        "states": [state_of(one.candidate)],
    }


@scoped(P.FIGURES_SEE)
def candidate(request: HttpRequest, candidate_village_id: UUID) -> HttpResponse:
    """One candidate: figures with their sources, what the survey found, what the village said, the score."""
    desk = cast(DeskRequest, request)
    one = queries.candidate_of(desk.actor, candidate_village_id)
    today = today_in(one.village_code, desk.now)
    (scored,) = queries.scored([one], today)
    criteria, words = rules.criteria_on(one.programme, today), dict(ANSWERS)
    figures = queries.figures_of(desk.actor, one.village_code)
    may_record = desk.actor.may(P.PROGRAMME_RECORD, one.village_code) and not one.membership_id
    shown = {
        "one": one,
        "name": place(one.village_code),
        "here": place(one.village_code),
        "programme": types_on(today)[one.programme]["label"],
        "score": scored.score,
        "said_score": _score_words(scored.score),
        "state": state_of(one),
        "groups": [
            {"label": METRICS[metric], "years": [(year, list(rows)) for year, rows in groupby(of, lambda f: f.year)]}
            for metric, of in groupby(figures, lambda figure: figure.metric)
        ],
        "signs": [(label, words.get(one.signs.get(code, "unknown"), "")) for code, label in criteria.items()],
        "steps": _steps(one) if may_record else [],
        "said": _said(one),
    }
    return render(desk, "programme/candidates/candidate.html", shown)


def _said(one: CandidateVillage) -> str:
    if one.deliberated_on is None:
        return ""
    word = _("Setuju") if one.agreed else _("Tidak setuju")
    return f"{word}, {format_date(one.deliberated_on)}, {one.minutes}"


def _score_words(score: rules.Score) -> str:
    if score.total is None:
        return _("belum bisa dinilai")
    word = _("nilai %s dari 100") if score.is_whole else _("nilai sementara %s dari 100")
    return word % _number(score.total)


def _steps(one: CandidateVillage) -> list[dict[str, str]]:
    """What can be written down now, the next step first."""
    figure = {"url": record_url("angka", id=one.id), "label": _("Catat angka")}
    survey = {"url": record_url("survei", id=one.id), "label": _("Catat survei")}
    meeting = {"url": record_url("musyawarah", id=one.id), "label": _("Catat musyawarah")}
    decree = {
        "url": f"{reverse('programme:join_programme')}?wilayah={one.village_code}", "label": _("Catat surat keputusan"),
    }  # fmt: skip
    if one.agreed:
        return [decree, figure]
    return [meeting, survey, figure] if one.surveyed_on else [survey, figure]
