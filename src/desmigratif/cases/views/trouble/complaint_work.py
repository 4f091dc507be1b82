"""The steps of a complaint, one address for all of them, and the copies of what the reporter brought."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from desmigratif.access.permissions import Permission
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.cases.complaint_sealing import said_of
from desmigratif.cases.forms.trouble.complaints import (
    BenefitForm,
    EvidenceForm,
    HearForm,
    MoneyForm,
    ResolveForm,
    TakeUpForm,
    TriageForm,
    VerifyForm,
)
from desmigratif.cases.models import Complaint, ComplaintMoney, ComplaintState, Evidence
from desmigratif.cases.queries.trouble.complaints import complaint_seen
from desmigratif.cases.queries.trouble.referrals import bodies_waited_for
from desmigratif.cases.rules.trouble import complaints as rules
from desmigratif.cases.views.common import as_desk, person_strip
from desmigratif.cases.views.trouble.complaints import ACTS, clock_words, kind_label, opened
from desmigratif.cases.views.trouble.slips import slip_page
from desmigratif.cases.views.trouble.tying import tie_page
from desmigratif.documents import attachments
from desmigratif.documents.acting import attempt
from desmigratif.documents.rules.copies import PDF
from desmigratif.regions.queries import today_in
from desmigratif.shared.reasons import NotFoundOrNotYours


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done with a complaint: its words, its form, its action."""

    heading: Any
    submit: Any
    said: Any
    action: str
    form: Callable[..., Any]
    dated: bool = False
    lead: Any = ""


DEEDS: dict[str, Deed] = {
    "pilah": Deed(
        _("Pilah pengaduan"), _("Simpan pilahan"), _("Sudah dipilah."), "cases.triage_complaint", TriageForm, True,
        _("Pastikan masalahnya apa dan apakah ada yang dalam bahaya. Bila ragu, anggap darurat."),
    ),
    "periksa": Deed(
        _("Catat pemeriksaan"), _("Simpan pemeriksaan"), _("Pemeriksaan sudah dicatat."), "cases.verify_complaint",
        VerifyForm, False, _("Hubungi pelapor lewat cara yang aman, sebelum bertanya kepada siapa pun yang lain."),
    ),
    "tangani": Deed(
        _("Tangani di sini"), _("Mulai menangani"), _("Pengaduan ditangani di kantor ini."), "cases.take_up_complaint",
        TakeUpForm,
    ),
    "hasil": Deed(
        _("Catat hasilnya"), _("Simpan hasil"), _("Hasil dicatat. Pelapor yang berkata terakhir: sampaikan kepadanya."),
        "cases.resolve_complaint", ResolveForm, True,
    ),
    "pelapor": Deed(
        _("Kata pelapor"), _("Simpan kata pelapor"), _("Kata pelapor sudah dicatat."), "cases.hear_reporter", HearForm,
        False, _("Pengaduan baru selesai bila pelapor berkata selesai."),
    ),
    "uang": Deed(
        _("Uang yang dituntut dan yang kembali"), _("Simpan uang"), _("Uangnya sudah dicatat."),
        "cases.record_complaint_money", MoneyForm, True, _("Per macam uang, seluruhnya sampai hari ini."),
    ),
    "bukti": Deed(
        _("Tambah bukti"), _("Simpan bukti"), _("Bukti sudah disimpan tersandi."), "cases.add_complaint_evidence",
        EvidenceForm, True,
    ),
}  # fmt: skip
ALWAYS = ("uang", "bukti")


@scoped(Permission.COMPLAINT_HANDLE, methods=("GET", "POST"))
def complaint_step(request: HttpRequest, complaint_id: UUID, deed: str) -> HttpResponse:
    """One step with its form; one that is not the next any more leads back to the complaint. `kode` is its slip."""
    desk = as_desk(request)
    if deed == "kode" and request.method == "GET":
        return slip_page(desk, complaint_id)
    row = complaint_seen(desk.actor, complaint_id)
    require(desk.actor, Permission.COMPLAINT_HANDLE, row.village_code)
    if deed == "warga":
        return tie_page(desk, row)
    chosen = DEEDS.get(deed)
    if chosen is None:
        raise NotFoundOrNotYours
    if deed not in ALWAYS and deed not in dict(ACTS[ComplaintState(row.state)]):
        messages.info(request, _("Langkah itu sudah lewat. Ini keadaannya sekarang."))
        return redirect("cases:complaint", row.id)
    today = today_in(row.village_code, desk.now)
    form = _form(request, chosen, deed, row, today)
    if request.method == "POST" and form.is_valid():
        payload = {"complaint_id": row.id, "village_code": row.village_code, **form.payload()}
        if attempt(desk, form, chosen.action, payload):
            messages.success(request, str(chosen.said))
            seen = Complaint.objects.visible_to(desk.actor).filter(id=row.id).exists()
            return redirect("cases:complaint", row.id) if seen else redirect("cases:complaints")
    recorded = opened(desk, row)
    said = said_of(row) if recorded else None
    shown = {
        "form": form,
        "row": row,
        "deed": chosen,
        "recorded": recorded,
        "person": person_strip(row.resident, today) if row.resident and recorded else None,
        "title": kind_label(row.kind or (said.kind if said else ""), row.received_on) or _("Pengaduan"),
        "clock": clock_words(row, desk.now)[0],
        "story": said.story if said else "",
        "callback": said.callback if said else "",
        "money": _money(row) if deed == "uang" else [],
    }
    return render(request, "cases/trouble/complaint_step.html", shown)


def _form(request: HttpRequest, chosen: Deed, deed: str, row: Complaint, today: date) -> Any:
    more: dict[str, Any] = {"today": today} if chosen.dated else {}
    if deed == "pilah":
        kind = row.kind or said_of(row).kind
        emergency = "ya" if row.emergency else ""
        more["initial"] = {"kind": kind, "emergency": emergency, "tier": row.tier}
    if deed == "bukti":
        more["files"] = request.FILES or None
    if deed == "hasil":
        more["waiting_at"] = bodies_waited_for(row)
    return chosen.form(request.POST or None, **more)


def _money(row: Complaint) -> list[ComplaintMoney]:
    return list(ComplaintMoney.objects.in_village(row.village_code).filter(complaint=row).order_by("id"))


@scoped(Permission.COMPLAINT_SEE)
def complaint_evidence(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """A copy of what the reporter brought: each look leaves its trace, and without that nothing is shown."""
    desk = as_desk(request)
    rows = Evidence.objects.visible_to(desk.actor).select_related("copy", "complaint__resident")
    found = get_or_refuse(rows, id=evidence_id)
    content = attachments.content_of(found.copy) if opened(desk, found.complaint) else None
    if content is None:
        raise NotFoundOrNotYours
    answer = HttpResponse(content, content_type=found.copy.media)
    kind = "pdf" if found.copy.media == PDF else "jpg"
    answer.headers["Content-Disposition"] = f'inline; filename="bukti.{kind}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@scoped(Permission.COMPLAINT_SEE)
def benefits(request: HttpRequest) -> HttpResponse:
    """What social security pays, what a claim asks for, and until when one may claim what happened on a day."""
    desk = as_desk(request)
    today = today_in(desk.actor.home_code, desk.now)
    form = BenefitForm(request.GET if "kejadian" in request.GET else None)
    happened = form.cleaned_data["kejadian"] if form.is_bound and form.is_valid() else None
    last = rules.last_claim_day(happened, today) if happened else None
    shown = {
        "form": form,
        "benefits": rules.benefits_on(today).values(),
        "last": last,
        "late": bool(last and last < today),
        "law": rules.claim_law(today),
    }
    return render(request, "cases/trouble/benefits.html", shown)
