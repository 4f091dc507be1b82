"""The first run, in three steps: the code of the terminal, place and people, the recovery sheet.

Until the sheet is confirmed nothing is written but a draft in the session (the password only as its hash).
"""

from __future__ import annotations

import logging
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from desmigratif.access import setup
from desmigratif.access.actor import NATION, set_up_actor
from desmigratif.access.door import REGISTRY, do
from desmigratif.access.forms import AdministratorForm, CodeForm, OfficeForm, OfficerForm, SheetPartsForm
from desmigratif.access.keys import recovery
from desmigratif.access.queries import is_region, is_set_up, name_of_region
from desmigratif.access.requests import DeskRequest
from desmigratif.access.routes import public
from desmigratif.access.setup import CodeAnswer
from desmigratif.access.views.parts import challenge_of, forget_challenge, keep_challenge
from desmigratif.regions.queries import RegionChoice
from desmigratif.regions.search import search_regions
from desmigratif.shared.crypto import keyring
from desmigratif.shared.ids import new_id
from desmigratif.shared.reasons import Refusal

log = logging.getLogger("desmigratif.access")
_DRAFT = "set_up"
_OFFICE = "documents.set_up_office"
_GET_POST = ("GET", "POST")
_ANSWERS = {
    CodeAnswer.WRONG: "Kode ini belum cocok. Lihat lagi di jendela program, lalu ketik ulang.",
    CodeAnswer.SPENT: "Kode sudah tidak berlaku. Jalankan ulang program; kode baru muncul di jendelanya.",
}


def _draft(request: HttpRequest) -> dict[str, Any] | None:
    """What was filled in so far, as long as its code still holds."""
    kept: dict[str, Any] | None = request.session.get(_DRAFT)
    now = cast(DeskRequest, request).now
    if kept is None or not setup.still_holds(settings.DATA_DIR, kept["code"], now):
        return None
    return kept


def _page(request: HttpRequest, name: str, step: int, **context: Any) -> HttpResponse:
    answer = render(request, f"access/{name}.html", {"step": step, **context})
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@public(methods=_GET_POST)
def start(request: HttpRequest) -> HttpResponse:
    """Step 1: the code."""
    if is_set_up():
        return redirect("account_login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = setup.check_code(settings.DATA_DIR, form.cleaned_data["code"], cast(DeskRequest, request).now)
        if answer == CodeAnswer.RIGHT:
            request.session.cycle_key()
            request.session[_DRAFT] = {"code": form.cleaned_data["code"], "act_id": str(new_id())}
            return redirect("access:start_region")
        form.add_error("code", _ANSWERS[answer])
    return _page(request, "start", 1, form=form)


@public(methods=_GET_POST)
def region(request: HttpRequest) -> HttpResponse:
    """Step 2, first half: which village or region."""
    draft = _draft(request)
    if draft is None or is_set_up():
        return redirect("access:start")
    if request.method == "POST":
        code = request.POST.get("region_code", "")
        if is_region(code):
            request.session[_DRAFT] = {**draft, "region_code": code}
            return redirect("access:start_people")
    text = request.GET.get("q", "")[:100]
    found: list[RegionChoice] = search_regions(text) if text else []
    return _page(request, "start_region", 2, search=text, found=found, nation=NATION)


@public(methods=_GET_POST)
def people(request: HttpRequest) -> HttpResponse:
    """Step 2, second half: the office (of a village), the administrator, and perhaps the first officer."""
    draft = _draft(request)
    if draft is None or is_set_up():
        return redirect("access:start")
    if "region_code" not in draft:
        return redirect("access:start_region")
    is_village = draft["region_code"].count(".") == 3
    data = request.POST or None
    office, officer = (OfficeForm(data), OfficerForm(data)) if is_village else (None, None)
    administrator = AdministratorForm(data)
    if request.method == "POST" and _all_valid(office, administrator, officer):
        request.session[_DRAFT] = {
            **draft,
            "office": office.cleaned_data if office else None,
            "administrator": administrator.account(),
            "officer": officer.account() if officer and officer.has_changed() else None,
        }
        return redirect("access:start_sheet")
    place = name_of_region(draft["region_code"])
    return _page(request, "start_people", 2, office=office, administrator=administrator, officer=officer, place=place)


def _all_valid(office: OfficeForm | None, administrator: AdministratorForm, officer: OfficerForm | None) -> bool:
    """Every form is asked, so that all errors show at once."""
    valid = [form.is_valid() for form in (office, administrator, officer) if form is not None]
    if officer is None or not all(valid):
        return all(valid)
    if officer.cleaned_data.get("username") == administrator.cleaned_data["username"]:
        officer.add_error("username", _("Harus berbeda dari nama pengguna pengelola."))
        return False
    return True


@public(methods=_GET_POST)
def sheet(request: HttpRequest) -> HttpResponse:
    """Step 3, first half: GET explains, POST makes the sheet and shows it this once."""
    draft = _draft(request)
    if draft is None or is_set_up():
        return redirect("access:start")
    if "administrator" not in draft:
        return redirect("access:start_people")
    made = None
    if request.method == "POST":
        made = recovery.new_sheet(timezone.localdate(cast(DeskRequest, request).now))
        keep_challenge(request, made)
    place = name_of_region(draft["region_code"])
    return _page(request, "start_sheet", 3, sheet=made, place=place, next_url="access:start_confirm")


@public(methods=_GET_POST)
def confirm(request: HttpRequest) -> HttpResponse:
    """Step 3, second half: two groups typed back; then everything is written at once."""
    draft, challenge = _draft(request), challenge_of(request)
    if draft is None or is_set_up():
        return redirect("access:start")
    if challenge is None or "administrator" not in draft:
        return redirect("access:start_sheet")
    form = SheetPartsForm(challenge.positions, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if recovery.confirm_parts(challenge, form.answers(), keyring()):
            return _finish(request, draft, {"recipient": challenge.recipient, "made_on": challenge.made_on})
        form.add_error(None, _("Belum sama dengan lembar yang terakhir dibuat. Lihat lagi lembarnya."))
    return _page(request, "start_confirm", 3, form=form, back_url="access:start_sheet")


def _finish(request: HttpRequest, draft: dict[str, Any], made: dict[str, Any]) -> HttpResponse:
    now, by = cast(DeskRequest, request).now, set_up_actor()
    given = {key: draft[key] for key in ("region_code", "administrator", "officer")}
    try:
        do(by, "access.set_up", {**given, "sheet": made}, now=now, act_id=UUID(draft["act_id"]))
    except Refusal as refusal:
        return _page(request, "start_refused", 3, reasons=refusal.reasons)
    setup.spend_code(settings.DATA_DIR)
    _set_up_office(request, draft)
    del request.session[_DRAFT]
    forget_challenge(request)
    messages.success(request, _("Pemasangan selesai. Masuk dengan nama pengguna dan kata sandi yang tadi dibuat."))
    return redirect("account_login")


def _set_up_office(request: HttpRequest, draft: dict[str, Any]) -> None:
    """The letterhead, by the action of another part of the programme; can be filled in later as well."""
    if not draft["office"] or _OFFICE not in REGISTRY:
        return
    ids = {"office_id": new_id(), "key_id": new_id(), "village_code": draft["region_code"]}
    try:
        do(set_up_actor(), _OFFICE, {**draft["office"], **ids}, now=cast(DeskRequest, request).now, act_id=new_id())
    except Refusal as refusal:
        log.warning("the office was not set up: %s", refusal)
        messages.warning(request, _("Data kantor desa belum tersimpan. Isi lagi lewat menu Kantor desa."))
