"""Forms about choosing villages, shown at the one address where things are written down (views/record.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission as P
from desmigratif.access.requests import DeskRequest
from desmigratif.access.scope import require
from desmigratif.programme.forms import candidates as forms
from desmigratif.programme.models import CandidateVillage
from desmigratif.programme.queries.candidates import candidate_of
from desmigratif.programme.rules import need
from desmigratif.programme.rules.selection import criteria_on
from desmigratif.programme.rules.steps import types_on
from desmigratif.programme.views.figures import METRICS
from desmigratif.programme.views.helper_rows import place
from desmigratif.programme.views.sheets import Sheet, id_of, village_of
from desmigratif.regions.queries import today_in


def _candidate(desk: DeskRequest) -> CandidateVillage:
    one = candidate_of(desk.actor, id_of(desk))
    require(desk.actor, P.PROGRAMME_RECORD, one.village_code)
    return one


def _page(one: CandidateVillage) -> str:
    return reverse("programme:candidate", args=[one.id])


def _quota(desk: DeskRequest) -> Sheet:
    region = next(iter(desk.actor.regions_for(P.PROGRAMME_RECORD)), "")
    require(desk.actor, P.PROGRAMME_RECORD, region)
    form = forms.QuotaForm(desk.POST or None, today=today_in(region, desk.now))
    return Sheet(
        form, "set_quota", lambda: {**form.payload(), "region_code": region}, _("Kuota desa"), place(region),
        _("Kuota sudah dicatat."), reverse("programme:candidates"),
    )  # fmt: skip


def _propose(desk: DeskRequest) -> Sheet:
    code, today = village_of(desk, P.PROGRAMME_RECORD)
    programmes = {name: one["label"] for name, one in types_on(today).items()}
    form = forms.CandidateForm(desk.POST or None, programmes=programmes, today=today)
    return Sheet(
        form, "propose_candidate", lambda: {**form.payload(), "village_code": code}, _("Calon desa baru"), place(code),
        _("Calon sudah dicatat."), reverse("programme:candidates"),
    )  # fmt: skip


def _figure(desk: DeskRequest) -> Sheet:
    one = _candidate(desk)
    today = today_in(one.village_code, desk.now)
    metrics = [(metric, METRICS[metric]) for metric in need.weights_on(today)]
    form = forms.FigureForm(desk.POST or None, metrics=metrics, today=today)
    return Sheet(
        form, "record_figure", lambda: {**form.payload(), "village_code": one.village_code}, _("Angka desa"),
        place(one.village_code), _("Angka sudah dicatat."), _page(one),
    )  # fmt: skip


def _survey(desk: DeskRequest) -> Sheet:
    one = _candidate(desk)
    today = today_in(one.village_code, desk.now)
    form = forms.SurveyForm(
        desk.POST or None, criteria=criteria_on(one.programme, today), standing=one.signs, today=today
    )
    given = {"village_code": one.village_code, "candidate_id": one.id}
    return Sheet(
        form, "survey_candidate", lambda: {**form.payload(), **given}, _("Survei desa"), place(one.village_code),
        _("Survei sudah dicatat."), _page(one),
    )  # fmt: skip


def _deliberate(desk: DeskRequest) -> Sheet:
    one = _candidate(desk)
    form = forms.DeliberateForm(desk.POST or None, today=today_in(one.village_code, desk.now))
    given = {"village_code": one.village_code, "candidate_id": one.id}
    return Sheet(
        form, "deliberate_candidate", lambda: {**form.payload(), **given}, _("Musyawarah desa"),
        place(one.village_code), _("Musyawarah sudah dicatat."), _page(one),
    )  # fmt: skip


CANDIDATE_SHEETS: Mapping[str, Callable[[DeskRequest], Sheet]] = {
    "kuota": _quota, "calon": _propose, "angka": _figure, "survei": _survey, "musyawarah": _deliberate,
}  # fmt: skip
