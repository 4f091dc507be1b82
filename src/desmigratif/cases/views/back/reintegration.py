"""After coming back: needs, plan, visits, experience, and how it ends."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desmigratif.access.keys.subject_keys import key_of
from desmigratif.access.permissions import Permission
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.cases.forms.returns import (
    AftercareForm,
    CloseReturnForm,
    ExperienceForm,
    NeedsForm,
    PlanForm,
    PlanStepForm,
)
from desmigratif.cases.models import Aftercare, CaseState, NeedsAssessment, ReintegrationStep, Return
from desmigratif.cases.queries.back.returns import Needs, needs_of
from desmigratif.cases.rules.back.returns import plan_steps, steps_for
from desmigratif.cases.views.back.returns import acted, form_page, opened_return
from desmigratif.cases.views.common import as_desk, opened
from desmigratif.documents.acting import attempt
from desmigratif.regions.queries import today_in

OPEN = (CaseState.RETURNED, CaseState.REINTEGRATING)


def _said(told: Return) -> Needs | None:
    rows = NeedsAssessment.objects.in_village(told.village_code).filter(back=told).order_by("-on", "-id")
    return needs_of(rows.first(), key_of(told.case.resident_id))


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def assess_needs(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """What the returnee needs, asked again whenever it changes."""
    desk, told, today = opened_return(request, return_id)
    if told.case.state not in OPEN:
        return redirect("cases:back", told.id)
    said = _said(told) if opened(desk, told.case) else None
    form = NeedsForm(request.POST or None, today=today, known=said.needs if said else ())
    lead = _("Tanyakan pelan-pelan, dan tulis menurut orangnya sendiri. Boleh belum lengkap.")
    words = (_("Apa yang dibutuhkan?"), lead, _("Simpan kebutuhan"))
    return acted(desk, told, today, form, "cases.assess_needs", words, _("Kebutuhannya sudah dicatat."))


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def plan_reintegration(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Steps with days, chosen by the returnee."""
    desk, told, today = opened_return(request, return_id)
    if told.case.state not in OPEN:
        return redirect("cases:back", told.id)
    said = _said(told) if opened(desk, told.case) else None
    standing = ReintegrationStep.objects.in_village(told.village_code).filter(back=told, done_on=None)
    planned = set(standing.values_list("step", flat=True))
    proposed = [code for code in steps_for(said.needs, today) if code not in planned] if said else []
    form = PlanForm(request.POST or None, today=today, proposed=proposed, standing=planned)
    lead = _("Kelompok usaha dan koperasi mendapat serahannya dalam langkah yang sama, lalu menjawab sendiri.")
    words = (_("Susun rencana"), lead, _("Simpan rencana"))
    return acted(desk, told, today, form, "cases.plan_reintegration", words, _("Rencananya sudah disusun."))


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def finish_plan_step(request: HttpRequest, plan_step_id: UUID) -> HttpResponse:
    """How a step of a plan ended."""
    desk = as_desk(request)
    rows = ReintegrationStep.objects.visible_to(desk.actor).select_related("back__case__resident__household")
    row = get_or_refuse(rows, id=plan_step_id)
    require(desk.actor, Permission.CASE_OPEN, row.village_code)
    if row.done_on is not None:
        return redirect("cases:back", row.back_id)
    today = today_in(row.village_code, desk.now)
    form = PlanStepForm(request.POST or None, initial={"on": today})
    step = plan_steps(today).get(row.step)
    words = (step.label if step else row.step, _("Yang tidak jadi juga dicatat; tidak ada yang salah."), _("Simpan"))
    said = _("Hasilnya sudah dicatat.")
    return acted(desk, row.back, today, form, "cases.finish_plan_step", words, said, step_id=row.id)


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def record_aftercare(request: HttpRequest, aftercare_id: UUID) -> HttpResponse:
    """How the returnee does, months later."""
    desk = as_desk(request)
    rows = Aftercare.objects.visible_to(desk.actor).select_related("back__case__resident__household")
    row = get_or_refuse(rows, id=aftercare_id)
    require(desk.actor, Permission.CASE_OPEN, row.village_code)
    if row.done_on is not None or row.back.case.state in (CaseState.DIED, CaseState.RE_MIGRATING):
        return redirect("cases:back", row.back_id)
    today = today_in(row.village_code, desk.now)
    form = AftercareForm(request.POST or None, today=today)
    heading = _("Tengokan bulan ke-%s") % row.month
    words = (heading, _("Tanyakan kabarnya. Yang tidak dijawab biarkan Tidak tahu."), _("Simpan tengokan"))
    said = _("Tengokannya sudah dicatat.")
    return acted(desk, row.back, today, form, "cases.record_aftercare", words, said, aftercare_id=row.id)


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def record_experience(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """How it was with the agency and the recruiter."""
    desk, told, today = opened_return(request, return_id)
    if told.case.state not in OPEN:
        return redirect("cases:back", told.id)
    form = ExperienceForm(request.POST or None, today=today)
    lead = _("Yang pernah berangkat paling tahu. Ceritanya melindungi tetangga yang akan berangkat.")
    words = (_("Pengalaman bekerja di luar negeri"), lead, _("Simpan pengalaman"))
    return acted(desk, told, today, form, "cases.record_experience", words, _("Pengalamannya sudah dicatat."))


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def close_return(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Here, or away again: says what will happen and asks once."""
    desk, told, today = opened_return(request, return_id)
    if told.case.state not in OPEN:
        return redirect("cases:back", told.id)
    form = CloseReturnForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "village_code": told.village_code, "return_id": told.id}
        again = form.goes_again
        if attempt(desk, form, "cases.migrate_again" if again else "cases.settle_return", payload):
            messages.success(request, _("Rencana baru dibuka dan mengingat kepergian ini.") if again else
                             _("Sudah dicatat menetap di desa."))  # fmt: skip
            return redirect("cases:case", payload["new_case_id"]) if again else redirect("cases:back", told.id)
    lead = _("Kepergian ini ditutup; semua catatannya tetap tersimpan. Berangkat lagi adalah hak setiap orang.")
    return form_page(desk, told, today, form, (_("Menetap atau berangkat lagi?"), lead, _("Simpan")))
