"""Complaints: the inbox by clock, taking one in, and one complaint with everything that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import require
from desmigratif.audit.unit import Subject
from desmigratif.cases.complaint_sealing import Said, receipt_code, said_of
from desmigratif.cases.forms.trouble.complaints import ComplaintForm
from desmigratif.cases.models import (
    Channel,
    Complaint,
    ComplaintState,
    Evidence,
    EvidenceWhat,
    MatterKind,
    MoneyItem,
    Relation,
    Tier,
)
from desmigratif.cases.queries.abroad.stays import running_case_of, work_known
from desmigratif.cases.queries.trouble.complaint_places import served_places
from desmigratif.cases.queries.trouble.complaints import (
    ASKED,
    NEW,
    OVER,
    RUNNING,
    complaint_seen,
    complaints_in,
    counts_of,
)
from desmigratif.cases.rules.trouble import complaints as rules
from desmigratif.cases.views.common import as_desk, called, listed, may_see_specific, person_strip, resident_asked_for
from desmigratif.cases.views.common import opened as case_opened
from desmigratif.cases.views.trouble.complaint_history import history_of_complaint
from desmigratif.cases.views.trouble.referral_words import refer_url, rows_of_matter
from desmigratif.cases.views.trouble.slip_tokens import HELD, held_token, token_for
from desmigratif.documents.acting import attempt
from desmigratif.people.models import Resident
from desmigratif.regions.queries import UnknownRegion, near_name, today_in
from desmigratif.regions.rules import utc_offset_of
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date, format_moment
from desmigratif.shared.keyset import page_of

PER_PAGE = 50
CHIPS: dict[str, tuple[Any, tuple[ComplaintState, ...]]] = {
    "": (gettext_lazy("Perlu dipilah"), NEW),
    "berjalan": (gettext_lazy("Sedang berjalan"), RUNNING),
    "pelapor": (gettext_lazy("Menunggu kata pelapor"), ASKED),
    "selesai": (gettext_lazy("Selesai"), OVER),
}
STATE_NAMES = {
    ComplaintState.RECEIVED: "cek", ComplaintState.RESOLVED: "cek", ComplaintState.CONFIRMED_BY_REPORTER: "aman",
    ComplaintState.REOPENED: "henti",
}  # fmt: skip


def where_kept(code: str) -> str:
    try:
        return near_name(code)
    except UnknownRegion:
        return code


def clock_words(complaint: Complaint, now: datetime) -> tuple[str, bool]:
    """Until when the next step is due, in the time of the place, and whether it is late; nothing when none runs."""
    triage = complaint.state == ComplaintState.RECEIVED
    due = complaint.triage_due_at if triage else None
    if complaint.state == ComplaintState.TRIAGED:
        due = complaint.verify_due_at
    if due is None:
        return "", False
    late = not rules.in_time(now, due)
    if triage:
        words = _("Seharusnya dipilah sebelum %s") if late else _("Dipilah paling lambat %s")
    else:
        words = _("Seharusnya diperiksa sebelum %s") if late else _("Diperiksa paling lambat %s")
    return words % format_moment(due, utc_offset_of(complaint.village_code)), late


def state_of(complaint: Complaint, now: datetime) -> dict[str, str]:
    late = clock_words(complaint, now)[1]
    name = "henti" if late else STATE_NAMES.get(ComplaintState(complaint.state), "info")
    return {"name": name, "label": str(ComplaintState(complaint.state).label)}


def kind_label(code: str, on: date) -> str:
    kind = rules.kinds_on(on).get(code)
    return kind.label if kind else ""


@scoped(Permission.COMPLAINT_SEE)
def complaints(request: HttpRequest) -> HttpResponse:
    """The inbox: the clock that runs out first on top."""
    desk = as_desk(request)
    chosen = request.GET.get("lihat", "")
    chosen = chosen if chosen in CHIPS else ""
    recorded = listed(desk, "complaints.listed")
    rows = complaints_in(desk.actor, CHIPS[chosen][1])
    page = page_of(rows, ("triage_due_at", "id"), after=request.GET.get("setelah", ""), size=PER_PAGE)
    counts = counts_of(desk.actor)
    here = reverse("cases:complaints")
    shown = {
        "rows": [_row(row, desk.now) for row in page.rows] if recorded else [],
        "chips": [
            {"label": label, "url": f"{here}?lihat={code}" if code else here, "current": code == chosen,
             "count": sum(counts.get(state, 0) for state in states)}
            for code, (label, states) in CHIPS.items()
        ],
        "page": page,
        "page_query": f"lihat={chosen}&" if chosen else "",
        "recorded": recorded,
        "clocks": rules.clocks_on(today_in(desk.actor.home_code, desk.now)),
        "slip_url": _slip_url(desk),
        "may_record": desk.actor.may_anywhere(Permission.COMPLAINT_RECORD),
    }  # fmt: skip
    return render(request, "cases/trouble/complaints.html", shown)


def _row(row: Complaint, now: datetime) -> dict[str, Any]:
    what = kind_label(row.kind, row.received_on)
    if not what:
        what = _("Pengaduan terlindung") if row.tier == Tier.PROTECTIVE else _("Belum dipilah")
    who = row.resident.shown_name if row.resident else ""
    clock, _late = clock_words(row, now)
    parts = [who, where_kept(row.village_code), str(Channel(row.channel).label), clock]
    urgent = [{"name": "henti", "label": _("Darurat")}] if row.emergency else []
    return {
        "icon": "alert-octagon" if row.emergency else "lifebuoy",
        "urgent": row.emergency,
        "title": what,
        "detail": " · ".join(part for part in parts if part),
        "url": reverse("cases:complaint", args=[row.id]),
        "states": [*urgent, state_of(row, now)],
    }


def complaint_rows(desk: DeskRequest, found: Iterable[Complaint]) -> list[dict[str, Any]]:
    """What was complained of about somebody, for the pages of their plans."""
    return [
        {
            "icon": "lifebuoy",
            "title": kind_label(row.kind, row.received_on) or _("Belum dipilah"),
            "detail": format_date(row.received_on),
            "url": reverse("cases:complaint", args=[row.id]),
            "states": [state_of(row, desk.now)],
        }
        for row in found
    ]


def complain_url(desk: DeskRequest, resident: Resident) -> str:
    """Where a complaint about somebody is taken in; nothing for whoever may not."""
    if not desk.actor.may(Permission.COMPLAINT_RECORD, resident.village_code):
        return ""
    return f"{reverse('cases:record_complaint')}?warga={resident.id}"


@scoped(Permission.COMPLAINT_RECORD, methods=("GET", "POST"))
def record_complaint(request: HttpRequest) -> HttpResponse:
    """Take a complaint in, about a resident (`?warga=`) or about anybody."""
    desk = as_desk(request)
    resident = resident_asked_for(desk)
    home = resident.village_code if resident else own_village(desk.actor)
    if home is not None:
        require(desk.actor, Permission.COMPLAINT_RECORD, home)
    today = today_in(home or desk.actor.home_code, desk.now)
    form = ComplaintForm(
        request.POST or None, today=today, named=resident is not None, places=[] if home else _places(desk, today),
        initial=_known_work(desk, resident) if resident and request.method == "GET" else None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        code = home or form.cleaned_data["place"]
        payload = {**form.payload(), "village_code": code, "resident_id": resident.id if resident else None}
        if attempt(desk, form, "cases.record_complaint", payload):
            dated = form.cleaned_data["reporter_birth_date"] is not None
            return _after_intake(desk, form.cleaned_data["record_id"], dated=dated)
    shown = {
        "form": form,
        "resident": resident,
        "called": called(resident, today) if resident else "",
        "person": person_strip(resident, today) if resident else None,
    }
    return render(request, "cases/trouble/record_complaint.html", shown)


def _known_work(desk: DeskRequest, resident: Resident) -> dict[str, str]:
    """What the plan and the stay say already; sealed facts only for whoever may see them, with a trace."""
    case = running_case_of(desk.actor, resident.id)
    if case is None:
        return {}
    return work_known(case, specific=may_see_specific(desk, case, recorded=case_opened(desk, case)))


def _places(desk: DeskRequest, today: date) -> list[tuple[str, str]]:
    """Villages of this person's region, and the regency for a village that is not known."""
    return [
        (code, name or _("Belum tahu desanya (%s)") % regency)
        for regency, places in served_places(today)
        for code, name in places
        if desk.actor.may(Permission.COMPLAINT_RECORD, code)
    ]


def _after_intake(desk: DeskRequest, complaint_id: UUID, *, dated: bool) -> HttpResponseRedirect:
    """To the complaint; or, when the village must not see it, back to the inbox with the code to hand over."""
    code = receipt_code(complaint_id)
    if Complaint.objects.visible_to(desk.actor).filter(id=complaint_id).exists():
        messages.success(desk, _("Pengaduan sudah dicatat. Tulis kode ini untuk pelapor: %s") % code)
        return redirect("cases:complaint", complaint_id)
    said = _("Pengaduan sudah ada di kabupaten dan tidak tampil di desa. Tulis kode ini untuk pelapor: %s")
    messages.success(desk, said % code)
    token = token_for(desk, complaint_id, dated=dated)
    return redirect(f"{reverse('cases:complaints')}?{urlencode({HELD: token})}")


def _slip_url(desk: DeskRequest) -> str:
    """Where the code that was just given is printed, for one that is not on this list."""
    held = held_token(desk)
    address = reverse("cases:complaint_step", args=[held[0], "kode"]) if held else ""
    return f"{address}?{urlencode({HELD: desk.GET[HELD]})}" if held else ""


def opened(desk: DeskRequest, complaint: Complaint) -> bool:
    """The trace of a look; of what the village must not see it names nobody."""
    known: list[Subject] = []
    if complaint.tier == Tier.VILLAGE:
        known = [Subject("complaint", complaint.id)]
        known += [Subject("resident", complaint.resident_id)] if complaint.resident_id else []
    return reads.opened(
        desk.actor, "complaint.opened", village_code=complaint.village_code, subjects=known, now=desk.now
    )


@scoped(Permission.COMPLAINT_SEE)
def complaint(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """One complaint: whose turn it is, what was said, what happened since, money and evidence."""
    desk = as_desk(request)
    row = complaint_seen(desk.actor, complaint_id)
    recorded = opened(desk, row)
    today = today_in(row.village_code, desk.now)
    said = said_of(row) if recorded else Said()
    resident = row.resident if recorded else None
    may_handle = desk.actor.may(Permission.COMPLAINT_HANDLE, row.village_code)
    refer_to = _refer_url(desk, row)
    referred = rows_of_matter(desk.actor, MatterKind.COMPLAINT, row.id, today)
    shown = {
        "row": row,
        "recorded": recorded,
        "person": person_strip(resident, today) if resident else None,
        "state": state_of(row, desk.now),
        "clock": clock_words(row, desk.now)[0] or _in_whose_hands(row, referred),
        "heading": kind_label(row.kind or said.kind, row.received_on) or _("Pengaduan"),
        "code": receipt_code(row.id),
        "said": said,
        "facts": _facts(row, said),
        "about": _about(row, said, resident, today),
        "moves": history_of_complaint(desk.actor, row) if recorded else [],
        "money": [
            {"item": MoneyItem(one.item).label, "claimed": one.claimed_rupiah, "recovered": one.recovered_rupiah}
            for one in row.money.in_village(row.village_code).order_by("id")
        ],
        "evidence": _evidence(row),
        "claim": _claim(said, today),
        "acts": acts_for(row, refer_to) if may_handle else [],
        "may_tie": may_handle and recorded and resident is None and not said.resident_id,
        "may_handle": may_handle,
        "door": settings.PUBLIC_URL.split("//")[-1] + reverse("portal:status") if row.door_index else "",
        "referred_rows": referred,
        "refer_url": refer_to,
    }
    return render(request, "cases/trouble/complaint.html", shown)


def _in_whose_hands(row: Complaint, referred: Iterable[Mapping[str, Any]]) -> str:
    """Where a complaint waits that no clock of this office runs for; nothing when it waits for the reporter."""
    if row.state not in (ComplaintState.REFERRED, ComplaintState.IN_PROCESS):
        return ""
    if at_body := next((one["detail"] for one in referred if one["waits"]), ""):
        return _("Di lembaga: %s") % at_body
    if row.state == ComplaintState.IN_PROCESS:
        return _("Di tangan kantor ini.")
    return _("Tidak ada rujukan yang berjalan. Rujuk lagi, atau tangani di sini.")


REFERABLE = (
    ComplaintState.TRIAGED, ComplaintState.VERIFIED, ComplaintState.REFERRED, ComplaintState.IN_PROCESS,
    ComplaintState.REOPENED,
)  # fmt: skip
ACTS: dict[ComplaintState, tuple[tuple[str, Any], ...]] = {
    ComplaintState.RECEIVED: (("pilah", gettext_lazy("Pilah sekarang")),),
    ComplaintState.TRIAGED: (
        ("periksa", gettext_lazy("Catat pemeriksaan")),
        ("hasil", gettext_lazy("Tutup tanpa diteruskan")),
    ),
    ComplaintState.VERIFIED: (("tangani", gettext_lazy("Tangani di sini")), ("hasil", gettext_lazy("Catat hasilnya"))),
    ComplaintState.REFERRED: (("tangani", gettext_lazy("Tangani di sini")), ("hasil", gettext_lazy("Catat hasilnya"))),
    ComplaintState.IN_PROCESS: (("hasil", gettext_lazy("Catat hasilnya")),),
    ComplaintState.RESOLVED: (("pelapor", gettext_lazy("Catat kata pelapor")),),
    ComplaintState.CONFIRMED_BY_REPORTER: (("pelapor", gettext_lazy("Pelapor bilang belum selesai")),),
    ComplaintState.REOPENED: (("tangani", gettext_lazy("Tangani lagi")), ("hasil", gettext_lazy("Catat hasilnya"))),
}


def acts_for(row: Complaint, refer_to: str = "") -> list[dict[str, Any]]:
    """What may follow now, the usual one first: what was looked into and not taken up here goes to a body."""
    acts: list[dict[str, Any]] = [
        {"label": label, "url": reverse("cases:complaint_step", args=[row.id, deed])}
        for deed, label in ACTS[ComplaintState(row.state)]
    ]
    if refer_to and row.state == ComplaintState.VERIFIED:
        acts.insert(0, {"label": _("Rujuk ke lembaga"), "url": refer_to})
    return acts


def _refer_url(desk: DeskRequest, row: Complaint) -> str:
    """Where it is handed to a body; nothing when the reporter said no and nobody is in danger."""
    may = desk.actor.may(Permission.REFERRAL_SEND, row.village_code) and row.state in REFERABLE
    refused = row.may_refer is False and not row.emergency
    return refer_url(MatterKind.COMPLAINT, row.id) if may and not refused else ""


def _facts(row: Complaint, said: Said) -> list[dict[str, Any]]:
    yes_no = {True: _("Ya"), False: _("Tidak"), None: None}
    received = format_moment(row.received_at, utc_offset_of(row.village_code))
    return [
        {"label": _("Diterima"), "value": received},
        {"label": _("Cara masuk"), "value": Channel(row.channel).label},
        {
            "label": _("Pelapor"),
            "value": " · ".join(filter(None, (said.reporter_name, _relation(row)))) or None,
        },
        {"label": _("Cara aman menghubungi"), "value": said.callback or None},
        {"label": _("Boleh diteruskan"), "value": yes_no[row.may_refer]},
        {"label": _("Boleh dilihat"), "value": Tier(row.tier).label},
    ]


def _relation(row: Complaint) -> str:
    return "" if row.relation == Relation.UNKNOWN else str(Relation(row.relation).label)


def _about(row: Complaint, said: Said, resident: Resident | None, today: date) -> list[dict[str, Any]]:
    born = format_date(date.fromisoformat(said.about_birth_date)) if said.about_birth_date else None
    if resident is not None:
        who: list[dict[str, Any]] = [{"label": _("Nama"), "value": called(resident, today)}]
    else:
        who = [
            {"label": _("Nama"), "value": said.about_name or None},
            {"label": _("Lahir"), "value": ", ".join(filter(None, (said.about_birth_place, born))) or None},
        ]
    village_code = said.village_code if said.village_code != row.village_code else ""
    return [
        *who,
        *([{"label": _("Desa"), "value": where_kept(village_code)}] if village_code else []),
        {"label": _("Alamat"), "value": said.about_address or None},
        {"label": _("Nomor paspor"), "value": said.passport_number or None},
        {"label": _("Negara"), "value": country_name(said.country) if said.country else None},
        {"label": _("Majikan"), "value": said.employer or None},
        {"label": _("Perusahaan penempatan"), "value": said.agency or None},
        {"label": _("Sejak"), "value": said.happened or None},
    ]


def _evidence(row: Complaint) -> list[dict[str, Any]]:
    found = Evidence.objects.in_village(row.village_code).filter(complaint=row).order_by("id")
    return [
        {"label": EvidenceWhat(one.what).label, "on": format_date(one.on),
         "url": reverse("cases:complaint_evidence", args=[one.id])}
        for one in found
    ]  # fmt: skip


def _claim(said: Said, today: date) -> dict[str, Any] | None:
    """Of a claim for social security: what for, what it asks for, until when."""
    benefit = rules.benefits_on(today).get(said.benefit)
    if benefit is None:
        return None
    last = rules.last_claim_day(date.fromisoformat(said.benefit_on), today) if said.benefit_on else None
    return {**benefit, "last": format_date(last) if last else "", "late": bool(last and last < today)}
