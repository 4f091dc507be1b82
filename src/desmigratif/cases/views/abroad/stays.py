"""Writing about somebody's time abroad: the stay, a call, the mission, the contract, the money."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import scoped
from desmigratif.cases.forms.abroad import ContactForm, ContractForm, MissionForm, RemittanceForm, StayForm
from desmigratif.cases.forms.offer.answers import YES
from desmigratif.cases.queries import living_with
from desmigratif.cases.queries.abroad.stays import StayFile
from desmigratif.cases.rules.abroad.contracts import ground_of_premium
from desmigratif.cases.views.abroad.living import opened_stay, written
from desmigratif.cases.views.common import called, goal_of, opened, person_strip
from desmigratif.documents.acting import ActForm, attempt
from desmigratif.shared.dated import value_on
from desmigratif.shared.rupiah import format_rupiah


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def record_stay(request: HttpRequest, abroad_id: UUID) -> HttpResponse:
    """With whom and where somebody is, whom to tell, when to call."""
    desk, file = opened_stay(request, abroad_id)
    if not file.is_abroad:
        return redirect("cases:stay", abroad_id)
    form = StayForm(
        request.POST or None, stay=file.stay, said=file.said, country=file.case.country,
        agreed=file.case.agreed_contact_days, members=living_with(desk.actor, file.case.resident), today=file.today,
    )  # fmt: skip
    if _done(desk, form, file, "cases.record_stay"):
        return written(request, abroad_id, _("Datanya sudah disimpan."))
    lead = _("Yang belum diketahui boleh dikosongkan. Alamat dan nomor disimpan terkunci.")
    return _page(request, desk, file, form, heading=_("Data di luar negeri"), lead=lead)


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def record_contact(request: HttpRequest, abroad_id: UUID) -> HttpResponse:
    """Somebody was heard of, or it was tried in vain."""
    desk, file = opened_stay(request, abroad_id)
    if not file.is_abroad:
        return redirect("cases:stay", abroad_id)
    form = ContactForm(request.POST or None, initial={"on": file.today})
    if _done(desk, form, file, "cases.record_contact"):
        return written(request, abroad_id, _said_of(form))
    lead = _("Kabar yang dicatat mengakhiri alarm. Yang dicoba tetapi belum berhasil juga dicatat.")
    return _page(request, desk, file, form, heading=_("Catat kabar"), lead=lead)


def _said_of(form: ActForm) -> str:
    if YES in (form.cleaned_data["ransom_asked"], form.cleaned_data["passport_taken"]):
        return _("Kabar dicatat. Ada tanda bahaya: buat pengaduan hari ini, dan jangan mengirim uang.")
    if form.cleaned_data["lost"]:
        return _("Dicatat putus kabar. Buat pengaduan supaya kabupaten dan perwakilan RI ikut mencari.")
    return _("Kabar sudah dicatat.")


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def report_to_mission(request: HttpRequest, abroad_id: UUID) -> HttpResponse:
    """The worker reported to the mission of Indonesia."""
    desk, file = opened_stay(request, abroad_id)
    if not file.is_abroad or (file.stay is not None and file.stay.reported_on is not None):
        return redirect("cases:stay", abroad_id)
    form = MissionForm(request.POST or None, initial={"on": file.today})
    if _done(desk, form, file, "cases.report_to_mission"):
        return written(request, abroad_id, _("Lapor diri sudah dicatat."))
    lead = _("Pekerja yang lapor diri dikenal perwakilan RI, jadi bisa ditolong bila terjadi sesuatu.")
    return _page(request, desk, file, form, heading=_("Lapor diri ke perwakilan RI"), lead=lead)


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def change_contract(request: HttpRequest, abroad_id: UUID) -> HttpResponse:
    """A contract goes on, moves to another employer, or changes."""
    desk, file = opened_stay(request, abroad_id)
    if not file.is_abroad:
        return redirect("cases:stay", abroad_id)
    form = ContractForm(request.POST or None, initial={"on": file.today})
    if _done(desk, form, file, "cases.change_contract"):
        return written(request, abroad_id, _("Perubahan kontrak sudah dicatat."))
    each = format_rupiah(value_on("cost_tables.social_security", file.today)["each_month_beyond"])
    lead = _("Iuran jaminan sosial untuk perpanjangan %(sum)s sebulan (%(ground)s).")
    words = {"sum": each, "ground": ground_of_premium(file.today)}
    return _page(request, desk, file, form, heading=_("Perubahan kontrak"), lead=lead % words)


@scoped(Permission.CASE_OPEN, methods=("GET", "POST"))
def note_remittance(request: HttpRequest, abroad_id: UUID) -> HttpResponse:
    """What the family wants to tell of the money sent home."""
    desk, file = opened_stay(request, abroad_id)
    if not file.is_abroad:
        return redirect("cases:stay", abroad_id)
    form = RemittanceForm(request.POST or None, today=file.today)
    if _done(desk, form, file, "cases.note_remittance"):
        return written(request, abroad_id, _("Terima kasih kepada keluarganya; ceritanya sudah dicatat."))
    lead = _("Sukarela, dan hanya kira-kira. Gunanya untuk menawarkan tabungan dan usaha, bukan untuk diperiksa.")
    return _page(request, desk, file, form, heading=_("Cerita tentang kiriman"), lead=lead)


def _done(desk: DeskRequest, form: Any, file: StayFile, name: str) -> bool:
    if desk.method != "POST" or not form.is_valid():
        return False
    payload = {**form.payload(), "case_id": file.case.id, "village_code": file.case.village_code}
    return attempt(desk, form, name, payload)


def _page(
    request: HttpRequest, desk: DeskRequest, file: StayFile, form: ActForm, *, heading: str, lead: str
) -> HttpResponse:
    case = file.case
    shown = {
        "form": form,
        "case": case,
        "heading": heading,
        "lead": lead,
        "called": called(case.resident, file.today),
        "goal": goal_of(case),
        "recorded": opened(desk, case),
        "person": person_strip(case.resident, file.today),
    }
    return render(request, "cases/abroad/form.html", shown)
