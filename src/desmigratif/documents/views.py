"""Pages of letters: one letter, its PDF, taking it back; and the village office's letterhead."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desmigratif.access import reads
from desmigratif.access.permissions import Permission
from desmigratif.access.requests import DeskRequest, own_village
from desmigratif.access.routes import scoped
from desmigratif.access.scope import get_or_refuse, require
from desmigratif.documents.acting import attempt
from desmigratif.documents.forms import OfficeForm, RevokeForm
from desmigratif.documents.inputs import REVOCATION_REASONS
from desmigratif.documents.models import Letter
from desmigratif.documents.queries import (
    key_in_use,
    letter_content,
    letter_pdf,
    letters_of,
    office_in,
    offices_of,
)
from desmigratif.documents.register import subjects_of
from desmigratif.documents.rules.contents import Content
from desmigratif.documents.rules.keys import fingerprint
from desmigratif.documents.rules.letter_page import CannotPrint
from desmigratif.documents.rules.letter_text import CAPACITIES, EMPLOYER_TYPES, FAMILY_PERMISSION, LetterContent
from desmigratif.documents.rules.qr import qr_code
from desmigratif.documents.rules.statement import KIND_LABELS
from desmigratif.documents.rules.village_text import VillageLetterContent
from desmigratif.documents.sealing import sealed
from desmigratif.regions.queries import UnknownRegion, today_in, village
from desmigratif.regulations.countries import country_name
from desmigratif.shared.dates import format_date
from desmigratif.shared.reasons import NotFoundOrNotYours, Reason


def _as_desk(request: HttpRequest) -> DeskRequest:
    return cast(DeskRequest, request)


# --- one letter -----------------------------------------------------------------------------------


@scoped(Permission.LETTER_SEE)
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """What a letter says, whether it still holds, and its code to check."""
    desk = _as_desk(request)
    found, content = letter_content(desk.actor, letter_id)
    recorded = _opened(desk, found, "letter.opened")
    shown = {
        "letter": found,
        "recorded": recorded,
        "title": KIND_LABELS[found.kind] if found.kind != FAMILY_PERMISSION else content.title.capitalize(),
        "name": content.holder_name,
        "facts": _facts(content) if isinstance(content, LetterContent) else _village_facts(content),
        "needs": _needs(content),
        "replaced_by": getattr(found, "replaced_by", None),
        "qr_svg": qr_code(content.qr).svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None),
        "short_code": content.short_code,
        "check_address": content.check_address,
        "revoked_reason": REVOCATION_REASONS.get(found.revoked_reason, ""),
        "household_url": reverse("people:household", args=[found.household_id]),
        "may_replace": found.revoked_on is None
        and desk.actor.may(Permission.LETTER_REVOKE, found.village_code)
        and desk.actor.may(Permission.LETTER_ISSUE, found.village_code),
        "may_revoke": found.revoked_on is None and desk.actor.may(Permission.LETTER_REVOKE, found.village_code),
    }
    return render(request, "documents/letter.html", shown)


def _facts(content: LetterContent) -> list[dict[str, Any]]:
    giver_is = CAPACITIES[content.capacity][1]
    return [
        {"label": _("Untuk"), "value": content.receiver.name, "source": _masked(content.receiver.nik)},
        {"label": _("Pemberi izin"), "value": f"{content.giver.name} ({giver_is})"},
        {"label": _("Negara tujuan"), "value": country_name(content.country)},
        {"label": _("Pekerjaan"), "value": content.job},
        {"label": _("Pemberi kerja"), "value": EMPLOYER_TYPES.get(content.employer_type or "")},
        {"label": _("Perusahaan penempatan"), "value": content.agency or _("Tanpa perusahaan penempatan")},
        {
            "label": _("Lama kontrak"),
            "value": _("%s bulan") % content.contract_months if content.contract_months else None,
        },
        {"label": _("Tanggal surat"), "value": format_date(content.issued_on)},
        {"label": _("Yang mengetahui"), "value": f"{content.office.head_name}, {content.office.head_title}"},
    ]


def _village_facts(content: VillageLetterContent) -> list[dict[str, Any]]:
    """The rows as they are printed; the NIK shows its last four digits."""
    rows = [fact for block in content.page().blocks if isinstance(block, tuple) for fact in block]
    facts: list[dict[str, Any]] = [
        {"label": fact.label, "value": _masked(fact.value) if fact.value == content.holder.nik else fact.value}
        for fact in rows
    ]
    signer = f"{content.office.head_name}, {content.office.head_title}"
    return [
        *facts,
        {"label": _("Tanggal surat"), "value": format_date(content.issued_on)},
        {"label": _("Yang menandatangani"), "value": signer},
    ]


def _needs(content: Content) -> str:
    """What is to be done with the paper."""
    if isinstance(content, LetterContent):
        return _("Cetak, lalu minta tanda tangan pemberi izin dan kepala desa serta cap desa.")
    if content.holder_signs:
        return _("Cetak, lalu minta tanda tangan yang bersangkutan dan %s serta cap.") % content.office.head_title
    return _("Cetak, lalu minta tanda tangan %s serta cap.") % content.office.head_title


def _masked(nik: str) -> str:
    return _("NIK berakhir %s") % nik[-4:] if nik else _("NIK belum diketahui")


def _opened(desk: DeskRequest, found: Letter, event: str) -> bool:
    return reads.opened(desk.actor, event, village_code=found.village_code, subjects=subjects_of(found), now=desk.now)


@scoped(Permission.LETTER_SEE)
def letter_page(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The letter as PDF. It shows a full NIK, so without its trace it is not sent."""
    desk = _as_desk(request)
    found, content = letter_content(desk.actor, letter_id)
    try:
        pdf = letter_pdf(found, content)
        if found.revoked_on is None:  # nobody signs a second time for what was taken back
            pdf = sealed(pdf, desk.now)
    except CannotPrint as problem:
        reasons = [Reason("cannot_print", str(problem))]
        return render(request, "documents/cannot_print.html", {"letter": found, "reasons": reasons}, status=503)
    if not _opened(desk, found, "letter.printed"):
        return render(request, "desk/database_busy.html", status=503)
    name = found.number.replace("/", "-")
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store, private"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@scoped(Permission.LETTER_REVOKE, methods=("GET", "POST"))
def revoke_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Say what will happen and ask once."""
    desk = _as_desk(request)
    found = get_or_refuse(letters_of(desk.actor), id=letter_id)
    require(desk.actor, Permission.LETTER_REVOKE, found.village_code)
    if request.method != "POST" and found.revoked_on is not None:  # its own page says since when
        return redirect("documents:letter", found.id)
    form = RevokeForm(request.POST or None, today=today_in(found.village_code, desk.now))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        payload = {
            "letter_id": found.id, "village_code": found.village_code, "on": data["on"], "reason": data["reason"],
        }  # fmt: skip
        if attempt(desk, form, "documents.revoke_letter", payload):
            messages.success(request, _("Surat %s sudah dicabut.") % found.number)
            return redirect("documents:letter", found.id)
    return render(request, "documents/revoke.html", {"letter": found, "form": form})


# --- the village office ---------------------------------------------------------------------------


@scoped(Permission.VILLAGE_SET_UP, methods=("GET", "POST"))
def office(request: HttpRequest) -> HttpResponse:
    """The letterhead of a village (`?wilayah=CODE`, else the person's own) and its key's fingerprint."""
    desk = _as_desk(request)
    code = request.GET.get("wilayah") or own_village(desk.actor)
    if code is None:
        return render(request, "documents/offices.html", {"offices": _offices(desk)})
    place = _village_to_set_up(desk, code)
    standing = office_in(code)
    form = OfficeForm(request.POST or None, office=standing, kind=place.kind)
    if request.method == "POST" and form.is_valid():
        payload = {**form.payload(), "village_code": code}
        if attempt(desk, form, "documents.set_up_office", payload):
            messages.success(request, _("Kop surat %s sudah disimpan.") % place.label)
            return redirect(f"{reverse('documents:office')}?wilayah={code}")
    key = key_in_use(code)
    shown = {
        "form": form,
        "place": place,
        "is_new": standing is None,
        "fingerprint": fingerprint(bytes(key.public_key)) if key else "",
        "key_since": _since(key.valid_from) if key else "",
    }
    return render(request, "documents/office.html", shown)


def _village_to_set_up(desk: DeskRequest, code: str) -> Any:
    """Raises `NotFoundOrNotYours` for a village that does not exist or is none of this person's business."""
    require(desk.actor, Permission.VILLAGE_SET_UP, code)
    try:
        return village(code)
    except (UnknownRegion, ValueError):
        raise NotFoundOrNotYours from None


def _offices(desk: DeskRequest) -> list[dict[str, Any]]:
    here = reverse("documents:office")
    return [
        {
            "title": village(row.village_code).full_name,
            "detail": f"{row.head_title} {row.head_name}",
            "url": f"{here}?wilayah={row.village_code}",
            "icon": "building-community",
        }
        for row in offices_of(desk.actor)
    ]


def _since(day: date) -> str:
    return _("Dipakai sejak %s.") % format_date(day)
